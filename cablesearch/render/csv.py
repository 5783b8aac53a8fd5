"""Hits as CSV, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO
from typing import TYPE_CHECKING

from .visible import visible

if TYPE_CHECKING:
    from ..search import Hit

COLUMNS = (
    "id", "cable", "number", "score",
    "date", "origin", "classification", "marking", "subject", "people", "text",
)  # fmt: skip

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # what a spreadsheet takes for the beginning of one


def hits_csv(hits: Iterable[Hit]) -> str:
    """Give the hits one a row under a heading row."""
    file = StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([safe(cell) for cell in _cells(hit)] for hit in hits)
    return file.getvalue()


def safe(cell: str) -> str:
    """Give a cell that no spreadsheet runs: an apostrophe before what would begin a formula."""
    shown = visible(cell, lines=True)
    return f"'{shown}" if cell.startswith(_FORMULA) else shown


def _cells(hit: Hit) -> list[str]:
    cable, paragraph = hit.cable, hit.paragraph
    return [
        paragraph.id,
        cable.id,
        paragraph.number or "",
        str(hit.score),
        cable.created.isoformat() if cable.created else "",
        cable.origin or "",
        cable.classification.level if cable.classification else "",
        paragraph.marking or "",
        cable.subject or "",
        "; ".join(person.full_name for person in paragraph.people),
        paragraph.text,
    ]
