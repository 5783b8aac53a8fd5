"""The OpenSearch engine: an archive on a cluster of machines, for many users and with replicas.

The folder of an index holds one small file that says where it is (`place`); a generation is an index of
OpenSearch (`generation`) that no build changes once it is current.
"""

from __future__ import annotations

from pathlib import Path

from ...errors import ClusterError
from ..cluster import Cluster, own_name
from ..contract import Reader, Writer
from ..guarded import Engine
from ..parts import Parts
from .generation import check_name, problems
from .parts import OpenSearchParts
from .place import read_place
from .reader import OpenSearchReader
from .writer import OpenSearchWriter


class OpenSearchEngine(Engine):
    """The engine.

    Args:
        cluster: where it writes; what it leaves open is as it was.
        text: as of `on`.
    """

    name = "opensearch"
    writer = OpenSearchWriter

    def __init__(self, cluster: Cluster = Cluster(), text: int | None = None) -> None:  # noqa: B008  # immutable
        self._cluster = cluster
        self._text = text

    def on(self, cluster: Cluster, text: int | None = None) -> Engine:
        return OpenSearchEngine(cluster, text)

    def _write(self, folder: Path, *, fresh: bool) -> Writer:
        base = None if fresh else read_place(folder)
        before = Cluster(base.urls, base.alias, replicas=base.replicas) if base else Cluster()
        cluster = self._cluster.over(before).over(Cluster(name=own_name(folder)))
        if not cluster.urls:
            raise ClusterError("the opensearch engine needs to know its cluster: name it with --url")
        check_name(cluster.name)
        folder.mkdir(parents=True, exist_ok=True)
        return OpenSearchWriter(folder, cluster, base, self._text)

    def parts(self) -> Parts:
        check_name(self._cluster.name)
        return OpenSearchParts(self._cluster)

    def problems(self, folder: Path) -> list[tuple[str, str]]:
        return problems(read_place(folder))

    def removal(self, folder: Path) -> str:
        place = read_place(folder)
        return f"curl -X DELETE {place.urls[0]}/{place.index}"

    def _read(self, folder: Path) -> Reader:
        return OpenSearchReader(read_place(folder))


ENGINE = OpenSearchEngine()
