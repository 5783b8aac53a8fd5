"""Judge the order of hits by the indexes that historians made for volumes of FRUS.

    python -m benchmarks.relevance frus1969-76v28.xml ... --engine tantivy
    python -m benchmarks.relevance *.xml --grid --every 5 --kept /tmp/indexes
    python -m benchmarks.relevance *.xml --plain

A heading of a volume's index is a query, asked of that volume alone; the documents that it points to are
what should be found. A document ranks where its best paragraph does. `--grid` tries what the second look at
the best paragraphs may weigh, and chooses for each volume by the others. `--plain` judges the baseline too:
BM25 of paragraphs by their own text alone, no word needed.
"""

from __future__ import annotations

import argparse
import itertools
import math
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from heapq import nlargest
from importlib import import_module
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

from lxml import etree

from cablesearch.analysis.words import stems
from cablesearch.corpus import read
from cablesearch.corpus.record import Record
from cablesearch.engines.scoring import idf
from cablesearch.indexing import rebuild
from cablesearch.parse import parse_record
from cablesearch.search.index import open_index

NAMES = {"t": "http://www.tei-c.org/ns/1.0"}
ID = "{http://www.w3.org/XML/1998/namespace}id"
ELSEWHERE = re.compile(r"\(?\bsee\b.*", re.IGNORECASE | re.DOTALL)
WORD = re.compile(r"[^\W_]+")
HITS = 400  # paragraphs that are asked for
GRID = {"RERANK_DEPTH": (25, 60), "CABLE_WEIGHT": (1.0, 1.5, 2.0), "ADJACENCY_WEIGHT": (0.0, 1.0)}

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


def judged(found: Iterable[str], topic: Topic) -> Marks:
    """Give the marks of an order of paragraphs, each by its cable's id."""
    ranks = [rank for rank, id in enumerate(dict.fromkeys(found)) if id in topic.cables]
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
    module = import_module(f"cablesearch.engines.{engine}.reader")
    for name, value in zip(GRID, weights, strict=True):
        setattr(module, name, value)


def scores(folder: Path, asked: list[Topic]) -> list[Marks]:
    """Give the marks of all topics of a volume."""
    with open_index(folder) as index:
        return [
            judged((hit.cable_id for hit in index.search(topic.query, limit=HITS)), topic) for topic in asked
        ]


class Plain:
    """The baseline: BM25 of paragraphs by their own text alone, in the plainest way."""

    def __init__(self, volume: Path) -> None:
        self._cables: list[str] = []
        self._lengths: list[int] = []
        self._held: dict[str, list[tuple[int, int]]] = {}
        for record in read(volume):
            if isinstance(record, Record):
                cable = parse_record(record)
                for paragraph in cable.paragraphs:
                    self._add(cable.id, stems(paragraph.text))
        self._mean = fmean(self._lengths)

    def _add(self, cable: str, terms: list[str]) -> None:
        for term, times in Counter(terms).items():
            self._held.setdefault(term, []).append((len(self._cables), times))
        self._cables.append(cable)
        self._lengths.append(len(terms))

    def search(self, query: str) -> list[str]:
        scored: defaultdict[int, float] = defaultdict(float)
        for term in set(stems(query)):
            held = self._held.get(term, [])
            weight = idf(len(held), len(self._cables))
            for number, times in held:
                length = 0.25 + 0.75 * self._lengths[number] / self._mean
                scored[number] += weight * 2.2 * times / (times + 1.2 * length)
        return [self._cables[number] for number in nlargest(HITS, scored, key=scored.__getitem__)]


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


def report_plain(volumes: list[Path], asked: dict[Path, list[Topic]]) -> None:
    every: list[Marks] = []
    by_name = {folder.name: topics for folder, topics in asked.items()}
    for volume in volumes:
        plain = Plain(volume)
        marks = [judged(plain.search(topic.query), topic) for topic in by_name.get(volume.stem, ())]
        report(f"plain {volume.stem}", marks)
        every += marks
    report("plain, all", every)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("volumes", type=Path, nargs="+")
    parser.add_argument("--engine", default="tantivy")
    parser.add_argument("--every", type=int, default=1, help="take each n-th heading")
    parser.add_argument("--grid", action="store_true")
    parser.add_argument("--plain", action="store_true", help="judge the baseline too")
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
        if options.plain:
            report_plain(options.volumes, asked)
        every = {folder: scores(folder, some) for folder, some in asked.items()}
        for folder, marks in every.items():
            report(folder.name, marks)
        report("all", [*itertools.chain(*every.values())])


if __name__ == "__main__":
    main()
