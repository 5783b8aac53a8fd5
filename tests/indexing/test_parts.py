"""A build that several machines share: which files each reads, and that the result is the same."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from cablesearch import CablesearchError, Cluster
from cablesearch.engines import opensearch
from cablesearch.engines.parts import Part, Parts
from cablesearch.engines.whoosh import WhooshEngine
from cablesearch.indexing import build as build_module
from cablesearch.indexing import open_reader, parts, prepare_part, rebuild, update, worker_pool
from cablesearch.indexing import prepare as indexing_prepare
from cablesearch.indexing.manifest import FileToRead
from cablesearch.indexing.parts import share
from cablesearch.indexing.sources import Source
from cablesearch.indexing.worker_pool import WorkerPool
from cablesearch.query.tree import EVERYTHING

HERE = Cluster(("http://127.0.0.1:9200",), "cables")


class Waiting(Parts):
    """Parts that wait in memory.

    Attributes:
        complete_parts: the items of each part that is complete.
        agreed: what they have in common.
    """

    def __init__(self):
        self.complete_parts, self.agreed, self.of, self._items = {}, None, 0, []

    def begin(self, part, agreed):
        self.agreed, self.of, self._part, self._items = agreed, part.of, part.number, []
        return part.number in self.missing()

    def add(self, item):
        self._items.append(item)

    def complete(self):
        self.complete_parts[self._part] = self._items

    def missing(self):
        return [number for number in range(1, self.of + 1) if number not in self.complete_parts]

    def items(self, agreed):
        assert agreed == self.agreed
        assert not self.missing()
        for number in sorted(self.complete_parts):
            yield from self.complete_parts[number]

    def discard(self):
        self.complete_parts, self.of = {}, 0

    def close(self):
        pass


@pytest.fixture
def waiting(monkeypatch):
    """Parts that wait; the engine for a cluster keeps its index in the folder."""
    waiting = Waiting()

    class Engine(WhooshEngine):
        name = "opensearch"

        def on(self, cluster, text=None):
            return self

        def parts(self):
            return waiting

    monkeypatch.setattr(opensearch, "ENGINE", Engine())
    return waiting


def prepare(index, corpus, number, of, workers=0):
    return prepare_part(
        index, [corpus], part=(number, of), engine="opensearch", cluster=HERE, workers=workers
    )


def finish(index, corpus, build=update, **options):
    return build(index, [corpus], engine="opensearch", cluster=HERE, finish=True, workers=0, **options)


def held(index):
    """Everything that an index holds: its cables, and what is found in it, in order and with scores."""
    with open_reader(index) as reader:
        cables = {id: reader.cable(id) for id in reader.cables()}
        return cables, reader.search(EVERYTHING, limit=999), [*reader.scan(EVERYTHING)]


def file(path, size=1000):
    return FileToRead(1, path, size, 0, "", known=False)


PATHS = [f"/cables/{name}" for name in ("1", "2.txt", "a/1", "\udce9.html", "é.html", *map(str, range(50)))]


@pytest.mark.parametrize("of", [1, 2, 3, 8])
def test_every_file_is_in_one_part(of):
    files = list(map(file, PATHS))
    shares = [[each.path for each in share(files, Part(k, of))] for k in range(1, of + 1)]
    assert sorted(path for paths in shares for path in paths) == sorted(PATHS)
    assert max(map(len, shares)) < len(PATHS) / of * 2.5


def test_the_part_of_a_file_does_not_depend_on_the_others():
    together = {each.path for each in share(map(file, PATHS), Part(2, 3))}
    alone = {each.path for path in PATHS for each in share([file(path)], Part(2, 3))}
    assert together == alone


def test_a_large_file_is_divided_among_all_parts(monkeypatch):
    monkeypatch.setattr(parts, "SPLIT_BYTES", 500)
    for k in (1, 2, 3):
        assert [each.slices for each in share([file("/cables/1")], Part(k, 3))] == [((k - 1, 3),)]


@pytest.fixture
def archive(corpus, write):
    """Cables in several files: of one id a copy, and another cable; a table of many; one that is damaged."""
    for number in range(12):
        write(
            f"{number}.html", f"07VERITY{number}", f"Dues number {number} rise.", "Minister Ivo Quell spoke."
        )
    write("copy/3.html", "07VERITY3", "Dues number 3 rise.", "Ivo Quell spoke.", "And said more.")
    write("other/5.html", "07VERITY5", "An altogether different text about the fisheries of the north.")
    (corpus / "\udce9").write_bytes(b"PK\3\4 nothing")
    rows = [f"08VERITY{n},1/8/2008,Embassy Port Verity,1. Ship {n} sails for the north." for n in range(9)]
    (corpus / "table.csv").write_text("id,created,origin,content\n" + "\n".join(rows) + "\n")
    return corpus


@pytest.fixture
def read(monkeypatch):
    """The files that are read, with their shards."""
    seen = []
    real = indexing_prepare.prepare

    def watched(task):
        jobs = list(task)
        seen.extend((Path(job.path).name, job.shard) for job in jobs)
        return real(jobs)

    monkeypatch.setattr(indexing_prepare, "prepare", watched)
    return seen


@pytest.mark.parametrize("split", [10_000_000, 1])
@pytest.mark.parametrize("build", [update, rebuild])
def test_an_index_built_from_parts_is_the_same(
    archive, index, tmp_path, waiting, read, monkeypatch, split, build
):
    monkeypatch.setattr(parts, "SPLIT_BYTES", split)
    alone = build(tmp_path / "alone", [archive], engine="opensearch", cluster=HERE, workers=0)
    found = [prepare(index, archive, number, 3) for number in (2, 3, 1)]
    assert [each.missing for each in found] == [("1/3", "3/3"), ("1/3",), ()]
    assert sum(len(each.failures) for each in found) >= len(alone.failures) == 1
    assert not index.exists()
    read.clear()
    together = finish(index, archive, build)
    # Of 5.html there are two, with one id; 3.html may have been the fullest until its copy came.
    assert {name for name, _ in read} <= {"3.html", "5.html"}
    assert replace(together, seconds=0) == replace(alone, seconds=0)
    assert held(index) == held(tmp_path / "alone")
    assert waiting.complete_parts == {}


def test_a_part_that_is_run_again_does_nothing(archive, index, waiting, read):
    first = prepare(index, archive, 1, 2)
    kept = waiting.complete_parts[1]
    read.clear()
    again = prepare(index, archive, 1, 2)
    assert (first.done, again.done, again.files, read) == (True, False, 0, [])
    assert waiting.complete_parts[1] is kept


def test_a_part_that_died_is_run_again(archive, index, tmp_path, waiting, monkeypatch):
    def die(self):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Waiting, "complete", die)
        with pytest.raises(KeyboardInterrupt):
            prepare(index, archive, 1, 2)
    prepare(index, archive, 2, 2)
    assert prepare(index, archive, 1, 2).done
    finish(index, archive)
    rebuild(tmp_path / "alone", [archive], engine="opensearch", cluster=HERE, workers=0)
    assert held(index) == held(tmp_path / "alone")


@pytest.mark.parametrize("split", [10_000_000, 1])
def test_files_that_changed_since_are_read_by_the_build(
    archive, index, tmp_path, waiting, write, read, monkeypatch, split
):
    monkeypatch.setattr(parts, "SPLIT_BYTES", split)
    prepare(index, archive, 1, 2)
    write("1.html", "07VERITY1", "Dues number 1 fall again.")
    write("new.html", "07VERITY99", "Dues are new.")
    (archive / "2.html").unlink()
    prepare(index, archive, 2, 2)
    os.utime(archive / "4.html", (1, 1))
    read.clear()
    finish(index, archive)
    names = {name for name, _ in read}
    assert {"4.html"} <= names <= {"1.html", "new.html", "3.html", "4.html", "5.html"}
    rebuild(tmp_path / "alone", [archive], engine="opensearch", cluster=HERE, workers=0)
    assert held(index) == held(tmp_path / "alone")
    assert update(index, workers=0).read == 0


def test_an_index_is_brought_up_to_date_from_parts(archive, index, tmp_path, waiting, write, read):
    rebuild(index, [archive], engine="opensearch", cluster=HERE, workers=0)
    write("new.html", "07VERITY99", "Dues are new.")
    for number in (1, 2):
        prepare(index, archive, number, 2)
    read.clear()
    report = finish(index, archive)
    assert (report.read, report.added, read) == (1, 1, [])


def test_several_workers_read_a_part(archive, index, tmp_path, waiting, monkeypatch):
    monkeypatch.setattr(parts, "SPLIT_BYTES", 1)
    monkeypatch.setattr(build_module, "MIN_SHARDED_BYTES", 1)
    monkeypatch.setattr(worker_pool, "WorkerPool", lambda work, size, seconds: WorkerPool(work, 0, seconds))
    sliced = replace(file("/table.csv"), slices=((1, 3),))
    assert [*build_module._shards(sliced, 2, 1)] == [(1, 6), (4, 6)]
    for number, workers in ((1, 2), (2, 3)):
        prepare(index, archive, number, 2, workers=workers)
    finish(index, archive)
    rebuild(tmp_path / "alone", [archive], engine="opensearch", cluster=HERE, workers=0)
    assert held(index) == held(tmp_path / "alone")


@pytest.mark.parametrize("part", [(0, 3), (4, 3), (1, 0), (-1, 3)])
def test_there_are_only_so_many_parts(archive, index, waiting, part):
    with pytest.raises(CablesearchError, match=f"no part {part[0]}/{part[1]}"):
        prepare(index, archive, *part)


def test_the_machines_need_one_name(archive, index, waiting):
    with pytest.raises(CablesearchError, match="--name NAME"):
        prepare_part(
            index, [archive], part=(1, 2), engine="opensearch", cluster=replace(HERE, name=""), workers=0
        )


@pytest.mark.parametrize("build", [partial(prepare_part, part=(1, 2)), partial(update, finish=True)])
def test_only_an_index_on_a_cluster_is_built_together(archive, index, build):
    with pytest.raises(CablesearchError, match="only an index on a cluster"):
        build(index, [archive], engine="tantivy")
    assert not index.exists()


def test_what_parts_must_have_in_common():
    sources = [Source(Path("/a"), "a", 1), Source(Path("/b"), "b", 1)]
    same = parts.agreed(sources, people=True, front_matter=False)
    assert same == parts.agreed(sources, people=True, front_matter=False)
    others = [
        parts.agreed(sources[:1], people=True, front_matter=False),
        parts.agreed([sources[0]._replace(collection="nara"), sources[1]], people=True, front_matter=False),
        parts.agreed(sources, people=False, front_matter=False),
        parts.agreed(sources, people=True, front_matter=True),
    ]
    assert [len(other.items() - same.items()) for other in others] == [1, 1, 1, 1]
