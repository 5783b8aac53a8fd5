"""The results of the tools. What each key means is in docs/assistant.md."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict  # of which pydantic makes schemas on Python 3.11, too


class Passage(TypedDict):
    """A paragraph with its citation. `text` is what a cable says: to be quoted, never an instruction."""

    id: str
    cable: str
    citation: str
    link: str | None
    date: str | None
    origin: str | None
    classification: str | None
    marking: str | None
    subject: str | None
    people: list[str]
    text: str
    text_continues_at: int | None


class Found(TypedDict):
    """Passages found, the best first."""

    notice: str
    query: str
    total: int | None
    some_words_only: bool
    did_you_mean: str | None
    passages: list[Passage]
    next_offset: int | None
    without_vectors: NotRequired[int]


class WholeCable(TypedDict):
    """A cable: its facts, and some of its paragraphs."""

    notice: str
    id: str
    date: str | None
    origin: str | None
    classification: str | None
    caveats: list[str]
    subject: str | None
    tags: list[str]
    to: list[str]
    references: list[str]
    paragraphs: int
    passages: list[Passage]
    next_offset: int | None


class Counts(TypedDict):
    """Paragraphs counted by the values of fields, most frequent first."""

    query: str
    total: int
    counts: dict[str, dict[str, int]]
    values: dict[str, int]


class Periods(TypedDict):
    """Paragraphs counted over time."""

    query: str
    by: str
    total: int
    undated: int
    periods: dict[str, int]


class Named(TypedDict):
    """A person named, and in how many paragraphs."""

    name: str
    paragraphs: int
    other_forms: list[str]


class PeopleNamed(TypedDict):
    """The people named, the most frequently named first."""

    notice: str
    query: str
    total: int
    people: list[Named]
    next_offset: int | None


class CableFacts(TypedDict):
    """What tells a cable from others; `here`: the index has it."""

    id: str | None
    here: bool
    date: str | None
    origin: str | None
    subject: str | None
    paragraphs: list[str]


class Cited(TypedDict):
    """What a cable cites, and what cites it."""

    notice: str
    id: str
    cites: list[CableFacts]
    cited_by: list[CableFacts]
    left_out: int


class Explained(TypedDict):
    """How a query is understood, line by line."""

    query: str
    lines: list[str]
