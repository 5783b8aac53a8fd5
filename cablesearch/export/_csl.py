"""A cable as CSL-JSON: the one source of bibliographic formats and of citations in styles.

The variables are those of the Citation Style Language 1.0.2.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..model.cable import Cable
from ..model.calendar import Month
from ..model.citation import archive_number, document_number, level, number, volume_title
from ..model.passage import Passage
from ..model.reference_id import split_id
from ..parse.transmission import post_in_words

Name = dict[str, str]  # `family` and `given`, or `literal`

_PUBLISHER = "U.S. Department of State"  # the author of an edition, whose documents name posts and persons
_ARCHIVE = "National Archives at College Park"
_ARCHIVE_PLACE = "College Park, MD"
_RECORD_GROUP = "General Records of the Department of State, Record Group 59"
_FILES = "Central Foreign Policy Files, 1973–1979"
_SUFFIXES = ("Jr", "Sr", "II", "III", "IV")


class Item(dict[str, str | list[Name] | dict[str, list[list[int]]]]):
    """A cable, or a document of an edition, by the variables of CSL."""

    def text(self, name: str) -> str:
        """Return a variable that is a string, empty where there is none."""
        value = self.get(name, "")
        return value if isinstance(value, str) else ""

    def names(self, name: str) -> list[Name]:
        """Return a variable that is a list of names."""
        value = self.get(name, [])
        return value if isinstance(value, list) else []

    def day(self, name: str) -> list[int]:
        """Return the parts of a date: year, month, day, as far as they are known."""
        value = self.get(name, {})
        return value["date-parts"][0] if isinstance(value, dict) and value else []


def csl_item(cable: Cable, passages: Sequence[Passage] = ()) -> Item:
    """Return a cable as an item, with passages of it as a note."""
    document = document_number(cable)
    item = _document(cable, document) if document is not None else _telegram(cable)
    if cable.subject:
        item["title"] = cable.subject
    if link := passages[0].link if passages else None:
        item["URL"] = link
    if notes := passage_notes(passages):
        item["annote"] = "\n\n".join(notes)
    return item


def passage_notes(passages: Sequence[Passage]) -> list[str]:
    """Return passages as notes on their cable: `para. 6: ...`."""
    return [
        f"para. {number(one.paragraph)}: {one.paragraph.text}"
        for one in passages
        if one.paragraph.text.strip()
    ]


def _telegram(cable: Cable) -> Item:
    item = Item(id=cable.id, type="document", number=cable.id)
    if split_id(cable.id)[0]:
        item |= {"type": "personal_communication", "genre": "telegram"}
    if cable.origin:
        item["author"] = [{"literal": cable.origin}]
    if len(cable.to) == 1:
        item["recipient"] = [{"literal": post_in_words(cable.to[0]) or cable.to[0]}]
    if cable.created:
        item["issued"] = _day(cable.created)
    if classification := level(cable):
        item["medium"] = classification
    if filed := archive_number(cable):
        item["archive_location"] = filed
        item["archive_collection"] = f"Electronic Telegrams, {filed[:4]}; {_FILES}; {_RECORD_GROUP}"
        item["archive"] = _ARCHIVE
        item["archive-place"] = _ARCHIVE_PLACE
    return item


def _document(cable: Cable, number: str) -> Item:
    item = Item(id=cable.id, type="chapter", author=[{"literal": _PUBLISHER}])
    if number:
        item["number"] = number
    if cable.created:
        item["original-date"] = _day(cable.created)
    item["container-title"] = volume_title(cable)
    if edition := cable.edition:
        if edition.editors:
            item["editor"] = [_name(editor) for editor in edition.editors]
        for variable, value in (("publisher", edition.publisher), ("publisher-place", edition.place)):
            if value:
                item[variable] = value
        if edition.year:
            item["issued"] = {"date-parts": [[edition.year]]}
    return item


def _day(moment: date) -> dict[str, list[list[int]]]:
    parts = (
        [moment.year, moment.month] if isinstance(moment, Month) else [moment.year, moment.month, moment.day]
    )
    return {"date-parts": [parts]}


def _name(full: str) -> Name:
    """Return a person's name in its parts."""
    given, _, family = full.rpartition(" ")
    if family.rstrip(".") in _SUFFIXES and " " in given:
        given, _, before = given.rpartition(" ")
        return {"family": before.rstrip(","), "given": given, "suffix": family}
    return {"family": family, "given": given} if given else {"literal": full}
