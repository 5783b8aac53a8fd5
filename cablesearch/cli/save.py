"""The command that saves questions under names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

from ..errors import CablesearchError
from . import output
from .building import open_or_build
from .note import notebook_at
from .options import CORPUS, INDEXES, CorpusFolder, Format, Indexes, NoColor, NotebookFile


def save(
    name: Annotated[str | None, typer.Argument(metavar="NAME", hidden=True)] = None,
    text: Annotated[list[str] | None, typer.Argument(metavar="WORDS", hidden=True)] = None,
    delete: Annotated[bool, typer.Option("--delete", help="Delete the question of this name.")] = False,
    format: Format = "text",
    no_color: NoColor = False,
    notebook: NotebookFile = None,
    index: Indexes = INDEXES,
    corpus: CorpusFolder = CORPUS,
) -> None:
    """Save a question under a name; without WORDS, show those that are saved.

    \b
      cablesearch save fishing 'herring OR cod'
      cablesearch query:fishing origin:Saltmere
      cablesearch save
      cablesearch save fishing --delete

    In other questions, saved ones too, query:NAME stands for it. What is new of it: cablesearch new
    """

    def as_text(questions: Mapping[str, str]) -> str:
        from ..terminal.questions import questions_text

        return questions_text(questions, **output.layout(no_color))

    from .. import Questions

    with notebook_at(notebook, index) as book:
        if text and (delete or not name):
            raise CablesearchError(
                "--delete takes one name" if delete else "a question needs a name: save NAME WORDS"
            )
        if name and delete:
            if book.question(name) is None:
                raise CablesearchError(f"no question is saved as {name!r}: cablesearch save shows all")
            book.save(name, "")
        elif name and text:
            with open_or_build(index, corpus, notebook=book) as cables, book.writing():
                book.save(name, " ".join(text))
                cables.explain("", {"query": name})  # which raises an error if it cannot be asked
        else:
            saved, where = book.questions(), f" as {name!r}" if name else " yet"
            if name:
                known = book.question(name)
                saved = Questions({name: known} if known else {})
            nothing = None if saved else f"no question is saved{where}: cablesearch save NAME WORDS"
            output.answer([saved], format, as_text, nothing_found=nothing)
