"""The fuzzer finds faults that are put there, and tells where it kept them."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import strategies as st

from benchmarks.fuzz import run as running
from benchmarks.fuzz import seeds, targets
from benchmarks.fuzz.edits import MAX_BYTES, edited
from benchmarks.fuzz.run import Limits, run
from benchmarks.fuzz.targets import TARGETS, Files, People, Target

PATIENT = 3600  # seconds; the number of inputs ends these runs


class Planted(Target):
    """A part of a program with a fault."""

    name = "planted"
    share = 1.0
    inputs = st.binary(max_size=50)

    def __init__(self, fault):
        self.check = fault

    def check(self, value):
        raise NotImplementedError

    def content(self, value):
        return "data", value


def found(fault, tmp_path, monkeypatch, inputs=300):
    monkeypatch.setattr(running, "ROUND", inputs)
    lines = []
    number = run(Planted(fault), Limits(PATIENT, inputs), 1, tmp_path / "kept", lines.append)
    return number, lines


class RustPanic(BaseException):
    """Like those of libraries in Rust, which are no Exception."""


@pytest.mark.parametrize("error", [IndexError, RustPanic, RecursionError])
def test_a_fault_is_kept_as_small_as_it_gets(error, tmp_path, monkeypatch):
    def fault(data):
        if b"\x80" in data:
            raise error("planted")

    number, (line, summary) = found(fault, tmp_path, monkeypatch)
    assert number == 1
    assert re.match(r"planted: \w+ in (test_fuzz|run).py:\d+: .*planted\n  kept in ", line)
    assert error.__name__ in line
    assert "1 found" in summary
    [kept] = (file for file in (tmp_path / "kept").iterdir() if file.suffix != ".trace")
    assert kept.read_bytes() == b"\x80"
    assert "planted" in kept.with_name(f"{kept.name}.trace").read_text()


def test_what_takes_too_long_is_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(running, "SECONDS_A_PART", 0.002)

    def fault(data):
        until = time.process_time() + 0.005 * (len(data) > 5)
        while time.process_time() < until:
            pass

    number, lines = found(fault, tmp_path, monkeypatch, 20)
    assert number >= 1
    assert "times as long as it may take" in lines[0]
    assert all(len(file.read_bytes()) > 5 for file in (tmp_path / "kept").glob("*-data"))


def test_without_a_fault_nothing_is_found(tmp_path, monkeypatch):
    number, [summary] = found(lambda data: None, tmp_path, monkeypatch)
    assert number == 0
    assert re.match(r"planted: \d+ inputs, seed 1: nothing found", summary)
    assert not (tmp_path / "kept").exists()


def test_every_seed_gives_cables():
    """Else what is made of it would show nothing."""
    target = Files()
    for name, data in seeds.files().items():
        before = len(target._cables)
        target.check((name, data))
        assert len(target._cables) > before, name
    target.end_round()


def test_edits_change_their_seed_and_keep_it_short():
    seen = set()

    @running._SETTINGS
    @running.hypothesis.given(edited({"x": b"0123456789" * 9}))
    def collect(value):
        seen.add(value[1])

    collect()
    assert len(seen) > 100
    assert max(map(len, seen)) <= MAX_BYTES


@pytest.mark.parametrize("kind", TARGETS, ids=lambda kind: kind.name)
def test_a_target_runs(kind, tmp_path, monkeypatch):
    monkeypatch.setattr(running, "_SETTINGS", running.hypothesis.settings(running._SETTINGS, max_examples=20))
    lines = []
    with kind() as target:
        assert run(target, Limits(PATIENT, 20), 1, tmp_path, lines.append) == 0, lines


@pytest.mark.parametrize(
    ("name", "data"),
    [("page.html", b"<pre>FM AMEMBASSY KELVO&#27;[31m</pre>"), ("people.toml", b"nobody = 1")],
)
def test_what_is_refused_or_escaped_is_no_finding(name, data):
    with People() as target:
        target.check((name, data))


def test_an_engine_that_disagrees_is_found(monkeypatch):
    with targets.Queries() as target:
        _, second = target._indexes
        target.check(("count", "herring", {}, 1, 0))
        monkeypatch.setattr(type(second), "count", lambda self, *_: id(self))
        with pytest.raises(AssertionError, match="the engines disagree"):
            target.check(("count", "herring", {}, 1, 0))
