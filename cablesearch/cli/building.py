"""Builds an index for a command, with a progress bar and a report."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol

import typer

from . import UNREAD, output

if TYPE_CHECKING:
    from .. import BuildProgress, Cluster, Index, Notebook, Report

Sources = Annotated[list[Path] | None, typer.Argument(metavar="PATH", hidden=True)]


class Builder(Protocol):
    """`update_index` or `rebuild_index`."""

    def __call__(
        self,
        folder: Path,
        paths: Sequence[Path] = (),
        *,
        engine: str = "auto",
        progress: Callable[[BuildProgress], None] | None = None,
        workers: int | None = None,
    ) -> Report: ...


def build(
    builder: Builder,
    folder: Path,
    paths: list[Path] | None,
    corpus: Path,
    engine: str,
    workers: int | None,
    format: str,
    *,
    verbose: bool = False,
) -> None:
    """Build the index; report what was done and which files could not be read.

    Without paths, the sources are those that the index remembers, or else the corpus.
    """
    from .. import index_sources
    from ..terminal.report import report_text

    if not paths and not index_sources(folder) and corpus.exists():
        paths = [corpus]
    report = _build_watched(builder, folder, paths or (), engine, workers)
    output.answer([report], format, lambda report: report_text(report, **output.layout()))
    _report_failures(report, verbose=verbose)
    if report.failures:
        raise typer.Exit(UNREAD)


def cluster_named(
    urls: Sequence[str] | None, name: str, shards: int | None, replicas: int | None
) -> Cluster | None:
    """Return the cluster that the options name, None if there are no such options."""
    from .. import Cluster

    named = Cluster(tuple(urls or ()), name, shards, replicas)
    return None if named == Cluster() else named


def open_or_build(
    folder: Path,
    corpus: Path,
    *,
    redact: bool = False,
    seconds: float | None = None,
    notebook: Notebook | Path | bool = False,
) -> Index:
    """Open the index as `open_index` does; if there is none yet, build it from the corpus first."""
    from .. import NoIndexError, open_index, update_index

    try:
        return open_index(folder, redact=redact, seconds=seconds, notebook=notebook)
    except NoIndexError as error:
        if not corpus.exists():
            raise
        missing = str(error).partition(": ")[0]
    output.say(f"{missing}: building one from {corpus}")
    _report_failures(_build_watched(update_index, folder, [corpus]))
    return open_index(folder, redact=redact, seconds=seconds, notebook=notebook)


def _build_watched(
    builder: Builder, folder: Path, paths: Sequence[Path], engine: str = "auto", workers: int | None = None
) -> Report:
    """Build an index, with a progress bar if standard error is a terminal."""
    if not sys.stderr.isatty():
        return builder(folder, paths, engine=engine, workers=workers)
    with _progress_bar() as draw:
        return builder(folder, paths, engine=engine, workers=workers, progress=draw)


def _report_failures(report: Report, *, verbose: bool = False) -> None:
    from ..terminal.report import failure_lines

    for failure in report.failures:
        for line in failure_lines(failure, verbose=verbose):
            output.say(line)


@contextmanager
def _progress_bar() -> Iterator[Callable[[BuildProgress], None]]:
    """Yield a function that draws the progress of a build; the bar disappears at the end."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[cables]:,} cables"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("looking", total=None, cables=0)

        def draw(now: BuildProgress) -> None:
            bar.update(task, description=now.stage, cables=now.cables)
            if now.total:  # only known while files are read; afterwards the bar stays as it is
                bar.update(task, completed=now.done, total=now.total)

        yield draw
