"""What a query asks of the user's notebook: ids for labels, lists and notes, trees for saved questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from ..engines.contract import Reader
from ..engines.scoring import most_frequent_first
from ..errors import QueryError
from ..model.cable import Cable
from ..model.reference_id import canonical
from ..notebook.names import name_of
from ..notebook.note import digest_of
from ..notebook.notebook import Notebook
from ..query.fields import FIELDS, NOTED, FieldKind, keyword
from ..query.query import Filters, Query, parse
from ..query.tree import All, Among, Filter, Not, Noted, Saved, Tree, leaves, map_tree
from .changed import FIELD as CHANGED
from .changed import Changed
from .missing import no_cable, no_paragraph

MAX_LEAVES = 1_000  # of a query with all the saved questions in it
KEPT_SETS = 64


def notebook_of(named: Notebook | Path | str | bool, index: Path) -> Notebook:
    """Return the notebook that an index is opened with.

    Args:
        named: as of `open_index`.

    Raises:
        QueryError: it is opened without one.
    """
    if isinstance(named, Notebook):
        return named
    if not named:
        names = [field.name for field in FIELDS if field.kind is FieldKind.NOTEBOOK]
        raise QueryError(
            f"{', '.join(names)} ask a notebook, and none is open here: open_index(..., notebook=True)"
        )
    return Notebook.beside(index) if named is True else Notebook(named)


def _quoted(value: str) -> str:
    """Return a value as it may stand in a query: in quotes if it has spaces."""
    return f'"{value}"' if " " in value and '"' not in value else value


def find_target(id: str, cables: Sequence[Cable]) -> tuple[str, str]:
    """Return the id of a paragraph or a cable as a notebook has it, and the checksum of its text.

    Args:
        cables: those that have the id.

    Raises:
        QueryError: there is none, or more than one.
    """
    name, _, number = (part.strip() for part in id.strip().rstrip("# ").partition("#"))
    if not cables:
        raise no_cable(name)
    own = [cable for cable in cables if cable.id == (canonical(name) or name)] or cables
    if len(own) > 1:
        raise QueryError(f"{len(own)} cables have the id {name}: name one of {', '.join(c.id for c in own)}")
    [cable] = own
    if not number:
        return cable.id, digest_of(cable)
    if paragraph := cable.paragraph(number):
        return paragraph.id, digest_of(paragraph)
    raise no_paragraph(cable, number)


class NotedFields:
    """The fields of a query whose values are in a notebook, for one index."""

    def __init__(self, notebook: Notebook, reader: Reader, changed: Changed) -> None:
        self._notebook = notebook
        self._reader = reader
        self._changed = changed
        self._sets: dict[tuple[str, str], Among] = {}

    def close(self) -> None:
        """Close the notebook."""
        self._notebook.close()

    def resolve(self, query: Query) -> Query:
        """Return a query with the paragraphs and questions of the notebook in their places.

        Raises:
            QueryError: a saved question does not exist, or is part of itself.
        """
        return Query(query.text, self._resolved(query.tree, ()), query.word_spans)

    def remember(self, query: str, filters: Filters) -> None:
        """Keep a question in the history; of its filters, those of each field in parentheses."""
        lists = {name: [values] if isinstance(values, str) else values for name, values in filters.items()}
        typed = (f"{name}:({' OR '.join(map(_quoted, values))})" for name, values in lists.items())
        self._notebook.remember(" ".join((query, *typed)))

    def counts(self, field: str, tree: Tree) -> dict[str, int]:
        """Count the paragraphs that a tree matches by the values of a field, most frequent first."""
        if field == "noted":
            names = [*NOTED]
        else:
            names = [*(self._notebook.labels() if field == "label" else self._notebook.lists())]
        counts = self._reader.counts([All((tree, self._having(field, name))) for name in names])
        return most_frequent_first(each for each in zip(names, counts, strict=True) if each[1])

    def _having(self, field: str, name: str) -> Tree:
        if (field, name) == ("noted", "no"):
            return Not(Filter(self._among("noted", "yes")))
        return Filter(self._among(field, name))

    def _resolved(self, tree: Tree, within: tuple[str, ...]) -> Tree:
        """Return a tree with ids and the trees of saved questions in it, which may have others in them.

        Args:
            within: the questions that this is part of, the outermost first.
        """

        def fill_in(node: Tree, _: bool) -> Tree:
            if isinstance(node, Noted) and node.field == CHANGED:
                return self._changed.among(node.value)
            if isinstance(node, Noted):
                return self._among(node.field, node.value)
            if not isinstance(node, Saved):
                return node
            name = name_of(node.name)
            if name in within:
                round = " asks for ".join(f"query:{each}" for each in (*within[within.index(name) :], name))
                raise QueryError(f"{round}: a question cannot be part of itself, so save one of them without")
            return self._resolved(parse(self._question(name)).tree, (*within, name))

        filled = map_tree(tree, fill_in)
        if within and sum(1 for _ in leaves(filled, excluded=True)) > MAX_LEAVES:
            raise QueryError(
                f"query:{within[0]} has more than {MAX_LEAVES:,} words and values: save a shorter one"
            )
        return filled

    def _question(self, name: str) -> str:
        questions = self._notebook.questions()
        if name not in questions:
            near = get_close_matches(name, questions, n=1)
            remedy = f"did you mean query:{near[0]}?" if near else "cablesearch save lists those that are"
            raise QueryError(f"no question is saved as {name!r}: {remedy}")
        return questions[name]

    def _among(self, field: str, value: str) -> Among:
        """Return the node for what the notebook has under a name."""
        state = self._notebook.state
        known = self._sets.get((field, value))
        if not known or known.state != state:
            ids = self._notebook.ids(field, value)
            known = Among(f"{field}:{value}", state, self._here(ids))
            if len(self._sets) >= KEPT_SETS:
                self._sets.clear()
            self._sets[field, value] = known
        return known

    def _here(self, ids: frozenset[str]) -> frozenset[str]:
        """Return ids as terms, and for each that the index has not the paragraph that has its text now."""
        terms = {keyword(id): id for id in ids}
        lost: defaultdict[str, list[str]] = defaultdict(list)
        for term, count in self._reader.frequencies("id", terms).items():
            cable, number, _ = terms[term].partition("#")
            if number and not count:
                lost[cable].append(terms[term])
        moved = set()
        for cable, gone in lost.items():
            if found := self._reader.cable(cable):
                digests = {self._notebook.get(id).digest for id in gone}
                moved |= {keyword(p.id) for p in found.paragraphs if digest_of(p) in digests}
        return frozenset(terms) | moved
