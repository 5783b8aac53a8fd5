"""A document's text: its paragraphs, headings and signatures, each word once, in order.

Notes are the editors', not the document's. Page and line breaks neither glue words nor split them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Protocol

from lxml import etree

from ..encoding import compose
from .people import natural_order

ID = "{http://www.w3.org/XML/1998/namespace}id"  # of a person, where the list of persons names him


class Element(Protocol):
    """What is used of lxml's elements, which are published without types."""

    @property
    def tag(self) -> object:
        """The name; for a comment or an instruction, a function."""

    text: str | None
    tail: str | None
    attrib: Mapping[str, str]

    def __iter__(self) -> Iterator[Element]: ...
    def __len__(self) -> int: ...
    def __delitem__(self, index: int) -> None: ...
    def get(self, key: str, default: str = ..., /) -> str | None: ...
    def find(self, path: str, /) -> Element | None: ...
    def iter(self, *tags: str) -> Iterator[Element]: ...
    def iterancestors(self, *tags: str) -> Iterator[Element]: ...
    def getprevious(self) -> Element | None: ...
    def getparent(self) -> Element | None: ...
    def clear(self) -> None: ...


Node = str | Element

# Elements that are paragraphs or contain some; all others stand within a line.
_BLOCKS = frozenset(
    (
        *("ab", "argument", "attachment", "body", "byline", "cell", "closer", "dateline", "div", "epigraph"),
        *("floatingText", "head", "item", "l", "lg", "list", "opener", "p", "postscript", "quote", "row"),
        *("salute", "sp", "speaker", "table", "trailer"),
    )
)
_NOT_TEXT = frozenset(("note", "fw", "figDesc"))
_AS_PRINTED = frozenset(("sic", "orig", "abbr"))  # in a `choice`, beside their correction
_INVISIBLE = _NOT_TEXT | {"pb", "lb"}
_NOT_PLAIN = _INVISIBLE | {"choice"}  # an element that holds none of them has all of its text in its strings
_HEADING_STYLES = frozenset(("sectiontitleital", "center", "italic"))

MAX_HEADING = 150  # characters; what is longer is a paragraph, however it is set
MAX_LINE = 300  # characters of a list's item or a table's row; longer ones are paragraphs

# Noncharacters as placeholders of breaks until the characters around them are known.
_PAGE, _NOTE = "\ufdd0", "\ufdd1"
_PAGE_BETWEEN_WORDS = re.compile(rf"(?<=[\w.,;:!?”)\]]){_PAGE}(?=[A-Z0-9])")
_NOTE_BETWEEN_WORDS = re.compile(rf"(?<=\w){_NOTE}(?=\w)")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list, table or signature of a document.

    Attributes:
        role: `text`, `lines` of a list or a table, `heading`, or `signature`.
        names: the people tagged in it: their key in the list of persons, None without one, and their name.
        heading: the heading that it stands under.
    """

    role: str
    text: str
    names: tuple[tuple[str | None, str], ...] = ()
    heading: str | None = None


def tag(element: Element) -> str:
    """Return an element's name without its namespace; empty for a comment or an instruction."""
    name = element.tag
    return name.rpartition("}")[2] if isinstance(name, str) else ""


_plain_text = etree.XPath("string()", smart_strings=False)


def prose(nodes: Iterable[Node]) -> str:
    """Return the text of strings and elements as one line."""
    pieces: list[str] = []
    for node in nodes:
        _add_text(node, pieces)
    return _as_line("".join(pieces))


def _as_line(text: str) -> str:
    if _PAGE in text:
        text = _PAGE_BETWEEN_WORDS.sub(" ", text).replace(_PAGE, "")
    if _NOTE in text:
        text = _NOTE_BETWEEN_WORDS.sub(" ", text).replace(_NOTE, "")
    return compose(" ".join(text.split()))


def _add_text(node: Node, pieces: list[str]) -> None:
    if isinstance(node, str):
        pieces.append(node)
        return
    name = tag(node)
    if name == "pb":
        pieces.append(_PAGE)
    elif name == "lb":
        pieces.append(" ")
    elif name in _NOT_TEXT:
        pieces.append(_NOTE)
    elif not len(node):
        pieces.append(node.text or "")
    else:
        corrected = name == "choice"
        for inner in content(node):
            if not (corrected and (isinstance(inner, str) or tag(inner) in _AS_PRINTED)):
                _add_text(inner, pieces)


def content(element: Element) -> Iterator[Node]:
    """Yield an element's text and children, in order."""
    yield element.text or ""
    for child in element:
        yield child
        yield child.tail or ""


def blocks(element: Element, skipped: Sequence[Element] = ()) -> Iterator[Block]:
    """Yield an element's blocks with their headings, in order, without those of the `skipped` elements."""
    return _assign_headings(_split_content(element, skipped))


def _split_content(element: Element, skipped: Sequence[Element]) -> Iterator[Block]:
    for is_block, nodes in groupby(content(element), _is_block):
        if not is_block:
            yield from _text_block("text", list(nodes))
            continue
        for node in nodes:
            if not isinstance(node, str) and not any(node is other for other in skipped):
                yield from _split_block(node, skipped)


def _is_block(node: Node) -> bool:
    if isinstance(node, str):
        return False
    name = tag(node)
    return name in _BLOCKS or (name not in _NOT_TEXT and any(map(_is_block, node)))


def _split_block(element: Element, skipped: Sequence[Element]) -> Iterator[Block]:
    name = tag(element)
    if name in ("list", "table"):
        yield from _join_lines(blocks(element, skipped))
    elif name == "row" and not any(_is_block(child) for cell in element for child in cell):
        yield from _row_block(element)
    elif any(map(_is_block, element)):
        yield from _split_content(element, skipped)
    else:
        within = {tag(inner) for inner in element.iter()} if len(element) else {name}
        role = _role(element, within)
        if within.isdisjoint(_NOT_PLAIN):
            if text := _as_line(_plain_text(element)):
                yield Block(role, text, tuple(_tagged_names(element)) if "persName" in within else ())
        else:
            yield from _text_block(role, [element])


def _role(element: Element, within: Set[str]) -> str:
    """Return the role of a paragraph that holds elements of these names."""
    name = tag(element)
    if name in ("head", "label") or (name == "p" and _is_set_as_heading(element, within)):
        return "heading"
    return {"item": "lines", "closer": "signature"}.get(name, "text")


def _is_set_as_heading(element: Element, within: Set[str]) -> bool:
    """Whether a paragraph looks like a heading: by its style, or all of it in italics or bold."""
    if _HEADING_STYLES.isdisjoint((element.get("rend") or "").split()):
        if "hi" not in within:
            return False
        shown = [node for node in content(element) if not (isinstance(node, str) or tag(node) in _INVISIBLE)]
        if [tag(node) for node in shown] != ["hi"] or prose(content(element)) != prose(shown):
            return False
    text = prose(content(element))
    return len(text) <= MAX_HEADING and not text.endswith((".", ",", ";"))


def _text_block(role: str, nodes: list[Node]) -> Iterator[Block]:
    if text := prose(nodes):
        yield Block(role, text, tuple(name for node in nodes for name in _tagged_names(node)))


def _row_block(row: Element) -> Iterator[Block]:
    cells = (next(_text_block("lines", [cell]), None) for cell in row)
    filled = [cell for cell in cells if cell]
    if filled:
        yield Block(
            "lines",
            "  ".join(cell.text for cell in filled),
            tuple(name for cell in filled for name in cell.names),
        )


def _tagged_names(node: Node) -> Iterator[tuple[str | None, str]]:
    if isinstance(node, str) or tag(node) in _NOT_TEXT:
        return
    if tag(node) == "persName":
        name = prose([node])
        yield node.get("corresp"), natural_order(name) if node.get(ID) else name
    for child in node:
        yield from _tagged_names(child)


def _join_lines(parts: Iterable[Block]) -> Iterator[Block]:
    """Join the lines of a list or a table into one block, unless one of them is as long as a paragraph."""
    for (role, heading), group in groupby(parts, _role_and_heading):
        lines = list(group)
        if role != "lines" or any(len(line) > MAX_LINE for block in lines for line in block.text.split("\n")):
            yield from (replace(block, role="text") for block in lines)
        else:
            text = "\n".join(block.text for block in lines)
            yield Block("lines", text, tuple(name for block in lines for name in block.names), heading)


def _role_and_heading(block: Block) -> tuple[str, str | None]:
    return block.role, block.heading


def _assign_headings(parts: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks with the headings before them, adjacent ones joined; headings at the end become text."""
    current: str | None = None
    fresh: list[str] = []  # headings since the last block
    for block in parts:
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
