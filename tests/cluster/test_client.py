"""What a client does when a real cluster fails, in the cluster's own words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import Event, Thread

import pytest

from cablesearch.engines.opensearch.connection import Client, ResponseError, connect
from cablesearch.errors import ClusterError
from tests.cluster.nodes import Nodes

SEARCH = "/notes/_search"
EVERYTHING = {"size": 0, "track_total_hits": True}
SHORT = 1.0  # seconds of patience where the fault stays


def note(number: int) -> bytes:
    return f'{{"index":{{"_id":"{number}"}}}}\n{{"number":{number}}}\n'.encode()


def fill(client: Client, first: int, last: int) -> None:
    client.bulk([note(number) for number in range(first, last)], "notes")


def count(client: Client) -> int:
    found: int = client.request("POST", SEARCH, body=EVERYTHING)["hits"]["total"]["value"]
    return found


def counts(client: Client) -> list[int]:
    body = b"".join(b"{}\n" + json.dumps(EVERYTHING).encode() + b"\n" for _ in range(3))
    answers = client.request("POST", "/notes/_msearch", body=body)["responses"]
    return [answer["hits"]["total"]["value"] for answer in answers]


def merge(client: Client) -> None:
    client.request("POST", "/notes/_forcemerge", params={"max_num_segments": 1})


def refresh(client: Client) -> None:
    client.request("POST", "/notes/_refresh")


@contextmanager
def impatient(client: Client) -> Iterator[Client]:
    patience, client.patience = client.patience, SHORT
    yield client
    client.patience = patience


def test_hits_are_never_missing_in_silence(client: Client, nodes: Nodes) -> None:
    """Without replicas the shard of a killed node is gone; OpenSearch would answer from the others."""
    fill(client, 0, 300)
    refresh(client)
    assert (count(client), counts(client)) == (300, [300] * 3)
    nodes.kill(1)
    with impatient(client):
        for ask in (count, counts, merge, refresh):
            with pytest.raises(ClusterError, match=r"it is red, \d+ of its shards are on no node"):
                ask(client)
    nodes.start(1)
    assert (count(client), counts(client)) == (300, [300] * 3)  # as soon as it is back


def test_a_node_may_be_killed_in_a_bulk(client: Client, nodes: Nodes) -> None:
    """Each document is there once, though the primary shards of one node were away for a while."""
    done, killed = Event(), Event()

    def write() -> None:
        for first in range(0, 20_000, 500):
            fill(client, first, first + 500)
            if first == 2000:
                killed.set()
        done.set()

    client.patience = 120
    writer = Thread(target=write)
    writer.start()
    killed.wait(60)
    nodes.kill(2)
    nodes.start(2)
    writer.join(180)
    assert done.is_set()
    refresh(client)
    assert count(client) == 20_000


def test_disks_that_are_nearly_full(client: Client) -> None:
    client.request("PUT", "/notes/_settings", body={"index.blocks.read_only_allow_delete": True})
    with pytest.raises(ClusterError, match="disks are nearly full, so it takes no more writes"):
        fill(client, 0, 1)


def test_an_index_that_is_read_only(client: Client) -> None:
    client.request("PUT", "/notes/_settings", body={"index.blocks.write": True})
    with pytest.raises(ClusterError, match="read-only"):
        fill(client, 0, 1)


def test_as_many_shards_as_there_may_be(client: Client) -> None:
    limit = "cluster.max_shards_per_node"
    client.request("PUT", "/_cluster/settings", body={"persistent": {limit: 1}})
    try:
        with pytest.raises(ClusterError, match="as many shards as it may"):
            client.request("PUT", "/more", body={"settings": {"number_of_shards": 3}})
    finally:
        client.request("PUT", "/_cluster/settings", body={"persistent": {limit: None}})


def test_a_wrong_request_is_the_callers_error(client: Client) -> None:
    with pytest.raises(ResponseError, match="index_not_found_exception") as raised:
        client.request("POST", "/nowhere/_search")
    assert raised.value.status == 404
    with pytest.raises(ResponseError, match="parsing_exception"):
        client.request("POST", SEARCH, body={"query": {"nonsense": {}}})


def test_a_cluster_that_is_away_and_comes_back(client: Client, nodes: Nodes) -> None:
    fill(client, 0, 10)
    for node in (0, 1):
        nodes.kill(node)
    with (
        impatient(client),
        pytest.raises(ClusterError, match=r"no elected manager|cannot be reached|it fails"),
    ):
        client.request("PUT", "/more")
    nodes.kill(2)
    with (
        pytest.raises(ClusterError, match=r"cannot be reached .Connection refused"),
        closing(connect(nodes.urls)),
    ):
        pass
    for node in range(3):
        nodes.start(node)
    nodes.wait()
    assert count(client) == 10
