"""A map of the world: the outlines of the land, and posts as circles, in the Equal Earth projection."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import asin, cos, pi, radians, sin, sqrt
from typing import NamedTuple

from .. import place_of
from .rendering import FOLDER

WIDTH, HEIGHT = 1000, 442  # units of the picture
TOP_LATITUDE = 83.5  # degrees north at its upper edge
MIN_RADIUS, MAX_RADIUS = 3.5, 24.0

# Šavrič, Patterson and Jenny: The Equal Earth map projection (2018).
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_HALF_ROOT = sqrt(3) / 2


class Point(NamedTuple):
    """A place in the picture."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Circle:
    """Posts at one place.

    Attributes:
        origins: they with their paragraphs, the most first.
    """

    point: Point
    radius: float
    origins: tuple[tuple[str, int], ...]
    paragraphs: int


@dataclass(frozen=True, slots=True)
class Map:
    """A map of the posts of what is found.

    Attributes:
        circles: the largest first, so that none covers a smaller one.
        placed, elsewhere: paragraphs from posts that are on the map, and from others.
    """

    circles: tuple[Circle, ...]
    placed: int
    elsewhere: int
    width: int = WIDTH
    height: int = HEIGHT


def draw_map(origins: Mapping[str, int]) -> Map:
    """Return a map of posts by the paragraphs that they sent."""
    at: dict[Point, list[tuple[str, int]]] = {}
    for origin, paragraphs in origins.items():
        if place := place_of(origin):
            at.setdefault(project(place.longitude, place.latitude), []).append((origin, paragraphs))
    sums = {point: sum(paragraphs for _, paragraphs in posts) for point, posts in at.items()}
    most = max(sums.values(), default=1)
    circles = sorted(
        (
            Circle(point, _radius(sums[point] / most), tuple(posts), sums[point])
            for point, posts in at.items()
        ),
        key=lambda circle: -circle.paragraphs,
    )
    placed = sum(sums.values())
    return Map(tuple(circles), placed, sum(origins.values()) - placed)


def _radius(share: float) -> float:
    """Return the radius of a circle whose area, from the least on, is in proportion to a share."""
    return round(MIN_RADIUS + (MAX_RADIUS - MIN_RADIUS) * sqrt(share), 1)


def project(longitude: float, latitude: float) -> Point:
    """Return where a place is in the picture."""
    scale = WIDTH / (2 * _x(pi, 0))
    x, y = _x(radians(longitude), radians(latitude)), _y(radians(latitude))
    return Point(round(WIDTH / 2 + x * scale, 1), round((_y(radians(TOP_LATITUDE)) - y) * scale, 1))


def _angle(latitude: float) -> float:
    return asin(_HALF_ROOT * sin(latitude))


def _x(longitude: float, latitude: float) -> float:
    t = _angle(latitude)
    return longitude * cos(t) / (_HALF_ROOT * (9 * _A4 * t**8 + 7 * _A3 * t**6 + 3 * _A2 * t**2 + _A1))


def _y(latitude: float) -> float:
    t = _angle(latitude)
    return _A4 * t**9 + _A3 * t**7 + _A2 * t**3 + _A1 * t


@cache
def land() -> str:
    """Return the outlines of the land as the path of an SVG."""
    lines = (FOLDER / "world.txt").read_text("utf-8").splitlines()
    return "".join(map(_outline, (line.split() for line in lines if not line.startswith("#"))))


def _outline(numbers: list[str]) -> str:
    degrees = [int(number) / 10 for number in numbers]
    points = (project(*place) for place in zip(degrees[::2], degrees[1::2], strict=True))
    return f"M{'L'.join(_whole(points))}Z"


def _whole(points: Iterable[Point]) -> Iterable[str]:
    return (f"{point.x:.0f} {point.y:.0f}" for point in points)
