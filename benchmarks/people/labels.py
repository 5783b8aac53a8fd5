"""Annotated cables: who is named in each paragraph."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from cablesearch.model.cable import Cable, Paragraph


class Label(NamedTuple):
    """A person that annotators found in a paragraph.

    Attributes:
        name: the fullest form there; `who`: the fullest form in the cable.
    """

    name: str
    who: str
    protected: bool


ANYWHERE = "*"  # in place of a paragraph's number: names that the cable has somewhere
HEADINGS = "headings"  # likewise: names in its headings
REPRINTED = "reprinted"  # a telegram that an edition prints, put back into capitals
KINDS = ("page", "telegram", REPRINTED, "edition")

_HEAD = re.compile(rf"===\s+(?P<ref>\S+)(?:\s+(?P<kind>{'|'.join(KINDS)}))?(?P<held_out>\s+held-out)?\s*")
_LINE = re.compile(r"\s*\[(?P<number>[^\]]+)\]\s*(?P<names>.*)")


@dataclass(frozen=True, slots=True)
class Annotation:
    """Who is named in a cable.

    Attributes:
        names: by what follows # in a paragraph's id, `ANYWHERE` or `HEADINGS`.
        kind: one of `KINDS`.
        held_out: kept for tests; nothing is ever learned from it.
    """

    names: dict[str, list[Label]] = field(default_factory=dict)
    kind: str = "page"
    held_out: bool = False


Annotated = dict[str, Annotation]  # by reference id


def load(place: Path) -> Annotated:
    """Read annotations: from a folder of JSON files, or a text file in our own format."""
    if place.is_dir():
        loaded = (json.loads(path.read_text("utf-8")) for path in sorted(place.glob("*.json")))
        return {
            one["ref"]: Annotation(
                {
                    number: [Label(e["name"], e["who"], bool(e.get("protect"))) for e in entries]
                    for number, entries in one["paragraphs"].items()
                }
            )
            for one in loaded
        }
    return parse_labels(place.read_text("utf-8"))


def load_all(places: Iterable[Path]) -> Annotated:
    """Read annotations from several places."""
    return {ref: found for place in places for ref, found in load(place).items()}


def parse_labels(text: str) -> Annotated:
    """Parse our own format.

    `=== REF`, its kind unless that is a page, and `held-out` for a cable that is; then a line for each
    paragraph: `[number] name = who ; name !`.
    """
    found: Annotated = {}
    for line in text.splitlines():
        if line.startswith("==="):
            head = _HEAD.fullmatch(line)
            if not head or head["ref"] in found:
                raise ValueError(f"annotations: {line!r} names no kind, or a cable for the second time")
            current = found[head["ref"]] = Annotation({}, head["kind"] or KINDS[0], bool(head["held_out"]))
        elif match := _LINE.fullmatch(line):
            names = (_parse_label(entry) for entry in match["names"].split(";"))
            current.names.setdefault(match["number"], []).extend(name for name in names if name)
    return found


def _parse_label(entry: str) -> Label | None:
    protected = entry.rstrip().endswith("!")
    name, _, who = entry.strip().rstrip("! ").partition("=")
    return Label(name.strip(), who.strip() or name.strip(), protected) if name.strip() else None


def paragraph_key(paragraph: Paragraph) -> str:
    """Return what annotations call a paragraph by: its number, unless it has none or repeats it."""
    return paragraph.id.partition("#")[2]


def letters(name: str) -> frozenset[str]:
    """Return the words of a name, as the score compares them."""
    name = re.sub(r"['’]s\b", "", name.lower())
    return frozenset(re.findall(r"[^\W\d_]+", name))


def names_in(annotation: Annotation, cable: Cable) -> list[set[str] | None]:
    """Return, for each paragraph, all words of the names annotated there; None if nobody annotated it."""
    anywhere = annotation.names.get(ANYWHERE)
    return [
        {
            word
            for one in (*annotation.names.get(paragraph_key(p), ()), *(anywhere or ()))
            for word in letters(one.name) | letters(one.who)
        }
        if anywhere is not None or paragraph_key(p) in annotation.names
        else None
        for p in cable.paragraphs
    ]


def find_misplaced(annotation: Annotation, cable: Cable) -> Iterator[str]:
    """Yield the annotated names that the cable does not have in their places: slips, or another text."""
    places = {paragraph_key(p): letters(p.text) for p in cable.paragraphs}
    places[HEADINGS] = letters(" ".join(p.heading or "" for p in cable.paragraphs))
    places[ANYWHERE] = letters(cable.subject or "").union(*places.values())
    for number, entries in annotation.names.items():
        for one in entries:
            if not letters(one.name) <= places.get(number, frozenset()):
                yield f"[{number}] {one.name}"
            elif not letters(one.who) <= places[ANYWHERE]:
                yield f"[{number}] {one.name} = {one.who}"
