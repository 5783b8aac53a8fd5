"""Writes paragraphs and cables to a cluster.

The first megabytes wait. If there is no more, as in a small index or update, an index is made that scores as
the counts of the whole say. Else it is made with what is known, and told at the end how to score.
"""

from __future__ import annotations

from binascii import crc32
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from ...errors import BrokenIndexError, ClusterError
from ..cluster import Cluster
from ..contract import Writer
from ..documents import SCORED, TEXTS, Columns, Document, documents
from ..scoring import ORDINAL_BITS, tie_key
from .cables import decode, encode
from .connection import connect, explained
from .generation import Generation, check_free, stored_statistics, sweep
from .lock import Lock
from .place import Place, write_place
from .schema import (
    CABLE,
    COUNTED_FACETS,
    FILLER,
    PARAGRAPH,
    WORD,
    cable_digest,
    facet_field,
    field_of,
    lexemes,
    text_values,
    value,
)
from .senders import Senders
from .statistics import Statistics

PART_BYTES = 4_000_000  # that are collected before they are sent
REMOVED_CABLES = 500  # that are looked up at once
LEXICON_WORDS = 300_000  # that are counted before they are sent
BUILD_PATIENCE, DISCARD_PATIENCE = 300.0, 5.0  # seconds in which a node may come back


class Row(NamedTuple):
    """A paragraph as it is sent, and what is counted of it.

    Attributes:
        action: the lines that index it.
        lengths: how many terms it has in each column in `SCORED` that has any.
        stems, words: the terms of `text` and of `words`.
    """

    action: bytes
    lengths: dict[str, int]
    stems: str
    words: str


class _Stored(NamedTuple):
    """A cable that waits to be sent."""

    action: bytes
    rows: Sequence[Row]


class OpenSearchWriter(Writer):
    """Writes a new generation, from the first change until the commit.

    Args:
        folder: where the file is that names the generation.
        cluster: where it is written.
        base: the generation that it starts from, None to start empty.
        text: about how many bytes of text there will be, None if that is not known.
    """

    def __init__(self, folder: Path, cluster: Cluster, base: Place | None, text: int | None = None) -> None:
        self._folder = folder
        self._cluster = cluster
        self._base = base
        self._text = text
        self._session: _Session | None = None

    @staticmethod
    def rows(documents: Iterable[Document]) -> Sequence[Row]:
        paragraphs = list(documents)
        if not paragraphs:
            return []
        digest = cable_digest(paragraphs[0].cable)
        whole = _fields(paragraphs[0].whole)
        return [_row(paragraph, digest, whole) for paragraph in paragraphs]

    def put(self, id: str, packed: bytes, rows: Sequence[Row]) -> None:
        with explained():
            self._begin().put(id, packed, rows)

    def remove(self, ids: Iterable[str]) -> None:
        with explained():
            for id in ids:
                self._begin().remove(id)

    def commit(self) -> None:
        on, base = self._cluster, self._base
        if base and not self._session and base == Place(on.urls, on.name, base.index, on.replicas):
            return
        try:
            with explained():
                self._base = self._begin().commit()
            write_place(self._folder, self._base)
        except BaseException:
            self.discard()
            raise
        self._session = None

    def discard(self) -> None:
        session, self._session = self._session, None
        if session:
            with suppress(ClusterError), explained():  # it may be why we are here; the next build clears up
                session.discard()

    def _begin(self) -> _Session:
        if self._session is None:
            self._session = _Session(self._cluster, self._base, self._text)
        return self._session


class _Session:
    """What is written between two commits, under the lock."""

    def __init__(self, cluster: Cluster, base: Place | None, text: int | None) -> None:
        self._cluster = cluster
        self._text = text
        self._client = connect(cluster.urls, patience=BUILD_PATIENCE)
        self._lock = Lock(self._client, cluster.name)
        try:
            self._lock.acquire()
        except BaseException:
            self._client.close()
            raise
        self._base: str | None = None
        self._counts = Statistics()
        self._lexicon: Counter[str] = Counter()
        self._lexicon_parts = 0
        self._added: dict[str, _Stored] = {}
        self._removed: dict[str, None] = {}
        self._bytes = 0
        self._has_removed = self._exact = False
        self._senders = Senders(self._client)
        self._generation: Generation | None = None
        try:
            self._start_from(base)
        except BaseException:
            self.discard()
            raise

    def _start_from(self, base: Place | None) -> None:
        if base:
            found = stored_statistics(self._client, base.index, base.index)
            if not found:
                raise BrokenIndexError(
                    f"the cluster has no index {base.index} any more: cablesearch reindex builds it anew"
                )
            self._base, self._counts = found
        check_free(self._client, self._cluster.name)
        sweep(self._client, self._cluster.name, self._base, self._lock.check())

    def put(self, id: str, packed: bytes, rows: Sequence[Row]) -> None:
        stored = _Stored(_cable_action(id, packed), rows)
        self._added[id] = stored
        self._bytes += len(stored.action) + sum(len(row.action) for row in rows)
        if self._bytes > PART_BYTES:
            self._flush()

    def remove(self, id: str) -> None:
        self._added.pop(id, None)
        self._removed[id] = None
        if len(self._removed) >= REMOVED_CABLES:
            self._flush()

    def commit(self) -> Place:
        """Complete the generation, make it the current one and return its place."""
        generation = self._flush(last=True)
        self._senders.wait()
        if self._has_removed or not self._exact:
            generation.reopen(self._counts)
            generation.merge(whole=not self._base)
        generation.refresh()
        generation.check(self._counts)
        generation.publish(self._counts, self._lock.check)
        self._generation = None  # it is not ours to discard any more
        self._close()
        return Place(self._cluster.urls, self._cluster.name, generation.name, self._cluster.replicas)

    def discard(self) -> None:
        """Delete what was written."""
        self._client.patience = DISCARD_PATIENCE
        try:
            self._senders.close()
            if self._generation:
                self._generation.discard()
        finally:
            self._close()

    def _close(self) -> None:
        self._senders.close()
        try:
            self._lock.release()
        finally:
            self._client.close()

    def _flush(self, *, last: bool = False) -> Generation:
        """Send what has been collected."""
        gone = self._lookup(self._removed)
        for rows in gone.values():
            self._count(rows, -1)
        for stored in self._added.values():
            self._count(stored.rows, 1)
        generation = self._generation or self._create(exact=last)
        if gone:
            self._has_removed = True
            self._senders.wait()  # else what is added again could be removed
            actions = [action for id, rows in gone.items() for action in _deletions(id, len(rows))]
            self._senders.send(generation.name, actions)
            self._senders.wait()
        actions = [
            action
            for stored in self._added.values()
            for action in (stored.action, *(row.action for row in stored.rows))
        ]
        if last and not self._exact:
            # OpenSearch keeps what each document was made from until segments are merged: let there be two.
            self._senders.wait()
            generation.refresh()
        if last or len(self._lexicon) > LEXICON_WORDS:
            actions += self._lexicon_actions(generation.name)
        if actions:
            self._senders.send(generation.name, actions)
        self._added, self._removed, self._bytes = {}, {}, 0
        return generation

    def _create(self, *, exact: bool) -> Generation:
        """Create the generation; `exact` says that nothing more will be counted."""
        self._exact = exact
        self._generation = generation = Generation(self._client, self._cluster)
        if self._base:
            generation.clone(self._base, self._counts)
        else:
            generation.create(self._counts, 0 if exact else self._text)
        return generation

    def _lookup(self, ids: Iterable[str]) -> dict[str, Sequence[Row]]:
        """Return the rows of those cables that the index holds, made once more from the cables."""
        index = self._generation.name if self._generation else self._base
        if not index or not (wanted := list(ids)):
            return {}
        if self._generation:
            self._senders.wait()
            self._generation.refresh()
        found: dict[str, Sequence[Row]] = {}
        for at in range(0, len(wanted), REMOVED_CABLES):
            part = wanted[at : at + REMOVED_CABLES]
            digests = {id: cable_digest(id) for id in part}
            asked = [
                {"_id": digest, "routing": digest, "stored_fields": ["packed"]} for digest in digests.values()
            ]
            answer = self._client.request("POST", f"/{index}/_mget", body={"docs": asked})
            for id, held in zip(part, answer["docs"], strict=True):
                if held.get("found"):
                    found[id] = OpenSearchWriter.rows(documents(decode(held["fields"]["packed"][0])))
        return found

    def _count(self, rows: Sequence[Row], sign: int) -> None:
        self._counts.cables += sign
        for row in rows:
            self._counts.add(row.lengths, sign)
            found = lexemes(row.stems.split(), row.words.split())
            if sign > 0:
                self._lexicon.update(found)
            else:
                self._lexicon.subtract(found)

    def _lexicon_actions(self, name: str) -> list[bytes]:
        """Return the actions for the words counted so far; a word's count is the sum of all sent."""
        from orjson import dumps

        actions = []
        for number, (lexeme, count) in enumerate(self._lexicon.items(), self._lexicon_parts):
            if count:
                action = {"_id": f"{name}-{number}", "routing": str(crc32(lexeme.encode()))}
                document = {"type": WORD, "lexeme": lexeme, "count": count}
                actions.append(b"%s\n%s\n" % (dumps({"index": action}), dumps(document)))
        self._lexicon_parts += len(self._lexicon)
        self._lexicon.clear()
        return actions


def _cable_action(id: str, packed: bytes) -> bytes:
    from orjson import dumps

    digest = cable_digest(id)
    document = {"type": CABLE, "name": id, "packed": encode(packed)}
    return b"%s\n%s\n" % (dumps({"index": {"_id": digest, "routing": digest}}), dumps(document))


def _deletions(id: str, paragraphs: int) -> Iterator[bytes]:
    """Yield the actions that delete a cable and its paragraphs."""
    digest = cable_digest(id)
    for name in (digest, *(f"{digest}-{ordinal}" for ordinal in range(paragraphs))):
        yield f'{{"delete":{{"_id":"{name}","routing":"{digest}"}}}}\n'.encode()


def _row(document: Document, digest: str, whole: Mapping[str, object]) -> Row:
    """Return the row of a paragraph.

    Args:
        digest: that of its cable.
        whole: the fields that all paragraphs of its cable share.
    """
    from orjson import dumps

    key, terms = tie_key(document.cable, document.ordinal), document.terms
    lengths = {column: terms[column].count(" ") + 1 for column in SCORED if column in terms}
    fields: dict[str, object] = {
        "type": PARAGRAPH,
        "tie": key,
        "place": f"{document.ordinal} {document.cable}",
        "cable": key >> ORDINAL_BITS,
        "length": document.length,
        **{field_of(column): FILLER for column in SCORED if column not in terms},
        **whole,
        **_fields(document.own),
    }
    if document.date is not None:
        fields["date"] = document.date
    action = {"index": {"_id": f"{digest}-{document.ordinal}", "routing": digest}}
    line = b"%s\n%s\n" % (dumps(action), dumps(fields))
    return Row(line, lengths, terms.get("text", ""), terms.get("words", ""))


def _fields(columns: Columns) -> dict[str, object]:
    fields: dict[str, object] = {}
    for column, terms in columns.terms.items():
        if column in TEXTS:
            fields[field_of(column)] = text_values(terms)
        else:
            fields[field_of(column)] = list(map(value, terms.split()))
    for facet, values in columns.facets.items():
        if facet in COUNTED_FACETS:
            fields[facet_field(facet)] = list(map(value, values))
    return fields
