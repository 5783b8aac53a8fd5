"""Where posts are, by the names that cables give as their origins (`places.txt`)."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from .stations import station_named
from .tables import read_table


class Place(NamedTuple):
    """A place on the earth, in degrees."""

    latitude: float
    longitude: float


def place_of(origin: str) -> Place | None:
    """Return where a post is, None if that is not known.

    >>> place_of("Embassy Astana"), place_of("American Institute Taiwan, Taipei")
    (Place(latitude=51.2, longitude=71.4), Place(latitude=25.0, longitude=121.5))
    """
    if origin in _places():
        return _places()[origin]
    words = origin.replace(",", " ").split()
    named = (station_named(" ".join(words[start:])) for start in range(len(words)))
    station = next(filter(None, named), None)
    return _places().get(station.city or station.name) if station else None


@cache
def _places() -> dict[str, Place]:
    rows = read_table("places.txt", columns=3)
    return {name: Place(float(latitude), float(longitude)) for name, latitude, longitude in rows}
