"""The routes of the pages."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from typing import Literal
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from .. import Cable, Correction, QueryError, SlowQueryError, canonical_id
from ..errors import CablesearchError
from ..export import load, unlimited_formats
from . import narrowing
from .access import Access, Here
from .addresses import cable_link, link
from .cable_page import cable_page, source_name
from .changes import Change
from .citing import style_of, styles
from .errors import NothingThereError
from .facets import FIELDS, chips, facets, fields_shown
from .first_run import first_run_page
from .network import network
from .news import NewsCounts
from .questions import HITS_A_PAGE, SORTS, Question
from .rendering import STATIC, TEXTS, page, static_file
from .timeline import timeline

PEOPLE_A_PAGE = 100
VALUES_A_PAGE = 1_000
CORRECTIONS: tuple[Literal["apart", "same", "nobody"], ...] = ("apart", "same", "nobody")

router = APIRouter(include_in_schema=False)


@router.get("/")
def home(here: Here, request: Request) -> Response:
    """Return the first page: the box, and the index at a glance."""
    if not here.opened.state.cables:
        return first_run_page(request, TEXTS["first_run_empty"])
    counts = here.facets("*", ["origin", "year", "classification"])
    context = {"state": here.opened.state, "counts": counts, "questions": {}, "news": {}}
    if here.notebook and (questions := here.notebook.contents.questions):
        counter: NewsCounts = request.app.state.news
        request.state.etag = None  # what is new changes without the index and the notebook
        context |= {"questions": questions, "news": counter.get()}
    return page(request, "home.html", context)


@router.get("/search")
def search(here: Here, request: Request) -> Response:
    """Return what a query finds."""
    question = Question.of(request.query_params)
    begin, end = ("".join(request.query_params.get(name, "").split()) for name in ("from", "to"))
    if begin or end:
        period = f"{begin}..{end}" if begin != end else begin
        return RedirectResponse(question.address(narrowing.replace(question.query, "date", period)), 303)
    if not question.query:
        return RedirectResponse(link("/"), 303)
    try:
        results = question.ask(here.index)
    except SlowQueryError:
        raise
    except QueryError as error:
        context = {"question": question, "message": str(error), "better": error.better}
        return page(request, "mistake.html", context, status=400)
    context = {
        "question": question,
        "results": results,
        "sorts": SORTS,
        "reading": here.index.explain(question.query, meaning=question.meaning),
        "facets": facets(here, question, fields_shown(here)),
        "timeline": timeline(here, question),
        "chips": [*chips(question)],
        "citation": styles()[question.style],
        "styles": styles(),
        "undated_query": narrowing.replace(question.query, "date", "none"),
        "formats": _formats(),
        "by_meaning": question.meaning or here.index.has_vectors,
        "more": len(results) == HITS_A_PAGE,
        "notes": here.notes_on_paragraphs(hit.paragraph.id for hit in results),
        "token": here.token,
    }
    return page(request, "search.html", context)


@router.get("/values")
def values(here: Here, request: Request) -> Response:
    """Return all values of one field, with their counts, to narrow a query by."""
    question = Question.of(request.query_params)
    field, find = request.query_params.get("by", ""), request.query_params.get("find", "").strip()
    if field not in FIELDS:
        raise HTTPException(404)
    if field == "person":
        here.needs_people()
    [facet] = facets(here, question, [field], shown=None)
    shown = [one for one in facet.values if find.casefold() in f"{one.value} {one.meaning or ''}".casefold()]
    context = {
        "question": question,
        "facet": facet,
        "shown": shown[:VALUES_A_PAGE],
        "total": len(shown),
        "find": find,
    }
    return page(request, "values.html", context)


@router.get("/cable/{id:path}")
def cable(here: Here, request: Request, id: str) -> Response:
    """Return a cable; another spelling of its id leads to it."""
    found, named = here.index.cable(id), here.index.cables(id)
    if not found:
        raise NothingThereError(_unknown(here, id))
    query = request.query_params.get("q", "")
    part = id.partition("#")[2]
    if len(named) > 1 and found.id != canonical_id(id):
        return page(request, "namesakes.html", {"id": id, "cables": named})
    if found.id != id:
        return RedirectResponse(cable_link(f"{found.id}#{part}" if part else found.id, q=query), 307)
    shown_as = request.query_params.get("as")
    if shown_as == "text":
        return page(request, "cable.txt", {"cable": found}, media_type="text/plain")
    if shown_as == "original":
        return _original(here, request, found)
    sources = here.opened.state.sources
    about = cable_page(here.index, found, query, style_of(request.query_params), named, sources)
    context = {
        "page": about,
        "styles": styles(),
        "formats": _formats(),
        "has_original": not here.settings.redact,
        "notes": here.notes_on_cable(found),
    }
    return page(request, "cable.html", context)


@router.get("/versions/{id:path}")
def versions(here: Here, request: Request, id: str) -> Response:
    """Return the versions of a cable, and what differs from one of them to another one."""
    cable = here.index.cable(id)
    if not cable:
        raise NothingThereError(_unknown(here, id))
    if cable.id != id:
        return RedirectResponse(link(f"/versions/{quote(cable.id, safe='/')}"), 307)
    found = here.index.versions(cable.id)
    number = request.query_params.get("new", "")
    new = found.named(number) if number else found[-1]
    if not new:
        raise HTTPException(404)
    sources = here.opened.state.sources
    context = {
        "cable": cable,
        "versions": found,
        "chosen": new,
        "difference": new.difference,
        "source": lambda version: source_name(version.cable.source, sources),
    }
    return page(request, "versions.html", context)


def _original(here: Access, request: Request, cable: Cable) -> Response:
    """Return the text of a cable as it was transmitted."""
    if here.settings.redact:
        raise HTTPException(403, TEXTS["refused_original"])
    text = here.index.original_text(cable.id)
    if text is None:
        raise NothingThereError(TEXTS["no_original"])
    return page(request, "original.html", {"cable": cable, "text": text})


@router.get("/people")
def people(here: Here, request: Request) -> Response:
    """Return the people named, those with a word in their names that is asked for."""
    here.needs_people()
    find = request.query_params.get("find", "").strip()
    number = Question.of(request.query_params).page
    first = (number - 1) * PEOPLE_A_PAGE
    found = here.index.people(limit=PEOPLE_A_PAGE, offset=first, called=find)
    context = {
        "people": found,
        "total": found.total,
        "find": find,
        "number": number,
        "more": found.total > first + PEOPLE_A_PAGE,
        "token": here.token,
        "corrections": [one for one in here.index.corrections if one.kind == "nobody"],
    }
    return page(request, "people.html", context)


@router.get("/person")
def person(here: Here, request: Request) -> Response:
    """Return what the cables say of a person, by a name."""
    here.needs_people()
    name = request.query_params.get("name", "").strip()
    found = here.index.person(name)
    if not found:
        raise NothingThereError(f"nobody is called {name} here")
    first = found[0]
    question = Question(f"person:{narrowing.quoted(first.person.name)}")
    names = {first.person.name, *first.person.forms}
    context = {
        "token": here.token,
        "corrections": [one for one in here.index.corrections if not names.isdisjoint(one[1:])],
        "person": first,
        "others": found[1:],
        "question": question,
        "timeline": timeline(here, question),
        "network": network(here.index, first),
        "cables": [cable for cable in map(here.index.cable, first.cables[:50]) if cable],
    }
    return page(request, "person.html", context)


@router.post("/person")
def correct_person(here: Here, change: Change) -> Response:
    """Correct who a name is, or take that back; then show the person."""
    here.needs_people()
    name, other = (" ".join(change.get(key, "").split()) for key in ("name", "other"))
    kind = next((kind for kind in CORRECTIONS if kind == change.get("kind")), None)
    if not kind:
        raise HTTPException(400)
    correction = Correction(kind, name, other)
    if change.get("take_back"):
        here.index.take_back(correction)
    else:
        here.index.correct(correction)
    shown = link("/people#corrections") if kind == "nobody" else link("/person", name=name)
    return RedirectResponse(shown, 303)


@router.get("/help")
def help(here: Here, request: Request) -> Response:
    """Return how queries are written, with examples on this index."""
    return page(request, "help.html", {"examples": _examples(here)})


@router.get("/static/{name}")
def static(name: str) -> Response:
    """Return one of our own files."""
    if name not in STATIC:
        raise HTTPException(404)
    content, media_type = static_file(name)
    return Response(content, media_type=media_type, headers={"cache-control": "private, max-age=31536000"})


@cache
def _formats() -> tuple[str, ...]:
    """Return the formats of exports whose libraries are installed."""
    found = []
    for name in unlimited_formats():
        with suppress(CablesearchError):
            load(name)
            found.append(name)
    return tuple(found)


def _unknown(here: Access, id: str) -> str:
    """Return the message that there is no such cable, and how to find what mentions it."""
    known = canonical_id(id)
    if known and here.index.count("", {"cites": [known]}):
        return f"{known} is not in the index; the paragraphs that cite it: cites:{known}"
    return f"{known or id} is not in the index; to search for it, write it in the box"


def _examples(here: Access) -> list[tuple[str, int]]:
    """Return queries that find something here, each with the number of paragraphs."""
    index = here.index
    counts = here.facets("*", ["origin", "tag", "classification", "kind", "year"])
    first = {name: next(iter(values), None) for name, values in counts.items()}
    words = [word for start in ("min", "gov", "pre") for word in index.words(start, limit=1)]
    tried = [
        *words[:1],
        " ".join(words[:2]),
        f"{words[0][:5]}*" if words else None,
        f"origin:{narrowing.quoted(first['origin'])}" if first["origin"] else None,
        f"tag:{first['tag']}" if first["tag"] else None,
        f"classification:{narrowing.quoted(first['classification'])}" if first["classification"] else None,
        f"kind:{first['kind']}" if first["kind"] else None,
        f"date:{first['year']}" if first["year"] else None,
        f"{words[0]} NOT origin:{narrowing.quoted(first['origin'])}" if words and first["origin"] else None,
    ]
    found = {query: index.count(query) for query in dict.fromkeys(tried) if query}
    return [(query, paragraphs) for query, paragraphs in found.items() if paragraphs]
