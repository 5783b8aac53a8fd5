"""Several indexes that are open as one answer as one index of all their sources does."""

from __future__ import annotations

import os
import shutil
from functools import partial

import pytest

from cablesearch import (
    BrokenIndexError,
    IndexStateError,
    NoIndexError,
    Notebook,
    PeopleFileError,
    QueryError,
    open_index,
    rebuild_index,
    update_index,
    whats_new,
)
from cablesearch.people.corrections import Correction

CABLE = """P {day:02}1231Z {month} 07
FM AMEMBASSY {station}
TO SECSTATE WASHDC

C O N F I D E N T I A L {station} {number:06}

TAGS: {tags}
SUBJECT: {subject}
REF: {refs}

1. (C) {text}

2. (C) Foreign Minister Maren Dole told the Ambassador that salt is dear in {station}.

3. (S) {more}
"""
TEXTS = (
    "The salt commission met on Monday, and its counter-terrorism aide spoke of reform until dusk.",
    "Herring and cod are few, so that ships stay in harbor and captains talk of salt and wheat.",
    "Reform of the harbor is near, says Karim Masimov, who has seen the lamps and the pilots at work.",
    "Nobody expects an election before spring; the counterterrorism office has moved to the old mill.",
    "Wheat from Duluth arrived with papers that a clerk in the customs house could not read at all.",
)
QUERIES = (
    *("salt", "salt reform", "herring harbor captains", '"salt commission"', "counterterrorism", "salt*"),
    *("origin:Tezgara salt", "marking:S", "cites:07TEZGARA1", "cited:>=2", "date:2007-02 reform", "harbour"),
    *('person:"Maren Dole" wheat', "NOT salt", "reform NEAR/9 salt", "Masimof", "year:2007", "saltt"),
)


def cable(number, station="TEZGARA", *, variant=0):
    pick = number + variant
    return CABLE.format(
        day=1 + number % 27,
        month=("JAN", "FEB", "MAR")[number % 3],
        station=station,
        number=number,
        tags=("PGOV", "ECON, EFIS")[number % 2],
        subject=TEXTS[pick % 5][:30].upper(),
        refs=f"07 {station} {1 + pick % 4}",
        text=TEXTS[pick % 5],
        more=TEXTS[(pick // 5 + 2) % 5],
    )


@pytest.fixture(params=["whoosh", "tantivy"])
def build(request, tmp_path):
    """A function that builds an index of some cables, by their ids, and returns its folder."""

    def build(name, collection="cables", **cables):
        corpus = tmp_path / "corpus" / name
        shutil.rmtree(corpus, ignore_errors=True)
        corpus.mkdir(parents=True)
        for id, text in cables.items():
            (corpus / f"{id}.txt").write_text(text, "utf-8")
        rebuild_index(tmp_path / name, [f"{collection}={corpus}"], engine=request.param, workers=0)
        return tmp_path / name

    build.engine = request.param
    return build


def some(numbers, station="TEZGARA", **options):
    return {f"x07{station}{n}"[1:]: cable(n, station, **options) for n in numbers}


@pytest.fixture
def halves(build):
    return build("a", **some(range(1, 25, 2))), build("b", **some(range(2, 25, 2)), **some([1, 2], "OSTREL"))


@pytest.fixture
def both(build):
    return build("both", **some(range(1, 25)), **some([1, 2], "OSTREL"))


def answers(index, query):
    """Return all that an index says about a query."""
    found = index.search(query, limit=50)
    people = [(one.name, one.paragraphs, one.forms) for one in index.people(query)]
    return {
        "hits": [(hit.paragraph.id, float(f"{hit.score:.4g}"), hit.partial) for hit in found],
        "total": (found.total, found.suggestion, found.undated),
        "latest": [hit.paragraph.id for hit in index.search(query, sort="-date", limit=50)],
        "cited": [hit.paragraph.id for hit in index.search(query, sort="cited", limit=50)],
        "per cable": [hit.paragraph.id for hit in index.search(query, per_cable=1, limit=5)],
        "all": [hit.paragraph.id for hit in index.scan(query)],
        "counts": dict(index.facets(query, ["origin", "tag", "person", "classification", "cites"])),
        "timeline": index.timeline(query, "month").periods,
        "totals": index.totals(query, list_cables=5).as_dict(),
        "people": people,
        "explained": index.explain(query),
    }


@pytest.mark.parametrize("query", QUERIES)
def test_every_answer_is_that_of_one_index(halves, both, query):
    with open_index(*halves) as joined, open_index(both) as one:
        assert answers(joined, query) == answers(one, query)


def test_so_are_those_about_cables_and_people(halves, both):
    with open_index(*halves) as joined, open_index(both) as one:
        for ask in (
            lambda index: index.citations("07TEZGARA1").as_dict(),
            lambda index: index.thread("07TEZGARA3").as_dict(),
            lambda index: [hit.paragraph.id for hit in index.similar("07TEZGARA6#1")],
            lambda index: [dossier.as_dict() for dossier in index.person("Dole")],
            lambda index: index.trend(["salt", "reform"], "month").as_dict(),
            lambda index: index.references,
            lambda index: index.words("re"),
            lambda index: index.explain_hit("salt reform", "07TEZGARA3#1"),
            lambda index: index.cable("07 OSTREL 1").subject,
            lambda index: index.original_text("07OSTREL2"),
            lambda index: (index.state.cables, index.state.paragraphs, index.state.text, index.state.formats),
            lambda index: sorted(index.records_held()),
        ):
            assert ask(joined) == ask(one)
        assert len(joined.state.sources) == 2


def test_the_order_of_the_folders_means_nothing(halves):
    with open_index(*halves) as joined, open_index(*reversed(halves)) as other:
        assert answers(joined, "salt reform") == answers(other, "salt reform")
        assert joined.generation == other.generation


# One id in several


def test_a_cable_in_both_is_one_of_which_the_fuller_text_counts(build):
    short, full = cable(1), cable(1) + "\n4. (C) And pepper.\n"
    folders = build("a", x=short, **{"07TEZGARA1": short}, **some([2])), build("b", **{"07TEZGARA1": full})
    both = build("both", **{"07TEZGARA1": full}, x=short, **some([2]))
    for order in (folders, folders[::-1]):
        with open_index(*order) as joined, open_index(both) as one:
            assert len(joined.cables("07TEZGARA1")) == 1
            assert joined.count("*") == one.count("*")
            assert joined.count("pepper") == 1
            assert joined.state.cables == one.state.cables == 2
            assert (joined.state.paragraphs, joined.state.text) == (one.state.paragraphs, one.state.text)
            assert joined.totals("salt").as_dict() == one.totals("salt").as_dict()


def test_it_is_in_the_collections_of_both(build, tmp_path):
    more = "\n4. (C) And pepper.\n"
    a = build("a", "nara", **some([1, 2, 3]), **{"07OSTREL1": cable(1, "OSTREL") + more})
    b = build("b", "frus", **some([2, 3, 4]), **{"07OSTREL1": cable(1, "OSTREL")})
    sources = [f"{name}={tmp_path / 'corpus' / letter}" for letter, name in (("a", "nara"), ("b", "frus"))]
    rebuild_index(tmp_path / "both", sources, engine=build.engine, workers=0)
    with open_index(a, b) as joined, open_index(tmp_path / "both") as one:
        assert [cable.collections for cable in joined.cables("07OSTREL1")] == [("nara", "frus")]
        for query in ("collection:frus", "collection:nara", "collection:frus collection:nara"):
            assert {hit.paragraph.id for hit in joined.scan(query)} == {
                hit.paragraph.id for hit in one.scan(query)
            }
        assert joined.facets("*", "collection") == one.facets("*", "collection")
        assert joined.state.collections == one.state.collections == {"nara": 4, "frus": 4}
        assert joined.state.names == ("nara", "frus")
        assert joined.records_held() == one.records_held()


def test_too_many_to_be_filed_anew_are_refused(build, monkeypatch):
    monkeypatch.setattr("cablesearch.indexing.together.MAX_REFILED", 1)
    folders = build("a", "nara", **some([1, 2])), build("b", "frus", **some([1, 2]))
    with pytest.raises(IndexStateError, match="2 cables are in several"):
        open_index(*folders)
    with open_index(build("a", "frus", **some([1, 2])), folders[1]) as index:
        assert index.count("*") == 6


def test_different_cables_with_one_id_are_both_kept(build):
    folders = build("a", **some([1, 2])), build("b", **some([1], variant=1), **some([3]))
    with open_index(*folders) as joined:
        found = joined.cables("07TEZGARA1")
        assert len({one.id for one in found}) == 2
        assert all(one.id.startswith("07TEZGARA1-") and "07TEZGARA1" in one.other_ids for one in found)
        assert {one.subject for one in found} == {TEXTS[n][:30].upper().strip() for n in (1, 2)}
        assert joined.count("id:07TEZGARA1") == 6
        assert joined.state.cables == 4
        assert sorted(joined.records_held()) == sorted(
            [*(one.id for one in found), "07TEZGARA2", "07TEZGARA3"]
        )
        assert {hit.cable_id for hit in joined.search("salt", limit=50)} == {*joined.records_held()}


def test_they_have_the_ids_of_one_index(build, tmp_path):
    folders = build("a", **some([1, 2])), build("b", **some([1], variant=1), **some([3]))
    sources = [f"cables={tmp_path / 'corpus' / name}" for name in "ab"]
    rebuild_index(tmp_path / "both", sources, engine=build.engine, workers=0)
    with open_index(*folders) as joined, open_index(tmp_path / "both") as one:
        for query in ("salt", "reform salt", "cited:>=1"):
            got, wanted = answers(joined, query), answers(one, query)
            if build.engine == "tantivy":  # which counts removed cables in the scores
                got.pop("hits"), wanted.pop("hits"), got.pop("explained"), wanted.pop("explained")
                got.pop("per cable"), wanted.pop("per cable")
            assert got == wanted


def test_three_of_one_id_in_two_indexes(build, tmp_path):
    build("a", **some([1]), **{"again/x"[-1]: cable(1)})
    (tmp_path / "corpus" / "a" / "more").mkdir()
    (tmp_path / "corpus" / "a" / "more" / "07TEZGARA1.txt").write_text(cable(1, variant=1), "utf-8")
    update_index(tmp_path / "a", workers=0)
    build("b", **some([1], variant=2))
    build("c", **some([1], variant=1))
    sources = [f"cables={tmp_path / 'corpus' / name}" for name in "abc"]
    rebuild_index(tmp_path / "all", sources, engine=build.engine, workers=0)
    with open_index(*(tmp_path / n for n in "abc")) as joined, open_index(tmp_path / "all") as one:
        assert [cable.as_dict() for cable in joined.cables("07TEZGARA1")] == [
            cable.as_dict() for cable in one.cables("07TEZGARA1")
        ]
        assert len(joined.cables("07TEZGARA1")) == 3


def test_a_folder_that_is_named_twice_counts_once(halves, tmp_path):
    (tmp_path / "link").symlink_to(halves[0])
    with open_index(halves[0], tmp_path / "link", halves[0]) as index, open_index(halves[0]) as alone:
        assert answers(index, "salt") == answers(alone, "salt")
        assert index.folders == (halves[0],)


def test_a_copy_of_an_index_adds_nothing(halves, tmp_path):
    shutil.copytree(halves[0], tmp_path / "copy")
    with open_index(halves[0], tmp_path / "copy") as index, open_index(halves[0]) as alone:
        assert index.count("*") == alone.count("*")
        assert index.facets("*", "origin") == alone.facets("*", "origin")


def test_many_are_open_as_one(build):
    folders = [build(f"n{n}", **some([n])) for n in range(1, 21)]
    with open_index(*folders) as joined, open_index(build("all", **some(range(1, 21)))) as one:
        assert answers(joined, "salt reform") == answers(one, "salt reform")


# What cannot be


def test_different_engines_are_refused_with_the_remedy(build, tmp_path):
    first = build("a", **some([1, 2]))
    other = "whoosh" if build.engine == "tantivy" else "tantivy"
    rebuild_index(tmp_path / "b", [tmp_path / "corpus" / "a" / "07TEZGARA1.txt"], engine=other, workers=0)
    with pytest.raises(IndexStateError, match=f"reindex --engine {build.engine} --index {tmp_path / 'b'}$"):
        open_index(tmp_path / "b", first)
    rebuild_index(tmp_path / "b", engine=build.engine, workers=0)
    with open_index(tmp_path / "b", first) as index:
        assert index.count("*") == 6


def test_an_index_on_a_cluster_is_searched_alone(halves, monkeypatch):
    monkeypatch.setattr("cablesearch.indexing.together.LOCAL", ())  # as if their engine were for a cluster
    with pytest.raises(IndexStateError, match=f"{halves[0]} is on a cluster.*: search it alone, or add"):
        open_index(*halves)


def test_a_missing_one_is_named(halves, tmp_path):
    with pytest.raises(NoIndexError, match="nowhere"):
        open_index(*halves, tmp_path / "nowhere")


@pytest.mark.parametrize("damage", ["engine", "manifest.sqlite", "current.json"])
def test_a_damaged_one_is_named(halves, damage):
    at = next((halves[1] / "generations").iterdir())
    file = {"engine": lambda: max((at / "engine").rglob("*"), key=lambda file: file.stat().st_size)}
    victim = file.get(damage, lambda: halves[1] / damage if damage == "current.json" else at / damage)()
    victim.write_bytes(b"x" * 100)
    with pytest.raises(BrokenIndexError, match=f"{halves[1]}.* is damaged"):
        open_index(*halves)


@pytest.mark.parametrize("whose", [0, 1])
def test_one_may_be_built_anew_while_both_are_searched(halves, build, whose):
    with open_index(*halves) as index:
        before = answers(index, "salt reform")
        stamp, _ = index.stamp, index.generation
        build(halves[whose].name, **some([40, 41]))
        assert answers(index, "salt reform") == before
        assert index.stamp != stamp
        with pytest.raises(IndexStateError, match="replaced"):
            index.generation  # noqa: B018
    with open_index(*halves) as index:
        assert index.cable("07TEZGARA40")


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_indexes_that_may_only_be_read(halves):
    places = [*halves[1].rglob("*"), halves[1]]
    for place in places:
        place.chmod(0o500 if place.is_dir() else 0o400)
    try:
        with open_index(*halves) as index:
            assert index.people("salt")
            assert index.count("salt")
    finally:
        for place in places:
            place.chmod(0o700)


# What is the user's


def test_each_has_its_corrections(halves, both):
    (halves[0] / "people.toml").write_text('nobody = ["Maren Dole"]\n')
    (halves[1] / "people.toml").write_text('[[person]]\nname = "Maren Dole"\nalso = ["Karim Masimov"]\n')
    with open_index(*halves) as index:
        assert "Maren Dole" not in index.facets("*", "person")["person"]
        assert len(index.corrections) == 2
        with pytest.raises(PeopleFileError, match="alone"):
            index.correct(Correction("nobody", "Karim Masimov"))
    (halves[0] / "people.toml").unlink()
    with open_index(*halves) as index:
        assert "Karim Masimov" not in [one.name for one in index.people()]
        assert index.people()[0].forms.keys() == {"Maren Dole", "Karim Masimov"}


def test_the_people_are_joined_once(halves, monkeypatch):
    with open_index(*halves) as index:
        people = index.people()
    monkeypatch.setattr("cablesearch.search.people.join_names", None)
    with open_index(*halves) as index:
        assert index.people() == people
    [file] = halves[0].rglob("people-together.sqlite")
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600
    monkeypatch.undo()
    update = partial(update_index, halves[1], workers=0)
    (halves[1].parent / "corpus" / "b" / "07OSTREL9.txt").write_text(cable(9, "OSTREL"), "utf-8")
    update()
    with open_index(*halves) as index:
        assert index.people()[0].paragraphs == people[0].paragraphs + 1


@pytest.mark.parametrize("many", [0, 1_000])
def test_notes_are_on_cables_of_all(halves, tmp_path, monkeypatch, many):
    monkeypatch.setattr("cablesearch.engines.tantivy.views.MANY", many)
    with Notebook(tmp_path / "book.sqlite") as book, open_index(*halves, notebook=book) as index:
        for id in ("07TEZGARA1#1", "07TEZGARA2#3", "07OSTREL1"):
            target, digest = index.target(id)
            with book.writing():
                book.label(target, "kept", digest=digest)
        assert {hit.paragraph.id for hit in index.search("label:kept", limit=9)} == {
            *("07TEZGARA1#1", "07TEZGARA2#3", "07OSTREL1#1", "07OSTREL1#2", "07OSTREL1#3")
        }
        assert index.facets("*", "label")["label"] == {"kept": 5}
    with open_index(*halves, notebook=True) as index:
        assert index.count("label:kept") == 0  # of the notebook beside the first


def test_what_is_new_is_told_of_all(halves, build, tmp_path):
    with Notebook(tmp_path / "book.sqlite") as book:
        with book.writing():
            book.save("fish", "herring OR cod")

        def new(*folders):
            with open_index(*folders, notebook=book) as index:
                [news] = whats_new(index, book)
                return news.first, news.total

        assert new(*halves) == (True, 0)
        (tmp_path / "corpus" / "b" / "07OSTREL31.txt").write_text(cable(31, "OSTREL"), "utf-8")
        update_index(halves[1], workers=0)
        assert new(*reversed(halves)) == (False, 3)
        assert new(*halves) == (False, 0)
        assert new(halves[1]) == (True, 0)  # by itself, it was never looked at


def test_what_changed_is_asked_of_one_at_a_time(halves, tmp_path):
    with Notebook(tmp_path / "book.sqlite") as book, open_index(*halves, notebook=book) as index:
        with book.writing():
            book.save("redacted", "changed:redactions")
        for ask in (
            lambda: index.search("changed:yes"),
            lambda: index.search("query:redacted"),
            lambda: index.facets("*", "changed"),
        ):
            with pytest.raises(QueryError, match="one index"):
                ask()
        assert index.lost == []
