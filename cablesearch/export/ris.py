"""RIS: an entry for each cable, with its passages as notes, for EndNote, Zotero and the like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TextIO

import rispy

from ..model.cable import Cable
from ..model.passage import Passage
from . import Answer, Format
from ._csl import Item, Name, csl_item, passage_notes
from ._escape import escape_controls
from ._passages import cables

TYPES = {"personal_communication": "PCOMM", "chapter": "CHAP", "document": "GEN"}

Fields = dict[str, str | list[str]]


def write(answers: Iterable[Answer], stream: TextIO) -> None:
    """Write the cables of all answers."""
    for cable, passages in cables(answers, "ris"):
        entry = _fields(cable, csl_item(cable, passages), passages)
        text: str = rispy.dumps([entry])
        stream.write(text.removeprefix("1.\n") + "\n")  # the number above it is no part of the format


def _fields(cable: Cable, item: Item, passages: Sequence[Passage]) -> Fields:
    """Return an entry by rispy's names of the fields."""
    names = {key: [_name(name) for name in item.names(key)] for key in ("author", "editor", "recipient")}
    written = item.day("original-date") or item.day("issued")
    fields: Fields = {
        "type_of_reference": TYPES[item.text("type")],
        "id": item.text("id"),
        "authors": names["author"],
        "secondary_authors": names["editor"] or names["recipient"],
        "title": item.text("title") or f"Telegram {cable.id}",
        "secondary_title": item.text("container-title"),
        "year": "/".join(map(str, item.day("issued")[:1])),
        "date": "/".join(f"{part:02}" for part in written),
        "number": item.text("number"),
        "type_of_work": item.text("genre"),
        "note": item.text("medium"),
        "publisher": item.text("publisher"),
        "place_published": item.text("publisher-place"),
        "name_of_database": item.text("archive"),
        "call_number": "; ".join(filter(None, map(item.text, ("archive_location", "archive_collection")))),
        "urls": [item.text("URL")] if item.text("URL") else [],
        "notes": passage_notes(passages),
    }
    return {key: _on_one_line(value) for key, value in fields.items() if value}


def _name(name: Name) -> str:
    if "literal" in name:
        return name["literal"]
    return ", ".join(name[part] for part in ("family", "given", "suffix") if part in name)


def _on_one_line(value: str | list[str]) -> str | list[str]:
    """Return a value without line breaks, as a line that begins like a field would be one."""
    if isinstance(value, list):
        return [escape_controls(" ".join(one.split())) for one in value]
    return escape_controls(" ".join(value.split()))


FORMAT = Format("ris", ".ris", "application/x-research-info-systems", write)
