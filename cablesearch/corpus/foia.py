"""An e-mail as text, as the State Department releases it under the Freedom of Information Act (FOIA).

    UNCLASSIFIED U.S. Department of State Case No. F-2014-20439 Doc No. C05760445 Date: 06/30/2015
    From: Quell, Ivo <QuellI@state.gov>
    Sent: Wednesday, September 12, 2012 10:16 AM
    To: H
    Subject: Herring

The fields' names may stand together, and below them what is in them. A file may have several documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from .letter import make_letter
from .moments import parse_moment
from .record import Failure, Record
from .source import Source
from .stamps import find_release, join_pages, split_documents

NAME = "e-mail as text"

_KEY = r"(?:From|Sent|Date|To|Cc|Bcc|Subject|Attachments|Importance)"
_FIELD = re.compile(rf"\s*+(?P<key>{_KEY})[ \t]*+:[ \t]*+(?P<value>.*)")
_KEYS = re.compile(rf"\s*+(?:{_KEY}[ \t]*+:\s*+)++")
_SENDER = re.compile(r"From[ \t]*+:")
_MAX_LINES_ABOVE = 6  # of what is left of stamps, such as the exemptions: B6
_MAX_CHARS_ABOVE = 40  # in each
_MAX_LINES = 60  # of a header
_DAY = re.compile(r"\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, ")  # what was sent begins here


def sniff(start: str, file: str) -> bool:
    """Whether it begins with the header of an e-mail as programs print it."""
    if not _SENDER.search(start):
        return False
    fields, _ = _parse_header(join_pages(start))
    return bool("From" in fields and ("To" in fields or "Subject" in fields) and _sent(fields))


def read(source: Source) -> Iterator[Record | Failure]:
    """Yield the e-mail of each document."""
    documents = split_documents(source.text())
    for place, (number, text) in enumerate(documents, 1):
        alone = len(documents) == 1
        fields, body = _parse_header(join_pages(text))
        yield make_letter(
            source.name if alone else f"{source.name}#{number}",
            number or (source.stem if alone else f"{source.stem}/{place}"),
            body,
            format=NAME,
            created=parse_moment(_sent(fields)),
            released=find_release(text),
            sender=fields.get("From"),
            to=_split_names(fields.get("To", "")),
            info=_split_names(fields.get("Cc", "")),
            subject=fields.get("Subject"),
        )


def _sent(fields: dict[str, str]) -> str:
    return fields.get("Sent") or fields.get("Date") or ""


def _split_names(printed: str) -> tuple[str, ...]:
    return tuple(filter(None, (name.strip() for name in printed.split(";"))))


def _parse_header(text: str) -> tuple[dict[str, str], str]:
    """Return the fields of a header by their names, and the text below it; no fields where there is none."""
    lines = text.strip().split("\n")
    first = next((n for n, line in enumerate(lines[: _MAX_LINES_ABOVE + 1]) if _FIELD.match(line)), None)
    if first is None or any(len(line) > _MAX_CHARS_ABOVE for line in lines[:first]):
        return {}, text
    fields: dict[str, str] = {}
    key, end = "", first
    for number, line in enumerate(lines[first : first + _MAX_LINES], first):
        if _KEYS.fullmatch(line):
            fields |= dict.fromkeys(re.findall(_KEY, line), "")
            key = ""
        elif found := _FIELD.fullmatch(line):
            key = found["key"]
            fields[key] = " ".join(found["value"].split())
        elif key and line.strip() and (line[0].isspace() or fields[key].endswith((";", ","))):
            fields[key] += f" {' '.join(line.split())}"
        elif line.strip():
            break
        if line.strip():
            end = number + 1
    if not any(fields.values()):
        return _fill(fields, lines[end:])
    return fields, "\n".join(lines[end:])


def _fill(fields: dict[str, str], lines: list[str]) -> tuple[dict[str, str], str]:
    """Return the fields with the values that stand below all their names, and the text below these."""
    start = next((n for n, line in enumerate(lines) if line.strip()), len(lines))
    printed = [" ".join(line.split()) for line in takewhile(str.strip, lines[start:])][: len(fields)]
    values: list[str] = []
    for line in printed:
        day = _DAY.search(line)  # who sent it and when may share a line
        values += [line[: day.start()], line[day.start() :].strip()] if day else [line]
    if len(values) > len(fields):  # it was among them, so that one line less is theirs
        values.pop()
        printed.pop()
    # Where one is missing it is the addressee, whose name was taken out.
    names = [name for name in fields if len(values) >= len(fields) or name != "To"]
    return fields | dict(zip(names, values, strict=False)), "\n".join(lines[start + len(printed) :])
