"""The answer to a search, to be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..model.citation import facts
from ..search.snippet import passage, pieces
from .page import Page, Text, joined, styled

if TYPE_CHECKING:
    from ..search.results import Hit, Results

LINES = 4  # of a passage, about
RAGGED = 6  # cells that a line leaves empty, on average
INDENT = "  "


def results_text(
    results: Results,
    *,
    limit: int,
    offset: int,
    group: bool = False,
    width: int = 80,
    colour: bool = False,
) -> str:
    """Give the hits in their order, each with what it takes to judge and cite it, and how many there are.

    Args:
        group: by cable, the cables in the order of their best hit.
    """
    page = Page(width, colour)
    if results.suggestion:
        page.put([*styled("did you mean "), *styled(results.suggestion, "id"), *styled("?")])
        page.gap()
    for hits in results.by_cable().values() if group else ():
        _put_group(hits, page)
        page.gap()
    for rank, hit in enumerate(() if group else results, offset):
        if results.relaxed and rank == max(results.total, offset):
            page.put(styled(_rule(results.total), "faint"))
            page.gap()
        _put(hit, page)
        page.gap()
    page.put(styled("; ".join(_summary(results, limit, offset)), "faint"))
    return str(page)


def _put_group(hits: list[Hit], page: Page) -> None:
    """Put a cable, and below it its paragraphs."""
    cable = hits[0].cable
    page.put(joined([styled(cable.id, "id"), *map(styled, facts(cable))], "  "), hang=len(INDENT))
    if cable.subject:
        page.put(_marked(cable.subject, hits[0], "title"))
    for hit in hits:
        number = hit.paragraph.id.removeprefix(cable.id)
        marking = [styled(f"({hit.paragraph.marking})")] if hit.paragraph.marking else []
        page.put(
            joined([styled(number, "id"), *marking, _passage(hit, page.width - 2 * len(INDENT))], "  "),
            INDENT,
        )


def _put(hit: Hit, page: Page) -> None:
    cable, paragraph = hit.cable, hit.paragraph
    marking = [f"({paragraph.marking})"] if paragraph.marking else []
    known = map(styled, (*facts(cable), *marking))
    page.put(joined([styled(paragraph.id, "id"), *known], "  "), hang=len(INDENT))
    if cable.subject:
        page.put(_marked(cable.subject, hit, "title"))
    if paragraph.heading and hit.query.highlights(paragraph.heading):
        page.put([*styled("under "), *_marked(paragraph.heading, hit, "title")], INDENT)
    page.put(_passage(hit, page.width - len(INDENT)), INDENT)


def _marked(text: str, hit: Hit, style: str) -> Text:
    """Give a line of text with the words that were asked for marked."""
    found = hit.query.highlights(text)
    return joined(styled(piece, "match" if matched else style) for piece, matched in pieces(text, found))


def _passage(hit: Hit, width: int) -> Text:
    shown = passage(hit.paragraph.text, hit.highlights, LINES * (width - RAGGED))
    text = joined(styled(piece, "match" if matched else "") for piece, matched in shown.pieces)
    before = styled("… ") if shown.cut_before else []
    after = styled(" …") if shown.cut_after else []
    return [*before, *text, *after]


def _rule(total: int) -> str:
    if total:
        return "── No more paragraphs have every word; these have some of them:"
    return "── No paragraph has every word; these have some of them:"


def _summary(results: Results, limit: int, offset: int) -> Iterator[str]:
    """Give how many paragraphs there are, which are shown, and how to go on."""
    found = f"{results.total:,} paragraph{'' if results.total == 1 else 's'}"
    yield f"{found} with every word" if results.relaxed else found
    shown = len(results)
    if offset or results.relaxed or shown < results.total:
        yield f"{offset + 1:,}-{offset + shown:,} shown" if shown > 1 else f"number {offset + 1:,} shown"
    if shown == limit and (results.relaxed or offset + shown < results.total):
        yield f"next: --offset {offset + shown}"
