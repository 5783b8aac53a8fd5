"""A worker's task: read files, parse their cables, prepare them for an engine.

It depends only on the task, so it can run in this process or in another one. Up to 128 cables go through
each stage together, which saves a fifth of the time (see `parse`).
"""

from __future__ import annotations

import os
import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, fields, replace
from hashlib import blake2b
from math import inf
from operator import attrgetter
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple

from .. import engines
from .._version import __version__
from ..analysis.words import words
from ..compare.redactions import marks, may_hold_marks
from ..corpus import read
from ..corpus.record import Failure, Record, as_failure
from ..engines.documents import BREAK, Document, documents
from ..engines.storage import pack
from ..errors import UnreadableError
from ..model.cable import Cable
from ..parse import parse_batch
from ..people import name_batch
from .batches import batches
from .likeness import likeness
from .manifest import PLAIN, Filing
from .time_limit import each_in_time, restart_time_limit, time_limit

BATCH_ITEMS, BATCH_CHARS = (
    128,
    1_000_000,
)  # that go through a stage together, and the characters of their text
_END = f" {BREAK}"  # of a paragraph's own words in its text column
POSITION_EVERY = 100_000  # bytes of a file between two reports of its position


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read, or a shard of it.

    Attributes:
        file: its number in the manifest.
        size: bytes of the shard.
        shard: `(k, n)`, the k-th part of n, from 0. Each job goes through the whole file, which costs little
            compared with parsing, and does not depend on the others.
        start: what stands in the file before that is not read (see `corpus.read`).
        stop_after: seconds after which the rest is left for another time; None for no limit.
        known: the manifest that says what the file gave before; such cables are not parsed again.
        only: the places of the cables that are wanted, with the filing of each; None for all.
        people: recognise the people named.
        engine: the engine that the cables are for, None if that depends on how much text there is.
        seconds: how long a file, or a cable of one with several, may take; None for no limit.
        collection: the name of the one that the file is in.
        front_matter: read what editions print before their documents, too.
    """

    file: int
    path: str
    size: int
    shard: tuple[int, int] = (0, 1)
    start: int = 0
    stop_after: float | None = None
    known: Path | None = None
    only: Mapping[bytes, Filing] | None = None
    people: bool = True
    engine: str | None = None
    seconds: float | None = None
    collection: str = ""
    front_matter: bool = False


class PreparedCable(NamedTuple):
    """A cable, ready for an engine.

    Attributes:
        id: under which the engine holds it: `plain_id`, or that with a suffix.
        place: where it stands in its file: the end of `Record.source`.
        digest: a hash of the record.
        likeness: what it is compared with others of its id by.
        words: of its paragraphs' text, without the marks of redactions; `text`: its length in bytes.
        engine: the engine that `rows` are for, None if they are documents, from which any can make its rows.
    """

    id: str
    plain_id: str
    place: bytes
    digest: int
    likeness: bytes
    format: str
    without_text: str | None
    words: int
    text: int
    partial: bool
    released: bool
    packed: bytes
    engine: str | None
    rows: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A cable that the file gave before, word for word.

    Attributes:
        row: its entry in the manifest.
    """

    row: int


@dataclass(frozen=True, slots=True)
class Position:
    """How far a large file has been read.

    Attributes:
        at: in bytes.
    """

    at: int


@dataclass(frozen=True, slots=True)
class Rest:
    """What a job left for another time.

    Attributes:
        start: see `Job`.
    """

    start: int


Outcome = PreparedCable | Unchanged | Failure | Position | Rest


def prepare(task: Iterable[Job]) -> Iterator[Outcome | None]:
    """Yield the outcomes of each job in order, and None at the end of each job.

    Once a task has more than `SMALL_TEXT_BYTES`, its cables are prepared for the engine for large indexes.
    """
    text = 0
    for items in batches(_read(task), BATCH_ITEMS, BATCH_CHARS, _message_chars):
        engine = engines.large_text_engine() if text > engines.SMALL_TEXT_BYTES else None
        for outcome in _prepare_batch(items, engine):
            yield outcome
            text += text_size(outcome)


def text_size(outcome: Outcome | None) -> int:
    """Return the bytes of an outcome's text."""
    return outcome.text if isinstance(outcome, PreparedCable) else 0


class _Item(NamedTuple):
    """A step of reading for a job.

    Attributes:
        known: the manifest's entries for what the file gave before, by digest.
        value: what was read, or how far; None at the end of the job.
    """

    job: Job
    known: dict[int, int]
    value: Record | Failure | Position | Rest | None


def _read(task: Iterable[Job]) -> Iterator[_Item]:
    for job in task:
        known, reported, last = _known_rows(job), 0, None
        end = inf if job.stop_after is None else monotonic() + job.stop_after
        at: deque[tuple[int, int]] = deque(maxlen=1)
        records = read(
            Path(job.path),
            job.shard,
            at.append,
            start=job.start,
            report_skipped=restart_time_limit,
            front_matter=job.front_matter,
        )
        for record in each_in_time(records, job.seconds):
            position, place = at[0] if at else (0, job.start)
            if last not in (None, place) and monotonic() > end:  # what stands at the last place is complete
                yield _Item(job, known, Rest(place))
                break
            if place >= job.start:  # before it there are only failures, which each reading gives again
                last = place
            if isinstance(record, Failure) or job.only is None or _place(job, record) in job.only:
                yield _Item(job, known, record)
            if position - reported > POSITION_EVERY:
                reported = position
                yield _Item(job, known, Position(reported))
        yield _Item(job, known, None)


def _known_rows(job: Job) -> dict[int, int]:
    if not job.known:
        return {}
    with closing(sqlite3.connect(f"{job.known.as_uri()}?mode=ro&immutable=1", uri=True)) as db:
        return dict(db.execute("SELECT digest, row FROM cables WHERE file = ?", (job.file,)))


def _place(job: Job, record: Record) -> bytes:
    return os.fsencode(record.source.removeprefix(job.path))


def _message_chars(item: _Item) -> int:
    return len(item.value.message) if isinstance(item.value, Record) else 0


def _prepare_batch(items: Sequence[_Item], engine: str | None) -> list[Outcome | None]:
    """Return the outcome of each item; cables are prepared for `engine` unless the job names one.

    If one fails or takes too long, each is prepared by itself, so that only that one is lost.
    """
    try:
        with time_limit(items[0].job.seconds):
            return _through_stages(items, engine)
    except Exception as error:
        if len(items) > 1:
            return [outcome for item in items for outcome in _prepare_batch([item], engine)]
        record = items[0].value
        assert isinstance(record, Record)  # nothing else goes through the stages
        return [as_failure(record.source, error)]


def _through_stages(items: Sequence[_Item], engine: str | None) -> list[Outcome | None]:
    results = [
        _Draft(item, item.value, engine) if isinstance(item.value, Record) else item.value for item in items
    ]
    drafts = [result for result in results if isinstance(result, _Draft)]
    for stage in _STAGES:
        stage([draft for draft in drafts if draft.outcome is None])
    return [result.outcome if isinstance(result, _Draft) else result for result in results]


@dataclass(slots=True, init=False)
class _Draft:
    """A cable that is being prepared."""

    job: Job
    known: dict[int, int]
    record: Record
    engine: str | None
    outcome: Outcome | None
    digest: int
    plain_id: str
    cable: Cable
    documents: tuple[Document, ...]
    rows: Sequence[Any]

    def __init__(self, item: _Item, record: Record, engine: str | None) -> None:
        self.job, self.known, _ = item
        self.record = record
        self.engine = self.job.engine or engine
        self.outcome = None


def _compare(drafts: list[_Draft]) -> None:
    for draft in drafts:
        draft.digest = _digest(draft.record, draft.job.collection)
        if draft.digest in draft.known:
            draft.outcome = Unchanged(draft.known[draft.digest])


def _parse(drafts: list[_Draft]) -> None:
    results = parse_batch(draft.record for draft in drafts)
    for draft, result in zip(drafts, results, strict=True):
        if isinstance(result, UnreadableError):
            draft.outcome = Failure(draft.record.source, str(result))
        else:
            only = draft.job.only
            filing = only[_place(draft.job, draft.record)] if only else PLAIN
            draft.plain_id = result.id
            filed = result.filed_as(result.id + filing.suffix) if filing.suffix else result
            if draft.job.collection or filing.also_in:
                filed = replace(filed, collection=draft.job.collection, also_in=filing.also_in)
            draft.cable = filed


def _name_people(drafts: list[_Draft]) -> None:
    wanted = [draft for draft in drafts if draft.job.people]
    for draft, cable in zip(wanted, name_batch([draft.cable for draft in wanted]), strict=True):
        draft.cable = cable


def _make_documents(drafts: list[_Draft]) -> None:
    for draft in drafts:
        draft.documents = tuple(documents(draft.cable))


def _make_rows(drafts: list[_Draft]) -> None:
    for draft in drafts:
        made = draft.documents
        draft.rows = engines.engine(draft.engine).writer.rows(made) if draft.engine else made


def _finish(drafts: list[_Draft]) -> None:
    for draft in drafts:
        cable = draft.cable
        texts = [document.own.terms.get("text", "") for document in draft.documents]
        own = (text.partition(_END)[0] for text in texts) if cable.paragraphs else ()
        draft.outcome = PreparedCable(
            id=cable.id,
            plain_id=draft.plain_id,
            place=_place(draft.job, draft.record),
            digest=draft.digest,
            likeness=likeness(cable, draft.record.locator, own),
            format=draft.record.format,
            without_text=cable.without_text,
            words=sum(text.count(" ") + 1 for text in texts if text)
            - _withheld_words([paragraph.text for paragraph in cable.paragraphs]),
            text=sum(_utf8_bytes(paragraph.text) for paragraph in cable.paragraphs),
            partial=cable.partial,
            released=cable.released is not None,
            packed=pack(cable),
            engine=draft.engine,
            rows=draft.rows,
        )


_STAGES: tuple[Callable[[list[_Draft]], None], ...] = (
    _compare,
    _parse,
    _name_people,
    _make_documents,
    _make_rows,
    _finish,
)


def _withheld_words(texts: Sequence[str]) -> int:
    """Return how many words of texts are marks of redactions, lest a redacted text be the fuller one."""
    if not may_hold_marks("".join(texts)):
        return 0
    return sum(len(words(text[start:end])) for text in texts for start, end, _ in marks(text))


def _utf8_bytes(text: str) -> int:
    """Return the bytes of a text in UTF-8."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def _digest(record: Record, collection: str) -> int:
    """Return a hash of all that a cable is made of, and of our version: another may parse it differently."""
    content = f"{__version__} {collection} {_FACTS(record)!r}\0{record.header}\0{record.message}"
    digest = blake2b(content.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)


_FACTS = attrgetter(*(field.name for field in fields(Record) if field.name not in ("header", "message")))
