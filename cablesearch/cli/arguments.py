"""How arguments reach a command: words of a query may begin with a dash, and values are read quickly."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from typer.core import TyperArgument, TyperCommand, TyperOption

if TYPE_CHECKING:
    import typer._click as click


class Command(TyperCommand):
    """A command. If it takes words, `-election` is one of them, but `--election` is not.

    After a `--` every argument is a word.
    """

    @property
    def _words(self) -> str | None:
        """The parameter that takes words: those of a query, or the text of a note or a question."""
        names = {parameter.name for parameter in self.params}
        return next((name for name in ("words", "text") if name in names), None)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the parameters, made to read their values quickly."""
        return read_quickly(super().get_params(ctx))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options; everything else is a word."""
        if not (name := self._words):
            return super().parse_args(ctx, args)
        end = args.index("--") if "--" in args else len(args)
        ctx.ignore_unknown_options = True  # no option has a single dash, so no word is split into letters
        known = ["--help" if arg == "-h" else arg for arg in args[:end]]
        rest = super().parse_args(ctx, known + args[end:])
        words: list[str] = ctx.params.get(name) or []
        for word in words[: max(len(words) - len(args[end + 1 :]), 0)]:
            if word.startswith("--") and not ctx.resilient_parsing:
                ctx.fail(self._no_such_option(word))
        return rest

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Add the search fields to the help of a command that takes a query."""
        if self._words == "words":
            from .. import FIELDS

            with formatter.section("Fields"):
                formatter.write_dl([(field.example, field.help) for field in FIELDS])

    def _no_such_option(self, option: str) -> str:
        options = [name for parameter in self.params for name in parameter.opts if name.startswith("--")]
        near = get_close_matches(option.partition("=")[0], options, n=1)
        return f"no such option: {option}" + (f"; did you mean {near[0]}?" if near else "")


def read_quickly(parameters: list[click.Parameter]) -> list[click.Parameter]:
    """Make parameters read plain values without typer.

    typer 0.29 has pydantic check every value, even for a parameter with its own `parser=`; loading pydantic
    takes longer than a search. So `process_value`, the method that reads a value, is replaced by one that
    accepts defaults and plain values. All other values, including wrong ones, are left to typer.
    """
    for parameter in parameters:
        if isinstance(parameter, TyperOption | TyperArgument) and "process_value" not in vars(parameter):
            vars(parameter)["process_value"] = _reader(parameter)
    return parameters


def _reader(parameter: TyperOption | TyperArgument) -> Callable[[click.Context, object], object]:
    read_by_typer = parameter.process_value

    def process_value(context: click.Context, value: object) -> object:
        if not value and parameter.required:
            return read_by_typer(context, value)
        if value is None or value == parameter.default:
            return value
        try:
            return _plain_value(parameter, value)
        except ValueError:
            return read_by_typer(context, value)

    return process_value


def _plain_value(parameter: TyperOption | TyperArgument, value: object) -> object:
    """Return a value as the parameter's type.

    Raises:
        ValueError: it is wrong, or of a type that is not handled here.
    """
    kind: object = parameter.type_descriptor.annotation
    if isinstance(value, list | tuple):
        [kind] = get_args(kind)
        return [_plain_text(kind, one) for one in value]
    if kind is int and isinstance(value, str) and value.isdecimal():
        number = int(value)
        if (parameter.min or 0) <= number <= (number if parameter.max is None else parameter.max):
            return number
    return _plain_text(kind, value)


def _plain_text(kind: object, value: object) -> object:
    if isinstance(value, str):
        if kind is str or value in get_args(kind):
            return value
        if kind is Path:
            return Path(value)
    raise ValueError(value)
