"""Annotated cables: who is named in each paragraph."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import NamedTuple

from cablesearch.model.cable import Cable, Paragraph

_LINE = re.compile(r"\s*\[(?P<number>[^\]]+)\]\s*(?P<names>.*)")


class Label(NamedTuple):
    """A person that annotators found in a paragraph.

    Attributes:
        name: the fullest form there; `who`: the fullest form in the cable.
    """

    name: str
    who: str
    protected: bool


ANYWHERE = "*"  # in place of a paragraph's number: names that the cable has somewhere
Annotation = dict[str, list[Label]]  # by the paragraph's number, or what follows # in its id


def load(place: Path) -> dict[str, Annotation]:
    """Read annotations by reference id: from a folder of JSON files, or a text file in our own format."""
    if place.is_dir():
        loaded = (json.loads(path.read_text("utf-8")) for path in sorted(place.glob("*.json")))
        return {
            one["ref"]: {
                number: [Label(e["name"], e["who"], bool(e.get("protect"))) for e in entries]
                for number, entries in one["paragraphs"].items()
            }
            for one in loaded
        }
    return parse_labels(place.read_text("utf-8"))


def parse_labels(text: str) -> dict[str, Annotation]:
    """Parse our own format: `=== REF`, then a line for each paragraph, `[number] name = who ; name !`."""
    found: dict[str, Annotation] = {}
    for line in text.splitlines():
        if line.startswith("==="):
            current = found.setdefault(line.split()[1], {})
        elif match := _LINE.fullmatch(line):
            names = (_parse_label(entry) for entry in match["names"].split(";"))
            current.setdefault(match["number"], []).extend(name for name in names if name)
    return found


def _parse_label(entry: str) -> Label | None:
    protected = entry.rstrip().endswith("!")
    name, _, who = entry.strip().rstrip("! ").partition("=")
    return Label(name.strip(), who.strip() or name.strip(), protected) if name.strip() else None


def paragraph_key(paragraph: Paragraph) -> str:
    """Return what annotations call a paragraph by."""
    return paragraph.number or paragraph.id.partition("#")[2]


def letters(name: str) -> frozenset[str]:
    """Return the words of a name, as the score compares them."""
    name = re.sub(r"['’]s\b", "", name.lower())
    return frozenset(re.findall(r"[^\W\d_]+", name))


def names_in(annotation: Annotation, cable: Cable) -> list[set[str]]:
    """Return, for each paragraph, all words of the names annotated there."""
    anywhere = annotation.get(ANYWHERE, [])
    return [
        {
            word
            for one in (*annotation.get(paragraph_key(p), ()), *anywhere)
            for word in letters(one.name) | letters(one.who)
        }
        for p in cable.paragraphs
    ]
