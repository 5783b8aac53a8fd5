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
from functools import lru_cache

from ..model.calendar import MONTH_NUMBERS, year_sent
from .marking import CLASSIFICATION_LINE

PRECEDENCES = {"Z": "FLASH", "O": "IMMEDIATE", "P": "PRIORITY", "R": "ROUTINE"}
HEADER_LINES = 400  # lines in which a transmission header may end

_DTG = re.compile(
    r"^\s*(?P<precedence>[ZOPR](?:\s*[ZOPR]){0,3})\s+(?P<dtg>(?P<day>\d\d)(?P<hour>\d\d)(?P<minute>\d\d)Z\s+"
    rf"(?P<month>{'|'.join(MONTH_NUMBERS)})\s+(?P<year>\d\d(?:\d\d)?))\b"
)
_ADDRESS = re.compile(r"^\s*(?P<kind>FM|TO|INFO)\b:?\s*(?P<address>.*)$")
_DISTRIBUTION = re.compile(r"\s*INFO\s+[A-Z]+-\d")
_PRECEDENCE_WORDS = r"(?:\s+(?:FLASH|NIACT|IMMEDIATE|PRIORITY|ROUTINE|IMMED|PRI|NIACT IMMEDIATE))*"
_TAIL = re.compile(rf"{_PRECEDENCE_WORDS}(?:\s+\d{{1,5}}(?:-\d{{1,5}})?)?{_PRECEDENCE_WORDS}\s*$")
_ROUTING = re.compile(r"^[A-Z]{4,8}/\s*")

# Lines of a transmission header above a message in a plain text, in any order.
_HEADER_LINE = re.compile(
    r"""^\s*(?:
        VZCZC\S* | [ZOPR]{2}(?:\s+R[A-Z]{3,7})+ | (?:R[A-Z]{4,7}\s*)+ | DE\s+R[A-Z]{3,7}\b.* | ZN[YR]\s.* | BT
        | [ZOPR](?:\s[ZOPR])*\s+\d{6}Z\s.* | (?:FM|TO|INFO)\s.*
        | PAGE\s+\d+\s.* | (?:ORIGIN|ACTION|INFO)\s+[A-Z]+-\d.* | (?:DRAFTED|APPROVED|CLEARED)\ BY\b.*
        | -{6,}\s*\d{6}Z.* | -{6,}\s*\d{5,6}.*
    )$""",
    re.VERBOSE,
)


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

    The header ends with the last of its lines before the message's classification line. A text without a DE,
    DTG or FM line at its head has no header.
    """
    lines = text.split("\n")
    end = 0
    for index, line in enumerate(lines[:HEADER_LINES]):
        if _HEADER_LINE.match(line):
            end = index + 1
        elif end and (CLASSIFICATION_LINE.match(line) or _FIELD.match(line)) and _has_address(lines[:index]):
            end = index
            break
    if not any(_DTG.match(line) or line.lstrip().startswith(("DE R", "FM ")) for line in lines[:end]):
        return "", text
    return "\n".join(lines[:end]), "\n".join(lines[end:])


_FIELD = re.compile(r"^\s*(?:E\.?\s?O\.?\s*\d{5}|TAGS?\b|SUBJ(?:ECT)?\s*:)")


def _has_address(lines: list[str]) -> bool:
    return any(line.lstrip().startswith(("FM ", "TO ")) for line in lines)


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


@lru_cache(1024)
def _clean_addressee(addressee: str) -> str:
    return _TAIL.sub("", _ROUTING.sub("", " ".join(addressee.split()))).strip()


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
    if not sender:
        return None
    if sender in _PUBLISHED:
        return _PUBLISHED[sender]
    kind, _, place = sender.partition(" ")
    if kind in ("SECSTATE", "STATE"):
        return "Secretary of State"
    words = place.split() if kind in _POSTS else sender.split()
    named = " ".join(word if word in _ACRONYMS else word.title() for word in words)
    return f"{_POSTS[kind]} {named}" if kind in _POSTS else named
