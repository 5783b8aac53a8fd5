"""Judge the order of hits by the indexes that historians made for volumes of FRUS.

    python -m benchmarks.relevance frus1969-76v28.xml ... --engine tantivy
    python -m benchmarks.relevance *.xml --grid --every 5 --kept /tmp/indexes

A heading of a volume's index is a query, asked of that volume alone; the documents that it points to are
what should be found. A document ranks where its best paragraph does. `--grid` tries what the second look at
the best paragraphs may weigh, and chooses for each volume by the others.
"""

from __future__ import annotations

import argparse
import itertools
import math
import re
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

from lxml import etree

from cablesearch.indexing import rebuild
from cablesearch.search import Index, open_index

NAMES = {"t": "http://www.tei-c.org/ns/1.0"}
ID = "{http://www.w3.org/XML/1998/namespace}id"
ELSEWHERE = re.compile(r"\(?\bsee\b.*", re.IGNORECASE | re.DOTALL)
WORD = re.compile(r"[^\W_]+")
HITS = 400  # paragraphs that are asked for
GRID = {"DEPTH": (30, 60), "WHOLE": (1.0, 1.5, 2.0), "NEAR": (0.0, 1.0)}

Weights = tuple[float, ...]


class Topic(NamedTuple):
    """A query and the ids of the cables that answer it."""

    query: str
    cables: frozenset[str]


class Marks(NamedTuple):
    """How good an order is, 1 the best: gain of ten, place of the first, share in the first 50."""

    ndcg: float
    first: float
    recall: float


def topics(volume: Path) -> list[Topic]:
    """Give what the headings of a volume's index ask for."""
    parser = etree.XMLParser(huge_tree=True, resolve_entities=False)
    root = etree.parse(str(volume), parser).getroot()
    known = {div.get(ID) for div in root.iterfind(".//t:div[@type='document']", NAMES)}
    lists = root.xpath(
        "//t:div[@xml:id='index']//t:list[@type='index'][not(ancestor::t:list)]", namespaces=NAMES
    )
    headings = itertools.chain.from_iterable(_headings(top, "") for top in lists)
    asked = ((_query(heading), known & documents) for heading, documents in headings)
    return [
        Topic(query, frozenset(f"{volume.stem}/{one}" for one in found))
        for query, found in asked
        if query and found
    ]


def _headings(entries: Any, above: str) -> Iterator[tuple[str, set[str]]]:
    """Give each heading, after those above it, and the documents it points to."""
    for item in entries.iterfind("t:item", NAMES):
        below = ".//t:list"
        inner = {node for part in item.iterfind(below, NAMES) for node in part.iter()}
        refs = [node for node in item.iterfind(".//t:ref", NAMES) if node not in inner]
        targets = [re.fullmatch(r"#(d\d+)(?:fn\d+)?", ref.get("target", "")) for ref in refs]
        own = ELSEWHERE.sub("", _text(item)).strip(" ,;:.()\n")
        full = f"{above} {own}".strip()
        documents = {target[1] for target in targets if target}
        if own and documents:
            yield full, documents
        for part in item.iterfind("t:list", NAMES):
            yield from _headings(part, full)


def _text(item: Any) -> str:
    """Give an entry's own words, without numbers it points to and the entries below it."""
    parts = [item.text or ""]
    for child in item:
        if child.tag == f"{{{NAMES['t']}}}list":
            break
        if child.tag != f"{{{NAMES['t']}}}ref" and isinstance(child.tag, str):
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _query(heading: str) -> str:
    """Give a heading as it would be typed: words alone, none of them a number."""
    words = WORD.findall(re.sub("['’]", " ", heading))
    return " ".join(word.lower() for word in words if not word.isdigit())


def judged(index: Index, topic: Topic) -> Marks:
    hits = index.search(topic.query, limit=HITS)
    ranks = [
        rank for rank, id in enumerate(dict.fromkeys(hit.cable_id for hit in hits)) if id in topic.cables
    ]
    best = sum(map(_gain, range(min(10, len(topic.cables)))))
    return Marks(
        sum(_gain(rank) for rank in ranks if rank < 10) / best,
        1 / (ranks[0] + 1) if ranks else 0.0,
        sum(rank < 50 for rank in ranks) / len(topic.cables),
    )


def _gain(rank: int) -> float:
    return 1 / math.log2(rank + 2)


def mean(marks: list[Marks]) -> Marks:
    return Marks(*map(fmean, zip(*marks, strict=True)))


def weigh(engine: str, weights: Weights) -> None:
    """Let an engine score by other weights, in the order of `GRID`."""
    module = import_module(f"cablesearch.engines.{engine}")
    for name, value in zip(GRID, weights, strict=True):
        setattr(module, name, value)


def scores(folder: Path, asked: list[Topic]) -> list[Marks]:
    """Give the marks of all topics of a volume."""
    with open_index(folder) as index:
        return [judged(index, topic) for topic in asked]


def built(volume: Path, engine: str, folder: Path) -> Path:
    """Give the folder of a volume's index, made if it is not there."""
    place = folder / engine / volume.stem
    if not place.exists():
        rebuild(place, [volume], engine=engine)
    return place


def report(name: str, marks: list[Marks]) -> None:
    got = mean(marks)
    print(f"{name:24} {len(marks):6} {got.ndcg:8.4f} {got.first:8.4f} {got.recall:8.4f}", flush=True)


def search_grid(engine: str, asked: dict[Path, list[Topic]]) -> None:
    """Print what each point of the grid is worth, then each volume by the weights best for the others."""
    ways = {(1, 0.0, 0.0), *itertools.product(*GRID.values())}
    table: dict[Weights, dict[Path, list[Marks]]] = {}
    for weights in sorted(ways):
        weigh(engine, weights)
        table[weights] = {folder: scores(folder, some) for folder, some in asked.items()}
        report(" ".join(map(str, weights)), [*itertools.chain(*table[weights].values())])
    left_out: list[Marks] = []
    for folder in asked:
        others = {
            w: [m for f, marks in row.items() if f != folder for m in marks] for w, row in table.items()
        }
        chosen = max(others, key=lambda weights: mean(others[weights]).ndcg)
        report(f"{folder.name} by {' '.join(map(str, chosen))}", table[chosen][folder])
        left_out += table[chosen][folder]
    report("held out", left_out)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("volumes", type=Path, nargs="+")
    parser.add_argument("--engine", default="tantivy")
    parser.add_argument("--every", type=int, default=1, help="take each n-th heading")
    parser.add_argument("--grid", action="store_true")
    parser.add_argument("--weights", type=float, nargs=len(GRID), metavar=tuple(GRID))
    parser.add_argument("--kept", type=Path, help="where indexes are kept for the next run")
    options = parser.parse_args()
    if options.weights:
        weigh(options.engine, (int(options.weights[0]), *options.weights[1:]))
    with tempfile.TemporaryDirectory() as scratch:
        asked = {
            built(volume, options.engine, options.kept or Path(scratch)): some
            for volume in options.volumes
            if (some := topics(volume)[:: options.every])
        }
        if options.grid:
            search_grid(options.engine, asked)
            return
        every = {folder: scores(folder, some) for folder, some in asked.items()}
        for folder, marks in every.items():
            report(folder.name, marks)
        report("all", [*itertools.chain(*every.values())])


if __name__ == "__main__":
    main()
