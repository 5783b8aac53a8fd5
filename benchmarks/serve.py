"""Times `cablesearch serve`: how long people wait, alone and together, and what the server's memory does.

    python -m benchmarks.serve INDEX
    python -m benchmarks.serve --cables 250000              of synthetic cables, whose index is built and kept
    python -m benchmarks.serve INDEX --long 50000           and whether memory stays level

Requests go over loopback, over a connection for each person that stays open: first those of one person, then
those of PEOPLE at once, who look at a page for PAUSE seconds on average, then of as many who click again as
soon as they have it. Words are drawn anew for each request. Times are in milliseconds; each line ends with
the machine's load.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple
from urllib.parse import urlencode

import psutil

from cablesearch import Index, open_index

STARTS = ("co", "de", "in", "ma", "pr", "re", "sa", "st", "te", "mi")
# What people do, as often as it is listed.
CLICKS = ("one word", "two words", "narrowed", "second page", "cable", "cable", "suggestions", "suggestions")
Addresses = Callable[[], str]


class Server(NamedTuple):
    """A server that runs."""

    port: int
    process: psutil.Process


def main() -> None:
    """Print the times of each kind of page, then the memory."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("index", type=Path, nargs="?", help="of one that there is; none for synthetic cables")
    parser.add_argument("--cables", type=int, default=20_000, help="of a synthetic index")
    parser.add_argument("--scratch", type=Path, default=Path(tempfile.gettempdir()) / "cablesearch-benchmark")
    parser.add_argument("--requests", type=int, default=300, help="of each kind")
    parser.add_argument("--people", type=int, default=20, help="at once")
    parser.add_argument("--pause", type=float, default=1, help="seconds between the clicks of one of them")
    parser.add_argument("--long", type=int, default=0, help="requests over which memory is watched")
    parser.add_argument("--kinds", nargs="+", help="of pages; all by default")
    options = parser.parse_args()
    folder = options.index or _synthetic(options.scratch, options.cables)
    with open_index(folder) as index:
        kinds = _kinds(index)
    with _serving(folder) as server:
        chosen = {name: kinds[name] for name in options.kinds or kinds}
        _report_times(server, chosen, options.requests, options.people, options.pause)
        _report_memory(server, kinds["clicks"], options.long, options.people)


def _synthetic(scratch: Path, cables: int) -> Path:
    """Return the index of so many synthetic cables, which is built if it is not there."""
    folder = scratch / f"serve-{cables}"
    if not (folder / "index" / "current.json").exists():
        folder.mkdir(parents=True, exist_ok=True)
        table = folder / "cables.csv"
        subprocess.run([sys.executable, "-m", "benchmarks.synthetic", str(cables), str(table)], check=True)
        build = ("cablesearch", "index", "--index", str(folder / "index"), str(table))
        subprocess.run([sys.executable, "-m", *build], check=True)
    return folder / "index"


@contextmanager
def _serving(folder: Path) -> Iterator[Server]:
    command = [sys.executable, "-m", "cablesearch", "serve", "--port", "0", "--index", str(folder)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr
            found = re.search(r"127\.0\.0\.1:(\d+)", server.stderr.readline())
            assert found
            yield Server(int(found[1]), psutil.Process(server.pid))
        finally:
            server.terminate()


def _report_times(
    server: Server, kinds: dict[str, Addresses], requests: int, people: int, pause: float
) -> None:
    print(f"{'':<14}{'':>9}{'':>9}{'':>11}{f'{people}, {pause:g} s apart':>18}{f'{people} at once':>18}")
    print(
        f"{'':<14}{'median':>9}{'p95':>9}{'processor':>11}{'p95':>11}{'ratio':>7}{'p95':>11}{'ratio':>7}{'load':>7}"
    )
    for name, address in kinds.items():
        random.seed(7)
        _time(server.port, [address() for _ in range(20)])  # what is made once is made
        before = _processor(server)
        alone = _time(server.port, [address() for _ in range(requests)])
        spent = (_processor(server) - before) / requests * 1_000
        shown = f"{name:<14}{median(alone):>9.1f}{_p95(alone):>9.1f}{spent:>11.1f}"
        for seconds in (pause, 0):
            shares = [[address() for _ in range(max(requests // people, 10))] for _ in range(people)]
            with ThreadPoolExecutor(people) as pool:
                waited = pool.map(partial(_time, server.port, pause=seconds), shares)
                together = _p95([one for some in waited for one in some])
            shown += f"{together:>11.1f}{together / _p95(alone):>7.1f}"
        print(f"{shown}{os.getloadavg()[0]:>7.1f}", flush=True)


def _report_memory(server: Server, address: Addresses, requests: int, people: int) -> None:
    """Print what the server holds, at each tenth of so many requests."""
    print(_memory(server))
    for tenth in range(1, 11 if requests else 1):
        share = requests // 10 // people
        with ThreadPoolExecutor(people) as pool:
            list(
                pool.map(
                    partial(_time, server.port), [[address() for _ in range(share)] for _ in range(people)]
                )
            )
        print(f"{tenth * share * people:,} requests: {_memory(server)}", flush=True)


def _memory(server: Server) -> str:
    """Return the memory of a server: its own, and the pages of files, which the system takes back at need.

    Those are the index's, of which more are touched with each search.
    """
    maps = server.process.memory_maps()
    own, all_of_it = sum(one.anonymous for one in maps), sum(one.rss for one in maps)
    return f"{own / 1e6:.0f} MB, and {(all_of_it - own) / 1e6:.0f} MB of pages of files"


def _processor(server: Server) -> float:
    times = server.process.cpu_times()
    return times.user + times.system


def _kinds(index: Index) -> dict[str, Addresses]:
    """Return functions that make addresses, by the kind of page."""
    words = [word for start in STARTS for word in index.words(start, limit=200)]
    origins = [*index.facets("*", "origin")["origin"]]
    cables = [hit.cable_id for hit in index.search("*", limit=500)]
    people = [*index.facets("*", "person", people=1_000)["person"]]
    pick = random.choice

    def found(query: str, **others: str | int) -> str:
        return f"/search?{urlencode({'q': query, **others})}"

    kinds: dict[str, Addresses] = {
        "one word": lambda: found(pick(words)),
        "two words": lambda: found(f"{pick(words)} {pick(words)}"),
        "narrowed": lambda: found(f'{pick(words)} origin:"{pick(origins)}"'),
        "second page": lambda: found(pick(words), page=2),
        "by cable": lambda: found(pick(words), group="cable"),
        "everything": lambda: found("*"),
        "cable": lambda: f"/cable/{pick(cables)}",
        "people": lambda: f"/people?{urlencode({'page': random.randint(1, 50)})}",
        "people found": lambda: f"/people?{urlencode({'find': pick(people).split()[-1]})}",
        "person": lambda: f"/person?{urlencode({'name': pick(people)})}",
        "suggestions": lambda: f"/api/suggest?{urlencode({'q': pick(words)[: random.randint(2, 5)]})}",
    }
    return kinds | {"clicks": lambda: kinds[pick(CLICKS)]()}


def _time(port: int, addresses: list[str], pause: float = 0) -> list[float]:
    """Return how long each address took, in milliseconds, over one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    times = []
    for address in addresses:
        if pause:
            time.sleep(random.expovariate(1 / pause))
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
    main()
