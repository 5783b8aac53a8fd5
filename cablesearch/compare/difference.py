"""What differs between two cables, or two versions of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from ..model.cable import Cable, Paragraph, Row
from .facts import Fact, compare_facts, compare_paragraph_facts
from .paragraphs import Match, Part, align
from .tokens import Tokens, tokens
from .words import Edit, EditKind, Piece, compare_words


@dataclass(frozen=True)
class Change:
    """Paragraphs of the old text, and those of the new one that they are; of one alone, none.

    Attributes:
        moved: they stand before or after others than in the old text.
        pieces: both texts as one.
        facts: number, marking and heading, where they differ.
    """

    old: tuple[Paragraph, ...]
    new: tuple[Paragraph, ...]
    moved: bool
    pieces: tuple[Piece, ...]
    facts: tuple[Fact, ...] = ()

    @property
    def edits(self) -> tuple[Edit, ...]:
        """What was changed in words."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Edit))

    @property
    def kinds(self) -> tuple[str, ...]:
        """What was done, as it is said: removed, inserted, moved, split ...; nothing if it is the same."""
        if not (self.old and self.new):
            return ("removed" if self.old else "inserted",)
        facts = {fact.name for fact in self.facts}
        done = {
            "moved": self.moved,
            "split": len(self.old) < len(self.new),
            "merged": len(self.old) > len(self.new),
            "changed": bool(self.edits),
            "renumbered": "number" in facts,
            "marked": "marking" in facts,
            "under another heading": "heading" in facts,
        }
        return tuple(name for name, was_done in done.items() if was_done)

    @property
    def paragraph(self) -> Paragraph:
        """The first paragraph, of the new text if it is there."""
        return (self.new or self.old)[0]

    def as_dict(self) -> dict[str, object]:
        """Return the change as JSON values."""
        return {
            "kinds": list(self.kinds),
            "old": [paragraph.id for paragraph in self.old],
            "new": [paragraph.id for paragraph in self.new],
            "facts": [fact.as_dict() for fact in self.facts],
            "edits": [edit.as_dict() for edit in self.edits],
        }


@dataclass(frozen=True)
class Difference:
    """What differs between two cables; false if nothing does.

    Attributes:
        facts: those that both give, and that differ; `given_by_one`: those that only one gives.
        paragraphs: all of both texts, in order.
    """

    old: Cable
    new: Cable
    facts: tuple[Fact, ...]
    given_by_one: tuple[Fact, ...]
    paragraphs: tuple[Change, ...]

    columns: ClassVar = ("what", "old_paragraph", "new_paragraph", "old", "new", "names")

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """The paragraphs that are not the same."""
        return tuple(change for change in self.paragraphs if change.kinds)

    def __bool__(self) -> bool:
        return bool(self.facts or self.changes)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many paragraphs were changed in which way, and how many redactions came and went."""
        counted = Counter(kind for change in self.changes for kind in change.kinds)
        edits = Counter(edit.kind for change in self.changes for edit in change.edits)
        for kind in (EditKind.REDACTED, EditKind.RESTORED):
            counted[kind.value] += edits[kind]
        counted["redacted"] += sum(fact.is_redacted for fact in self.facts)
        counted["restored"] += sum(fact.is_restored for fact in self.facts)
        return {what: count for what, count in counted.items() if count}

    @property
    def in_words(self) -> tuple[str, ...]:
        """What differs, in a few words: `2 paragraphs changed`, `1 redaction came`, `classification`."""
        return (
            *(_count_in_words(what, count) for what, count in self.counts.items()),
            *(fact.name.replace("_", " ") for fact in self.facts),
        )

    def rows(self) -> Iterator[Row]:
        """Yield each fact and each change as a flat record."""
        for fact in self.facts:
            yield _row(fact.name, None, None, "; ".join(fact.old), "; ".join(fact.new))
        for change in self.changes:
            places = (", ".join(p.id for p in side) or None for side in (change.old, change.new))
            before, after = places
            for kind in change.kinds:
                if kind in ("removed", "inserted"):
                    whole = "\n".join(p.text for p in change.old or change.new)
                    yield _row(kind, before, after, *((whole, None) if change.old else (None, whole)))
                elif kind == "changed":
                    for edit in change.edits:
                        yield _row(edit.kind, before, after, edit.old, edit.new, "; ".join(edit.names))
                elif kind in ("moved", "split", "merged"):
                    yield _row(kind, before, after)
            for fact in change.facts:
                yield _row(fact.name, before, after, "; ".join(fact.old), "; ".join(fact.new))

    def records(self) -> Iterator[dict[str, object]]:
        """Yield the whole difference as one record."""
        yield self.as_dict()

    def as_dict(self) -> dict[str, object]:
        """Return the difference as JSON values, with the keys of docs/json.md."""
        return {
            "old": _side(self.old),
            "new": _side(self.new),
            "differs": bool(self),
            "counts": dict(self.counts),
            "facts": [fact.as_dict() for fact in self.facts],
            "given_by_one": [fact.as_dict() for fact in self.given_by_one],
            "paragraphs": [change.as_dict() for change in self.changes],
        }


def _count_in_words(what: str, count: int) -> str:
    done = {EditKind.REDACTED.value: "came", EditKind.RESTORED.value: "went"}
    return (
        f"{count:,} {'redaction' if what in done else 'paragraph'}{'s' * (count > 1)} {done.get(what, what)}"
    )


def _side(cable: Cable) -> dict[str, object]:
    return {"id": cable.id, "collection": cable.collection, "source": cable.source}


def _row(
    what: str, before: str | None, after: str | None, old: str | None = None, new: str | None = None,
    names: str | None = None,
) -> Row:  # fmt: skip
    values = (what, before, after, old or None, new or None, names or None)
    return dict(zip(Difference.columns, values, strict=True))


def compare(old: Cable, new: Cable) -> Difference:
    """Return what differs between two cables.

    Two cables of a megabyte take a second, however little they have in common (`sequences`).
    """
    facts = compare_facts(old, new)
    parts = [[Part(p.number, tokens(p.text)) for p in cable.paragraphs] for cable in (old, new)]
    changes = [_change(old, new, match, parts) for match in align(*parts)]
    return Difference(
        old,
        new,
        tuple(fact for fact in facts if not fact.is_given_by_one),
        tuple(fact for fact in facts if fact.is_given_by_one),
        tuple(_with_headings_once(changes)),
    )


def _change(old: Cable, new: Cable, match: Match, parts: list[list[Part]]) -> Change:
    before = tuple(old.paragraphs[i] for i in match.old)
    after = tuple(new.paragraphs[j] for j in match.new)
    if not (before and after):
        return Change(before, after, match.moved, ())
    places = match.old, match.new
    words = [_joined([side[i].tokens for i in at]) for side, at in zip(parts, places, strict=True)]
    if words[0].whole == words[1].whole:
        pieces: list[Piece] = [words[1].text]
    else:
        people = [[person for p in side for person in p.people] for side in (before, after)]
        pieces = compare_words(words[0], words[1], people)
    return Change(before, after, match.moved, tuple(pieces), compare_paragraph_facts(before[0], after[0]))


def _joined(texts: list[Tokens]) -> Tokens:
    """Return the words of several paragraphs as those of one text."""
    return texts[0] if len(texts) == 1 else tokens("\n".join(each.text for each in texts))


def _with_headings_once(changes: list[Change]) -> Iterator[Change]:
    """Yield changes in which a heading that differs is said of the first paragraph below it alone."""
    said: Fact | None = None
    for change in changes:
        heading = next((fact for fact in change.facts if fact.name == "heading"), None)
        if heading and heading == said:
            others = tuple(fact for fact in change.facts if fact is not heading)
            yield Change(change.old, change.new, change.moved, change.pieces, others)
        else:
            yield change
        if change.old and change.new:
            said = heading
