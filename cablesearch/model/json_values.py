"""The types of cables as JSON values: what `Cable.as_dict` returns, described in docs/json.md.

A module of its own, which only type checkers import: making these types takes longer than to import the rest.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict


class PersonDict(TypedDict):
    """A person named in a paragraph."""

    name: str
    full_name: str
    protected: bool
    known_as: str | None


class ReferenceDict(TypedDict):
    """An entry of the `REF:` block."""

    label: str | None
    id: str | None
    text: str


class ParagraphDict(TypedDict):
    """A paragraph of a cable."""

    id: str
    number: str | None
    marking: str | None
    heading: str | None
    kind: str | None
    text: str
    people: list[PersonDict]
    cites: list[str]


class EditionDict(TypedDict):
    """The volume that a document is published in."""

    title: str
    editors: list[str]
    place: str | None
    publisher: str | None
    year: int | None


# Not a class, in which `from` would be a syntax error. A file may lack the keys that are not required, which
# were added later.
CableFacts = TypedDict(
    "CableFacts",
    {
        "id": str,
        "other_ids": NotRequired[list[str]],
        "created": str | None,
        "released": str | None,
        "classification": str | None,
        "caveats": list[str],
        "origin": str | None,
        "subject": str | None,
        "subject_marking": NotRequired[str | None],
        "tags": list[str],
        "concepts": NotRequired[list[str]],
        "references": list[ReferenceDict],
        "precedence": str | None,
        "dtg": str | None,
        "from": str | None,
        "to": list[str],
        "info": list[str],
        "classified_by": str | None,
        "reasons": list[str],
        "declassify_on": str | None,
        "signature": str | None,
        "partial": bool,
        "without_text": NotRequired[str | None],
        "edition": NotRequired[EditionDict | None],
        "source": str,
        "format": NotRequired[str],
        "collection": NotRequired[str],
        "also_in": NotRequired[list[str]],
    },
)


class CableDict(CableFacts):
    """A whole cable."""

    paragraphs: list[ParagraphDict]
