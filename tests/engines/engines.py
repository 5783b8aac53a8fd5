"""The engines that can be tested here: one on a cluster only if its nodes are named in CLUSTER_URLS."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager

from cablesearch import engines
from cablesearch.engines.cluster import Cluster
from cablesearch.engines.guarded import Engine

URLS = tuple(filter(None, os.environ.get("CLUSTER_URLS", "").split(",")))
SHARDS = 3

ENGINES = engines.NAMES if URLS else engines.LOCAL


def cluster(name: str) -> Cluster | None:
    """Return the cluster of the tests if an engine needs one; an index has several shards there."""
    return Cluster(URLS, shards=SHARDS) if name in engines.REMOTE else None


def engine(name: str) -> Engine:
    """Return an engine; one that needs a cluster writes to that of the tests."""
    found, on = engines.engine(name), cluster(name)
    return found.on(on) if on else found


@contextmanager
def cleaned() -> Iterator[None]:
    """Delete the indexes on the cluster at the end, of which it can hold only so many."""
    try:
        yield
    finally:
        if URLS:
            _delete_indexes()


def _delete_indexes() -> None:
    from cablesearch.engines.opensearch.connection import connect
    from cablesearch.engines.opensearch.lock import INDEX

    with closing(connect(URLS)) as client:
        for index in client.request("GET", "/cablesearch-*/_alias"):
            if index != INDEX:
                client.request("DELETE", f"/{index}")
