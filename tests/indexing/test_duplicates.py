"""The same cable in several files is one cable: the fullest of them."""

from __future__ import annotations

import random

import pytest

from cablesearch.indexing import rebuild, update

LONG, SHORT = "Dues rise, and ships wait.", "Dues rise."


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        ((SHORT, {}), (LONG, {}), 2),
        ((LONG, {}), (SHORT, {}), 1),
        ((LONG, {"partial": True}), (SHORT, {}), 1),  # words count first
        ((SHORT, {"partial": True}), (SHORT, {}), 2),
        ((SHORT, {"released": ""}), (SHORT, {}), 2),
        ((SHORT, {"partial": True}), (SHORT, {"released": ""}), 2),
        ((SHORT, {}), (SHORT, {}), 1),  # equal: the first by name
    ],
)
def test_the_fullest_is_kept(write, corpus, index, first, second, kept):
    files = [
        write(f"{number}.html", "07VERITY1", text, **facts)
        for number, (text, facts) in enumerate((first, second), 1)
    ]
    dropped = 3 - kept
    duplicates = (("07VERITY1", str(files[kept - 1]), str(files[dropped - 1])),)
    report = update(index, [corpus])
    assert (report.cables, report.added, report.replaced, report.removed) == (1, 1, 0, 0)
    assert report.duplicates == duplicates
    assert rebuild(index).duplicates == duplicates


def test_duplicates_are_reported_when_they_are_read(write, corpus, index):
    write("1.html", "07VERITY1", SHORT)
    write("2.html", "07VERITY1", LONG)
    update(index, [corpus])
    write("3.html", "07VERITY3", SHORT)
    assert update(index).duplicates == ()


def test_if_the_kept_file_vanishes_the_other_cable_returns(write, corpus, index, texts):
    write("1.html", "07VERITY1", SHORT)
    write("2.html", "07VERITY1", LONG).rename(corpus / "0.html")
    update(index, [corpus])
    (corpus / "0.html").unlink()
    report = update(index)
    assert texts() == {"07VERITY1": SHORT}
    assert (report.read, report.replaced, report.removed) == (0, 1, 0)
    assert update(index).read == 0


def test_if_the_kept_cable_becomes_shorter_the_other_replaces_it(write, corpus, index, texts):
    write("1.html", "07VERITY1", SHORT)
    write("2.html", "07VERITY1", LONG)
    update(index, [corpus])
    write("2.html", "07VERITY1", "Dues.")
    report = update(index)
    assert texts() == {"07VERITY1": SHORT}
    assert (report.added, report.replaced, report.removed) == (0, 1, 0)


def test_if_the_dropped_cable_becomes_fuller_it_replaces_the_other(write, corpus, index, texts):
    write("1.html", "07VERITY1", SHORT)
    write("2.html", "07VERITY1", LONG)
    update(index, [corpus])
    write("1.html", "07VERITY1", LONG + " They wait long.")
    report = update(index)
    assert texts() == {"07VERITY1": LONG + " They wait long."}
    assert (report.added, report.replaced, report.removed) == (0, 1, 0)


def test_if_the_other_file_has_become_unreadable_the_cable_is_removed(write, corpus, index, texts):
    write("1.html", "07VERITY1", SHORT)
    write("2.html", "07VERITY1", LONG)
    update(index, [corpus])
    (corpus / "2.html").unlink()
    (corpus / "1.html").write_text("<html>no cable</html>")
    report = update(index)
    assert (report.cables, report.removed, len(report.failures)) == (0, 1, 1)
    assert texts() == {}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_an_update_holds_what_a_rebuild_holds(write, corpus, index, texts, seed):
    """Whatever came and went, in any order."""
    chance = random.Random(seed)
    for _ in range(4):
        for name in chance.sample("abcdef", 3):
            text = " ".join(chance.choices(["dues", "rise", "fall"], k=chance.randrange(1, 4)))
            write(f"{name}.html", f"07VERITY{chance.randrange(4)}", text, partial=chance.random() < 0.3)
        for name in chance.sample("abcdef", 2):
            (corpus / f"{name}.html").unlink(missing_ok=True)
        report = update(index, [corpus])
        updated = texts(), report.cables, report.paragraphs, report.files
        again = rebuild(index)
        assert updated == (texts(), again.cables, again.paragraphs, again.files)


def test_a_file_that_changes_before_it_is_read_again_is_read_next_time(
    write, corpus, index, texts, monkeypatch
):
    """The next build finds what it contains now."""
    from cablesearch.indexing.ingest import Ingest

    write("1.html", "07VERITY1", SHORT)
    write("2.html", "07VERITY1", LONG)
    update(index, [corpus])
    (corpus / "2.html").unlink()
    settle = Ingest.settle

    def change_and_settle(self):
        write("1.html", "07VERITY9", SHORT)
        settle(self)

    monkeypatch.setattr(Ingest, "settle", change_and_settle)
    report = update(index)
    monkeypatch.undo()
    assert (report.cables, texts()) == (0, {})
    assert update(index).added == 1
    assert texts() == {"07VERITY9": SHORT}
