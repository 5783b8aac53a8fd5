"""Paragraphs with one of many ids: as fast as without, and the same scores."""

from __future__ import annotations

import shutil

import pytest

from cablesearch.engines import engine as engine_named
from cablesearch.engines.contract import Member, Rerank
from cablesearch.engines.documents import documents
from cablesearch.engines.tantivy.reader import TantivyReader
from cablesearch.query.fields import keyword
from cablesearch.query.tree import All, Among, Any, Filter, Not, Term, Words
from tests.engines.model import cable, places

REFORM = Term("text", "reform")


def among(*ids, state="1"):
    return Filter(Among("label:x", state, frozenset(map(keyword, ids))))


@pytest.fixture(params=[0, 1_000], ids=["a view", "looked up"])
def few(request, monkeypatch):
    """Any number of ids is many, or none is."""
    monkeypatch.setattr("cablesearch.engines.tantivy.views.MANY", request.param)


@pytest.fixture
def reader(index, few):
    return index(
        cable("07A1", "reform", "salt", "reform and salt", people=(("Ab Ba",), (), ("Ab Ba",))),
        cable("07B2", "reform", "fish"),
        cable("07C3", "nothing else"),
    )


@pytest.mark.parametrize(
    ("tree", "found"),
    [
        (All((REFORM, among("07A1#3", "07B2", "99X1"))), ["07A1/2", "07B2/0"]),
        (All((REFORM, Not(among("07A1#3", "07B2")))), ["07A1/0"]),
        (All((REFORM, among("07A1"), Not(among("07A1#1", state="2")))), ["07A1/2"]),
        (All((REFORM, among("07A1#1"), among("07B2", state="2"))), []),
        (All((REFORM, among())), []),
        (All((REFORM, among("07A1"), All(()))), []),
        (Words((Not(among("07A1#1", "07B2")), Words(()))), []),
        (among("07C3#1"), ["07C3/0"]),
        (Not(among("07A1", "07B2")), ["07C3/0"]),
        (All((REFORM, Filter(Any((among("07A1#1"), among("07B2", state="2")))))), ["07A1/0", "07B2/0"]),
        (Any((Term("text", "fish"), among("07A1#2"))), ["07A1/1", "07B2/1"]),
    ],
)
def test_what_matches(reader, tree, found):
    assert sorted(places(reader.search(tree, limit=9))) == found
    assert reader.count(tree) == len(found)
    assert sorted(f"{match.cable}/{match.ordinal}" for match in reader.scan(tree)) == found
    assert sum(reader.by_cable(tree, 9).counts.values()) == len(found)
    assert sum(reader.terms("who", tree).values()) == sum(place in ("07A1/0", "07A1/2") for place in found)


def test_scores_are_those_of_the_whole_index(reader):
    terms = Rerank(("reform", "salt"))
    words = All((REFORM, Term("text", "salt")))
    whole = {(m.cable, m.ordinal): m.score for m in reader.search(words, limit=9, rerank=terms).matches}
    some = reader.search(All((*words.parts, among("07A1#3"))), limit=9, rerank=terms).matches
    assert [(m.cable, m.ordinal) for m in some] == [("07A1", 2)]
    assert some[0].score == pytest.approx(whole["07A1", 2], rel=1e-5)


def test_a_view_is_made_once_for_all_questions(tmp_path, monkeypatch):
    monkeypatch.setattr("cablesearch.engines.tantivy.views.MANY", 1)
    with engine_named("tantivy").write(tmp_path, fresh=True) as writer:
        for each in (cable("07A1", "reform", "salt"), cable("07B2", "reform")):
            writer.add(each, documents(each))
    with TantivyReader.of(Member(tmp_path)) as reader:
        views = reader._index.view
        made = []
        monkeypatch.setattr(reader._index, "view", lambda rows: made.append(rows) or views(rows))
        for _ in range(3):
            assert places(reader.search(All((REFORM, among("07A1"))), limit=9)) == ["07A1/0"]
            assert reader.count(All((Term("text", "salt"), among("07A1")))) == 1
        assert made == [(0b11,)]
        shutil.rmtree(tmp_path)  # as a build does, while somebody reads
        assert places(reader.search(All((REFORM, among("07B2", state="2"))), limit=9)) == ["07B2/0"]


def test_another_state_has_other_ids(reader):
    assert reader.count(among("07A1#1")) == 1
    assert reader.count(among("07B2", state="2")) == 2


def test_removed_cables_are_not_found(engine, tmp_path, few):
    cables = [cable(f"07A{n}", "reform", "salt") for n in range(1, 30)]
    for number, each in enumerate(cables):  # in several segments
        with engine.write(tmp_path, fresh=not number) as writer:
            writer.add(each, documents(each))
    with engine.write(tmp_path, fresh=False) as writer:
        writer.remove(["07A3"])
    with engine.read(tmp_path) as reader:
        assert places(reader.search(All((REFORM, among("07A3", "07A4", "07A29"))), limit=9)) == places(
            reader.search(All((REFORM, Any((Term("id", "07a4"), Term("id", "07a29"))))), limit=9)
        )
        assert reader.count(Not(among("07A4", state="2"))) == 2 * 27


def test_many_sets_of_ids_may_be_asked_for(reader):
    for n in range(50):
        assert reader.count(among("07A1", state=str(n))) == 3
    assert reader.count(among("07A1", state="0")) == 3
