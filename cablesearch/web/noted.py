"""The notebook that is served: what pages show of it, and what their forms write into it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from .. import Note, Notebook, NotebookError


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a notebook, in one of its states.

    Attributes:
        state: a word that is another one after every change.
        noted: by the id of each cable, the ids of what is noted on it and its paragraphs.
        labels, lists: their names, each with the number of notes.
        questions: those that are saved, by name.
    """

    state: str = ""
    noted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    labels: Mapping[str, int] = field(default_factory=dict)
    lists: Mapping[str, int] = field(default_factory=dict)
    questions: Mapping[str, str] = field(default_factory=dict)

    @property
    def suggested(self) -> dict[str, Mapping[str, str | None]]:
        """The names that a query may ask for, by field, each with its meaning."""
        return {
            "query": dict(self.questions),
            "label": dict.fromkeys(self.labels),
            "list": dict.fromkeys(self.lists),
        }


class NoteForm(NamedTuple):
    """What a form says of a note: all of it but the lists."""

    text: str
    labels: tuple[str, ...]
    starred: bool

    @classmethod
    def of(cls, note: Note) -> NoteForm:
        """Return the form of a note as it is."""
        return cls(note.text, note.labels, note.starred)

    @classmethod
    def sent(cls, fields: Mapping[str, str]) -> NoteForm:
        """Return what the fields of a form say; labels are separated by commas."""
        labels = (" ".join(one.split()) for one in fields.get("labels", "").split(","))
        text = fields.get("text", "").replace("\r\n", "\n").strip()
        return cls(text, tuple(dict.fromkeys(filter(None, labels))), bool(fields.get("star")))

    @property
    def fingerprint(self) -> str:
        """What tells whether a note is another one than it was when a form was made of it."""
        return sha256(repr(self).encode()).hexdigest()[:16]


class OpenNotebook:
    """A notebook that requests read side by side; it is read anew when something has changed it.

    Changes have a connection of their own, so that no reader waits for another program that writes.
    """

    def __init__(self, file: Path) -> None:
        self.reader = Notebook(file)
        self._kept = Contents()
        self._lock = Lock()

    @property
    def state(self) -> str:
        """A word that is another one after every change; nothing if the notebook cannot be read."""
        try:
            return self.reader.state
        except NotebookError:  # searching goes on; a query that asks the notebook says what is wrong
            return ""

    @property
    def contents(self) -> Contents:
        """What is in it now; nothing if it cannot be read."""
        try:
            with self._lock, self.reader.reading():
                state = self.reader.state
                if self._kept.state != state:
                    self._kept = _contents(self.reader, state)
                return self._kept
        except NotebookError:
            return Contents()

    def write(self, note: Note, wanted: NoteForm, digest: str | None) -> None:
        """Change a note to what a form says; where that is nothing new, nothing is written.

        Args:
            note: as it is.
            digest: of what it is about (`Index.target`).

        Raises:
            NotebookError: a label is no name, the text is too long, or the notebook cannot be written.
        """
        if wanted == NoteForm.of(note):
            return
        with Notebook(self.reader.file) as book, book.writing():
            if wanted.text != note.text:
                book.note(note.id, wanted.text, digest=digest)
            book.unlabel(note.id, *(one for one in note.labels if one not in wanted.labels))
            book.label(  # afterwards, as one that was typed in another way is put back
                note.id, *(one for one in wanted.labels if one not in note.labels), digest=digest
            )
            if wanted.starred != note.starred:
                book.star(note.id, starred=wanted.starred, digest=digest)


def _contents(book: Notebook, state: str) -> Contents:
    noted = defaultdict(list)
    for id in sorted(book.ids("noted", "yes")):
        noted[id.partition("#")[0]].append(id)
    return Contents(
        state,
        {cable: tuple(ids) for cable, ids in noted.items()},
        book.labels(),
        book.lists(),
        book.questions(),
    )
