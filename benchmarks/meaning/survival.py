"""Kill builds of vectors at random moments: the next one goes on, and ends with the same bytes.

    python -m benchmarks.meaning.survival INDEX [--moments 20]

INDEX has a model; its vectors are made anew.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

from cablesearch.meaning import vectors_folder
from cablesearch.meaning.store import Store

BUILD = """
import sys
from cablesearch import build_vectors
from cablesearch.meaning import build
build.COMMITTED = 32  # so that much is committed, and much is not
build_vectors(sys.argv[1])
"""


def contents(index: Path) -> dict[str, bytes]:
    [store] = vectors_folder(index).iterdir()
    return {file.name: file.read_bytes() for file in store.iterdir()}


def build(index: Path) -> float:
    began = time.monotonic()
    subprocess.run([sys.executable, "-c", BUILD, index], check=True)
    return time.monotonic() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("--moments", type=int, default=20)
    options = parser.parse_args()
    index: Path = options.index
    shutil.rmtree(vectors_folder(index), ignore_errors=True)
    seconds = build(index)
    whole = contents(index)
    print(f"unbroken: {seconds:.0f} s, {len(whole['rows']) // 16:,} passages")
    shutil.rmtree(vectors_folder(index))
    chance = random.Random(0)
    killed = 0
    while killed < options.moments:
        with subprocess.Popen([sys.executable, "-c", BUILD, index]) as process:
            time.sleep(chance.uniform(0, 2.5 * seconds / options.moments) + 1)
            ended = process.poll() is not None
            process.kill()
        if ended:
            assert contents(index) == whole
            print("had ended, with the same bytes; once more")
            shutil.rmtree(vectors_folder(index))
            continue
        killed += 1
        found = [store for folder in vectors_folder(index).glob("*") if (store := Store.open(folder))]
        print(f"{killed}: killed, {sum(one.state.rows for one in found):,} passages")
    build(index)
    assert contents(index) == whole
    print("the same bytes")


if __name__ == "__main__":
    main()
