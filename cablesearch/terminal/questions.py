"""Lays out saved questions, what was asked, and the answers to many questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from .counts import count_of
from .page import Page, cells, styled

if TYPE_CHECKING:
    from ..desk.batch import Batch
    from ..notebook.questions import History

MAX_NAME = 30  # cells of the column of names


def questions_text(questions: Mapping[str, str], *, width: int = 80, colour: bool = False) -> str:
    """Return saved questions, each behind its name."""
    page = Page(width, colour)
    room = min(max(map(cells, questions), default=0), MAX_NAME)
    for name, query in questions.items():
        page.put(query, styled(name.ljust(room) + "  ", "id"))
    return str(page)


def history_text(asked: History, *, width: int = 80, colour: bool = False) -> str:
    """Return what was asked, each question behind its time."""
    page = Page(width, colour)
    for each in asked:
        page.put(each.query, styled(f"{each.at:%Y-%m-%d %H:%M}  ", "faint"))
    return str(page)


def batch_text(batch: Batch, *, width: int = 80, colour: bool = False) -> str:
    """Return questions with the numbers of paragraphs and cables that they find."""
    page = Page(width, colour)
    page.put(styled("paragraphs    cables", "faint"))
    for question in batch:
        counts = (question.paragraphs, question.cables)
        number, cables = ("-" if each is None else f"{each:,}" for each in counts)
        name = f"{question.name}: " if question.name else ""
        page.put(styled(name, "id") + styled(question.query), f"{number:>10}{cables:>10}  ")
    if batch.failed:
        page.put(styled(f"{count_of(len(batch.failed), 'question')} not understood", "title"))
    return str(page)
