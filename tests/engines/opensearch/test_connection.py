"""What is sent again, what is not, and what is said if nothing helps."""

import json
import logging
import socket
import sys
import time
from contextlib import closing
from threading import Thread

import pytest

from cablesearch.engines.cluster import Cluster
from cablesearch.engines.opensearch import connection
from cablesearch.engines.opensearch.connection import ResponseError, connect
from cablesearch.engines.opensearch.credentials import PREFIX
from cablesearch.engines.opensearch.generation import Generation
from cablesearch.engines.opensearch.statistics import Statistics
from cablesearch.errors import ClusterError
from tests import extras

extras.require("opensearchpy")

OK = (200, {"acknowledged": True})


def error(status, kind, reason=""):
    return status, {"status": status, "error": {"type": kind, "reason": reason, "root_cause": []}}


def found(total=1, shards=3, successful=3, **more):
    return {
        "hits": {"total": {"value": total}},
        "_shards": {"total": shards, "successful": successful, "failed": 0},
        **more,
    }


@pytest.fixture
def nobody():
    """The URL of a port at which nobody listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{held.getsockname()[1]}"


def paths(fake):
    return [path for _, path, _, _ in fake.asked[1:]]


def test_a_request_and_its_answer(client):
    asking, fake = client(OK)
    assert asking.request("PUT", "/cables", body={"a": [1, "ü"]}) == {"acknowledged": True}
    method, path, headers, body = fake.asked[-1]
    assert (method, path, json.loads(body)) == ("PUT", "/cables", {"a": [1, "ü"]})
    assert headers["content-type"] == "application/json"


def test_parameters_are_sent_as_opensearch_writes_them(client):
    asking, fake = client(OK)
    asking.request("GET", "/_cluster/health", params={"timeout": "5s", "local": True, "level": "a,b"})
    assert paths(fake) == ["/_cluster/health?timeout=5s&local=true&level=a,b"]


@pytest.mark.parametrize(
    "fault",
    [
        error(429, "circuit_breaking_exception"),
        error(429, "rejected_execution_exception"),
        error(500, "node_disconnected_exception"),
        error(
            404,
            "search_phase_execution_exception",
            "Partial shards failure; No search context found for id [7]",
        ),
        error(503, "cluster_block_exception", "blocked by: [SERVICE_UNAVAILABLE/2/no cluster manager];"),
        (502, b"<html>Bad Gateway</html>"),
        (504, b""),
        None,
    ],
)
def test_a_fault_that_passes_is_not_seen(client, fault):
    asking, fake = client(fault, fault, OK)
    assert asking.request("POST", "/_refresh") == {"acknowledged": True}
    assert len(fake.asked) == 4


@pytest.mark.parametrize("status", [400, 404, 409])
def test_a_wrong_request_is_not_sent_again(client, status):
    asking, fake = client(error(status, "some_exception", "because"))
    with pytest.raises(ResponseError, match="some_exception, because") as raised:
        asking.request("GET", "/cables")
    assert (raised.value.status, raised.value.kind) == (status, "some_exception")
    assert len(fake.asked) == 2


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (error(401, "security_exception"), f"asks for credentials: set {PREFIX}USER"),
        ((401, b"Unauthorized"), f"asks for credentials: set {PREFIX}USER"),
        (
            error(403, "security_exception", "no permissions for [x]"),
            r"does not allow that \(no permissions for \[x\]\)",
        ),
        (
            error(
                429,
                "cluster_block_exception",
                "index [cables] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, "
                "index has read-only-allow-delete block];",
            ),
            "disks are nearly full, so it takes no more writes: free space",
        ),
        (
            error(
                403,
                "cluster_block_exception",
                "blocked by: [FORBIDDEN/10/cluster create-index blocked (api)];",
            ),
            "disks are nearly full",
        ),
        (
            error(403, "cluster_block_exception", "blocked by: [FORBIDDEN/5/index read-only (api)];"),
            "is read-only",
        ),
        (error(500, "i_o_exception", "No space left on device"), "disks are full: add disks"),
        (
            error(
                400, "validation_exception", "this cluster currently has [1000]/[1000] maximum shards open;"
            ),
            "as many shards as it may: delete",
        ),
    ],
)
def test_what_stays_is_told_at_once_with_its_remedy(client, fault, message):
    asking, fake = client(fault)
    with pytest.raises(ClusterError, match=message) as raised:
        asking.request("PUT", "/cables")
    assert "\n" not in str(raised.value)
    assert fake.url in str(raised.value)
    assert len(fake.asked) == 2


def test_an_aggregation_that_is_too_large_is_not_tried_again(client):
    asking, fake = client(error(503, "too_many_buckets_exception"))
    with pytest.raises(ResponseError):
        asking.request("POST", "/cables/_search")
    assert len(fake.asked) == 2


@pytest.mark.parametrize("status", [400, 500])
def test_a_query_that_is_too_long_is_not_tried_again(client, status):
    said = "Query contains too many nested clauses; maxClauseCount is set to 1024"
    asking, fake = client(error(status, "search_phase_execution_exception", said))
    with pytest.raises(ResponseError, match="maxClauseCount"):
        asking.request("POST", "/cables/_search")
    assert len(fake.asked) == 2


@pytest.mark.parametrize(
    ("health", "message"),
    [
        ({"status": "red", "unassigned_shards": 2}, "it is red, 2 of its shards are on no node: start"),
        ({"status": "yellow", "unassigned_shards": 2}, "it fails .503, search_phase_execution_exception"),
    ],
)
def test_a_red_cluster_is_told_as_such(client, health, message):
    fault = error(503, "search_phase_execution_exception", "all shards failed")
    asking, _ = client(lambda path, body: (200, health) if "health" in path else fault, patience=0.02)
    with pytest.raises(ClusterError, match=message):
        asking.request("POST", "/cables/_search")


def test_a_red_cluster_is_told_as_such_though_one_of_its_nodes_is_gone(cluster, nobody):
    fault = error(503, "search_phase_execution_exception", "all shards failed")
    health = {"status": "red", "unassigned_shards": 1}
    here = cluster(lambda path, body: (200, health) if "health" in path else fault)
    with closing(connect([nobody, here.url, nobody], patience=0.2)) as asking:
        for _ in range(4):
            with pytest.raises(ClusterError, match="it is red, 1 of its shards"):
                asking.request("POST", "/cables/_search")


def test_a_cluster_without_a_manager(client):
    fault = error(503, "cluster_block_exception", "blocked by: [SERVICE_UNAVAILABLE/2/no cluster manager];")
    asking, _ = client(fault, patience=0.02)
    with pytest.raises(ClusterError, match="no elected manager: start enough of its nodes"):
        asking.request("PUT", "/cables")


def test_an_overloaded_cluster(client):
    asking, _ = client(error(429, "circuit_breaking_exception", "Data too large"), patience=0.02)
    with pytest.raises(ClusterError, match=r"overloaded \(Data too large\): ask less at once"):
        asking.request("PUT", "/cables")


def test_a_cluster_that_does_not_answer_in_time(client, monkeypatch):
    monkeypatch.setattr(connection, "ANSWER_SECONDS", 0.05)
    asking, _ = client(lambda path, body: time.sleep(0.3) or OK)
    with pytest.raises(ClusterError, match="does not answer in time"):
        asking.request("GET", "/cables")


def test_a_cluster_that_cannot_be_reached(nobody, monkeypatch):
    monkeypatch.setattr(connection, "FIRST_PATIENCE", 0.02)
    with pytest.raises(
        ClusterError, match=rf"{nobody}: it cannot be reached \(Connection refused\): start it"
    ):
        connect([nobody])


def test_no_url():
    with pytest.raises(ClusterError, match="--url"):
        connect([])


def test_another_host_is_asked_without_a_wait(cluster, nobody, monkeypatch):
    monkeypatch.setattr(connection, "FIRST_WAIT", 5.0)
    here = cluster(OK)
    with closing(connect([nobody, here.url], patience=1)) as asking:
        assert [asking.request("GET", "/cables") for _ in range(4)] == [{"acknowledged": True}] * 4


def test_what_a_host_says_is_told_rather_than_that_another_is_gone(cluster, nobody):
    here = cluster(error(429, "circuit_breaking_exception", "Data too large"))
    with closing(connect([nobody, here.url], patience=0.1)) as asking:
        for _ in range(4):
            with pytest.raises(ClusterError, match="overloaded"):
                asking.request("GET", "/cables")


@pytest.mark.parametrize(
    ("hello", "message"),
    [
        ({"version": {"number": "8.11.1"}}, "is no OpenSearch"),
        (
            {"version": {"number": "3.1.0", "distribution": "opensearch"}},
            r"OpenSearch 3\.1\.0, which is not known",
        ),
        (
            {"version": {"number": "1.3.2", "distribution": "opensearch"}},
            r"OpenSearch 1\.3\.2, which is not known",
        ),
        ({"hello": "world"}, "is no OpenSearch"),
    ],
)
def test_an_unknown_version_is_refused(cluster, monkeypatch, hello, message):
    monkeypatch.setattr("tests.engines.opensearch.fake.HELLO", hello)
    with pytest.raises(ClusterError, match=message):
        connect([cluster(OK).url])


@pytest.mark.parametrize("kind", ["text/plain", "text/html", "application/json"])
def test_what_is_no_json_is_no_answer(cluster, monkeypatch, kind):
    monkeypatch.setattr(connection, "FIRST_PATIENCE", 0.01)
    monkeypatch.setattr("tests.engines.opensearch.fake.HELLO", b"<h1>Welcome</h1>")
    monkeypatch.setattr("tests.engines.opensearch.fake.OTHER", kind)
    with pytest.raises(ClusterError, match=r"it fails \(502, its answer is no JSON\)"):
        connect([cluster(OK).url])


def test_the_missing_package_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "opensearchpy", None)
    with pytest.raises(ClusterError, match=r"pip install 'cablesearch\[opensearch\]'"):
        connect(["http://127.0.0.1:1"])


def test_a_search_accepts_no_partial_answer(client):
    asking, fake = client((200, found(3)))
    asking.request(
        "POST", "/cables/_search", params={"search_type": "dfs_query_then_fetch"}, body={"size": 0}
    )
    assert paths(fake) == [
        "/cables/_search?search_type=dfs_query_then_fetch&allow_partial_search_results=false"
    ]


@pytest.mark.parametrize("name", ["_search", "_count", "_search/scroll"])
@pytest.mark.parametrize("missing", [found(2, successful=2), {**found(2), "timed_out": True}])
def test_an_answer_without_all_shards_is_asked_for_again(client, name, missing):
    asking, fake = client((200, missing), (200, found(3)))
    assert asking.request("POST", f"/cables/{name}") == found(3)
    assert len(fake.asked) == 3


@pytest.mark.parametrize("name", ["_refresh", "_flush", "_forcemerge"])
@pytest.mark.parametrize("failed", [0, 1])
def test_what_a_shard_did_not_do_is_done_again(client, name, failed):
    partly, done = {"total": 3, "successful": 2, "failed": failed}, {"total": 3, "successful": 3, "failed": 0}
    asking, fake = client((200, {"_shards": partly}), (200, {"_shards": done}))
    assert asking.request("POST", f"/cables/{name}") == {"_shards": done}
    assert len(fake.asked) == 3


def test_a_document_that_could_not_be_looked_up_is_asked_for_again(client):
    lost = {"_id": "2", "error": {"type": "no_shard_available_action_exception", "reason": "No shard"}}
    here = {"docs": [{"_id": "1", "found": False}, {"_id": "2", "found": True}]}
    asking, fake = client((200, {"docs": [here["docs"][0], lost]}), (200, here))
    assert asking.request("POST", "/cables/_mget", body={"ids": ["1", "2"]}) == here
    assert len(fake.asked) == 3


def test_an_answer_that_stays_incomplete_is_an_error(client):
    asking, _ = client((200, found(2, successful=2)), patience=0.02)
    with pytest.raises(ClusterError, match="2 of 3 shards answered"):
        asking.request("POST", "/cables/_search")


def searches(*headers):
    return b"".join(json.dumps(header).encode() + b'\n{"size":0}\n' for header in headers)


def test_a_multi_search_accepts_no_partial_answer(client):
    asking, fake = client((200, {"responses": [found(1), found(2)]}))
    answer = asking.request(
        "POST", "/cables/_msearch", body=searches({}, {"search_type": "dfs_query_then_fetch"})
    )
    assert answer == {"responses": [found(1), found(2)]}
    _, _, headers, body = fake.asked[-1]
    assert headers["content-type"] == "application/x-ndjson"
    assert [json.loads(line) for line in body.splitlines()] == [
        {"allow_partial_search_results": False},
        {"size": 0},
        {"search_type": "dfs_query_then_fetch", "allow_partial_search_results": False},
        {"size": 0},
    ]


@pytest.mark.parametrize(
    "failed", [error(503, "no_shard_available_action_exception")[1], found(1, successful=2)]
)
def test_only_failed_searches_are_asked_again(client, failed):
    asking, fake = client(
        (200, {"responses": [found(1), failed, found(3)]}), (200, {"responses": [found(2)]})
    )
    answer = asking.request("POST", "/cables/_msearch", body=searches({}, {}, {}))
    assert [each["hits"]["total"]["value"] for each in answer["responses"]] == [1, 2, 3]
    assert [len(body.splitlines()) for *_, body in fake.asked[1:]] == [6, 2]


def test_a_wrong_search_among_many_is_an_error(client):
    asking, fake = client((200, {"responses": [found(1), error(400, "parsing_exception", "no [x]")[1]]}))
    with pytest.raises(ResponseError, match="parsing_exception"):
        asking.request("POST", "/cables/_msearch", body=searches({}, {}))
    assert len(fake.asked) == 2


def put(id):
    return b'{"index":{"_id":"%d"}}\n{"n":%d}\n' % (id, id)


def items(*statuses, action="index", kind="some_exception"):
    return {
        "errors": any(status >= 400 for status in statuses),
        "items": [
            {action: {"status": s} | ({"error": {"type": kind, "reason": "because"}} if s >= 400 else {})}
            for s in statuses
        ],
    }


def test_only_failed_actions_are_sent_again(client):
    asking, fake = client((200, items(201, 429, 200, 503)), (200, items(503, 201)), None, (200, items(200)))
    asking.bulk([put(1), put(2), put(3), put(4)], "cables")
    assert [body for *_, body in fake.asked[1:]] == [
        b"".join(map(put, (1, 2, 3, 4))),
        put(2) + put(4),
        put(2),
        put(2),
    ]
    assert paths(fake)[0].startswith("/cables/_bulk?filter_path=")


def test_a_refused_document_is_an_error_though_another_may_pass(client):
    asking, fake = client((200, items(429, 400)))
    with pytest.raises(ResponseError, match="because"):
        asking.bulk([put(1), put(2)])
    assert len(fake.asked) == 2


def test_what_was_created_or_deleted_before_is_no_error(client):
    asking, fake = client(
        (200, items(409, action="create")), (200, items(404, action="delete") | {"errors": False})
    )
    asking.bulk([b'{"create":{"_id":"1"}}\n{}\n'])
    asking.bulk([b'{"delete":{"_id":"1"}}\n'])
    assert len(fake.asked) == 3


def test_full_disks_end_a_bulk_at_once(client):
    asking, fake = client((200, items(429, kind="cluster_block_exception")))
    with pytest.raises(ClusterError, match="read-only"):
        asking.bulk([put(1)])
    assert len(fake.asked) == 2


def test_bulk_requests_are_of_a_bounded_size(client, monkeypatch):
    monkeypatch.setattr(connection, "BULK_BYTES", 2 * len(put(1)))
    asking, fake = client((200, {"errors": False}))
    asking.bulk([put(n) for n in range(1, 6)])
    asking.bulk([])
    assert [body for *_, body in fake.asked[1:]] == [put(1) + put(2), put(3) + put(4), put(5)]


def test_many_threads_may_ask_at_once(client):
    asking, _ = client(lambda path, body: (200, {"path": path}))
    wrong = []

    def ask(number):
        for _ in range(20):
            if asking.request("GET", f"/{number}") != {"path": f"/{number}"}:
                wrong.append(number)

    threads = [Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_credentials_are_sent_and_never_shown(client, monkeypatch, caplog, capfd):
    monkeypatch.setenv(f"{PREFIX}USER", "ada")
    monkeypatch.setenv(f"{PREFIX}PASSWORD", "s3cret")
    caplog.set_level(logging.DEBUG)
    asking, fake = client(error(500, "null_pointer_exception"), error(403, "security_exception"))
    sent = fake.asked[0][2]["authorization"]
    assert sent == "Basic YWRhOnMzY3JldA=="
    with pytest.raises(ClusterError) as raised:
        asking.request("GET", "/cables")
    chain = [raised.value, raised.value.__cause__]
    shown = "".join((repr(asking), *map(str, chain), *map(repr, chain), caplog.text, *capfd.readouterr()))
    assert "s3cret" not in shown
    assert "YWRhOnMzY3JldA" not in shown


def test_credentials_that_are_refused_are_told_as_such(client, monkeypatch):
    monkeypatch.setenv(f"{PREFIX}API_KEY", "old")
    asking, _ = client(error(401, "security_exception"))
    with pytest.raises(ClusterError, match="does not accept the credentials"):
        asking.request("GET", "/cables")


def test_a_failure_writes_nothing_on_standard_error(client, capfd):
    asking, _ = client(error(500, "node_disconnected_exception"), None, OK)
    asking.request("GET", "/cables")
    assert capfd.readouterr() == ("", "")


def test_a_redirect_is_not_followed(client):
    asking, fake = client((302, b""))
    with pytest.raises(ResponseError):
        asking.request("GET", "/cables")
    assert len(fake.asked) == 2


def test_an_index_that_the_cluster_has_created_already_is_ours(client):
    """A node repeats by itself what a manager that was killed had begun, and answers that it is there."""
    asking, fake = client(
        lambda path, body: (
            (200, {"number_of_data_nodes": 3})
            if "health" in path
            else error(400, "resource_already_exists_exception", "index [cables-1] already exists")
        )
    )
    Generation(asking, Cluster((fake.url,), "cables")).create(Statistics(), 0)
    assert any(method == "PUT" for method, *_ in fake.asked)
