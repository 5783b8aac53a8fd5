"""The parts of a build that several machines share, on a cluster."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace

import pytest

from cablesearch import prepare_part, rebuild_index
from cablesearch.engines.cluster import Cluster
from cablesearch.engines.documents import documents
from cablesearch.engines.opensearch import parts
from cablesearch.engines.opensearch.connection import ResponseError, connect
from cablesearch.engines.opensearch.parts import OpenSearchParts, _item, _pack, _row_strings, _unpack
from cablesearch.engines.opensearch.writer import OpenSearchWriter
from cablesearch.engines.parts import Item, Part
from cablesearch.errors import CablesearchError, ClusterError
from cablesearch.indexing import open_reader
from cablesearch.query.tree import EVERYTHING, Term
from tests import extras
from tests.engines.engines import URLS, cleaned, cluster
from tests.engines.model import cable
from tests.engines.opensearch.fake import FakeCluster
from tests.indexing.pages import page

extras.require("opensearchpy")

AGREED = {"version of cablesearch": "1", "list of sources": "/a"}
HERE = Cluster(URLS, "cablesearch-shared", shards=3)

on_cluster = pytest.mark.skipif(not URLS, reason="no cluster is named in CLUSTER_URLS: make test-cluster")


@pytest.mark.parametrize("strings", [[], [b""], [b"a", b"", b"\xff" * 300]])
def test_strings_are_packed_as_one(strings):
    assert _unpack(_pack(strings)) == strings


def test_the_rows_of_a_cable_are_as_they_were():
    rows = OpenSearchWriter.rows(documents(cable("07A1", "Salt ships.", "", people=[["Ivo Quéll"], []])))
    strings = [string for row in rows for string in _row_strings(row)]
    assert _item(_pack([b"head", b"packed", *strings])) == Item(b"head", b"packed", rows)


class Documents:
    """Answers as a cluster does to what is asked about documents."""

    def __init__(self):
        self.indexes, self.aliases = {}, {}

    def __call__(self, method, path, body):
        name, *rest = path.partition("?")[0].strip("/").split("/")
        index = self.aliases.get(name, name)
        if (method, rest) == ("PUT", []):
            return self._create(name, json.loads(body))
        if index not in self.indexes:
            return self._error(404, "index_not_found_exception")
        meta, documents = self.indexes[index]
        if (method, rest) == ("DELETE", []):
            self.aliases = {alias: held for alias, held in self.aliases.items() if held != index}
            del self.indexes[index]
        elif rest == ["_mapping"]:
            return 200, {index: {"mappings": {"_meta": meta}}}
        elif rest == ["_mget"]:
            wanted = json.loads(body)["ids"]
            held = ({"_source": documents[id]} if id in documents else {"found": False} for id in wanted)
            return 200, {"docs": list(held)}
        elif rest == ["_bulk"]:
            lines = [*map(json.loads, body.splitlines())]
            documents |= {
                action["create"]["_id"]: held for action, held in zip(lines[::2], lines[1::2], strict=True)
            }
            return 200, {"errors": False, "items": []}
        elif rest[0] == "_create":
            if rest[1] in documents:
                return self._error(409, "version_conflict_engine_exception")
            documents[rest[1]] = json.loads(body)
        elif rest == ["_delete_by_query"]:
            part, run = json.loads(body)["query"]["bool"]["filter"]
            excluded = run.get("bool", {}).get("must_not", [{}])[0]
            chosen = run.get("term") or excluded["term"]
            for id, held in list(documents.items()):
                of_part = held.get("part") == part["term"]["part"]
                if of_part and (held["run"] == chosen["run"]) is ("term" in run):
                    del documents[id]
        elif rest[0] == "_doc":
            del documents[rest[1]]
        elif rest == ["_count"]:
            return 200, {"count": len(documents), "_shards": {"total": 1, "successful": 1, "failed": 0}}
        return 200, {"acknowledged": True}

    def _create(self, name, body):
        if name in self.indexes:
            return self._error(400, "resource_already_exists_exception")
        self.indexes[name] = body["mappings"]["_meta"], {}
        self.aliases |= dict.fromkeys(body["aliases"], name)
        return 200, {"acknowledged": True}

    @staticmethod
    def _error(status, kind):
        return status, {"status": status, "error": {"type": kind, "reason": kind}}


@pytest.fixture(params=["fake", pytest.param("cluster", marks=on_cluster)])
def place(request):
    """A cluster, made up or real."""
    if request.param == "cluster":
        with cleaned():
            yield HERE
        return
    answers = Documents()
    with FakeCluster(lambda path, body: answers(fake.asked[-1][0], path, body)) as fake:
        yield replace(HERE, urls=(fake.url,))


@pytest.fixture
def client(place):
    with closing(connect(place.urls)) as client:
        yield client


@pytest.fixture
def begun(place):
    """A function that begins a part."""
    opened = []

    def begin(number, of=2, agreed=AGREED):
        part = OpenSearchParts(place)
        opened.append(part)
        return part, part.begin(Part(number, of), agreed)

    yield begin
    for each in opened:
        each.close()


def written(begun, number, *heads):
    part, fresh = begun(number)
    assert fresh
    for head in heads:
        part.add(Item(head))
    part.complete()
    return part


def heads(part, agreed=AGREED):
    return sorted(item.head for item in part.items(agreed))


def test_parts_are_taken_when_all_are_complete(begun, monkeypatch):
    monkeypatch.setattr(parts, "PIECE_BYTES", 3)
    monkeypatch.setattr(parts, "PIECES_AT_ONCE", 2)
    one = written(begun, 1, b"a", b"b", b"c", b"d", b"e")
    assert one.missing() == [2]
    with pytest.raises(ClusterError, match="prepare 2/2 first, with --shard"):
        heads(one)
    two = written(begun, 2)
    assert two.missing() == []
    assert heads(two) == [b"a", b"b", b"c", b"d", b"e"]
    two.discard()
    two.discard()
    with pytest.raises(ClusterError, match="prepare the parts of the build first"):
        heads(two)


def test_what_a_killed_run_has_sent_does_not_count(begun, client, monkeypatch):
    monkeypatch.setattr(parts, "PIECE_BYTES", 1)
    killed, _ = begun(1)
    killed.add(Item(b"lost"))
    killed._senders.wait()
    written(begun, 1, b"a")
    assert heads(written(begun, 2, b"b")) == [b"a", b"b"]
    client.request("POST", f"/{HERE.name}-parts/_refresh")
    assert client.request("GET", f"/{HERE.name}-parts/_count")["count"] == 4


def test_of_two_runs_of_a_part_the_first_counts(begun, monkeypatch):
    monkeypatch.setattr(parts, "PIECE_BYTES", 1)
    slow, _ = begun(1)
    slow.add(Item(b"slow"))
    written(begun, 1, b"a")
    slow.add(Item(b"slower"))
    slow.complete()
    assert begun(1)[1] is False
    assert heads(written(begun, 2, b"b")) == [b"a", b"b"]


@pytest.mark.parametrize(
    ("of", "agreed", "message"),
    [
        (3, AGREED, r"another number of parts \(2, not 3\)"),
        (2, {**AGREED, "list of sources": "/a /b"}, r"another list of sources \(/a, not /a /b\)"),
        (2, {**AGREED, "version of cablesearch": "2"}, r"another version of cablesearch \(1, not 2\)"),
    ],
)
def test_parts_that_disagree_are_refused(begun, place, of, agreed, message):
    written(begun, 1)
    with pytest.raises(ClusterError, match=message) as raised:
        begun(2, of, agreed)
    assert f"curl -X DELETE {place.urls[0]}/{HERE.name}-parts-0" in str(raised.value)
    if of == 2:
        with pytest.raises(ClusterError, match=message):
            heads(written(begun, 2), agreed)


def test_a_part_that_lost_a_piece_is_prepared_again(begun, client):
    one = written(begun, 1, b"a")
    two = written(begun, 2, b"b")
    client.request("DELETE", f"/{HERE.name}-parts-0/_doc/{one._run}-0")
    with pytest.raises(ClusterError, match="lost some of part 1/2: prepare it again"):
        heads(two)
    written(begun, 1, b"again")
    assert heads(two) == [b"again", b"b"]


def test_a_run_that_comes_too_late_leaves_nothing(begun, client):
    late, _ = begun(1)
    late.add(Item(b"late"))
    late.discard()
    with pytest.raises(CablesearchError):
        late.complete()
    with pytest.raises(ResponseError, match="index_not_found"):
        client.request("GET", f"/{HERE.name}-parts-0/_mapping")


@pytest.fixture
def clean():
    with cleaned():
        yield


@on_cluster
def test_an_index_built_from_parts_is_the_same(clean, tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number in range(30):
        text = page(
            f"07VERITY{number % 27}", f"Dues number {number} rise.", "Ivo Quell spoke of salt " * (number % 4)
        )
        (corpus / f"{number}.html").write_text(text, "utf-8")
    alone, together = tmp_path / "alone", tmp_path / "together"
    options = {"engine": "opensearch", "workers": 0}
    rebuild_index(alone, [corpus], cluster=cluster("opensearch"), **options)
    for number in (3, 1, 2):
        part = prepare_part(together, [corpus], part=(number, 3), cluster=HERE, **options)
    assert (part.done, part.missing, part.failures) == (True, (), ())
    report = rebuild_index(together, [corpus], cluster=HERE, finish=True, **options)
    with open_reader(alone) as one, open_reader(together) as other:
        assert (report.cables, one.size()) == (27, other.size())
        for tree in (EVERYTHING, Term("text", "salt"), Term("text", "due")):
            assert one.search(tree, limit=99) == other.search(tree, limit=99)
        assert one.near_words("") == other.near_words("")
        assert {id: one.cable(id) for id in one.cables()} == {id: other.cable(id) for id in other.cables()}
    with pytest.raises(ClusterError, match="prepare the parts of the build first"):
        rebuild_index(together, [corpus], cluster=replace(HERE), finish=True, **options)
