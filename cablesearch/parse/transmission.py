"""The transmission header: how the message was sent (ACP-127 format lines; 5 FAH-2 H-320).

VZCZCXRO7008                                   start of message, dropped
OO RUEHBC RUEHDE                               routing
DE RUEHFR #2069/01 0891339                     who transmits, station serial number
ZNY SSSSS ZZH                                  classification prosign
P 301339Z MAR 06                               precedence, date-time group
FM AMEMBASSY PARIS
TO RUEHC/SECSTATE WASHDC IMMEDIATE 5793        action addressees
INFO RUCNRAQ/IRAQ COLLECTIVE PRIORITY          information addressees
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from ..model.calendar import MONTH_NUMBERS, year_sent
from .marking import CLASSIFICATION_LINE

PRECEDENCES = {"Z": "FLASH", "O": "IMMEDIATE", "P": "PRIORITY", "R": "ROUTINE"}
HEADER_LINES = 400  # lines in which a transmission header may end

_DTG = re.compile(
    r"^\s*+(?P<precedence>[ZOPR](?:\s*+[ZOPR]){0,3})\s++(?P<dtg>(?P<day>\d\d)(?P<hour>\d\d)(?P<minute>\d\d)Z\s+"
    rf"(?P<month>{'|'.join(MONTH_NUMBERS)})\s+(?P<year>\d\d(?:\d\d)?))\b"
)
_ADDRESS = re.compile(r"^\s*(?P<kind>FM|TO|INFO)\b:?\s*(?P<address>.*)$")
_DISTRIBUTION = re.compile(r"\s*INFO\s+[A-Z]+-\d")
_PRECEDENCE_WORDS = frozenset(("FLASH", "NIACT", "IMMEDIATE", "PRIORITY", "ROUTINE", "IMMED", "PRI"))
_SERIAL = re.compile(r"\d{1,5}(?:-\d{1,5})?")
_ROUTING = re.compile(r"^[A-Z]{4,8}/\s*")

# Lines that stand in transmission headers alone, in any order. Up to six routing indicators may be printed
# without blanks; the group is atomic, else a long line could be read in exponentially many ways.
_HEADER_LINE = re.compile(
    r"""^\s*+(?:
        VZCZC\S* | [ZOPR]{2}(?:\s+R[A-Z]{3,7})+
        | (?>(?:R[A-Z]{4,7}){1,6}\b\s*)++ | DE\s+R[A-Z]{3,7}\b.* | ZN[YR]\s.* | BT
        | [ZOPR](?:\s[ZOPR])*\s+\d{6}Z\s.*
        | PAGE\s+\d+\s.* | (?:ORIGIN|ACTION|INFO)\s+[A-Z]+-\d.* | (?:DRAFTED|APPROVED|CLEARED)\ BY\b.*
        | (?:[A-Z]{1,5}-\d\d\s*)+(?:\(.{1,9}\)\s*W|/\d{3}\ [A-Z])?(?:\s\d{1,3})? | /\d{3}\ [A-Z]
        | -{6,}+\s*+\d{5,6}.*
    )$""",
    re.VERBOSE,
)
_ADDRESS_LINE = re.compile(r"^\s*(?:FM|TO|INFO)\b:?\s*(?P<address>[A-Z0-9/].*)$")
_POST_LINE = re.compile(
    r"^\s*+(?:R[A-Z]{4,7}/|(?:XMT )?(?:AM|US)?(?:EMBASSY|CONSUL|CONGEN|MISSION)|[A-Z][A-Z ]* COLLECTIVE\b)"
)
_MESSAGE_FIELD = re.compile(r"^\s*(?:E\.?\s?O\.?\s*\d{5}|TAGS?\b|SUBJ(?:ECT)?\s*:|REFS?\s*:)", re.IGNORECASE)
_PARAGRAPH = re.compile(r"^\s*(?:¶\s*)?1\s?[.)](?!\d)")
# Not BE, IS and IT: addresses end in a country's code, `NAPLES IT`.
_FUNCTION_WORDS = frozenset(
    [
        "ARE",
        "HAD",
        "HAS",
        "HAVE",
        "HE",
        "HIS",
        "IF",
        "NOT",
        "ON",
        "SHE",
        "THAT",
        "THE",
        "THEY",
        "THIS",
        "WAS",
        "WE",
        "WERE",
        "WHICH",
        "WILL",
        "WITH",
        "WOULD",
    ]
)
_ARTICLED_NAME = re.compile(r"\bTHE (?=HAGUE\b|WHITE HOUSE\b|JOINT STAFF\b|SECRETARY\b)")
MAX_ADDRESS_WORDS = 9  # of one addressee with its precedence; more are prose
MAX_PREFACE_LINES = 12  # lines with text above a transmission header: a title, a date, an archive's stamp
MAX_FORM_LINES = 25  # lines of a post's own form above a transmission header
MAX_LINE = 90  # columns of a header's line


@dataclass(frozen=True, slots=True)
class Transmission:
    """The fields of a transmission header; what it does not give is None or empty.

    Attributes:
        dtg: the date-time group as printed.
        sent: the time of the date-time group, UTC; None where it is garbled.
    """

    precedence: str | None = None
    dtg: str | None = None
    sent: datetime | None = None
    sender: str | None = None
    to: tuple[str, ...] = ()
    info: tuple[str, ...] = ()


def split_transmission(text: str) -> tuple[str, str]:
    """Split a text into its transmission header, empty if there is none, and the message.

    The header is one block at the text's head. It has a DE or date-time group line, or FM and TO lines
    together, and ends before the message's classification line, field or first paragraph, else with the last
    of its own lines. So a later line of prose that begins with FM, TO or INFO is none of it.
    """
    lines = text.split("\n", HEADER_LINES + MAX_FORM_LINES)  # the last is all that is below the others
    end, anchored, addresses, others = 0, False, 0, 0
    station = ""  # of the sender, whose name and a number make the message's classification line
    for index, line in enumerate(lines[:HEADER_LINES]):
        if not line.strip():
            continue
        if not end and _heads_a_form(line, lines[index + 1 : index + MAX_FORM_LINES]):
            continue
        if _begins_message(line, lines[index + 1 : index + 4], headed=bool(addresses)):
            end = index if end else 0
            break
        if (
            station and _OWN_NUMBER.search(line) and station in line and "/" not in line
        ):  # `UNCLS LA PAZ 3729`
            end = index
            break
        if is_header_line(line):
            anchored = anchored or bool(_DTG.match(line)) or line.lstrip().startswith("DE R")
            addresses += bool(_ADDRESS.match(line)) and not _DISTRIBUTION.match(line)
            if not station and (sender := _SENDER.match(line)):
                station = sender["station"]
            end = index + 1
        elif end and _POST_LINE.match(line) and not _is_prose(line):
            end = index + 1
        else:
            others += 1
            if (end and _is_prose(line)) or (not end and others > MAX_PREFACE_LINES):
                break
    if not anchored and addresses < 2 and not (addresses and any(map(_SENDER_LINE.match, lines[:end]))):
        return "", text
    header = "\n".join(lines[:end])
    return header, text[len(header) + 1 :] if end else text


_SENDER = re.compile(
    r"^\s*FM\s+(?:R[A-Z]{4,7}/)?(?:AMEMBASSY|AMCONSUL|AMCONGEN|USMISSION)\s+(?P<station>[A-Z][A-Z ]*[A-Z])"
)
_OWN_NUMBER = re.compile(r"^(?!\s*(?:FM|TO|INFO|R[A-Z]{4,7}|AM[A-Z]+|PAGE)\b).*\s\d{2,6}\s*$")
_SENDER_LINE = re.compile(
    r"^\s*FM\s+(?:R[A-Z]{4,7}/)?(?:AMEMBASSY|AMCONSUL|AMCONGEN|USMISSION|SECSTATE|SECDEF|US[A-Z]+)\b"
)


def _heads_a_form(line: str, below: list[str]) -> bool:
    """Whether a classification line stands above a post's form (`CHARGE: PROG`) and a transmission header."""
    if not CLASSIFICATION_LINE.match(line):
        return False
    for text in below:
        if is_field_or_paragraph(text):
            return False
        if text.lstrip().startswith("VZCZC") or _DTG.match(text):
            return True
    return False


def _begins_message(line: str, below: list[str], *, headed: bool) -> bool:
    """Whether a line begins the message below a transmission header: no header has it, and none follows it.

    Args:
        below: the next lines.
        headed: an address line stands above it.
    """
    if is_field_or_paragraph(line):
        return True
    level = CLASSIFICATION_LINE.match(line)
    if not level:
        return False
    if any(c.isdigit() for c in level["rest"]):
        return True
    return headed and not any(is_header_line(text) or _POST_LINE.match(text) for text in below)


def is_field_or_paragraph(line: str) -> bool:
    """Whether a line begins a field of the message header, or the message's first paragraph."""
    return bool(_MESSAGE_FIELD.match(line) or _PARAGRAPH.match(line))


def is_header_line(line: str) -> bool:
    """Whether a line stands in transmission headers alone, or is an address line that is no prose."""
    return bool(_HEADER_LINE.match(line) or (_ADDRESS_LINE.match(line) and not _is_prose(line)))


def _is_prose(line: str) -> bool:
    """Whether a line is prose: it has words in small letters, too many words, or such as no address has."""
    words = _ARTICLED_NAME.sub("", line).split()
    return (
        len(line) > MAX_LINE
        or len(words) > MAX_ADDRESS_WORDS
        or line.rstrip().endswith(("?", "!", ",", ";"))
        or sum(word.islower() or word[1:].islower() for word in words) > 1
        or not _FUNCTION_WORDS.isdisjoint(words)
    )


def parse_transmission(header: str) -> Transmission:
    """Parse a transmission header, skipping unknown lines."""
    found: dict[str, str] = {}
    sent: datetime | None = None
    sender: str | None = None
    addressees: dict[str, list[str]] = {"TO": [], "INFO": []}
    kind: str | None = None
    for line in header.split("\n"):
        if not found and (dtg := _DTG.match(line)):
            found, sent, kind = dtg.groupdict(), _time_sent(dtg), None
        elif (address := _ADDRESS.match(line)) and not _DISTRIBUTION.match(line):
            kind, printed = address["kind"], address["address"]
            if kind == "FM":
                sender = sender or " ".join(printed.split()) or None
            else:
                addressees[kind].append(printed)
        elif line.strip() == "BT":
            kind = None
        elif kind in addressees and line.strip() and not CLASSIFICATION_LINE.match(line):
            addressees[kind].append(line)
        elif line.strip() and _HEADER_LINE.match(line):
            kind = None
    return Transmission(
        precedence=PRECEDENCES[found["precedence"][0]] if found else None,
        dtg=" ".join(found["dtg"].split()) if found else None,
        sent=sent,
        sender=sender,
        to=_clean_addressees(addressees["TO"]),
        info=_clean_addressees(addressees["INFO"]),
    )


def _time_sent(dtg: re.Match[str]) -> datetime | None:
    year, month = year_sent(int(dtg["year"])), MONTH_NUMBERS[dtg["month"]]
    try:
        return datetime(year, month, int(dtg["day"]), int(dtg["hour"]), int(dtg["minute"]))
    except ValueError:  # 310061Z FEB: a garbled group
        return None


def _clean_addressees(addressees: list[str]) -> tuple[str, ...]:
    """Return addressees without routing indicators, precedence and serial numbers."""
    return tuple(filter(None, map(_clean_addressee, addressees)))


def _clean_addressee(addressee: str) -> str:
    words = _ROUTING.sub("", addressee.strip()).split()
    _pop_precedence(words)
    if len(words) > 1 and _SERIAL.fullmatch(words[-1]):
        words.pop()
        _pop_precedence(words)
    return " ".join(words)


def _pop_precedence(words: list[str]) -> None:
    while len(words) > 1 and words[-1] in _PRECEDENCE_WORDS:
        words.pop()


_POSTS = {
    "AMEMBASSY": "Embassy",
    "EMBASSY": "Embassy",
    "AMCONSUL": "Consulate",
    "AMCONGEN": "Consulate",
    "USMISSION": "Mission",
    "USINT": "US Interests Section",
    "USLO": "US Liaison Office",
    "USDEL": "US Delegation",
    "USOFFICE": "US Office",
}
_PUBLISHED = {
    "RPO DUBAI": "Iran RPO Dubai",  # 09RPODUBAI235
    "USMISSION UNVIE VIENNA": "UNVIE",  # 09UNVIEVIENNA540
}
_ACRONYMS = {"USNATO", "USUN", "USOSCE", "UNVIE", "USEU", "UNESCO", "OECD", "RPO"}


def published_origin(sender: str | None) -> str | None:
    """Return the sending post as the archive publishes it: `AMEMBASSY ABU DHABI` is Embassy Abu Dhabi."""
    return (post_in_words(sender) or _titled(sender)) if sender else None


def post_in_words(printed: str) -> str | None:
    """Return a post, or the Department, as the archive publishes it; None for another sender or addressee.

    >>> post_in_words("AMEMBASSY ABU DHABI"), post_in_words("SECSTATE WASHDC"), post_in_words("CIA LANGLEY")
    ('Embassy Abu Dhabi', 'Secretary of State', None)
    """
    if printed in _PUBLISHED:
        return _PUBLISHED[printed]
    kind, _, place = printed.partition(" ")
    if kind in ("SECSTATE", "STATE"):
        return "Secretary of State"
    return f"{_POSTS[kind]} {_titled(place)}" if place and kind in _POSTS else None


def _titled(name: str) -> str:
    return " ".join(word if word in _ACRONYMS else word.title() for word in name.split())
