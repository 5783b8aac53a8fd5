"""Notebooks as files for other people and programs, and back: JSON, Markdown, CSV; merging two notebooks."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from ..errors import NotebookError
from ..model.cable import Row
from ..model.files import replacing
from .database import Database
from .names import clean_text, target_id, valid_name
from .note import Note
from .rows import Mark, Revision, add_mark, add_revision

if TYPE_CHECKING:
    from .notebook import Notebook

VERSION = 1  # of the JSON
MAX_STAMP = 2**62  # nanoseconds; the year 2116
_SQLITE = b"SQLite format 3\0"
_HEADING = re.compile(r"^##\s+(?P<id>\S+)(?P<star>\s+★)?\s*$", re.MULTILINE)
_SEPARATOR = re.compile(r"[;,]")
# What an exported cell, and each part that a spreadsheet may split off, begins with lest it be evaluated.
_FORMULA = re.compile(r"(?<![^;\t\n])'(?=[\s\xad\u200b-\u200f\u2060-\u206f\ufeff]*+[=+\-@＝＋－＠﹦﹢﹣﹫−])")

Rows: TypeAlias = "tuple[list[Revision], list[Mark]]"


@dataclass(frozen=True, slots=True)
class Merged:
    """What a notebook took over.

    Attributes:
        texts: versions of notes and questions that it had not.
        marks: stars, labels and places in lists that are others now.
        disputed: the ids, and the names of questions, of which both have changed the text: both are kept.
    """

    texts: int = 0
    marks: int = 0
    disputed: tuple[str, ...] = ()

    columns: ClassVar = ("texts", "marks", "disputed")

    def rows(self) -> Iterator[Row]:
        """Yield the numbers as one record."""
        yield {"texts": self.texts, "marks": self.marks, "disputed": "; ".join(self.disputed)}

    def records(self) -> Iterator[dict[str, object]]:
        """Yield the whole as one record."""
        yield self.as_dict()

    def as_dict(self) -> dict[str, object]:
        """Return the numbers as JSON values."""
        return {"texts": self.texts, "marks": self.marks, "disputed": list(self.disputed)}


# All of a notebook


def dump(notebook: Notebook) -> dict[str, object]:
    """Return a notebook as JSON values: its rows, in an order that says nothing."""
    with notebook.reading() as connection:
        revisions, marks = _rows(connection)
    return {
        "notebook": VERSION,
        "texts": [asdict(each) | {"replaces": list(each.replaces)} for each in revisions],
        "marks": [each._asdict() for each in marks],
    }


def save(notebook: Notebook, file: Path) -> None:
    """Write a notebook to a file as JSON."""
    try:
        with replacing(file, "utf-8") as stream:
            json.dump(dump(notebook), stream, ensure_ascii=False, indent=1)
    except OSError as error:
        raise NotebookError(f"{file} cannot be written ({error.strerror})") from error


def _rows(connection: sqlite3.Connection) -> Rows:
    replaced: dict[tuple[str, str, str], list[str]] = {}
    for kind, name, id, by in connection.execute(
        "SELECT kind, name, id, by FROM replaced ORDER BY 1, 2, 3, 4"
    ):
        replaced.setdefault((kind, name, by), []).append(id)
    revisions = [
        Revision(kind, name, text, digest, stamp, author, tuple(replaced.get((kind, name, id), ())))
        for kind, name, id, text, digest, stamp, author in connection.execute(
            "SELECT kind, name, id, text, digest, stamp, author FROM revision ORDER BY kind, name, id"
        )
    ]
    marks = connection.execute(
        "SELECT kind, name, target, value, digest, stamp, author FROM mark ORDER BY kind, name, target"
    )
    return revisions, [Mark(*row) for row in marks]


def _add(notebook: Notebook, rows: Rows) -> Merged:
    """Add rows of another notebook."""
    revisions, marks = rows
    with notebook.writing() as connection:
        before = set(notebook.disputed())
        texts = sum([add_revision(connection, each) for each in revisions])
        changed = sum([add_mark(connection, each) for each in marks])
        stamps = [each.stamp for each in revisions] + [each.stamp for each in marks]
        connection.execute(
            "UPDATE setting SET value = max(value, ?) WHERE name = 'clock'", (max(stamps, default=0),)
        )
        return Merged(texts, changed, tuple(name for name in notebook.disputed() if name not in before))


# Files


def read(notebook: Notebook, file: Path) -> Merged:
    """Take over what a file has; see `Notebook.read`."""
    try:
        with file.open("rb") as opened:
            begins = opened.read(len(_SQLITE))
            if begins == _SQLITE:
                return _add(notebook, _read_notebook(file))
            text = (begins + opened.read()).decode("utf-8-sig")  # once: it may be a pipe
    except UnicodeDecodeError as error:
        raise NotebookError(f"{file} is not in UTF-8: save it so") from error
    except OSError as error:
        raise NotebookError(f"{file} cannot be read ({error.strerror})") from error
    if file.suffix.lower() == ".csv":
        return _adopt(notebook, _from_csv(text, file))
    if text.lstrip().startswith("{"):
        return _add(notebook, _from_json(text, file))
    return _adopt(notebook, _from_markdown(text, file))


def _read_notebook(file: Path) -> Rows:
    other = Database(file)
    try:
        with other.reading() as connection:
            return _rows(connection)
    finally:
        other.close()


def _from_json(text: str, file: Path) -> Rows:
    try:
        data = json.loads(text)
        if data["notebook"] > VERSION:
            raise NotebookError(f"{file} was written by a later cablesearch: install that version")
        revisions = [Revision(**each | {"replaces": tuple(each["replaces"])}) for each in data["texts"]]
        marks = [Mark(**each) for each in data["marks"]]
        for revision in revisions:
            _check_revision(revision)
        for mark in marks:
            _check_mark(mark)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise NotebookError(
            f"{file} is no notebook as JSON ({error}): cablesearch notes --export FILE writes one"
        ) from error
    return revisions, marks


def _check_revision(new: Revision) -> None:
    """Raise a ValueError or a NotebookError unless a notebook could have written this."""
    known = {"note": target_id, "question": valid_name}[new.kind]
    _check_common(new.digest, new.stamp, new.author)
    if known(new.name) != new.name or not all(isinstance(text, str) for text in (new.text, *new.replaces)):
        raise ValueError(f"the name {new.name!r}")
    if list(new.replaces) != sorted(set(new.replaces)):
        raise ValueError("what it replaces")


def _check_mark(mark: Mark) -> None:
    names: dict[str, Callable[[str], str]] = {"star": str.strip, "label": valid_name, "list": valid_name}
    known = names[mark.kind]
    _check_common(mark.digest, mark.stamp, mark.author)
    if known(mark.name) != mark.name or target_id(mark.target) != mark.target:
        raise ValueError(f"the name {mark.name!r} or the id {mark.target!r}")
    if mark.value is not None and not (isinstance(mark.value, int | float) and abs(mark.value) < 1e15):
        raise ValueError(f"the value {mark.value!r}")


def _check_common(digest: object, stamp: object, author: object) -> None:
    if not (digest is None or isinstance(digest, str)) or not isinstance(author, str):
        raise ValueError("a digest or an author that is no text")
    if not isinstance(stamp, int) or not 0 <= stamp < MAX_STAMP:
        raise ValueError(f"the time {stamp!r}")


# Notes without their earlier versions: as Markdown and CSV


@dataclass(frozen=True, slots=True)
class _Entry:
    """A note as people write it."""

    id: str
    texts: tuple[str, ...] = ()
    starred: bool = False
    labels: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()


def _adopt(notebook: Notebook, entries: Iterable[_Entry]) -> Merged:
    """Take over notes: what they say is added, and takes nothing away.

    A text that the note ever had is known. Another one takes its place beside the present one: both are kept.
    """
    texts = marks = 0
    with notebook.writing() as connection:
        before = set(notebook.disputed())
        for entry in entries:
            old = notebook.get(entry.id)
            for text in filter(None, map(clean_text, entry.texts)):
                known = "SELECT text FROM revision WHERE kind = 'note' AND name = ?"
                texts_known = {_FORMULA.sub("", each) for (each,) in connection.execute(known, (old.id,))}
                if _FORMULA.sub("", text) in texts_known:
                    continue
                if old.texts:
                    stamp = notebook.tick()
                    add_revision(
                        connection, Revision("note", old.id, text, old.digest, stamp, notebook.author)
                    )
                else:
                    notebook.note(old.id, text)
                    old = notebook.get(old.id)
                texts += 1
            labels = [each for each in entry.labels if valid_name(each) not in old.labels]
            lists = [each for each in entry.lists if valid_name(each) not in old.lists]
            notebook.label(old.id, *labels)
            for each in lists:
                notebook.add(each, old.id)
            if entry.starred and not old.starred:
                notebook.star(old.id)
            marks += len(labels) + len(lists) + (entry.starred and not old.starred)
        return Merged(texts, marks, tuple(name for name in notebook.disputed() if name not in before))


def to_markdown(notes: Iterable[Note]) -> str:
    """Return notes as Markdown: a heading each, their labels and lists, their texts as quotations."""
    return "\n".join(_markdown_of(note) for note in notes)


def _markdown_of(note: Note) -> str:
    lines = [f"## {note.id}{' ★' if note.starred else ''}", ""]
    for name, values in (("Labels", note.labels), ("Lists", note.lists)):
        if values:
            lines += [f"{name}: {', '.join(values)}", ""]
    if note.standing:
        lines += [f"Since then: {note.standing}", ""]
    for each in note.texts:
        if note.is_disputed:
            lines += [f"By {each.author or 'unknown'}, {each.written:%Y-%m-%d %H:%M}:", ""]
        lines += [*(f"> {line}" if line else ">" for line in each.text.split("\n")), ""]
    return "\n".join(lines)


def _from_markdown(text: str, file: Path) -> Iterator[_Entry]:
    """Yield the notes of a text as `to_markdown` writes it."""
    headings = [*_HEADING.finditer(text)]
    if not headings:
        raise NotebookError(f"{file} has no notes: each begins with a line such as: ## 07ASTANA48#6")
    ends = [*(each.start() for each in headings[1:]), len(text)]
    for heading, end in zip(headings, ends, strict=True):
        yield _entry_of(heading["id"], heading["star"] is not None, text[heading.end() : end].split("\n"))


def _entry_of(id: str, starred: bool, lines: Iterable[str]) -> _Entry:
    names: dict[str, tuple[str, ...]] = {}
    texts: list[list[str]] = []
    quoting = False
    for line in lines:
        if line.startswith(">"):
            if not quoting:
                texts.append([])
            texts[-1].append(line.removeprefix(">").removeprefix(" "))
        else:
            name, _, values = line.partition(":")
            names[name] = _names(values)
        quoting = line.startswith(">")
    joined = tuple("\n".join(each) for each in texts)
    return _Entry(id, joined, starred, names.get("Labels", ()), names.get("Lists", ()))


def _from_csv(text: str, file: Path) -> Iterator[_Entry]:
    """Yield the notes of a table with a column `id`, and some of `note`, `labels`, `lists`, `starred`."""
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    rows = csv.DictReader(StringIO(text, newline=""), delimiter=delimiter)
    if "id" not in (rows.fieldnames or ()):
        raise NotebookError(
            f"{file} has no column id: its first line is to name id, note, labels, lists, starred"
        )
    try:
        for row in rows:
            if id := _cell(row, "id"):
                starred = _cell(row, "starred").lower() in ("yes", "1", "true", "x", "★")
                labels, lists = _names(_cell(row, "labels")), _names(_cell(row, "lists"))
                yield _Entry(id, (_cell(row, "note"),), starred, labels, lists)
    except csv.Error as error:
        raise NotebookError(f"{file}, line {rows.line_num}: {error}") from error


def _cell(row: Mapping[str, str | None], name: str) -> str:
    return _FORMULA.sub("", (row.get(name) or "").strip())


def _names(values: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, _SEPARATOR.split(values))))
