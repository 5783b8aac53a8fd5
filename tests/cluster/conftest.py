"""A cluster of three nodes: `make test-cluster`, which sets CLUSTER_TESTS."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from importlib.util import find_spec

import pytest

from cablesearch.engines.opensearch.connection import Client, connect
from tests.cluster.nodes import Nodes, missing


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the tests of this folder where they cannot run, and say why."""
    if not os.environ.get("CLUSTER_TESTS"):
        reason = "they run by: make test-cluster"
    elif not find_spec("opensearchpy"):
        reason = "opensearch-py is not installed: pip install 'cablesearch[opensearch]'"
    elif missing():
        reason = f"not installed: {', '.join(missing())}"
    else:
        return
    for item in items:
        if "tests/cluster/" in item.path.as_posix():
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nodes]:
    with Nodes(tmp_path_factory.mktemp("nodes")) as nodes:
        yield nodes


@pytest.fixture
def nodes(started: Nodes) -> Nodes:
    """Three nodes, all of them well when a test begins."""
    for node in range(len(started.urls)):
        if node not in started.running:
            started.start(node)
    started.wait("yellow")
    return started


@pytest.fixture
def client(nodes: Nodes) -> Iterator[Client]:
    """A client with an index `notes` of three shards and no replicas, which is deleted afterwards."""
    with closing(connect(nodes.urls, patience=30)) as client:
        settings = {"number_of_shards": 3, "number_of_replicas": 0}
        client.request("PUT", "/notes", body={"settings": settings})
        yield client
        for node in range(len(nodes.urls)):
            if node not in nodes.running:
                nodes.start(node)
        nodes.wait("yellow")
        client.request("DELETE", "/notes")
