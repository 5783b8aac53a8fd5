"""Where an index on a cluster is kept: named once, then remembered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cablesearch import CablesearchError, Cluster, ClusterError
from cablesearch.engines.cluster import own_name
from cablesearch.engines.opensearch.place import Place, write_place
from cablesearch.indexing import rebuild, state, update
from cablesearch.indexing.build import _place
from cablesearch.indexing.generations import write_state
from cablesearch.terminal.report import report_text

HERE = Cluster(("http://127.0.0.1:9200",), "cables", 3, 1)


@pytest.fixture
def built(write, corpus, index):
    """An index that says that it is on a cluster."""
    write("1.html", "07VERITY1", "Dues rise.")
    rebuild(index, [corpus])
    write_state(index, replace(state(index), engine="opensearch", cluster=HERE))
    return index


def test_the_cluster_is_remembered(built):
    assert state(built).cluster == HERE
    assert "http://127.0.0.1:9200" in (built / "current.json").read_text("utf-8")


@pytest.mark.parametrize(
    ("engine", "cluster", "placed"),
    [
        ("auto", None, ("opensearch", HERE)),
        ("opensearch", None, ("opensearch", HERE)),
        ("auto", Cluster(replicas=0), ("opensearch", replace(HERE, replicas=0))),
        ("opensearch", Cluster(("http://b",)), ("opensearch", replace(HERE, urls=("http://b",)))),
        ("tantivy", None, ("tantivy", None)),
    ],
)
def test_an_index_on_a_cluster_stays_there_unless_another_place_is_named(built, engine, cluster, placed):
    assert _place(built, engine, cluster) == placed


def test_an_index_that_can_no_longer_be_read_is_built_where_it_was(built):
    (built / "generations").rename(built / "lost")
    assert _place(built, "auto", None) == ("opensearch", HERE)


def test_a_new_index_has_the_name_of_its_folder(tmp_path):
    engine, cluster = _place(tmp_path, "opensearch", Cluster(("http://a",)))
    assert (engine, cluster) == ("opensearch", Cluster(("http://a",), own_name(tmp_path)))
    assert _place(tmp_path, "auto", None) == ("auto", None)


@pytest.mark.parametrize(("engine", "message"), [("auto", "--engine"), ("tantivy", "takes no --url")])
@pytest.mark.parametrize("build", [update, rebuild])
def test_a_cluster_is_for_an_engine_that_keeps_its_index_there(write, corpus, index, build, engine, message):
    write("1.html", "07VERITY1", "Dues rise.")
    with pytest.raises(CablesearchError, match=message):
        build(index, [corpus], engine=engine, cluster=HERE)
    assert not index.exists()


def test_an_engine_that_needs_a_cluster_asks_for_it(write, corpus, index):
    write("1.html", "07VERITY1", "Dues rise.")
    with pytest.raises(ClusterError, match="name it with --url"):
        update(index, [corpus], engine="opensearch")


def test_without_its_library_the_engine_says_how_to_get_it(write, corpus, index, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "opensearchpy", None)
    write("1.html", "07VERITY1", "Dues rise.")
    with pytest.raises(ClusterError, match=r"pip install 'cablesearch\[opensearch\]'"):
        update(index, [corpus], engine="opensearch", cluster=HERE, workers=0)


@pytest.mark.parametrize("build", [update, rebuild])
def test_an_index_that_leaves_a_cluster_says_how_to_delete_it_there(built, corpus, build):
    place = Place(("http://127.0.0.1:9200",), "cables", "cables-0123456789abcdef")
    write_place(state(built).generation / "engine", place)
    report = rebuild(built, [corpus], engine="tantivy", workers=0)
    assert report.left == "curl -X DELETE http://127.0.0.1:9200/cables-0123456789abcdef"
    assert report.left in report_text(report, width=200)
    assert build(built, workers=0).left == ""


def test_an_index_that_leaves_a_cluster_may_be_damaged(built, corpus):
    report = rebuild(built, [corpus], engine="tantivy", workers=0)
    assert (report.engine, report.left) == ("tantivy", "")
