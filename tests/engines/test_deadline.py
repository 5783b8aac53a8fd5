"""A question that takes longer than is allowed is given up in time, whatever it is busy with."""

from __future__ import annotations

import math
import time
from threading import Event

import pytest

from cablesearch.engines.deadline import check_deadline, within
from cablesearch.errors import SlowQueryError
from cablesearch.query.tree import EVERYTHING, Prefix
from tests.engines.model import cable

MESSAGE = "it takes more than 0.05 seconds: ask for fewer words and patterns, or for more --seconds"


def test_an_answer_in_time_is_returned():
    assert within(60, lambda: 7) == 7


@pytest.mark.parametrize("seconds", [None, 0, 1e12, 1e300, math.inf])
def test_there_may_be_no_bound(seconds):
    assert within(seconds, lambda: check_deadline() or 7) == 7


def test_what_never_looks_at_the_clock_is_given_up_all_the_same():
    """As a library that cannot be interrupted."""
    stop = Event()
    begun = time.monotonic()
    with pytest.raises(SlowQueryError, match=MESSAGE):
        within(0.05, stop.wait)
    assert time.monotonic() - begun < 5
    stop.set()


def test_the_thread_ends_when_it_looks_at_the_clock():
    ended = Event()

    def ask():
        try:
            while True:
                check_deadline()
        finally:
            ended.set()

    with pytest.raises(SlowQueryError, match=MESSAGE):
        within(0.05, ask)
    assert ended.wait(10)


@pytest.mark.parametrize("error", [KeyError("x"), TimeoutError("of a library")])
def test_errors_are_raised_as_they_are(error):
    def ask():
        raise error

    with pytest.raises(type(error)) as raised:
        within(60, ask)
    assert raised.value is error


def test_a_question_within_another_shares_its_time():
    with pytest.raises(SlowQueryError, match=MESSAGE):
        within(0.05, lambda: within(60, lambda: time.sleep(0.1) or check_deadline()))


@pytest.mark.parametrize("tree", [Prefix("words", "sa"), EVERYTHING])
def test_every_engine_looks_at_the_clock(index, tree):
    reader = index(cable("07X1", "salt sails"))

    def ask():
        time.sleep(0.06)
        return reader.count(tree)

    with pytest.raises(SlowQueryError, match=MESSAGE):
        within(0.05, ask)
    assert reader.count(tree) == 1
