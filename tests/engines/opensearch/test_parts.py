"""The parts of a build that several machines share, on a cluster."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest

from cablesearch import prepare_part, rebuild_index
from cablesearch.engines.cluster import Cluster
from cablesearch.engines.documents import documents
from cablesearch.engines.opensearch import parts
from cablesearch.engines.opensearch.connection import connect
from cablesearch.engines.opensearch.parts import OpenSearchParts, _item, _pack, _row_strings, _unpack
from cablesearch.engines.opensearch.writer import OpenSearchWriter
from cablesearch.engines.parts import Item, Part
from cablesearch.errors import CablesearchError, ClusterError
from cablesearch.indexing import open_reader
from cablesearch.query.tree import EVERYTHING, Term
from tests import extras
from tests.engines.engines import URLS, cleaned, cluster
from tests.engines.model import cable
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


@pytest.fixture
def clean():
    with cleaned():
        yield


@pytest.fixture
def begun(clean):
    """A function that begins a part on the cluster."""
    opened = []

    def begin(number, of=2, agreed=AGREED):
        part = OpenSearchParts(HERE)
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


@on_cluster
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


@on_cluster
def test_what_a_killed_run_has_sent_does_not_count(begun, monkeypatch):
    monkeypatch.setattr(parts, "PIECE_BYTES", 1)
    killed, _ = begun(1)
    killed.add(Item(b"lost"))
    killed._senders.wait()
    written(begun, 1, b"a")
    assert heads(written(begun, 2, b"b")) == [b"a", b"b"]
    with closing(connect(URLS)) as client:
        client.request("POST", f"/{HERE.name}-parts/_refresh")
        assert client.request("GET", f"/{HERE.name}-parts/_count")["count"] == 4


@on_cluster
def test_of_two_runs_of_a_part_the_first_counts(begun, monkeypatch):
    monkeypatch.setattr(parts, "PIECE_BYTES", 1)
    slow, _ = begun(1)
    slow.add(Item(b"slow"))
    written(begun, 1, b"a")
    slow.add(Item(b"slower"))
    slow.complete()
    assert begun(1)[1] is False
    assert heads(written(begun, 2, b"b")) == [b"a", b"b"]


@on_cluster
@pytest.mark.parametrize(
    ("of", "agreed", "message"),
    [
        (3, AGREED, r"another number of parts \(2, not 3\)"),
        (2, {**AGREED, "list of sources": "/a /b"}, r"another list of sources \(/a, not /a /b\)"),
        (2, {**AGREED, "version of cablesearch": "2"}, r"another version of cablesearch \(1, not 2\)"),
    ],
)
def test_parts_that_disagree_are_refused(begun, of, agreed, message):
    written(begun, 1)
    with pytest.raises(ClusterError, match=message) as raised:
        begun(2, of, agreed)
    assert f"curl -X DELETE {URLS[0]}/{HERE.name}-parts-0" in str(raised.value)
    if of == 2:
        with pytest.raises(ClusterError, match=message):
            heads(written(begun, 2), agreed)


@on_cluster
def test_a_part_that_lost_a_piece_is_prepared_again(begun):
    one = written(begun, 1, b"a")
    two = written(begun, 2, b"b")
    with closing(connect(URLS)) as client:
        client.request("DELETE", f"/{HERE.name}-parts-0/_doc/{one._run}-0")
    with pytest.raises(ClusterError, match="lost some of part 1/2: prepare it again"):
        heads(two)
    written(begun, 1, b"again")
    assert heads(two) == [b"again", b"b"]


@on_cluster
def test_a_run_that_comes_too_late_leaves_nothing(begun):
    late, _ = begun(1)
    late.add(Item(b"late"))
    late.discard()
    with pytest.raises(CablesearchError):
        late.complete()
    with closing(connect(URLS)) as client:
        assert client.request("GET", f"/{HERE.name}-*/_alias") == {}


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
