"""The command that shows what was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from . import output
from .note import notebook_at
from .options import INDEXES, Format, Indexes, NoColor, NoPager, NotebookFile

if TYPE_CHECKING:
    from .. import History


def history(
    clear: Annotated[bool, typer.Option("--clear", help="Forget all of it.")] = False,
    format: Format = "text",
    no_color: NoColor = False,
    no_pager: NoPager = False,
    notebook: NotebookFile = None,
    index: Indexes = INDEXES,
) -> None:
    """Show the questions that were asked, the latest last; none are kept unless you want it.

    \b
      cablesearch history
      cablesearch history --clear

    Searches are kept, in your notebook, while the environment variable CABLESEARCH_HISTORY is 1.
    """

    def as_text(asked: History) -> str:
        from ..terminal.questions import history_text

        return history_text(asked, **output.layout(no_color))

    with notebook_at(notebook, index) as book:
        if clear:
            book.clear_history()
            return
        asked = book.history()
        nothing = None if asked else "nothing is kept: CABLESEARCH_HISTORY=1 keeps what is asked"
        output.answer([asked], format, as_text, nothing_found=nothing, pager=not no_pager)
