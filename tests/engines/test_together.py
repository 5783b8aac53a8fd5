"""Several indexes are read as if one index held all of their cables."""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cablesearch.engines import LOCAL, engine
from cablesearch.engines.contract import Member
from cablesearch.engines.documents import documents
from cablesearch.engines.scoring import round_score
from cablesearch.query.fields import keyword
from cablesearch.query.tree import EVERYTHING, All, Among, Filter, Not, Term
from tests.engines.model import cable, places
from tests.engines.test_agreement import FACETS, LISTED, RERANK, corpora, pages, trees

CORPORA, QUERIES = 12, 15
RATHER = cable("07A1", "salt and more salt", "reform")
FISH = cable("07B2", "fish, and salt", people=(("Ab Ba",),))
SALT = cable("06C3", "salt", "fish", people=(("Ab Ba",), ()))


def explain(error):
    raise error


def write(name, folder, *cables):
    with engine(name).write(folder, fresh=True) as writer:
        for each in cables:
            writer.add(each, documents(each))
    return Member(folder)


@pytest.fixture(params=LOCAL)
def name(request):
    return request.param


@pytest.fixture
def together(name, tmp_path):
    """A function that builds an index of each of several lists of cables, and reads them as one."""
    with ExitStack() as stack:

        def together(*indexes, without=()):
            parts = [write(name, tmp_path / str(n), *cables) for n, cables in enumerate(indexes)]
            parts = (
                [Member(part.folder, frozenset(left)) for part, left in zip(parts, without, strict=True)]
                if without
                else parts
            )
            return stack.enter_context(engine(name).read_together(parts, explain))

        yield together


@settings(
    max_examples=CORPORA,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(
    corpora,
    st.lists(st.integers(0, 2), min_size=10, max_size=10),
    st.lists(st.tuples(trees, pages), min_size=QUERIES, max_size=QUERIES),
)
def test_like_one_index(cables, home, queries):
    with TemporaryDirectory() as made, pytest.MonkeyPatch.context() as patch, ExitStack() as stack:
        patch.setattr("cablesearch.engines.tantivy.views.MANY", 2)
        for name in LOCAL:
            whole = stack.enter_context(engine(name).read(write(name, Path(made, name), *cables).folder))
            split = [[each for each, at in zip(cables, home, strict=False) if at == n] for n in range(3)]
            parts = [write(name, Path(made, f"{name}{n}"), *some) for n, some in enumerate(split)]
            joined = stack.enter_context(engine(name).read_together(parts, explain))
            for tree, page in queries:
                for rerank in (None, RERANK):
                    assert found(joined, tree, **page, rerank=rerank) == found(
                        whole, tree, **page, rerank=rerank
                    )
                assert [*joined.scan(tree)] == [*whole.scan(tree)]
                assert joined.count(tree) == whole.count(tree)
                assert joined.facets(tree, FACETS) == whole.facets(tree, FACETS)
                assert [joined.terms(one, tree) for one in LISTED] == [
                    whole.terms(one, tree) for one in LISTED
                ]
                assert joined.by_cable(tree, 5) == whole.by_cable(tree, 5)
                assert joined.days(tree) == whole.days(tree)
            assert joined.size() == whole.size()
            assert [*joined.cables()] == [*whole.cables()]
            assert joined.times_cited == whole.times_cited
            assert joined.near_words("") == whole.near_words("")
            assert joined.frequencies("words", ("ab", "cabs")) == whole.frequencies("words", ("ab", "cabs"))
            assert [joined.cable(each.id) for each in cables] == [whole.cable(each.id) for each in cables]


def found(reader, tree, **page):
    hits = reader.search(tree, **page)
    return hits.total, [(one.cable, one.ordinal, round_score(one.score)) for one in hits.matches]


def test_some_may_be_empty(together):
    assert together([], [FISH], []).size() == (1, 1)
    assert together([], []).count(EVERYTHING) == 0


def test_cables_left_out_are_not_there(together):
    reader = together([RATHER, FISH], [SALT, RATHER], without=[[], ["07A1"]])
    assert reader.size() == (3, 5)
    assert [*reader.cables()] == ["06C3", "07A1", "07B2"]
    assert sorted(places(reader.search(Term("text", "reform"), limit=9))) == ["07A1/1"]
    assert reader.by_cable(EVERYTHING, 9).counts == {"07A1": 2, "06C3": 2, "07B2": 1}
    assert reader.count(Not(Term("text", "fish"))) == 3


def test_whichever_index_they_are_left_out_of(together):
    other = cable("07A1", "nothing of the kind")
    reader = together([RATHER, FISH], [other], without=[["07A1"], []])
    assert reader.cable("07A1") == other
    assert places(reader.search(Term("text", "salt"), limit=9)) == ["07B2/0"]
    ids = Filter(Among("label:x", "1", frozenset(map(keyword, ("07A1", "07B2", "99X1")))))
    assert reader.count(ids) == 2


@pytest.mark.parametrize("many", [0, 1_000])
def test_ids_of_all_of_them_are_found(together, monkeypatch, many):
    monkeypatch.setattr("cablesearch.engines.tantivy.views.MANY", many)
    reader = together([RATHER], [FISH], [SALT])
    ids = Filter(Among("label:x", "1", frozenset(map(keyword, ("07A1#1", "06C3", "99X1")))))
    assert sorted(places(reader.search(All((Term("text", "salt"), ids)), limit=9))) == ["06C3/0", "07A1/0"]


def test_removed_cables_stay_removed(name, tmp_path, together):
    parts = [write(name, tmp_path / "a", RATHER, SALT), write(name, tmp_path / "b", FISH)]
    with engine(name).write(tmp_path / "a", fresh=False) as writer:
        writer.remove(["07A1"])
    with engine(name).read_together(parts, explain) as reader:
        assert reader.size() == (2, 3)
        assert [*reader.cables()] == ["06C3", "07B2"]
    with engine(name).read_together(
        [Member(tmp_path / "a", frozenset(["06C3"])), parts[1]], explain
    ) as reader:
        assert reader.size() == (1, 1)


def test_a_copy_of_an_index_may_be_one_of_them(name, tmp_path):
    first = write(name, tmp_path / "a", RATHER, SALT)
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    with engine(name).write(tmp_path / "b", fresh=False) as writer:
        writer.add(FISH, documents(FISH))
    copy = Member(tmp_path / "b", frozenset(["07A1", "06C3"]))
    with engine(name).read_together([first, copy], explain) as reader:
        assert reader.size() == (3, 5)
        assert sorted(places(reader.search(Term("text", "fish"), limit=9))) == ["06C3/1", "07B2/0"]


def test_their_folders_may_go(name, tmp_path, together):
    reader = together([RATHER], [FISH])
    shutil.rmtree(tmp_path / "0")
    assert sorted(places(reader.search(Term("text", "salt"), limit=9))) == ["07A1/0", "07B2/0"]
    assert reader.cable("07A1") == RATHER


def test_nothing_is_left_of_the_folder_of_links(name, tmp_path, monkeypatch, together):
    (tmp_path / "made").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "made"))
    delete = shutil.rmtree

    def delete_late(folder, **options):  # as a thread of tantivy's makes a lock in it
        monkeypatch.setattr("shutil.rmtree", delete)
        for file in folder.iterdir():
            file.unlink()

    monkeypatch.setattr("shutil.rmtree", delete_late)
    assert together([RATHER], [FISH]).size() == (2, 3)
    assert [*(tmp_path / "made").iterdir()] == []
