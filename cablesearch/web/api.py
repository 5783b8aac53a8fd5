"""The routes of the HTTP API. What they answer is described in docs/json.md."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Literal, TextIO

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from .. import Cable, Overview, Passages, export, link_template
from .access import Access, Here
from .errors import NothingThereError, error_response
from .questions import Sort
from .rendering import TEXTS, link
from .streams import streamed
from .timeline import Period

MAX_LIMIT = 100  # hits in one answer
MAX_VALUES = 1_000
FORMATS = export.unlimited_formats()

router = APIRouter(prefix="/api", default_response_class=JSONResponse)

Words = Annotated[str, Query(max_length=4_000, description="In the query language.")]
Limit = Annotated[int, Query(ge=0, le=MAX_LIMIT)]
Values = Annotated[int, Query(ge=1, le=MAX_VALUES)]
Offset = Annotated[int, Query(ge=0, le=1_000_000_000)]
Id = Annotated[str, Path(max_length=200, description="In any spelling; # is written %23.")]
Answer = dict[str, Any]


@router.get("/search", summary="Find paragraphs")
def search(
    here: Here,
    request: Request,
    response: Response,
    q: Words,
    limit: Limit = 10,
    offset: Offset = 0,
    sort: Sort = "relevance",
    per_cable: Annotated[int | None, Query(ge=1, le=MAX_LIMIT)] = None,
    group: bool = False,
) -> Answer:
    """Return the hits, best first. The header `Link` has the address of the next ones."""
    results = here.index.search(q, limit=limit, offset=offset, sort=sort, per_cable=per_cable)
    if limit and len(results) == limit:
        following = link(request.url.path, **{**request.query_params, "offset": offset + limit})
        response.headers["link"] = f'<{following}>; rel="next"'
    return replace(results, grouped=group).as_dict()


@router.get("/cable/{id:path}", summary="One cable")
def cable(here: Here, id: Id) -> Answer:
    """Return a cable with all its paragraphs."""
    return dict(_cable(here, id).as_dict())


@router.get("/paragraph/{id:path}", summary="One paragraph")
def paragraph(here: Here, id: Id) -> Answer:
    """Return a cable with only one of its paragraphs."""
    found = here.index.cable(id)
    number = id.partition("#")[2].strip().lower()
    chosen = [one for one in found.paragraphs if one.id == f"{found.id}#{number}"] if found else []
    if not found or not chosen:
        raise NothingThereError(f"{id} is not in the index: a paragraph is 07ASTANA48%236")
    return dict(replace(found, paragraphs=tuple(chosen)).as_dict())


@router.get("/cited/{id:path}", summary="What a cable cites, and what cites it")
def cited(here: Here, id: Id) -> Answer:
    """Return what a cable cites, and what cites it; the cable itself need not be here."""
    found = here.index.citations(id)
    if not found and not found.cable:
        raise NothingThereError(f"{id} is not in the index, and nothing cites it")
    return found.as_dict()


@router.get("/thread/{id:path}", summary="The cables that citations tie to a cable")
def thread(here: Here, id: Id, steps: Annotated[int, Query(ge=1, le=10)] = 3, limit: Values = 50) -> Answer:
    """Return the exchange that a cable is part of, in both directions."""
    _cable(here, id)
    return here.index.thread(id, steps=steps, limit=limit).as_dict()


@router.get("/facets", summary="Counts by value")
def facets(here: Here, by: str, q: Words = "*", limit: Values = 10) -> Answer:
    """Count the matching paragraphs by the values of fields, which commas separate."""
    fields = [name.strip().lower() for name in by.split(",")]
    if "person" in fields:
        here.needs_people()
    return here.index.facets(q, fields).top(limit).as_dict()


@router.get("/timeline", summary="Counts over time")
def timeline(here: Here, q: Words = "*", by: Period = "year") -> Answer:
    """Count the matching paragraphs by the year, month or day of their cables."""
    return here.index.timeline(q, by).as_dict()


@router.get("/people", summary="The people named")
def people(here: Here, q: Words = "*", limit: Values = 100) -> Answer:
    """Return the people named in the matching paragraphs, the most frequently named first."""
    here.needs_people()
    return here.index.people(q).top(limit).as_dict()


@router.get("/person", summary="One person")
def person(here: Here, name: Annotated[str, Query(max_length=400)], q: Words = "*") -> Answer:
    """Return everyone whom a name may mean; the first one with all that is known."""
    here.needs_people()
    found = here.index.person(name, q)
    if not found:
        raise NothingThereError(f"nobody is called {name} here")
    return found.as_dict()


@router.get("/similar", summary="Paragraphs that are alike")
def similar(here: Here, id: Annotated[str, Query(max_length=200)], limit: Limit = 10) -> Answer:
    """Find the paragraphs most like a given paragraph or cable."""
    _cable(here, id)
    return here.index.similar(id, limit=limit).as_dict()


@router.get("/explain", summary="How a query is understood")
def explain(here: Here, q: Words, id: Annotated[str | None, Query(max_length=200)] = None) -> Answer:
    """Return lines that say how a query is understood; with `id`, how that paragraph's score is made up."""
    lines = here.index.explain_hit(q, id) if id else here.index.explain(q)
    return {"query": q, "lines": lines}


@router.get("/suggest", summary="How a query could go on")
def suggest(here: Here, q: Words) -> Answer:
    """Return how a query could go on whose last word is being typed."""
    return {"query": q, "suggestions": [one.as_dict() for one in here.opened.suggestions.complete(q)]}


@router.get("/info", summary="What is in the index")
def info(here: Here) -> Answer:
    """Return what is in the index, and when it was built."""
    counts = here.index.facets("*", ["origin", "year", "classification"])
    return Overview(here.opened.state, counts, here.index.references).as_dict()


@router.get("/export", summary="Everything found, as a file", response_class=StreamingResponse)
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

    name = {"content-disposition": f'attachment; filename="cablesearch{made.extension}"'}
    encoding = "utf-8-sig" if format == "csv" else "utf-8"  # by its mark Excel knows UTF-8
    return StreamingResponse(streamed(write, encoding), media_type=made.media_type, headers=name)


def _cable(here: Access, id: str) -> Cable:
    """Return the cable with an id.

    Raises:
        NothingThereError: there is none.
    """
    found = here.index.cable(id)
    if not found:
        raise NothingThereError(f"{id} is not in the index")
    return found
