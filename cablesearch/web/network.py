"""The people named with a person as a small network: who is named with whom in the same paragraphs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import copysign, cos, pi, sin, sqrt

from .. import Dossier, Index

WIDTH, HEIGHT = 760, 350  # units of the picture
ACROSS, DOWN = 190, 130  # from its middle to those around it
MAX_COMPANIONS = 10
MIN_COMPANIONS = 3  # fewer are no network
MIN_RADIUS, MAX_RADIUS = 4.0, 12.0
MIN_STROKE, MAX_STROKE = 1.0, 6.0

Pairs = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Node:
    """A person around the one in the middle.

    Attributes:
        paragraphs: that name both.
        label, anchor: where its name is, and how it stands there.
    """

    name: str
    paragraphs: int
    x: float
    y: float
    radius: float
    label: tuple[float, float]
    anchor: str


@dataclass(frozen=True, slots=True)
class Edge:
    """Two people who are named in the same paragraphs."""

    path: str
    width: float


@dataclass(frozen=True, slots=True)
class Network:
    """The picture; the person itself is in the middle."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    width: int = WIDTH
    height: int = HEIGHT


def network(index: Index, dossier: Dossier) -> Network | None:
    """Return whom a person is named with, and who of them with each other; None for too few."""
    companions = dict([*dossier.others.items()][:MAX_COMPANIONS])
    if len(companions) < MIN_COMPANIONS:
        return None
    return draw(companions, index.together(dossier.person.name, [*companions]))


def draw(companions: Mapping[str, int], pairs: Pairs) -> Network:
    """Return the picture of companions, each with the paragraphs that name it, and of their pairs."""
    most = max(companions.values())
    order = _in_a_ring([*companions], pairs)
    nodes = {}
    for number, name in enumerate(order):
        angle = 2 * pi * (number + 0.5) / len(order) - pi / 2
        x, y = WIDTH / 2 + ACROSS * cos(angle), HEIGHT / 2 + DOWN * sin(angle)
        radius = MIN_RADIUS + (MAX_RADIUS - MIN_RADIUS) * sqrt(companions[name] / most)
        x, y = round(x, 1), round(y, 1)
        if abs(cos(angle)) < 0.1:
            label, anchor = (x, y + copysign(24, sin(angle))), "middle"
        else:
            label, anchor = (x + copysign(18, cos(angle)), y), "start" if cos(angle) > 0 else "end"
        nodes[name] = Node(name, companions[name], x, y, round(radius, 1), label, anchor)
    spokes = (
        Edge(f"M{WIDTH / 2} {HEIGHT / 2}L{node.x} {node.y}", _stroke(node.paragraphs, most))
        for node in nodes.values()
    )
    between = (_curve(nodes[one], nodes[other], _stroke(n, most)) for (one, other), n in pairs.items())
    return Network(tuple(nodes.values()), (*between, *spokes))


def _in_a_ring(names: list[str], pairs: Pairs) -> list[str]:
    """Return names so that each stands beside one that it is often named with."""
    ring, rest = names[:1], names[1:]
    while rest:
        last = ring[-1]
        closest = max(rest, key=lambda name: pairs.get((last, name), 0) + pairs.get((name, last), 0))
        ring.append(closest)
        rest.remove(closest)
    return ring


def _stroke(paragraphs: int, most: int) -> float:
    return round(MIN_STROKE + (MAX_STROKE - MIN_STROKE) * paragraphs / most, 1)


def _curve(one: Node, other: Node, width: float) -> Edge:
    """Return an edge that bends towards the middle."""
    x, y = (one.x + other.x + WIDTH / 2) / 3, (one.y + other.y + HEIGHT / 2) / 3
    return Edge(f"M{one.x} {one.y}Q{x:.1f} {y:.1f} {other.x} {other.y}", width)
