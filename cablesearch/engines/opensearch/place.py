"""Where an index is: the small file that stands for it in the folder of a generation."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

NAME = "cluster.json"


@dataclass(frozen=True, slots=True)
class Place:
    """An index on a cluster.

    Attributes:
        urls: of some nodes of the cluster.
        alias: the name by which the newest generation is found, whoever built it.
        index: the name of this generation.
        replicas: how many were asked for; None if that was left open.
    """

    urls: tuple[str, ...]
    alias: str
    index: str
    replicas: int | None = None


def read_place(folder: Path) -> Place:
    """Return what `write_place` was given.

    Raises:
        OSError, ValueError, TypeError, KeyError: there is nothing, or nothing readable.
    """
    stored = json.loads((folder / NAME).read_text("utf-8"))
    urls, alias, index, replicas = (stored[name] for name in ("urls", "alias", "index", "replicas"))
    if not (isinstance(urls, list) and isinstance(alias, str) and isinstance(index, str)):
        raise ValueError(f"{NAME} does not name a cluster")
    return Place(tuple(map(str, urls)), alias, index, None if replicas is None else int(replicas))


def write_place(folder: Path, place: Place) -> None:
    """Write the file anew: the old one may be shared with another generation."""
    fresh = folder / f"{NAME}.new"
    fresh.write_text(json.dumps(asdict(place)) + "\n", "utf-8")
    fresh.replace(folder / NAME)
