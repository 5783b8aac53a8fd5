"""The command that rebuilds the index."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from .building import Sources, build, cluster_named, part_named
from .options import (
    CORPUS,
    INDEXES,
    CorpusFolder,
    Engine,
    Finish,
    Format,
    FrontMatter,
    IndexFolder,
    Name,
    Replicas,
    SecondsAFile,
    Shard,
    Shards,
    Url,
    Verbose,
    Workers,
    only,
)


def reindex(
    paths: Sources = None,
    engine: Engine = "auto",
    url: Url = None,
    name: Name = "",
    shards: Shards = None,
    replicas: Replicas = None,
    shard: Shard = "",
    finish: Finish = False,
    workers: Workers = None,
    seconds_a_file: SecondsAFile = 60,
    people: Annotated[
        bool, typer.Option("--people/--no-people", help="Recognise the people named; this takes longer.")
    ] = True,
    front_matter: FrontMatter = None,
    format: Format = "text",
    verbose: Verbose = False,
    index: IndexFolder = INDEXES,
    corpus: CorpusFolder = CORPUS,
) -> None:
    """Rebuild the index, and swap it in when it is complete.

    PATH is a file, a folder or an archive of cables; those that are named become the only sources. Without a
    PATH, the index keeps its sources; if it has none yet, the corpus is indexed. NAME=PATH is as for index.
    """
    from .. import prepare_part, rebuild_index
    from ..terminal.report import part_text, report_text

    cluster = cluster_named(url, name, shards, replicas)
    named = (only(index), paths, corpus, engine, workers, format)
    if shard:
        preparer = partial(
            prepare_part,
            part=part_named(shard, finish=finish),
            people=people,
            front_matter=bool(front_matter),
            seconds_a_file=seconds_a_file,
            cluster=cluster,
        )
        build(preparer, *named, part_text, verbose=verbose)
        return
    builder = partial(
        rebuild_index,
        people=people,
        front_matter=bool(front_matter),
        seconds_a_file=seconds_a_file,
        cluster=cluster,
        finish=finish,
    )
    build(builder, *named, report_text, verbose=verbose)
