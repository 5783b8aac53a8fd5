"""The engines that can be tested here: one on a cluster only if its nodes are named in CLUSTER_URLS."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from cablesearch import engines
from cablesearch.engines.cluster import Cluster
from cablesearch.engines.guarded import Engine

URLS = tuple(filter(None, os.environ.get("CLUSTER_URLS", "").split(",")))
SHARDS = 3

ENGINES = tuple(name for name in engines.NAMES if URLS or name != "opensearch")


def engine(name: str) -> Engine:
    """Return an engine; one on a cluster writes to that of the tests, an index to several shards."""
    found = engines.engine(name)
    return found.on(Cluster(URLS, shards=SHARDS)) if name == "opensearch" else found


@contextmanager
def cleaned(name: str) -> Iterator[None]:
    """Delete the indexes on the cluster at the end, of which it can hold only so many."""
    try:
        yield
    finally:
        if name == "opensearch":
            delete_indexes()


def delete_indexes() -> None:
    """Delete every index of a test."""
    from cablesearch.engines.opensearch.connection import connect

    client = connect(URLS)
    for index in client.request("GET", "/cablesearch-*/_alias"):
        if index != "cablesearch-locks":
            client.request("DELETE", f"/{index}")
    client.close()
