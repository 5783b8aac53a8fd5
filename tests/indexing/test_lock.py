"""One writer at a time."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from cablesearch.errors import LockedError
from cablesearch.indexing import state, update
from cablesearch.indexing.lock import write_lock

HOLD = """
import sys, time
from pathlib import Path
from cablesearch.indexing.lock import write_lock
with write_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_build_is_refused_while_one_runs(write, corpus, index, texts):
    """The second one says who holds the lock; searches go on; the lock ends with its process."""
    write("1.html", "07VERITY1", "Dues rise.")
    update(index, [corpus])
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(index)], stdout=subprocess.PIPE)
    assert holder.stdout
    with holder, holder.stdout:
        holder.stdout.readline()
        with pytest.raises(LockedError) as raised:
            update(index)
        message = rf".* is being built by process {holder.pid} since \d\d:\d\d: wait for it, or stop it"
        assert re.fullmatch(message, str(raised.value))
        assert state(index).cables == 1
        assert texts() == {"07VERITY1": "Dues rise."}
        holder.kill()
    assert (index / "holder.json").exists()
    assert update(index).unchanged == 1
    assert not (index / "holder.json").exists()


@pytest.mark.parametrize("holder", [None, "", "{}", "[]", '{"pid": 1, "since": "x", "host": "y"}'])
def test_an_unknown_holder_is_another_process(index, holder):
    with write_lock(index):
        (index / "holder.json").unlink()
        if holder is not None:
            (index / "holder.json").write_text(holder)
        with pytest.raises(LockedError, match="is being built by another process: wait"), write_lock(index):
            pass


def test_a_holder_on_another_machine_and_day_is_named(index):
    with write_lock(index):
        (index / "holder.json").write_text('{"pid": 7, "host": "verity", "since": "2007-01-08T12:31:00"}')
        with (
            pytest.raises(LockedError, match="by process 7 on verity since 2007-01-08 12:31"),
            write_lock(index),
        ):
            pass
