"""A search as an address says it: `/search?q=salt&sort=date&page=2`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

from .. import Index, Results
from .addresses import link
from .citing import PLAIN, style_of
from .narrowing import clauses

Period = Literal["year", "month", "day"]
Sort = Literal["relevance", "date", "-date", "cited"]
SORTS: tuple[Sort, ...] = get_args(Sort)

HITS_A_PAGE = 20
PER_CABLE = 3  # paragraphs shown of each cable, if they are grouped
MAX_PAGE = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for, and how it is shown.

    Attributes:
        grouped: by cable.
        meaning: by meaning, not by words.
        page: from 1.
        style: of the citations.
    """

    query: str
    sort: Sort = "relevance"
    grouped: bool = False
    page: int = 1
    style: str = PLAIN
    meaning: bool = False

    @classmethod
    def of(cls, parameters: Mapping[str, str]) -> Question:
        """Return the question of an address; what it does not say, or says wrongly, is as usual."""
        sorts = (sort for sort in SORTS if sort == parameters.get("sort"))
        page = parameters.get("page", "1")
        return cls(
            parameters.get("q", "").strip(),
            next(sorts, "relevance"),
            parameters.get("group") == "cable",
            min(max(int(page), 1), MAX_PAGE) if page.isascii() and page.isdecimal() and len(page) < 12 else 1,
            style_of(parameters),
            parameters.get("meaning") == "1",
        )

    def ask(self, index: Index) -> Results:
        """Return the hits of the page."""
        results = index.search(
            self.query,
            limit=HITS_A_PAGE,
            offset=self.offset,
            sort="relevance" if self.meaning else self.sort,
            per_cable=PER_CABLE if self.grouped else None,
            meaning=self.meaning,
        )
        return replace(results, grouped=self.grouped)

    @property
    def counted(self) -> str:
        """The query for what is counted by facets and over time: by meaning, all that is compared."""
        if not self.meaning:
            return self.query
        parts = (self.query[clause.start : clause.end] for clause in clauses(self.query))
        return " ".join(parts) or "*"

    @property
    def said_style(self) -> str | None:
        """The style of the citations as an address says it: not, if it is the plain one."""
        return None if self.style == PLAIN else self.style

    @property
    def offset(self) -> int:
        """The number of hits on the pages before."""
        return (self.page - 1) * HITS_A_PAGE

    def address(
        self,
        query: str | None = None,
        *,
        sort: Sort | None = None,
        grouped: bool | None = None,
        page: int | None = None,
        meaning: bool | None = None,
    ) -> str:
        """Return the address of this question, or of one that differs from it; another query begins anew."""
        asked = replace(
            self,
            query=self.query if query is None else query,
            sort=sort or self.sort,
            grouped=self.grouped if grouped is None else grouped,
            meaning=self.meaning if meaning is None else meaning,
        )
        number = page or (self.page if query is None else 1)
        return link("/search", **asked.said(), page=number if number > 1 else None)

    def said(self) -> dict[str, str | None]:
        """Return what an address says of this question, but for its page; None is not said."""
        return {
            "q": self.query,
            "sort": None if self.sort == "relevance" else self.sort,
            "group": "cable" if self.grouped else None,
            "style": self.said_style,
            "meaning": "1" if self.meaning else None,
        }
