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
from .addresses import own_path
from .first_run import first_run_page, is_from_here
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
    if _is_api(request):
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


def _is_api(request: Request) -> bool:
    return own_path(request.scope).startswith("/api/")


async def _not_modified(request: Request, error: Exception) -> Response:
    return Response(status_code=304)


async def _cablesearch_error(request: Request, error: Exception) -> Response:
    if isinstance(error, NoIndexError) and not _is_api(request):
        return first_run_page(request, told(request, error))
    better = error.better if isinstance(error, QueryError) else None
    return error_response(request, _status(error), told(request, error), better=better)


def told(request: Request, error: Exception) -> str:
    """Return what an error says; to others than the user of this machine not where on its disk something is.

    They cannot mend an index either: why it cannot be read is said on standard error.
    """
    said, settings = str(error), request.state.settings
    if is_from_here(request):
        return said
    if isinstance(error, IndexStateError) and not isinstance(error, NoVectorsError):
        sys.stderr.write(f"cablesearch: {said}\n")
        return TEXTS["refused_state"]
    folders = [*settings.indexes, *([settings.notebook_file.parent] if settings.notebook_file else [])]
    for folder in folders:
        said = said.replace(str(folder), folder.name) if folder.name else said
    return said


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
