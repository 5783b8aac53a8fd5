"""Annotated cables, and which of their words are parts of names."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import NamedTuple

from cablesearch.model.cable import Cable, Paragraph

_LINE = re.compile(r"\s*\[(?P<number>[^\]]+)\]\s*(?P<names>.*)")


class Named(NamedTuple):
    """A person that annotators found in a paragraph: name, fullest form in the cable, protected."""

    name: str
    who: str
    protected: bool


ANYWHERE = "*"  # in place of a paragraph's number: names that the cable has somewhere
Annotation = dict[str, list[Named]]  # by the paragraph's number, or what follows # in its id


def load(place: Path) -> dict[str, Annotation]:
    """Read annotations by reference id: a folder of JSON files, or a text file of our own form."""
    if place.is_dir():
        loaded = (json.loads(path.read_text("utf-8")) for path in sorted(place.glob("*.json")))
        return {
            one["ref"]: {
                number: [Named(e["name"], e["who"], bool(e.get("protect"))) for e in entries]
                for number, entries in one["paragraphs"].items()
            }
            for one in loaded
        }
    return read_text(place.read_text("utf-8"))


def read_text(text: str) -> dict[str, Annotation]:
    """Read our own form: `=== REF`, then a line `[number] name = who ; name !` a paragraph."""
    found: dict[str, Annotation] = {}
    for line in text.splitlines():
        if line.startswith("==="):
            current = found.setdefault(line.split()[1], {})
        elif match := _LINE.fullmatch(line):
            names = (_named(entry) for entry in match["names"].split(";"))
            current.setdefault(match["number"], []).extend(name for name in names if name)
    return found


def _named(entry: str) -> Named | None:
    protected = entry.rstrip().endswith("!")
    name, _, who = entry.strip().rstrip("! ").partition("=")
    return Named(name.strip(), who.strip() or name.strip(), protected) if name.strip() else None


def key(paragraph: Paragraph) -> str:
    """Give what annotations call a paragraph by."""
    return paragraph.number or paragraph.id.partition("#")[2]


def letters(name: str) -> frozenset[str]:
    """Give the words of a name, as the score compares them."""
    name = re.sub(r"['’]s\b", "", name.lower())
    return frozenset(re.findall(r"[^\W\d_]+", name))


def names_in(annotation: Annotation, cable: Cable) -> list[set[str]]:
    """Give, a paragraph, all words of the names annotated there."""
    anywhere = annotation.get(ANYWHERE, [])
    return [
        {
            word
            for one in (*annotation.get(key(p), ()), *anywhere)
            for word in letters(one.name) | letters(one.who)
        }
        for p in cable.paragraphs
    ]
