"""The command that brings the index up to date."""

from __future__ import annotations

from functools import partial
from pathlib import Path
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


def index(
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
    check_contents: Annotated[
        bool,
        typer.Option("--check-contents", help="Read every file, whatever its date says."),
    ] = False,
    remove: Annotated[
        list[Path] | None,
        typer.Option(
            "--remove",
            metavar="NAME",
            help="Forget a collection, or one source by its path, with its cables.",
        ),
    ] = None,
    front_matter: FrontMatter = None,
    format: Format = "text",
    verbose: Verbose = False,
    index: IndexFolder = INDEXES,
    corpus: CorpusFolder = CORPUS,
) -> None:
    """Bring the index up to date: new, changed and vanished cables.

    PATH is a file, a folder or an archive of cables, which the index remembers as one more source. Without a
    PATH, the remembered sources are checked for changes; if there are none yet, the corpus is indexed. The
    cables of a source that is gone are kept, and it is reported.

    NAME=PATH, as in nara=~/telegrams, gives a source the name of a collection, whose cables collection:NAME
    finds; without one, it is that of the folder or file. A source that has another name gets this one, for
    which it is read again.

    A long first build can be searched after a minute: what has been read by then is found. If it is
    stopped, cablesearch index goes on from there.
    """
    from .. import prepare_part, update_index
    from ..terminal.report import part_text, report_text

    cluster = cluster_named(url, name, shards, replicas)
    named = (only(index), paths, corpus, engine, workers, format)
    if shard:
        part = part_named(shard, finish=finish, changes=bool(remove or check_contents))
        preparer = partial(
            prepare_part,
            part=part,
            seconds_a_file=seconds_a_file,
            front_matter=bool(front_matter),
            cluster=cluster,
        )
        build(preparer, *named, part_text, verbose=verbose)
        return
    builder = partial(
        update_index,
        seconds_a_file=seconds_a_file,
        check_contents=check_contents,
        remove=remove or (),
        front_matter=front_matter,
        cluster=cluster,
        finish=finish,
    )
    build(builder, *named, report_text, verbose=verbose)
