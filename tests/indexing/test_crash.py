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
    ("build", "workers", "after"),
    [("update", 0, 0.1), ("rebuild", 0, 0.3), ("rebuild", 2, 0.6), ("update", 2, 0.9)],
)
def test_killed(write, corpus, index, texts, build, workers, after):
    for number in range(60):
        write(f"{number:03}.html", f"07VERITY{number}", *("Dues rise.",) * 20)
    update(index, [corpus])
    before = texts()
    for number in range(30):
        write(f"{number:03}.html", f"07VERITY{number}", *("Dues fall.",) * 20)
    builder = subprocess.Popen(
        [sys.executable, "-c", BUILD, build, str(index), str(workers)], stdout=subprocess.PIPE
    )
    assert builder.stdout
    with builder, builder.stdout:
        builder.stdout.readline()
        time.sleep(after * random.random())
        builder.send_signal(KILL)
    now = texts()
    if builder.returncode:  # it may have been done
        assert now == before
    update(index)
    assert texts()["07VERITY0"].startswith("Dues fall.")
    assert texts()["07VERITY59"].startswith("Dues rise.")
    assert len(list((index / "generations").iterdir())) == 1
    assert state(index).cables == 60
