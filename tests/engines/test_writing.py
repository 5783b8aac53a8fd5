"""Adding, removing and replacing cables, and what readers see meanwhile."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import pytest

from cablesearch import engines
from cablesearch.engines import NAMES
from cablesearch.engines.documents import documents
from cablesearch.errors import BrokenIndexError, LockedError, UnknownEngineError
from cablesearch.model.cable import Cable, Kind, Paragraph, Person, Reference
from cablesearch.query.tree import Everything, Not, Term
from tests.engines.engines import ENGINES
from tests.engines.engines import engine as engine_named
from tests.engines.model import by_tie_key, cable, places

A, B, C = (cable(f"07{name}1", f"word {name}", f"more {name}") for name in "ABC")
WORD = Term("text", "word")


def add(writer, *cables):
    for each in cables:
        writer.add(each, documents(each))


@pytest.fixture
def folder(engine, tmp_path):
    with engine.write(tmp_path / "index", fresh=True) as writer:
        add(writer, A, B)
    return tmp_path / "index"


def search(engine, folder, tree=WORD):
    with engine.read(folder) as reader:
        return sorted(places(reader.search(tree, limit=99)))


def test_engines_are_found_by_name():
    assert [engines.engine(name).name for name in NAMES] == list(NAMES)
    with pytest.raises(UnknownEngineError, match=f"choose auto, {', '.join(NAMES)}"):
        engines.engine("lucene")


def test_a_cable_is_read_back_as_it_was_stored(index):
    whole = Cable(
        id="frus1969-76v28/d12",
        created=datetime(2007, 1, 8, 12, 31),
        released=date(2011, 8, 30),
        origin="Embassy Astana",
        subject="Élysée \ud800 “quoted”",
        tags=("KZ",),
        references=(Reference("A", "06ASTANA573", "06 ASTANA 573"), Reference(None, None, "NOTAL")),
        to=("SECSTATE",),
        reasons=("1.4 (b)",),
        declassify_on="EVENT",
        partial=True,
        source="a\udcff.html",
        paragraphs=(
            Paragraph(
                "x#1", "1", "S/NF", None, Kind.SUMMARY, "a\n\tb\0", (Person("M", "K M", True),), ("06A1",)
            ),
            Paragraph("x#p2", None, None, "Heading", None, ""),
        ),
    )
    bare = Cable(id="08SILENT1", origin="Embassy Astana")
    reader = index(bare, whole)
    assert reader.cable(whole.id) == whole
    assert reader.cable(bare.id) == bare
    assert reader.cable("07UNKNOWN1") is None
    assert reader.cable(whole.id[:-1]) is None
    assert reader.cable(whole.id.upper()) is None


def test_cables_paragraphs_and_terms_are_counted(index):
    reader = index(B, A, cable("08SILENT1"))
    assert list(reader.cables()) == ["07A1", "07B1", "08SILENT1"]
    assert reader.size() == (3, 4)
    assert reader.frequency("text", "word") == reader.frequency("words", "word") == 2
    assert reader.frequency("id", "07a1") == 2
    assert reader.frequency("text", "unheard") == 0


def test_cables_are_added_to_an_index(engine, folder):
    with engine.write(folder, fresh=False) as writer:
        add(writer, C)
    assert search(engine, folder) == ["07A1/0", "07B1/0", "07C1/0"]


def test_a_fresh_index_replaces_the_old_one(engine, folder):
    with engine.write(folder, fresh=True) as writer:
        add(writer, C)
    assert search(engine, folder, Everything()) == ["07C1/0", "07C1/1"]


def test_cables_are_removed_with_all_their_paragraphs(engine, folder):
    with engine.write(folder, fresh=False) as writer:
        writer.remove(["07A1", "07UNKNOWN1"])
    assert search(engine, folder, Everything()) == ["07B1/0", "07B1/1"]
    with engine.read(folder) as reader:
        assert reader.cable("07A1") is None
        assert list(reader.cables()) == ["07B1"]
        assert reader.size() == (1, 2)
        assert reader.count(Term("text", "word")) == 1
        assert reader.count(Not(WORD)) == 1
        assert reader.facets(Everything(), ["origin"]) == {"origin": {}}


def test_only_the_cable_with_exactly_that_id_is_removed(engine, folder):
    with engine.write(folder, fresh=False) as writer:
        add(writer, cable("07A10", "word"), cable("07a1", "word"))
        writer.remove(["07A1"])
    assert search(engine, folder) == ["07A10/0", "07B1/0", "07a1/0"]


def test_a_cable_is_replaced_in_one_session_or_several(engine, folder):
    longer = cable("07A1", "nothing", "word", "word")
    with engine.write(folder, fresh=False) as writer:
        writer.remove(["07A1"])
        add(writer, longer)
    assert search(engine, folder) == ["07A1/1", "07A1/2", "07B1/0"]
    with engine.write(folder, fresh=False) as writer:
        writer.remove(["07A1", "07B1"])
        add(writer, A)
        writer.remove(["07A1"])
        add(writer, cable("07A1", "word again"), B)
    assert search(engine, folder, Everything()) == ["07A1/0", "07B1/0", "07B1/1"]
    with engine.read(folder) as reader:
        assert reader.cable("07A1") == cable("07A1", "word again")


def test_an_index_may_lose_all_its_cables_and_gain_others(engine, folder):
    with engine.write(folder, fresh=False) as writer:
        writer.remove(["07A1", "07B1"])
    assert search(engine, folder, Everything()) == []
    with engine.write(folder, fresh=False) as writer:
        add(writer, C)
    assert search(engine, folder) == ["07C1/0"]


def test_many_small_sessions_leave_a_complete_index_of_few_files(engine, folder):
    for n in range(8):
        with engine.write(folder, fresh=False) as writer:
            writer.remove([f"08S{n - 3}"])
            add(writer, cable(f"08S{n}", "word", f"own{n}", created=date(2008, 1, 1 + n)))
    assert search(engine, folder) == ["07A1/0", "07B1/0", "08S5/0", "08S6/0", "08S7/0"]
    with engine.read(folder) as reader:
        assert reader.cable("08S5").paragraphs[1].text == "own5"
        assert places(reader.search(Term("text", "own6"), limit=9)) == ["08S6/1"]
        assert reader.facets(Everything(), ["year"]) == {"year": {"2008": 6}}
    assert len(list(folder.iterdir())) < 60


def test_a_session_may_commit_and_continue(engine, folder):
    with engine.write(folder, fresh=False) as writer:
        writer.remove(["07A1"])
        writer.commit()
        add(writer, C)
        writer.commit()
        assert search(engine, folder) == ["07B1/0", "07C1/0"]
        writer.remove(["07C1"])
    assert search(engine, folder) == ["07B1/0"]


def test_a_session_that_fails_changes_nothing(engine, folder):
    def broken():
        yield from documents(C)
        raise KeyError

    writer = engine.write(folder, fresh=False)
    writer.remove(["07A1"])
    with pytest.raises(KeyError), writer:
        writer.add(C, broken())
    assert search(engine, folder) == ["07A1/0", "07B1/0"]
    with engine.write(folder, fresh=False) as writer:
        add(writer, C)
    assert search(engine, folder) == ["07A1/0", "07B1/0", "07C1/0"]


def test_nothing_is_seen_before_the_commit(engine, folder):
    writer = engine.write(folder, fresh=False)
    writer.remove(["07A1"])
    add(writer, C)
    assert search(engine, folder) == ["07A1/0", "07B1/0"]
    writer.discard()
    assert search(engine, folder) == ["07A1/0", "07B1/0"]


def test_a_reader_keeps_answering_from_its_own_state(engine, folder):
    with engine.read(folder) as before:
        for n in range(3):
            with engine.write(folder, fresh=False) as writer:
                writer.remove(["07A1"])
                add(writer, cable(f"08S{n}", "word"))
        assert sorted(places(before.search(WORD, limit=99))) == ["07A1/0", "07B1/0"]
        assert (
            places(before.search(Everything(), limit=1, sort="date")) == by_tie_key(["07A1/0", "07B1/0"])[:1]
        )
        assert before.facets(Everything(), ["year"]) == {"year": {}}
        assert before.cable("07A1") == A
        assert before.cable("08S1") is None
        assert before.size() == (2, 4)
    assert search(engine, folder) == ["07B1/0", "08S0/0", "08S1/0", "08S2/0"]


def test_there_is_one_writer_at_a_time(engine, folder):
    with engine.write(folder, fresh=False) as writer:
        add(writer, C)
        with pytest.raises(LockedError), engine.write(folder, fresh=False) as other:
            add(other, C)
    assert search(engine, folder) == ["07A1/0", "07B1/0", "07C1/0"]


def test_removed_paragraphs_may_affect_scores_until_they_are_cleared_away(engine, folder):
    with engine.write(folder, fresh=False) as writer:
        writer.remove(["07B1"])
    with engine.read(folder) as reader:
        [match] = reader.search(WORD, limit=9).matches
    assert 0 < match.score < 1  # idf is ln(2) while both paragraphs count, ln(4 / 3) once one is cleared away


def test_a_folder_without_an_index_is_an_error_that_names_it(engine, tmp_path):
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(BrokenIndexError, match=f"^the index in .*{folder.name} is damaged .*reindex$"):
            engine.read(folder)
        with pytest.raises(BrokenIndexError):
            engine.write(folder, fresh=False)
    assert list(tmp_path.iterdir()) == []


def test_an_index_of_another_engine_is_broken(engine, tmp_path):
    for other in ENGINES:
        if other != engine.name:
            with engine_named(other).write(tmp_path, fresh=True) as writer:
                add(writer, A)
            with pytest.raises(BrokenIndexError):
                engine.read(tmp_path)


WAYS_TO_DAMAGE = {
    "emptied": lambda file: file.write_bytes(b""),
    "cut": lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 2]),
    "zeroed": lambda file: file.write_bytes(bytes(file.stat().st_size)),
    "replaced": lambda file: file.write_bytes(b"\x80\x04K\x01.junk" * 9),
    "lost": Path.unlink,
}


@pytest.mark.parametrize("damage", WAYS_TO_DAMAGE)
def test_damage_is_reported_or_harmless(engine, folder, damage, tmp_path):
    for number, file in enumerate(sorted(file for file in folder.rglob("*") if file.is_file())):
        damaged = tmp_path / f"damaged{number}"  # a copy: a file that is open must not shrink
        shutil.copytree(folder, damaged)
        WAYS_TO_DAMAGE[damage](damaged / file.relative_to(folder))
        with suppress(BrokenIndexError), engine.read(damaged) as reader:
            assert sorted(places(reader.search(WORD, limit=9))) == ["07A1/0", "07B1/0"]
            assert reader.cable("07A1") == A


def test_an_index_with_other_columns_is_broken(tmp_path, monkeypatch):
    with engine_named("whoosh").write(tmp_path / "whoosh", fresh=True) as writer:
        add(writer, A)
    monkeypatch.setattr("cablesearch.engines.whoosh.schema.COLUMNS", ("words", "text", "telegraph"))
    with pytest.raises(BrokenIndexError, match="other columns"):
        engine_named("whoosh").read(tmp_path / "whoosh")


def test_a_tantivy_index_with_another_schema_is_broken(tmp_path):
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body")
    tantivy.Index(builder.build(), str(tmp_path))
    assert json.loads((tmp_path / "meta.json").read_text("utf-8"))["schema"]
    with pytest.raises(BrokenIndexError, match="schema"):
        engine_named("tantivy").read(tmp_path)
