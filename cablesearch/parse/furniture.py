"""Lines that are in a message but not of it: page lines, section headings, SIPDIS, repeated headers.

They stand wherever the transmission was cut, in the middle of a sentence as well:

    ASTANA 00000048  002 OF 003
    PAGE 02        STATE  017976
    C O N F I D E N T I A L SECTION 02 OF 03 ASTANA 000048, then the header's lines once more
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from string import digits

from .marking import CLASSIFICATION_LINE

_PAGE = re.compile(
    r"^[ \t]*[A-Z][A-Z .'’/-]{1,30}? \d{6,8}[ \t]+\d{3}(?:\.\d)?[ \t]+OF[ \t]+\d{3}[ \t]*$", re.IGNORECASE
)
# The same within a line, where a copyist joined the lines; of the station at most three words.
_PAGE_INLINE = re.compile(
    r"(?<![A-Z] )\b[A-Z]{2,12}(?: [A-Z]{2,8}){0,2} \d{8} {1,3}\d{3}(?:\.\d)? OF \d{3}(?![\d.])[ \t]*"
)
_PAGE_END = re.compile(r" OF (?<=\d OF )\d{3}")
_NARA_PAGE = re.compile(r"^[ \t]*PAGE[ \t]+\d\d[ \t]+[A-Z][A-Z .'-]{1,30}?[ \t]*\d{4,6}\b.{0,40}$")
_SIPDIS = re.compile(r"^[ \t]*(?:SIPDIS|NNNN|NNN|BT|#\d{4}|[A-Z]{0,4}NOFORN)[ \t]*$")
FULL = 45  # characters of a line that is no heading
SHORT = 20  # characters of the longest line that is a caption alone
_SECTION = re.compile(r"\bSECTION\s+\d+\s+OF\s+\d+\b", re.IGNORECASE)
_REPEATED = re.compile(
    r"^[ \t]*(?:SIPDIS|NOFORN|NODIS|EXDIS|LIMDIS|SENSITIVE|STADIS"
    r"|E\.?O\.? ?\d{5}.*|TAGS?\b.*|SUBJ(?:ECT)?:.*)$"
)
_BEGUN = re.compile(r"^\s*(?:\d+\.|REF|SUBJ|TAGS)")
_ENDED = re.compile(r"[.!?:;\"”’)\]>][ \t]*$|^\s*[-=*_~ ]{3,}$")


def lines(text: str) -> list[str]:
    """Give a message's lines: one kind of line end and space, no trailing blanks, no pilcrows."""
    text = unicodedata.normalize("NFC", text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\xa0", " ").replace("\u2028", "\n").replace("\x0b", " ").replace("\x0c", "\n")
    text = text.replace("\u00ad", "").replace("¶", "")
    return [line.rstrip() for line in text.split("\n")]


def clean(text: str) -> str:
    """Give a message without its page lines, section headings and what they repeat of the header."""
    given = lines(text)
    text = "\n".join(given)
    if cut := _furniture(given, text):
        text = "\n".join(_closed_up(given, cut))
    return _PAGE_INLINE.sub("", text) if " OF " in text and _PAGE_END.search(text) else text


def _furniture(given: list[str], text: str) -> set[int]:
    """Give which of a text's lines are furniture; what the text does not hold is not looked for in them."""
    cut = {
        index
        for index, line in enumerate(given)
        if line and (len(line) < SHORT or line[-1] in digits) and _is_mark(line)
    }
    if "PAGE" in text and any("PAGE" in line and _NARA_PAGE.match(line) for line in given):
        cut.update(i for i, line in enumerate(given) if _NARA_PAGE.match(line) or _bare_level(line))
    return cut.union(_sections(given, text, cut))


def _sections(given: list[str], text: str, cut: set[int]) -> Iterator[int]:
    """Give the lines of the section headings below the message's own beginning."""
    sections = [
        index
        for index in _holding(" OF ", text)
        if CLASSIFICATION_LINE.match(given[index]) and _SECTION.search(given[index])
    ]
    if any(sections):  # one on the first line begins the message
        begun = _begun(given, cut)
        for start in sections:
            if start > begun > 0:
                yield from _section(given, start)


def _holding(word: str, text: str) -> Iterator[int]:
    """Give which of a text's lines hold a word, each as often as it does."""
    index = at = 0
    while (found := text.find(word, at)) >= 0:
        index += text.count("\n", at, found)
        yield index
        at = found + len(word)


def _begun(given: list[str], cut: set[int]) -> int:
    """Give the first line that cannot stand before a message's classification line, 0 if there is none."""
    return next(
        (i for i, line in enumerate(given) if line.strip() and i not in cut and not _preface(line)), 0
    )


def _is_mark(line: str) -> bool:
    """Tell a page line, or a caption alone."""
    return bool((line[-3:].isdigit() and _PAGE.match(line)) or (len(line) < SHORT and _SIPDIS.match(line)))


def _preface(line: str) -> bool:
    """Tell the lines that may stand before a message's first classification line: a date."""
    return len(line) < 60 and not _BEGUN.match(line)


def _bare_level(line: str) -> bool:
    found = CLASSIFICATION_LINE.match(line)
    return bool(found and not found["rest"].strip())


def _section(given: list[str], start: int) -> Iterator[int]:
    """Give the lines of a section heading: the heading itself, and what repeats the message's header."""
    header = {line.strip() for line in given[: min(start, 60)] if line.strip()}
    yield start
    for index in range(start + 1, min(start + 25, len(given))):
        line = given[index]
        if line.strip() and not _REPEATED.match(line) and line.strip() not in header:
            return
        yield index


def _runs_on(line: str) -> bool:
    """Tell whether a line below a cut goes on with the paragraph above it."""
    start = line.lstrip()
    return start[:1].islower() or (
        len(start) > FULL and not start[:1].isdigit() and not _ENDED.fullmatch(line)
    )


def _closed_up(given: list[str], cut: set[int]) -> list[str]:
    """Give the lines that stay; where a cut ran through a sentence, the blank lines about it go as well."""
    kept: list[str] = []
    at = 0
    for index in sorted(cut):
        if index < at:
            continue  # cut with what was above it
        kept += given[at:index]
        at = index
        while at < len(given) and (at in cut or not given[at]):
            at += 1
        while kept and not kept[-1]:
            kept.pop()
        if kept and at < len(given) and _ENDED.search(kept[-1]) and not _runs_on(given[at]):
            kept.append("")
    return kept + given[at:]
