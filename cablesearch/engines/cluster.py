"""Where an engine keeps an index that is not on this machine."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster of machines, and how an index is kept there.

    Attributes:
        urls: of some of its nodes; if one does not answer, another is asked.
        name: of the index there; empty for `own_name`.
        shards: the parts that an index is divided into; None to choose by its size and the number of nodes.
        replicas: the copies of each part beside the first; None for one if there is more than one node.
    """

    urls: tuple[str, ...] = ()
    name: str = ""
    shards: int | None = None
    replicas: int | None = None

    def over(self, other: Cluster) -> Cluster:
        """Return what this one says, and what it leaves open as the other one says."""
        return Cluster(
            self.urls or other.urls,
            self.name or other.name,
            other.shards if self.shards is None else self.shards,
            other.replicas if self.replicas is None else self.replicas,
        )


def own_name(folder: Path) -> str:
    """Return a name for the index of a folder that those of other folders and machines have not."""
    import socket

    place = f"{socket.gethostname()}\0{folder.absolute()}".encode("utf-8", "surrogateescape")
    return f"cablesearch-{blake2b(place, digest_size=6).hexdigest()}"
