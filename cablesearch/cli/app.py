"""The table of commands; search is the default."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperGroup, TyperOption
from typer.main import get_command

from .arguments import Command, read_quickly

if TYPE_CHECKING:
    from collections.abc import Callable

    import typer._click as click
    from typer._click.shell_completion import CompletionItem

# In the order of `--help`. Each is a function in the module of the same name, imported when needed. An option
# that takes a value in one of them, such as `--format`, is no switch in another.
COMMANDS = (
    "search", "show", "similar", "cited", "thread", "versions", "diff", "export",
    "index", "reindex", "info", "check", "serve",
    "facets", "timeline", "trend", "people", "clusters", "explain", "parse",
    "note", "notes", "list", "save", "history", "batch", "new", "meaning", "mcp",
)  # fmt: skip


class Commands(TyperGroup):
    """The commands; arguments that do not begin with one are a search."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name, None if there is none."""
        return load(cmd_name) if cmd_name in COMMANDS else None

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the parameters, made to read their values quickly."""
        return read_quickly(super().get_params(ctx))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments, with the command moved or added in front."""
        if not args and ctx.resilient_parsing:  # the shell is completing the first word
            return super().parse_args(ctx, args)
        return super().parse_args(ctx, self._with_command(ctx, args or ["--help"]))

    def _with_command(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args[0] in {option for parameter in self.get_params(ctx) for option in parameter.opts}:
            return args
        place = _first_word(args)
        if place < len(args) and args[place] in COMMANDS:
            return [args[place], *args[:place], *args[place + 1 :]]
        return ["search", *args]

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Offer the options of a search, and how its first word may go on, in addition to the commands."""
        search = load("search")
        words = next(parameter for parameter in search.params if parameter.name == "words")
        searching = search.make_context("search", [], ctx, resilient_parsing=True)
        return [
            *super().shell_complete(ctx, incomplete),
            *search.shell_complete(ctx, incomplete),
            *words.shell_complete(searching, incomplete),
        ]


def _first_word(args: list[str]) -> int:
    """Return the place of the first argument that is neither an option nor the value of one."""
    place = 0
    while place < len(args) and args[place].startswith("--") and args[place] != "--":
        place += 2 if _takes_value(args[place]) else 1
    return place


def _takes_value(option: str) -> bool:
    """Whether an option is followed by its value, as in every command that has it; see `COMMANDS`.

    Search is asked first, and has most of them: loading all commands takes 50 ms.
    """
    if "=" in option:
        return False
    parameters = (parameter for command in map(load, COMMANDS) for parameter in command.params)
    found = next((one for one in parameters if option in (*one.opts, *one.secondary_opts)), None)
    return isinstance(found, TyperOption) and not found.is_flag


@cache
def load(name: str) -> click.Command:
    """Return the command of that name."""
    function: Callable[..., None] = getattr(import_module(f".{name}", __package__), name)
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command(cls=Command)(function)
    return get_command(alone)


app = typer.Typer(
    cls=Commands,
    rich_markup_mode=None,  # plain help looks well enough, and rich is slow to load
    pretty_exceptions_enable=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from .. import __version__

        typer.echo(f"cablesearch {__version__}")
        raise typer.Exit


@app.callback(subcommand_metavar="[COMMAND] ...")
def cablesearch(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Search diplomatic cables, paragraph by paragraph.

    \b
      cablesearch '"Democratization Commission"'
      cablesearch democratic reform origin:Astana date:2007-01..2007-03
      cablesearch show 07ASTANA48

    Without a command, the arguments are searched for; cablesearch -- show searches for the word show.
    How to write a query: cablesearch search --help.
    """
