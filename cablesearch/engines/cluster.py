"""Where an engine keeps an index that is not on this machine."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster of machines, and how an index is kept there.

    Attributes:
        urls: of some of its nodes; if one does not answer, another is asked.
        name: of the index there; empty for one that is made from this machine's name and the folder's.
        shards: the parts that an index is divided into; None to choose by its size and the number of nodes.
        replicas: the copies of each part beside the first; None for one if there is more than one node.
    """

    urls: tuple[str, ...]
    name: str = ""
    shards: int | None = None
    replicas: int | None = None
