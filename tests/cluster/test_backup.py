"""A backup by snapshot, as docs/cluster.md says."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from cablesearch.engines.opensearch.connection import connect
from tests.cluster.archive import NAME, build, cables, check, opensearch
from tests.cluster.nodes import Nodes


def test_an_index_is_restored_from_a_snapshot(nodes: Nodes, tmp_path: Path) -> None:
    engine, archive = opensearch(nodes.urls), cables(40)
    build(engine, tmp_path / "index", archive)
    wanted = {"indices": f"{NAME}-*", "include_global_state": False}
    waiting = {"wait_for_completion": True}
    with closing(connect(nodes.urls)) as client:
        where = {"type": "fs", "settings": {"location": "cables"}}
        client.request("PUT", "/_snapshot/backup", body=where)
        made = client.request("PUT", "/_snapshot/backup/first", params=waiting, body=wanted)
        assert made["snapshot"]["state"] == "SUCCESS"
        for name in client.request("GET", f"/{NAME}-*/_alias"):
            client.request("DELETE", f"/{name}")
        client.request("POST", "/_snapshot/backup/first/_restore", params=waiting, body=wanted)
        nodes.wait()
        with engine.read(tmp_path / "index") as reader:
            check(reader, archive)
        client.request("DELETE", "/_snapshot/backup/first")
        for name in client.request("GET", f"/{NAME}-*/_alias"):
            client.request("DELETE", f"/{name}")
