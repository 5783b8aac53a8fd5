"""Lays out what is new of saved questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .counts import count_of
from .page import Page, marked, styled

if TYPE_CHECKING:
    from ..desk.news import News, WhatsNew

SNIPPET = 200  # characters of a paragraph


def news_text(news: WhatsNew, *, width: int = 80, colour: bool = False) -> str:
    """Return the paragraphs that are new, below their questions; those without are left out."""
    page = Page(width, colour)
    begun = [each.name for each in news if each.first and each.error is None]
    for each in news:
        if each.total:
            _put_question(page, each)
    if begun:
        page.put(f"looked at for the first time: {', '.join(begun)}")
    if not news.total:
        page.put("nothing is new")
    return str(page)


def _put_question(page: Page, news: News) -> None:
    page.put(styled(f"{news.name}: {count_of(news.total, 'paragraph')}", "title"))
    for hit in news.hits:
        cable, paragraph = hit.cable, hit.paragraph
        head = styled(paragraph.id, "id") + styled("  new" if news.is_new(hit) else "  changed")
        facts = [
            cable.created.isoformat()[:10] if cable.created else "",
            cable.origin or "",
            cable.subject or "",
        ]
        page.put(head + styled("  " + "  ".join(filter(None, facts)), "faint"), "  ", hang=4)
        page.put(marked(hit.snippet(SNIPPET).pieces), "    ")
    if news.total > len(news.hits):
        page.put(f"and {news.total - len(news.hits):,} more", "  ")
    page.gap()
