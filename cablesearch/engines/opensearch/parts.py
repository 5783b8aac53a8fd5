"""The parts of a build, which wait on the cluster in an index of their own until a build takes them.

The items of a part are kept in pieces of some megabytes, numbered by the run that sends them; a document for
each part names the run that has completed it, and how many pieces it sent. The first run that completes a
part makes that document, and deletes what others have sent of it.
"""

from __future__ import annotations

import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence
from struct import Struct, error
from typing import Any

from ...errors import ClusterError
from ..cluster import Cluster
from ..parts import Item, Part, Parts
from .connection import ResponseError, connect, explained
from .generation import MERGE_SECONDS, delete_index
from .senders import Senders
from .writer import BUILD_PATIENCE, Row

PIECE_BYTES = 4_000_000  # before compression
PIECES_AT_ONCE = 4  # that are fetched
LEVEL = 3  # of Zstandard
MAX_SHARDS = 8  # of the index of the parts; one for each part, if there are fewer

NUMBER = "number of parts"  # one of the things that parts have in common

_SIZE = Struct("<I")


class OpenSearchParts(Parts):
    """The parts of the build of one index.

    Args:
        cluster: where the index is to be.
    """

    def __init__(self, cluster: Cluster) -> None:
        # What is sent to an alias cannot create an index once that of the parts is deleted.
        self._alias = f"{cluster.name}-parts"
        self._index = f"{self._alias}-0"
        self._urls = cluster.urls
        self._client = connect(cluster.urls, patience=BUILD_PATIENCE)
        self._senders = Senders(self._client)
        self._run = secrets.token_hex(8)
        self._part = Part(0, 0)
        self._collected: list[bytes] = []
        self._bytes = self._pieces = 0

    def begin(self, part: Part, agreed: Mapping[str, str]) -> bool:
        with explained():
            self._create({**agreed, NUMBER: str(part.of)})
            self._part = part
            return part.number in self.missing()

    def add(self, item: Item) -> None:
        strings = [item.head, item.packed]
        for row in item.rows:
            strings += _row_strings(row)
        packed = _pack(strings)
        self._collected.append(packed)
        self._bytes += len(packed)
        if self._bytes > PIECE_BYTES:
            self._send()

    def complete(self) -> None:
        from orjson import dumps

        with explained():
            if self._collected:
                self._send()
            self._senders.wait()
            document = dumps({"by": self._run, "pieces": self._pieces})
            path = f"/{self._alias}/_create/{_id(self._part.number)}"
            try:
                self._client.request("PUT", path, params={"require_alias": True}, body=document)
            except ResponseError as refused:
                if refused.status != 409:
                    raise
            # Where the answer to our own request was lost, it is ours nevertheless.
            [made] = self._completed([self._part.number])
            ours = made and made["by"] == self._run
            self._delete(same=not ours)

    def missing(self) -> list[int]:
        with explained():
            numbers = range(1, self._count() + 1)
            made = self._completed(numbers)
        return [number for number, document in zip(numbers, made, strict=True) if not document]

    def items(self, agreed: Mapping[str, str]) -> Iterator[Item]:
        with explained():
            if not (made_of := self._agreed()):
                raise ClusterError(
                    f"nothing waits on the cluster as {self._alias}: prepare the parts of the build first,"
                    " with --shard 1/8 and so on, and with the same --name"
                )
            self._compare(made_of, {**agreed, NUMBER: made_of.get(NUMBER, "")})
            if missing := self.missing():
                listed = ", ".join(f"{number}/{self._count()}" for number in missing)
                raise ClusterError(f"not all parts are there: prepare {listed} first, with --shard")
            for number in range(1, self._count() + 1):
                yield from self._items_of(number)

    def discard(self) -> None:
        with explained():
            delete_index(self._client, self._index)

    def close(self) -> None:
        self._senders.close()
        self._client.close()

    def _create(self, agreed: Mapping[str, str]) -> None:
        """Create the index, or make sure that the one that is there is of the same build."""
        shards = min(int(agreed[NUMBER]), MAX_SHARDS)
        settings = {"number_of_shards": shards, "auto_expand_replicas": "0-1"}
        properties = {"part": {"type": "long"}, "run": {"type": "keyword"}}
        body = {
            "settings": {"index": settings},
            "mappings": {"dynamic": False, "properties": properties, "_meta": agreed},
            "aliases": {self._alias: {}},
        }
        try:
            self._client.request("PUT", f"/{self._index}", body=body)
        except ResponseError as refused:
            if refused.kind != "resource_already_exists_exception":
                raise
            self._compare(self._agreed(), agreed)

    def _agreed(self) -> dict[str, str]:
        """Return what the parts that are there have in common; empty if there are none."""
        try:
            found = self._client.request("GET", f"/{self._index}/_mapping")
        except ResponseError as refused:
            if refused.status != 404:
                raise
            return {}
        stored: dict[str, str] = found[self._index]["mappings"].get("_meta", {})
        return stored

    def _compare(self, theirs: Mapping[str, str], ours: Mapping[str, str]) -> None:
        """Accept what parts are made of.

        Raises:
            ClusterError: it is not the same.
        """
        different = [name for name in ours if theirs.get(name) != ours[name]]
        if different:
            name = different[0]
            raise ClusterError(
                f"parts that wait on the cluster have another {name} ({theirs.get(name)}, not {ours[name]}):"
                f" prepare this one like them, or give them up: curl -X DELETE {self._urls[0]}/{self._index}"
            )

    def _count(self) -> int:
        return int(self._agreed().get(NUMBER, "0"))

    def _completed(self, numbers: Sequence[int]) -> list[dict[str, Any] | None]:
        """Return the documents of parts that are complete."""
        answer = self._client.request(
            "POST", f"/{self._index}/_mget", body={"ids": [_id(number) for number in numbers]}
        )
        return [document.get("_source") for document in answer["docs"]]

    def _send(self) -> None:
        from orjson import dumps
        from zstandard import ZstdCompressor

        packed = b64encode(ZstdCompressor(LEVEL).compress(_pack(self._collected))).decode()
        action = {"create": {"_id": f"{self._run}-{self._pieces}", "require_alias": True}}
        document = {"part": self._part.number, "run": self._run, "piece": packed}
        with explained():
            self._senders.send(self._alias, [b"%s\n%s\n" % (dumps(action), dumps(document))])
        self._pieces += 1
        self._collected, self._bytes = [], 0

    def _delete(self, *, same: bool) -> None:
        """Delete the pieces of the part that this run has sent, or those that others have."""
        run: dict[str, Any] = {"term": {"run": self._run}}
        chosen = run if same else {"bool": {"must_not": [run]}}
        query = {"bool": {"filter": [{"term": {"part": self._part.number}}, chosen]}}
        self._client.request("POST", f"/{self._index}/_refresh", timeout=MERGE_SECONDS)
        self._client.request(
            "POST",
            f"/{self._index}/_delete_by_query",
            params={"conflicts": "proceed"},
            body={"query": query},
            timeout=MERGE_SECONDS,
        )

    def _items_of(self, number: int) -> Iterator[Item]:
        [made] = self._completed([number])
        assert made
        names = [f"{made['by']}-{piece}" for piece in range(made["pieces"])]
        for at in range(0, len(names), PIECES_AT_ONCE):
            ids = names[at : at + PIECES_AT_ONCE]
            answer = self._client.request("POST", f"/{self._index}/_mget", body={"ids": ids})
            for document in answer["docs"]:
                try:
                    yield from map(_item, _unpack(_piece(document["_source"]["piece"])))
                except (KeyError, ValueError, error) as damage:
                    self._client.request("DELETE", f"/{self._index}/_doc/{_id(number)}")
                    raise ClusterError(
                        f"the cluster has lost some of part {number}/{self._count()}: prepare it again"
                    ) from damage


def _id(part: int) -> str:
    return f"part-{part}"


def _piece(text: str) -> bytes:
    from zstandard import ZstdDecompressor, ZstdError

    try:
        return ZstdDecompressor().decompress(b64decode(text))
    except ZstdError as damage:
        raise ValueError(str(damage)) from damage


def _row_strings(row: Row) -> tuple[bytes, ...]:
    from orjson import dumps

    return row.action, dumps(row.lengths), row.stems.encode(), row.words.encode()


def _item(packed: bytes) -> Item:
    from orjson import loads

    head, cable, *rest = _unpack(packed)
    rows = [
        Row(action, loads(lengths), stems.decode(), words.decode())
        for action, lengths, stems, words in zip(*(rest[field::4] for field in range(4)), strict=True)
    ]
    return Item(head, cable, rows)


def _pack(strings: Sequence[bytes]) -> bytes:
    """Return strings as one: each after its length."""
    return b"".join(part for string in strings for part in (_SIZE.pack(len(string)), string))


def _unpack(packed: bytes) -> list[bytes]:
    """Return the strings that `_pack` was given."""
    strings, at = [], 0
    while at < len(packed):
        (size,) = _SIZE.unpack_from(packed, at)
        at += _SIZE.size + size
        strings.append(packed[at - size : at])
    return strings
