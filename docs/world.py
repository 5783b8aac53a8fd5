"""Writes cablesearch/web/world.txt: the outlines of the land, much simplified, for the map of posts.

    .venv/bin/python docs/world.py

They are Natural Earth's at 1:110 million (version 4.1, public domain), which the npm package `world-atlas`
carries as TopoJSON; npm fetches it. It has to be run only if the outlines are to be finer or coarser.
"""

from __future__ import annotations

import json
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

PACKAGE = "world-atlas@2.0.2"
FILE = Path(__file__).parents[1] / "cablesearch" / "web" / "world.txt"
TOLERANCE = 0.45  # degrees by which an outline may differ
MIN_AREA = 1.5  # square degrees of an island
SOUTH = -60  # degrees: Antarctica has no posts
HEAD = """\
# The outlines of the land, one on a line: longitude and latitude by turns, in tenths of a degree.
# Made by docs/world.py. Source: Natural Earth 1:110m, version 4.1, public domain, in npm's {package}.
"""

Point = tuple[float, float]


def main() -> None:
    """Write the file."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL
        )
        [packed] = Path(folder).glob("*.tgz")
        with tarfile.open(packed) as archive:
            land = archive.extractfile("package/land-110m.json")
            assert land
            rings = [*outlines(json.load(land))]
    kept = [simplify(ring) for ring in rings if area(ring) >= MIN_AREA and max(y for _, y in ring) > SOUTH]
    lines = (" ".join(f"{round(x * 10)} {round(y * 10)}" for x, y in ring) for ring in kept)
    FILE.write_text("\n".join((HEAD.format(package=PACKAGE) + next(lines), *lines, "")), "utf-8")
    print(f"{len(kept)} outlines, {sum(map(len, kept))} points, {FILE.stat().st_size:,} bytes")


def outlines(topology: dict[str, Any]) -> Iterator[list[Point]]:
    """Yield the outer ring of every polygon of a TopoJSON file."""
    (dx, dy), (x0, y0) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [
        [(x * dx + x0, y * dy + y0) for x, y in accumulate(arc, lambda a, b: [a[0] + b[0], a[1] + b[1]])]
        for arc in topology["arcs"]
    ]
    for geometry in topology["objects"]["land"]["geometries"]:
        for polygon in geometry["arcs"]:
            ring: list[Point] = []
            for number in polygon[0]:  # ~n is arc n turned round
                arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                ring += arc[1:] if ring else arc
            yield unrolled(ring)


def unrolled(ring: list[Point]) -> list[Point]:
    """Return a ring without a leap at the date line: it goes on beyond 180 degrees."""
    turns = accumulate(round((x1 - x2) / 360) for (x1, _), (x2, _) in pairwise(ring))
    points = [ring[0], *((x + 360 * turn, y) for (x, y), turn in zip(ring[1:], turns, strict=True))]
    centre = sum(x for x, _ in points) / len(points)
    return [(x - 360 * round(centre / 360), y) for x, y in points]


def area(ring: list[Point]) -> float:
    """Return the area of a ring in square degrees."""
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))) / 2


def simplify(ring: list[Point]) -> list[Point]:
    """Return a ring with fewer points (Douglas and Peucker 1973), in two halves, since its ends meet."""
    middle = max(range(len(ring)), key=lambda n: abs(ring[n][0] - ring[0][0]) + abs(ring[n][1] - ring[0][1]))
    return _simplify(ring[: middle + 1])[:-1] + _simplify(ring[middle:])[:-1]


def _simplify(line: list[Point]) -> list[Point]:
    if len(line) < 3:
        return line
    (x1, y1), (x2, y2) = line[0], line[-1]
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5 or 1

    def distance(number: int) -> float:
        x, y = line[number]
        return abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length

    farthest = max(range(1, len(line) - 1), key=distance)
    if distance(farthest) <= TOLERANCE:
        return [line[0], line[-1]]
    return _simplify(line[: farthest + 1])[:-1] + _simplify(line[farthest:])


if __name__ == "__main__":
    main()
