"""Full-text search over diplomatic cables: ranked paragraphs that can be cited.

    from cablesearch import open_index, parse_cable

    cable = parse_cable(text, id="07ASTANA48")
    with open_index("index") as index:
        for hit in index.search("democratic reform origin:Astana"):
            print(hit.paragraph.id, hit.paragraph.text)

This is the whole public API: every front end, including the command line, calls it and nothing below it.
docs/python.md shows each name in use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from ._version import __version__

if TYPE_CHECKING:
    from .compare.difference import Difference
    from .compare.difference import compare as compare_cables
    from .corpus.record import Failure
    from .desk.batch import Batch, BatchHits, count_all, read_questions
    from .desk.news import News, WhatsNew, whats_new
    from .engines import NAMES as ENGINES
    from .engines.cluster import Cluster
    from .errors import (
        BrokenIndexError,
        CablesearchError,
        ClusterError,
        IndexStateError,
        LockedError,
        NoIndexError,
        NotebookError,
        PeopleFileError,
        QueryError,
        SlowQueryError,
        UnknownEngineError,
        UnreadableError,
    )
    from .indexing import BuildProgress, Report, State, index_sources, prepare_part
    from .indexing import rebuild as rebuild_index
    from .indexing import update as update_index
    from .indexing.checking import Check
    from .indexing.losses import Loss, Losses
    from .indexing.parts import PartReport
    from .indexing.read import parse_cable, read_cables
    from .indexing.versions import Version, Versions
    from .meaning import (
        ModelCard,
        VectorProgress,
        VectorReport,
        VectorState,
        build_vectors,
        fetch_model,
        vector_state,
    )
    from .meaning.checking import check as check_index
    from .model.cable import Cable, Kind, Paragraph, Person, Reference
    from .model.citation import hashtag
    from .model.classification import Classification, marking_in_words
    from .model.codes import reasons as reasons_in_words
    from .model.codes import tag as tag_in_words
    from .model.passage import link_template
    from .model.places import place_of
    from .model.reference_id import canonical as canonical_id
    from .notebook.exchange import Merged
    from .notebook.note import Names, Note, Notes
    from .notebook.notebook import Notebook
    from .notebook.questions import History, Questions
    from .parse.transmission import post_in_words
    from .people.corrections import Correction
    from .people.registry import NamedPerson
    from .query.fields import FIELDS, Field
    from .query.query import explain_query
    from .search.citations import Citations, Link, Thread
    from .search.clusters import Clusters
    from .search.index import Index, open_index
    from .search.results import (
        Dossier,
        Dossiers,
        Facets,
        Hit,
        Overview,
        Passages,
        People,
        Results,
        Timeline,
        Totals,
    )
    from .search.trends import Trend

# The public names by the modules that define them, which are imported when a name is first used; after `=`,
# the name in that module, if it is different.
_HOMES: dict[str, tuple[str, ...]] = {
    "compare.difference": ("Difference", "compare_cables=compare"),
    "corpus.record": ("Failure",),
    "desk.batch": ("Batch", "BatchHits", "count_all", "read_questions"),
    "desk.news": ("News", "WhatsNew", "whats_new"),
    "engines": ("ENGINES=NAMES",),
    "engines.cluster": ("Cluster",),
    "errors": (
        "BrokenIndexError",
        "CablesearchError",
        "ClusterError",
        "IndexStateError",
        "LockedError",
        "NoIndexError",
        "NotebookError",
        "PeopleFileError",
        "QueryError",
        "SlowQueryError",
        "UnknownEngineError",
        "UnreadableError",
    ),
    "indexing": (
        "BuildProgress",
        "Report",
        "State",
        "index_sources",
        "prepare_part",
        "rebuild_index=rebuild",
        "update_index=update",
    ),
    "indexing.checking": ("Check",),
    "indexing.losses": ("Loss", "Losses"),
    "indexing.parts": ("PartReport",),
    "indexing.read": ("parse_cable", "read_cables"),
    "indexing.versions": ("Version", "Versions"),
    "meaning": (
        "ModelCard",
        "VectorProgress",
        "VectorReport",
        "VectorState",
        "build_vectors",
        "fetch_model",
        "vector_state",
    ),
    "meaning.checking": ("check_index=check",),
    "model.cable": ("Cable", "Kind", "Paragraph", "Person", "Reference"),
    "model.citation": ("hashtag",),
    "model.classification": ("Classification", "marking_in_words"),
    "model.codes": ("reasons_in_words=reasons", "tag_in_words=tag"),
    "model.passage": ("link_template",),
    "model.places": ("place_of",),
    "model.reference_id": ("canonical_id=canonical",),
    "notebook.exchange": ("Merged",),
    "notebook.note": ("Names", "Note", "Notes"),
    "notebook.notebook": ("Notebook",),
    "notebook.questions": ("History", "Questions"),
    "parse.transmission": ("post_in_words",),
    "people.corrections": ("Correction",),
    "people.registry": ("NamedPerson",),
    "query.query": ("explain_query",),
    "query.fields": ("FIELDS", "Field"),
    "search.citations": ("Citations", "Link", "Thread"),
    "search.clusters": ("Clusters",),
    "search.index": ("Index", "open_index"),
    "search.results": (
        "Dossier",
        "Dossiers",
        "Facets",
        "Hit",
        "Overview",
        "Passages",
        "People",
        "Results",
        "Timeline",
        "Totals",
    ),
    "search.trends": ("Trend",),
}
_NAMES = {
    public: (module, own or public)
    for module, names in _HOMES.items()
    for public, _, own in (name.partition("=") for name in names)
}

__all__ = [
    "ENGINES",
    "FIELDS",
    "Batch",
    "BatchHits",
    "BrokenIndexError",
    "BuildProgress",
    "Cable",
    "CablesearchError",
    "Check",
    "Citations",
    "Classification",
    "Cluster",
    "ClusterError",
    "Clusters",
    "Correction",
    "Difference",
    "Dossier",
    "Dossiers",
    "Facets",
    "Failure",
    "Field",
    "History",
    "Hit",
    "Index",
    "IndexStateError",
    "Kind",
    "Link",
    "LockedError",
    "Loss",
    "Losses",
    "Merged",
    "ModelCard",
    "NamedPerson",
    "Names",
    "News",
    "NoIndexError",
    "Note",
    "Notebook",
    "NotebookError",
    "Notes",
    "Overview",
    "Paragraph",
    "PartReport",
    "Passages",
    "People",
    "PeopleFileError",
    "Person",
    "QueryError",
    "Questions",
    "Reference",
    "Report",
    "Results",
    "SlowQueryError",
    "State",
    "Thread",
    "Timeline",
    "Totals",
    "Trend",
    "UnknownEngineError",
    "UnreadableError",
    "VectorProgress",
    "VectorReport",
    "VectorState",
    "Version",
    "Versions",
    "WhatsNew",
    "__version__",
    "build_vectors",
    "canonical_id",
    "check_index",
    "compare_cables",
    "count_all",
    "explain_query",
    "fetch_model",
    "hashtag",
    "index_sources",
    "link_template",
    "marking_in_words",
    "open_index",
    "parse_cable",
    "place_of",
    "post_in_words",
    "prepare_part",
    "read_cables",
    "read_questions",
    "reasons_in_words",
    "rebuild_index",
    "tag_in_words",
    "update_index",
    "vector_state",
    "whats_new",
]


if not TYPE_CHECKING:  # to a type checker a module that has this function has every name

    def __getattr__(name: str) -> object:
        if name not in _NAMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        module, own = _NAMES[name]
        return getattr(import_module(f".{module}", __name__), own)


def __dir__() -> list[str]:
    return __all__
