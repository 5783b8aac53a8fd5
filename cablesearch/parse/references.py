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
from functools import cached_property, lru_cache
from operator import itemgetter
from string import ascii_uppercase

from ..model.cable import Reference
from ..model.reference_id import split_id
from .printed_ids import Citing, ids_in_entry, ids_in_prose, may_print_ids

# A label: a letter alone, in parentheses or brackets, or before a point, parenthesis or colon.
_LABEL = re.compile(
    r"(?:(?<=^)|(?<=[\s;,:.)])|(?<=\d)(?=\())¶?(?:[(\[](?P<round>[A-Z]{1,2})[)\]]:?"
    r"|(?P<point>[A-Z])(?:\.\)|[.):]|/(?=\s)|\s?-(?=\s))(?![A-Z]\.))(?=\s|[A-Z0-9(]|$)",
    re.IGNORECASE,
)
# Letters alone that are labels where an id follows each, in order: `A ASTANA 721 B ASTANA 690`.
_BARE_LABEL = re.compile(
    r"(?:^|(?<=[\d)\n;,]\s)|(?<=[\d)\n;,]))\s*(?P<bare>[A-Z])(?:\s+|-)"
    r"(?=(?:['’(]?(?:19|20)?\d\d\)?\s+)?[A-Z][A-Z.'’]{2,}(?:[ -][A-Z.'’]{2,}){0,3}\s*\d)"
)
_HEADING = re.compile(r"REF(?:ERENCE|TEL)?S?\b[\s:.]*(?=\(?[A-Z]\b)", re.IGNORECASE)
_LABELS = re.compile(
    r"(?<!\w)ref(?:s|tels?)?\.?\s*(?P<labels>\(?[\"']?[A-Z]\b[\"')]*"
    r"(?:\s*(?:,|and|&|-|–|through|thru|to|or|/)+\s*(?:and\s+)?\(?(?:ref(?:s|tel)?\s+)?[\"']?[A-Z]\b[\"')]*)*)",
    re.IGNORECASE,
)
_REFTEL = re.compile(r"(?<!\w)ref(?:tels?| cables?|s|)\b", re.IGNORECASE)


def parse_references(
    block: str, cable_id: str | None = None, sent: date | None = None
) -> tuple[Reference, ...]:
    """Parse a REF block.

    Args:
        block: what stands after `REF:`, with its line breaks.
        cable_id: the citing cable's id; with `sent`, its date, it tells the year of ids printed without one.
    """
    block = _HEADING.sub("", block.strip(), count=1)
    labels = list(_LABEL.finditer(block)) or _bare_labels(block)
    before = block[: labels[0].start()] if labels else block
    is_text = before.strip(" \n\t-:(¶.").upper() not in ("", "REF", "REFS", "REFTEL", "REFTELS")
    if is_text and labels and _label(labels[0]) not in ("A", "B"):  # a letter in the text
        labels, before = [], block
    entries: list[tuple[str | None, str]] = [(None, before)]
    ends = [*(label.start() for label in labels[1:]), len(block)]
    for label, end in zip(labels, ends, strict=bool(labels)):
        entries.append((_label(label), block[label.end() : end]))
    return tuple(_resolve_entries(entries, Citing(cable_id, sent)))


def _bare_labels(block: str) -> list[re.Match[str]]:
    """Return the labels of a block that has only letters alone: A, then B, and so on."""
    labels = list(_BARE_LABEL.finditer(block))
    expected = [ascii_uppercase[index % 26] for index in range(len(labels))]
    return labels if [label["bare"] for label in labels] == expected else []


def _label(match: re.Match[str]) -> str:
    label: str = match["bare"] if "bare" in match.groupdict() else match["round"] or match["point"]
    return label.upper()


def _resolve_entries(entries: Iterable[tuple[str | None, str]], citing: Citing) -> Iterator[Reference]:
    pending: str | None = None
    for label, printed in entries:
        text = " ".join(printed.split()).strip(" ;,¶-")
        if not text or not re.search(r"\w", text):
            pending = label or pending  # `A. A. STATE 99125` and `(A) A)` give the letter twice
            continue
        if label is None and text.upper().strip(".:() ") in ("REF", "REFS", "REFTEL", "NONE", "N/A"):
            continue
        label, pending = label or pending, None
        ids = list(dict.fromkeys(ids_in_entry(text, citing)))
        yield from (Reference(label, id, text) for id in (ids or (None,)))


class Citations:
    """Finds what the paragraphs of one cable cite: its references by their letters, any cable by its id."""

    def __init__(
        self, references: tuple[Reference, ...], cable_id: str | None = None, sent: date | None = None
    ) -> None:
        """Look up citations for a cable with these references, this id, sent on this date."""
        self._citing = Citing(cable_id, sent)
        self._labels: dict[str, list[str]] = {}
        for reference in references:
            if reference.id:
                self._labels.setdefault(reference.label or "", []).append(reference.id)
        self._all = [id for ids in self._labels.values() for id in ids]

    def find(self, text: str) -> tuple[str, ...]:
        """Return the ids that a paragraph cites, in the order of its words, each once."""
        mentions = list(self._find_labels(text)) if self._all else []
        if may_print_ids(text):
            mentions += ids_in_prose(text, self._citing, self._undated_stations)
        if not mentions:
            return ()
        mentions.sort(key=itemgetter(0))
        return tuple(dict.fromkeys(id for _, id in mentions if id != self._citing.id))

    def _find_labels(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield the offset and id of each reference that is mentioned (`Refs A and C`, `reftel`)."""
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

    @cached_property
    def _undated_stations(self) -> frozenset[str]:
        """Return the stations whose cables are cited without a year."""
        return frozenset({split_id(id)[1] for id in (self._citing.id, *self._all) if id} | {"STATE"})


def _offsets(word: str, text: str) -> Iterator[int]:
    """Yield the offsets of a word in small letters in a text, whatever its case there."""
    if not text.isascii():
        text = text.replace("İ", "I")  # alone it would grow longer, and move the offsets after it
    small = text.lower()
    at = small.find(word)
    while at >= 0:
        yield at
        at = small.find(word, at + 1)


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
