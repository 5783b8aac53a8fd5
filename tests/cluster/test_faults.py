"""Nodes and builders are killed: nothing is lost, nothing is there twice, no count is wrong.

CLUSTER_ROUNDS says how often nodes and builders are killed (3; 20 for a thorough run).
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from threading import Thread

import pytest

from cablesearch import Cluster, open_index, prepare_part, rebuild_index
from cablesearch.engines.opensearch.connection import connect
from tests.cluster.archive import CABLES, NAME, Load, build, cables, check, expected, opensearch
from tests.cluster.nodes import Nodes
from tests.indexing.pages import page

ROUNDS = int(os.environ.get("CLUSTER_ROUNDS", "3"))
ARCHIVE = cables(CABLES)
OLD = cables(70)
AWAY_SECONDS = 1.0  # that a killed node stays away
ANSWER_SECONDS = 35.0  # that an answer may take while nodes fail: a client tries again for 30

pytestmark = pytest.mark.usefixtures("clean")


@pytest.fixture
def clean(nodes: Nodes) -> Iterator[None]:
    """Delete the indexes of a test when it ends."""
    yield
    for node in range(len(nodes.urls)):
        if node not in nodes.running:
            nodes.start(node)
    nodes.wait("yellow")
    with closing(connect(nodes.urls)) as client:
        for name in indexes(nodes):
            client.request("DELETE", f"/{name}")


def indexes(nodes: Nodes) -> dict[str, list[str]]:
    """Return the names of the generations that the cluster holds, each with its aliases."""
    found = nodes.get(f"/{NAME}-*/_alias")
    return {name: [*stored["aliases"]] for name, stored in found.items()}


def report(*facts: object) -> None:
    """Print what was measured, for `pytest -s`."""
    print("\n   ", *facts, end="")


def test_nodes_are_killed_while_an_index_is_built(nodes: Nodes, tmp_path: Path) -> None:
    """Without replicas, as it is built, each node has the only copy of a part."""
    engine = opensearch(nodes.urls)
    begun = time.monotonic()
    build(engine, tmp_path / "undisturbed", ARCHIVE)
    duration = time.monotonic() - begun
    for number in range(ROUNDS):
        folder, failed = tmp_path / f"round{number}", []

        def write(folder: Path = folder, failed: list[BaseException] = failed) -> None:
            try:
                build(engine, folder, ARCHIVE)
            except BaseException as error:
                failed.append(error)

        builder = Thread(target=write)
        builder.start()
        moment = random.Random(number).uniform(0, duration)
        time.sleep(moment)
        nodes.kill(number % 3)
        time.sleep(AWAY_SECONDS)
        nodes.start(number % 3)
        builder.join()
        assert not failed
        with engine.read(folder) as reader:
            check(reader, ARCHIVE)
        report(f"node {number % 3} killed after {moment:.1f} s of {duration:.1f} s: all there")


def test_nodes_are_killed_while_parts_are_prepared_and_taken(nodes: Nodes, tmp_path: Path) -> None:
    """Each part is sent to a node that is killed meanwhile, and so is what they are made of."""
    corpus, index, paragraphs = tmp_path / "corpus", tmp_path / "index", 20
    corpus.mkdir()
    for number in range(400):
        texts = [f"salt ship{number} {place} " + "filling " * 40 for place in range(paragraphs)]
        (corpus / f"{number}.html").write_text(page(f"07VERITY{number}", *texts), "utf-8")
    on = Cluster(tuple(nodes.urls), NAME, shards=3)
    steps: list[Callable[[], object]] = [
        partial(prepare_part, index, [corpus], part=(k, 2), engine="opensearch", cluster=on, workers=1)
        for k in (1, 2)
    ]
    steps.append(
        partial(rebuild_index, index, [corpus], engine="opensearch", cluster=on, workers=1, finish=True)
    )
    for number, step in enumerate(steps):
        failed: list[BaseException] = []

        def run(step: Callable[[], object] = step, failed: list[BaseException] = failed) -> None:
            try:
                step()
            except BaseException as error:
                failed.append(error)

        builder = Thread(target=run)
        builder.start()
        time.sleep(random.Random(number).uniform(0.5, 2))
        nodes.kill(number)
        time.sleep(AWAY_SECONDS)
        nodes.start(number)
        builder.join()
        assert not failed
        nodes.wait()
    with open_index(index) as opened:
        assert opened.count("salt") == 400 * paragraphs
        assert opened.count("ship7") == paragraphs
        assert opened.totals("*").cables == 400
    assert [name for name, aliases in indexes(nodes).items() if NAME not in aliases] == []


def test_nodes_are_killed_while_an_index_is_searched(nodes: Nodes, tmp_path: Path) -> None:
    engine = opensearch(nodes.urls, replicas=1)
    build(engine, tmp_path / "index", ARCHIVE)
    with Load(engine, tmp_path / "index", expected(ARCHIVE)) as load:
        for number in range(ROUNDS):
            time.sleep(1)
            nodes.kill(number % 3)
            time.sleep(AWAY_SECONDS)
            nodes.start(number % 3)
            nodes.wait()
    report(f"{ROUNDS} kills, {load.answers} answers, the slowest {load.slowest:.1f} s")
    assert (load.errors, load.wrong) == ([], [])
    assert load.slowest < ANSWER_SECONDS
    assert load.answers > 20 * ROUNDS


def test_without_replicas_searches_fail_and_recover(nodes: Nodes, tmp_path: Path) -> None:
    """What a node alone has cannot be searched while it is away, which is said; no count is ever wrong."""
    engine = opensearch(nodes.urls, replicas=0)
    build(engine, tmp_path / "index", OLD)
    with Load(engine, tmp_path / "index", expected(OLD)) as load:
        time.sleep(1)
        nodes.kill(0)
        time.sleep(AWAY_SECONDS)
        nodes.start(0)
        nodes.wait()
        before = load.answers
        time.sleep(3)
        assert load.answers > before
    report(f"{load.answers} answers, {len(load.errors)} errors, the slowest {load.slowest:.1f} s")
    assert load.wrong == []


def test_nodes_are_restarted_one_by_one_while_an_index_is_searched(nodes: Nodes, tmp_path: Path) -> None:
    engine = opensearch(nodes.urls, replicas=1)
    build(engine, tmp_path / "index", ARCHIVE)
    with Load(engine, tmp_path / "index", expected(ARCHIVE)) as load:
        for node in range(3):
            nodes.restart(node)
            nodes.wait()
    report(f"{load.answers} answers, the slowest {load.slowest:.1f} s")
    assert (load.errors, load.wrong) == ([], [])
    assert load.slowest < ANSWER_SECONDS


def test_an_index_is_built_anew_while_it_is_opened_and_searched(nodes: Nodes, tmp_path: Path) -> None:
    engine = opensearch(nodes.urls)
    build(engine, tmp_path / "index", OLD)
    opened = engine.read(tmp_path / "index")
    with (
        Load(engine, tmp_path / "index", expected(OLD), threads=4, reopen=True) as opening,
        Load(engine, tmp_path / "index", expected(OLD), threads=4) as searching,
    ):
        for _ in range(ROUNDS):
            build(engine, tmp_path / "index", OLD)
    report(f"{ROUNDS} builds, {opening.answers} + {searching.answers} answers")
    assert (opening.errors, opening.wrong, searching.errors, searching.wrong) == ([], [], [], [])
    assert min(opening.answers, searching.answers) > 20
    check(opened, OLD)  # for a grace period
    opened.close()


def test_builders_are_killed(nodes: Nodes, tmp_path: Path) -> None:
    """The old generation answers, and the next build leaves nothing of the killed one."""
    engine = opensearch(nodes.urls)
    old, new = tmp_path / "old", tmp_path / "new"
    build(engine, old, OLD)
    begun = time.monotonic()
    assert builder(nodes, new).wait() == 0
    duration = time.monotonic() - begun
    published = 0
    for number in range(ROUNDS):
        build(engine, old, OLD)
        [current] = [name for name, aliases in indexes(nodes).items() if NAME in aliases]
        process = builder(nodes, new)
        moment = random.Random(number).uniform(0.3, 1) * duration
        time.sleep(moment)
        process.kill()
        process.wait()
        with engine.read(old) as reader:
            check(reader, OLD)
        held = [name for name, aliases in indexes(nodes).items() if NAME in aliases]
        assert len(held) == 1
        published += held != [current]
        build(engine, old, OLD)
        after = indexes(nodes)
        assert [aliases for aliases in after.values() if not aliases] == []
        assert sum(NAME in aliases for aliases in after.values()) == 1
        with engine.read(old) as reader:
            check(reader, OLD)
        report(f"builder killed after {moment:.1f} s of {duration:.1f} s")
    report(f"{published} of {ROUNDS} had swapped the alias already")


def builder(nodes: Nodes, folder: Path) -> subprocess.Popen[bytes]:
    """Start a process that builds the archive."""
    return subprocess.Popen([sys.executable, "-m", "tests.cluster.archive", folder, *nodes.urls])
