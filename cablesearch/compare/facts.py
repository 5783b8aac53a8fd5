"""Which facts of a cable, or of a paragraph, differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ..model.cable import Cable, Paragraph
from .tokens import MARK, tokens

Values = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that differs.

    Attributes:
        name: as in JSON (`classification`, `to`).
        old, new: its values; empty where it is not given.
    """

    name: str
    old: Values
    new: Values

    @property
    def is_given_by_one(self) -> bool:
        """Whether only one of the two gives it, which is no difference: a format may have no place for it."""
        return not (self.old and self.new)

    @property
    def removed(self) -> Values:
        """The values that only the old one has."""
        return _only(self.old, self.new)

    @property
    def added(self) -> Values:
        """The values that only the new one has."""
        return _only(self.new, self.old)

    @property
    def is_redacted(self) -> bool:
        """Whether a redaction came, that is in the new one alone."""
        return _is_marked(self.added) and not _is_marked(self.removed)

    @property
    def is_restored(self) -> bool:
        """Whether a redaction went, that is in the old one alone."""
        return _is_marked(self.removed) and not _is_marked(self.added)

    def as_dict(self) -> dict[str, object]:
        """Return the fact as JSON values."""
        return {"name": self.name, "old": list(self.old), "new": list(self.new)}


def _one(value: object) -> Values:
    return (str(value),) if value else ()


def _moment(value: date | str | None) -> Values:
    return (value.isoformat() if isinstance(value, date) else value,) if value else ()


OF_CABLES: Mapping[str, Callable[[Cable], Values]] = {
    "created": lambda c: _moment(c.created),
    "classification": lambda c: _one(c.classification),
    "origin": lambda c: _one(c.origin),
    "subject": lambda c: _one(c.subject),
    "from": lambda c: _one(c.sender),
    "to": lambda c: c.to,
    "info": lambda c: c.info,
    "precedence": lambda c: _one(c.precedence),
    "dtg": lambda c: _one(c.dtg),
    "tags": lambda c: c.tags,
    "concepts": lambda c: c.concepts,
    "references": lambda c: tuple(entry.id or entry.text for entry in c.references),
    "classified_by": lambda c: _one(c.classified_by),
    "reasons": lambda c: c.reasons,
    "declassify_on": lambda c: _moment(c.declassify_on),
    "signature": lambda c: _one(c.signature),
}
OF_PARAGRAPHS: Mapping[str, Callable[[Paragraph], Values]] = {
    "number": lambda p: _one(p.number),
    "marking": lambda p: _one(p.marking),
    "heading": lambda p: _one(p.heading),
}


def compare_facts(old: Cable, new: Cable) -> tuple[Fact, ...]:
    """Return the facts of two cables that differ, those too that only one of them gives."""
    return tuple(_differing((name, values(old), values(new)) for name, values in OF_CABLES.items()))


def compare_paragraph_facts(old: Paragraph, new: Paragraph) -> tuple[Fact, ...]:
    """Return the facts of two paragraphs that differ."""
    return tuple(_differing((name, values(old), values(new)) for name, values in OF_PARAGRAPHS.items()))


def _differing(facts: Iterator[tuple[str, Values, Values]]) -> Iterator[Fact]:
    for name, old, new in facts:
        if old != new and not _is_same(name, old, new):
            yield Fact(name, old, new)


def _is_same(name: str, old: Values, new: Values) -> bool:
    if name == "created" and old and new:  # one may give no time, or no day
        return old[0].startswith(new[0]) or new[0].startswith(old[0])
    return not (_only(old, new) or _only(new, old))


def _only(values: Values, others: Values) -> Values:
    there = {tokens(value).whole for value in others}
    return tuple(value for value in values if tokens(value).whole not in there)


def _is_marked(values: Values) -> bool:
    return any(key.startswith(MARK) for value in values for key in tokens(value).keys)
