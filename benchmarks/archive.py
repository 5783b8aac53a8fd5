"""How long it takes to build and to query an archive, beside its peers, all in one run.

    python -m benchmarks.archive --cables 20000 [--scratch DIR] [--engines ...] [--peers ...] [--kept]
    python -m benchmarks.archive --source pages --peers recoll

Prints a table of builds and one of queries. The corpus and the peers' paragraphs are made once and kept in
the scratch folder, by count; `--kept` queries the indexes of the last run instead of building them again.
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
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from . import peers, synthetic
from .measure import Cost, run

CABLESEARCH = (sys.executable, "-m", "cablesearch")

SEED = 7
PER_KIND = 17  # questions: thirteen kinds make 221
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


def questions(seed: int = SEED) -> Iterator[dict[str, Any]]:
    """Yield questions: a kind, words by their ranks in the vocabulary, a post, a span of dates."""
    chance = random.Random(seed)
    for kind, ranks, count in KINDS:
        for _ in range(PER_KIND):
            question: dict[str, Any] = {
                "kind": kind,
                "words": [synthetic.word(chance.randint(*ranks)) for _ in range(count)],
            }
            if kind == "prefix":
                question["words"] = [question["words"][0][:4]]
            if kind == "origin":
                question["origin"] = chance.choice(synthetic.STATIONS).lower()
            if kind == "dates":
                begin = chance.randint(978_307_200, 1_262_304_000)  # 2001 to 2009, in seconds
                question["dates"] = (begin, begin + 31_536_000)
            yield question


def as_query(question: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return a question as query text, and the options of the search."""
    words = question["words"]
    match question["kind"]:
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
            return f"{words[0]} origin:{question['origin']}", {}
        case "dates":
            begin, end = (time.strftime("%Y-%m-%d", time.gmtime(moment)) for moment in question["dates"])
            return f"{words[0]} date:{begin}..{end}", {}
        case "by date":
            return words[0], {"sort": "date"}
        case _:
            return " AND ".join(words), {}


def cablesearch_asker(folder: Path, *, printed: bool) -> Callable[[dict[str, Any]], int]:
    """Return a function that asks cablesearch a question and returns the number of hits.

    Args:
        printed: convert the hits to JSON, with all that is shown of them.
    """
    from cablesearch import open_index
    from cablesearch.export.json import results_json

    index = open_index(folder)

    def ask(question: dict[str, Any]) -> int:
        text, options = as_query(question)
        results = index.search(text, limit=10, **options)
        if question["kind"] == "facets":
            index.facets(text, ["origin"])
        if printed:
            results_json(results)
        return results.total

    return ask


Asker = Callable[[dict[str, Any]], int]


def latencies(askers: dict[str, Asker], workload: list[dict[str, Any]]) -> dict[str, dict[str, list[float]]]:
    """Return the milliseconds of each question, the best of three, by asker and kind.

    Every asker gets a question, three times in a row, before the next one: so a slow moment of the machine
    hits all of them, and each pays at most once for what the others drove out of the caches.
    """
    taken: dict[str, dict[str, list[float]]] = {name: {} for name in askers}
    for question in workload:
        for name, ask in askers.items():
            if name.startswith("fts5") and question["kind"] == "fuzzy":
                continue
            best = min(_seconds(ask, question) for _ in range(3))
            taken[name].setdefault(question["kind"], []).append(best * 1000)
    return taken


def _seconds(ask: Asker, question: dict[str, Any]) -> float:
    begun = time.perf_counter()
    ask(question)
    return time.perf_counter() - begun


def percentile(values: list[float], share: float) -> float:
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))]


def write_paragraphs(source: Path, target: Path) -> tuple[int, int]:
    """Write the parsed paragraphs of a corpus for the peers; return how many, and the bytes of their text."""
    from cablesearch.corpus import read
    from cablesearch.corpus.record import Failure
    from cablesearch.parse import parse_record
    from cablesearch.query.fields import instant

    count = size = 0
    with target.open("w", encoding="utf-8") as file:
        files = sorted(source.rglob("*.html")) if source.is_dir() else [source]
        for record in chain.from_iterable(map(read, files)):
            assert not isinstance(record, Failure), record
            cable = parse_record(record)
            for p in cable.paragraphs:
                row = {"id": p.id, "origin": cable.origin, "date": instant(cable.created), "text": p.text}
                file.write(json.dumps(row) + "\n")
                count += 1
                size += len(p.text.encode())
    return count, size


def size_of(folder: Path) -> int:
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


def report_questions(name: str, taken: dict[str, list[float]]) -> None:
    all_values = [value for values in taken.values() for value in values]
    shares = " ".join(f"{percentile(all_values, share):8.2f}" for share in (0.5, 0.95, 0.99))
    print(
        f"{name:24} {shares}  "
        + " ".join(
            f"{percentile(taken[kind], 0.5):8.2f}" if kind in taken else f"{'-':>8}" for kind, *_ in KINDS
        ),
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cables", type=int, default=20_000)
    parser.add_argument("--scratch", type=Path, default=Path(tempfile.gettempdir()) / "cablesearch-benchmark")
    parser.add_argument("--engines", nargs="*", default=["tantivy"])
    parser.add_argument("--peers", nargs="*", default=["tantivy", "fts5"])
    parser.add_argument("--kept", action="store_true")
    parser.add_argument("--people", action="store_true", help="recognise people, too")
    parser.add_argument("--source", choices=["csv", "zip", "pages"], default="csv")
    arguments = parser.parse_args()

    scratch = arguments.scratch / str(arguments.cables)
    scratch.mkdir(parents=True, exist_ok=True)
    corpus = scratch / {"csv": "cables.csv", "zip": "cables.zip", "pages": "pages"}[arguments.source]
    if not corpus.exists():
        synthetic.write(arguments.cables, corpus)
    ready, counts = scratch / "paragraphs.jsonl", scratch / "counts.json"
    if not counts.exists():
        counts.write_text(json.dumps(write_paragraphs(corpus, ready)))
    paragraphs, text = json.loads(counts.read_text())

    print(
        f"{arguments.cables:,} cables, {paragraphs:,} paragraphs, {text / 1e6:,.0f} MB of text, "
        f"from {arguments.source}\n"
    )
    print(
        f"{'build':24} {'seconds':>8} {'cpu':>8} {'cables/s':>9} {'par./s':>9}"
        f" {'MB/s':>7} {'peak MB':>8} {'index':>7}"
    )
    askers: dict[str, Asker] = {}
    for name in arguments.peers if not arguments.kept else ():
        folder = _emptied(scratch / f"raw-{name}")
        source, what = (corpus, "files") if name == "recoll" else (ready, "ready paragraphs")
        cost = run([sys.executable, "-m", "benchmarks.peers", "build", name, str(source), str(folder)])
        report_build(f"{name}, {what}", cost, arguments.cables, paragraphs, text, folder)
    for name in arguments.engines if not arguments.kept else ():
        folder = _emptied(scratch / f"cablesearch-{name}")
        people = [] if arguments.people else ["--no-people"]
        command = [*CABLESEARCH, "reindex", "--engine", name, *people, "--index", str(folder), str(corpus)]
        report_build(f"cablesearch, {name}", run(command), arguments.cables, paragraphs, text, folder)

    print(
        f"\n{'question, ms':24} {'p50':>8} {'p95':>8} {'p99':>8}  "
        + " ".join(f"{kind:>8}" for kind, *_ in KINDS)
    )
    workload = list(questions())
    if "tantivy" in arguments.peers:
        askers["tantivy, ids"] = peers.tantivy_asker(scratch / "raw-tantivy")
    if "fts5" in arguments.peers:
        askers["fts5, ids"] = peers.fts5_asker(scratch / "raw-fts5")
    for name in arguments.engines:
        folder = scratch / f"cablesearch-{name}"
        askers[f"cablesearch, {name}"] = cablesearch_asker(folder, printed=False)
        askers[f"cablesearch, {name}, JSON"] = cablesearch_asker(folder, printed=True)
    for name, taken in latencies(askers, workload).items():
        report_questions(name, taken)
    sample, word = _sample(arguments.scratch), workload[0]["words"][0]
    for name in arguments.engines:
        seconds = _command_seconds(*CABLESEARCH, "--index", str(scratch / f"cablesearch-{name}"), word)
        small = _command_seconds(*CABLESEARCH, "--index", str(sample), "reform")
        print(f"\nwhole command, {name}: {seconds:.3f} s, {seconds / small:.2f} times the sample's")
    if "recoll" in arguments.peers:
        seconds = _command_seconds("recollq", "-c", str(scratch / "raw-recoll"), "-n", "10", word)
        print(f"whole command, recoll: {seconds:.3f} s")


def _sample(scratch: Path) -> Path:
    """Build the index of the sample corpus; return its folder."""
    corpus, folder = Path(__file__).parent.parent / "corpus", scratch / "sample"
    command = [*CABLESEARCH, "reindex", "--index", str(folder), str(corpus)]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return folder


def _command_seconds(*command: str) -> float:
    """Return the seconds of a whole command, the best of nine."""
    best = float("inf")
    for _ in range(9):
        begun = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        best = min(best, time.perf_counter() - begun)
    return best


def _emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


if __name__ == "__main__":
    main()
