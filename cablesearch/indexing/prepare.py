"""What a worker does with files: read them, parse their cables, make the documents that an engine indexes.

A function of its task alone, so that it runs in this process or in another one, started anew (spawn).
"""

from __future__ import annotations

import os
import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, fields
from hashlib import blake2b
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

from .. import engines
from .._version import __version__
from ..corpus import read
from ..corpus.record import Failure, Record
from ..engines.documents import documents
from ..engines.storage import pack
from ..errors import UnreadableError
from ..parse import steps
from ..people import naming
from ..steps import Steps, together
from .batches import batches

_STEP = 100_000  # bytes between two positions
_SOME, _SOME_TEXT = 32, 1_000_000  # that are worked on together, and characters of their text


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read, or a share of it.

    Attributes:
        file: its number in the manifest.
        size: bytes of the share.
        share: `(k, n)`: the k-th part of n, from 0. Each goes through the whole file, which costs little
            beside parsing, and needs nothing from the others.
        known: the manifest in which to look up what the file gave before; such cables are not parsed again.
        only: the places of the cables that are wanted, None for all.
        people: look for those who are named.
        engine: which one the cables are for, None where that depends on how much there is.
    """

    file: int
    path: str
    size: int
    share: tuple[int, int] = (0, 1)
    known: Path | None = None
    only: frozenset[bytes] | None = None
    people: bool = True
    engine: str | None = None


class Found(NamedTuple):
    """A cable, ready for an engine.

    Attributes:
        words, text: of its paragraphs' text, the latter in bytes.
        engine: whose `rows` these are; None if they are documents, from which any engine makes its own.
    """

    id: str
    place: bytes
    digest: int
    words: int
    text: int
    partial: bool
    released: bool
    packed: bytes
    engine: str | None
    rows: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Same:
    """A cable that the file gave before, word for word: the row of its entry in the manifest."""

    row: int


@dataclass(frozen=True, slots=True)
class Position:
    """How far a large file has been read, in bytes."""

    at: int


Outcome = Found | Same | Failure | Position


def prepare(task: Iterable[Job]) -> Iterator[Outcome | None]:
    """Give what the file of each job gives, in its order, and None where the job ends.

    What is more text than a small engine is good for is for the large one, whatever else there is.
    """
    text = 0
    for items in batches(_read(task), _SOME, _SOME_TEXT, _length):
        engine = engines.large() if text > engines.SMALL else None
        for outcome in together([_steps(item, engine) for item in items]):
            yield outcome
            text += text_of(outcome)


Item = tuple[Job, dict[int, int], Record | Failure | Position | None]  # with what the file gave before


def _read(task: Iterable[Job]) -> Iterator[Item]:
    """Give what is read for each job, how far it has come, and None where it ends."""
    for job in task:
        before, told, at = _before(job), 0, deque([0], maxlen=1)
        for record in read(Path(job.path), job.share, at.append):
            if isinstance(record, Failure) or job.only is None or _place(job, record) in job.only:
                yield job, before, record
            if at[0] - told > _STEP:
                told = at[0]
                yield job, before, Position(told)
        yield job, before, None


def _place(job: Job, record: Record) -> bytes:
    """Give where in the file a record stands."""
    return os.fsencode(record.source.removeprefix(job.path))


def text_of(outcome: Outcome | None) -> int:
    """Give the bytes of an outcome's text."""
    return outcome.text if isinstance(outcome, Found) else 0


def _length(item: Item) -> int:
    return len(item[2].message) if isinstance(item[2], Record) else 0


def _steps(item: Item, engine: str | None) -> Steps[Outcome | None]:
    """Give what becomes of what was read, a cable's rows for the job's engine or for this one; in steps."""
    job, before, record = item
    if not isinstance(record, Record):
        return record
    digest = _digest(record)
    if digest in before:
        return Same(before[digest])
    yield
    try:
        cable = yield from steps(record)
    except UnreadableError as error:
        return Failure(record.source, str(error))
    yield
    if job.people:
        cable = yield from naming(cable)
        yield
    made = tuple(documents(cable))
    yield
    engine = job.engine or engine
    rows = engines.engine(engine).writer.rows(made) if engine else made
    yield
    return Found(
        id=cable.id,
        place=_place(job, record),
        digest=digest,
        words=sum(one.own.terms["text"].count(" ") + 1 for one in made if "text" in one.own.terms),
        text=sum(_size(paragraph.text) for paragraph in cable.paragraphs),
        partial=cable.partial,
        released=cable.released is not None,
        packed=pack(cable),
        engine=engine,
        rows=rows,
    )


def _size(text: str) -> int:
    """Give the bytes of a text in UTF-8."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def _digest(record: Record) -> int:
    """Give a number for all that a record says; another version of cablesearch may parse it otherwise."""
    said = f"{__version__} {_BRIEF(record)!r}\0{record.header}\0{record.message}"
    digest = blake2b(said.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)


_BRIEF = attrgetter(*(field.name for field in fields(Record) if field.name not in ("header", "message")))


def _before(job: Job) -> dict[int, int]:
    """Give the rows of what the file gave before, by digest."""
    if not job.known:
        return {}
    with closing(sqlite3.connect(f"{job.known.as_uri()}?mode=ro&immutable=1", uri=True)) as db:
        return dict(db.execute("SELECT digest, row FROM cables WHERE file = ?", (job.file,)))
