"""The Cablegate page: a table of facts, then the transmission header and the message in two `<pre>` blocks.

The rest of the page, 45 KB of menus, is not parsed; a broken table is parsed by BeautifulSoup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model.reference_id import canonical
from .entities import decode_entities
from .extract import strip_warning
from .moments import parse_moment
from .record import Failure, Record
from .source import Source

NAME = "Cablegate page"

_HTML = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--[^>]{0,500}-->\s*)*<(?:!DOCTYPE\s+html|html|head|body)\b", re.I
)
_TABLE = re.compile(r"<table\b[^<>]*?\bclass\s*=\s*[\"']?cable\b", re.I)
_TABLE_END = re.compile(r"</table\s*>", re.I)
_END = re.compile(r"</(?:body|html)\s*>", re.I)
_PRE = re.compile(r"<(?P<end>/?)pre\b[^<>]*>", re.I)
_TORN = re.compile(r"(?:<[^<>]{0,200}|&[#\w]{0,10})$")  # a tag or an entity at the end of a page cut off

_LINE_END = re.compile(r"&#(?:x0*A|0*10);\n?", re.I)
_BLOCK_TAG = re.compile(
    r"</?(?:br|p|div|table|tbody|tr|ul|ol|li|h[1-6]|hr|center|blockquote)\b[^<>]*>\n?", re.I
)
_CELL_TAG = re.compile(r"</?t[dh]\b[^<>]*>", re.I)
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|big|code|em|font|i|s|small|span|strike|strong|sub|sup|tt|u)(?:\s[^<>]*)?/?>", re.I
)

# A table as the archive prints it, without links. An HTML parser would take longer than all the rest.
_LINK_OR_BREAK = re.compile(r"</?(?:a(?:\s[^<>]*)?|br\s*/?)>")
_CELL = re.compile(r"<t([hd])(?: colspan='\d')?>([^<>&]*)</t[hd]>")
_REGULAR = re.compile(
    r"<table\b[^<>]*>(?:\s|</?tr>|<th>[^<>&]*</th>|<td(?: colspan='\d')?>[^<>&]*</td>)*+</table>"
)

_MAX_TABLE_CHARS = 20_000  # of a table; the known ones have 1,100
_LABELS = ("reference id", "created", "released", "classification", "origin")


def sniff(start: str, file: str) -> bool:
    """Whether it begins as a web page does, or has the archive's table in its start."""
    return "<" in start and bool(_HTML.match(start) or _TABLE.search(start))


def read(source: Source) -> Iterator[Record | Failure]:
    """Yield the cable of a page, and that of each further table where several pages are joined."""
    page = source.text()
    tables = [table.start() for table in _TABLE.finditer(page)] or [0]
    for number, (start, end) in enumerate(zip(tables, [*tables[1:], len(page)], strict=True), 1):
        name = source.name if len(tables) == 1 else f"{source.name}#{number}"
        yield from _read_cable(_END.split(page[start:end], maxsplit=1)[0], name, source.stem)


def _read_cable(part: str, name: str, stem: str) -> Iterator[Record | Failure]:
    blocks, torn = _pre_blocks(part)
    facts = _parse_table(_find_table(part))
    texts = [text for text in map(block_text, blocks) if text.strip()]
    header, partial = strip_warning(texts[0]) if len(texts) > 1 else ("", False)
    message = "\n\n".join(texts[1:] or texts)
    if not message.strip() or (torn and len(texts) == 1):
        cut = torn or _TABLE.match(part)
        yield Failure(name, "cut off before the message" if cut else "a web page without a cable in it")
        return
    yield Record(
        format=NAME,
        source=name,
        message=message,
        header=header,
        id=facts.get("reference id") or canonical(stem),
        created=parse_moment(facts.get("created")),
        released=parse_moment(facts.get("released")),
        classification=facts.get("classification"),
        origin=facts.get("origin"),
        partial=torn or partial,
    )
    if torn:
        yield Failure(name, "cut off in the message: what there is of it is read")


def _find_table(part: str) -> str:
    end = _TABLE_END.search(part, 0, _MAX_TABLE_CHARS)
    return part[: end.end()] if end and _TABLE.match(part) else ""


def _pre_blocks(part: str) -> tuple[list[str], bool]:
    """Return the content of each `<pre>` block, and whether the page is cut off in the last one."""
    blocks: list[str] = []
    opened: int | None = None
    for tag in _PRE.finditer(part):
        if opened is None and not tag["end"]:
            opened = tag.end()
        elif opened is not None and tag["end"]:
            blocks.append(part[opened : tag.start()])
            opened = None
    if opened is None:
        return blocks, False
    return [*blocks, _TORN.sub("", part[opened:])], True


def _parse_table(table: str) -> dict[str, str]:
    """Return the table's values by their headings."""
    printed = _LINK_OR_BREAK.sub("", table)
    cells = _CELL.findall(printed) if _REGULAR.fullmatch(printed) else _broken_cells(table)
    labels = [_squeeze(text).lower() for kind, text in cells if kind == "h"] or _LABELS
    values = [_squeeze(text) for kind, text in cells if kind == "d"]
    return {label: value for label, value in zip(labels, values, strict=False) if value}


def _broken_cells(table: str) -> list[tuple[str, str]]:
    """Return the cells of a table that may be broken: a heading (`h`) or a value (`d`), and its text."""
    from bs4 import BeautifulSoup

    # "<!" begins a declaration, of which the parser refuses some; in a table there is none.
    cells = BeautifulSoup(table.replace("<!", "&lt;!"), "html.parser").find_all(["th", "td"])
    return [(cell.name[1], cell.get_text()) for cell in cells]


def _squeeze(text: str) -> str:
    return " ".join(text.split())


def block_text(block: str) -> str:
    """Return a block's text: lines as a browser shows them, without tags.

    Any other "<" is the cable's own, as in <poloff@state.gov>. Entities are decoded last, and not by an HTML
    parser, which would take a drafter's "&not" for one.
    """
    if block.count("&#") == block.count("&#x000A;"):  # as the archive prints them
        lines = block.replace("&#x000A;\n", "&#x000A;").replace("&#x000A;", "\n")
    else:
        lines = _LINE_END.sub("\n", block)
    if "<" in lines:
        lines = _INLINE_TAG.sub("", _CELL_TAG.sub(" ", _BLOCK_TAG.sub("\n", lines)))
    return decode_entities(lines)
