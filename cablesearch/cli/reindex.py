"""The command that rebuilds the index."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from .building import Sources, build
from .options import CORPUS, INDEX, CorpusFolder, Engine, IndexFolder, Workers


def reindex(
    paths: Sources = None,
    engine: Engine = "auto",
    workers: Workers = None,
    people: Annotated[
        bool, typer.Option("--people/--no-people", help="Look for the people named; this takes longer.")
    ] = True,
    index: IndexFolder = INDEX,
    corpus: CorpusFolder = CORPUS,
) -> None:
    """Build the index anew, and swap it in when it is complete.

    PATH is a file, a folder or an archive of cables, and from then on the only source, or one of several that
    are named. Without a PATH, the index keeps its sources, or takes the corpus if it has none.
    """
    from .. import rebuild_index

    build(partial(rebuild_index, people=people), index, paths, corpus, engine, workers)
