"""What a build says and does when its cluster fails under it, on a fake cluster that is well otherwise."""

from __future__ import annotations

import json
import re
import time

import pytest

from cablesearch.engines.cluster import Cluster
from cablesearch.engines.documents import documents
from cablesearch.engines.opensearch import OpenSearchEngine, connection, writer
from cablesearch.engines.opensearch.place import read_place
from cablesearch.errors import ClusterError
from tests import extras
from tests.engines.model import cable

extras.require("opensearchpy")

SHIP = cable("07A1", "ships of salt", "more")
WATERMARK = "index [x] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark];"
REFUSED = (401, b"Unauthorized")


def error(status, kind, reason=""):
    return status, {"status": status, "error": {"type": kind, "reason": reason, "root_cause": []}}


class Build:
    """Answers as a cluster that is well, except where a test says otherwise.

    Attributes:
        wrong: what is answered instead to requests whose path fits a pattern.
        done: the methods and paths so far.
    """

    def __init__(self, wrong=None):
        self.wrong, self.done, self.token = wrong or {}, [], None

    def __call__(self, path, body):
        self.done.append(path.partition("?")[0])
        for pattern, answer in self.wrong.items():
            if re.search(pattern, path):
                return answer
        if "/_update/" in path:
            self.token = json.loads(body)["script"]["params"]["token"]
            held = {"token": self.token, "expires": (time.time() + 120) * 1000}
            return 200, {"get": {"_source": held}}
        if "_search" in path:
            kinds = {"buckets": [{"key": "p", "doc_count": 2}, {"key": "c", "doc_count": 1}]}
            shards = {"total": 1, "successful": 1, "failed": 0}
            return 200, {"aggregations": {"kinds": kinds}, "_shards": shards, "hits": {"total": {"value": 3}}}
        if "/_cluster/health" in path:
            return 200, {"status": "green", "number_of_data_nodes": 1, "initializing_shards": 0}
        if "/_bulk" in path:
            return 200, {"errors": False, "items": []}
        if "/_alias" in path and "/_aliases" not in path:
            return 200, {}
        return 200, {"acknowledged": True}


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(writer, "BUILD_PATIENCE", 0.05)
    monkeypatch.setattr(writer, "DISCARD_PATIENCE", 0.05)
    monkeypatch.setattr(connection, "FIRST_PATIENCE", 0.05)


def build(cluster, folder, wrong=None):
    answers = Build(wrong)
    fake = cluster(answers)
    with OpenSearchEngine(Cluster((fake.url,), "cables")).write(folder, fresh=True) as session:
        session.add(SHIP, documents(SHIP))
    return answers


def test_a_build_on_a_cluster_that_is_well(cluster, tmp_path):
    answers = build(cluster, tmp_path)
    assert read_place(tmp_path).alias == "cables"
    assert answers.done[-2:] == ["/_aliases", "/cablesearch-locks/_update/cables"]


@pytest.mark.parametrize("step", ["_bulk", "_refresh", "_search", "_mapping", "_settings", "_aliases", "PUT"])
@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (REFUSED, "asks for credentials"),
        (error(403, "security_exception", "no permissions for [x]"), "does not allow that"),
        (error(429, "cluster_block_exception", WATERMARK), "disks are nearly full"),
        (error(503, "no_shard_available_action_exception"), "it fails"),
        (error(400, "illegal_argument_exception", "no such setting"), "refuses what the build asks of it"),
        ((200, b"<h1>Welcome</h1>"), "its answer is no JSON"),
        (None, "cannot be reached"),
    ],
)
def test_what_goes_wrong_midway_is_told_in_a_line_and_nothing_is_published(
    cluster, tmp_path, step, answer, message
):
    wrong = {r"^/cables-[0-9a-f]{16}$" if step == "PUT" else step: answer}
    with pytest.raises(ClusterError, match=message) as raised:
        build(cluster, tmp_path, wrong)
    assert "\n" not in str(raised.value)
    assert not (tmp_path / "cluster.json").exists()


def test_a_build_whose_credentials_are_taken_away_ends_at_once(cluster, tmp_path):
    """Nothing can be cleared up either, which is not what is told."""
    answers = Build()
    fake = cluster(answers)
    session = OpenSearchEngine(Cluster((fake.url,), "cables")).write(tmp_path, fresh=True)
    session.add(SHIP, documents(SHIP))
    answers.wrong = {"": REFUSED}
    begun = time.monotonic()
    with pytest.raises(ClusterError, match="asks for credentials"):
        session.commit()
    assert time.monotonic() - begun < 5


def test_a_lock_that_another_build_has_taken_ends_the_build(cluster, tmp_path):
    answers = Build()
    fake = cluster(answers)
    session = OpenSearchEngine(Cluster((fake.url,), "cables")).write(tmp_path, fresh=True)
    session.add(SHIP, documents(SHIP))
    answers.wrong = {"_update": (200, {"get": {"_source": {"token": "other", "expires": 0}}})}
    with pytest.raises(ClusterError, match="another build has taken the lock of cables"):
        session.commit()
    assert "/_aliases" not in answers.done


@pytest.mark.parametrize("name", ["Cables", "a,b", "*", "a/b"])
def test_a_name_that_cannot_be_is_refused_before_anything_is_asked(cluster, tmp_path, name):
    fake = cluster(Build())
    with pytest.raises(ClusterError, match="--name"):
        OpenSearchEngine(Cluster((fake.url,), name)).write(tmp_path, fresh=True)
    with pytest.raises(ClusterError, match="--name"):
        OpenSearchEngine(Cluster((fake.url,), name)).parts()
    assert fake.asked == []
