"""Builds an index for a command, with a progress bar and a report."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol, TypeVar

import typer

from . import UNREAD, output

if TYPE_CHECKING:
    from .. import BuildProgress, Cluster, Index, Notebook, PartReport, Report

R = TypeVar("R", "Report", "PartReport", covariant=True)

Sources = Annotated[list[Path] | None, typer.Argument(metavar="PATH", hidden=True)]


class Builder(Protocol[R]):
    """`update_index`, `rebuild_index` or `prepare_part`."""

    def __call__(
        self,
        folder: Path,
        paths: Sequence[Path] = (),
        *,
        engine: str = "auto",
        progress: Callable[[BuildProgress], None] | None = None,
        workers: int | None = None,
    ) -> R: ...


def build(
    builder: Builder[R],
    folder: Path,
    paths: list[Path] | None,
    corpus: Path,
    engine: str,
    workers: int | None,
    format: str,
    text: Callable[..., str],
    *,
    verbose: bool = False,
) -> None:
    """Build the index, or a part of it; report what was done and which files could not be read.

    Without paths, the sources are those that the index remembers, or else the corpus.

    Args:
        text: returns the report as text, for a width and with colour or not.
    """
    from .. import index_sources

    if not paths and not index_sources(folder) and corpus.exists():
        paths = [corpus]
    report = _build_watched(builder, folder, paths or (), engine, workers)
    output.answer([report], format, lambda report: text(report, **output.layout()))
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


def part_named(shard: str, *, finish: bool, changes: bool = False) -> tuple[int, int]:
    """Return the part that `--shard` names: 3/8.

    Args:
        changes: other options were given that only a whole build can do.
    """
    k, _, n = shard.partition("/")
    numbers = len(shard) < 20 and k.isdecimal() and n.isdecimal()
    if not numbers or not 1 <= int(k) <= int(n):
        raise typer.BadParameter(f"{shard[:20]}: name a part of so many, such as 3/8", param_hint="--shard")
    if finish or changes:
        raise typer.BadParameter(
            "it only prepares a part: leave out --finish, --remove and --check-contents", param_hint="--shard"
        )
    return int(k), int(n)


def open_or_build(
    folders: Sequence[Path],
    corpus: Path,
    *,
    redact: bool = False,
    seconds: float | None = None,
    notebook: Notebook | Path | bool = False,
) -> Index:
    """Open indexes as `open_index` does; one alone that is not there yet is built from the corpus first."""
    from .. import NoIndexError, open_index, update_index

    try:
        index = open_index(*folders, redact=redact, seconds=seconds, notebook=notebook)
        if index.waiting:
            from ..terminal.counts import count_of

            left = count_of(index.waiting, "file")
            output.say(f"not all is indexed yet: {left} to be read, cablesearch index goes on")
        return index
    except NoIndexError as error:
        if len(folders) > 1 or not corpus.exists():
            raise
        missing = str(error).partition(": ")[0]
    output.say(f"{missing}: building one from {corpus}")
    _report_failures(_build_watched(update_index, folders[0], [corpus]))
    return open_index(*folders, redact=redact, seconds=seconds, notebook=notebook)


def _build_watched(
    builder: Builder[R], folder: Path, paths: Sequence[Path], engine: str = "auto", workers: int | None = None
) -> R:
    """Build an index, with a progress bar if standard error is a terminal."""
    if not sys.stderr.isatty():
        return builder(folder, paths, engine=engine, workers=workers)
    with _progress_bar() as draw:
        return builder(folder, paths, engine=engine, workers=workers, progress=draw)


def _report_failures(report: Report | PartReport, *, verbose: bool = False) -> None:
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
