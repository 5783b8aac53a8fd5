"""How names sound."""

import pytest

from cablesearch.analysis.sounding import sound, sounds


@pytest.mark.parametrize(
    "spellings",
    [
        "nazarbayev nazarbaev nazarbaiev",
        "qadhafi gaddafi kadafi qaddafi gadhafi kaddafi",
        "mohammed muhammad mohamed mohammad",
        "yushchenko yuschenko",
        "ahmadinejad ahmedinejad",
        "hussein husain hussain",
        "tymoshenko timoshenko",
        "yeltsin eltsin",
        "ivanoff ivanov",
        "massimov masimov",
    ],
)
def test_spellings_of_a_name_have_one_key(spellings):
    assert len({sound(word) for word in spellings.split()}) == 1


@pytest.mark.parametrize(
    "names", ["putin patin", "li lee lu", "carter gordon", "bush bosh", "obama abdullah"]
)
def test_other_names_have_other_keys(names):
    assert len({sound(word) for word in names.split()}) == len(names.split())


def test_a_name_is_cut_as_all_text_is():
    assert sounds("Élysée Gül-Masimov's") == ["alisa", "gul", "masimov"]


def test_what_is_not_latin_stays():
    assert sounds("Владимир Путин") == ["владимир", "путин"]
