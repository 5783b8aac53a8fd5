"""Nothing is lost when a process is killed, or when several write at once."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from benchmarks.notebook import lost, survive
from cablesearch.notebook.notebook import Notebook


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_nothing_is_lost_when_a_writer_is_killed() -> None:
    assert survive(2, seed=7) == []


def test_a_loss_would_be_seen(tmp_path: Path) -> None:
    with Notebook(tmp_path / "n") as notebook:
        notebook.note("07ANN1", "x")
        notebook.label("07ANN1", "all")
    assert lost(tmp_path / "n", {"ann": 2}) == ["07ANN1", "07ANN2", "07ANN1"]


def test_processes_that_begin_a_notebook_together_lose_nothing(tmp_path: Path) -> None:
    file = tmp_path / "notebook"
    command = [sys.executable, "-m", "benchmarks.notebook", "--write", str(file)]
    writers = [
        subprocess.Popen([*command, name, "10"], stdout=subprocess.PIPE) for name in ("ann", "bob", "eve")
    ]
    assert [len(writer.communicate()[0].split()) for writer in writers] == [10, 10, 10]
    assert lost(file, dict.fromkeys(("ann", "bob", "eve"), 10)) == []


def test_threads_share_a_notebook(tmp_path: Path) -> None:
    with Notebook(tmp_path / "notebook") as notebook, ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda n: notebook.label(f"07ANN{n}", "all"), range(1, 41)))
        assert len(notebook.ids("label", "all")) == 40
