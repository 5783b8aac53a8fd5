"""The server: the tools, and the cables as resources."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from itertools import islice
from pathlib import Path
from typing import Annotated, Literal, ParamSpec, TypeVar

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError, ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from .. import CablesearchError, Index, Passages, __version__
from ..export import escape_controls
from ..web.opened import OpenIndex
from . import reading
from .reading import MAX_LINE, NOTICE, line
from .shapes import Cited, Counts, Explained, Found, PeopleNamed, Periods, WholeCable

MAX_HITS = 25
MAX_PEOPLE = 100
MAX_VALUES = 100  # of a field
MAX_NEIGHBOURS = 5
MAX_CITATIONS = 100  # in each direction
MAX_EXPLAINED = 200  # lines
MAX_PERIODS = 240  # twenty years of months
MAX_QUERY = 4_000  # characters

INSTRUCTIONS = f"""\
An archive of diplomatic cables. Every result has the ids and citations of the paragraphs that it comes from:
give them with whatever you say of the cables, and say so where you found nothing. {NOTICE}

Queries: words are all looked for in one paragraph, "a phrase" in quotes, AND, OR, NOT and parentheses,
democrati* and nazarb?yev, reform NEAR/5 party. Fields: origin:Astana, date:2007-01..2007-03, year:2007,
person:"Karim Masimov", tag:PGOV, country:Kazakhstan, classification:secret, marking:C, subject:reform,
cites:06ASTANA573, id:07ASTANA48. `facets` counts by the values of a field.
"""

_READS = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)

P = ParamSpec("P")
T = TypeVar("T")

Query = Annotated[str, Field(max_length=MAX_QUERY, description="In the query language; * for everything.")]
Id = Annotated[
    str, Field(max_length=400, description="Of a cable, 07ASTANA48, or a paragraph, 07ASTANA48#6.")
]
Offset = Annotated[int, Field(ge=0, le=1_000_000, description="How many to skip: the next_offset of before.")]


def make_server(*folders: Path, redact: bool = False, seconds: float = 20) -> MCPServer:
    """Return a server whose tools read the index in a folder, or several as one.

    Args:
        redact: hide the names that drafters asked to protect; the tools that name people are left out.
        seconds: how long a question may take.
    """
    opened = OpenIndex(*folders, redact=redact, seconds=seconds)
    server = MCPServer("cablesearch", version=__version__, instructions=INSTRUCTIONS, log_level="WARNING")
    tools = _Tools(opened, redact)
    offered: list[Callable[..., object]] = [
        tools.search,
        tools.cable,
        tools.paragraph,
        tools.facets,
        tools.timeline,
        tools.cited,
    ]
    if not redact:
        offered += [tools.people, tools.explain]
    for tool in offered:
        server.add_tool(tool, annotations=_READS, structured_output=True)
    server.resource("cable://{+id}", name="cable", description="A cable as text.", mime_type="text/plain")(
        tools.text
    )
    return server


def _told(tool: Callable[P, T]) -> Callable[P, T]:
    """Make a tool tell the assistant what is wrong with a question, in one line."""

    @wraps(tool)
    def ask(*args: P.args, **options: P.kwargs) -> T:
        try:
            return tool(*args, **options)
        except CablesearchError as error:
            raise ToolError(line(str(error))) from error

    return ask


class _Tools:
    """The tools; their docstrings are what an assistant reads of them."""

    def __init__(self, opened: OpenIndex, redact: bool) -> None:
        self._opened = opened
        self._redact = redact

    @contextmanager
    def _index(self) -> Iterator[Index]:
        with self._opened.use() as opened:
            yield opened.index

    @_told
    def search(
        self,
        query: Query,
        limit: Annotated[int, Field(ge=1, le=MAX_HITS)] = 10,
        offset: Offset = 0,
        sort: Literal["relevance", "date", "-date", "cited"] = "relevance",
        per_cable: Annotated[
            int | None, Field(ge=1, le=MAX_HITS, description="At most so many paragraphs of one cable.")
        ] = None,
        meaning: Annotated[
            bool, Field(description="Compare what is meant, whatever the words; fields still narrow.")
        ] = False,
    ) -> Found:
        """Find paragraphs, best first (or earliest: date, latest: -date, most cited: cited).

        If few paragraphs have every word, those that have some follow. By meaning, as many as without_vectors
        says could not be compared.
        """
        with self._index() as index:
            results = index.search(
                query, limit=limit, offset=offset, sort=sort, per_cable=per_cable, meaning=meaning
            )
            passages = reading.fill(Passages(results.hits).passages())
            shown = len(passages)
            more = shown < len(results.hits) or len(results.hits) == limit
            found: Found = {
                "notice": NOTICE,
                "query": query,
                "total": results.total,
                "some_words_only": any(hit.partial for hit in results.hits[:shown]),
                "did_you_mean": results.suggestion,
                "passages": passages,
                "next_offset": offset + shown if more else None,
            }
            if results.by_meaning:
                found["without_vectors"] = results.without_vectors
            return found

    @_told
    def cable(self, id: Id, offset: Offset = 0) -> WholeCable:
        """Read a cable: its facts and its paragraphs, from the one at `offset` on."""
        with self._index() as index:
            found = index.cable(id)
            if not found:
                raise ToolError(f"{line(id)} is not in the index")
            return reading.whole_cable(found, offset)

    @_told
    def paragraph(
        self,
        id: Id,
        around: Annotated[
            int, Field(ge=0, le=MAX_NEIGHBOURS, description="Paragraphs before and behind.")
        ] = 0,
        start: Annotated[
            int, Field(ge=0, description="The place in its text to read on from: text_continues_at.")
        ] = 0,
    ) -> Found:
        """Read a paragraph, with its neighbours if wanted, or a long one from some place on."""
        with self._index() as index:
            entries = reading.neighbours(index, id, 0 if start else around)
            if not entries:
                raise ToolError(f"{line(id)} is not in the index: give the id of a paragraph, 07ASTANA48#6")
            passages = [reading.passage(entries[0], start)] if start else reading.fill(entries)
            return {
                "notice": NOTICE,
                "query": line(id),
                "total": len(entries),
                "some_words_only": False,
                "did_you_mean": None,
                "passages": passages,
                "next_offset": None,
            }

    @_told
    def facets(
        self,
        by: Annotated[list[str], Field(min_length=1, max_length=10, description="origin, year, tag ...")],
        query: Query = "*",
        limit: Annotated[int, Field(ge=1, le=MAX_VALUES)] = 20,
    ) -> Counts:
        """Count the paragraphs that a query finds by the values of fields, most frequent first."""
        if self._redact and "person" in by:
            raise ToolError("people are not counted here: names are protected")
        with self._index() as index:
            found = index.facets(query, by)
            return {
                "query": query,
                "total": found.total,
                "counts": {
                    name: {line(value): count for value, count in islice(values.items(), limit)}
                    for name, values in found.items()
                },
                "values": {name: len(values) for name, values in found.items()},
            }

    @_told
    def timeline(
        self, query: Query = "*", by: Literal["year", "month"] = "year", offset: Offset = 0
    ) -> Periods:
        """Count the paragraphs that a query finds by year or month; at most 240 of them, from `offset` on."""
        with self._index() as index:
            found = index.timeline(query, by)
            periods = dict(islice(found.periods.items(), offset, offset + MAX_PERIODS))
            return {
                "query": query,
                "by": by,
                "total": found.total,
                "undated": found.undated,
                "periods": periods,
            }

    @_told
    def people(
        self,
        query: Query = "*",
        name: Annotated[
            str | None, Field(max_length=200, description="Only those whom this name may mean.")
        ] = None,
        limit: Annotated[int, Field(ge=1, le=MAX_PEOPLE)] = 20,
        offset: Offset = 0,
    ) -> PeopleNamed:
        """List the people named in the paragraphs that a query finds, the most frequently named first."""
        with self._index() as index:
            found = [one.person for one in index.person(name, query)] if name else list(index.people(query))
            page = found[offset : offset + limit]
            return {
                "notice": NOTICE,
                "query": query,
                "total": len(found),
                "people": [
                    {
                        "name": line(person.name),
                        "paragraphs": person.paragraphs,
                        "other_forms": reading.lines(form for form in person.forms if form != person.name),
                    }
                    for person in page
                ],
                "next_offset": offset + len(page) if offset + len(page) < len(found) else None,
            }

    @_told
    def cited(self, id: Id) -> Cited:
        """List the cables that a cable cites, and those that cite it; it need not be in the index itself."""
        with self._index() as index:
            found = index.citations(id)
            cites, cited_by = found.cites[:MAX_CITATIONS], found.cited_by[:MAX_CITATIONS]
            return {
                "notice": NOTICE,
                "id": line(found.id),
                "cites": list(map(reading.at_other_end, cites)),
                "cited_by": list(map(reading.at_other_end, cited_by)),
                "left_out": len(found.cites) - len(cites) + found.total - len(cited_by),
            }

    @_told
    def explain(
        self,
        query: Query,
        hit: Annotated[
            str | None, Field(max_length=400, description="How this paragraph's score is made.")
        ] = None,
    ) -> Explained:
        """Say how a query is understood and how frequent its words are, or why a paragraph is found."""
        with self._index() as index:
            told = index.explain_hit(query, hit) if hit else index.explain(query)
            return {
                "query": query,
                "lines": [escape_controls(each)[:MAX_LINE] for each in told[:MAX_EXPLAINED]],
            }

    def text(self, id: str) -> str:
        """Return a cable as text."""
        try:
            with self._index() as index:
                found = index.cable(id)
        except CablesearchError as error:
            raise ResourceNotFoundError(line(str(error))) from error
        if not found:
            raise ResourceNotFoundError(f"{line(id)} is not in the index")
        return reading.as_text(found)
