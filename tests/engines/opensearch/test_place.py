"""The file that says where an index is, and how a cluster is named."""

from __future__ import annotations

import os

import pytest

from cablesearch.engines import engine
from cablesearch.engines.cluster import Cluster, own_name
from cablesearch.engines.opensearch.place import NAME, Place, read_place, write_place
from cablesearch.errors import BrokenIndexError, ClusterError

PLACE = Place(("http://127.0.0.1:9200",), "cables", "cables-0123456789abcdef", 1)


@pytest.mark.parametrize("place", [PLACE, Place(("https://a", "https://b"), "x", "x-1")])
def test_a_place_is_read_as_it_was_written(tmp_path, place):
    write_place(tmp_path, place)
    assert read_place(tmp_path) == place


def test_a_place_is_written_anew_so_that_another_generation_keeps_its_own(tmp_path):
    (tmp_path / "old").mkdir()
    (tmp_path / "new").mkdir()
    write_place(tmp_path / "old", PLACE)
    os.link(tmp_path / "old" / NAME, tmp_path / "new" / NAME)
    write_place(tmp_path / "new", Place((), "other", "other-1"))
    assert read_place(tmp_path / "old") == PLACE
    assert [file.name for file in (tmp_path / "new").iterdir()] == [NAME]


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "null", '{"urls": 1, "alias": "a", "index": "b", "replicas": null}']
)
def test_a_damaged_place_is_a_broken_index(tmp_path, text):
    (tmp_path / NAME).write_text(text)
    with pytest.raises(BrokenIndexError, match="damaged"):
        engine("opensearch").read(tmp_path)


def test_without_a_url_there_is_no_cluster(tmp_path):
    with pytest.raises(ClusterError, match="--url"):
        engine("opensearch").write(tmp_path / "index", fresh=True)
    assert [*tmp_path.iterdir()] == []


def test_what_is_left_open_is_as_it_was():
    before = Cluster(("http://a",), "cables", 3, 1)
    assert Cluster().over(before) == before
    assert Cluster(("http://b",), replicas=0).over(before) == Cluster(("http://b",), "cables", 3, 0)


def test_a_name_is_that_of_one_folder_and_stays(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    name = own_name(tmp_path / "index")
    assert name == own_name(type(tmp_path)("index"))
    assert name != own_name(tmp_path / "other")
    assert name.startswith("cablesearch-")
