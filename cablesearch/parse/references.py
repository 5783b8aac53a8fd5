"""The `REF:` block, and the mentions of its entries in the text.

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
from ..model.calendar import MONTH_NUMBERS, MONTHS
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
MIN_STATION = 4  # letters of a station's name: ROME, OSLO, LIMA
# Words that stand before a number in a REF block and are not stations.
_NOT_STATIONS = re.compile(
    rf"\b(?:{'|'.join((*MONTH_NUMBERS, *MONTHS))}|SEPT|DATED|OF|ON|NO|NUMBER|TD|IIR"
    r"|PARA|PARAS|PARAGRAPH|AND|PREVIOUS|E-?MAILS?|FAX|MEMO|CIRCULAR|NOTE|DATE|FROM|FOR|POINTS|UNSCR"
    r"|REF|REFS|SERIES|\d* ?FAM|FAH)$",
    re.IGNORECASE,
)
_LABELS = re.compile(
    r"(?<!\w)ref(?:s|tels?)?\.?\s*(?P<labels>\(?[\"']?[A-Z]\b[\"')]*"
    r"(?:\s*(?:,|and|&|-|–|through|thru|to|or|/)+\s*(?:and\s+)?\(?(?:ref(?:s|tel)?\s+)?[\"']?[A-Z]\b[\"')]*)*)",
    re.IGNORECASE,
)
_REFTEL = re.compile(r"(?<!\w)ref(?:tels?| cables?|s|)\b", re.IGNORECASE)
# An id printed in the text: its serial number, and the capitals that stand before it.
_SERIAL = re.compile(
    r"(?P<serial>\d(?:(?<=[A-Z]{2} \d)|(?<=[A-Z]{2}  \d))(?:(?<=0)0*[1-9]|(?<=[1-9]))\d{0,6})\b(?![.,]\d)"
    r"(?:\s*\((?:\d{1,2} )?[A-Z][A-Za-z]{2,8}\.? (?:\d{1,2}, )?(?P<year>(?:19|20)\d\d)\))?"
)
_SHAPE = bytes.maketrans(f"{ascii_uppercase}{digits}".encode(), b"A" * 26 + b"0" * 10)
_BEFORE = re.compile(
    r"(?:(?<![\w/.])(?P<year>\d\d|(?:19|20)\d\d) +)?(?<![\w/])(?P<station>[A-Z]{2,}(?: [A-Z]{2,}){0,4})$"
)


def parse_references(
    block: str, cable_id: str | None = None, sent: date | None = None
) -> tuple[Reference, ...]:
    """Parse a REF block.

    Args:
        block: what stands after `REF:`, with its line breaks.
        cable_id: the citing cable's id; with `sent`, its date, it tells the year of ids printed without one.
    """
    block = block.strip()
    labels = list(_LABEL.finditer(block))
    before = block[: labels[0].start()] if labels else block
    is_text = before.strip(" \n\t-:(¶") not in ("", "REF", "REFS")
    if is_text and labels and _label(labels[0]) not in ("A", "B"):  # a letter in the text
        labels, before = [], block
    entries: list[tuple[str | None, str]] = [(None, before)]
    ends = [*(label.start() for label in labels[1:]), len(block)]
    for label, end in zip(labels, ends, strict=bool(labels)):
        entries.append((_label(label), block[label.end() : end]))
    return tuple(_resolve_entries(entries, cable_id, sent))


def _label(match: re.Match[str]) -> str:
    label: str = match["round"] or match["point"]
    return label.upper()


def _resolve_entries(
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
        ids = list(_find_ids(text, cable_id, sent))
        yield from (Reference(label, id, text) for id in (ids or (None,)))


def _find_ids(text: str, cable_id: str | None, sent: date | None) -> Iterator[str]:
    for match in _ID.finditer(text):
        words = match["station"].upper().split()
        if _NOT_STATIONS.search(match["station"]) or "AND" in words or sum(map(len, words)) < MIN_STATION:
            continue
        printed: str = match["id"]
        if match["after"] and not re.match(r"['’]?\d", printed):
            printed = f"{re.sub(r'[^0-9]', '', match['after'])[-2:]} {printed}"
        id = resolve_id(printed, cable_id, sent)
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


def resolve_id(printed: str, cable_id: str | None, sent: date | None) -> str | None:
    """Return the canonical form of a printed id, with the year of the citing cable where it has none.

    A serial number of the citing station that is not below the citing cable's own is of the year before.
    """
    id = canonical(printed, cited=sent)
    if id is None or not cable_id or sent is None or not printed[:1].isalpha():
        return id  # it begins with its year
    own, cited = split_id(cable_id), split_id(id)
    if cited[:2] == own[:2] and int(cited[2]) >= int(own[2]):
        return f"{(sent.year - 1) % 100:02}{cited[1]}{cited[2]}"
    return id


class Citations:
    """Finds what the paragraphs of one cable cite: its references by their letters, any cable by its id."""

    def __init__(
        self, references: tuple[Reference, ...], cable_id: str | None = None, sent: date | None = None
    ) -> None:
        """Look up citations for a cable with these references, this id, sent on this date."""
        self._cable_id = cable_id
        self._sent = sent
        self._labels: dict[str, list[str]] = {}
        for reference in references:
            if reference.id:
                self._labels.setdefault(reference.label or "", []).append(reference.id)
        self._all = [id for ids in self._labels.values() for id in ids]

    def find(self, text: str) -> tuple[str, ...]:
        """Return the ids that a paragraph cites, in the order of its words, each once."""
        mentions = [*self._find_labels(text), *self._find_printed_ids(text)]
        mentions.sort(key=itemgetter(0))
        return tuple(dict.fromkeys(id for _, id in mentions if id != self._cable_id))

    def _find_labels(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield the offset and id of each reference that is mentioned (`Refs A and C`, `reftel`)."""
        if not self._all:
            return
        lettered = resolved = 0  # the ends of the last mention with letters, and of the last with known ones
        for start in _offsets("ref", text):
            if start >= lettered and (mention := _LABELS.match(text, start)):
                lettered = mention.end()
                letters = _label_letters(mention["labels"])
                if ids := [id for letter in letters for id in self._labels.get(letter, ())]:
                    resolved = lettered
                    yield from ((start, id) for id in ids)
            reftel = _REFTEL.match(text, start) if start >= resolved else None
            if reftel and (len(reftel[0]) > len("ref") or len(self._all) == 1):
                yield from ((start, id) for id in self._all)

    def _find_printed_ids(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield the offset and the canonical form of each id that is printed in the text."""
        if not _may_print_ids(text):
            return
        serials = list(_SERIAL.finditer(text))
        stations = self._undated_stations() if serials else set()
        for match in serials:
            end = match.start() - (2 if text[match.start() - 2] == " " else 1)  # without the blanks
            before = _BEFORE.search(text, max(0, end - 40), end)
            if before and not _NOT_STATIONS.search(before["station"]):
                for printed in _spellings(before, match, stations):
                    if id := resolve_id(printed, self._cable_id, self._sent):
                        yield before.start(), id
                        break

    def _undated_stations(self) -> set[str]:
        """Return the stations whose cables are cited without a year."""
        return {split_id(id)[1] for id in (self._cable_id, *self._all) if id} | {"STATE", "SECSTATE"}


def _offsets(word: str, text: str) -> Iterator[int]:
    """Yield the offsets of a word in small letters in a text, whatever its case there."""
    small = text.replace("İ", "I").lower()  # İ alone would grow longer, and move the offsets after it
    at = small.find(word)
    while at >= 0:
        yield at
        at = small.find(word, at + 1)


def _may_print_ids(text: str) -> bool:
    """Whether capitals stand before a number anywhere: most paragraphs need no closer look."""
    if not text.isascii():
        return True
    shape = text.encode().translate(_SHAPE)
    return b"0" in shape and (
        b"AA 0" in shape or b"AA  0" in shape
    )  # one character is found faster than several


def _spellings(before: re.Match[str], serial: re.Match[str], stations: set[str]) -> Iterator[str]:
    """Yield the ids that capitals and a number may spell; without a year, of known stations only."""
    number, words = serial["serial"], before["station"].split()
    if before["year"]:
        yield f"{before['year']} {before['station']} {number}"
        return
    year = (serial["year"] or "")[-2:]
    for start in range(len(words)):
        if "".join(words[start:]) in stations:
            yield f"{year} {' '.join(words[start:])} {number}".strip()


@lru_cache(256)
def _label_letters(labels: str) -> tuple[str, ...]:
    """Return the letters of a mention: `A-C` and `A through C` are A, B, C; other words are skipped."""
    tokens: list[str] = re.findall(r"(?<![A-Za-z])[A-Za-z](?![A-Za-z])|-|–|through|thru|\bto\b", labels)
    letters: list[str] = []
    for index, token in enumerate(tokens):
        if len(token) == 1 and token.isalpha():
            if (index and letters and not tokens[index - 1].isalpha()) or (
                index and tokens[index - 1] in ("through", "thru", "to")
            ):
                letters.extend(chr(c) for c in range(ord(letters[-1]) + 1, ord(token.upper())))
            letters.append(token.upper())
    return tuple(letters)
