"""A build that is killed leaves the old index, and the next build succeeds."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time

import pytest

from cablesearch.indexing import state, update

BUILD = """
import sys
from cablesearch.indexing import rebuild, update
print("begun", flush=True)
{"update": update, "rebuild": rebuild}[sys.argv[1]](sys.argv[2], workers=int(sys.argv[3]))
"""
KILL = getattr(signal, "SIGKILL", signal.SIGTERM)


@pytest.mark.parametrize(
    ("build", "workers", "within"), [("update", 0, 0.2), ("rebuild", 0, 0.4), ("rebuild", 2, 1.0)]
)
def test_a_killed_build_leaves_the_old_index(write, corpus, index, texts, build, workers, within):
    for number in range(40):
        write(f"{number:03}.html", f"07VERITY{number}", *("Dues rise.",) * 6)
    update(index, [corpus])
    before = texts()
    for number in range(20):
        write(f"{number:03}.html", f"07VERITY{number}", *("Dues fall.",) * 6)
    builder = subprocess.Popen(
        [sys.executable, "-c", BUILD, build, str(index), str(workers)], stdout=subprocess.PIPE
    )
    assert builder.stdout
    with builder, builder.stdout:
        builder.stdout.readline()
        time.sleep(within * random.random())
        builder.send_signal(KILL)
    now = texts()
    update(index)
    assert now in (before, texts())  # the build may have been complete
    assert texts()["07VERITY0"].startswith("Dues fall.")
    assert texts()["07VERITY39"].startswith("Dues rise.")
    assert len(list((index / "generations").iterdir())) == 1
    assert state(index).cables == 40
