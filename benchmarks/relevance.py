"""Measure the quality of the ranking by the indexes that historians made for volumes of FRUS.

    python -m benchmarks.relevance frus1969-76v28.xml ... --engine tantivy
    python -m benchmarks.relevance *.xml --grid --every 5 --kept DIR
    python -m benchmarks.relevance *.xml --plain

A heading of a volume's index is a query, run over that volume only; the documents that it points to are
what should be found. A document ranks where its best paragraph does. `--grid` tries several weights for
reranking, and chooses those of each volume by the other volumes. `--plain` measures the baseline too: BM25 of
the paragraphs' own text, with no word required.
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
HITS = 400  # paragraphs that each search returns
GRID = {"RERANK_DEPTH": (25, 60), "CABLE_WEIGHT": (1.0, 1.5, 2.0), "ADJACENCY_WEIGHT": (0.0, 1.0)}

Weights = tuple[float, ...]


class Topic(NamedTuple):
    """A query and the ids of the cables that answer it."""

    query: str
    cables: frozenset[str]


class Quality(NamedTuple):
    """How good a ranking is, 1 the best: nDCG@10, reciprocal rank, recall@50."""

    ndcg: float
    reciprocal_rank: float
    recall: float


def read_topics(volume: Path) -> list[Topic]:
    """Return the headings of a volume's index as queries, with their answers."""
    parser = etree.XMLParser(huge_tree=True, resolve_entities=False)
    root = etree.parse(str(volume), parser).getroot()
    known = {div.get(ID) for div in root.iterfind(".//t:div[@type='document']", NAMES)}
    lists = root.xpath(
        "//t:div[@xml:id='index']//t:list[@type='index'][not(ancestor::t:list)]", namespaces=NAMES
    )
    headings = itertools.chain.from_iterable(_headings(top, "") for top in lists)
    answers = ((_query(heading), known & documents) for heading, documents in headings)
    return [
        Topic(query, frozenset(f"{volume.stem}/{document}" for document in documents))
        for query, documents in answers
        if query and documents
    ]


def _headings(entries: Any, above: str) -> Iterator[tuple[str, set[str]]]:
    """Yield each heading, preceded by those above it, and the documents that it points to."""
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
    """Return an entry's own words, without the numbers that it points to and the entries below it."""
    parts = [item.text or ""]
    for child in item:
        if child.tag == f"{{{NAMES['t']}}}list":
            break
        if child.tag != f"{{{NAMES['t']}}}ref" and isinstance(child.tag, str):
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _query(heading: str) -> str:
    """Return a heading as one would type it: only words, and no numbers."""
    words = WORD.findall(re.sub("['’]", " ", heading))
    return " ".join(word.lower() for word in words if not word.isdigit())


def evaluate(found: Iterable[str], topic: Topic) -> Quality:
    """Return the quality of a ranking of paragraphs, each given by its cable's id."""
    ranks = [rank for rank, id in enumerate(dict.fromkeys(found)) if id in topic.cables]
    best = sum(map(_gain, range(min(10, len(topic.cables)))))
    return Quality(
        sum(_gain(rank) for rank in ranks if rank < 10) / best,
        1 / (ranks[0] + 1) if ranks else 0.0,
        sum(rank < 50 for rank in ranks) / len(topic.cables),
    )


def _gain(rank: int) -> float:
    return 1 / math.log2(rank + 2)


def mean(qualities: list[Quality]) -> Quality:
    return Quality(*map(fmean, zip(*qualities, strict=True)))


def set_weights(engine: str, weights: Weights) -> None:
    """Make an engine use other weights, given in the order of `GRID`."""
    module = import_module(f"cablesearch.engines.{engine}.reader")
    for name, value in zip(GRID, weights, strict=True):
        setattr(module, name, value)


def evaluate_index(folder: Path, topics: list[Topic]) -> list[Quality]:
    """Return the quality of the ranking for each topic of a volume."""
    with open_index(folder) as index:
        return [
            evaluate((hit.cable_id for hit in index.search(topic.query, limit=HITS)), topic)
            for topic in topics
        ]


class PlainBM25:
    """The baseline: BM25 of the paragraphs' own text, as simple as possible."""

    def __init__(self, volume: Path) -> None:
        self._cables: list[str] = []
        self._lengths: list[int] = []
        self._postings: dict[str, list[tuple[int, int]]] = {}  # paragraph and frequency
        for record in read(volume):
            if isinstance(record, Record):
                cable = parse_record(record)
                for paragraph in cable.paragraphs:
                    self._add(cable.id, stems(paragraph.text))
        self._mean = fmean(self._lengths)

    def _add(self, cable: str, terms: list[str]) -> None:
        for term, times in Counter(terms).items():
            self._postings.setdefault(term, []).append((len(self._cables), times))
        self._cables.append(cable)
        self._lengths.append(len(terms))

    def search(self, query: str) -> list[str]:
        scores: defaultdict[int, float] = defaultdict(float)
        for term in set(stems(query)):
            postings = self._postings.get(term, [])
            weight = idf(len(postings), len(self._cables))
            for number, times in postings:
                length = 0.25 + 0.75 * self._lengths[number] / self._mean
                scores[number] += weight * 2.2 * times / (times + 1.2 * length)
        return [self._cables[number] for number in nlargest(HITS, scores, key=scores.__getitem__)]


def ensure_index(volume: Path, engine: str, folder: Path) -> Path:
    """Return the folder of a volume's index; build it if it is not there."""
    place = folder / engine / volume.stem
    if not place.exists():
        rebuild(place, [volume], engine=engine)
    return place


def report(name: str, qualities: list[Quality]) -> None:
    average = mean(qualities)
    print(
        f"{name:24} {len(qualities):6} {average.ndcg:8.4f}"
        f" {average.reciprocal_rank:8.4f} {average.recall:8.4f}",
        flush=True,
    )


def search_grid(engine: str, topics: dict[Path, list[Topic]]) -> None:
    """Print the quality at each point of the grid, then of each volume with the weights best elsewhere."""
    points = {(1, 0.0, 0.0), *itertools.product(*GRID.values())}
    table: dict[Weights, dict[Path, list[Quality]]] = {}
    for weights in sorted(points):
        set_weights(engine, weights)
        table[weights] = {folder: evaluate_index(folder, some) for folder, some in topics.items()}
        report(" ".join(map(str, weights)), [*itertools.chain(*table[weights].values())])
    held_out: list[Quality] = []
    for folder in topics:
        others = {
            weights: [q for other, qualities in row.items() if other != folder for q in qualities]
            for weights, row in table.items()
        }
        chosen = max(others, key=lambda weights: mean(others[weights]).ndcg)
        report(f"{folder.name} with {' '.join(map(str, chosen))}", table[chosen][folder])
        held_out += table[chosen][folder]
    report("held out", held_out)


def report_plain(volumes: list[Path], topics: dict[Path, list[Topic]]) -> None:
    """Print the quality of the baseline."""
    every: list[Quality] = []
    by_name = {folder.name: some for folder, some in topics.items()}
    for volume in volumes:
        plain = PlainBM25(volume)
        qualities = [evaluate(plain.search(topic.query), topic) for topic in by_name.get(volume.stem, ())]
        report(f"plain {volume.stem}", qualities)
        every += qualities
    report("plain, all", every)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("volumes", type=Path, nargs="+")
    parser.add_argument("--engine", default="tantivy")
    parser.add_argument("--every", type=int, default=1, help="take only every n-th heading")
    parser.add_argument("--grid", action="store_true", help="try several weights for reranking")
    parser.add_argument("--plain", action="store_true", help="measure the baseline too")
    parser.add_argument("--weights", type=float, nargs=len(GRID), metavar=tuple(GRID))
    parser.add_argument("--kept", type=Path, help="a folder that keeps the indexes for the next run")
    options = parser.parse_args()
    if options.weights:
        set_weights(options.engine, (int(options.weights[0]), *options.weights[1:]))
    with tempfile.TemporaryDirectory() as scratch:
        topics = {
            ensure_index(volume, options.engine, options.kept or Path(scratch)): some
            for volume in options.volumes
            if (some := read_topics(volume)[:: options.every])
        }
        if options.grid:
            search_grid(options.engine, topics)
            return
        if options.plain:
            report_plain(options.volumes, topics)
        every = {folder: evaluate_index(folder, some) for folder, some in topics.items()}
        for folder, qualities in every.items():
            report(folder.name, qualities)
        report("all", [*itertools.chain(*every.values())])


if __name__ == "__main__":
    main()
