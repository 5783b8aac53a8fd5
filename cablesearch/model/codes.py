"""What codes in a cable stand for: reasons for classification (`reasons.toml`), TAGS (`tag_codes.py`)."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TypedDict

from .cable import Cable
from .tag_codes import tag_code

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
    """Return the meaning of a tag, None for a geography and where the table does not have its code."""
    entry = tag_code(printed.partition("(")[0])
    return entry.meaning or None if entry and entry.kind != "geography" else None


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
def _orders() -> list[_Order]:
    import tomllib  # here: only `show` needs it

    text = (Path(__file__).parent / "reasons.toml").read_text("utf-8")
    table: dict[str, list[_Order]] = tomllib.loads(text)
    return table["order"]
