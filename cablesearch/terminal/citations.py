"""What a cable cites, what cites it, and the exchange that it is part of, as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..model.cable import Cable
from ..model.citation import iso
from .counts import count_of
from .page import Page, Text, join, styled

if TYPE_CHECKING:
    from ..search.citations import Citation, Citations, Thread

MAX_DEPTH = 8  # levels of a tree that are indented
INDENT = 2  # cells for each


def citations_text(
    citations: Citations, *, limit: int | None = None, width: int = 80, colour: bool = False
) -> str:
    """Return the cables that a cable cites, and those that cite it, each with its date and subject.

    Args:
        limit: list at most so many of those that cite it.
    """
    page = Page(width, colour)
    page.put(_line(citations.id, citations.cable), hang=INDENT)
    page.gap()
    page.put(styled(f"Cites {count_of(len(citations.cites), 'cable')}", "title"))
    _put_citations(citations.cites, page)
    page.gap()
    page.put(styled(f"Cited by {count_of(citations.total, 'cable')}", "title"))
    listed = citations.cited_by[:limit]
    _put_citations(listed, page)
    if more := citations.total - len(listed):
        page.put(f"and {more:,} more: cablesearch cites:{citations.id}", "    ")
    return str(page)


def thread_text(thread: Thread, *, width: int = 80, colour: bool = False) -> str:
    """Return the cables of a thread as trees, each below the latest one that it cites."""
    page = Page(width, colour)
    for link in thread.links:
        also = [styled(f"also cites {', '.join(link.also)}", "faint")] if link.also else []
        mark = "> " if link.id == thread.id else "  "
        indent = mark + " " * (INDENT * min(link.depth, MAX_DEPTH))
        page.put(join([_line(link.id, link.cable), *also], "  "), indent, hang=len(indent) + INDENT)
    more = "; more of them are further away: --steps, --limit" if thread.cut else ""
    page.put(styled(count_of(len(thread.links), "cable") + more, "faint"))
    return str(page)


def _put_citations(citations: Sequence[Citation], page: Page) -> None:
    for one in citations:
        numbers = [paragraph.rpartition("#")[2] for paragraph in one.paragraphs]
        where = [styled(f"in ¶ {', '.join(numbers)}", "faint")] if numbers else []
        label = f"{one.label or '':<2}"
        page.put(join([_line(one.id, one.cable), *where], "  "), f"  {label}", hang=6)


def _line(id: str, cable: Cable | None) -> Text:
    """Return a cable on one line: its date, id, origin and subject, or that the index has not got it."""
    if not cable:
        return [*styled(" " * len("2007-01-08  ")), *styled(id, "id"), *styled("  not in the index", "faint")]
    day = iso(cable.created)[: len("2007-01-08")] if cable.created else ""
    facts = [styled(fact) for fact in (cable.origin, cable.subject) if fact]
    return join([styled(f"{day:<10}"), styled(cable.id, "id"), *facts], "  ")
