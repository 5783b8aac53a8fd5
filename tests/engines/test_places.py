"""tantivy's rows: which paragraph each is, wherever the first one of its cable stands."""

from __future__ import annotations

import pytest

from cablesearch.engines import engine as engine_named
from cablesearch.engines.documents import documents
from cablesearch.engines.storage import pack
from cablesearch.query.tree import EVERYTHING, All, Among, Filter, Term
from tests.engines.model import by_tie_key, cable, places

ENGINE = engine_named("tantivy")
WORD = Term("text", "word")


def write(folder, *cables):
    """Add each cable in a segment of its own."""
    for each in cables:
        with ENGINE.write(folder, fresh=not folder.exists()) as writer:
            writer.add(each, documents(each))


def test_a_cable_may_be_cut_by_the_end_of_a_segment(tmp_path):
    whole = cable("07B2", "word", "word", "word too", "word")
    write(tmp_path / "index", cable("07A1", "word", "salt", "salt"))
    rows = ENGINE.writer.rows(documents(whole))
    with ENGINE.write(tmp_path / "index", fresh=False) as writer:
        writer.put(whole.id, pack(whole), rows[:1])
    with ENGINE.write(tmp_path / "index", fresh=False) as writer:
        writer._paragraphs.add_json([*ENGINE.writer.rows(documents(cable("07C3", "salt"))), *rows[1:]])
    with ENGINE.read(tmp_path / "index") as reader:
        found = ["07A1/0", "07B2/0", "07B2/1", "07B2/2", "07B2/3"]
        assert sorted(places(reader.search(WORD, limit=9))) == found
        assert [f"{match.cable}/{match.ordinal}" for match in reader.scan(WORD)] == by_tie_key(found)
        assert places(reader.search(Term("text", "too"), limit=9)) == ["07B2/2"]


@pytest.mark.parametrize("id", ["07A1", "07B2", "07C3"])
def test_a_view_has_the_places_of_the_whole_index(tmp_path, monkeypatch, id):
    monkeypatch.setattr("cablesearch.engines.tantivy.views.MANY", 1)
    write(tmp_path / "index", *(cable(each, "salt", "word", "word") for each in ("07A1", "07B2", "07C3")))
    with ENGINE.read(tmp_path / "index") as reader:
        last = Filter(Among("label:x", "1", frozenset({f"{id.lower()}#3"})))
        assert places(reader.search(All((WORD, last)), limit=9)) == [f"{id}/2"]


def test_paragraphs_behind_the_last_one_that_a_tie_key_counts_have_places_of_their_own(tmp_path, monkeypatch):
    monkeypatch.setattr("cablesearch.engines.scoring.ORDINAL_BITS", 2)
    monkeypatch.setattr("cablesearch.engines.tantivy.places.ORDINAL_BITS", 2)
    monkeypatch.setattr("cablesearch.engines.tantivy.places.MAX_ORDINAL", 3)
    write(tmp_path / "index", cable("07A1", *["word"] * 6), cable("07B2", *["word"] * 3))
    with ENGINE.read(tmp_path / "index") as reader:
        found = [f"{match.cable}/{match.ordinal}" for match in reader.scan(EVERYTHING)]
        assert sorted(found) == sorted([*(f"07A1/{n}" for n in range(6)), *(f"07B2/{n}" for n in range(3))])
