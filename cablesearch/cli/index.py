"""The command that brings the index up to date."""

from __future__ import annotations

from .building import Sources, build
from .options import CORPUS, INDEX, CorpusFolder, Engine, Format, IndexFolder, Workers


def index(
    paths: Sources = None,
    engine: Engine = "auto",
    workers: Workers = None,
    format: Format = "text",
    index: IndexFolder = INDEX,
    corpus: CorpusFolder = CORPUS,
) -> None:
    """Bring the index up to date: new, changed and vanished cables.

    PATH is a file, a folder or an archive of cables, which the index remembers as one more source. Without a
    PATH, the remembered sources are checked for changes; if there are none yet, the corpus is indexed.
    """
    from .. import update_index

    build(update_index, index, paths, corpus, engine, workers, format)
