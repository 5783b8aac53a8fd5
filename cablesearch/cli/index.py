"""The command that brings the index up to date."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from .building import Sources, build, cluster_named
from .options import (
    CORPUS,
    INDEX,
    CorpusFolder,
    Engine,
    Format,
    FrontMatter,
    IndexFolder,
    Name,
    Replicas,
    SecondsAFile,
    Shards,
    Url,
    Verbose,
    Workers,
)


def index(
    paths: Sources = None,
    engine: Engine = "auto",
    url: Url = None,
    name: Name = "",
    shards: Shards = None,
    replicas: Replicas = None,
    workers: Workers = None,
    seconds_a_file: SecondsAFile = 60,
    check_contents: Annotated[
        bool,
        typer.Option("--check-contents", help="Read every file, whatever its date says."),
    ] = False,
    remove: Annotated[
        list[Path] | None,
        typer.Option("--remove", metavar="PATH", help="Forget a source, and remove its cables."),
    ] = None,
    front_matter: FrontMatter = None,
    format: Format = "text",
    verbose: Verbose = False,
    index: IndexFolder = INDEX,
    corpus: CorpusFolder = CORPUS,
) -> None:
    """Bring the index up to date: new, changed and vanished cables.

    PATH is a file, a folder or an archive of cables, which the index remembers as one more source. Without a
    PATH, the remembered sources are checked for changes; if there are none yet, the corpus is indexed. The
    cables of a source that is gone are kept, and it is reported.
    """
    from .. import update_index

    builder = partial(
        update_index,
        seconds_a_file=seconds_a_file,
        check_contents=check_contents,
        remove=remove or (),
        front_matter=front_matter,
        cluster=cluster_named(url, name, shards, replicas),
    )
    build(builder, index, paths, corpus, engine, workers, format, verbose=verbose)
