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
    from .corpus.record import Failure
    from .engines import NAMES as ENGINES
    from .errors import (
        BrokenIndexError,
        CablesearchError,
        IndexStateError,
        LockedError,
        NoIndexError,
        QueryError,
        UnreadableError,
    )
    from .indexing import Progress as BuildProgress
    from .indexing import Report, State, index_sources
    from .indexing import rebuild as rebuild_index
    from .indexing import update as update_index
    from .indexing.read import read_cables
    from .model.cable import Cable, Paragraph
    from .model.reference_id import canonical as canonical_id
    from .parse import parse_cable
    from .query import explain_query
    from .query.fields import FIELDS, Field
    from .search.index import Index, open_index
    from .search.results import Dossier, Dossiers, Facets, Hit, Overview, People, Results, Timeline

# Where each public name is defined, and as what: nothing is imported before it is asked for.
_NAMES = {
    "BrokenIndexError": ("errors", "BrokenIndexError"),
    "BuildProgress": ("indexing", "Progress"),
    "Cable": ("model.cable", "Cable"),
    "CablesearchError": ("errors", "CablesearchError"),
    "Dossier": ("search.results", "Dossier"),
    "Dossiers": ("search.results", "Dossiers"),
    "ENGINES": ("engines", "NAMES"),
    "FIELDS": ("query.fields", "FIELDS"),
    "Facets": ("search.results", "Facets"),
    "Failure": ("corpus.record", "Failure"),
    "Field": ("query.fields", "Field"),
    "Hit": ("search.results", "Hit"),
    "Index": ("search.index", "Index"),
    "IndexStateError": ("errors", "IndexStateError"),
    "LockedError": ("errors", "LockedError"),
    "NoIndexError": ("errors", "NoIndexError"),
    "Overview": ("search.results", "Overview"),
    "Paragraph": ("model.cable", "Paragraph"),
    "People": ("search.results", "People"),
    "QueryError": ("errors", "QueryError"),
    "Report": ("indexing", "Report"),
    "Results": ("search.results", "Results"),
    "State": ("indexing", "State"),
    "Timeline": ("search.results", "Timeline"),
    "UnreadableError": ("errors", "UnreadableError"),
    "canonical_id": ("model.reference_id", "canonical"),
    "explain_query": ("query", "explain_query"),
    "index_sources": ("indexing", "index_sources"),
    "open_index": ("search.index", "open_index"),
    "parse_cable": ("parse", "parse_cable"),
    "read_cables": ("indexing.read", "read_cables"),
    "rebuild_index": ("indexing", "rebuild"),
    "update_index": ("indexing", "update"),
}

__all__ = [
    "ENGINES",
    "FIELDS",
    "BrokenIndexError",
    "BuildProgress",
    "Cable",
    "CablesearchError",
    "Dossier",
    "Dossiers",
    "Facets",
    "Failure",
    "Field",
    "Hit",
    "Index",
    "IndexStateError",
    "LockedError",
    "NoIndexError",
    "Overview",
    "Paragraph",
    "People",
    "QueryError",
    "Report",
    "Results",
    "State",
    "Timeline",
    "UnreadableError",
    "__version__",
    "canonical_id",
    "explain_query",
    "index_sources",
    "open_index",
    "parse_cable",
    "read_cables",
    "rebuild_index",
    "update_index",
]


def __getattr__(name: str) -> Any:
    if name not in _NAMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _NAMES[name]
    return getattr(import_module(f".{module}", __name__), attribute)
