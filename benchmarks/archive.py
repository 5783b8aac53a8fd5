"""How long it takes to build and to query an archive, compared with other engines, all in one run.

    python -m benchmarks.archive --cables 20000 [--scratch DIR] [--engines ...] [--peers ...] [--kept]
    python -m benchmarks.archive --volumes FRUS --source tei            real text: a folder of FRUS volumes
    python -m benchmarks.archive --volumes FRUS --source zip            the same text as plain cables
    python -m benchmarks.archive --source pages --peers recoll
    python -m benchmarks.archive --engines tantivy opensearch --url http://127.0.0.1:9200 ...

Prints a table of builds, with people and without, and one of queries. The corpus and the paragraphs for the
other engines are made once, and kept in the scratch folder; `--kept` searches the last run's indexes.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from itertools import chain, islice, pairwise
from pathlib import Path
from typing import Any, NamedTuple

from . import corpora, editions, peers, synthetic
from .measure import Cost, run
from .peers import Search

CABLESEARCH = (sys.executable, "-m", "cablesearch")
FILES = {"csv": "cables.csv", "zip": "cables.zip", "pages": "pages"}  # of a corpus, by its source

SEED = 7
PER_KIND = 17  # queries: thirteen kinds make 221
MAX_RANK = 30_000  # of a word in a query
PAIRS = 1_000
YEAR = 31_536_000  # seconds
# Kind, range of the ranks of its words in the vocabulary, how many words.
KINDS = (
    ("common", (20, 200), 1),
    ("rare", (3_000, 30_000), 1),
    ("and", (20, 2_000), 2),
    ("or", (20, 2_000), 2),
    ("three", (20, 800), 3),
    ("phrase", (2, 25), 2),
    ("not", (50, 2_000), 2),
    ("prefix", (400, 4_000), 1),
    ("fuzzy", (400, 4_000), 1),
    ("origin", (20, 800), 1),
    ("dates", (20, 800), 1),
    ("by date", (20, 800), 1),
    ("facets", (20, 2_000), 1),
)


class Language(NamedTuple):
    """What the queries for a corpus are made of.

    Attributes:
        words: most frequent first.
        pairs: words that stand side by side.
        days: the first and the last, in seconds since 1970.
    """

    words: list[str]
    pairs: list[list[str]]
    posts: list[str]
    days: tuple[int, int]


def synthetic_language() -> Language:
    """Return that of synthetic cables, whose words are drawn each by itself."""
    chance, words = random.Random(SEED), [synthetic.word(rank) for rank in range(MAX_RANK + 1)]
    pairs = [chance.choices(words[2:25], k=2) for _ in range(PAIRS)]
    return Language(words, pairs, [*map(str.lower, synthetic.STATIONS)], (978_307_200, 1_293_840_000))


def language_of(paragraphs: Path) -> Language:
    """Return that of paragraphs as `write_paragraphs` leaves them."""
    from cablesearch.analysis.words import words

    counts: Counter[str] = Counter()
    pairs: list[list[str]] = []
    posts: Counter[str] = Counter()
    days: set[int] = set()
    for row in peers.read_paragraphs(paragraphs):
        own = [word for word in words(row["text"]) if word.isalpha()]
        counts.update(own)
        pairs += islice(([a, b] for a, b in pairwise(own) if a != b), 10, 11)  # one of each paragraph
        posts.update(word for word in words(row["origin"]) if word.isalpha())
        days.add(row["date"])
    ranked = [word for word, _ in counts.most_common(MAX_RANK + 1)]
    common = set(ranked[: KINDS[3][1][1]])
    return Language(
        ranked,
        [pair for pair in pairs if common.issuperset(pair)],
        [post for post, _ in posts.most_common(20)],
        (min(days), max(days)),
    )


def make_queries(language: Language, seed: int = SEED) -> Iterator[dict[str, Any]]:
    """Yield queries for any engine: a kind, words, and for some kinds a post or a range of dates."""
    chance, last = random.Random(seed), len(language.words) - 1
    for kind, (first, end), count in KINDS:
        for _ in range(PER_KIND):
            ranks = [chance.randint(min(first, last), min(end, last)) for _ in range(count)]
            query: dict[str, Any] = {"kind": kind, "words": [language.words[rank] for rank in ranks]}
            if kind == "phrase":
                query["words"] = chance.choice(language.pairs)
            if kind == "prefix":
                query["words"] = [query["words"][0][:4]]
            if kind == "origin":
                query["origin"] = chance.choice(language.posts)
            if kind == "dates":
                begin = chance.randint(language.days[0], language.days[1] - YEAR)
                query["dates"] = (begin, begin + YEAR)
            yield query


def as_text(query: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return a query in cablesearch's query language, and the options of the search."""
    words = query["words"]
    match query["kind"]:
        case "or":
            return " OR ".join(words), {}
        case "not":
            return f"{words[0]} NOT {words[1]}", {}
        case "phrase":
            return f'"{" ".join(words)}"', {}
        case "prefix":
            return f"{words[0]}*", {}
        case "fuzzy":
            return f"{words[0]}~1", {}
        case "origin":
            return f"{words[0]} origin:{query['origin']}", {}
        case "dates":
            begin, end = (time.strftime("%Y-%m-%d", time.gmtime(moment)) for moment in query["dates"])
            return f"{words[0]} date:{begin}..{end}", {}
        case "by date":
            return words[0], {"sort": "date"}
        case _:
            return " AND ".join(words), {}


def cablesearch_search(folder: Path, read: str) -> Search:
    """Return a function that runs a query in cablesearch and returns the number of matches.

    Args:
        read: what is read of ten hits: their `ids`, their `text`, or all of it as `JSON`, with highlights.
    """
    from cablesearch import open_index
    from cablesearch.export.json import dumps

    index = open_index(folder)

    def search(query: dict[str, Any]) -> int:
        text, options = as_text(query)
        results = index.search(text, limit=10, **options)
        if query["kind"] == "facets":
            index.facets(text, ["origin"])
        for hit in results if read == "text" else ():
            hit.paragraph.text  # noqa: B018  # reads the cable
        if read == "JSON":
            dumps(results.as_dict())
        return results.total

    return search


def round_trips(folder: Path, queries: list[dict[str, Any]]) -> dict[str, int]:
    """Return how many requests a query of each kind sends to a cluster at most, when it is asked first."""
    from unittest.mock import patch

    from opensearchpy.transport import Transport

    from cablesearch import open_index

    counts: dict[str, int] = {}
    with patch.object(
        Transport, "perform_request", autospec=True, side_effect=Transport.perform_request
    ) as sent:
        for query in queries:
            with open_index(folder) as index:
                index.search("*", limit=1)  # what an open index learns once
                sent.reset_mock()
                text, options = as_text(query)
                index.search(text, limit=10, **options)
                counts[query["kind"]] = max(counts.get(query["kind"], 0), sent.call_count)
    return counts


def cluster_processor(urls: list[str]) -> float:
    """Return the seconds of processor time that the nodes of a cluster have taken so far."""
    from cablesearch.engines.opensearch.connection import connect

    with closing(connect(urls)) as client:
        nodes = client.request("GET", "/_nodes/stats/process")["nodes"].values()
    return sum(node["process"]["cpu"]["total_in_millis"] for node in nodes) / 1000


def measure_latencies(
    engines: dict[str, Search], queries: list[dict[str, Any]]
) -> dict[str, dict[str, list[float]]]:
    """Return the milliseconds that each query takes, the best of three, by engine and kind.

    Every engine runs a query, three times in a row, before the next query comes: so a slow moment of the
    machine affects all of them, and each pays at most once for what the others drove out of the caches.
    """
    latencies: dict[str, dict[str, list[float]]] = {name: {} for name in engines}
    for query in queries:
        for name, search in engines.items():
            if name.startswith(("fts5", "xapian")) and query["kind"] == "fuzzy":
                continue
            best = min(_seconds(search, query) for _ in range(3))
            latencies[name].setdefault(query["kind"], []).append(best * 1000)
    return latencies


def _seconds(search: Search, query: dict[str, Any]) -> float:
    begun = time.perf_counter()
    search(query)
    return time.perf_counter() - begun


def percentile(values: list[float], share: float) -> float:
    """Return the value below which this share of the values lies."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))]


def write_paragraphs(source: Path, target: Path) -> tuple[int, int, int]:
    """Write a corpus as parsed paragraphs for the other engines.

    Returns:
        The number of cables and of paragraphs, and the bytes of their text.
    """
    from cablesearch.corpus import read
    from cablesearch.corpus.record import Failure
    from cablesearch.parse import parse_record
    from cablesearch.query.fields import instant

    cables = count = size = 0
    with target.open("w", encoding="utf-8") as file:
        files = sorted([*source.rglob("*.html"), *source.rglob("*.xml")]) if source.is_dir() else [source]
        for record in chain.from_iterable(map(read, files)):
            assert not isinstance(record, Failure), record
            cable = parse_record(record)
            cables += 1
            for p in cable.paragraphs:
                date = instant(cable.created) if cable.created else 0
                row = {"id": p.id, "origin": cable.origin or "", "date": date, "text": p.text}
                file.write(json.dumps(row) + "\n")
                count += 1
                size += len(p.text.encode())
    return cables, count, size


def size_of(folder: Path) -> int:
    """Return the bytes of an index; on a cluster, of one copy of it."""
    from cablesearch.errors import IndexStateError
    from cablesearch.indexing.generations import state

    with suppress(IndexStateError):
        if on := state(folder).cluster:
            from cablesearch.engines.opensearch.connection import connect

            with closing(connect(on.urls)) as client:
                stored = client.request("GET", f"/{on.name}/_stats/store")
            return int(stored["_all"]["primaries"]["store"]["size_in_bytes"])
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def report_build(name: str, cost: Cost, cables: int, paragraphs: int, text: int, folder: Path) -> None:
    if cost.status:
        print(f"{name:24} failed with status {cost.status}")
        return
    print(
        f"{name:24} {cost.seconds:8.1f} {cost.processor:8.1f} {cables / cost.seconds:9.0f}"
        f" {paragraphs / cost.seconds:9.0f}"
        f" {text / cost.seconds / 1e6:7.1f} {cost.memory / 1e6:8.0f} {size_of(folder) / text:7.2f}",
        flush=True,
    )


def report_queries(name: str, latencies: dict[str, list[float]]) -> None:
    all_values = [value for values in latencies.values() for value in values]
    shares = " ".join(f"{percentile(all_values, share):8.3f}" for share in (0.5, 0.95, 0.99))
    print(
        f"{name:24} {shares}  "
        + " ".join(
            f"{percentile(latencies[kind], 0.5):8.3f}" if kind in latencies else f"{'-':>8}"
            for kind, *_ in KINDS
        ),
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cables", type=int, default=20_000)
    parser.add_argument("--scratch", type=Path, default=Path(tempfile.gettempdir()) / "cablesearch-benchmark")
    parser.add_argument("--engines", nargs="*", default=["tantivy"])
    parser.add_argument("--peers", nargs="*", default=["tantivy", "fts5"])
    parser.add_argument("--url", nargs="*", default=[], help="nodes of the cluster for opensearch")
    parser.add_argument("--kept", action="store_true")
    parser.add_argument("--volumes", type=Path, help="a folder of FRUS volumes, for real text")
    parser.add_argument("--source", choices=["csv", "zip", "pages", "tei"], default="csv")
    arguments = parser.parse_args()

    volumes = arguments.volumes
    scratch = arguments.scratch / ("editions" if volumes else str(arguments.cables)) / arguments.source
    scratch.mkdir(parents=True, exist_ok=True)
    corpus = volumes if arguments.source == "tei" else scratch / FILES[arguments.source]
    if not corpus.exists():
        corpora.write(editions.cables(volumes) if volumes else synthetic.cables(arguments.cables), corpus)
    parsed, counts = scratch / "paragraphs.jsonl", scratch / "counts.json"
    if not counts.exists():
        counts.write_text(json.dumps(write_paragraphs(corpus, parsed)))
    cables, paragraphs, text = json.loads(counts.read_text())

    print(
        f"{cables:,} cables, {paragraphs:,} paragraphs, {text / 1e6:,.0f} MB of text,"
        f" {'editions' if volumes else 'synthetic'} as {arguments.source}\n"
    )
    print(
        f"{'build':24} {'seconds':>8} {'cpu':>8} {'cables/s':>9} {'par./s':>9}"
        f" {'MB/s':>7} {'peak MB':>8} {'index':>7}"
    )
    engines: dict[str, Search] = {}
    for name in arguments.peers if not arguments.kept else ():
        folder = _empty(scratch / f"raw-{name}")
        source, what = (corpus, "files") if name == "recoll" else (parsed, "paragraphs")
        cost = run([sys.executable, "-m", "benchmarks.peers", "build", name, str(source), str(folder)])
        report_build(f"{name}, {what}", cost, cables, paragraphs, text, folder)
    for name in arguments.engines if not arguments.kept else ():
        for people in ("--no-people", "--people"):
            folder = _empty(scratch / f"cablesearch-{name}")
            options = ["--engine", name, *([people] if people == "--no-people" else ())]
            options += [f"--url={url}" for url in arguments.url if name == "opensearch"]
            command = [*CABLESEARCH, "reindex", *options, "--index", str(folder), str(corpus)]
            before = cluster_processor(arguments.url) if name == "opensearch" else 0
            report_build(f"{name}, {people[2:]}", run(command), cables, paragraphs, text, folder)
            if name == "opensearch":
                used = cluster_processor(arguments.url) - before
                print(f"  its nodes: {used:.1f} s of processor time")

    print(
        f"\n{'query, ms':24} {'p50':>8} {'p95':>8} {'p99':>8}  "
        + " ".join(f"{kind:>8}" for kind, *_ in KINDS)
    )
    queries = list(make_queries(language_of(parsed)))
    for name in arguments.peers:
        if name in peers.SEARCHERS:
            engines[f"{name}, ids"] = peers.SEARCHERS[name](scratch / f"raw-{name}")
    for name in arguments.engines:
        folder = scratch / f"cablesearch-{name}"
        for read in ("ids", "text", "JSON"):
            engines[f"cablesearch, {name}, {read}"] = cablesearch_search(folder, read)
    for name, latencies in measure_latencies(engines, queries).items():
        report_queries(name, latencies)
    if "opensearch" in arguments.engines:
        trips = round_trips(scratch / "cablesearch-opensearch", queries)
        search = cablesearch_search(scratch / "cablesearch-opensearch", "text")
        before = cluster_processor(arguments.url)
        for query in queries:
            search(query)
        used = (cluster_processor(arguments.url) - before) / len(queries)
        print(f"\nprocessor time of a query, all nodes: {used * 1000:.1f} ms")
        print(f"round trips of a query: {', '.join(f'{kind} {count}' for kind, count in trips.items())}")
    sample, word = _build_sample_index(arguments.scratch), queries[0]["words"][0]
    for name in arguments.engines:
        seconds = _command_seconds(*CABLESEARCH, "--index", str(scratch / f"cablesearch-{name}"), word)
        small = _command_seconds(*CABLESEARCH, "--index", str(sample), "reform")
        print(f"\nwhole command, {name}: {seconds:.3f} s, {seconds / small:.2f} times that of the sample")
    if "recoll" in arguments.peers:
        seconds = _command_seconds("recollq", "-c", str(scratch / "raw-recoll"), "-n", "10", word)
        print(f"whole command, recoll: {seconds:.3f} s")


def _build_sample_index(scratch: Path) -> Path:
    """Build an index of the sample corpus; return its folder."""
    corpus, folder = Path(__file__).parent.parent / "corpus", scratch / "sample"
    command = [*CABLESEARCH, "reindex", "--index", str(folder), str(corpus)]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return folder


def _command_seconds(*command: str) -> float:
    """Return how long a whole command takes in seconds, the best of nine runs."""
    best = float("inf")
    for _ in range(9):
        begun = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        best = min(best, time.perf_counter() - begun)
    return best


def _empty(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


if __name__ == "__main__":
    main()
