"""What reviewers stamp on the pages of a document when it is released: no part of its text.

    Margaret P. Grafeld Declassified/Released US Department of State EO Systematic Review 05 JUL 2006
    UNCLASSIFIED U.S. Department of State Case No. F-2014-20439 Doc No. C05760445 Date: 06/30/2015
    RELEASE IN PART B6

Each may be on one line or over several, with tabs between its words, or on a line of text, behind a wide gap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from .moments import parse_moment


def _spaced(pattern: str) -> str:
    """Return a pattern whose words may stand on several lines."""
    return pattern.replace(" ", r"\s{1,40}")  # bounded, so that a long run of blanks costs no time


_SIGNER = r"[A-Z](?:[a-z'’-]+|\.)(?:[ \t]+[A-Z](?:\.|[\w'’-]*)){0,2}[ \t]+[A-Z][\w'’-]+"
_REVIEW = (
    # Who signed it is beside it; or above it, if its own words are on several lines.
    rf"(?:{_SIGNER}(?:[ \t]+|[ \t]*\n\s{{0,40}}(?=Declassified/Released[ \t]*\n)))?"
    + _spaced("Declassified/Released(?: by)?(?: the)?")
    + _spaced(r" U\.?S\.? Department of State(?: E\.?O\.? Systematic Review)?")
    + _spaced(r"(?: (?P<review>\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{4}))?")
)
_CASE = _spaced(
    r"(?:[CO0]\d{8} )?(?:UNCLASSIFIED )?U\.?S\.? Department of State Case No\. [A-Z]{1,2}-\d{4}-\d+"
    r"(?: Doc No\. (?P<number>[CO0]\d{8}))?(?: Date: (?P<case>\d{1,2}/\d{1,2}/\d{4}))?(?: UNCLASSIFIED)?"
)
_COMMITTEE = _spaced(
    r"(?:UNCLASSIFIED )?STATE DEPT\. - PRODUCED TO HOUSE SELECT \w+ COMM\."
    r"(?: SUBJECT TO AGREEMENT ON SENSITIVE INFORMATION & REDACTIONS\. NO FOIA WAIVER\.)?"
)
_DECISION = r"RELEASED?[ \t]+IN[ \t]+(?:PART|FULL)(?:[ \t,]+(?:1\.\d|[A-Z]\d?)(?:\([A-Z\d]\))*){0,8}"
_STAMP = re.compile(
    rf"[ \t]*(?:{_REVIEW}|{_CASE}|{_COMMITTEE}|{_DECISION}|<< ?END OF DOCUMENT ?>>)[ \t]*(?:\n|\Z)"
)
# One of these words is on one of a stamp's first lines. Words are found much faster than patterns.
_WORDS = ("Declassified/Released", "Case", "PRODUCED", "RELEASE", "END OF DOCUMENT")
_MAX_LINES, _MAX_CHARS = 4, 400  # of a stamp before its word
_PARAGRAPH_END = re.compile(r"(?:^|\n)(?:.{0,44}[.!?:;\"”)]|[ \t]*[-=*_~]{3,})\Z")
_GAP = "   "  # between a line of text and a stamp beside it


def strip_stamps(text: str, mark: str = "") -> str:
    """Return a text without the stamps on its pages, or with a mark in place of each."""
    kept, end = [], 0
    for stamp in _find_stamps(text):
        before = text[end : stamp.start()]
        kept += [before if _has_lines(stamp) else f"{before.rstrip()}\n", mark]
        end = stamp.end()
    return "".join((*kept, text[end:])) if kept else text


def join_pages(text: str) -> str:
    r"""Return a text without its page breaks (\f), and without the stamps and gaps around them.

    A sentence runs on over them; a blank line stays where a page ends with a paragraph's short last line.
    """
    if "\f" not in text:
        return strip_stamps(text)
    pages = strip_stamps(text.replace("\f", "\n\f\n")).split("\f")
    joined = [page.strip("\n") for page in map(str.rstrip, pages) if page]
    return "\n".join(f"{page}\n" if _PARAGRAPH_END.search(page) else page for page in joined).rstrip("\n")


def find_release(text: str) -> date | None:
    """Return the date on a text's stamps, None where they have none."""
    dates = (stamp["review"] or stamp["case"] for word in _WORDS[:2] for stamp in _stamps_with(word, text))
    return next((parse_moment(printed) for printed in dates if printed), None)


def split_documents(text: str) -> list[tuple[str | None, str]]:
    """Split a text where its stamps begin to have another number.

    Returns:
        The number under which each document was released (`C05760445`), and its text with the stamps.
    """
    starts: list[int] = []
    numbers: list[str | None] = []
    for stamp in _stamps_with("Case", text):
        if stamp["number"] and (number := f"C{stamp['number'][1:]}") not in numbers[-1:]:
            starts.append(stamp.start())
            numbers.append(number)
    bounds = pairwise([0, *starts[1:], len(text)])
    return [(number, text[start:end]) for number, (start, end) in zip(numbers or [None], bounds, strict=True)]


def _find_stamps(text: str) -> list[re.Match[str]]:
    """Return the stamps in a text, in order, each with its line's end."""
    found = [stamp for word in _WORDS for stamp in _stamps_with(word, text)]
    return sorted(found, key=re.Match.start)


def _stamps_with(word: str, text: str) -> Iterator[re.Match[str]]:
    at = text.find(word)
    while at >= 0:
        matches = (_STAMP.match(text, start) for start in _starts(text, at))
        stamp = next((match for match in matches if match and match.end() > at), None)
        if stamp:
            yield stamp
        at = text.find(word, stamp.end() if stamp else at + 1)


def _starts(text: str, at: int) -> Iterator[int]:
    """Yield where a stamp may begin that has a word at this offset: at lines' starts, or behind a gap."""
    earliest, ends = max(at - _MAX_CHARS, 0), [at]
    while len(ends) <= _MAX_LINES and (end := text.rfind("\n", earliest, ends[-1])) >= 0:
        ends.append(end)
    if not earliest and len(ends) <= _MAX_LINES:
        yield 0
    yield from (end + 1 for end in reversed(ends[1:]))
    gap = text.rfind(_GAP, max(ends[1:2], default=earliest), at)
    if gap >= 0:
        yield gap


def _has_lines(stamp: re.Match[str]) -> bool:
    """Whether a stamp has its lines to itself."""
    return stamp.start() == 0 or stamp.string[stamp.start() - 1] == "\n"
