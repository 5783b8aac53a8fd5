"""The `REF:` block, and where the text points back to it.

REF: A. 06 ASTANA 573             ->  A 06ASTANA573
REF: (A) STATE 71143 (B) 09 LONDON 12 AND 13
                                  ->  A 09STATE71143, B 09LONDON12, B 09LONDON13
... (Refs D and E) ... reftel ... ->  the ids that the letters stand for
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from operator import itemgetter
from string import ascii_uppercase, digits

from ..model.cable import Reference
from ..model.reference_id import canonical, split_id

# A label: a letter alone, in parentheses or before a point, parenthesis or colon.
_LABEL = re.compile(
    r"(?:(?<=^)|(?<=[\s;,:.)]))¶?(?:\((?P<round>[A-Z]{1,2})\)|(?P<point>[A-Z])[.):](?![A-Z]\.))(?=\s|[A-Z0-9(]|$)",
    re.IGNORECASE,
)
# An id in a REF block: a year or none, a station of one to five words, a serial number.
_ID = re.compile(
    r"(?<![\w/-])(?P<id>(?:(?:(?:19|20)?\d\d|['’]\d\d)[\s-]*)?"
    r"(?P<station>[A-Z][A-Z./'’]*[A-Z](?:[ \t\n-]+[A-Z][A-Z.'’]+){0,3})[ \t\n.#-]*(?P<serial>\d{1,7}))"
    r"(?P<after>\s*\(\s*(?:(?:19|20)\d\d|\d\d)\s*\))?(?![\w/])",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\s*(?:,|AND|&|,\s*AND|THROUGH)\s*(?P<serial>\d{1,6})(?![\w/])(?!\s*[A-Z]{3})", re.IGNORECASE
)
SHORTEST = 4  # letters of a station's name: ROME, OSLO, LIMA
# Words that stand before a number in a REF block and are no stations.
_NOT_STATIONS = re.compile(
    r"\b(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|SEPT|OCT|NOV|DEC|JANUARY|FEBRUARY|MARCH|APRIL|JUNE|JULY|AUGUST"
    r"|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER|DATED|OF|ON|NO|NUMBER|TD|IIR|PARA|PARAS|PARAGRAPH|AND|PREVIOUS|E-?MAILS?"
    r"|FAX|MEMO|CIRCULAR|NOTE|DATE|FROM|FOR|POINTS|UNSCR|REF|REFS|SERIES|\d* ?FAM|FAH)$",
    re.IGNORECASE,
)
_LABELS = re.compile(
    r"(?<!\w)ref(?:s|tels?)?\.?\s*(?P<labels>\(?[\"']?[A-Z]\b[\"')]*"
    r"(?:\s*(?:,|and|&|-|–|through|thru|to|or|/)+\s*(?:and\s+)?\(?(?:ref(?:s|tel)?\s+)?[\"']?[A-Z]\b[\"')]*)*)",
    re.IGNORECASE,
)
_REFTEL = re.compile(r"(?<!\w)ref(?:tels?| cables?|s|)\b", re.IGNORECASE)
# An id printed in the text: its number, and the capitals that stand before it.
_SERIAL = re.compile(
    r"(?P<serial>\d(?:(?<=[A-Z]{2} \d)|(?<=[A-Z]{2}  \d))(?:(?<=0)0*[1-9]|(?<=[1-9]))\d{0,6})\b(?![.,]\d)"
    r"(?:\s*\((?:\d{1,2} )?[A-Z][A-Za-z]{2,8}\.? (?:\d{1,2}, )?(?P<year>(?:19|20)\d\d)\))?"
)
_SHAPE = bytes.maketrans(f"{ascii_uppercase}{digits}".encode(), b"A" * 26 + b"0" * 10)
_BEFORE = re.compile(
    r"(?:(?<![\w/.])(?P<year>\d\d|(?:19|20)\d\d) +)?(?<![\w/])(?P<station>[A-Z]{2,}(?: [A-Z]{2,}){0,4})$"
)


def read(block: str, cable_id: str | None = None, sent: date | None = None) -> tuple[Reference, ...]:
    """Read a REF block.

    Args:
        block: what stands after `REF:`, line breaks and all.
        cable_id: the citing cable's id, and `sent` its date: they date the ids without a year.
    """
    block = block.strip()
    marks = list(_LABEL.finditer(block))
    if not marks or block[: marks[0].start()].strip(" \n\t-:(¶") not in ("", "REF", "REFS"):
        marks = [m for m in marks if marks and _sequential(marks)]
    entries: list[tuple[str | None, str]] = []
    if not marks or marks[0].start() > 0:
        entries.append((None, block[: marks[0].start()] if marks else block))
    ends = [*(mark.start() for mark in marks[1:]), len(block)]
    for mark, end in zip(marks, ends, strict=False):
        entries.append(((mark["round"] or mark["point"]).upper(), block[mark.end() : end]))
    return tuple(_references(entries, cable_id, sent))


def _sequential(marks: list[re.Match[str]]) -> bool:
    return (marks[0]["round"] or marks[0]["point"]).upper() in ("A", "B")


def _references(
    entries: Iterable[tuple[str | None, str]], cable_id: str | None, sent: date | None
) -> Iterator[Reference]:
    pending: str | None = None
    for label, printed in entries:
        text = " ".join(printed.split()).strip(" ;,¶-")
        if not text or not re.search(r"\w", text):
            pending = label or pending  # `A. A. STATE 99125` and `(A) A)` give the letter twice
            continue
        if label is None and text.upper().strip(".:() ") in ("REF", "REFS", "REFTEL", "NONE", "N/A"):
            continue
        label, pending = label or pending, None
        ids = list(_ids(text, cable_id, sent))
        yield from (Reference(label, id, text) for id in (ids or (None,)))


def _ids(text: str, cable_id: str | None, sent: date | None) -> Iterator[str]:
    for match in _ID.finditer(text):
        station = match["station"].upper().split()
        if _NOT_STATIONS.search(match["station"]) or "AND" in station or sum(map(len, station)) < SHORTEST:
            continue
        printed = match["id"]
        if match["after"] and not re.match(r"['’]?\d", printed):
            printed = f"{re.sub(r'[^0-9]', '', match['after'])[-2:]} {printed}"
        id = dated(printed, cable_id, sent)
        if id is None:
            continue
        yield id
        at = match.end()
        year, station, _ = split_id(id)
        while more := _MORE.match(text, at):
            serial = more["serial"].lstrip("0")
            if serial:
                yield f"{year}{station}{serial}"
            at = more.end()


def dated(printed: str, cable_id: str | None, sent: date | None) -> str | None:
    """Give the canonical form of a printed id, its year taken from the citing cable where it has none.

    A serial number of the citing station that is not below the citing cable's own was sent the year before.
    """
    id = canonical(printed, cited=sent)
    if id is None or not cable_id or sent is None or not printed[:1].isalpha():
        return id  # one that begins with a year needs none
    own, cited = split_id(cable_id), split_id(id)
    if cited[:2] == own[:2] and int(cited[2]) >= int(own[2]):
        return f"{(sent.year - 1) % 100:02}{cited[1]}{cited[2]}"
    return id


class Citations:
    """What the paragraphs of one cable may cite: its references by their letters, any cable by its id."""

    def __init__(
        self, references: tuple[Reference, ...], cable_id: str | None = None, sent: date | None = None
    ) -> None:
        """Take the citing cable's references, its id and its date."""
        self._cable_id = cable_id
        self._sent = sent
        self._labels: dict[str, list[str]] = {}
        for reference in references:
            if reference.id:
                self._labels.setdefault(reference.label or "", []).append(reference.id)
        self._all = [id for ids in self._labels.values() for id in ids]

    def of(self, text: str) -> tuple[str, ...]:
        """Give the ids that a paragraph cites, in the order of its words, each once."""
        mentions = [*self._labelled(text), *self._printed(text)]
        mentions.sort(key=itemgetter(0))
        return tuple(dict.fromkeys(id for _, id in mentions if id != self._cable_id))

    def _labelled(self, text: str) -> Iterator[tuple[int, str]]:
        """Give the references that the text speaks of (`Refs A and C`, `reftel`), and where."""
        if not self._all:
            return
        named = spoken = 0  # where the last mention with letters ends, and the last one that is understood
        for start in _places("ref", text):
            if start >= named and (mention := _LABELS.match(text, start)):
                named = mention.end()
                letters = _letters(mention["labels"])
                if ids := [id for letter in letters for id in self._labels.get(letter, ())]:
                    spoken = named
                    yield from ((start, id) for id in ids)
            reftel = _REFTEL.match(text, start) if start >= spoken else None
            if reftel and (len(reftel[0]) > len("ref") or len(self._all) == 1):
                yield from ((start, id) for id in self._all)

    def _printed(self, text: str) -> Iterator[tuple[int, str]]:
        """Give the cables whose ids are printed in the text, and where."""
        if not _may_print_ids(text):
            return
        serials = list(_SERIAL.finditer(text))
        stations = self._stations() if serials else set()
        for match in serials:
            end = match.start() - (2 if text[match.start() - 2] == " " else 1)  # without the blanks
            before = _BEFORE.search(text, max(0, end - 40), end)
            if before and not _NOT_STATIONS.search(before["station"]):
                for printed in _spellings(before, match, stations):
                    if id := dated(printed, self._cable_id, self._sent):
                        yield before.start(), id
                        break

    def _stations(self) -> set[str]:
        """Give the stations whose cables are cited without a year."""
        return {split_id(id)[1] for id in (self._cable_id, *self._all) if id} | {"STATE", "SECSTATE"}


def _places(word: str, text: str) -> Iterator[int]:
    """Give where a word of small letters stands in a text, in letters of any size."""
    small = text.replace("İ", "I").lower()  # each letter at its place: İ alone grows longer
    at = small.find(word)
    while at >= 0:
        yield at
        at = small.find(word, at + 1)


def _may_print_ids(text: str) -> bool:
    """Tell whether capitals stand before a number anywhere: most paragraphs need no closer look."""
    if not text.isascii():
        return True
    shape = text.encode().translate(_SHAPE)
    return b"0" in shape and (b"AA 0" in shape or b"AA  0" in shape)  # one sign is found faster than some


def _spellings(before: re.Match[str], serial: re.Match[str], stations: set[str]) -> Iterator[str]:
    """Give the ids that capitals before a number may make; without a year, of the known stations only."""
    number, words = serial["serial"], before["station"].split()
    if before["year"]:
        yield f"{before['year']} {before['station']} {number}"
        return
    year = serial["year"][-2:] if serial["year"] else ""
    for start in range(len(words)):
        if "".join(words[start:]) in stations:
            yield f"{year} {' '.join(words[start:])} {number}".strip()


@lru_cache(256)
def _letters(labels: str) -> tuple[str, ...]:
    """Give the letters of a mention: `A-C` and `A through C` are A, B, C; words between are passed over."""
    tokens = re.findall(r"(?<![A-Za-z])[A-Za-z](?![A-Za-z])|-|–|through|thru|\bto\b", labels)
    letters: list[str] = []
    for index, token in enumerate(tokens):
        if len(token) == 1 and token.isalpha():
            if (index and letters and not tokens[index - 1].isalpha()) or (
                index and tokens[index - 1] in ("through", "thru", "to")
            ):
                letters.extend(chr(c) for c in range(ord(letters[-1]) + 1, ord(token.upper())))
            letters.append(token.upper())
    return tuple(letters)
