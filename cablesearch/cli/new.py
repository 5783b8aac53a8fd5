"""The command that shows what is new of saved questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from . import NOTHING, UNREAD, output
from .building import open_or_build
from .note import notebook_at
from .options import CORPUS, INDEXES, CorpusFolder, Format, Indexes, NoColor, NoPager, NotebookFile, Redact

if TYPE_CHECKING:
    from .. import WhatsNew


def new(
    names: Annotated[list[str] | None, typer.Argument(metavar="NAME", hidden=True)] = None,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=0, help="Show at most N of each question; 0 for all.")
    ] = 20,
    keep: Annotated[bool, typer.Option("--keep", help="Let the next look begin where this one did.")] = False,
    format: Format = "text",
    redact: Redact = False,
    no_color: NoColor = False,
    no_pager: NoPager = False,
    notebook: NotebookFile = None,
    index: Indexes = INDEXES,
    corpus: CorpusFolder = CORPUS,
) -> None:
    """Show what is new: paragraphs that saved questions find, and that came or changed since the last look.

    \b
      cablesearch new
      cablesearch new --keep

    Without a NAME, all saved questions are looked at. The first look at a question only begins. The exit
    status is 0 if something is new and 1 if not, for a daily job that sends mail (--format mail) only then.
    --format atom is a feed.
    """

    def as_text(news: WhatsNew) -> str:
        from ..terminal.news import news_text

        return news_text(news, **output.layout(no_color))

    from .. import whats_new

    with (
        notebook_at(notebook, index) as book,
        open_or_build(index, corpus, redact=redact, notebook=book) as cables,
    ):
        if not book.questions():
            raise output.nothing("no questions are saved yet: cablesearch save NAME WORDS")
        found = whats_new(cables, book, names or (), limit=limit or None, mark=False)
        output.answer([found], format, as_text, pager=not no_pager)
        if not keep:  # only what was written was seen
            found.mark()
    for question in found.failed:
        output.say(f"query:{question.name}: {question.error}")
    if found.failed:
        raise typer.Exit(UNREAD)
    if not found.total:
        raise typer.Exit(NOTHING)
