"""What is new of saved questions: the paragraphs that came or changed since they were last looked at."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import ClassVar

from ..errors import QueryError
from ..model.cable import Row
from ..model.passage import Link, Passage, paragraph_link
from ..notebook.names import name_of
from ..notebook.notebook import Notebook
from ..search.index import Index
from ..search.results import Hit, Passages
from .tracking import Tracked, tracking


@dataclass(frozen=True, slots=True)
class News:
    """What is new of one question.

    Attributes:
        name: of the question.
        hits: the paragraphs, as many as were wanted.
        changed: whether each paragraph that came or changed is new, by its id.
        total: how many there are.
        first: it was never looked at before, or was another question then: nothing counts as new.
        error: why it could not be asked, None if it could.
    """

    name: str
    query: str
    hits: tuple[Hit, ...] = ()
    changed: Mapping[str, bool] = field(default_factory=dict, repr=False)
    total: int = 0
    first: bool = False
    error: str | None = None

    def is_new(self, hit: Hit) -> bool:
        """Whether a paragraph is new; otherwise its text was changed."""
        return self.changed[hit.paragraph.id]


class WhatsNew(list[News]):
    """What is new of some questions, in the order of their names.

    Args:
        mark: lets the next look begin where this one ended.
        link: returns the address of a paragraph.
    """

    columns: ClassVar = ("question", "what", *Passages.columns)

    def __init__(self, news: Iterable[News], mark: Callable[[], None], link: Link = paragraph_link) -> None:
        super().__init__(news)
        self.mark = mark
        self._link = link

    @property
    def total(self) -> int:
        """How many paragraphs there are, for all questions."""
        return sum(each.total for each in self)

    @property
    def failed(self) -> list[News]:
        """The questions that could not be asked."""
        return [each for each in self if each.error is not None]

    def rows(self) -> Iterator[Row]:
        """Yield the paragraphs as flat records, each with its question, and whether it is new or changed."""
        for question, what, hit in self._found():
            for row in Passages([hit], link=self._link).rows():
                yield {"question": question, "what": what, **row}

    def records(self) -> Iterator[dict[str, object]]:
        """Yield the paragraphs as JSON values."""
        for question, what, hit in self._found():
            for record in Passages([hit], link=self._link).records():
                yield {"question": question, "what": what, **record}

    def as_dict(self) -> dict[str, object]:
        """Return all of it as JSON values, with the keys of docs/json.md."""
        found: dict[str, list[dict[str, object]]] = {each.name: [] for each in self}
        for record in self.records():
            found[str(record.pop("question"))].append(record)
        return {
            "total": self.total,
            "questions": [
                {
                    "name": each.name,
                    "query": each.query,
                    "total": each.total,
                    "first": each.first,
                    "error": each.error,
                    "passages": found[each.name],
                }
                for each in self
            ],
        }

    def passages(self) -> Iterator[Passage]:
        """Yield the paragraphs as passages, each with its question."""
        for question, what, hit in self._found():
            yield Passage(hit.cable, hit.paragraph, address=self._link, found_by=f"{question} ({what})")

    def _found(self) -> Iterator[tuple[str, str, Hit]]:
        for each in self:
            for hit in each.hits:
                yield each.name, "new" if each.is_new(hit) else "changed", hit


def whats_new(
    index: Index,
    notebook: Notebook,
    names: Sequence[str] = (),
    *,
    limit: int | None = None,
    mark: bool = True,
    link: Link = paragraph_link,
) -> WhatsNew:
    """Return the paragraphs that saved questions find and that came or changed since the last look.

    The first look at a question, and one after it was changed, finds nothing new: it only begins.

    Args:
        index: opened with this notebook.
        names: of the questions; all of them by default.
        limit: how many paragraphs of each question are wanted; None for all.
        mark: the next look begins here; otherwise `mark()` of the answer says so later.
        link: returns the address of a paragraph.

    Raises:
        QueryError: no question of that name is saved.
    """
    questions = _questions(notebook, names)
    news, tracked = _look(index, notebook, questions, limit, begin=mark)

    def mark_seen() -> None:
        seen = [(each.name, each.query) for each in news if each.error is None]
        with tracking(seen_file(notebook)) as log:
            log.mark(tracked or log.bring_up_to_date(index), seen, notebook.questions())

    found = WhatsNew(news, mark_seen, link)
    if mark:
        found.mark()
    return found


def seen_file(notebook: Notebook) -> Path:
    """Return the file beside a notebook that says what was looked at."""
    return notebook.file.with_name(f"{notebook.file.stem}.seen{notebook.file.suffix}")


def _look(
    index: Index, notebook: Notebook, questions: Mapping[str, str], limit: int | None, *, begin: bool
) -> tuple[list[News], Tracked | None]:
    """Return what is new of some questions, and the index as it was looked at.

    Args:
        begin: read every cable if nothing was looked at before; otherwise that waits until it is marked.
    """
    if not begin and not seen_file(notebook).exists():
        first = (News(name, query, first=True) for name, query in questions.items())
        return [_news(index, each, _Changes({}), limit) for each in first], None
    with tracking(seen_file(notebook)) as log:
        tracked = log.bring_up_to_date(index)
        changes: dict[int | None, _Changes] = {None: _Changes({})}
        news = []
        for name, query in questions.items():
            since = log.last_look(tracked, name, query)
            if since is not None and since not in changes:
                changes[since] = _Changes(log.changes(tracked, since))
            news.append(_news(index, News(name, query, first=since is None), changes[since], limit))
        return news, tracked


def _questions(notebook: Notebook, names: Sequence[str]) -> dict[str, str]:
    saved = notebook.questions()
    for name in names:
        if name_of(name) not in saved:
            raise QueryError(f"no question is saved as {name!r}: cablesearch save shows all")
    wanted = [name_of(name) for name in names]
    return {name: query for name, query in saved.items() if not names or name in wanted}


class _Changes:
    """The paragraphs that came or changed since a look, and whether each is new."""

    def __init__(self, is_new: Mapping[str, bool]) -> None:
        self.is_new = is_new
        self.ids = frozenset(is_new)  # one set for all questions, for the index to look up once


def _news(index: Index, news: News, changes: _Changes, limit: int | None) -> News:
    """Return what is new of a question."""
    try:
        if news.first:
            index.explain(news.query)  # can it be asked?
        if not changes.ids:
            return news
        found = index.scan(news.query, among=changes.ids)
        hits = tuple(islice(found, None if limit is None else min(limit, sys.maxsize)))
        return replace(news, hits=hits, changed=changes.is_new, total=len(hits) + sum(1 for _ in found))
    except QueryError as error:
        return replace(news, error=str(error))
