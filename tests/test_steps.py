"""Works take each step together, and each gives what it would alone."""

from __future__ import annotations

import pytest

from cablesearch.steps import alone, together


def count(name, steps, told):
    for step in range(steps):
        told.append((name, step))
        yield
    return f"{name} in {steps}"


def test_each_step_is_taken_by_all():
    told = []
    made = together([count("a", 3, told), count("b", 0, told), count("c", 2, told)])
    assert made == ["a in 3", "b in 0", "c in 2"]
    assert told == [("a", 0), ("c", 0), ("a", 1), ("c", 1), ("a", 2)]


def test_alone():
    assert alone(count("a", 2, [])) == "a in 2"
    assert together([]) == []


def test_an_error_is_passed_on():
    def fail():
        yield
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        together([count("a", 1, []), fail()])
