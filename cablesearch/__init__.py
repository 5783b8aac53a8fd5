"""Full-text search over diplomatic cables: ranked paragraphs that can be cited.

from cablesearch import open_index, parse_cable

cable = parse_cable(text, id="07ASTANA48")
with open_index("index") as index:
    for hit in index.search("democratic reform origin:Astana"):
        print(hit.paragraph.id, hit.paragraph.text)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ._version import __version__

if TYPE_CHECKING:
    from .errors import (
        BrokenIndexError,
        CablesearchError,
        IndexStateError,
        LockedError,
        NoIndexError,
        QueryError,
        UnreadableError,
    )
    from .indexing import rebuild as rebuild_index
    from .indexing import update as update_index
    from .parse import parse_cable
    from .search.index import open_index

# Where each public name is defined, and as what: nothing is imported before it is asked for.
_NAMES = {
    "BrokenIndexError": ("errors", "BrokenIndexError"),
    "CablesearchError": ("errors", "CablesearchError"),
    "IndexStateError": ("errors", "IndexStateError"),
    "LockedError": ("errors", "LockedError"),
    "NoIndexError": ("errors", "NoIndexError"),
    "QueryError": ("errors", "QueryError"),
    "UnreadableError": ("errors", "UnreadableError"),
    "open_index": ("search.index", "open_index"),
    "parse_cable": ("parse", "parse_cable"),
    "rebuild_index": ("indexing", "rebuild"),
    "update_index": ("indexing", "update"),
}

__all__ = [
    "BrokenIndexError",
    "CablesearchError",
    "IndexStateError",
    "LockedError",
    "NoIndexError",
    "QueryError",
    "UnreadableError",
    "__version__",
    "open_index",
    "parse_cable",
    "rebuild_index",
    "update_index",
]


def __getattr__(name: str) -> Any:
    if name not in _NAMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _NAMES[name]
    return getattr(import_module(f".{module}", __name__), attribute)
