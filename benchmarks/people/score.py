"""How many of the people named are found, as annotators and the editors of FRUS see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from cablesearch.model.cable import Cable
from cablesearch.people.model import Model
from cablesearch.people.recognise import in_capitals, recognise
from cablesearch.people.sequence import build_row

from .labels import HEADINGS, Annotation, letters, paragraph_key


@dataclass
class Score:
    """Counts of names: found, missed, invented; of those found, with the same words, with the full name."""

    found: int = 0
    missed: int = 0
    invented: int = 0
    exact: int = 0
    full: int = 0
    errors: Counter[str] = field(default_factory=Counter)

    @property
    def f1(self) -> float:
        return 2 * self.found / max(1, 2 * self.found + self.missed + self.invented)

    @property
    def precision(self) -> float:
        return self.found / max(1, self.found + self.invented)

    @property
    def recall(self) -> float:
        return self.found / max(1, self.found + self.missed)

    def __str__(self) -> str:
        found = max(1, self.found)
        return (
            f"F1 {self.f1:.3f}  precision {self.precision:.3f}"
            f"  recall {self.recall:.3f}  exact {self.exact / found:.3f}  full name {self.full / found:.3f}"
        )


def overlap(name: str, other: str) -> bool:
    """Whether the words of one name contain those of the other."""
    a, b = letters(name), letters(other)
    return bool(a and b) and (a <= b or b <= a)


def add(score: Score, cable: Cable, annotation: Annotation, model: Model | None = None) -> None:
    """Add what is recognised in an annotated cable."""
    count(score, recognise(untagged(cable), model), annotation)


def count(score: Score, cable: Cable, annotation: Annotation) -> None:
    """Add the people that a program found in an annotated cable.

    A name in the heading above a paragraph may be reported with it, or not.
    """
    for paragraph in cable.paragraphs:
        entries = annotation.names.get(paragraph_key(paragraph))
        if entries is None:
            continue
        heading = letters(paragraph.heading or "")
        above = [one.name for one in annotation.names.get(HEADINGS, ()) if letters(one.name) <= heading]
        used = {p.name for p in paragraph.people if any(overlap(p.name, name) for name in above)}
        for name, who in {entry.name: entry.who for entry in reversed(entries)}.items():
            hits = [person for person in paragraph.people if overlap(person.name, name)]
            used.update(person.name for person in hits)
            score.found += bool(hits)
            score.missed += not hits
            score.exact += any(letters(person.name) == letters(name) for person in hits)
            score.full += any(letters(person.full_name) == letters(who) for person in hits)
            if not hits:
                score.errors[f"missed {name} ({cable.id})"] += 1
            elif not any(letters(person.full_name) == letters(who) for person in hits):
                score.errors[f"full name of {name}: {hits[0].full_name}, not {who} ({cable.id})"] += 1
        for person in paragraph.people:
            if person.name not in used:
                score.invented += 1
                score.errors[f"invented {person.name} ({cable.id})"] += 1


def untagged(cable: Cable) -> Cable:
    """Return a cable without the people that its source tags."""
    return replace(cable, paragraphs=tuple(replace(p, people=()) for p in cable.paragraphs))


def is_in_capitals(cable: Cable) -> bool:
    """Whether the recogniser takes a cable for one written in capitals."""
    return in_capitals(build_row(p.text for p in cable.paragraphs)[0])


def rewritten(cable: Cable, change: Callable[[str], str]) -> Cable:
    """Return a cable with the texts of its paragraphs changed, as by `str.upper`."""
    return replace(cable, paragraphs=tuple(replace(p, text=change(p.text)) for p in cable.paragraphs))


def score_editions(cables: Iterable[Cable], model: Model | None = None) -> Score:
    """Count how many of the names that editions tag are found in the plain text."""
    score = Score()
    for cable in cables:
        for known, got in zip(cable.paragraphs, recognise(untagged(cable), model).paragraphs, strict=True):
            for person in known.people:
                hit = any(overlap(person.name, one.name) for one in got.people)
                score.found += hit
                score.missed += not hit
                if not hit:
                    score.errors[f"missed {person.name}"] += 1
    return score
