"""A first build in strides: it can be searched before it ends, and goes on where it was stopped."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from dataclasses import replace
from math import inf

import pytest

from cablesearch import NoIndexError, open_index
from cablesearch.indexing import BuildProgress, build, open_reader, prepare, rebuild, state, update


@pytest.fixture
def pages(write):
    for number in range(1, 6):
        write(f"{number}.html", f"07VERITY{number}", f"Text {number}.")
    write("6.html", "07VERITY2", "Text 2.")  # dropped for 2.html
    write("7.html", "07VERITY3", "Text 3.", "More of it.")  # kept in place of 3.html
    # Two other cables with one id.
    write("8.html", "07VERITY4", " ".join(f"salt{n} fish{n}" for n in range(40)))
    other = write("9.html", "07VERITY4", " ".join(f"ferry{n} harbour{n}" for n in range(40)))
    text = other.read_text("utf-8").replace("2007-01-08", "2007-02-09").replace("HARBOR DUES", "FERRIES")
    other.write_text(text.replace("081231Z JAN", "091231Z FEB"), "utf-8")


@pytest.fixture
def a_file_a_stride(monkeypatch):
    monkeypatch.setattr(build, "STRIDE", 0.0)


class StoppedError(Exception):
    """The build was stopped."""


def stopping_after(strides: int):
    """Return a function that takes the progress of a build, and stops it when so many strides are done."""
    begun = 0

    def watch(progress: BuildProgress) -> None:
        nonlocal begun
        begun += progress.stage == "looking"
        if begun > strides:
            raise StoppedError

    return watch


def facts(index):
    kept = state(index)
    return (kept.files, kept.cables, kept.paragraphs, kept.text, kept.formats, kept.waiting)


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
@pytest.mark.parametrize("workers", [0, 2])
def test_the_strides_make_the_index_that_one_run_makes(
    pages, corpus, index, texts, monkeypatch, engine, workers
):
    report = update(index, [corpus], engine=engine, workers=workers)
    once, facts_once = texts(), facts(index)
    monkeypatch.setattr(build, "STRIDE", 0.0)
    in_strides = rebuild(index.with_name("other"), [corpus], engine=engine, workers=workers)
    assert facts(index.with_name("other")) == facts_once
    with open_reader(index.with_name("other")) as reader:
        cables = [reader.cable(id) for id in reader.cables()]
    assert {cable.id: " / ".join(p.text for p in cable.paragraphs) for cable in cables} == once
    assert replace(in_strides, seconds=0, duplicates=()) == replace(report, seconds=0, duplicates=())
    # An id may have had no suffix yet when its duplicate was dropped.
    assert {(kept, dropped) for _, kept, dropped in in_strides.duplicates} == {
        (kept, dropped) for _, kept, dropped in report.duplicates
    }


def test_what_has_been_read_can_be_searched(pages, corpus, index, texts, a_file_a_stride):
    with pytest.raises(StoppedError):
        update(index, [corpus], workers=0, progress=stopping_after(2))
    assert texts() == {"07VERITY1": "Text 1.", "07VERITY2": "Text 2."}
    assert (state(index).files, state(index).waiting) == (2, 7)


def test_a_build_goes_on_where_it_was_stopped(pages, corpus, index, texts, a_file_a_stride):
    with pytest.raises(StoppedError):
        update(index, [corpus], workers=0, progress=stopping_after(3))
    report = update(index, workers=0)
    assert (report.files, report.read, report.unchanged) == (9, 6, 3)
    assert (len(texts()), state(index).waiting) == (6, 0)
    assert update(index, workers=0).read == 0


def test_what_changed_while_a_build_was_stopped_is_read_anew(
    pages, write, corpus, index, texts, a_file_a_stride
):
    with pytest.raises(StoppedError):
        update(index, [corpus], workers=0, progress=stopping_after(3))
    write("1.html", "07VERITY1", "New text.")
    (corpus / "2.html").unlink()
    (corpus / "5.html").unlink()
    update(index, workers=0)
    assert texts()["07VERITY1"] == "New text."
    assert texts()["07VERITY2"] == "Text 2."  # of 6.html
    assert "07VERITY5" not in texts()
    assert state(index).waiting == 0


@pytest.mark.parametrize("new_place", ["z.html", "folder/1.html", "5.html"])
def test_what_waits_in_another_file_is_not_lost(
    pages, corpus, index, texts, monkeypatch, a_file_a_stride, new_place
):
    monkeypatch.setattr(build, "MAX_STRIDE", 0.0)
    with pytest.raises(StoppedError):
        update(index, [corpus], workers=0, progress=stopping_after(2))
    (corpus / "folder").mkdir()
    (corpus / "1.html").rename(corpus / new_place)
    report = update(index, workers=0)
    assert texts()["07VERITY1"] == "Text 1."
    assert report.lost == 0
    with open_index(index) as cables:
        assert cables.lost == []


def test_all_that_strides_found_is_in_the_report(pages, write, corpus, index, monkeypatch, a_file_a_stride):
    monkeypatch.setattr(build, "MAX_STRIDE", 0.0)
    write("1.html", "07VERITY1", "Text 1.", "A word in confidence.")
    with pytest.raises(StoppedError):
        update(index, [corpus], workers=0, progress=stopping_after(2))
    write("1.html", "07VERITY1", "Text 1.")
    for name in "2.html", "6.html":
        (corpus / name).unlink()
    report = update(index, workers=0)
    assert (report.cables, report.added, report.replaced, report.removed) == (5, 4, 1, 1)
    assert report.lost == 1
    with open_index(index) as cables:
        assert [(loss.id, loss.removed) for loss in cables.lost] == [("07VERITY1", 1)]


def test_the_rest_may_vanish(pages, corpus, index, a_file_a_stride):
    with pytest.raises(StoppedError):
        update(index, [corpus], workers=0, progress=stopping_after(1))
    for number in range(2, 10):
        (corpus / f"{number}.html").unlink()
    assert update(index, workers=0).cables == 1
    assert state(index).waiting == 0


@pytest.fixture
def archive(pages, corpus):
    """The pages in one archive, beside which another page stands."""
    with zipfile.ZipFile(corpus / "all.zip", "w") as packed:
        for page in sorted(corpus.glob("[1-9].html"))[1:]:
            packed.write(page, page.name)
            page.unlink()
    return corpus / "all.zip"


@pytest.fixture
def a_cable_a_stride(monkeypatch):
    for name in "STRIDE", "MAX_STRIDE", "MIN_STOPPED_BYTES":
        monkeypatch.setattr(build, name, 0)


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
@pytest.mark.parametrize("workers", [0, 2])
def test_one_large_file_is_read_in_strides(archive, corpus, index, texts, monkeypatch, engine, workers):
    update(index, [corpus], engine=engine, workers=workers)
    once, facts_once = texts(), facts(index)
    for name in "STRIDE", "MAX_STRIDE", "MIN_STOPPED_BYTES", "MIN_SHARDED_BYTES":
        monkeypatch.setattr(build, name, 0)
    other, seen = index.with_name("other"), []
    report = rebuild(
        other,
        [corpus],
        engine=engine,
        workers=workers,
        progress=lambda now: now.stage == "looking" and other.exists() and seen.append(state_of(other)),
    )
    assert facts(other) == facts_once
    with open_reader(other) as reader:
        cables = [reader.cable(id) for id in reader.cables()]
    assert {cable.id: " / ".join(p.text for p in cable.paragraphs) for cable in cables} == once
    assert (report.read, report.unchanged, report.cables, report.lost) == (2, 0, 6, 0)
    assert len(seen) > 3
    assert {waiting for waiting, _ in seen[1:]} == {1}  # until all is read
    assert sorted(cables for _, cables in seen) == [cables for _, cables in seen]


def state_of(folder):
    with suppress(NoIndexError):
        return state(folder).waiting, state(folder).cables
    return 0, 0


def test_a_large_file_goes_on_where_it_was_stopped(
    archive, corpus, index, texts, monkeypatch, a_cable_a_stride
):
    with pytest.raises(StoppedError):
        update(index, [corpus], workers=0, progress=stopping_after(3))
    assert (state(index).files, state(index).waiting) == (1, 1)
    assert texts() == {"07VERITY1": "Text 1.", "07VERITY2": "Text 2.", "07VERITY3": "Text 3."}
    read = []
    parse = prepare.parse_batch
    monkeypatch.setattr(
        prepare, "parse_batch", lambda records: parse(read.extend(each := [*records]) or each)
    )
    report = update(index, workers=0)
    sources = {record.source.partition("!")[2] for record in read}
    assert sources == {f"{n}.html" for n in range(3, 10)}  # 3.html once more, as 7.html has a fuller text
    assert (report.files, report.read, report.unchanged, report.added) == (2, 1, 1, 3)
    assert (len(texts()), state(index).waiting) == (6, 0)
    assert update(index, workers=0).read == 0


def test_a_large_file_that_changed_while_a_build_was_stopped_is_read_anew(
    archive, corpus, index, texts, a_cable_a_stride
):
    with pytest.raises(StoppedError):
        update(index, [corpus], workers=0, progress=stopping_after(3))
    with zipfile.ZipFile(archive) as packed:
        kept = {name: packed.read(name) for name in ("3.html", "5.html")}
    with zipfile.ZipFile(archive, "w") as packed:
        for name, page in kept.items():
            packed.writestr(name, page)
    update(index, workers=0)
    assert texts() == {"07VERITY1": "Text 1.", "07VERITY3": "Text 3.", "07VERITY5": "Text 5."}
    assert state(index).waiting == 0


@pytest.mark.parametrize("whole_source", [True, False])
def test_a_large_file_may_vanish_while_a_build_is_stopped(
    archive, corpus, index, texts, tmp_path, a_cable_a_stride, whole_source
):
    """Of a source that is gone, as on a disk that is not mounted, nothing is removed."""
    sources = [corpus / "1.html", archive] if whole_source else [corpus]
    with pytest.raises(StoppedError):
        update(index, sources, workers=0, progress=stopping_after(3))
    archive.rename(tmp_path / "away.zip")
    update(index, workers=0)
    first = {"07VERITY1": "Text 1."}
    two_more = {"07VERITY2": "Text 2.", "07VERITY3": "Text 3."}
    assert texts() == (first | two_more if whole_source else first)
    assert state(index).waiting == 0
    (tmp_path / "away.zip").rename(archive)
    update(index, workers=0)
    assert len(texts()) == 6
    assert state(index).waiting == 0


def test_a_large_file_is_compared_whole_if_wanted(archive, corpus, index, texts, a_cable_a_stride):
    with pytest.raises(StoppedError):
        update(index, [corpus], workers=0, progress=stopping_after(3))
    update(index, workers=0, check_contents=True)
    assert (len(texts()), state(index).waiting) == (6, 0)


def test_what_is_wrong_in_a_large_file_is_said_once_all_is_read(archive, corpus, index, a_cable_a_stride):
    with zipfile.ZipFile(archive, "a") as packed:
        packed.writestr("../unsafe.txt", "x")
    with zipfile.ZipFile(archive, "a") as packed:
        packed.writestr("photo.jpg", b"\xff\xd8\xff")
    report = update(index, [corpus], workers=0)
    assert [failure.source.partition("!")[2] for failure in report.failures] == ["../unsafe.txt", "photo.jpg"]


def test_what_is_wrong_in_the_beginning_of_a_large_file_is_said_once(corpus, write, index, monkeypatch):
    """Of a file that has given no cable yet, what was read is not forgotten as others come before it."""
    for name in "STRIDE", "MAX_STRIDE", "MIN_STOPPED_BYTES":
        monkeypatch.setattr(build, name, 0)
    with zipfile.ZipFile(corpus / "all.zip", "w") as packed:
        for number in range(3):
            packed.writestr(f"{number}.jpg", b"\xff\xd8\xff")
        packed.writestr("large.jpg", b"\xff\xd8\xff" + bytes(range(256)) * 4_000)
    with pytest.raises(StoppedError):
        update(index, [corpus], workers=0, progress=stopping_after(2))
    for number in 1, 2:
        write(f"{number}.html", f"07VERITY{number}", f"Text {number}.")
    report = update(index, workers=0)
    named = [failure.source.partition("!")[2] for failure in report.failures]
    assert named == ["0.jpg", "1.jpg", "2.jpg", "large.jpg"]
    (corpus / "all.zip").unlink()
    assert update(index, workers=0).failures == ()


@pytest.mark.parametrize("source_is_away", [False, True])
def test_a_large_file_that_another_version_began_is_read_anew(
    archive, corpus, index, texts, monkeypatch, tmp_path, a_cable_a_stride, source_is_away
):
    """It may have counted what stands in the file differently."""
    sources = [corpus / "1.html", archive]
    with pytest.raises(StoppedError):
        update(index, sources, workers=0, progress=stopping_after(3))
    monkeypatch.setattr(build, "__version__", "99")
    if source_is_away:
        archive.rename(tmp_path / "away.zip")
        update(index, workers=0)
        (tmp_path / "away.zip").rename(archive)
    begun = []
    read = prepare.read
    monkeypatch.setattr(
        prepare,
        "read",
        lambda *given, start, **named: begun.append(start) or read(*given, start=start, **named),
    )
    update(index, workers=0)
    assert set(begun) == {0}
    assert (len(texts()), state(index).waiting) == (6, 0)


def test_a_complete_index_answers_until_a_new_one_is_complete(pages, corpus, index, texts, monkeypatch):
    update(index, [corpus], workers=0)
    monkeypatch.setattr(build, "STRIDE", 0.0)
    rebuild(index, workers=0, progress=(states := []).append)
    assert [one.stage for one in states].count("looking") == 1
    assert len(texts()) == 6


def test_a_short_build_has_one_stride(pages, corpus, index):
    states: list[BuildProgress] = []
    update(index, [corpus], workers=0, progress=states.append)
    assert [one.stage for one in states].count("looking") == 1
    assert 10 < build.STRIDE < build.MAX_STRIDE < inf
