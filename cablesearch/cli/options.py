"""The options that several commands share, and the filters of a search."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from ..query.fields import BY_NAME

INDEX = Path("index")
CORPUS = Path("corpus")

IndexFolder = Annotated[
    Path, typer.Option("--index", metavar="DIR", envvar="CABLESEARCH_INDEX", help="The folder of the index.")
]
CorpusFolder = Annotated[
    Path,
    typer.Option(
        "--corpus", metavar="DIR", envvar="CABLESEARCH_CORPUS", help="What a first index is built from."
    ),
]
Format = Annotated[Literal["text", "json"], typer.Option("--format", help="To be read, or for a program.")]
NoColor = Annotated[bool, typer.Option("--no-color", help="No colours, nor when NO_COLOR is set.")]
NoPager = Annotated[bool, typer.Option("--no-pager", help="Never stop at a full screen.")]
EngineName = Annotated[
    Literal["auto", "whoosh", "tantivy"],
    typer.Option("--engine", help="What holds the index; auto goes by size."),
]
Workers = Annotated[
    int | None,
    typer.Option("--workers", metavar="N", min=0, help="Processes that read cables; 0 for this one alone."),
]
Words = Annotated[list[str] | None, typer.Argument(metavar="WORDS", hidden=True)]


def _filter(field: str) -> Any:
    return typer.Option(f"--{field}", metavar="TEXT", help=f"Like {field}:TEXT, {BY_NAME[field].help}.")


Origin = Annotated[list[str] | None, _filter("origin")]
Classification = Annotated[list[str] | None, _filter("classification")]
Marking = Annotated[list[str] | None, _filter("marking")]
PersonName = Annotated[list[str] | None, _filter("person")]
Tag = Annotated[list[str] | None, _filter("tag")]
From = Annotated[str | None, typer.Option("--from", metavar="DATE", help="Sent on this date or later.")]
To = Annotated[str | None, typer.Option("--to", metavar="DATE", help="Sent on this date or earlier.")]


def filters(first: str | None, last: str | None, **values: list[str] | None) -> dict[str, list[str]]:
    """Give the filters of a search: the values by field, the two dates as a range."""
    given = {field: some for field, some in values.items() if some}
    if first or last:
        given["date"] = [f"{first or ''}..{last or ''}"]
    return given


People = Annotated[
    bool, typer.Option("--people/--no-people", help="Look for the people named: it takes longer.")
]
Redact = Annotated[
    bool,
    typer.Option("--redact-protected", help="Without the names that the drafters asked to protect."),
]
