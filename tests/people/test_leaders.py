"""Leaders in telegrams by surnames that no list has."""

from datetime import date

import pytest

from cablesearch.people.identity import Setting
from cablesearch.people.leaders import find_leaders
from cablesearch.people.names import NameSpan

LA_PAZ = Setting("BO", date(1979, 11, 5), frozenset(("BO", "US")))
BONN = Setting("DE", date(1967, 1, 5), frozenset(("DE", "US")))


@pytest.mark.parametrize(
    ("text", "setting", "found"),
    [
        ("THE NATUSCH COUP, AND NATUSCH'S MEN", LA_PAZ, ["NATUSCH", "NATUSCH"]),
        ("(NATUSCH) FELL", LA_PAZ._replace(day=date(1980, 2, 1)), ["NATUSCH"]),
        ("KIESINGER GOVERNMENT", BONN, ["KIESINGER"]),
    ],
)
def test_a_surname_of_a_leader_is_a_name(text, setting, found):
    assert [name.name for name in find_leaders(text.split(), setting, [])] == found


@pytest.mark.parametrize(
    ("text", "setting"),
    [
        ("THE NATUSCH COUP", LA_PAZ._replace(day=date(1990, 1, 1))),  # long after
        ("THE NATUSCH COUP", LA_PAZ._replace(day=None)),
        ("THE NATUSCH COUP", BONN),
        ("NEW CARTER HOUSE FORD", LA_PAZ),  # words that are others, too
    ],
)
def test_other_words_and_leaders_of_another_time_or_country_are_left_to_the_model(text, setting):
    assert find_leaders(text.split(), setting, []) == []


def test_a_name_that_is_found_is_not_found_again():
    raw = ["ALBERTO", "NATUSCH", "FELL"]
    assert find_leaders(raw, LA_PAZ, [NameSpan(0, 2, "ALBERTO NATUSCH")]) == []
