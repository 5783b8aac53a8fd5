"""The engines, each imported only when it is used."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from ..errors import UnknownEngineError

if TYPE_CHECKING:
    from .guarded import Engine

LOCAL = ("whoosh", "tantivy")
REMOTE = ("opensearch",)  # which keep their indexes on a cluster
NAMES = (*LOCAL, *REMOTE)

SMALL_TEXT_BYTES = 4_000_000  # up to here whoosh is as good, and starts faster


def check_name(name: str) -> None:
    """Accept the name of an engine.

    Raises:
        UnknownEngineError: there is no such engine.
    """
    if name not in NAMES:
        raise UnknownEngineError(f"there is no engine {name!r}: choose auto, {', '.join(NAMES)}")


def engine(name: str) -> Engine:
    """Return the engine of that name.

    Raises:
        UnknownEngineError: there is no such engine.
    """
    check_name(name)
    found: Engine = import_module(f".{name}", __name__).ENGINE
    return found


def large_text_engine() -> str:
    """Return the name of the engine for more text: tantivy, unless it has no build for this machine."""
    return "tantivy" if find_spec("tantivy") else "whoosh"
