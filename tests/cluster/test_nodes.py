"""The nodes of the tests: none outlives those who started it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.cluster.nodes import Nodes

PORT = 9250


def answers(url: str) -> bool:
    with suppress(URLError, OSError), urlopen(url, timeout=5):
        return True
    return False


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_nodes_end_with_the_process_that_started_them(how: signal.Signals) -> None:
    starter = subprocess.Popen(
        [sys.executable, "-m", "tests.cluster.nodes", "1"],
        env=os.environ | {"CLUSTER_PORT": str(PORT)},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert starter.stdout
    with starter.stdout:
        url = starter.stdout.readline().strip()
    assert answers(url)
    starter.send_signal(how)
    starter.wait(60)
    end = time.monotonic() + 60
    while answers(url) and time.monotonic() < end:
        time.sleep(0.2)
    assert not answers(url)


def test_a_restarted_node_is_waited_for(nodes: Nodes) -> None:
    """Just after it is stopped, the others may still count it among them."""
    for node in range(3):
        nodes.restart(node)
        nodes.wait()
        assert nodes.get("/_cluster/health", node)["number_of_nodes"] == 3
