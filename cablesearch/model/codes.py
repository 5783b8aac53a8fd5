"""What codes in a cable stand for: reasons for classification, TAGS. The tables are data files."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import TypedDict

from .cable import Cable

_REASON = re.compile(r"(\d\.\d) ?\(([a-h])\)")


class _Order(TypedDict):
    """An executive order on classification: the section that gives the reasons, and these by letter."""

    name: str
    section: str
    since: date
    reasons: dict[str, str]


def reasons(cable: Cable) -> list[tuple[str, str | None]]:
    """Return each reason for classification with its meaning in the order that was in force."""
    return [(reason, _reason_meaning(reason, cable.created)) for reason in cable.reasons]


def tag(printed: str) -> str | None:
    """Return the meaning of a tag, None where the table does not have its code."""
    return _tags().get(printed.partition("(")[0].strip().upper())


def _reason_meaning(reason: str, created: date | None) -> str | None:
    match = _REASON.fullmatch(reason)
    if not match:
        return None
    section, letter = match.groups()
    day = created.date() if isinstance(created, datetime) else created
    orders = [order for order in _orders() if order["section"] == section]
    in_force = [order for order in orders if day and order["since"] <= day] or orders[:1]
    return in_force[-1]["reasons"].get(letter) if in_force else None


@cache
def _tags() -> dict[str, str]:
    return tomllib.loads(_text("tags"))


@cache
def _orders() -> list[_Order]:
    table: dict[str, list[_Order]] = tomllib.loads(_text("reasons"))
    return table["order"]


def _text(table: str) -> str:
    return (files(__package__) / f"{table}.toml").read_text("utf-8")
