"""Hits and counts as CSV, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from itertools import islice
from typing import TYPE_CHECKING

from .escape import visible

if TYPE_CHECKING:
    from ..search.results import Hit, Timeline

COLUMNS = (
    "id", "cable", "number", "score",
    "date", "origin", "classification", "marking", "subject", "people", "text",
)  # fmt: skip

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # what a spreadsheet takes for the beginning of one


def hits_csv(hits: Iterable[Hit]) -> str:
    """Give the hits one a row under a heading row."""
    return table(COLUMNS, map(_cells, hits))


def facets_csv(facets: Mapping[str, Mapping[str, int]], limit: int | None = None) -> str:
    """Give the paragraphs found by each value of some fields, a value a row."""
    return table(
        ("field", "value", "count"),
        (
            (field, value, str(count))
            for field, counts in facets.items()
            for value, count in islice(counts.items(), limit)
        ),
    )


def timeline_csv(timeline: Timeline) -> str:
    """Give the paragraphs found over time, a period a row; those without a date last, without a period."""
    undated = [("", str(timeline.undated))] if timeline.undated else []
    return table((timeline.by, "count"), [*((p, str(n)) for p, n in timeline.periods.items()), *undated])


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    file = StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(map(safe, row) for row in rows)
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
