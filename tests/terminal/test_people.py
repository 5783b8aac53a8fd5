"""People as text."""

from __future__ import annotations

from cablesearch.people.registry import NamedPerson
from cablesearch.search.results import Dossier, People
from cablesearch.terminal.people import dossiers_text, people_text


def dossier(person, undecided=None):
    return Dossier(person, ("07TEZGARA5",), 1, None, None, {}, {}, undecided or {})


def test_a_dossier_tells_which_bare_names_count_and_how_to_decide_the_others():
    person = NamedPerson("Ada Orlan", {"Orlen": 3, "Ada Orlan": 1}, 4)
    text = dossiers_text([dossier(person, {"Orlan": 7})], width=100)
    assert "  4 paragraphs in 1 cable\n" in text
    assert "By one word, counted\n         3  Orlen\n" in text
    assert "By one word, not counted: who is meant is not decided\n         7  Orlan\n" in text
    assert '    [[person]]\n    name = "Ada Orlan"\n    also = ["Orlan"]\n' in text


def test_of_a_surname_that_may_be_several_peoples_it_tells_whose():
    person = NamedPerson("Orlan", {"Orlan": 7}, 7, may_be=("Ada Orlan", "Bo Orlan"))
    text = dossiers_text([dossier(person)], width=100)
    assert "By one word" not in text
    assert "May be any of these, and counts for none\n  Ada Orlan; Bo Orlan\n" in text
    assert '    name = "Ada Orlan"\n    also = ["Orlan"]\n' in text


def test_where_nothing_is_undecided_there_is_no_remedy():
    assert "people.toml" not in dossiers_text([dossier(NamedPerson("Ada Orlan", {"Ada Orlan": 1}, 1))])


def test_how_many_people_there_are_is_told_though_only_the_first_are_listed():
    first = People([NamedPerson("Ada Orlan", {"Ada Orlan": 4}, 4)], total=3)
    assert people_text(first, limit=1) == "         4  Ada Orlan\n            and 2 more\n3 people\n"
    assert people_text(People(first), limit=20) == "         4  Ada Orlan\n1 person\n"
