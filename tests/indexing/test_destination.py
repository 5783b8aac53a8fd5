"""Which engine a build writes to."""

from __future__ import annotations

import pytest

from cablesearch import engines
from cablesearch.engines.whoosh import WhooshEngine
from cablesearch.errors import UnknownEngineError
from cablesearch.indexing import rebuild, state, update


@pytest.fixture(autouse=True)
def _engines(monkeypatch):
    """Pretend that there are two engines, and that 100 bytes of text are a lot."""
    monkeypatch.setattr(engines, "SMALL_TEXT_BYTES", 100)
    monkeypatch.setattr(engines, "large_text_engine", lambda: "tantivy")
    monkeypatch.setattr(engines, "engine", lambda name: WhooshEngine())


def test_a_small_index_is_kept_by_whoosh(write, corpus, index):
    write("1.html", "07VERITY1", "x" * 100)
    assert update(index, [corpus]).engine == "whoosh"


def test_a_large_index_is_kept_by_tantivy(write, corpus, index, texts):
    write("1.html", "07VERITY1", "x" * 60)
    write("2.html", "07VERITY2", "x" * 60)
    write("3.html", "07VERITY3", "x" * 60)
    report = update(index, [corpus])
    assert (report.engine, report.switched) == ("tantivy", None)
    assert len(texts()) == 3


def test_an_index_that_outgrows_its_engine_is_moved_to_another(write, corpus, index, texts):
    """It is written again from the cables that it stores; their files are not read."""
    write("1.html", "07VERITY1", "x" * 30)
    write("2.html", "07VERITY2", "y" * 30)
    write("3.html", "07VERITY3", "z" * 30)
    update(index, [corpus])
    write("2.html", "07VERITY2", "Y" * 60)
    (corpus / "3.html").unlink()
    write("4.html", "07VERITY4", "a" * 30)
    report = update(index)
    assert (report.engine, report.switched, report.read) == ("tantivy", "whoosh", 2)
    assert (report.added, report.replaced, report.removed) == (1, 1, 1)
    assert texts() == {"07VERITY1": "x" * 30, "07VERITY2": "Y" * 60, "07VERITY4": "a" * 30}
    assert update(index).engine == "tantivy"


def test_replaced_text_does_not_count_twice(write, corpus, index):
    write("1.html", "07VERITY1", "x" * 80)
    update(index, [corpus])
    write("1.html", "07VERITY1", "y" * 80)
    assert update(index).switched is None


def test_the_text_of_unchanged_cables_counts(write, corpus, index):
    """Even if their file was touched."""
    write("1.html", "07VERITY1", "x" * 80)
    update(index, [corpus])
    write("1.html", "07VERITY1", "x" * 80)
    write("2.html", "07VERITY2", "y" * 80)
    assert update(index).switched == "whoosh"


def test_an_index_that_shrinks_keeps_its_engine_until_it_is_rebuilt(write, corpus, index):
    write("1.html", "07VERITY1", "x" * 200)
    update(index, [corpus])
    write("1.html", "07VERITY1", "x")
    assert update(index).engine == "tantivy"
    assert rebuild(index).engine == "whoosh"


def test_an_engine_named_by_the_user_is_remembered(write, corpus, index):
    write("1.html", "07VERITY1", "x" * 60)
    update(index, [corpus], engine="whoosh")
    write("2.html", "07VERITY2", "x" * 60)
    assert update(index).engine == "whoosh"
    assert state(index).chosen


def test_naming_the_current_engine_only_remembers_it(write, corpus, index):
    write("1.html", "07VERITY1", "x")
    update(index, [corpus])
    generation = state(index).generation
    update(index, engine="whoosh")
    assert (state(index).chosen, state(index).generation) == (True, generation)


def test_naming_another_engine_moves_the_index_to_it(write, corpus, index, texts):
    write("1.html", "07VERITY1", "x")
    update(index, [corpus])
    report = update(index, engine="tantivy")
    assert (report.engine, report.switched, report.read, report.cables) == ("tantivy", "whoosh", 0, 1)
    assert texts() == {"07VERITY1": "x"}


def test_a_duplicate_may_return_while_the_engine_changes(write, corpus, index, texts):
    """A cable that is copied from the old engine may have to be replaced immediately."""
    write("1.html", "07VERITY1", "x")
    write("2.html", "07VERITY1", "x y")
    write("3.html", "07VERITY3", "x")
    update(index, [corpus])
    (corpus / "2.html").unlink()
    update(index, engine="tantivy")
    assert texts() == {"07VERITY1": "x", "07VERITY3": "x"}


def test_an_unknown_engine_is_an_error(write, corpus, index):
    write("1.html", "07VERITY1", "x")
    for build in (update, rebuild):
        with pytest.raises(UnknownEngineError, match=r"lucene.*auto, whoosh, tantivy"):
            build(index, [corpus], engine="lucene")
    assert not index.exists()
