"""SQLite: tables of cables, paragraphs, people and references, with full-text search, for Datasette."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

from ..model.cable import Cable
from ..model.citation import citation
from ..model.passage import Passage
from . import Answer, Format
from ._passages import binary, cables

# Datasette finds the index of a table by `content="paragraphs"`, and follows what a column REFERENCES.
SCHEMA = """
CREATE TABLE cables (
    id TEXT PRIMARY KEY, date TEXT, origin TEXT, classification TEXT, caveats TEXT, subject TEXT, tags TEXT,
    precedence TEXT, "from" TEXT, "to" TEXT, signature TEXT, citation TEXT,
    collections TEXT
);
CREATE TABLE paragraphs (
    id TEXT PRIMARY KEY, cable TEXT REFERENCES cables(id), number TEXT, marking TEXT, kind TEXT, heading TEXT,
    text TEXT, link TEXT, citation TEXT
);
CREATE TABLE people (paragraph TEXT REFERENCES paragraphs(id), name TEXT, protected INTEGER);
CREATE TABLE "references" (cable TEXT REFERENCES cables(id), label TEXT, id TEXT, text TEXT);
CREATE VIRTUAL TABLE paragraphs_fts USING FTS5 (
    text, heading, content="paragraphs", tokenize="porter unicode61 remove_diacritics 2"
);
"""
INDEXES = """
CREATE INDEX paragraphs_cable ON paragraphs (cable);
CREATE INDEX people_paragraph ON people (paragraph);
CREATE INDEX people_name ON people (name);
CREATE INDEX references_cable ON "references" (cable);
CREATE INDEX references_id ON "references" (id);
INSERT INTO paragraphs_fts (paragraphs_fts) VALUES ('rebuild');
"""


def write(answers: Iterable[Answer], stream: TextIO) -> None:
    """Write the passages of all answers, with the facts of their cables."""
    output = binary(stream, "sqlite")
    with TemporaryDirectory() as folder:
        file = Path(folder) / "cables.db"
        with closing(sqlite3.connect(file)) as database, database:
            database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + SCHEMA + "BEGIN;")
            for cable, passages in cables(answers, "sqlite"):
                _insert(database, "cables", [_cable(cable)])
                _insert(database, "paragraphs", map(_paragraph, passages))
                people = [
                    (p.paragraph.id, who.full_name, who.protected)
                    for p in passages
                    for who in p.paragraph.people
                ]
                _insert(database, "people", people)
                _insert(database, "references", [(cable.id, r.label, r.id, r.text) for r in cable.references])
            database.executescript(INDEXES)
        with file.open("rb") as written:
            shutil.copyfileobj(written, output)


Values = Sequence[str | int | None]


def _insert(database: sqlite3.Connection, table: str, rows: Iterable[Values]) -> None:
    """Insert rows, without those whose id is there already."""
    for row in rows:
        places = ", ".join("?" * len(row))
        database.execute(f'INSERT OR IGNORE INTO "{table}" VALUES ({places})', list(map(_storable, row)))


def _storable(value: str | int | None) -> str | int | None:
    """Return a value that SQLite can store: in a text, half a character as an escape."""
    return value.encode("utf-8", "backslashreplace").decode("utf-8") if isinstance(value, str) else value


def _cable(cable: Cable) -> Values:
    classification = cable.classification
    return (
        cable.id,
        cable.created.isoformat() if cable.created else None,
        cable.origin,
        classification.level if classification else None,
        ", ".join(classification.caveats) if classification else None,
        cable.subject,
        ", ".join(cable.tags),
        cable.precedence,
        cable.sender,
        "; ".join(cable.to),
        cable.signature,
        citation(cable),
        "; ".join(cable.collections),
    )


def _paragraph(passage: Passage) -> Values:
    paragraph = passage.paragraph
    return (
        paragraph.id,
        passage.cable.id,
        paragraph.number,
        paragraph.marking,
        paragraph.kind,
        paragraph.heading,
        paragraph.text,
        passage.link,
        passage.citation,
    )


FORMAT = Format("sqlite", ".db", "application/vnd.sqlite3", write)
