"""What a build did, and what is in an index, to be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ..corpus.record import Failure
from ..export.escape import visible
from ..model.citation import iso
from .counts import counted, put_counts
from .page import Page, Text, joined, styled

if TYPE_CHECKING:
    from ..indexing import Report, State

MOST = 20  # duplicates, and values of a facet, that are listed


def report_text(report: Report, *, width: int = 80, colour: bool = False) -> str:
    """Give what a build did: what is in the index now, what it read, which cables it met twice."""
    page = Page(width, colour)
    page.put(styled(f"{counted(report.cables, 'cable')}, {counted(report.paragraphs, 'paragraph')}", "title"))
    page.put("; ".join(_read(report)), "  ")
    page.put("; ".join(_changed(report)), "  ")
    if report.duplicates:
        page.put(f"{counted(len(report.duplicates), 'cable')} found twice, the fuller text kept:", "  ")
    for id, kept, dropped in report.duplicates[:MOST]:
        page.put(f"{id}  {kept}, not {dropped}", "    ")
    if len(report.duplicates) > MOST:
        page.put(f"and {len(report.duplicates) - MOST:,} more", "    ")
    return str(page)


def failure_line(failure: Failure) -> str:
    """Name what was not read, and why, on one line."""
    return f"not read: {visible(failure.source)}: {visible(failure.reason)}"


def state_text(
    folder: str,
    state: State,
    facets: Mapping[str, Mapping[str, int]],
    *,
    width: int = 80,
    colour: bool = False,
) -> str:
    """Give what is in the index: how it was made, and its paragraphs by origin, year and so on."""
    page = Page(width, colour)
    facts: dict[str, Text | str] = {
        "Index": folder,
        "Engine": state.engine,
        "Built": f"{iso(state.built)[:16]} UTC by cablesearch {state.version}",
        "Sources": joined([styled(str(source)) for source in state.sources], "\n"),
        "Cables": f"{state.cables:,}",
        "Paragraphs": f"{state.paragraphs:,}",
        "Size": _size(state.size),
    }
    for label, value in facts.items():
        page.put(value, styled(f"{label:<12}", "faint"))
    for field, counts in facets.items():
        if counts:
            page.gap()
            page.put(styled(f"Paragraphs by {field}", "title"))
            if field == "year":
                put_counts(page, dict(sorted(counts.items())))
            else:
                put_counts(page, counts, MOST)
    return str(page)


def _read(report: Report) -> Iterator[str]:
    """Give what became of the files."""
    yield counted(report.files, "file")
    yield f"{report.read:,} read in {report.seconds:.1f} s" if report.read else "nothing new to read"
    if report.read and report.unchanged:
        yield f"{report.unchanged:,} unchanged"
    if report.failures:
        yield f"{len(report.failures):,} not read"


def _changed(report: Report) -> Iterator[str]:
    """Give what became of the cables, and the engine that holds them."""
    for count, what in ((report.added, "new"), (report.replaced, "replaced"), (report.removed, "removed")):
        if count:
            yield f"{counted(count, 'cable')} {what}"
    yield f"engine {report.engine}" + (f" instead of {report.switched}" if report.switched else "")


def _size(size: float) -> str:
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:,.0f} {unit}" if unit == "bytes" or size >= 10 else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:,.1f} GB"
