"""Collections: the names of sources, and which cables are in which."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from unicodedata import normalize

import pytest

from cablesearch import Report, open_index, read_cables
from cablesearch.engines import LOCAL
from cablesearch.errors import BrokenIndexError, CablesearchError
from cablesearch.indexing import build as building
from cablesearch.indexing import prepare, rebuild, state, update
from cablesearch.indexing.generations import FORMAT
from cablesearch.indexing.sources import own_name
from cablesearch.parse import parse_batch

Found = Callable[[str], list[str]]


@pytest.fixture(params=LOCAL)
def build(request: pytest.FixtureRequest, index: Path) -> Callable[..., Report]:
    """A function that updates the index of a local engine."""

    def build(paths: object = (), **options: object) -> Report:
        return update(index, paths, engine=request.param, workers=0, **options)  # type: ignore[arg-type]

    return build


@pytest.fixture
def found(index: Path) -> Found:
    """A function that returns the ids of the cables that a query finds, sorted."""

    def found(query: str) -> list[str]:
        with open_index(index) as opened:
            return sorted({hit.cable_id for hit in opened.search(query, limit=100)})

    return found


@pytest.fixture
def north(write, corpus) -> Path:
    """A folder with the cables 07NORTH1 and 07NORTH2."""
    write("north/1.html", "07NORTH1", "Rents rise.")
    write("north/2.html", "07NORTH2", "Ships wait.")
    return corpus / "north"


@pytest.fixture
def south(write, corpus) -> Path:
    """A folder with the cable 07SOUTH1."""
    write("south/1.html", "07SOUTH1", "Rents fall.")
    return corpus / "south"


# Names


def test_a_source_with_a_name_is_a_collection(build, found, index, north, south):
    report = build([f"nara={north}", f"frus={south}"])
    assert report.collections == {"nara": 2, "frus": 1}
    assert state(index).names == ("nara", "frus")
    assert state(index).sources == (north, south)
    assert found("collection:nara") == ["07NORTH1", "07NORTH2"]
    assert found("rents collection:NARA") == ["07NORTH1"]
    assert found("rents NOT collection:nara") == ["07SOUTH1"]
    assert found("rents -collection:nara") == ["07SOUTH1"]
    assert found("collection:(nara OR frus)") == found("collection:nara,frus") == found("*")
    assert found("collection:fr*") == ["07SOUTH1"]
    assert found("collection:nar") == []


def test_paragraphs_are_counted_by_collection(build, index, north, south):
    build([f"NARA={north}", south])
    with open_index(index) as opened:
        assert opened.facets("*", "collection") == {"collection": {"NARA": 2, "south": 1}}
        assert opened.facets("rents", ["collection"])["collection"] == {"NARA": 1, "south": 1}
        cable = opened.cable("07NORTH1")
    assert cable
    assert cable.collection == cable.as_dict()["collection"] == "NARA"


@pytest.mark.parametrize(
    ("typed", "better"),
    [
        ("rents collection:NARAA", 'rents collection:"nara"'),
        ("collection:my_cable", "collection:my_cable*"),
        ("-collection:nara collection:cables_mine", None),
        ("collection:sotuh", 'collection:"south"'),
        ("collection:frus", None),
    ],
)
def test_a_similar_name_is_suggested(build, index, north, south, write, corpus, typed, better):
    write("my cables/1.html", "07MY1", "Rents.")
    build([f"nara={north}", south, corpus / "my cables"])
    with open_index(index) as opened:
        assert opened.search(typed).suggestion == better


@pytest.mark.parametrize(
    ("name", "collection"),
    [
        ("cables", "cables"),
        ("v1.2", "v1.2"),
        ("My  cables (2007)", "My cables (2007)"),
        ("cables.csv", "cables"),
        ("Cables.TAR.GZ", "Cables"),
        ("1973.csv.bz2", "1973"),
        ("1973.tgz", "1973"),
        ("без-имени.zip", "без-имени"),
    ],
)
def test_a_source_without_a_name_has_that_of_its_folder_or_file(tmp_path, name, collection):
    path = tmp_path / name
    path.mkdir() if name in ("cables", "v1.2", "My  cables (2007)") else path.touch()
    assert own_name(path) == collection


def test_the_name_of_a_folder_may_have_spaces_and_capitals(build, found, write, corpus):
    write("My Cables (2007)/1.html", "07NORTH1", "Rents.")
    build(corpus / "My Cables (2007)")
    assert found('collection:"my cables (2007)"') == ["07NORTH1"]


@pytest.mark.parametrize(
    "name",
    [
        "a",
        "7",
        "Nara-1973_76.b",
        "état",
        normalize("NFD", "état"),
        "архив",
        "पत्र",
        "OR",
        "NOT",
        "to",
        "nara.",
        "a-",
        "1..2",
        "2007",
        "query",
        "x" * 40,
    ],
)
def test_names_are_found_as_they_are_given(build, found, north, south, name):
    build([f"{name}={north}", f"other={south}"])
    assert found(f"collection:{name}") == ["07NORTH1", "07NORTH2"]
    assert found(f'rents NOT collection:"{name}"') == ["07SOUTH1"]


@pytest.mark.parametrize(
    "name", ["", "my cables", "-x", "_x", "a/b", "a:b", "a,b", "a*", "?", '"a"', "x" * 41, "a\nb"]
)
def test_what_a_query_would_not_take_as_it_is_cannot_be_a_name(build, north, name):
    with pytest.raises(CablesearchError, match="cannot be the name of a collection: up to 40 letters"):
        build(f"{name}={north}")


@pytest.mark.parametrize("name", ["a=b", "nara=north", "=", "a=b=c"])
def test_a_path_that_exists_as_written_is_a_path(build, index, found, write, corpus, name, monkeypatch):
    write(f"{name}/1.html", "07NORTH1", "Rents.")
    write("north/2.html", "07NORTH2", "Rents.")
    monkeypatch.chdir(corpus)
    build(name)
    assert state(index).sources == (corpus / name,)
    assert state(index).names == (name,)
    assert found(f'collection:"{name}"') == ["07NORTH1"]


def test_a_path_behind_a_name_may_have_the_same_sign(build, index, write, corpus):
    write("a=b/1.html", "07NORTH1", "Rents.")
    build(f"nara={corpus}/a=b")
    assert (state(index).sources, state(index).names) == ((corpus / "a=b",), ("nara",))


@pytest.mark.parametrize(
    "path", ["nara=nowhere", "nara=", "no=where", "nara=~nobody-here/x", r"C:\x", r"C:\a=b", "./a=b"]
)
def test_a_path_that_does_not_exist_is_named(build, path):
    with pytest.raises(CablesearchError, match="there is no file or folder "):
        build(path)


def test_home_stands_behind_a_name(build, index, north, monkeypatch):
    """Only some shells replace the tilde there."""
    monkeypatch.setenv("HOME", str(north.parent))
    monkeypatch.setenv("USERPROFILE", str(north.parent))
    build("nara=~/north")
    assert state(index).sources == (north,)


def test_cables_are_read_with_the_names_that_an_index_gives_them(north, south):
    cables = read_cables([f"nara={north}", south], people=False)
    assert [cable.collection for cable in cables] == ["nara", "nara", "south"]


# Several sources


def test_several_sources_may_be_one_collection(build, found, index, north, south):
    build(f"NARA={north}")
    assert build(f"nara={south}").collections == {"NARA": 3}
    assert state(index).names == ("NARA", "NARA")
    assert len(found("collection:nara")) == 3


def test_a_source_cannot_be_in_two_collections_at_once(build, north):
    with pytest.raises(CablesearchError, match=r"north can be in one collection only, a or b$"):
        build([f"a={north}", f"b={north}"])


def test_a_file_is_in_the_collection_of_the_innermost_source(build, found, index, north, corpus):
    build([f"all={corpus}"])
    report = build([f"north={north}"])
    assert (report.read, report.replaced, report.collections) == (2, 2, {"north": 2, "all": 0})
    assert found("collection:north") == ["07NORTH1", "07NORTH2"]
    assert build().read == 0
    report = build(remove="north")
    assert (report.removed, report.collections) == (0, {"all": 2})
    assert found("collection:all") == ["07NORTH1", "07NORTH2"]


def test_an_update_and_a_rebuild_agree(build, found, index, north, south, corpus):
    build([f"all={corpus}"])
    build([f"north={north}"])
    build([f"renamed={corpus}"])
    updated = {name: found(f"collection:{name}") for name in ("all", "north", "renamed")}
    rebuild(index, workers=0)
    assert updated == {"all": [], "north": ["07NORTH1", "07NORTH2"], "renamed": ["07SOUTH1"]}
    assert {name: found(f"collection:{name}") for name in updated} == updated


def test_an_empty_collection_is_counted(build, north, corpus):
    (corpus / "empty").mkdir()
    build(north)
    assert build([f"nothing={corpus / 'empty'}"]).collections == {"north": 2, "nothing": 0}
    assert build(remove="nothing").collections == {"north": 2}


# A cable in several collections


@pytest.fixture
def both(north, write, corpus) -> list[str]:
    """Two collections that have 07NORTH1: in one of them, a shorter text of it."""
    write("short/a.html", "07NORTH1", "Rents.")
    write("short/b.html", "07SHORT1", "Fog.")
    return [f"full={north}", f"short={corpus / 'short'}"]


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("order", [1, -1])
def test_a_cable_is_in_all_collections_that_have_it(build, found, index, both, at_once, order):
    """Whichever has the fuller text, and whichever came first."""
    for sources in [both[::order]] if at_once else both[::order]:
        report = build(sources)
    assert report.collections == {"full": 2, "short": 2}
    assert report.cables == 3
    assert found("collection:full") == ["07NORTH1", "07NORTH2"]
    assert found("collection:short") == ["07NORTH1", "07SHORT1"]
    assert found("collection:full collection:short") == ["07NORTH1"]
    assert found("NOT collection:short") == ["07NORTH2"]
    with open_index(index) as opened:
        assert opened.facets("*", "collection")["collection"] == {"full": 2, "short": 2}
        cable = opened.cable("07NORTH1")
    assert cable
    assert (cable.collection, cable.also_in) == ("full", ("short",))
    assert [paragraph.text for paragraph in cable.paragraphs] == ["Rents rise."]
    assert (build().read, build(check_contents=True).replaced) == (0, 0)


def test_which_collections_have_a_cable_changes_with_them(build, found, index, both, corpus):
    build(both)
    assert build(f"brief={corpus / 'short'}").replaced == 2
    assert found("collection:brief") == ["07NORTH1", "07SHORT1"]
    assert found("collection:short") == []
    (corpus / "short" / "a.html").unlink()
    report = build()
    assert (report.replaced, report.removed, report.collections) == (1, 0, {"full": 2, "brief": 1})
    assert found("collection:full NOT collection:brief") == ["07NORTH1", "07NORTH2"]
    before = {name: found(f"collection:{name}") for name in ("full", "brief")}
    rebuild(index, workers=0)
    assert {name: found(f"collection:{name}") for name in before} == before


def test_different_cables_with_one_id_are_each_in_their_collection(build, found, write, corpus):
    write("a/1.html", "07NORTH1", "Rents rise in the harbor, says the mayor.")
    write("b/1.html", "07NORTH1", "The ship was seized at dawn by pirates.")
    build([corpus / "a", corpus / "b"])
    [one], [other] = found("collection:a"), found("collection:b")
    assert one != other
    build(f"c={corpus / 'b'}")
    assert (found("collection:a"), found("collection:c")) == ([one], [other])


def test_a_fuller_text_is_kept_while_its_source_is_gone(build, found, index, both, north, corpus):
    """Whatever becomes of the other collections that have the cable."""
    build(both)
    north.rename(corpus / "away")
    build(f"brief={corpus / 'short'}")
    with open_index(index) as opened:
        assert opened.cable("07NORTH1").paragraphs[0].text == "Rents rise."
    assert found("collection:full") == ["07NORTH1", "07NORTH2"]
    (corpus / "away").rename(north)
    build()
    assert found("collection:full collection:brief") == ["07NORTH1"]
    assert found("collection:short") == []
    assert build().read == 0


def test_a_cable_is_kept_while_its_source_is_gone_and_another_one_has_its_id(build, found, write, corpus):
    write("a/1.html", "07NORTH1", "Rents rise in the harbor, says the mayor.")
    build([corpus / "a"])
    (corpus / "a").rename(corpus / "away")
    other = write("b/1.html", "07NORTH1", *(f"The ship {n} was seized at dawn by pirates." for n in range(9)))
    build(other.parent)
    assert len(found("collection:a")) == len(found("collection:b")) == 1
    assert len(found("*")) == 2
    (corpus / "away").rename(corpus / "a")
    build()
    assert "07NORTH1" not in found("*")
    assert len(found("*")) == 2


def test_a_build_in_strides_finds_the_collections_of_a_cable(build, found, index, both, monkeypatch):
    """Though its files are read in different ones."""
    monkeypatch.setattr(building, "STRIDE", 0.0)
    assert build(both).collections == {"full": 2, "short": 2}
    assert found("collection:full collection:short") == ["07NORTH1"]
    assert build(remove="full").collections == {"short": 2}


@pytest.mark.parametrize("engine", LOCAL)
def test_collections_go_along_to_another_engine(index, found, both, engine):
    [other] = {*LOCAL} - {engine}
    update(index, both, engine=engine, workers=0)
    before = {name: found(f"collection:{name}") for name in ("full", "short")}
    report = update(index, engine=other, workers=0)
    assert (report.engine, report.collections) == (other, {"full": 2, "short": 2})
    assert {name: found(f"collection:{name}") for name in before} == before


def test_the_same_file_under_two_names_is_in_the_first(build, found, north, corpus):
    (corpus / "link").symlink_to(north)
    assert build([f"a={north}", f"b={corpus / 'link'}"]).collections == {"a": 2, "b": 0}


# Other names


def test_a_source_is_given_another_name(build, found, index, north, south):
    build([f"a={north}", south])
    report = build(f"b={north}")
    assert (report.read, report.replaced, report.added, report.removed) == (2, 2, 0, 0)
    assert state(index).names == ("b", "south")
    assert (found("collection:a"), found("collection:b")) == ([], ["07NORTH1", "07NORTH2"])
    assert build().read == 0


def test_a_name_is_spelled_anew(build, index, north):
    build(f"nara={north}")
    assert build(f"NARA={north}").collections == {"NARA": 2}


def test_a_source_keeps_its_name_if_none_is_given(build, index, north, south):
    build([f"nara={north}", south])
    assert build([north]).read == 0
    assert state(index).names == ("nara", "south")
    rebuild(index, [north], workers=0)
    assert state(index).names == ("nara",)
    rebuild(index, [f"other={north}", f"NARA={south}"], workers=0)
    assert state(index).names == ("other", "NARA")


def test_an_index_without_names_is_built_anew_with_those_of_its_sources(build, index, north, south):
    """One of an older format."""
    build([f"nara={north}", south])
    current = index / "current.json"
    stored = json.loads(current.read_text("utf-8"))
    del stored["names"]
    current.write_text(json.dumps(stored | {"format": FORMAT - 1}), "utf-8")
    with pytest.raises(BrokenIndexError, match="cablesearch reindex builds it anew"):
        build()
    assert rebuild(index, workers=0).collections == {"north": 2, "south": 1}


# Removal


def test_a_collection_is_removed_by_its_name(build, found, index, north, south, write, corpus):
    write("west/1.html", "07WEST1", "Fog.")
    build([f"nara={north}", f"nara={corpus / 'west'}", south])
    report = build(remove="NARA")
    assert (report.removed, report.read, report.collections) == (3, 0, {"south": 1})
    assert state(index).sources == (south,)
    assert found("*") == ["07SOUTH1"]


def test_a_cable_that_another_collection_has_too_stays_as_it_is_there(build, found, both, monkeypatch):
    """The rest is not parsed again."""
    build(both)
    parsed = []
    monkeypatch.setattr(
        prepare, "parse_batch", lambda records: parsed.append(batch := [*records]) or parse_batch(batch)
    )
    report = build(remove="full")
    assert (report.removed, report.replaced, report.cables) == (1, 1, 2)
    assert found("collection:short") == found("*") == ["07NORTH1", "07SHORT1"]
    assert found("collection:full") == []
    assert [[Path(record.source).name for record in batch] for batch in parsed] == [["a.html"]]


@pytest.mark.parametrize(
    ("removed", "says"),
    [
        ("NAR", "NAR is no source of this index: did you mean Nara? its sources are Nara=.*, south="),
        ("frus", "frus is no source of this index: its sources are Nara="),
    ],
)
def test_what_is_no_collection_is_not_removed(build, found, north, south, removed, says):
    build([f"Nara={north}", south])
    with pytest.raises(CablesearchError, match=says.replace("?", r"\?")):
        build(remove=removed)
    assert len(found("*")) == 3


def test_the_last_collection_is_not_removed(build, found, north):
    build(f"nara={north}")
    with pytest.raises(CablesearchError, match="no source would be left"):
        build(remove="nara")
    assert len(found("*")) == 2


def test_a_collection_may_be_named_for_removal_twice(build, index, north, south):
    build([f"nara={north}", south])
    build(remove=["nara", north, "NARA"])
    assert state(index).names == ("south",)


def test_a_collection_takes_the_place_of_another(build, found, north, south):
    build(f"nara={north}")
    report = build(f"nara={south}", remove="nara")
    assert (report.added, report.removed, report.collections) == (1, 2, {"nara": 1})
    assert found("collection:nara") == ["07SOUTH1"]


def test_a_path_is_removed_before_a_collection_of_that_name(build, index, north, south, monkeypatch):
    build([f"south={north}", f"other={south}"])
    monkeypatch.chdir(south.parent)
    build(remove="south")
    assert state(index).names == ("south",)
    assert state(index).sources == (north,)


def test_a_vanished_source_stays_in_its_collection_until_it_is_removed(build, found, index, north, south):
    build([f"nara={north}", south])
    north.rename(north.parent / "away")
    assert [failure.source for failure in build().failures] == [str(north)]
    assert found("collection:nara") == ["07NORTH1", "07NORTH2"]
    with pytest.raises(CablesearchError, match="there is no file or folder"):
        build(f"other={north}")
    assert build(remove="nara").removed == 2
    assert found("*") == ["07SOUTH1"]
