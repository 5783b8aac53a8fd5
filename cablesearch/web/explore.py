"""The pages that show a corpus as a whole: trends, a map, the most cited cables, what is in the index."""

from __future__ import annotations

from io import StringIO
from typing import get_args

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from .. import Cable, Trend
from ..export import drawing, load
from . import narrowing
from .access import Access, Here
from .addresses import link
from .cable_page import source_name
from .questions import Period, Question
from .rendering import page
from .world import draw_map, land

MAX_QUERIES = 6  # compared; as many colours there are
INPUTS = 3  # for queries that a page has at least
MAX_CITED = 60
MAX_FAILURES = 500
PERIODS: tuple[Period, ...] = get_args(Period)
FORMATS = ("svg", "csv", "json")  # of a trend

router = APIRouter(prefix="/explore", include_in_schema=False)


@router.get("")
def trends(here: Here, request: Request) -> Response:
    """Return the shares of queries over time as lines."""
    parameters = request.query_params
    asked = [*dict.fromkeys(query.strip() for query in parameters.getlist("w") if query.strip())][
        :MAX_QUERIES
    ]
    by: Period = next((one for one in PERIODS if one == parameters.get("by")), "year")
    queries = asked or _examples(here)
    trend = here.index.trend(queries, by)
    if (format := parameters.get("as")) in FORMATS:
        return _file(trend, format)
    context = {
        "queries": asked + [""] * (max(INPUTS, min(len(asked) + 1, MAX_QUERIES)) - len(asked)),
        "is_example": not asked,
        "by": by,
        "trend": trend,
        "chart": Markup(drawing(trend.chart(), lambda line, period: _narrowed(line.name, period))),
        "files": [(format, _address(queries, by, format)) for format in FORMATS],
        "periods": [(one, _address(queries, one)) for one in ("year", "month")],
    }
    return page(request, "trends.html", context | {"tabs": _tabs(queries[0] if asked else "")})


def _examples(here: Access) -> list[str]:
    """Return queries of this index to begin with: its most frequent tags, or else everything."""
    tags = [*here.facets("*", ["tag"])["tag"]][:INPUTS]
    return [f"tag:{narrowing.quoted(tag)}" for tag in tags] or ["*"]


def _narrowed(query: str, period: str) -> str:
    return Question(narrowing.replace(query, "date", period)).address()


def _address(queries: list[str], by: Period, format: str | None = None) -> str:
    return link("/explore", w=queries, by=by if by != "year" else None, **{"as": format})


def _file(trend: Trend, format: str) -> Response:
    made, stream = load(format), StringIO()
    made.write([trend], stream)
    name = {"content-disposition": f'attachment; filename="trend{made.extension}"'}
    return Response(stream.getvalue(), media_type=made.media_type, headers=name)


@router.get("/map")
def posts(here: Here, request: Request) -> Response:
    """Return where the paragraphs that a query finds were sent from."""
    question = Question.of(request.query_params)
    origins = here.facets(question.query or "*", ["origin"])["origin"]
    context = {
        "question": question,
        "map": draw_map(origins),
        "land": land(),
        "origins": origins,
        "narrowed": lambda origin: question.address(narrowing.include(question.query, "origin", origin)),
    }
    return page(request, "map.html", context | {"tabs": _tabs(question.query)})


@router.get("/cited")
def cited(here: Here, request: Request) -> Response:
    """Return the cables that what a query finds cites most."""
    question = Question.of(request.query_params)
    counts = here.facets(question.query or "*", ["cites"])["cites"]
    most: list[tuple[str, int, Cable | None]] = [
        (id, paragraphs, here.index.cable(id)) for id, paragraphs in [*counts.items()][:MAX_CITED]
    ]
    context = {"question": question, "cited": most, "total": len(counts)}
    return page(request, "cited.html", context | {"tabs": _tabs(question.query)})


@router.get("/index")
def contents(here: Here, request: Request) -> Response:
    """Return what is in the index, and what could not be read."""
    state, failures = here.opened.state, here.index.failures
    sources = {source: source.name or str(source) for source in state.sources}
    context = {
        "state": state,
        "sources": sources.values(),
        "counts": here.facets("*", ["classification", "year", "origin", "tag", "collection"]),
        "references": here.index.references,
        "failures": [(source_name(one.source, sources), one.reason) for one in failures[:MAX_FAILURES]],
        "failed": len(failures),
    }
    return page(request, "contents.html", context | {"tabs": _tabs("")})


def _tabs(query: str) -> dict[str, str]:
    """Return the addresses of these pages for the same question, by their own paths."""
    return {
        "/explore": link("/explore", w=query),
        "/explore/map": link("/explore/map", q=query),
        "/explore/cited": link("/explore/cited", q=query),
        "/explore/index": link("/explore/index"),
    }
