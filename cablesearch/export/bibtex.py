"""BibTeX: an entry for each cable, with its passages as `annote`, in UTF-8."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TextIO

from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field

from ..model.cable import Cable
from ..model.calendar import MONTHS
from . import Answer, Format
from ._csl import Item, Name, csl_item
from ._escape import escape_controls
from ._passages import cables

TYPES = {"personal_communication": "misc", "chapter": "incollection", "document": "misc"}

# What LaTeX would obey. Braces are written as words, since BibTeX counts them even where they are escaped.
_LATEX = {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "^": r"{\textasciicircum}",
    "~": r"{\textasciitilde}",
}
_SPECIAL = re.compile(f"[{re.escape(''.join(_LATEX))}]")
_UNSAFE_KEY = re.compile(r"[^\w.:+/-]")  # what may not stand in the key of an entry
_UNSAFE_URL = re.compile(r"[{}\\\s]")


def write(answers: Iterable[Answer], stream: TextIO) -> None:
    """Write the cables of all answers."""
    for cable, passages in cables(answers, "bibtex"):
        entry = _entry(cable, csl_item(cable, passages))
        stream.write(write_string(Library([entry]), unparse_stack=()) + "\n")


def _entry(cable: Cable, item: Item) -> Entry:
    day = item.day("issued")
    number = item.text("number")
    fields = {
        "author": _names(item.names("author")),
        "title": f"{{{latex(item.text('title') or f'Telegram {cable.id}')}}}",  # braces keep its capitals
        "howpublished": latex(" ".join(filter(None, (item.text("genre").capitalize(), number)))),
        "note": latex(item.text("medium")),
        "addendum": latex("; ".join(filter(None, map(item.text, _ARCHIVE)))),
    }
    if item["type"] == "chapter":
        fields |= {
            "booktitle": latex(item.text("container-title")),
            "editor": _names(item.names("editor")),
            "publisher": latex(item.text("publisher")),
            "address": latex(item.text("publisher-place")),
            "howpublished": "",
            "number": latex(number),
            "origdate": "-".join(f"{part:02}" for part in item.day("original-date")),
        }
    fields |= {
        "year": str(day[0]) if day else "",
        "month": MONTHS[day[1] - 1][:3].lower() if len(day) > 1 else "",  # a name that BibTeX knows
        "day": str(day[2]) if len(day) > 2 else "",
        "url": _UNSAFE_URL.sub("", item.text("URL")),
        "annote": latex(item.text("annote")),
    }
    written = (
        Field(name, value if name == "month" else f"{{{value}}}") for name, value in fields.items() if value
    )
    return Entry(TYPES[item.text("type")], _UNSAFE_KEY.sub("-", cable.id), list(written))


_ARCHIVE = ("archive_location", "archive_collection", "archive", "archive-place")


def latex(text: str) -> str:
    """Return a text as LaTeX that prints it."""
    return _SPECIAL.sub(lambda match: _LATEX[match[0]], escape_controls(text, lines=True))


def _names(names: Iterable[Name]) -> str:
    """Return names as BibTeX lists them; braces keep what is no person's in one piece."""
    return " and ".join(
        f"{{{latex(name['literal'])}}}"
        if "literal" in name
        else latex(", ".join(name[part] for part in ("family", "suffix", "given") if part in name))
        for name in names
    )


FORMAT = Format("bibtex", ".bib", "application/x-bibtex", write)
