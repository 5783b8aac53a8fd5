"""Which of the cables with one id are the same cable, and how different ones are told apart.

An archive may give one number to several telegrams, and one telegram may be in several files: in several
formats, in full and as an extract. What is decided here depends on the cables alone, not on the order in
which they are read, so that an update and a rebuild agree.
"""

from __future__ import annotations

import re
from base64 import b32encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from itertools import islice
from struct import Struct, pack
from typing import Protocol, TypeVar
from zlib import crc32

from ..model.cable import Cable
from ..model.calendar import Month

OPENING_WORDS, MAX_OPENING = 24, 48  # different words with which a text begins, of so many in all
MIN_WORDS = 4  # fewer say nothing of whether two texts are the same
# The share of its opening words that the shorter of two texts has in common with the other, if they are one
# cable: if days and subjects agree, if none is known, and if they disagree (one may be garbled).
SHARES = {True: 0.5, None: 0.7, False: 1.0}

SUFFIX_CHARS = 5  # of 32 letters and digits

_FACTS = Struct("<IIII")  # of the locator, the text (beside a locator), the subject: checksums; the day
_WORD_BYTES = 2  # of the checksum of an opening word
_NO_LETTER = re.compile(r"[\W_]+")


class Entry(Protocol):
    """A cable of which the likeness is known."""

    @property
    def likeness(self) -> bytes: ...

    @property
    def partial(self) -> bool: ...


E = TypeVar("E", bound=Entry)


def likeness(cable: Cable, locator: str | None, texts: Iterable[str]) -> bytes:
    """Return what a cable is compared with others of the same id by, in at most 64 bytes.

    Args:
        locator: what the archive itself tells its documents apart by.
        texts: the words of each paragraph, separated by spaces; of most cables only the first are used.
    """
    day = cable.created
    texts = tuple(texts) if locator else texts
    facts = _FACTS.pack(
        _checksum("".join(locator.split())) if locator else 0,
        _checksum(" ".join(texts)) if locator else 0,
        _checksum(_NO_LETTER.sub("", cable.subject).upper()) if cable.subject else 0,
        day.toordinal() if day and not isinstance(day, Month) else 0,
    )
    opening = " ".join(_opening(texts)).encode("utf-8", "surrogatepass")
    words = sorted({crc32(word) & 0xFFFF for word in opening.split()})
    return facts + pack(f"<{len(words)}H", *words)


def _opening(texts: Iterable[str]) -> Iterable[str]:
    """Return the different words with which a text begins."""
    words: list[str] = []
    for text in texts:
        words += text.split(None, MAX_OPENING)[:MAX_OPENING]
        if len(words) >= MAX_OPENING:
            break
    return islice(dict.fromkeys(words[:MAX_OPENING]), OPENING_WORDS)


def _checksum(text: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass"))


def is_same(one: Entry, other: Entry) -> bool:
    """Whether two entries of one id are the same cable."""
    return _Traits(one.likeness, one.partial).is_same(_Traits(other.likeness, other.partial))


def group_by_cable(entries: Sequence[E]) -> list[list[E]]:
    """Return the entries of one id in groups, one for each cable, each in the order of the entries."""
    traits = [_Traits(entry.likeness, entry.partial) for entry in entries]
    cables: list[set[_Traits]] = []
    for one in dict.fromkeys(traits):
        same = [cable for cable in cables if any(map(one.is_same, cable))]
        cables = [*(cable for cable in cables if cable not in same), {one}.union(*same)]
    return [[entry for entry, own in zip(entries, traits, strict=True) if own in cable] for cable in cables]


def suffixes(groups: Sequence[Sequence[Entry]]) -> list[str]:
    """Return what is added to the id of each group's cable; nothing if there is only one cable.

    It comes from the archive's locator, or else from the cable's day, subject and words, so that one more
    cable of this id changes no suffix.
    """
    if len(groups) < 2:
        return ["" for _ in groups]
    keys = [_key(group) for group in groups]
    length = next((n for n in range(SUFFIX_CHARS, len(keys[0])) if _are_distinct(keys, n)), len(keys[0]))
    return [f"-{key[:length]}" for key in keys]


def _are_distinct(keys: Sequence[str], length: int) -> bool:
    return len({key[:length] for key in keys}) == len(keys)


def _key(group: Sequence[Entry]) -> str:
    """Return a key of a cable, the same whichever of its entries are there, as far as possible."""
    locators = [entry.likeness[:4] for entry in group if any(entry.likeness[:4])]
    source = min(locators or [entry.likeness for entry in group])
    return b32encode(blake2b(source, digest_size=20).digest()).decode().lower()


@dataclass(frozen=True)
class _Traits:
    """A likeness, to be compared."""

    packed: bytes
    partial: bool

    @cached_property
    def facts(self) -> tuple[int, ...]:
        return _FACTS.unpack_from(self.packed)

    @cached_property
    def opening(self) -> frozenset[bytes]:
        places = range(_FACTS.size, len(self.packed), _WORD_BYTES)
        return frozenset(self.packed[place : place + _WORD_BYTES] for place in places)

    def is_same(self, other: _Traits) -> bool:
        (locator, text, *facts), (other_locator, other_text, *other_facts) = self.facts, other.facts
        if text and text == other_text:
            return True
        if locator and other_locator:
            if locator != other_locator:
                return False
            agree: bool | None = True
        else:
            known = [a == b for a, b in zip(facts, other_facts, strict=True) if a and b]
            agree = all(known) if known else None
        shorter = min(len(self.opening), len(other.opening))
        if shorter < MIN_WORDS:
            return agree is not False
        share = len(self.opening & other.opening) / shorter
        # An extract may begin elsewhere.
        return share >= SHARES[agree] or (agree is True and (self.partial or other.partial))
