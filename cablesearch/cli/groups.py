"""How arguments reach the commands: search is the default one, and a query's words may begin with a dash."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from typer.core import TyperGroup

from .quick import Quick, QuickCommand


class Commands(Quick, TyperGroup):
    """The commands; arguments that name none of them are a search."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put a command first, whatever was typed."""
        if not args and ctx.resilient_parsing:  # a shell completes the first word
            return super().parse_args(ctx, args)
        return super().parse_args(ctx, self._with_command(ctx, args or ["--help"]))

    def _with_command(self, ctx: Any, args: list[str]) -> list[str]:
        if args[0] in {option for parameter in self.get_params(ctx) for option in parameter.opts}:
            return args
        place = self._first_word(args)
        if place < len(args) and args[place] in self.commands:
            return [args[place], *args[:place], *args[place + 1 :]]
        return ["search", *args]

    def _first_word(self, args: list[str]) -> int:
        """Give the place of the first argument that is neither an option nor the value of one."""
        parameters = [parameter for command in self.commands.values() for parameter in command.params]
        valued = {name for parameter in parameters if not _is_flag(parameter) for name in parameter.opts}
        place = 0
        while place < len(args) and args[place].startswith("--") and args[place] != "--":
            place += 2 if args[place] in valued else 1
        return place

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Offer the options of a search beside the commands."""
        return [
            *super().shell_complete(ctx, incomplete),
            *self.commands["search"].shell_complete(ctx, incomplete),
        ]


def _is_flag(parameter: Any) -> bool:
    return bool(getattr(parameter, "is_flag", False))


class QueryCommand(QuickCommand):
    """A command whose arguments are the words of a query: `-election` is one of them, `--election` is not.

    After a `--` every argument is a word.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the options; all else are words."""
        end = args.index("--") if "--" in args else len(args)
        ctx.ignore_unknown_options = True  # it has no options of one dash, so that none is taken apart
        rest = super().parse_args(ctx, ["--help" if arg == "-h" else arg for arg in args[:end]])
        words = ctx.params.get("words") or []
        for word in words:
            if word.startswith("--") and not ctx.resilient_parsing:
                ctx.fail(self._unknown(word))
        ctx.params["words"] = [*words, *args[end + 1 :]]
        return rest

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Add the fields to the help."""
        from ..query.fields import FIELDS

        with formatter.section("Fields"):
            formatter.write_dl([(field.example, field.help) for field in FIELDS])

    def _unknown(self, option: str) -> str:
        options = [name for parameter in self.params for name in parameter.opts if name.startswith("--")]
        near = get_close_matches(option.partition("=")[0], options, n=1)
        return f"no such option: {option}" + (f"; did you mean {near[0]}?" if near else "")
