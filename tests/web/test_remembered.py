"""Each question is asked once, also by many at the same time; what fails or is too large is not kept."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from cablesearch.web.remembered import Remembered


@pytest.fixture
def remembered() -> Remembered[str]:
    return Remembered(9, len)


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def ask(remembered: Remembered[str], asked: list[str]) -> Callable[[str], str]:
    def ask(question: str) -> str:
        def answer() -> str:
            asked.append(question)
            return question.upper()

        return remembered.get(question, answer)

    return ask


def test_what_was_asked_is_not_asked_again(ask: Callable[[str], str], asked: list[str]) -> None:
    assert [ask("salt"), ask("salt"), ask("fish"), ask("salt")] == ["SALT", "SALT", "FISH", "SALT"]
    assert asked == ["salt", "fish"]


def test_what_was_not_asked_for_longest_is_dropped(ask: Callable[[str], str], asked: list[str]) -> None:
    for question in ("salt", "fish", "salt", "mace", "salt", "fish"):
        ask(question)
    assert asked == ["salt", "fish", "mace", "fish"]


def test_as_many_are_kept_as_have_room(ask: Callable[[str], str], asked: list[str]) -> None:
    for question in ("a", "bb", "ccc", "a", "bb", "ccc"):
        ask(question)
    assert asked == ["a", "bb", "ccc"]
    for question in ("dddddd", "ccc", "bb"):
        ask(question)
    assert asked == ["a", "bb", "ccc", "dddddd", "bb"]


def test_a_large_answer_is_not_kept(ask: Callable[[str], str], asked: list[str]) -> None:
    assert ask("salt and pepper") == ask("salt and pepper") == "SALT AND PEPPER"
    assert len(asked) == 2


def test_an_error_is_raised_each_time(remembered: Remembered[str]) -> None:
    errors = iter([ValueError("first"), ValueError("second")])

    def fail() -> str:
        raise next(errors)

    for message in ("first", "second"):
        with pytest.raises(ValueError, match=message):
            remembered.get("salt", fail)
    assert remembered.get("salt", lambda: "SALT") == "SALT"


@pytest.mark.parametrize("fails", [False, True])
def test_many_who_ask_at_once_get_one_answer(remembered: Remembered[str], fails: bool) -> None:
    being_asked, asked = Event(), []

    def answer() -> str:
        asked.append("salt")
        being_asked.set()
        time.sleep(0.3)
        if fails:
            raise ValueError("no salt")
        return "SALT"

    def ask() -> str:
        try:
            return remembered.get("salt", answer)
        except ValueError as error:
            return str(error)

    with ThreadPoolExecutor(9) as pool:
        first = pool.submit(ask)
        assert being_asked.wait(10)
        others = [pool.submit(ask) for _ in range(8)]
        assert {one.result() for one in (first, *others)} == ({"no salt"} if fails else {"SALT"})
    assert len(asked) == 1
