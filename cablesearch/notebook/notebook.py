"""The notebook: notes, labels, stars and lists of paragraphs and cables, and saved questions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Self

from ..errors import NotebookError
from .database import Database
from .names import clean_text, name_of, target_id, user_name, valid_name
from .note import Names, Note, Notes, Text, moment
from .questions import Asked, History, Questions
from .rows import Mark, Revision, add_mark, add_revision

if TYPE_CHECKING:
    from .exchange import Merged

FILE_NAME = "notebook.sqlite"
MAX_TEXT_CHARS = 100_000  # of a note
CLOSEST = 1e-6  # places in a list that are nearer to each other are spread out again

_NOTED = {  # what `noted:` may ask for, and the ids that have it
    "yes": "SELECT target FROM mark WHERE value NOTNULL"
    " UNION SELECT name FROM current WHERE kind = 'note' AND text <> ''",
    "star": "SELECT target FROM mark WHERE kind = 'star' AND value NOTNULL",
    "note": "SELECT DISTINCT name FROM current WHERE kind = 'note' AND text <> ''",
    "disputed": "SELECT name FROM current WHERE kind = 'note' GROUP BY name HAVING count(*) > 1",
}


class Notebook:
    """A notebook in a file, which need not exist: the first change makes it. A context manager.

    Several processes and threads may use it at once. Whatever changes something returns when that is on the
    disk.

    Args:
        file: where it is.
        author: who changes something; by default the name of the user on this machine.
    """

    def __init__(self, file: Path | str, author: str | None = None) -> None:
        self._database = Database(Path(file))
        self.author = user_name() if author is None else author

    @classmethod
    def beside(cls, index: Path | str) -> Notebook:
        """Return the notebook of an index for which none is named: the one beside its folder.

        So it stays where it is if the index is built anew, or deleted.
        """
        return cls(Path(index).absolute().parent / FILE_NAME)

    @property
    def file(self) -> Path:
        """Where it is."""
        return self._database.file

    @property
    def state(self) -> str:
        """A word that is another one after every change."""
        return self._database.state

    # Notes on paragraphs and cables

    def note(self, id: str, text: str, *, digest: str | None = None) -> None:
        """Write the note on a paragraph or a cable, in place of what there is; an empty text deletes it.

        Args:
            digest: of the paragraph or cable as it is now (`digest_of`), to tell later whether it changed.

        Raises:
            NotebookError: the text is too long, or the notebook cannot be written.
        """
        if len(text) > MAX_TEXT_CHARS:
            raise NotebookError(f"a note of {len(text):,} characters: {MAX_TEXT_CHARS:,} are the most")
        self._revise("note", target_id(id), clean_text(text), digest)

    def star(self, id: str, *, starred: bool = True, digest: str | None = None) -> None:
        """Put a star on a paragraph or a cable, or take it away."""
        self._mark("star", "", {target_id(id): 1.0 if starred else None}, digest)

    def label(self, id: str, *labels: str, digest: str | None = None) -> None:
        """Put labels on a paragraph or a cable."""
        with self.writing():
            for label in labels:
                self._mark("label", valid_name(label), {target_id(id): 1.0}, digest)

    def unlabel(self, id: str, *labels: str) -> None:
        """Take labels away."""
        with self.writing():
            for label in labels:
                self._mark("label", valid_name(label), {target_id(id): None})

    def delete(self, id: str) -> None:
        """Delete the text, the star and the labels of a paragraph or a cable; it stays in its lists."""
        with self.writing():
            known = self.get(id)
            self.note(id, "")
            self.star(id, starred=False)
            self.unlabel(id, *known.labels)

    def get(self, id: str) -> Note:
        """Return what there is about a paragraph or a cable, which may be nothing."""
        [note] = self._notes([target_id(id)])
        return note

    def notes(self, *, label: str | None = None, in_list: str | None = None, noted: str = "yes") -> Notes:
        """Return all notes, or those in a list, or those with a label, a star (`noted="star"`), or both.

        They are in the order of their ids, or of the list.
        """
        if in_list is not None:
            return self._notes(self.items(in_list))
        wanted = self.ids("noted", noted)
        if label is not None:
            wanted &= self.ids("label", label)
        return self._notes(sorted(wanted))

    def labels(self) -> Names:
        """Return the labels, with the number of paragraphs and cables that have each."""
        return self._names("label")

    def ids(self, field: str, value: str) -> frozenset[str]:
        """Return the ids of the paragraphs and cables that a field of a query finds.

        Args:
            field: `label`, `list` or `noted`.
            value: the name of a label or list, in which `*` and `?` make a pattern; of `noted`, one of `yes`,
                `star`, `note` and `disputed`.
        """
        with self.reading() as connection:
            if field == "noted":
                return frozenset(target for (target,) in connection.execute(_NOTED[value]))
            name = name_of(value)
            named = [name]
            if "*" in name or "?" in name:
                pattern = name.replace("[", "[[]")
                named = [each for each in self._names(field) if fnmatchcase(each, pattern)]
            marked = "SELECT target FROM mark WHERE kind = ? AND name = ? AND value NOTNULL"
            return frozenset(
                target for each in named for (target,) in connection.execute(marked, (field, each))
            )

    # Lists

    def lists(self) -> Names:
        """Return the lists, with the number of paragraphs and cables in each."""
        return self._names("list")

    def items(self, name: str) -> list[str]:
        """Return the ids in a list, in its order."""
        return list(self._places(name_of(name)))

    def add(self, name: str, *ids: str, at: int | None = None, digest: str | None = None) -> None:
        """Put paragraphs and cables into a list, or to another place in it.

        Args:
            at: the place of the first, from 1; None for the end.
        """
        name = valid_name(name)
        targets = [*dict.fromkeys(map(target_id, ids))]
        with self.writing():
            places = self._places(name)
            others = [place for target, place in places.items() if target not in targets]
            before = len(others) if at is None else min(max(at - 1, 0), len(others))
            low = others[before - 1] if before else None
            high = others[before] if before < len(others) else None
            self._mark(
                "list", name, dict(zip(targets, _between(low, high, len(targets)), strict=True)), digest
            )
            if low is not None and high is not None and high - low < CLOSEST * (len(targets) + 1):
                self._mark("list", name, {each: float(n) for n, each in enumerate(self._places(name), 1)})

    def drop(self, name: str, *ids: str) -> None:
        """Take paragraphs and cables out of a list; if none are given, delete the list."""
        name = valid_name(name)
        with self.writing():
            self._mark("list", name, {target_id(id): None for id in ids or self._places(name)})

    # Saved questions

    def save(self, name: str, query: str) -> None:
        """Save a question under a name, in place of what has it; an empty one is deleted.

        It is not tried: let an index parse it first.
        """
        self._revise("question", valid_name(name), clean_text(query), None)

    def question(self, name: str) -> str | None:
        """Return the question with a name, None if there is none."""
        return self.questions().get(name_of(name))

    def questions(self) -> Questions:
        """Return the saved questions by name, in alphabetical order; of disputed ones the later text."""
        with self.reading() as connection:
            rows = connection.execute(
                "SELECT name, text FROM current WHERE kind = 'question' ORDER BY name, stamp, id"
            )
            return Questions({name: text for name, text in dict(rows).items() if text})

    def history(self) -> History:
        """Return the questions that were asked, as far as they were kept, the latest last."""
        with self.reading() as connection:
            rows = connection.execute("SELECT query, stamp FROM asked ORDER BY number")
            return History(Asked(query, moment(stamp)) for query, stamp in rows)

    def remember(self, query: str) -> None:
        """Keep a question that was asked."""
        with self.writing() as connection:
            connection.execute(
                "INSERT INTO asked (stamp, query) VALUES (?, ?)", (self.tick(), clean_text(query))
            )

    def clear_history(self) -> None:
        """Forget the questions that were asked, so that nothing is left of them in the file."""
        if not self.file.exists():
            return
        with self.writing() as connection:
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("DELETE FROM asked")
        self._database.shrink()

    def disputed(self) -> tuple[str, ...]:
        """Return the ids, and the names of questions, of which two people changed the text: both are kept."""
        with self.reading() as connection:
            rows = connection.execute(
                "SELECT name FROM current GROUP BY kind, name HAVING count(*) > 1 ORDER BY kind, name"
            )
            return tuple(name for (name,) in rows)

    # Other notebooks and files

    def read(self, file: Path | str) -> Merged:
        """Take over what a file has: another notebook, or one exported as JSON, Markdown or CSV.

        Nothing is lost: of a mark that both changed the later value counts, of a text that both changed both
        are kept (`disputed`). Whoever merges notebooks with whom, and in whatever order, ends with the same.

        Raises:
            NotebookError: it is none of these.
        """
        from .exchange import read

        return read(self, Path(file))

    def dump(self) -> dict[str, object]:
        """Return the whole notebook as JSON values, with all versions of every text, as `read` takes it."""
        from .exchange import dump

        return dump(self)

    def save_as(self, file: Path) -> None:
        """Write the whole notebook to a file, as JSON; the file appears when it is complete."""
        from .exchange import save

        save(self, file)

    def reading(self) -> AbstractContextManager[sqlite3.Connection]:
        """Return a context manager: all that is read inside it is of one state."""
        return self._database.reading()

    def writing(self) -> AbstractContextManager[sqlite3.Connection]:
        """Return a context manager: all changes inside it are on the disk at its end, or none."""
        return self._database.writing()

    def tick(self) -> int:
        """Return the time of a change, later than that of all changes before; only while writing."""
        return self._database.tick()

    def close(self) -> None:
        """Close the file; it is opened again if it is needed."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def _names(self, kind: str) -> Names:
        with self.reading() as connection:
            rows = connection.execute(
                "SELECT name, count(*) FROM mark WHERE kind = ? AND value NOTNULL GROUP BY 1 ORDER BY 1",
                (kind,),
            )
            return Names(kind, dict(rows))

    def _places(self, name: str) -> dict[str, float]:
        """Return the ids in a list with their places, in its order."""
        with self.reading() as connection:
            rows = connection.execute(
                "SELECT target, value FROM mark WHERE kind = 'list' AND name = ? AND value NOTNULL"
                " ORDER BY value, target",
                (name,),
            )
            return dict(rows)

    def _notes(self, targets: Iterable[str]) -> Notes:
        with self.reading() as connection:
            return Notes(_note(connection, target) for target in targets)

    def _revise(self, kind: str, name: str, text: str, digest: str | None) -> None:
        """Write a text in place of all that are current."""
        with self.writing() as connection:
            rows = connection.execute(
                "SELECT id, text, digest FROM current WHERE kind = ? AND name = ? ORDER BY stamp, id",
                (kind, name),
            ).fetchall()
            digest = digest or next((old for *_, old in reversed(rows) if old), None)
            if [(each, old) for _, each, old in rows] == [(text, digest)] or not (rows or text):
                return
            replaces = tuple(sorted(id for id, *_ in rows))
            new = Revision(kind, name, text, digest, self.tick(), self.author, replaces)
            add_revision(connection, new)

    def _mark(
        self,
        kind: str,
        name: str,
        values: Mapping[str, float | None],
        digest: str | None = None,
    ) -> None:
        """Set the marks of a kind and a name on some paragraphs and cables."""
        with self.writing() as connection:
            stamp = self.tick()
            for target, value in values.items():
                old = connection.execute(
                    "SELECT value, digest FROM mark WHERE kind = ? AND name = ? AND target = ?",
                    (kind, name, target),
                ).fetchone() or (None, None)
                if old != (value, digest or old[1]):
                    add_mark(
                        connection, Mark(kind, name, target, value, digest or old[1], stamp, self.author)
                    )


def _note(connection: sqlite3.Connection, target: str) -> Note:
    """Return all that there is about a paragraph or a cable."""
    texts = connection.execute(
        "SELECT text, author, stamp, digest FROM current WHERE kind = 'note' AND name = ? ORDER BY stamp, id",
        (target,),
    ).fetchall()
    marks = connection.execute(
        "SELECT kind, name, stamp, digest FROM mark WHERE target = ? AND value NOTNULL ORDER BY name",
        (target,),
    ).fetchall()
    latest = max(((stamp, digest) for *_, stamp, digest in (*texts, *marks) if digest), default=(0, None))
    return Note(
        target,
        tuple(
            Text(text, author, moment(stamp), digest)
            for text, author, stamp, digest in texts
            if text or len(texts) > 1
        ),
        any(kind == "star" for kind, *_ in marks),
        tuple(name for kind, name, *_ in marks if kind == "label"),
        tuple(name for kind, name, *_ in marks if kind == "list"),
        latest[1],
    )


def _between(low: float | None, high: float | None, number: int) -> Iterator[float]:
    """Yield so many numbers between two, in order; None is no bound."""
    if high is None:
        first = 1.0 if low is None else low + 1
        yield from (first + step for step in range(number))
    elif low is None:
        yield from (high - number + step for step in range(number))
    else:
        yield from (low + (high - low) * step / (number + 1) for step in range(1, number + 1))
