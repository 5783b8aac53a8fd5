"""Pages of a telegram: the lines that its printers and the National Archives put between them.

    CONFIDENTIAL
    CONFIDENTIAL
    PAGE 02        LA PAZ  10719  01 OF 02  212329Z
    Sheryl P. Walter Declassified/Released US Department of State EO Systematic Review 20 Mar 2014

A telegram in sections has a whole transmission header above each, in the middle of its text. Tools that make
text of PDFs break these lines, put tabs or blank lines into them, and join the last line of a page to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..corpus.encoding import unify_line_ends
from ..corpus.stamps import strip_stamps
from ..model.classification import CAPTIONS, LEVEL_NAMES, alternatives
from .marking import CLASSIFICATION_LINE
from .transmission import is_field_or_paragraph, is_header_line

_MARK = "\ue000"  # stands for a stamp, on a line of its own; of a range that Unicode leaves to private use
# Most texts have none of these, which shows fast that they have no stamps.
_STAMP_WORDS = ("Declassified/Released", "RELEASE", "Doc No. C")
_PAGE = re.compile(
    r"^[ \t]*PAGE[ \t]+\d\d(?:[ \t]+OF[ \t]+\d\d)?[ \t]+[A-Z][A-Z .'-]{1,30}?[ \t]*+\d{3,7}\b.{0,40}$"
)
# Begins with a literal, which is fast to search for.
_MARK_OF_PAGES = re.compile(r"\n[ \t]*(FM(?=[ \t]+[A-Z])|PAGE(?=[ \t]+\d))")
_COUNTED_PAGE = re.compile(r"^[ \t]*PAGE[ \t]+\d{1,2}[ \t]+OF[ \t]+\d{1,2}[ \t]*$")
_BARE_PAGE = re.compile(r"^[ \t]*PAGE[ \t]+\d\d[ \t]*$")
_PAGE_STATION = re.compile(
    r"^[ \t]*[A-Z][A-Z .'-]{1,30}?[ \t]*+\d{4,6}(?:[ \t]+\d\d[ \t]+OF[ \t]+\d\d)?[ \t]+\d{6}Z?.{0,10}$"
)
_LEVEL = re.compile(
    r"^[ \t]*(?P<level>" + alternatives(LEVEL_NAMES) + r")"
    rf"(?:[ \t/,-]++(?:{alternatives(CAPTIONS)}|FOUO|EYES ONLY))*[ \t]*+$"
)
_GLUED = re.compile(rf"(?<=[A-Z])(?P<level>{alternatives(LEVEL_NAMES)})$")
_SECTION_START = re.compile(
    r"^[ \t]*(?:PAGE[ \t]+01\b|(?:ACTION|ORIGIN)[ \t]+[A-Z]{1,6}-\d\d|VZCZC|DE R[A-Z]{4,7} )"
)
_ANCHOR = re.compile(r"^[ \t]*(?:FM[ \t]+[A-Z]|[ZOPR](?:[ \t]+[ZOPR])*[ \t]+\d{6}Z)")
MIN_SECTIONS = 2  # one FM line is in the message's own header
MAX_BREAK_LINES = 5  # lines, most of them blank, within a break between two pages
MAX_HEADER_LINES = 80  # lines of a transmission header above a section


def remove_pages(text: str) -> str:
    """Return a message without the lines between its pages and its later sections' transmission headers.

    A sentence that ran over a page's end runs on.
    """
    text = unify_line_ends(text).replace("\f", "\n")
    stamped = any(word in text for word in _STAMP_WORDS)
    marked = strip_stamps(text, f"{_MARK}\n") if stamped else text
    if marked is text:
        if "PAGE" not in text and text.count("FM") < MIN_SECTIONS:
            return text
        marks = _MARK_OF_PAGES.findall(f"\n{text}")
        if "PAGE" not in marks and len(marks) < MIN_SECTIONS:
            return text
    lines = [line.rstrip() for line in marked.split("\n")]
    removed = {index for index, line in enumerate(lines) if line == _MARK}
    pages = set(_page_lines(lines))
    if pages:
        removed |= pages
        _part_glued_levels(lines, pages)
        removed.update(index for index, line in enumerate(lines) if _LEVEL.match(line))
    for start, end in _section_headers(lines, removed):
        removed.update(range(start, end))
    return "\n".join(remove_lines(lines, removed)) if removed else text


def _page_lines(lines: list[str]) -> Iterator[int]:
    """Yield the indices of page lines, and of the rest of those that are broken after their number."""
    for index, line in enumerate(lines):
        if "PAGE" not in line:
            continue
        if _PAGE.match(line) or _COUNTED_PAGE.match(line):
            yield index
        elif _BARE_PAGE.match(line):
            below = _next_line(lines, index)
            if below and _PAGE_STATION.match(lines[below]):
                yield index
                yield below


def _next_line(lines: list[str], index: int) -> int | None:
    """Return the index of the next line that is not blank, None if it is far below."""
    below = range(index + 1, min(index + 1 + MAX_BREAK_LINES, len(lines)))
    return next((at for at in below if lines[at] and lines[at] != _MARK), None)


def _part_glued_levels(lines: list[str], pages: set[int]) -> None:
    """Take a page's classification off its last word, to which a tool joined it: `CONCONFIDENTIAL`."""
    for page in pages:
        for index in range(page - 1, max(page - 1 - MAX_BREAK_LINES, -1), -1):
            if lines[index] and not _LEVEL.match(lines[index]) and lines[index] != _MARK:
                if glued := _GLUED.search(lines[index]):
                    lines[index] = f"{lines[index][: glued.start()]}-"
                break


def _section_headers(lines: list[str], removed: set[int]) -> Iterator[tuple[int, int]]:
    """Yield the lines from where to where transmission headers stand within the message."""
    message = next((i for i, line in enumerate(lines) if _is_message_line(line)), len(lines))
    index = next((i for i in range(message, len(lines)) if is_field_or_paragraph(lines[i])), len(lines))
    while index < len(lines):
        if not (_SECTION_START.match(lines[index]) or _ANCHOR.match(lines[index])):
            index += 1
            continue
        end = _header_end(lines, index, removed)
        if end > index:
            yield index, end
        index = max(end, index + 1)


def _is_message_line(line: str) -> bool:
    """Whether a line is a message's classification line: it has the station and number."""
    found = CLASSIFICATION_LINE.match(line)
    return bool(found and any(c.isdigit() for c in found["rest"]))


def _header_end(lines: list[str], start: int, removed: set[int]) -> int:
    """Return the index after a transmission header within a message; the start's if there is none."""
    anchors, end = 0, start
    for index in range(start, min(start + MAX_HEADER_LINES, len(lines))):
        line = lines[index]
        if _is_message_line(line):
            return index if anchors > 1 else start
        anchors += bool(_ANCHOR.match(line))
        if is_header_line(line):
            end = index + 1
        elif line and index not in removed and not line.isupper():
            break
    return end if anchors > 1 else start


_ENDED = re.compile(r"[.!?:;\"”’)\]>][ \t]*+$|^\s*+[-=*_~][-=*_~ ]{2,}+$")
MAX_HEADING = 45  # characters of a heading; a longer line is prose


def remove_lines(lines: list[str], removed: set[int]) -> list[str]:
    """Return the lines that stay, without the blank lines around a cut that ran through a sentence."""
    kept: list[str] = []
    at = 0
    for index in sorted(removed):
        if index < at:
            continue  # removed with the lines above it
        kept += lines[at:index]
        at = index
        while at < len(lines) and (at in removed or not lines[at]):
            at += 1
        while kept and not kept[-1]:
            kept.pop()
        if (
            kept
            and at < len(lines)
            and _ENDED.search(kept[-1])
            and not _continues_paragraph(lines[at], kept[-1])
        ):
            kept.append("")
    return kept + lines[at:]


def _continues_paragraph(line: str, above: str) -> bool:
    """Whether a line below a cut continues the paragraph above it, or is its short last line."""
    start = line.strip()
    if start[:1].islower():
        return True
    is_end = len(above) > MAX_HEADING and start[:1].isalpha() and start.endswith(".")
    return (len(start) > MAX_HEADING or is_end) and not start[:1].isdigit() and not _ENDED.fullmatch(line)
