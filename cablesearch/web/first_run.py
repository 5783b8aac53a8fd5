"""The page where there is no index yet: whoever sits at this machine names a folder, and sees it indexed.

A path is taken only from this machine: by a server that nobody else can ask, from a request that no proxy has
passed on, in a form of ours (`changes.py`). No other request brings a path to the file system.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock, Thread
from urllib.parse import urlsplit
from urllib.request import url2pathname

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from .. import BuildProgress, IndexStateError, NoIndexError, open_index, update_index
from ..errors import CablesearchError
from .addresses import link
from .changes import Change
from .rendering import TEXTS, page
from .settings import Settings, host_name, is_this_machine

# With one of these, a proxy has passed the request on: who asks may be anywhere.
_PASSED_ON = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")

MAX_REASONS = 5  # files that could not be read which are named

router = APIRouter(include_in_schema=False)


@dataclass(slots=True)
class FirstBuild:
    """The building of an index that was not there; there is one at a time.

    Attributes:
        source: what it is built from.
        progress: how far it is, None if it is not under way.
        fault: why the last one has failed.
    """

    folder: Path
    source: Path | None = None
    progress: BuildProgress | None = None
    fault: str | None = None
    _lock: Lock = field(default_factory=Lock)

    def start(self, source: Path) -> None:
        """Begin to build from a source, unless that is already under way."""
        with self._lock:
            if self.progress:
                return
            self.source, self.fault = source, None
            self.progress = BuildProgress("looking", 0, 0, 0, 0)
        Thread(target=self._run, args=(source,), daemon=True).start()

    def _run(self, source: Path) -> None:
        try:
            report = update_index(self.folder, [source], progress=self._note)
            if not report.cables:
                reasons = (f"{one.source}: {one.reason}" for one in report.failures[:MAX_REASONS])
                self.fault = "\n".join((TEXTS["first_run_nothing"], *reasons))
        except CablesearchError as error:
            self.fault = str(error)
        except Exception as error:  # the page says it, as nobody waits for the thread
            self.fault = f"{TEXTS['refused_500']} ({type(error).__name__})"
        finally:
            self.progress = None

    def _note(self, progress: BuildProgress) -> None:
        self.progress = progress


def first_run_page(request: Request, message: str, *, typed: str = "", status: int = 503) -> Response:
    """Return the page where there is no index.

    Args:
        message: why there is nothing to show.
        typed: what was sent as a path, and is none.
    """
    going_on: FirstBuild = request.app.state.first_build
    build = replace(going_on)  # as it is now: it may end while the page is made
    settings: Settings = request.state.settings
    is_idle = not (build.progress or build.fault)
    # Of several, another may be missing, whatever is in this one.
    if request.method == "GET" and is_idle and not settings.others and has_cables(build.folder):
        return RedirectResponse(link("/"), 303)  # the index came while this was looked for
    context = {
        "may_build": may_build(request),
        "build": build,
        "message": message,
        "token": request.app.state.token,
        "typed": typed,
    }
    return page(request, "first_run.html", context, status=status)


@router.post("/")
def build_index(request: Request, change: Change) -> Response:
    """Begin to build the index from a path; the page then shows how far it is."""
    build: FirstBuild = request.app.state.first_build
    if not may_build(request) or has_cables(build.folder):
        raise HTTPException(403, TEXTS["refused_build"])
    typed = change.get("path", "").strip()
    source = _path(typed)
    if source:
        build.start(source)
        return RedirectResponse(link("/"), 303)
    return first_run_page(request, TEXTS["first_run_no_path"], typed=typed, status=400)


def has_cables(folder: Path) -> bool:
    """Whether there is an index that is not empty, or one that cannot be read."""
    try:
        with open_index(folder) as index:
            return index.state.cables > 0
    except NoIndexError:
        return False
    except IndexStateError:
        return True


def may_build(request: Request) -> bool:
    """Whether who asks may have an index built: of several there may be others."""
    settings: Settings = request.state.settings
    return is_from_here(request) and not settings.others


def is_from_here(request: Request) -> bool:
    """Whether a request comes from this machine, to a server that only this machine can ask."""
    settings: Settings = request.state.settings
    asked_as = host_name(request.headers.get("host", ""))
    from_here = request.client is not None and is_this_machine(request.client.host)
    passed_on = any(name in request.headers for name in _PASSED_ON)
    return settings.is_private and from_here and is_this_machine(asked_as) and not passed_on


def _path(typed: str) -> Path | None:
    """Return the file or folder that was typed, pasted or dropped (`file://`); None if there is none."""
    text = typed.strip("\"'")
    if text.startswith("file:"):
        text = url2pathname(urlsplit(text).path)
    try:
        path = Path(text).expanduser()
        found = path.is_absolute() and path.parent != path and path.exists()
    except (OSError, RuntimeError, ValueError):  # too long, without a home, with a null character
        return None
    return path if found else None
