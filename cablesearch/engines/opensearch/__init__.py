"""The OpenSearch engine: an archive on a cluster of machines, for many users and with replicas.

The folder of an index holds one small file that says where it is (`place`); a generation is an index of
OpenSearch (`generation`) that no build changes once it is current.
"""

from __future__ import annotations

from pathlib import Path

from ...errors import CablesearchError
from ..cluster import Cluster
from ..contract import Reader, Writer
from ..guarded import Engine
from .place import read_place
from .writer import OpenSearchWriter


class OpenSearchEngine(Engine):
    """The engine.

    Args:
        cluster: where it writes; None for where the index is already.
    """

    name = "opensearch"
    writer = OpenSearchWriter

    def __init__(self, cluster: Cluster | None = None) -> None:
        self._cluster = cluster

    def on(self, cluster: Cluster) -> Engine:
        return OpenSearchEngine(cluster)

    def _write(self, folder: Path, *, fresh: bool) -> Writer:
        base = None if fresh else read_place(folder)
        cluster = self._cluster or (Cluster(base.urls) if base else None)
        if not cluster:
            raise CablesearchError("the opensearch engine needs to know its cluster: name it with --url")
        folder.mkdir(parents=True, exist_ok=True)
        return OpenSearchWriter(folder, cluster, base)

    def _read(self, folder: Path) -> Reader:
        from .reader import OpenSearchReader

        return OpenSearchReader(read_place(folder))


ENGINE = OpenSearchEngine()
