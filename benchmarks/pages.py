"""Times the pages of `cablesearch serve`: how long people wait, alone and together.

    python -m benchmarks.pages INDEX [REQUESTS] [PEOPLE]

REQUESTS (300) of each kind are made over loopback, by one person and then by PEOPLE (20) at once. The queries
are of words that an index has, common ones and rare ones, alone, together, and narrowed.
"""

from __future__ import annotations

import http.client
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode

import psutil

from cablesearch import Index, open_index

STARTS = ("co", "de", "in", "ma", "pr", "re", "sa", "st", "te", "mi")


def main(folder: Path, requests: int = 300, people: int = 20) -> None:
    """Print the times of each kind of page."""
    with open_index(folder) as index:
        kinds = _kinds(index)
    command = [sys.executable, "-m", "cablesearch", "serve", "--port", "0", "--index", str(folder)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        found = re.search(r"127\.0\.0\.1:(\d+)", server.stderr.readline())
        assert found
        port = int(found[1])
        try:
            process = psutil.Process(server.pid)
            together = f"{people} people: p95"
            print(f"{'':<22}{'alone: median':>14}{'p95':>9}{'processor':>11}{together:>18}   (ms)")
            for name, address in kinds.items():
                random.seed(7)
                _time(port, [address() for _ in range(20)])  # caches are filled
                before = process.cpu_times()
                alone = _time(port, [address() for _ in range(requests)])
                after = process.cpu_times()
                spent = (after.user + after.system - before.user - before.system) / requests * 1_000
                parts = [[address() for _ in range(max(requests // people, 5))] for _ in range(people)]
                with ThreadPoolExecutor(people) as pool:
                    times = pool.map(partial(_time, port), parts)
                    together_p95 = _p95([one for some in times for one in some])
                print(
                    f"{name:<22}{median(alone):>14.1f}{_p95(alone):>9.1f}{spent:>11.1f}{together_p95:>18.1f}",
                    flush=True,
                )
            print(f"memory of the server: {process.memory_info().rss / 1e6:.0f} MB")
        finally:
            server.terminate()


def _kinds(index: Index) -> dict[str, Callable[[], str]]:
    """Return functions that make addresses, by the kind of page."""
    words = [word for start in STARTS for word in index.words(start, limit=40)]
    origins = [*index.facets("*", "origin")["origin"]]
    cables = [hit.cable_id for hit in index.search("*", limit=500)]
    pick = random.choice

    def found(query: str, **others: str) -> str:
        return f"/search?{urlencode({'q': query, **others})}"

    return {
        "search, one word": lambda: found(pick(words)),
        "search, two words": lambda: found(f"{pick(words)} {pick(words)}"),
        "search, narrowed": lambda: found(f'{pick(words)} origin:"{pick(origins)}"'),
        "search, by cable": lambda: found(pick(words), group="cable"),
        "search, everything": lambda: found("*"),
        "cable": lambda: f"/cable/{pick(cables)}",
        "suggestions": lambda: f"/api/suggest?{urlencode({'q': pick(words)[: random.randint(2, 5)]})}",
    }


def _time(port: int, addresses: list[str]) -> list[float]:
    """Return how long each address took, in milliseconds, over one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    times = []
    for address in addresses:
        start = time.perf_counter()
        connection.request("GET", address)
        answer = connection.getresponse()
        answer.read()
        times.append((time.perf_counter() - start) * 1_000)
        if answer.status != 200:
            raise SystemExit(f"{answer.status}: {address}")
    connection.close()
    return times


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
