"""The options that several commands have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer

from .. import ENGINES, FIELDS
from ..errors import CablesearchError
from ..export import formats
from .output import TEXT

INDEXES = [Path("index")]
CORPUS = Path("corpus")

if TYPE_CHECKING:
    FormatName = str
    EngineName = str
else:
    FormatName = Literal[TEXT, *formats()]
    EngineName = Literal["auto", *ENGINES]

Format = Annotated[
    FormatName,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help=f"Text to read, or a format for other programs: {', '.join(formats())}.",
    ),
]
Engine = Annotated[EngineName, typer.Option("--engine", help="Which engine to use; auto chooses by size.")]
Url = Annotated[
    list[str] | None,
    typer.Option("--url", metavar="URL", help="A node of the cluster that keeps the index; one or several."),
]
Name = Annotated[str, typer.Option("--name", metavar="NAME", help="What the index is called there.")]
Shards = Annotated[
    int | None, typer.Option("--shards", metavar="N", min=1, help="Parts that the cluster divides it into.")
]
Replicas = Annotated[
    int | None, typer.Option("--replicas", metavar="N", min=0, help="Copies of each part beside the first.")
]
Shard = Annotated[
    str,
    typer.Option(
        "--shard",
        metavar="K/N",
        help="Only prepare the K-th of N parts of the files: one on each machine, for a build with --finish.",
    ),
]
Finish = Annotated[
    bool,
    typer.Option("--finish", help="Build from parts that were prepared with --shard.", show_default=False),
]
Indexes = Annotated[
    list[Path],
    typer.Option(
        "--index",
        metavar="DIR",
        envvar="CABLESEARCH_INDEX",
        help="The folder of the index; several are searched as one.",
    ),
]
IndexFolder = Annotated[
    list[Path],
    typer.Option("--index", metavar="DIR", envvar="CABLESEARCH_INDEX", help="The folder of the index."),
]
NotebookFile = Annotated[
    Path | None,
    typer.Option(
        "--notebook",
        metavar="FILE",
        envvar="CABLESEARCH_NOTEBOOK",
        help="Your notebook; by default notebook.sqlite beside the folder of the index.",
    ),
]
CorpusFolder = Annotated[
    Path,
    typer.Option(
        "--corpus",
        metavar="DIR",
        envvar="CABLESEARCH_CORPUS",
        help="What to build an index from if there is none.",
    ),
]
Period = Annotated[Literal["year", "month", "day"], typer.Option("--by", help="The length of a period.")]
Limit = Annotated[int, typer.Option("--limit", metavar="N", min=1, help="Show at most N.")]
NoColor = Annotated[bool, typer.Option("--no-color", help="Use no colours, as when NO_COLOR is set.")]
NoPager = Annotated[bool, typer.Option("--no-pager", help="Do not page long output.")]
Redact = Annotated[
    bool, typer.Option("--redact-protected", help="Hide the names that drafters asked to protect.")
]
Workers = Annotated[
    int | None,
    typer.Option("--workers", metavar="N", min=0, help="Processes that read cables; 0: only this one."),
]


Meaning = Annotated[
    bool,
    typer.Option("--meaning", help="Compare what is meant, whatever the words: see cablesearch meaning."),
]
Seconds = Annotated[
    float | None,
    typer.Option("--seconds", metavar="N", min=0, help="Give up a question that takes longer than this."),
]
SecondsAFile = Annotated[
    float,
    typer.Option(
        "--seconds-a-file",
        metavar="N",
        min=0,
        help="Leave out a file, or a cable of one with several, that takes longer to read; 0: no limit.",
    ),
]
FrontMatter = Annotated[
    bool | None,
    typer.Option(
        "--front-matter/--no-front-matter",
        help="Read the front matter of FRUS volumes, too, or not: the default. Updates keep to it.",
        show_default=False,
    ),
]
Verbose = Annotated[
    bool, typer.Option("--verbose", help="Of what an error in cablesearch left unread, say where it was.")
]


def only(folders: list[Path]) -> Path:
    """Return the folder of the only index that a command works on.

    Raises:
        CablesearchError: several are named.
    """
    if len(folders) > 1:
        raise CablesearchError(f"this works on one index at a time: --index {folders[0]} alone")
    return folders[0]


class QueryOptions(NamedTuple):
    """A query from the command line.

    Attributes:
        query: the words, in the query language.
        filters: the values of the options, by field.
        words: the arguments that the query is made of.
        notebook: the file of the notebook, or true for the one beside the index.
    """

    query: str
    filters: dict[str, list[str]]
    words: tuple[str, ...]
    notebook: Path | Literal[True] = True


_FILTERS = [field for field in FIELDS if field.option]


def takes_query(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the arguments of a query: words, an option for each field that has one, two dates.

    The command receives them as its first parameter, a `QueryOptions`.
    """

    @wraps(command)
    def run(
        *,
        words: list[str] | None,
        since: str | None,
        until: str | None,
        notebook: Path | None,
        **others: object,
    ) -> None:
        values = {field.name: others.pop(field.name) for field in _FILTERS}
        filters = {name: value for name, value in values.items() if isinstance(value, list)}
        if since or until:
            filters["date"] = [f"{since or ''}..{until or ''}"]
        command(QueryOptions(" ".join(words or ()), filters, tuple(words or ()), notebook or True), **others)

    _, *own = signature(command, eval_str=True).parameters.values()
    parameters = [*_query_parameters(), *(one.replace(kind=Parameter.KEYWORD_ONLY) for one in own)]
    # typer reads both.
    run.__annotations__ = {one.name: one.annotation for one in parameters}
    vars(run)["__signature__"] = Signature(parameters)
    return run


def _query_parameters() -> Iterator[Parameter]:
    """Yield the parameters that a command needs for a query."""
    words = typer.Argument(metavar="WORDS", hidden=True, autocompletion=_complete_query)
    yield _optional("words", list[str], words)
    for field in _FILTERS:
        help = f"Same as {field.name}:TEXT, {field.help}."
        yield _optional(field.name, list[str], typer.Option(f"--{field.name}", metavar="TEXT", help=help))
    for name, option, order in (("since", "--from", "later"), ("until", "--to", "earlier")):
        help = f"Sent on this date or {order}."
        yield _optional(name, str, typer.Option(option, metavar="DATE", help=help))
    yield Parameter("notebook", Parameter.KEYWORD_ONLY, default=None, annotation=NotebookFile)


def _complete_query(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    from .completion import complete_query

    return complete_query(ctx, incomplete)


def _optional(name: str, kind: type, declared: object) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=Annotated[kind | None, declared])
