"""What sources have lost from one build to the next, on both local engines."""

from __future__ import annotations

from pathlib import Path

import pytest

from cablesearch import open_index, rebuild_index, update_index

FIRST = "The minister of fish said that dues will rise in spring, and that ships must wait until then."
SECOND = "Orla Quell told the ambassador in confidence that the harbor is sold to her brother."
THIRD = "Nobody in the town believes a word of it, and the mayor least of all, who laughed."
REDACTED = SECOND.replace("Orla Quell", "XXXXXXXXXXXX")


@pytest.fixture(params=["whoosh", "tantivy"])
def build(request: pytest.FixtureRequest, corpus: Path, index: Path):
    """A function that brings the index up to date, or builds it anew, and returns how many cables lost."""

    def build(*sources, fresh=False):
        builder = rebuild_index if fresh else update_index
        return builder(index, sources, engine=request.param, workers=0).lost

    return build


def lost(index: Path) -> list[tuple[str, bool, int, int]]:
    with open_index(index) as cables:
        return [(loss.id, loss.vanished, loss.removed, loss.redacted) for loss in cables.lost]


@pytest.mark.parametrize("fresh", [False, True])
@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ((), (True, 0, 0)),
        ((FIRST, SECOND), (False, 1, 0)),
        ((FIRST, REDACTED, THIRD), (False, 0, 1)),
        ((REDACTED, THIRD), (False, 1, 1)),
        ((FIRST, "[2 paragraphs (5 lines) not declassified]"), (False, 0, 1)),
    ],
)
def test_what_is_lost_is_noted(write, corpus, index, build, texts, expected, fresh):
    file = write("1.html", "07VERITY1", FIRST, SECOND, THIRD)
    write("2.html", "07VERITY2", FIRST)
    assert build(corpus) == 0
    assert lost(index) == []
    if texts:
        write("1.html", "07VERITY1", *texts)
    else:
        file.unlink()
    assert build(fresh=fresh) == 1
    assert lost(index) == [("07VERITY1", *expected)]
    with open_index(index) as cables:
        [loss] = cables.lost
    assert loss.source.endswith("1.html")
    assert loss.collection == "corpus"


@pytest.mark.parametrize("fresh", [False, True])
def test_what_is_not_lost(write, corpus, index, build, fresh):
    file = write("1.html", "07VERITY1", FIRST, REDACTED)
    write("2.html", "07VERITY2", FIRST, SECOND)
    write("3.html", "07VERITY3", FIRST)
    build(corpus)
    write("1.html", "07VERITY1", FIRST, SECOND, THIRD)  # more than before
    write("2.html", "07VERITY2", SECOND, FIRST.replace("minister", "secretary"))  # others, elsewhere
    write("4.html", "07VERITY4", FIRST)
    (corpus / "3.html").rename(corpus / "5.html")
    assert build(fresh=fresh) == 0
    assert lost(index) == []
    file.touch()
    assert build() == 0


def test_a_source_that_is_removed_has_lost_nothing(write, corpus, index, build):
    write("a/1.html", "07VERITY1", FIRST)
    write("b/2.html", "07VERITY2", FIRST)
    build(corpus / "a", corpus / "b")
    assert update_index(index, remove=corpus / "b").lost == 0
    assert build(corpus / "b") == 0
    assert build(corpus / "a", fresh=True) == 0
    assert lost(index) == []


def test_a_source_with_another_name_has_lost_nothing_by_it(write, corpus, index, build):
    write("a/1.html", "07VERITY1", FIRST, SECOND)
    write("a/b/2.html", "07VERITY2", FIRST, SECOND)
    build(corpus / "a")
    assert build(f"other={corpus / 'a'}") == 0
    assert build(f"inner={corpus / 'a' / 'b'}") == 0
    assert lost(index) == []
    write("a/1.html", "07VERITY1", FIRST)
    write("a/b/2.html", "07VERITY2", FIRST, REDACTED)
    assert build(f"third={corpus / 'a'}", f"fourth={corpus / 'a' / 'b'}") == 2
    assert lost(index) == [("07VERITY1", False, 1, 0), ("07VERITY2", False, 0, 1)]


def test_what_one_of_two_collections_loses_is_lost_there(write, corpus, index, build):
    for name in "ab":
        write(f"{name}/1.html", "07VERITY1", FIRST, SECOND)
        write(f"{name}/2.html", "07VERITY2", FIRST, SECOND)
    build(corpus / "a", corpus / "b")
    write("b/1.html", "07VERITY1", FIRST, REDACTED)
    (corpus / "a" / "2.html").unlink()
    assert build() == 2
    with open_index(index) as cables:
        found = [(loss.id, loss.collection, loss.vanished, loss.redacted) for loss in cables.lost]
    assert found == [("07VERITY1", "b", False, 1), ("07VERITY2", "a", True, 0)]


def test_all_builds_are_remembered_the_latest_first(write, corpus, index, build):
    first, second = (write(f"{n}.html", f"07VERITY{n}", FIRST) for n in (1, 2))
    write("3.html", "07VERITY3", FIRST)
    build(corpus)
    first.unlink()
    build()
    second.unlink()
    build(fresh=True)
    assert build() == 0
    assert [id for id, *_ in lost(index)] == ["07VERITY2", "07VERITY1"]


def test_no_word_of_what_is_lost_is_kept(write, corpus, index, build):
    write("1.html", "07VERITY1", FIRST, SECOND)
    build(corpus)
    write("1.html", "07VERITY1", FIRST, REDACTED)
    build()
    assert not any(b"Quell" in file.read_bytes() for file in (index).rglob("manifest.sqlite"))


def test_a_damaged_index_is_built_anew(write, corpus, index, build):
    write("1.html", "07VERITY1", FIRST)
    build(corpus)
    [manifest] = index.rglob("manifest.sqlite")
    manifest.write_bytes(b"no database")
    assert build(fresh=True) == 0
    assert lost(index) == []
