"""What codes in a cable stand for: reasons of classification, TAGS. The tables are data files."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from .cable import Cable

_REASON = re.compile(r"(\d\.\d) ?\(([a-h])\)")


def reasons(cable: Cable) -> list[tuple[str, str | None]]:
    """Give each reason of classification with what it says in the order that was in force."""
    return [(reason, _meaning(reason, cable.created)) for reason in cable.reasons]


def tag(printed: str) -> str | None:
    """Give what a tag's code stands for, None where the table does not have it."""
    meaning: str | None = _table("tags").get(printed.partition("(")[0].strip().upper())
    return meaning


def _meaning(reason: str, created: date | None) -> str | None:
    found = _REASON.fullmatch(reason)
    if not found:
        return None
    section, letter = found.groups()
    day = created.date() if isinstance(created, datetime) else created
    orders = [order for order in _table("reasons")["order"] if order["section"] == section]
    in_force = [order for order in orders if day and order["since"] <= day] or orders[:1]
    meaning: str | None = in_force[-1].get(letter) if in_force else None
    return meaning


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / f"{name}.toml").read_text("utf-8"))
