"""The results of a search as text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..model.citation import facts
from ..search.results import group_by_cable
from ..search.snippet import pieces
from .cable import without_text
from .counts import count_of
from .page import Page, Text, join, marked, styled

if TYPE_CHECKING:
    from ..search.results import Hit, Results

SNIPPET_LINES = 4  # about as many lines of a hit's text are shown
RAGGED = 6  # cells that remain empty on a line, on average
INDENT = "  "


def results_text(
    results: Results,
    *,
    limit: int,
    offset: int,
    width: int = 80,
    colour: bool = False,
) -> str:
    """Return the hits in order, each with what is needed to judge and to cite it, and how many there are.

    Hits that have only some of the words come below a line that says so, in groups as well.
    """
    page = Page(width, colour)
    if results.suggestion:
        page.put([*styled("did you mean "), *styled(results.suggestion, "id"), *styled("?")])
        page.gap()
    put = _put_groups if results.grouped else _put_hits
    put([hit for hit in results if not hit.partial], page)
    if partial := [hit for hit in results if hit.partial]:
        page.put(styled(_rule(results.total), "faint"))
        page.gap()
        put(partial, page)
    page.put(styled("; ".join(_summary(results, limit, offset)), "faint"))
    return str(page)


def _put_groups(hits: list[Hit], page: Page) -> None:
    """Add cables, the one with the best hit first, each with its hits below."""
    for group in group_by_cable(hits).values():
        _put_group(group, page)
        page.gap()


def _put_group(hits: list[Hit], page: Page) -> None:
    cable = hits[0].cable
    page.put(join([styled(cable.id, "id"), *map(styled, facts(cable))], "  "), hang=len(INDENT))
    if cable.subject:
        page.put(_mark(cable.subject, hits[0], "title"))
    for hit in hits:
        number = hit.paragraph.id.removeprefix(cable.id)
        marking = [styled(f"({hit.paragraph.marking})")] if hit.paragraph.marking else []
        text = snippet_of(hit, page.width - 2 * len(INDENT))
        page.put(join([styled(number, "id"), *marking, text], "  "), INDENT)


def _put_hits(hits: list[Hit], page: Page) -> None:
    for hit in hits:
        _put_hit(hit, page)
        page.gap()


def _put_hit(hit: Hit, page: Page) -> None:
    cable, paragraph = hit.cable, hit.paragraph
    marking = [f"({paragraph.marking})"] if paragraph.marking else []
    known = map(styled, (*facts(cable), *marking))
    page.put(join([styled(paragraph.id, "id"), *known], "  "), hang=len(INDENT))
    if cable.subject:
        page.put(_mark(cable.subject, hit, "title"))
    if paragraph.heading and hit.query.highlights(paragraph.heading):
        page.put([*styled("under "), *_mark(paragraph.heading, hit, "title")], INDENT)
    page.put(snippet_of(hit, page.width - len(INDENT)), INDENT)


def _mark(text: str, hit: Hit, style: str) -> Text:
    """Return a line of text with the words of the query marked."""
    return marked(pieces(text, hit.query.highlights(text)), style)


def snippet_of(hit: Hit, width: int) -> Text:
    """Return the part of a hit's text that fills a few lines of the given width, or why there is no text."""
    if hit.cable.without_text:
        return styled(without_text(hit.cable), "faint")
    shown = hit.snippet(SNIPPET_LINES * (width - RAGGED))
    before = styled("… ") if shown.cut_before else []
    after = styled(" …") if shown.cut_after else []
    return [*before, *marked(shown.pieces), *after]


def _rule(total: int | None) -> str:
    if total:
        return "── No more paragraphs have every word; these have some of them:"
    return "── No paragraph has every word; these have some of them:"


def undated_text(paragraphs: int) -> str:
    """Return that so many paragraphs without a date match too, and how to find them."""
    matching = "matches" if paragraphs == 1 else "match"
    return f"{count_of(paragraphs, 'undated paragraph')} {matching} too: date:none"


def _summary(results: Results, limit: int, offset: int) -> Iterator[str]:
    """Yield how many paragraphs there are, which are shown, and how to see more."""
    shown = len(results)
    if results.total is None:
        what = "nearest in meaning" if results.by_meaning else "most like it"
        yield f"the {shown:,} {what}" if shown > 1 else f"the one {what}"
        if results.without_vectors:
            lacking = count_of(results.without_vectors, "paragraph")
            yield f"{lacking} not compared, without vectors yet: cablesearch meaning build"
        if results.by_meaning and shown == limit:
            yield f"next: --offset {offset + shown}"
        return
    found = count_of(results.total, "paragraph")
    if results.cables is not None:
        found += f" in {count_of(results.cables, 'cable')}"
    yield f"{found} with every word" if results.relaxed else found
    if results.undated:
        yield undated_text(results.undated)
    if offset or results.relaxed or shown < results.total:
        yield f"{offset + 1:,}-{offset + shown:,} shown" if shown > 1 else f"number {offset + 1:,} shown"
    if shown == limit and (results.relaxed or offset + shown < results.total):
        yield f"next: --offset {offset + shown}"
