"""The engines, each imported only when it is asked for."""

from __future__ import annotations

from importlib import import_module

from .base import Engine

NAMES = ("whoosh", "tantivy")


def engine(name: str) -> Engine:
    """Give the engine of that name.

    Raises:
        ValueError: there is no engine of that name.
    """
    if name not in NAMES:
        raise ValueError(f"no engine is called {name!r}; there are {', '.join(NAMES)}")
    module = import_module(f".{name}", __name__)
    made: Engine = module.ENGINE
    return made
