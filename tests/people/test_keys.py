"""What spellings of a name have in common."""

import pytest

from cablesearch.people.keys import name_key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Karim Massimov", ("karim", "masimov")),
        ("karim masimov", ("karim", "masimov")),
        ("Sec. Masimov", ("masimov",)),
        ("SecGen Orlan", ("orlan",)),
        ("Min Orlan", ("orlan",)),
        ("R.G.K. Orlan", ("r", "g", "k", "orlan")),
        ("H.E. Ada Orlan", ("ada", "orlan")),
        ("S.E.M. Orlan", ("orlan",)),
        ("Ali Khamene'i", ("ali", "kamanai")),
        ("Martin Luther King", ("martin", "lotar", "king")),
        ("Sultan bin Orlan", ("soltan", "bin", "orlan")),
        ("Sec.", ("sec",)),
    ],
)
def test_a_key_is_the_sounds_of_words_without_titles(name, key):
    assert name_key(name) == key
