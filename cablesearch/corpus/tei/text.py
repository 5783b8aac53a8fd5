"""A document's text: its paragraphs, headings and signatures, each word once, in order.

Notes are the editors', not the document's. Page and line breaks neither glue words nor split them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from ..encoding import composed

Element = Any  # lxml publishes no types
Node = str | Element

# Elements that are paragraphs or hold some; all others stand within a line.
_BLOCKS = frozenset(
    (
        *("ab", "argument", "attachment", "body", "byline", "cell", "closer", "dateline", "div", "epigraph"),
        *("floatingText", "head", "item", "l", "lg", "list", "opener", "p", "postscript", "quote", "row"),
        *("salute", "sp", "speaker", "table", "trailer"),
    )
)
_NOT_TEXT = frozenset(("note", "fw", "figDesc"))
_AS_PRINTED = frozenset(("sic", "orig", "abbr"))  # what a `choice` also gives corrected
_UNSEEN = _NOT_TEXT | {"pb", "lb"}
_HEADING_STYLES = frozenset(("sectiontitleital", "center", "italic"))

LONGEST_HEADING = 150  # characters; what is longer is a paragraph, however it is set
LONGEST_LINE = 300  # characters of a list's item or a table's row; longer ones are paragraphs

# Noncharacters that stand for a break until the characters around it are known.
_PAGE, _NOTE = "\ufdd0", "\ufdd1"
_PAGE_BETWEEN_WORDS = re.compile(rf"(?<=[\w.,;:!?”)\]]){_PAGE}(?=[A-Z0-9])")
_NOTE_BETWEEN_WORDS = re.compile(rf"(?<=\w){_NOTE}(?=\w)")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a document's text.

    Attributes:
        role: `text`, `lines` of a list or a table, `heading`, or `signature`.
        names: the people tagged in it: their key in the list of persons, None without one, and their name.
        heading: what it stands under.
    """

    role: str
    text: str
    names: tuple[tuple[str | None, str], ...] = ()
    heading: str | None = None


def tag(element: Element) -> str:
    """Give an element's name without its namespace; empty for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def prose(nodes: Iterable[Node]) -> str:
    """Give the text of strings and elements as one line."""
    text = "".join(piece for node in nodes for piece in _pieces(node))
    if _PAGE in text:
        text = _PAGE_BETWEEN_WORDS.sub(" ", text).replace(_PAGE, "")
    if _NOTE in text:
        text = _NOTE_BETWEEN_WORDS.sub(" ", text).replace(_NOTE, "")
    return composed(" ".join(text.split()))


def _pieces(node: Node) -> Iterator[str]:
    if isinstance(node, str):
        yield node
        return
    name = tag(node)
    if name == "pb":
        yield _PAGE
    elif name == "lb":
        yield " "
    elif name in _NOT_TEXT:
        yield _NOTE
    else:
        corrected = name == "choice"
        for inner in content(node):
            if not (corrected and (isinstance(inner, str) or tag(inner) in _AS_PRINTED)):
                yield from _pieces(inner)


def content(element: Element) -> Iterator[Node]:
    """Give an element's text and children, in order."""
    yield element.text or ""
    for child in element:
        yield child
        yield child.tail or ""


def blocks(element: Element, passed: Sequence[Element] = ()) -> Iterator[Block]:
    """Give an element's blocks under their headings, in order, but those of the elements `passed` over."""
    return _headed(_parted(element, passed))


def _parted(element: Element, passed: Sequence[Element]) -> Iterator[Block]:
    for is_block, nodes in groupby(content(element), _is_block):
        if not is_block:
            yield from _line("text", list(nodes))
            continue
        for node in nodes:
            if not any(node is other for other in passed):
                yield from _parts(node, passed)


def _is_block(node: Node) -> bool:
    if isinstance(node, str) or tag(node) in _NOT_TEXT:
        return False
    return tag(node) in _BLOCKS or any(_is_block(child) for child in node)


def _parts(element: Element, passed: Sequence[Element]) -> Iterator[Block]:
    name = tag(element)
    if name in ("list", "table"):
        yield from _listed(blocks(element, passed))
    elif name == "row" and not any(_is_block(child) for cell in element for child in cell):
        yield from _row(element)
    elif any(_is_block(child) for child in element):
        yield from _parted(element, passed)
    else:
        yield from _line(_role(element), [element])


def _role(element: Element) -> str:
    name = tag(element)
    if name in ("head", "label") or (name == "p" and _set_as_heading(element)):
        return "heading"
    return {"item": "lines", "closer": "signature"}.get(name, "text")


def _set_as_heading(element: Element) -> bool:
    """Whether a paragraph is set as a heading is: by its style, or all of it in italics or bold."""
    if _HEADING_STYLES.isdisjoint(element.get("rend", "").split()):
        shown = [node for node in content(element) if not (isinstance(node, str) or tag(node) in _UNSEEN)]
        if [tag(node) for node in shown] != ["hi"] or prose(content(element)) != prose(shown):
            return False
    text = prose(content(element))
    return len(text) <= LONGEST_HEADING and not text.endswith((".", ",", ";"))


def _line(role: str, nodes: list[Node]) -> Iterator[Block]:
    if text := prose(nodes):
        yield Block(role, text, tuple(name for node in nodes for name in _names(node)))


def _row(row: Element) -> Iterator[Block]:
    cells = (next(_line("lines", [cell]), None) for cell in row)
    filled = [cell for cell in cells if cell]
    if filled:
        yield Block(
            "lines",
            "  ".join(cell.text for cell in filled),
            tuple(name for cell in filled for name in cell.names),
        )


def _names(node: Node) -> Iterator[tuple[str | None, str]]:
    if isinstance(node, str) or tag(node) in _NOT_TEXT:
        return
    if tag(node) == "persName":
        yield node.get("corresp"), prose([node])
    for child in node:
        yield from _names(child)


def _listed(found: Iterable[Block]) -> Iterator[Block]:
    """Join the lines of a list or a table into one block, but where one is as long as a paragraph."""
    for (role, heading), group in groupby(found, lambda block: (block.role, block.heading)):
        lines = list(group)
        if role != "lines" or any(
            len(line) > LONGEST_LINE for block in lines for line in block.text.split("\n")
        ):
            yield from (replace(block, role="text") for block in lines)
        else:
            text = "\n".join(block.text for block in lines)
            yield Block("lines", text, tuple(name for block in lines for name in block.names), heading)


def _headed(found: Iterable[Block]) -> Iterator[Block]:
    """Put blocks under the headings before them; several in a row are one, a last one alone is text."""
    current: str | None = None
    fresh: list[str] = []
    for block in found:
        if block.role == "heading":
            fresh.append(block.text)
        elif block.role == "signature":
            yield block
        else:
            within = (*fresh, block.heading) if block.heading else fresh
            current = " / ".join(fresh) if fresh else current
            yield replace(block, heading=" / ".join(within) if within else current)
            fresh = []
    yield from (Block("text", text, heading=current) for text in fresh)
