"""The check that time grows linearly: it finds every pattern by itself, and those that do not."""

from __future__ import annotations

import os
import re
import signal
import sys
from importlib import import_module

import pytest

from benchmarks.growth import check_patterns, inputs, timing
from benchmarks.growth.check_inputs import prepare
from benchmarks.growth.check_patterns import check_pattern
from benchmarks.growth.patterns import Use, find_uses, package_modules
from benchmarks.growth.payloads import payloads

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="Windows has no alarm")

timed = pytest.mark.skipif("QUIET" not in os.environ, reason="timed: make growth runs it, on a quiet machine")

MODULE = r"""
import re
from functools import cache

WORD = r"\w+"
GLOBAL = re.compile("global")
IN_TUPLE = (re.compile("one"), {"key": re.compile("two")})
METHOD = re.compile("method").fullmatch

class Holder:
    own = re.compile("attribute", re.IGNORECASE)

@cache
def compiled():
    return re.compile(rf"{WORD} within")

def uses(text):
    GLOBAL.match(text) or GLOBAL.sub("", text)
    re.search("literal", text)
    re.split(WORD + "s", text)
    return any(pattern.search(text) for pattern in IN_TUPLE), re.search("^" + text, text)
"""


@pytest.fixture
def module(tmp_path, monkeypatch):
    (tmp_path / "patterns_of_a_test.py").write_text(MODULE, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield import_module("patterns_of_a_test")
    del sys.modules["patterns_of_a_test"]


def test_patterns_are_found_wherever_they_are(module):
    """In variables, containers, classes and calls, with the methods that are called on them."""
    found = {use.pattern.pattern: set(use.methods) for use in find_uses([module])}
    assert found == {
        "global": {"match", "finditer"},  # `sub` scans as `finditer` does
        "one": {"search"},
        "two": {"search"},
        "method": {"fullmatch"},
        "attribute": {"search"},
        r"\w+ within": {"search"},
        "literal": {"search"},
        r"\w+s": {"finditer"},
    }


def test_every_module_of_the_package_is_looked_through():
    """A pattern in a new module is found without anyone's doing."""
    where = " ".join(use.where for use in find_uses(package_modules("cablesearch")))
    for name in ("parse.message._FIELD", "corpus.tei", "query.grammar"):
        assert f"cablesearch.{name}" in where


@pytest.fixture
def quick(monkeypatch):
    """Make inputs small and limits short."""
    monkeypatch.setattr(timing, "SIZES", (500, 1_000, 2_000, 4_000))
    monkeypatch.setattr(timing, "BEYOND", (8_000, 16_000))
    monkeypatch.setattr(timing, "LIMIT", 0.3)
    monkeypatch.setattr(timing, "ENOUGH", 0.2)
    monkeypatch.setattr(check_patterns, "FLOOR", 0.0001)


def _findings(pattern: str, method: str) -> list[str]:
    use = Use(re.compile(pattern), "here", frozenset((method,)))
    return [finding.what for finding in check_pattern(use)]


@timed
@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (r"(?:a+)+b", "match"),
        (r"(?:ab|ab)*c", "match"),
        (r"(?:R[A-Z]{4,7}\s*)+$", "match"),
        (r"\(S(?:/(?:NF|[A-Z]{2,4}))*\)", "match"),
        (r"^\s*(?:[A-Za-z ]{2,24},\s*)+x$", "match"),
        (r"\s*x?\s*$", "fullmatch"),
        (r"\W*(?:x.{0,9})?\W*", "fullmatch"),
        (r"x\w*\s*\w*:", "match"),
        (r"\s+$", "finditer"),
        (r"<[^>]*>", "finditer"),
        (r"visit\b.*\bsite", "search"),
    ],
)
def test_slow_patterns_are_found(quick, pattern, method):
    assert _findings(pattern, method) == [f"here.{method}"]


@timed
@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (r"a++b", "match"),
        (r"(?>(?:R[A-Z]{4,7}){1,3}\b\s*)++$", "match"),
        (r"\s*+x?+\s*+$", "fullmatch"),
        (r"(?<!\s)\s++$", "finditer"),
        (r"<[^<>]{0,40}>", "finditer"),
        (r"\w+", "finditer"),
        (r"^(?:Mon|Tues)day, \d{1,2}", "match"),
    ],
)
def test_linear_patterns_are_not(pattern, method):
    """At full size, since noise counts for more in short times."""
    assert _findings(pattern, method) == []


def test_each_part_of_a_pattern_is_reached():
    """By a text that matches what stands before it."""
    starts = {make(40)[:9] for _, make in payloads(re.compile(r"From: (?:x|y+)?[0-9]+ to (\w*)z"))}
    assert {"From: yyy", "From: 111", "From: 1 t"} <= starts


class Clock:
    """A clock that goes on by a tenth of a microsecond a step."""

    def __init__(self):
        self.steps = 0

    def spend(self, steps):
        if steps > timing.LIMIT * 1e7:
            raise timing.TooSlowError
        self.steps += steps

    def __call__(self):
        return self.steps / 1e7


@pytest.mark.parametrize(
    ("steps", "excessive"),
    [
        (lambda n: 40 * n, False),
        (lambda n: n * n // 20, True),
        (lambda n: 40 * n * (1 + (n > 1_500)), False),  # a bound that is reached on the way
        (lambda n: 1 << min(n, 40), True),
    ],
    ids=["linear", "quadratic", "step", "exponential"],
)
def test_growth_is_told_from_steps(quick, monkeypatch, steps, excessive):
    clock = Clock()
    monkeypatch.setattr(timing, "perf_counter", clock)
    growth = timing.excessive_growth(
        lambda text: clock.spend(steps(len(text))), lambda size: "x" * size, floor=0.0001
    )
    assert bool(growth) == excessive


def test_every_sample_is_read_and_parsed():
    """Else what is made of it would show nothing."""
    assert [file for file, sample in inputs.SAMPLES.items() if not prepare(sample, file)] == []


def test_a_sample_is_blown_up_everywhere():
    """Each line, word and gap, as it is and with other names and numbers each time."""
    made = {case.name: case.make(4_000) for case in inputs.cases() if case.file == "cable.txt"}
    assert made["cable.txt: 'KELVO' of line 9 and ' '"].count("KELVO ") > 100
    assert " " * 1_000 in made["cable.txt: spaces before 'SECTION' of line 9"]
    names = re.findall(r"(\w+) \(PROTECT\)", made["cable.txt: '{w} (PROTECT) ' in the text"])
    assert len(names) == len(set(names)) > 100
