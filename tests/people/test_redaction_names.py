"""Which words may be a protected person, and which names of others stay."""

import pytest

from cablesearch.analysis.words import fold
from cablesearch.model.cable import Person
from cablesearch.people.lexicon import load_lexicon
from cablesearch.people.redaction_names import ProtectedNames, are_joined, split_words
from cablesearch.people.titles import foreign_titles


def names_of(protected, *others):
    people = [Person(protected, protected, True), *(Person(other, other) for other in others)]
    return ProtectedNames(people, {protected})


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Masimov's and O’Neill’S", ["masimov", "s", "and", "oneill", "s"]),
        ("Mas\u200bi\u0301mov\x00, K2", ["masimov", "k"]),
        ("ʿAli ʿ \u2060", ["ali"]),
        ("d'Estaing Straße Ｋim", ["destaing", "strasse", "kim"]),
    ],
)
def test_words_are_folded(text, keys):
    assert [word.key for word in split_words(text)] == keys


@pytest.mark.parametrize(
    ("text", "small"),
    [
        ("Kim Jong-il", [False, False, False]),
        ("pro-kim, Al-\nkim", [True, True, False, False]),
        ("Kim il", [False, True]),
        ("Kim - il, Kim -il", [False, True, False, True]),
    ],
)
def test_a_hyphen_makes_a_word_as_large_as_the_one_before(text, small):
    assert [word.small for word in split_words(text)] == small


@pytest.mark.parametrize(
    ("text", "joined"),
    [("A\nB", 1), ("A. B", 1), ("Ann. B", 0), ("A, B", 0), ("A \u2011 B", 1), ("A_B", 1), ("A/B", 0)],
)
def test_what_may_stand_between_the_words_of_a_name(text, joined):
    assert are_joined(text, *split_words(text)) == bool(joined)


def test_particles_are_hidden_alone_only_where_a_name_begins_or_ends_with_them():
    assert names_of("Wang Bin").words == {"wang", "bin"}
    assert names_of("Khalid bin Hamad").words == {"khalid", "hamad"}
    assert names_of("Al-Maliki").words == {"maliki"}
    assert names_of("Bin Wang Jr.").words == {"bin", "wang"}


@pytest.mark.parametrize(
    ("word", "hidden"),
    [
        ("masimov", True),
        ("masimovs", True),
        ("karimmasimov", True),
        ("massimov", True),
        ("masimow", True),
        ("masi", False),
        ("masirah", False),
        ("karma", False),
        ("", False),
    ],
)
def test_a_word_may_be_the_person_in_another_spelling(word, hidden):
    assert names_of("Karim Masimov").hides(word) == hidden


def test_only_names_with_a_word_of_their_own_stay():
    names = names_of("Omar Well", "Ida Well", "Minister Well", "Well Sahib", "O. Well", "Q. Well", "van Well")
    assert names.others == {"ida": [("ida", "well")], "q": [("q", "well")]}


def test_titles_are_as_words_are_compared_and_listed_once():
    titles = foreign_titles()
    assert {titles["brigadeiro"], titles["effendi"]} == {"before", "after"}
    assert not [word for word in titles if word != fold(word) or not word.isalpha()]
    before = {word for word, place in titles.items() if place == "before"}
    assert not before & {word for word, kind in load_lexicon().classes.items() if kind == "title"}


def test_a_word_begins_with_any_of_its_letters_but_all():
    names = names_of("Karim Masimov")
    words = ("karim", "masimov", "karimmasimov")
    begun = {word[:n] for word in words for n in range(1, len(word))}
    asked = {*begun, *words, "", "ka1", "mas0", "z", "karimn"}
    assert {letters for letters in asked if names.begins(letters)} == begun


@pytest.mark.parametrize("name", ["K" + "a" * 100_000, "Karim " * 20_000, "K " * 20_000 + "Masimov"])
def test_a_name_may_be_longer_than_any(name):
    """Its beginnings took 23 GB when each was kept."""
    names = names_of(name)
    assert names.hides(split_words(name)[-1].key)
