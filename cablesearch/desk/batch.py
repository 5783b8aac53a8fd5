"""Many questions at once: a file of queries becomes one table, of counts or of hits."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from io import StringIO
from itertools import islice
from typing import ClassVar

from ..errors import QueryError
from ..model.cable import Row
from ..model.citation import citation
from ..model.passage import Cite, Link, Passage, paragraph_link
from ..search.index import Index
from ..search.results import Passages

NO_QUERY = "the row has no query: write one, or delete the row"


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a file.

    Attributes:
        line: where it stands, from 1.
        name: as the file names it, None if it does not.
        error: why it could not be asked, None if it could.
    """

    line: int
    query: str
    name: str | None = None
    paragraphs: int | None = None
    cables: int | None = None
    error: str | None = None

    def as_row(self) -> Row:
        """Return the question, and what was found, as a flat record."""
        return {column: getattr(self, column) for column in Batch.columns}


class Batch(list[Question]):
    """The questions of a file with the numbers of paragraphs and cables that they find."""

    columns: ClassVar = ("line", "name", "query", "paragraphs", "cables", "error")

    @property
    def failed(self) -> list[Question]:
        """The questions that could not be asked."""
        return [question for question in self if question.error is not None]

    def rows(self) -> Iterator[Row]:
        """Yield a record for each question."""
        return (question.as_row() for question in self)

    def records(self) -> Iterator[Row]:
        """Yield the rows."""
        return self.rows()

    def as_dict(self) -> dict[str, object]:
        """Return all questions as JSON values, with the keys of docs/json.md."""
        return {"questions": list(self.records())}


class BatchHits:
    """What the questions of a file find, one after the other: read once, while it is written.

    Attributes:
        limit: how many paragraphs each question gives at most, its best ones; None for all, cable by cable.
        failed: the questions that could not be asked, once all are read.
    """

    columns: ClassVar = ("question", *Passages.columns)

    def __init__(
        self,
        index: Index,
        questions: Iterable[Question],
        limit: int | None = None,
        cite: Cite = citation,
        link: Link = paragraph_link,
    ) -> None:
        self.limit = limit
        self.failed: list[Question] = []
        self._index, self._questions = index, questions
        self._cite, self._link = cite, link

    def _answers(self) -> Iterator[tuple[str, Passages]]:
        for question in self._questions:
            if question.error:
                self.failed.append(question)
                continue
            try:
                if self.limit is None:
                    hits = self._index.scan(question.query)
                else:
                    found = self._index.search(question.query, limit=self.limit)
                    hits = (hit for hit in found if not hit.partial)
                yield question.name or question.query, Passages(hits, self._cite, self._link)
            except QueryError as error:
                self.failed.append(replace(question, error=str(error)))

    def rows(self) -> Iterator[Row]:
        """Yield the paragraphs as flat records, each with the question that finds it."""
        return ({"question": name, **row} for name, found in self._answers() for row in found.rows())

    def records(self) -> Iterator[dict[str, object]]:
        """Yield the paragraphs as JSON values."""
        return ({"question": name, **record} for name, found in self._answers() for record in found.records())

    def as_dict(self) -> dict[str, object]:
        """Return all of them as JSON values."""
        return {"passages": list(self.records())}

    def passages(self) -> Iterator[Passage]:
        """Yield the paragraphs as passages to be cited."""
        return (passage for _, found in self._answers() for passage in found.passages())


def read_questions(text: str) -> list[Question]:
    """Return the questions of a text: one a line, or a table with the columns `query` and perhaps `name`.

    Empty lines, and those that begin with `#`, are no questions.

    Raises:
        QueryError: there are none.
    """
    table = _table(text)
    lines = ((number, line, None) for number, line in enumerate(text.splitlines(), 1))
    try:
        questions = [
            Question(number, query.strip(), name, error=None if query.strip() else NO_QUERY)
            for number, query, name in (lines if table is None else table)
            if (query.strip() or name) and not query.startswith("#")
        ]
    except csv.Error as error:
        raise QueryError(
            f"the table of questions cannot be read ({error}): write one question a line"
        ) from error
    if all(question.error for question in questions):
        raise QueryError("no questions: write one a line, or a table with the columns name and query")
    return questions


def _table(text: str) -> Iterator[tuple[int, str, str | None]] | None:
    """Return the rows of a table with their lines; None if the text is none."""
    first = text.partition("\n")[0].lower()
    delimiter = max(",;\t", key=first.count)
    columns = [name.strip(' "\ufeff\r') for name in first.split(delimiter)]
    if "query" not in columns:
        return None
    rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    query, name = columns.index("query"), columns.index("name") if "name" in columns else None

    def cell(row: list[str], column: int | None) -> str:
        return row[column] if column is not None and column < len(row) else ""

    return (
        (rows.line_num, cell(row, query), cell(row, name).strip() or None)
        for row in islice(rows, 1, None)
        if row and not row[0].startswith("#")
    )


def count_all(index: Index, questions: Iterable[Question]) -> Batch:
    """Return the questions with the numbers of paragraphs and cables that each finds, or why it finds none.

    Only paragraphs with every word are counted.
    """
    return Batch(_counted(index, question) for question in questions)


def _counted(index: Index, question: Question) -> Question:
    if question.error:
        return question
    try:
        totals = index.totals(question.query)
    except QueryError as error:
        return replace(question, error=str(error))
    return replace(question, paragraphs=totals.paragraphs, cables=totals.cables)
