"""Kill builds or their workers at random moments, or fill the disk: the old index must still answer.

    python -m benchmarks.survival                          30 kills, whoosh
    python -m benchmarks.survival --engine tantivy --cables 5000 --moments 50
    mount -t tmpfs -o size=64m none /mnt/small && python -m benchmarks.survival --disk /mnt/small

Prints a line for each build, and stops with an error at the first damaged index, the first build that hangs
or ends without an error of its own when a worker is killed, and the first that fails afterwards.
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psutil

from cablesearch.errors import CablesearchError
from cablesearch.indexing import open_reader, rebuild, state, update

MAX_SECONDS = 300  # that a build whose worker was killed may take to end
WORDS = ["dues", "rise", "fall", "ships", "wait", "pilots", "strike", "harbor", "fog", "minister", "talks"]
BUILD = """
import sys
from cablesearch.indexing import rebuild, update
{"update": update, "rebuild": rebuild}[sys.argv[1]](sys.argv[2], engine=sys.argv[3], workers=int(sys.argv[4]))
"""


def write_corpus(corpus: Path, cables: int, word: str, chance: random.Random) -> None:
    """Write a corpus in which every paragraph begins with this word."""
    for number in range(cables):
        text = "\n\n".join(
            f"{paragraph}. (C) {word} {' '.join(chance.choices(WORDS, k=60))}" for paragraph in range(1, 9)
        )
        facts = f"07VERITY{number + 1}\nHARBOR DUES\n2007-01-08 12:31\nCONFIDENTIAL\nEmbassy Port Verity"
        (corpus / f"07VERITY{number + 1}.txt").write_text(f"{facts}\n\n{text}\n")


def check(index: Path, cables: int, words: set[str]) -> str:
    """Check that the index holds every cable, all with the same word out of `words`; return that word."""
    with open_reader(index) as reader:
        assert reader.size()[0] == cables, reader.size()
        found = [word for word in words if reader.frequency("words", word)]
        assert len(found) == 1, found
        assert reader.frequency("words", found[0]) == state(index).paragraphs
        first = reader.cable("07VERITY1")
        assert first
        assert first.paragraphs[0].text.startswith(found[0])
    return found[0]


def leftovers(index: Path) -> list[str]:
    """Return the names of files that do not belong in a complete index."""
    spare = {path.name for path in index.iterdir()} - {"current.json", "generations", "lock"}
    current = state(index).generation
    return sorted(spare | {path.name for path in (index / "generations").iterdir()} - {current.name})


def kill_build(index: Path, build: str, engine: str, workers: int, after: float) -> bool:
    """Start a build and kill it after so many seconds; return whether it was still running."""
    builder = subprocess.Popen([sys.executable, "-c", BUILD, build, str(index), engine, str(workers)])
    try:
        builder.wait(after)
    except subprocess.TimeoutExpired:
        builder.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
        builder.wait()
    return builder.returncode != 0


def kill_worker(index: Path, build: str, engine: str, after: float, chance: random.Random) -> bool:
    """Start a build and kill one of its workers after so many seconds; return whether the build failed."""
    command = [sys.executable, "-c", BUILD, build, str(index), engine, "2"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as builder:
        with suppress(subprocess.TimeoutExpired):
            builder.wait(after)
        with suppress(psutil.NoSuchProcess):  # the build is done
            workers = psutil.Process(builder.pid).children()
            if workers:
                chance.choice(workers).kill()
        _, errors = builder.communicate(timeout=MAX_SECONDS)
    if builder.returncode:
        assert errors.splitlines()[-1].startswith("cablesearch.errors.CablesearchError: "), errors
    return builder.returncode != 0


def build_on_full_disk(index: Path, build: str, engine: str, workers: int, free: int) -> bool:
    """Run a build with so many bytes free on its disk; return whether it ran out of space."""
    filler = index.parent / "filler"
    left = shutil.disk_usage(index).free
    with filler.open("wb") as out:
        for _ in range(max(0, left - free) // (1 << 16)):
            out.write(b"\0" * (1 << 16))
    try:
        {"update": update, "rebuild": rebuild}[build](index, engine=engine, workers=workers)
    except CablesearchError as error:
        if "is full" not in str(error) or leftovers(index):
            raise
        return True
    finally:
        filler.unlink()
    return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engine", default="whoosh")
    parser.add_argument("--cables", type=int, default=300)
    parser.add_argument("--moments", type=int, default=30)
    parser.add_argument("--disk", type=Path, help="a small file system for this purpose: it will be filled")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with (
        tempfile.TemporaryDirectory() as corpus_name,
        tempfile.TemporaryDirectory(dir=options.disk) as index_name,
    ):
        corpus, index = Path(corpus_name), Path(index_name) / "index"
        run(corpus, index, options, chance)


def run(corpus: Path, index: Path, options: argparse.Namespace, chance: random.Random) -> None:
    write_corpus(corpus, options.cables, "aaa0", chance)
    begun = time.monotonic()
    rebuild(index, [corpus], engine=options.engine)
    whole, size = time.monotonic() - begun, state(index).size
    print(f"{options.cables} cables, {options.engine}: {whole:.1f} s, {size >> 20} MB")
    old, stopped = "aaa0", 0
    for moment in range(1, options.moments + 1):
        new = f"aaa{moment}"
        write_corpus(corpus, options.cables, new, chance)
        build, workers = chance.choice(["update", "rebuild"]), chance.choice([0, 2])
        killed = "" if options.disk else chance.choice(["build", "worker"])
        if options.disk:
            limit: float = chance.randrange(2 * size)
            failed = build_on_full_disk(index, build, options.engine, workers, int(limit))
        elif killed == "worker":
            workers, limit = 2, chance.uniform(0, 1.5 * whole)
            failed = kill_worker(index, build, options.engine, limit, chance)
        else:
            limit = chance.uniform(0, 1.5 * whole)
            failed = kill_build(index, build, options.engine, workers, limit)
        held = check(index, options.cables, {old, new})
        assert failed or held == new
        stopped += failed
        update(index)
        old = check(index, options.cables, {new})
        assert not leftovers(index), leftovers(index)
        unit = "bytes free" if options.disk else "s"
        print(
            f"{moment:3} {build:8} {workers} workers, {killed} {limit:.2f} {unit}:"
            f" {'stopped' if failed else 'done'}"
        )
    print(
        f"{stopped} of {options.moments} builds were stopped; every index was intact, nothing was left behind"
    )


if __name__ == "__main__":
    main()
