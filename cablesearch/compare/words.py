"""What was changed in a paragraph, word by word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from ..model.cable import Person
from .sequences import matches
from .tokens import MARK, Tokens, key_of


class EditKind(StrEnum):
    """What was done to words."""

    REPLACED = "replaced"
    REMOVED = "removed"
    INSERTED = "inserted"
    REDACTED = "redacted"  # a mark of a redaction stands in their place
    RESTORED = "restored"  # they stand in the place of such a mark
    REMARKED = "remarked"  # the mark of a redaction says something else


@dataclass(frozen=True, slots=True)
class Edit:
    """Words that were changed.

    Attributes:
        old, new: as printed; empty where there are none.
        names: the people who are named in what was redacted or restored.
    """

    kind: EditKind
    old: str
    new: str
    names: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """Return the edit as JSON values."""
        return {"kind": self.kind, "old": self.old, "new": self.new, "names": list(self.names)}


Piece = str | Edit  # of a text: what is the same in both, as the new one has it, or what was changed


def compare_words(old: Tokens, new: Tokens, people: Sequence[Iterable[Person]] = ((), ())) -> list[Piece]:
    """Return both texts as one, in pieces.

    Args:
        people: who is named in the old text, and in the new one.
    """
    pieces: list[Piece] = []
    i = j = same = 0  # of the new words, those from `same` on are in no piece yet
    for a, b in (*matches(old.keys, new.keys), (len(old), len(new))):
        if (i, j) != (a, b) and "".join(old.keys[i:a]) != "".join(new.keys[j:b]):
            if j > same:
                pieces.append(new.slice(same, j))
            pieces.append(_edit(old, new, (i, a), (j, b), people))
            same = b
        i, j = a + 1, b + 1
    if same < len(new):
        pieces.append(new.slice(same, len(new)))
    return pieces


def _edit(
    old: Tokens,
    new: Tokens,
    left: tuple[int, int],
    right: tuple[int, int],
    people: Sequence[Iterable[Person]],
) -> Edit:
    gone, come = old.keys[slice(*left)], new.keys[slice(*right)]
    kind = _kind(gone, come)
    names: Iterator[str] = iter(())
    if kind is EditKind.REDACTED:
        names = _names(gone, people[0])
    elif kind is EditKind.RESTORED:
        names = _names(come, people[1])
    return Edit(kind, old.slice(*left), new.slice(*right), tuple(dict.fromkeys(names)))


def _kind(gone: Sequence[str], come: Sequence[str]) -> EditKind:
    marks = [sum(key.startswith(MARK) for key in keys) for keys in (gone, come)]
    if any(marks):
        words = len(gone) - marks[0], len(come) - marks[1]
        if all(marks) and words[0] == words[1]:
            return EditKind.REPLACED if words[0] else EditKind.REMARKED
        more = words[0] > words[1] if all(marks) else bool(marks[1])
        return EditKind.REDACTED if more else EditKind.RESTORED
    if not come:
        return EditKind.REMOVED
    return EditKind.REPLACED if gone else EditKind.INSERTED


def _names(words: Sequence[str], people: Iterable[Person]) -> Iterator[str]:
    """Yield the names of those people of whom all of the words are, or who are among the words."""
    hidden = [word for word in words if not word.startswith(MARK)]
    if not hidden:
        return
    row = f" {' '.join(hidden)} "
    for person in people:
        forms = [[*filter(None, map(key_of, name.split()))] for name in person.names]
        if any(f" {' '.join(form)} " in row for form in forms) or set(hidden) <= set(chain(*forms)):
            yield person.full_name
