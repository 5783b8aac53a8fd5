"""Errors as pages, and under /api/ as problem+json (RFC 9457): each says what to do."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from .. import IndexStateError, NoIndexError, NotebookError, PeopleFileError, QueryError, SlowQueryError
from ..errors import CablesearchError, NoVectorsError
from ..export import escape_controls
from .first_run import first_run_page
from .rendering import TEXTS, page

Handler = Callable[[Request, Exception], Awaitable[Response]]


class NotModifiedError(Exception):
    """The answer is the one that the client has."""


class NothingThereError(CablesearchError):
    """What an address names is not in the index."""


def install(app: FastAPI) -> None:
    """Make an application answer its errors in our way."""
    handlers: dict[type[Exception], Handler] = {
        NotModifiedError: _not_modified,
        CablesearchError: _cablesearch_error,
        HTTPException: _http_error,
        RequestValidationError: _invalid,
        Exception: _unexpected,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


def refusal(
    request: Request, status: int, reason: str, *, headers: Mapping[str, str] | None = None
) -> Response:
    """Return the answer to a request that is refused, for one of the reasons in `labels.toml`."""
    return error_response(request, status, TEXTS[f"refused_{reason}"], headers=headers)


def error_response(
    request: Request,
    status: int,
    message: str,
    *,
    better: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return an error as a page, or as problem+json under /api/.

    Args:
        message: what is wrong, and what to do.
        better: the query that was probably meant.
    """
    title = TEXTS.get(f"status_{status}", HTTPStatus(status).phrase)
    if request.url.path.startswith("/api/"):
        problem = {
            "type": "about:blank",
            "title": title,
            "status": status,
            "detail": escape_controls(message),
        }
        if better:
            problem["better"] = better
        return JSONResponse(problem, status, headers, "application/problem+json")
    context = {"status": status, "title": title, "message": message, "better": better}
    return page(request, "error.html", context, status=status, headers=headers)


async def _not_modified(request: Request, error: Exception) -> Response:
    return Response(status_code=304)


async def _cablesearch_error(request: Request, error: Exception) -> Response:
    if isinstance(error, NoIndexError) and not request.url.path.startswith("/api/"):
        return first_run_page(request, str(error))
    better = error.better if isinstance(error, QueryError) else None
    return error_response(request, _status(error), str(error), better=better)


def _status(error: Exception) -> int:
    if isinstance(error, NothingThereError):
        return 404
    if isinstance(error, QueryError):
        return 503 if isinstance(error, SlowQueryError) else 400
    if isinstance(error, NoVectorsError):
        return 400
    return 503 if isinstance(error, IndexStateError | NotebookError | PeopleFileError) else 500


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = error.status_code
    message = TEXTS.get(f"refused_{status}") or str(error.detail)
    return error_response(request, status, message, headers=error.headers)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = (f"{'.'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in error.errors())
    return error_response(request, 422, "; ".join(faults))


async def _unexpected(request: Request, error: Exception) -> Response:
    """Answer an error of our own. Where it happened is said on standard error, what was asked is not."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{place.filename}:{place.lineno}"
    sys.stderr.write(f"cablesearch: an error in cablesearch itself: {type(error).__name__} at {where}\n")
    return error_response(request, 500, TEXTS["refused_500"])
