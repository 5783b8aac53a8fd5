"""The routes of the HTTP API. What they answer is described in docs/json.md, and typed in `answers`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Literal, TextIO

import orjson
from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import StreamingResponse

from .. import Cable, Difference, Overview, Passages, export, link_template
from . import answers
from .access import Access, Here
from .addresses import link
from .cable_page import source_name
from .cursor import make_cursor, read_cursor
from .errors import NothingThereError, error_response
from .questions import Period, Sort
from .rendering import TEXTS
from .streams import streamed

MAX_LIMIT = 100  # hits in one answer
MAX_VALUES = 1_000
FORMATS = export.unlimited_formats()

# Every status but 200 that a route may answer with; what each means is in docs/web.md.
_STATUSES = (400, 401, 403, 404, 405, 410, 413, 422, 429, 500, 503)

router = APIRouter(
    prefix="/api",
    responses={
        304: {"description": "What the client has is still right"},
        **{
            status: {"description": TEXTS[f"status_{status}"], "model": answers.Problem}
            for status in _STATUSES
        },
    },
)

Words = Annotated[str, Query(max_length=4_000, description="In the query language.")]
Limit = Annotated[int, Query(ge=0, le=MAX_LIMIT)]
Values = Annotated[int, Query(ge=1, le=MAX_VALUES)]
Offset = Annotated[int, Query(ge=0, le=1_000_000_000)]
Id = Annotated[str, Path(max_length=200, description="In any spelling; # is written %23.")]
OneId = Annotated[str, Query(max_length=200)]
Others = Annotated[
    tuple[str, ...], Query(max_length=2, description="A version by number or collection, or another cable.")
]
Meaning = Annotated[bool, Query(description="By what is meant, whatever the words.")]
Cursor = Annotated[str | None, Query(max_length=400, description="`next` of the page before.")]


def answer(values: Mapping[str, object]) -> Response:
    """Return JSON values as a response."""
    return Response(orjson.dumps(values), media_type="application/json")


@router.get("/search", summary="Find paragraphs", response_model=answers.Search)
def search(
    here: Here,
    request: Request,
    q: Words,
    limit: Limit = 10,
    offset: Offset = 0,
    cursor: Cursor = None,
    sort: Sort = "relevance",
    per_cable: Annotated[int | None, Query(ge=1, le=MAX_LIMIT)] = None,
    group: bool = False,
    meaning: Meaning = False,
) -> Response:
    """Return the hits, best first; with `next`, and the header `Link`, to get those that follow."""
    question, version = request.query_params, here.version_for(q)
    if cursor:
        offset = read_cursor(cursor, question, version)
    results = here.index.search(
        q, limit=limit, offset=offset, sort=sort, per_cable=per_cable, meaning=meaning
    )
    found = replace(results, grouped=group).as_dict()
    if not limit or len(results) < limit:
        return answer(found | {"next": None})
    following = make_cursor(offset + limit, question, version)
    response = answer(found | {"next": following})
    response.headers["link"] = f'<{link("/api/search", **{**question, "cursor": following})}>; rel="next"'
    return response


@router.get("/cable/{id:path}", summary="One cable", response_model=answers.Cable)
def cable(here: Here, id: Id) -> Response:
    """Return a cable with all its paragraphs."""
    return answer(_published(here, _cable(here, id)).as_dict())


@router.get("/paragraph/{id:path}", summary="One paragraph", response_model=answers.Cable)
def paragraph(here: Here, id: Id) -> Response:
    """Return a cable with only one of its paragraphs."""
    found = here.index.cable(id)
    chosen = found.paragraph(id.partition("#")[2].strip()) if found else None
    if not found or not chosen:
        raise NothingThereError(f"{id} is not in the index: a paragraph is 07ASTANA48%236")
    return answer(_published(here, replace(found, paragraphs=(chosen,))).as_dict())


@router.get(
    "/cited/{id:path}", summary="What a cable cites, and what cites it", response_model=answers.Citations
)
def cited(here: Here, id: Id) -> Response:
    """Return what a cable cites, and what cites it; the cable itself need not be here."""
    found = here.index.citations(id)
    if not found and not found.cable:
        raise NothingThereError(f"{id} is not in the index, and nothing cites it")
    return answer(found.as_dict())


@router.get(
    "/thread/{id:path}", summary="The cables that citations tie to a cable", response_model=answers.Thread
)
def thread(here: Here, id: Id, steps: Annotated[int, Query(ge=1, le=10)] = 3, limit: Values = 50) -> Response:
    """Return the exchange that a cable is part of, in both directions."""
    _cable(here, id)
    return answer(here.index.thread(id, steps=steps, limit=limit).as_dict())


@router.get("/versions/{id:path}", summary="The versions of a cable", response_model=answers.Versions)
def versions(here: Here, id: Id) -> Response:
    """Return the versions of a cable, one for each file that has it, the oldest file first."""
    found = here.index.versions(_cable(here, id).id)
    sources = here.opened.state.sources
    shown = (row | {"source": source_name(str(row["source"]), sources)} for row in found.records())
    return answer({"versions": [*shown]})


@router.get("/diff/{id:path}", summary="What differs between versions", response_model=answers.Differences)
def diff(here: Here, id: Id, other: Others = ()) -> Response:
    """Return what differs from each version of a cable to the next one, or between the two that are named."""
    cable = _cable(here, id)
    return answer({"differences": [_unplaced(here, one) for one in here.index.compare(cable.id, *other)]})


def _unplaced(here: Access, difference: Difference) -> dict[str, object]:
    """Return a difference as JSON values, without where the sources are on the disk."""
    old, new = (_published(here, side) for side in (difference.old, difference.new))
    return replace(difference, old=old, new=new).as_dict()


@router.get("/facets", summary="Counts by value", response_model=answers.Facets)
def facets(here: Here, by: str, q: Words = "*", limit: Values = 10) -> Response:
    """Count the matching paragraphs by the values of fields, which commas separate."""
    fields = [name.strip().lower() for name in by.split(",")]
    if "person" in fields:
        here.needs_people()
    return answer(here.facets(q, fields).top(limit).as_dict())


@router.get("/timeline", summary="Counts over time", response_model=answers.Timeline)
def timeline(here: Here, q: Words = "*", by: Period = "year") -> Response:
    """Count the matching paragraphs by the year, month or day of their cables."""
    return answer(here.timeline(q, by).as_dict())


@router.get("/people", summary="The people named", response_model=answers.People)
def people(here: Here, q: Words = "*", limit: Values = 100) -> Response:
    """Return the people named in the matching paragraphs, the most frequently named first."""
    here.needs_people()
    return answer(here.index.people(q, limit=limit).as_dict())


@router.get("/person", summary="One person", response_model=answers.Dossiers)
def person(here: Here, name: Annotated[str, Query(max_length=400)], q: Words = "*") -> Response:
    """Return everyone whom a name may mean; the first one with all that is known."""
    here.needs_people()
    found = here.index.person(name, q)
    if not found:
        raise NothingThereError(f"nobody is called {name} here")
    return answer(found.as_dict())


@router.get("/similar", summary="Paragraphs that are alike", response_model=answers.Hits)
def similar(here: Here, id: OneId, limit: Limit = 10, meaning: Meaning = False) -> Response:
    """Find the paragraphs most like a given paragraph or cable."""
    _cable(here, id)
    return answer(here.index.similar(id, limit=limit, meaning=meaning).as_dict())


@router.get("/explain", summary="How a query is understood", response_model=answers.Explanation)
def explain(here: Here, q: Words, id: OneId | None = None, meaning: Meaning = False) -> Response:
    """Return lines that say how a query is understood; with `id`, how that paragraph's score is made up."""
    index = here.index
    lines = index.explain_hit(q, id, meaning=meaning) if id else index.explain(q, meaning=meaning)
    return answer({"query": q, "lines": lines})


@router.get("/suggest", summary="How a query could go on", response_model=answers.Suggestions)
def suggest(here: Here, q: Words) -> Response:
    """Return how a query could go on whose last word is being typed."""
    own = here.notebook.contents.suggested if here.notebook else {}
    found = here.opened.suggestions.complete(q, own)
    return answer({"query": q, "suggestions": [one.as_dict() for one in found]})


@router.get("/info", summary="What is in the index", response_model=answers.Info)
def info(here: Here) -> Response:
    """Return what is in the index, and when it was built."""
    counts = here.facets("*", Overview.counted)
    state = here.opened.state
    found = Overview(state, counts, here.index.references).as_dict()
    return answer(found | {"sources": [source_name(str(one), state.sources) for one in state.sources]})


@router.get(
    "/export",
    summary="Everything found, as a file",
    response_class=StreamingResponse,
    responses={200: {"content": {"*/*": {}}}},
)
def export_all(
    here: Here,
    request: Request,
    q: Words,
    format: Literal[FORMATS] = "csv",  # type: ignore[valid-type]
    style: Literal[export.STYLES] = "plain",  # type: ignore[valid-type]
) -> Response:
    """Return every paragraph that matches with its citation, in one of the formats."""
    made = export.load(format)
    cite = export.citing(style)
    if not here.index.count(q):
        return error_response(request, 404, TEXTS["nothing_to_export"])
    template = link_template(f"{request.base_url}cable/{{cable}}#{{paragraph}}")

    def write(stream: TextIO) -> None:
        with here.shared.use() as opened:  # the export may last longer than the request
            made.write([Passages(opened.index.scan(q), cite, template)], stream)

    headers = {
        "content-disposition": f'attachment; filename="cablesearch{made.extension}"',
        "x-accel-buffering": "no",  # so that nginx sends it on at once
    }
    encoding = "utf-8-sig" if format == "csv" else "utf-8"  # by its mark Excel knows UTF-8
    return StreamingResponse(streamed(write, encoding), media_type=made.media_type, headers=headers)


def _published(here: Access, cable: Cable) -> Cable:
    """Return a cable whose source does not say where that is on the disk."""
    return replace(cable, source=source_name(cable.source, here.opened.state.sources))


def _cable(here: Access, id: str) -> Cable:
    """Return the cable with an id.

    Raises:
        NothingThereError: there is none.
    """
    found = here.index.cable(id)
    if not found:
        raise NothingThereError(f"{id} is not in the index")
    return found
