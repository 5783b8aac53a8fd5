"""Templates and the texts in them. Whatever is not a template is escaped, whoever wrote it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from .. import FIELDS, __version__, marking_in_words, tag_in_words
from ..export import escape_controls
from .addresses import cable_link, link, own_path
from .narrowing import quoted
from .settings import Settings

FOLDER = Path(__file__).parent
STATIC = {"style.css": "text/css", "script.js": "text/javascript", "icon.svg": "image/svg+xml"}

TABLE_CHARS = 100  # in the longest line of a table; a telegram's lines have 69

Span = tuple[int, int]  # start and end in a text
Piece = tuple[str, bool]  # text, and whether it matched


TEXTS: dict[str, str] = tomllib.loads((FOLDER / "labels.toml").read_text("utf-8"))


def page(
    request: Request,
    template: str,
    context: Mapping[str, object],
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    media_type: str = "text/html",
) -> Response:
    """Return a page made of a template."""
    settings: Settings = request.state.settings
    about = {
        "query": request.query_params.get("q", ""),
        "path": own_path(request.scope),
        "shows_people": settings.shows_people,
        "shows_notes": settings.notebook_file is not None,
    }
    text = environment().get_template(template).render(about | dict(context))
    return HTMLResponse(text, status, headers, media_type)


@cache
def environment() -> Environment:
    """Return the templates."""
    made = Environment(
        loader=PackageLoader(__package__),
        autoescape=lambda name: not (name or "").endswith(".txt"),
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals |= {
        "t": SimpleNamespace(**TEXTS),  # not a dict, which has attributes of its own
        "label": TEXTS.get,
        "version": __version__,
        "fields": FIELDS,
        "static": static_address,
        "link": link,
        "cable_link": cable_link,
        "quoted": quoted,
        "counted": counted,
        "pieces": pieces,
        "suffix": suffix,
        "layout": layout,
        "level_class": level_class,
        "marking_class": marking_class,
    }
    made.filters |= {
        "n": _number,
        "in_words": marking_in_words,
        "tag_meaning": tag_in_words,
        "moment": moment,
        "without": lambda said, name: {key: value for key, value in said.items() if key != name},
    }
    return made


def _shown(value: object) -> object:
    """Return what a template shows: text has its control and direction marks made visible."""
    if value is None:
        return ""
    return escape_controls(value, lines=True) if type(value) is str else value


def _number(value: int) -> str:
    return f"{value:,}"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, which has two labels."""
    return f"{number:,} {TEXTS[f'{noun}_one' if number == 1 else f'{noun}_many']}"


def moment(value: object) -> str:
    """Return a date with its time, if that is known: `2007-01-08 12:31`."""
    return str(value).removesuffix(":00") if value else ""


def suffix(id: str) -> str:
    """Return a paragraph's own part of its id, by which it is found in its page."""
    return id.rpartition("#")[2]


def pieces(text: str, spans: Sequence[Span]) -> Iterator[Piece]:
    """Yield a text in pieces: what lies in one of the spans has matched."""
    at = 0
    for start, end in spans:
        if start > at:
            yield text[at:start], False
        if end > max(start, at):
            yield text[max(start, at) : end], True
        at = max(at, end)
    if at < len(text):
        yield text[at:], False


def layout(text: str) -> str:
    """Return the class of a text that keeps its lines: those of a table are short, and stand in columns."""
    lines = text.splitlines()
    if len(lines) < 2:
        return ""
    return "table" if max(map(len, lines)) <= TABLE_CHARS else "lines"


_CLASSES = {"UNCLASSIFIED": "u", "CONFIDENTIAL": "c", "SECRET": "s", "TOP SECRET": "ts"}


def level_class(level: str | None) -> str:
    """Return the class of the colour of a level; those of older documents share one."""
    return f"level-{_CLASSES.get(level, 'o')}" if level else ""


def marking_class(marking: str | None) -> str:
    """Return the class of the colour of a paragraph's marking."""
    return level_class(marking_in_words(marking).partition(",")[0]) if marking else ""


@cache
def static_file(name: str) -> tuple[bytes, str]:
    """Return the content of one of our own files, and its media type."""
    return (FOLDER / "static" / name).read_bytes(), STATIC[name]


def static_address(name: str) -> str:
    """Return the address of one of our own files, which changes with its content."""
    return link(f"/static/{name}?{_digest(name)}")


@cache
def _digest(name: str) -> str:
    return sha256(static_file(name)[0]).hexdigest()[:12]
