"""What the HTTP API answers, key by key (docs/json.md). Its description (OpenAPI) is made of these types."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict  # pydantic refuses that of Python before 3.12

from .questions import Period

Counts = dict[str, int]


class Problem(TypedDict):
    """An error, as RFC 9457 has it; `detail` says what to do."""

    type: Literal["about:blank"]
    title: str
    status: int
    detail: str
    better: NotRequired[str]


class Hit(TypedDict):
    """A paragraph found."""

    id: str
    cable: str
    number: str | None
    score: float
    origin: str | None
    classification: str | None
    marking: str | None
    created: str | None
    subject: str | None
    people: list[str]
    text: str
    highlights: list[tuple[int, int]]
    collections: list[str]


class CableWithHits(TypedDict):
    """A cable, and the ids of the hits that are in it."""

    id: str
    created: str | None
    origin: str | None
    classification: str | None
    subject: str | None
    collections: list[str]
    hits: list[str]


class Hits(TypedDict):
    """Hits, best first."""

    query: str
    total: int | None
    relaxed: bool
    hits: list[Hit]
    suggestion: str | None
    undated: int
    by_meaning: NotRequired[bool]
    without_vectors: NotRequired[int]
    total_cables: NotRequired[int]
    cables: NotRequired[list[CableWithHits]]


class Search(Hits):
    """A page of hits; `next` is the cursor of the next page, null on the last one."""

    next: str | None


class Named(TypedDict):
    """A person named in a paragraph."""

    name: str
    full_name: str
    protected: bool
    known_as: str | None


class Paragraph(TypedDict):
    """A paragraph of a cable."""

    id: str
    number: str | None
    marking: str | None
    heading: str | None
    kind: str | None
    text: str
    people: list[Named]
    cites: list[str]


class Reference(TypedDict):
    """An entry of a cable's reference block."""

    label: str | None
    id: str | None
    text: str


class Edition(TypedDict):
    """The volume that a document of an edition is in."""

    title: str
    editors: list[str]
    place: str | None
    publisher: str | None
    year: int | None


_Sender = TypedDict("_Sender", {"from": str | None})  # which a class cannot name


class Cable(_Sender):
    """A cable with its paragraphs."""

    id: str
    other_ids: list[str]
    created: str | None
    released: str | None
    classification: str | None
    caveats: list[str]
    origin: str | None
    subject: str | None
    subject_marking: str | None
    tags: list[str]
    concepts: list[str]
    references: list[Reference]
    precedence: str | None
    dtg: str | None
    to: list[str]
    info: list[str]
    classified_by: str | None
    reasons: list[str]
    declassify_on: str | None
    signature: str | None
    partial: bool
    without_text: str | None
    edition: Edition | None
    source: str
    format: str
    collection: str
    also_in: list[str]
    paragraphs: list[Paragraph]


class Version(TypedDict):
    """A version of a cable."""

    version: int
    id: str
    collection: str
    source: str
    modified: str
    words: int
    paragraphs: int
    is_searched: bool
    differs: str | None


class Versions(TypedDict):
    """The versions of a cable, the oldest file first."""

    versions: list[Version]


class ComparedText(TypedDict):
    """One of two texts that are compared."""

    id: str
    collection: str
    source: str


class Fact(TypedDict):
    """A fact that differs."""

    name: str
    old: list[str]
    new: list[str]


class Edit(TypedDict):
    """Words that differ."""

    kind: Literal["replaced", "removed", "inserted", "redacted", "restored", "remarked"]
    old: str
    new: str
    names: list[str]


class Change(TypedDict):
    """A paragraph that differs."""

    kinds: list[str]
    old: list[str]
    new: list[str]
    facts: list[Fact]
    edits: list[Edit]


class Difference(TypedDict):
    """What differs between two texts."""

    old: ComparedText
    new: ComparedText
    differs: bool
    counts: Counts
    facts: list[Fact]
    given_by_one: list[Fact]
    paragraphs: list[Change]


class Differences(TypedDict):
    """What differs from each version to the next one, or between two."""

    differences: list[Difference]


class _Linked(TypedDict):
    id: str
    in_index: bool
    created: str | None
    origin: str | None
    subject: str | None


class Citing(_Linked):
    """A cable that cites another one, or is cited."""

    label: str | None
    paragraphs: list[str]


class Citations(_Linked):
    """What a cable cites, and what cites it."""

    cites: list[Citing]
    cited_by: list[Citing]
    total_cited_by: int


class ThreadCable(_Linked):
    """A cable of a thread."""

    parent: str | None
    depth: int
    also_cites: list[str]


class Thread(TypedDict):
    """The exchange that a cable is part of."""

    id: str
    cables: list[ThreadCable]
    cut: bool


class Facets(TypedDict):
    """Counts of paragraphs by value, for each field; in `values` how many values there are in all."""

    query: str
    total: int
    facets: dict[str, Counts]
    values: Counts


class Timeline(TypedDict):
    """Counts of paragraphs over time."""

    query: str
    by: Period
    total: int
    undated: int
    periods: Counts


class NamedPerson(TypedDict):
    """A person, with the forms of the name."""

    name: str
    paragraphs: int
    forms: Counts
    may_be: list[str]


class People(TypedDict):
    """The people named, the most frequently named first."""

    total: int
    people: list[NamedPerson]


class Dossier(TypedDict):
    """What the cables say of a person."""

    name: str
    paragraphs: int
    forms: Counts
    bare: Counts
    undecided: Counts
    first: str | None
    last: str | None
    others: Counts
    origins: Counts
    cables: list[str]
    cable_count: int


class Dossiers(TypedDict):
    """Everyone whom a name may mean."""

    total: int
    people: list[Dossier]


class Explanation(TypedDict):
    """How a query is understood."""

    query: str
    lines: list[str]


class Suggestion(TypedDict):
    """How a query could go on; `paragraphs` is null for the name of a field, and for those of a notebook."""

    query: str
    text: str
    kind: str
    paragraphs: int | None
    meaning: str | None


class Suggestions(TypedDict):
    """How a query could go on whose last word is being typed."""

    query: str
    suggestions: list[Suggestion]


class Info(TypedDict):
    """What is in the index."""

    engine: str
    version: str
    built: str
    sources: list[str]
    names: list[str]
    collections: Counts
    cables: int
    paragraphs: int
    references: int
    resolved: int
    size: int
    waiting: int
    cluster: str | None
    facets: dict[str, Counts]
