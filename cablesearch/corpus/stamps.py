"""What reviewers stamp on the pages of a document when it is released: no part of its text.

    Margaret P. Grafeld Declassified/Released US Department of State EO Systematic Review 05 JUL 2006
    UNCLASSIFIED U.S. Department of State Case No. F-2014-20439 Doc No. C05760445 Date: 06/30/2015
    RELEASE IN PART B6

Each may be on one line or over several, with tabs between its words.
"""

from __future__ import annotations

import re
from datetime import date

from .moments import parse_moment

_GAP = r"\s{1,40}"  # bounded, so that a long run of blanks costs no time


def _spaced(pattern: str) -> str:
    """Return a pattern whose words may stand on several lines."""
    return pattern.replace(" ", _GAP)


_REVIEW = (
    r"(?:(?:[A-Z][a-z]*\.?[ \t]+){1,3}[A-Z][a-z'-]+\s{1,40})?"  # who signed it
    + _spaced("Declassified/Released US Department of State EO Systematic Review")
    + _spaced(r"(?: (?P<review>\d{1,2} [A-Za-z]{3} \d{4}))?")
)
_CASE = (
    _spaced(r"(?:[CO0]\d{8} )?(?:UNCLASSIFIED )?U\.?S\.? Department of State Case No\. [A-Z]{1,2}-\d{4}-\d+")
    + _spaced(r"(?: Doc No\. (?P<number>[CO0]\d{8}))?(?: Date: (?P<case>\d{1,2}/\d{1,2}/\d{4}))?")
    + _spaced(r"(?: UNCLASSIFIED)?")
)
_COMMITTEE = _spaced(
    r"(?:UNCLASSIFIED )?STATE DEPT\. - PRODUCED TO HOUSE SELECT \w+ COMM\."
    r"(?: SUBJECT TO AGREEMENT ON SENSITIVE INFORMATION & REDACTIONS\. NO FOIA WAIVER\.)?"
)
_DECISION = r"RELEASED?[ \t]+IN[ \t]+(?:PART|FULL)(?:[ \t,]+\d?[A-Z]\d{0,2}(?:\([A-Z\d]\))*){0,8}"
_STAMP = re.compile(  # on lines of its own, or beside one
    r"(?:^[ \t]*|(?<=\S)[ \t]{3,200})"
    rf"(?:{_REVIEW}|{_CASE}|{_COMMITTEE}|{_DECISION}|<< ?END OF DOCUMENT ?>>)[ \t]*$(?P<end>\n?)",
    re.MULTILINE,
)


def strip_stamps(text: str) -> str:
    """Return a text without the stamps on its pages."""
    return _STAMP.sub(lambda stamp: "" if _has_lines(stamp) else stamp["end"], text)


def join_pages(text: str) -> str:
    r"""Return a text without the stamps on its pages, which stand between \f, and without the gaps there."""
    if "\f" not in text:
        return strip_stamps(text)
    pages = strip_stamps(text.replace("\f", "\n\f\n")).split("\f")
    return "\n".join(page.strip("\n") for page in map(str.rstrip, pages) if page)


def _has_lines(stamp: re.Match[str]) -> bool:
    """Whether a stamp has its lines to itself."""
    return stamp.start() == 0 or stamp.string[stamp.start() - 1] == "\n"


def find_release(text: str) -> date | None:
    """Return the date on the first stamp of a text that has one."""
    dates = (stamp["review"] or stamp["case"] for stamp in _STAMP.finditer(text))
    return next((parse_moment(printed) for printed in dates if printed), None)


def find_number(text: str) -> str | None:
    """Return the number under which a document was released, `C05760445`, as its first stamp gives it."""
    numbers = (stamp["number"] for stamp in _STAMP.finditer(text))
    return next((f"C{number[1:]}" for number in numbers if number), None)
