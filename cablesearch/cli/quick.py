"""The values of options, read quickly.

typer has pydantic check each value and each default, and to load pydantic takes longer than to search. So
defaults and plain values are taken as they are; all others, wrong ones among them, go typer's way.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

from typer.core import TyperCommand


class Quick:
    """A command, or a group of them, whose plain values are not checked by pydantic: to be mixed in."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Give the parameters, the help option among them."""
        parameters: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        for parameter in parameters:
            if "process_value" not in vars(parameter):
                parameter.process_value = _reader(parameter)
        return parameters


class QuickCommand(Quick, TyperCommand):
    """A command with plain values read quickly."""


def _reader(parameter: Any) -> Any:
    """Give what stands in for a parameter's `process_value`."""
    checked = parameter.process_value
    kind = getattr(getattr(parameter, "type_descriptor", None), "annotation", None)  # where typer keeps it

    def process_value(context: Any, value: Any) -> Any:
        if not value and parameter.required:
            return checked(context, value)
        if value is None or value == parameter.default:
            return value
        if parameter.callback:
            return checked(context, value)
        if kind in (str, list[str]) or value in get_args(kind):  # text, or one of several choices
            return value
        if kind is Path:
            return Path(value)
        if kind == list[Path]:
            return [Path(path) for path in value]
        return checked(context, value)

    return process_value
