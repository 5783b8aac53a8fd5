"""The commands that build the index, and how a user follows a build."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol

import typer

from . import UNREAD, output
from .options import CORPUS, INDEX, CorpusFolder, EngineName, IndexFolder, People, Workers

if TYPE_CHECKING:
    from ..indexing import BuildProgress, Report
    from ..search.index import Index

Sources = Annotated[list[Path] | None, typer.Argument(metavar="PATH", hidden=True)]


class Build(Protocol):
    """`indexing.update` or `indexing.rebuild`."""

    def __call__(
        self,
        folder: Path,
        paths: Sequence[Path] = (),
        *,
        engine: str = "auto",
        progress: Callable[[BuildProgress], None] | None = None,
        workers: int | None = None,
    ) -> Report: ...


def index(
    paths: Sources = None,
    engine: EngineName = "auto",
    workers: Workers = None,
    index: IndexFolder = INDEX,
    corpus: CorpusFolder = CORPUS,
) -> None:
    """Bring the index up to date: new, changed and vanished cables.

    PATH is a file, a folder or an archive of cables, and one more source that the index remembers. Without
    one the remembered sources are looked through, or the first time the corpus.
    """
    from ..indexing import update

    _build(update, index, paths or _sources(index, corpus), engine, workers)


def reindex(
    paths: Sources = None,
    engine: EngineName = "auto",
    workers: Workers = None,
    people: People = True,
    index: IndexFolder = INDEX,
    corpus: CorpusFolder = CORPUS,
) -> None:
    """Build the index anew, and swap it in when it is whole.

    PATH is a file, a folder or an archive of cables, and the only source from then on (or one of several).
    Without one the remembered sources stay, or the corpus is taken.
    """
    from ..indexing import rebuild

    _build(partial(rebuild, people=people), index, paths or _sources(index, corpus), engine, workers)


def opened(folder: Path, corpus: Path, *, redact: bool = False) -> Index:
    """Open the index; where there is none yet, build it from the corpus first."""
    from ..errors import NoIndexError
    from ..search.index import open_index

    try:
        return open_index(folder, redact=redact)
    except NoIndexError:
        if not corpus.exists():
            raise
    from ..indexing import update

    output.say(f"there is no index in {folder} yet: building it from {corpus}")
    _name_failures(_followed(update, folder, [corpus]))
    return open_index(folder, redact=redact)


def _sources(folder: Path, corpus: Path) -> Sequence[Path]:
    """Give what is indexed where no path is named: nothing but what the index remembers, else the corpus."""
    from ..indexing.generations import remembered_sources

    return () if remembered_sources(folder) or not corpus.exists() else [corpus]


def _build(build: Build, folder: Path, paths: Sequence[Path], engine: str, workers: int | None) -> None:
    from ..terminal.report import report_text

    report = _followed(build, folder, paths, engine, workers)
    output.write(report_text(report, **output.layout()))
    _name_failures(report)
    if report.failures:
        raise typer.Exit(UNREAD)


def _followed(
    build: Build, folder: Path, paths: Sequence[Path], engine: str = "auto", workers: int | None = None
) -> Report:
    """Build, with a progress bar where standard error is a terminal."""
    if not sys.stderr.isatty():
        return build(folder, paths, engine=engine, workers=workers)
    with _bar() as draw:
        return build(folder, paths, engine=engine, workers=workers, progress=draw)


def _name_failures(report: Report) -> None:
    from ..terminal.report import failure_line

    for failure in report.failures:
        output.say(failure_line(failure))


@contextmanager
def _bar() -> Iterator[Callable[[BuildProgress], None]]:
    """Give what draws how far a build is; the bar is gone when it ends."""
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    counted = TextColumn("{task.fields[cables]:,} cables")
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        counted,
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("looking", total=None, cables=0)

        def draw(now: BuildProgress) -> None:
            bar.update(task, description=now.stage, cables=now.cables)
            if now.total:  # there is none but while reading; after it the bar stays as it was
                bar.update(task, completed=now.done, total=now.total)

        yield draw
