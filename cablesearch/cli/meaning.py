"""The command that makes an index ready to be asked by meaning."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ..errors import CablesearchError
from . import output
from .options import INDEXES, Format, IndexFolder, NoColor, only

if TYPE_CHECKING:
    from .. import VectorProgress, VectorReport


def meaning(
    action: Annotated[
        Literal["state", "fetch", "build"], typer.Argument(metavar="ACTION", hidden=True)
    ] = "state",
    source: Annotated[str | None, typer.Argument(metavar="SOURCE", hidden=True)] = None,
    sha256: Annotated[
        str | None, typer.Option("--sha256", metavar="DIGEST", help="The digest of the model's ONNX file.")
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option("--workers", metavar="N", min=1, help="Passages that are encoded at once."),
    ] = None,
    format: Format = "text",
    no_color: NoColor = False,
    index: IndexFolder = INDEXES,
) -> None:
    """Make an index ready for questions in other words: search --meaning.

    \b
      cablesearch meaning             what is there: a model, vectors
      cablesearch meaning fetch       get the usual model over the network, 24 MB
      cablesearch meaning fetch DIR   from a folder: an ONNX file, its tokenizer
      cablesearch meaning fetch ORG/NAME --sha256 DIGEST   from Hugging Face
      cablesearch meaning build       make the vectors that are missing
      cablesearch --meaning plane with atomic bombs went down on arctic ice

    Only fetch uses the network, and says so first. build may be stopped at any time, and goes on later.
    When the index has changed, build again: only what is new is encoded.
    """
    from .. import fetch_model, vector_state
    from ..export import escape_controls
    from ..terminal import vectors as text

    if source is not None and action != "fetch":
        raise CablesearchError(f"{action} takes no {source}: only fetch takes the source of a model")
    layout, folder = output.layout(no_color), only(index)
    state = vector_state(folder)  # so that no model is put where no index is
    if action == "fetch":
        card = fetch_model(folder, source, sha256=sha256, announce=output.say)
        output.write(f"the model {escape_controls(card.name)} is there; next: cablesearch meaning build")
        return
    if action == "state":
        output.answer([state], format, lambda state: text.state_text(state, **layout))
        return
    output.say(text.plan(state))
    report = _build_watched(folder, workers)
    output.answer([report], format, lambda report: text.report_text(report, **layout))


def _build_watched(index: Path, workers: int | None) -> VectorReport:
    """Make vectors, with a progress bar if standard error is a terminal."""
    from .. import build_vectors

    if not sys.stderr.isatty():
        return build_vectors(index, workers=workers)
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("encoding"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.completed:,} of {task.total:,} paragraphs"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def draw(now: VectorProgress) -> None:
            bar.update(task, completed=now.done, total=now.total)

        return build_vectors(index, workers=workers, progress=draw)
