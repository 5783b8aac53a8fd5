"""What an index has to answer by meaning with, and groups of paragraphs, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .counts import count_of
from .page import Page, styled
from .report import size_text
from .results import INDENT, snippet_of

if TYPE_CHECKING:
    from ..meaning import VectorReport, VectorState
    from ..search.clusters import Clusters

PASSAGES_A_SECOND = 120  # that one worker encodes with the usual model, for an estimate


def state_text(state: VectorState, *, width: int = 80, colour: bool = False) -> str:
    """Return what is there: the model, and how many paragraphs have vectors."""
    page = Page(width, colour)
    if not state.model:
        page.put("no model yet: cablesearch meaning fetch")
        return str(page)
    facts = {
        "Model": state.model,
        "From": state.source or "",
        "Paragraphs": f"{state.with_vectors:,} of {state.paragraphs:,} have vectors",
        "Size": size_text(state.size),
    }
    for label, value in facts.items():
        page.put(value, styled(f"{label:<12}", "faint"))
    if state.problem:
        page.put(state.problem)
    elif state.with_vectors < state.paragraphs:
        page.put(f"the others: cablesearch meaning build; all take about {size_text(state.size_of_all)}")
    return str(page)


def plan(state: VectorState) -> str:
    """Return what a build is about to do, on one line: how much, how large, how long."""
    missing = state.paragraphs - state.with_vectors
    minutes = missing / PASSAGES_A_SECOND / 60
    time = f"some {minutes:,.0f} minutes of one processor" if minutes >= 1 else "less than a minute"
    size = size_text(state.size_of_all)
    most = f"up to {count_of(missing, 'paragraph')}"  # some may read as others did before
    return f"{most} to encode, {time}; all vectors take about {size} on disk"


def report_text(report: VectorReport, *, width: int = 80, colour: bool = False) -> str:
    """Return what a build did."""
    page = Page(width, colour)
    page.put(f"{count_of(report.paragraphs, 'paragraph')} with vectors by {report.model}")
    page.put(f"{count_of(report.made, 'passage')} encoded in {report.seconds:.1f} s", INDENT)
    page.put(f"{count_of(report.passages, 'passage')} in all, {size_text(report.size)}", INDENT)
    return str(page)


def clusters_text(clusters: Clusters, *, width: int = 80, colour: bool = False) -> str:
    """Return the groups, the largest first, each with the words that mark it and its central paragraphs."""
    page = Page(width, colour)
    for number, group in enumerate(clusters.groups, 1):
        words = ", ".join(group.words) or "no words of its own"
        page.put([*styled(f"{number}  "), *styled(words, "title"), *styled(f"  {group.size:,}", "faint")])
        for hit in group.hits:
            text = snippet_of(hit, page.width)
            page.put([*styled(hit.paragraph.id, "id"), *styled("  "), *text], INDENT)
        page.gap()
    found = (
        f"{count_of(clusters.total, 'paragraph')} with vectors in {count_of(len(clusters.groups), 'group')}"
    )
    if clusters.grouped < clusters.total:
        found += f", by {clusters.grouped:,} of them that are spread evenly over all"
    page.put(styled(found, "faint"))
    return str(page)
