"""Of a cable in several files, every text is kept whole, on both local engines."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from cablesearch import Notebook, QueryError, Versions, open_index, rebuild_index, update_index

ID = "07VERITY1"
FIRST = "The minister of fish said that dues will rise in spring, and that ships must wait until then."
SECOND = "Orla Quell told the ambassador in confidence that the harbor is sold to her brother."
ENGINES = ["whoosh", "tantivy"]


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def release(write, corpus):
    """A function that writes a release of the cable, older ones with lower numbers."""

    def release(number, *texts, id=ID, **facts):
        file = write(f"{number}/{id}.html", id, *texts, **facts)
        os.utime(file, (1_000_000_000 + 86_400 * number,) * 2)
        return corpus / str(number)

    return release


def versions(index: Path, id: str = ID, **options: bool) -> Versions:
    with open_index(index, **options) as cables:
        return cables.versions(id)


def whole(found: Versions) -> list[list[str]]:
    return [[paragraph.text for paragraph in one.cable.paragraphs] for one in found]


REDACTED = SECOND.replace("Orla Quell", "XXXXXXXXXXXX")


def test_each_is_kept_whole_and_says_what_differs(release, index, engine):
    sources = [release(1, FIRST, SECOND), release(2, FIRST, REDACTED), release(3, FIRST)]
    update_index(index, sources, engine=engine)
    found = versions(index)
    assert whole(found) == [[FIRST, SECOND], [FIRST, REDACTED], [FIRST]]
    assert [one.cable.collection for one in found] == ["1", "2", "3"]
    assert [one.is_searched for one in found] == [True, False, False]
    assert [row["differs"] for row in found.rows()] == [
        None,
        "1 paragraph changed; 1 redaction came",
        "1 paragraph removed",
    ]
    assert [str(row["modified"])[:10] for row in found.rows()] == ["2001-09-10", "2001-09-11", "2001-09-12"]
    assert {one.cable.id for one in found} == {ID}


def test_the_texts_need_no_files(release, index, engine, corpus):
    update_index(index, [release(1, FIRST, REDACTED), release(2, FIRST, SECOND)], engine=engine)
    for file in corpus.rglob("*.html"):
        file.unlink()
    assert whole(versions(index)) == [[FIRST, REDACTED], [FIRST, SECOND]]


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_a_fuller_one_that_comes_later_keeps_the_one_before(release, index, engine, order):
    texts = {1: (FIRST,), 2: (FIRST, SECOND)}
    for number in order:
        update_index(index, [release(number, *texts[number])], engine=engine)
    assert whole(versions(index)) == [[FIRST], [FIRST, SECOND]]


def test_if_the_fullest_goes_the_next_is_searched(release, index, engine, corpus):
    update_index(
        index,
        [release(1, FIRST, SECOND), release(2, FIRST, REDACTED), release(3, FIRST)],
        engine=engine,
    )
    (corpus / "1" / f"{ID}.html").unlink()
    update_index(index)
    found = versions(index)
    assert whole(found) == [[FIRST, REDACTED], [FIRST]]
    assert [one.is_searched for one in found] == [True, False]


def test_a_release_that_is_changed_is_compared_again(release, index, engine):
    update_index(index, [release(1, FIRST, SECOND), release(2, FIRST, SECOND)], engine=engine)
    assert not any(versions(index).differences)
    release(2, FIRST, REDACTED)
    update_index(index)
    assert whole(versions(index)) == [[FIRST, SECOND], [FIRST, REDACTED]]
    release(1, FIRST, REDACTED)
    update_index(index)
    assert whole(versions(index)) == [[FIRST, REDACTED], [FIRST, REDACTED]]
    assert not any(versions(index).differences)


def test_a_single_one_has_one_version_and_an_unknown_one_none(release, index, engine):
    update_index(index, [release(1, FIRST)], engine=engine)
    [only] = versions(index)
    assert only.is_searched
    assert only.difference is None
    assert versions(index, "07VERITY2") == []


def test_different_cables_with_one_number_are_no_versions(release, write, corpus, index, engine):
    release(1, FIRST, SECOND, released="")
    release(2, FIRST, REDACTED)
    other = "A wholly different telegram on the price of salt, corn and lamps in the northern harbors."
    write(f"3/{ID}.html", ID, other).write_text(
        (corpus / "3" / f"{ID}.html").read_text().replace("2007-01-08", "2007-02-09")
        .replace("081231Z JAN", "091231Z FEB").replace("HARBOR DUES", "SALT")
    )  # fmt: skip
    update_index(index, [corpus / "1", corpus / "2", corpus / "3"], engine=engine)
    with open_index(index) as cables:
        found = [cables.versions(cable.id) for cable in cables.cables(ID)]
    assert sorted(map(len, found)) == [1, 2]
    assert all(one.cable.id.startswith(f"{ID}-") for each in found for one in each)
    both = max(found, key=len)
    assert {p.id for one in both for p in one.cable.paragraphs} == {f"{both[0].cable.id}#{n}" for n in (1, 2)}


@pytest.mark.parametrize("query", ["changed:yes", "changed:text", "changed:redactions", "changed:*"])
def test_cables_that_differ_are_found_and_counted(release, index, engine, query):
    sources = [release(1, FIRST, SECOND), release(2, FIRST, REDACTED)]
    for number in (1, 2):
        release(number, FIRST, id="07VERITY2")
        release(number, FIRST, id=f"07VERITY{number + 2}")
    update_index(index, sources, engine=engine)
    with open_index(index) as cables:
        assert {hit.paragraph.id for hit in cables.search(query)} == {f"{ID}#1", f"{ID}#2"}
        assert cables.totals(query).cables == 1
        assert cables.count(query) == 2
        assert cables.count(f"{query} minister") == 1
        assert cables.count("changed:no") == 3
        assert cables.count("changed:facts") == 0
        assert cables.facets("*", "changed")["changed"] == {
            "no": 3, "redactions": 2, "text": 2, "yes": 2
        }  # fmt: skip
        assert cables.facets("quell", "changed")["changed"]["yes"] == 1


def test_facts_that_differ(release, index, engine, corpus):
    update_index(index, [release(1, FIRST, SECOND), release(2, FIRST, SECOND)], engine=engine)
    file = corpus / "2" / f"{ID}.html"
    secret = (
        file.read_text().replace("C O N F I D E N T I A L", "S E C R E T").replace("CONFIDENTIAL", "SECRET")
    )
    file.write_text(secret)
    update_index(index)
    with open_index(index) as cables:
        assert cables.count("changed:facts") == 2
        assert cables.count("changed:text") == 0
        [difference] = cables.compare(ID)
    assert [(fact.name, fact.old, fact.new) for fact in difference.facts] == [
        ("classification", ("CONFIDENTIAL",), ("SECRET",))
    ]


def test_names_that_one_version_protects_are_hidden_in_all(release, index, engine):
    protecting = SECOND.replace("Orla Quell", "Orla Quell (strictly protect)")
    update_index(index, [release(1, FIRST, SECOND), release(2, FIRST, protecting)], engine=engine)
    found = versions(index, redact=True)
    assert "Quell" not in str(whole(found))
    assert "Quell" not in str([difference.as_dict() for difference in found.differences])
    assert "Quell" in str(whole(versions(index)))


@pytest.mark.parametrize("seed", range(4))
def test_an_update_keeps_what_a_rebuild_keeps(write, corpus, index, engine, seed):
    chance = random.Random(seed)
    sources = [corpus / name for name in "abc"]
    for source in sources:
        source.mkdir()
    for _ in range(5):
        for _ in range(4):
            text = " ".join(chance.choices(["dues", "rise", "XXXXXXXX"], k=chance.randrange(1, 4)))
            number = chance.randrange(3)
            write(f"{chance.choice('abc')}/{number}.html", f"07VERITY{number}", FIRST, text)
        (corpus / chance.choice("abc") / f"{chance.randrange(3)}.html").unlink(missing_ok=True)
        update_index(index, sources, engine=engine, workers=0)
        updated = everything(index)
        rebuild_index(index, engine=engine, workers=0)
        assert updated == everything(index)


def everything(index: Path) -> list[object]:
    with open_index(index) as cables:
        ids = [f"07VERITY{number}" for number in range(3)]
        found = {id: [(*row.values(),) for row in cables.versions(id).rows()] for id in ids}
        texts = {id: whole(cables.versions(id)) for id in ids}
        changed = {hit.cable_id for hit in cables.scan("changed:yes")}
        differing = {id for id in ids if any(cables.versions(id).differences)}
        assert changed == differing
        return [found, texts, changed]


def test_of_several_indexes(release, index, engine, tmp_path):
    other = tmp_path / "other"
    update_index(index, [release(1, FIRST, REDACTED), release(3, FIRST)], engine=engine)
    update_index(other, [release(2, FIRST, SECOND)], engine=engine)
    for folders in ((index, other), (other, index)):
        with open_index(*folders) as cables:
            found = cables.versions(ID)
            assert whole(found) == [[FIRST, REDACTED], [FIRST, SECOND], [FIRST]]
            assert [one.is_searched for one in found] == [False, True, False]
            assert [one.cable.collection for one in found] == ["1", "2", "3"]
            assert len(cables.compare(ID)) == 2
            assert cables.lost == []
            with pytest.raises(QueryError, match="changed: asks one index"):
                cables.count("changed:yes")


@pytest.mark.parametrize("again", ["as it was", "with another text"])
def test_a_source_that_was_gone_has_its_version_again(release, index, engine, again):
    first = release(1, FIRST, REDACTED)
    update_index(index, [first], engine=engine)
    first.rename(away := first.with_name("away"))
    update_index(index, [release(2, FIRST, SECOND)], engine=engine)
    update_index(index, engine=engine)
    assert whole(versions(index)) == [[FIRST, SECOND]]
    away.rename(first)
    if again == "with another text":
        release(1, FIRST)
    old = [FIRST, REDACTED] if again == "as it was" else [FIRST]
    update_index(index, engine=engine)
    assert whole(versions(index)) == [old, [FIRST, SECOND]]
    with open_index(index) as cables:
        assert cables.count("changed:yes") == 2
    assert update_index(index, engine=engine).read == 0


def test_a_file_that_two_indexes_have_is_one_version(release, index, engine, tmp_path):
    other = tmp_path / "other"
    sources = [release(1, FIRST, SECOND), release(2, FIRST, REDACTED)]
    update_index(index, sources, engine=engine)
    update_index(other, sources[:1], engine=engine)
    with open_index(index, other) as cables:
        assert [one.is_searched for one in cables.versions(ID)] == [True, False]
    release(1, FIRST, SECOND, "More of it.")
    update_index(other, engine=engine)
    for folders in ((index, other), (other, index)):  # one of them has the file as it was before
        with open_index(*folders) as cables:
            found = sorted(cables.versions(ID), key=lambda one: one.words)
            assert whole(found) == [[FIRST, REDACTED], [FIRST, SECOND], [FIRST, SECOND, "More of it."]]
            assert [one.is_searched for one in found] == [False, False, True]


def test_what_is_asked_of_versions_in_a_saved_question(release, index, engine):
    update_index(index, [release(1, FIRST, SECOND), release(2, FIRST, REDACTED)], engine=engine)
    with Notebook.beside(index) as notebook:
        notebook.save("redacted", "changed:redactions")
        with open_index(index, notebook=notebook) as cables:
            assert cables.count("query:redacted") == 2
            assert cables.count("query:redacted NOT changed:yes") == 0
            assert any("in the versions of a cable" in line for line in cables.explain("changed:redactions"))


@pytest.mark.parametrize("mark", ["XXXXXXXXXXXX", "[less than 1 line not declassified]", "XXXX XXXXXX XXXX"])
@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_the_mark_of_a_redaction_makes_no_text_fuller(release, index, engine, mark, order):
    first, second = order
    sources = [release(first, SECOND.replace("Quell", mark)), release(second, SECOND)]
    update_index(index, sources, engine=engine)
    with open_index(index) as cables:
        assert cables.count("quell") == 1
        assert {one.is_searched: one.cable.paragraphs[0].text for one in cables.versions(ID)}[True] == SECOND
