"""The options that commands share, and what a query is asked with."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer

from .. import ENGINES, FIELDS
from ..export import formats
from .output import TEXT

INDEX = Path("index")
CORPUS = Path("corpus")

if TYPE_CHECKING:
    FormatName = str
    EngineName = str
else:
    FormatName = Literal[TEXT, *formats()]
    EngineName = Literal["auto", *ENGINES]

Format = Annotated[FormatName, typer.Option("--format", help="text to read, or a format for other programs.")]
Engine = Annotated[
    EngineName, typer.Option("--engine", help="What holds the index; auto chooses by its size.")
]
IndexFolder = Annotated[
    Path, typer.Option("--index", metavar="DIR", envvar="CABLESEARCH_INDEX", help="The folder of the index.")
]
CorpusFolder = Annotated[
    Path,
    typer.Option(
        "--corpus",
        metavar="DIR",
        envvar="CABLESEARCH_CORPUS",
        help="What the index is built from if there is none.",
    ),
]
Limit = Annotated[int, typer.Option("--limit", metavar="N", min=1, help="Show at most N.")]
NoColor = Annotated[bool, typer.Option("--no-color", help="No colours, as when NO_COLOR is set.")]
Redact = Annotated[
    bool, typer.Option("--redact-protected", help="Hide the names that the drafters asked to protect.")
]
Workers = Annotated[
    int | None,
    typer.Option("--workers", metavar="N", min=0, help="Processes that read cables; 0 for this one alone."),
]


class QueryOptions(NamedTuple):
    """What is asked.

    Attributes:
        query: the words that were typed, in the query language.
        filters: the values of the options, by field.
    """

    query: str
    filters: dict[str, list[str]]


_FILTERS = [field for field in FIELDS if field.option]


def _parameter(name: str, annotation: object) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=annotation)


_QUERY_PARAMETERS = [
    _parameter("words", Annotated[list[str] | None, typer.Argument(metavar="WORDS", hidden=True)]),
    *(
        _parameter(
            field.name,
            Annotated[
                list[str] | None,
                typer.Option(
                    f"--{field.name}", metavar="TEXT", help=f"Same as {field.name}:TEXT, {field.help}."
                ),
            ],
        )
        for field in _FILTERS
    ),
    _parameter(
        "since",
        Annotated[str | None, typer.Option("--from", metavar="DATE", help="Sent on this date or later.")],
    ),
    _parameter(
        "until",
        Annotated[str | None, typer.Option("--to", metavar="DATE", help="Sent on this date or earlier.")],
    ),
]


def takes_query(command: Callable[..., None]) -> Callable[..., None]:
    """Make a command take words, an option for each field that has one, and two dates.

    They reach the command as its first parameter, a `QueryOptions`.
    """

    @wraps(command)
    def run(*, words: list[str] | None, since: str | None, until: str | None, **others: object) -> None:
        filters = {field.name: others.pop(field.name) for field in _FILTERS}
        given = {name: values for name, values in filters.items() if isinstance(values, list)}
        if since or until:
            given["date"] = [f"{since or ''}..{until or ''}"]
        command(QueryOptions(" ".join(words or ()), given), **others)

    _, *own = signature(command, eval_str=True).parameters.values()
    parameters = [*_QUERY_PARAMETERS, *(one.replace(kind=Parameter.KEYWORD_ONLY) for one in own)]
    # typer reads both.
    run.__annotations__ = {one.name: one.annotation for one in parameters}
    vars(run)["__signature__"] = Signature(parameters)
    return run
