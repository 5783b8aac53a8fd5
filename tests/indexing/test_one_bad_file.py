"""One file, or one cable, never stops a build: it is named, and the others are read."""

from __future__ import annotations

import signal
import threading
import time
from zipfile import ZipFile

import pytest

from cablesearch import Cable, Failure, corpus, read_cables
from cablesearch.errors import TookTooLongError
from cablesearch.indexing import open_reader, prepare, read, rebuild, update
from cablesearch.indexing.time_limit import each_in_time, time_limit
from cablesearch.people import name_batch

needs_alarm = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="Windows has no alarm")


def _spoil(monkeypatch, what_happens):
    """Have something happen to each cable whose id ends with 13, as its people are recognised."""

    def spoilt(cables):
        if any(cable.id.endswith("13") for cable in cables):
            what_happens()
        return name_batch(cables)

    monkeypatch.setattr(prepare, "name_batch", spoilt)
    monkeypatch.setattr(read, "name_people", lambda cable: spoilt([cable])[0])


def _fail():
    return {}["a table\nwithout it"]


@pytest.fixture
def three_cables(write):
    for number in (12, 13, 14):
        write(f"{number}.html", f"07VERITY{number}", "The harbor is open.")


def test_a_cable_that_fails_is_named_and_the_others_are_indexed(
    corpus, index, texts, three_cables, monkeypatch
):
    """Cables are prepared together; only the one at fault is lost, and later builds remember why."""
    _spoil(monkeypatch, _fail)
    [failure] = update(index, [corpus], workers=0).failures
    assert failure.source == str(corpus / "13.html")
    assert failure.reason.startswith("an error in cablesearch (KeyError: 'a table\\nwithout it')")
    assert "in _fail" in failure.traceback
    assert sorted(texts()) == ["07VERITY12", "07VERITY14"]
    assert update(index, workers=0).failures == (failure,)


def test_a_cable_that_fails_is_named_among_those_that_are_read(corpus, three_cables, monkeypatch):
    _spoil(monkeypatch, _fail)
    first, failure, last = read_cables(corpus)
    assert (first.id, last.id) == ("07VERITY12", "07VERITY14")
    assert failure.source == str(corpus / "13.html")
    assert "in _fail" in failure.traceback


@pytest.mark.parametrize("error", [KeyError("x"), RecursionError(), MemoryError(), AssertionError("a\nb")])
def test_a_reader_that_fails_loses_its_file_alone(tmp_path, monkeypatch, error):
    """In an archive, too, the next members are read."""

    def fail(source):
        if "VERITY13" in source.name:
            raise error
        return original(source)

    from cablesearch.corpus import plain

    original = plain.read
    monkeypatch.setattr(plain, "read", fail)
    with ZipFile(tmp_path / "all.zip", "w") as archive:
        for name in ("07VERITY12.txt", "07VERITY13.txt", "07VERITY14.txt"):
            archive.writestr(name, "1. (U) The harbor is open.\n")
    first, failure, last = read_cables(tmp_path)
    assert (first.id, last.id) == ("07VERITY12", "07VERITY14")
    assert failure.source.endswith("all.zip!07VERITY13.txt")
    assert "\n" not in failure.reason
    assert type(error).__name__ in failure.reason


@needs_alarm
def test_a_cable_that_takes_too_long_is_named_and_the_others_are_indexed(
    corpus, index, three_cables, monkeypatch
):
    _spoil(monkeypatch, lambda: time.sleep(60))
    [failure] = rebuild(index, [corpus], workers=0, seconds_a_file=0.3).failures
    assert failure == Failure(
        str(corpus / "13.html"), "it takes more than 0.3 seconds: --seconds-a-file allows more"
    )
    with open_reader(index) as reader:
        assert reader.cable("07VERITY12")
        assert reader.cable("07VERITY14")


@needs_alarm
def test_a_file_that_takes_too_long_is_named_and_the_others_are_read(tmp_path, monkeypatch):
    from cablesearch.corpus import plain

    original = plain.read
    monkeypatch.setattr(
        plain, "read", lambda source: time.sleep(60) if "VERITY13" in source.name else original(source)
    )
    for number in (12, 13, 14):
        (tmp_path / f"07VERITY{number}.txt").write_text("1. (U) The harbor is open.\n")
    items = list(read_cables(tmp_path, seconds_a_file=0.3))
    assert [type(item) for item in items] == [Cable, Failure, Cable]
    assert items[1].reason.startswith("it takes more than 0.3 seconds")


@needs_alarm
@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*b"])
def test_the_limit_ends_a_pattern_and_leaves_no_alarm(pattern):
    import re

    with pytest.raises(TookTooLongError), time_limit(0.1):
        re.match(pattern, "a" * 60 + "c")
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGALRM) is signal.SIG_DFL


@needs_alarm
@pytest.mark.parametrize("name", ["x.zip", "x.jsonl"])
def test_what_was_read_before_takes_none_of_the_time_of_what_follows(tmp_path, monkeypatch, name):
    path = tmp_path / name
    if name == "x.zip":
        with ZipFile(path, "w") as packed:
            for number in range(12):
                packed.writestr(f"07VERITY{number}.txt", "TAGS: EFIS\n1. (C) The quota for herring falls.\n")
    else:
        path.write_text("".join(f'{{"id": "07VERITY{n}", "text": "Cod"}}\n' for n in range(12)), "utf-8")
    following = corpus._Places.__next__
    monkeypatch.setattr(corpus._Places, "__next__", lambda places: time.sleep(0.05) or following(places))
    job = prepare.Job(file=1, path=str(path), size=path.stat().st_size, start=10, seconds=0.4)
    cables = [each for each in prepare.prepare([job]) if isinstance(each, prepare.PreparedCable)]
    assert [cable.plain_id for cable in cables] == ["07VERITY10", "07VERITY11"]


@needs_alarm
def test_each_item_has_its_own_time():
    assert list(each_in_time((time.sleep(0.1) for _ in range(4)), 0.3)) == [None] * 4


@needs_alarm
def test_an_alarm_of_the_program_is_left_alone():
    """It rings in its own time; there is then no limit."""
    rung = []
    before = signal.signal(signal.SIGALRM, lambda *_: rung.append(True))
    try:
        with time_limit(0.05):
            signal.setitimer(signal.ITIMER_REAL, 0.2)
            time.sleep(0.15)
            assert not rung
            time.sleep(0.15)
        assert rung
    finally:
        signal.signal(signal.SIGALRM, before)


def test_in_another_thread_there_is_no_limit():
    """Signals come to the main thread."""
    done = []

    def work():
        with time_limit(0.01):
            time.sleep(0.05)
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done


@needs_alarm
@pytest.mark.parametrize("seconds", [1e12, 1e300, float("inf")])
def test_a_limit_may_be_longer_than_any_alarm(seconds):
    with time_limit(seconds):
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 1e9
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
