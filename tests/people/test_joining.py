"""Which forms of names are one person's over all cables."""

import pytest

from cablesearch.people.joining import is_form
from cablesearch.people.registry import Overrides, join_names


def people(counts):
    return {frozenset(person.forms) for person in join_names(counts, Overrides())}


def groups(*forms):
    return set(map(frozenset, forms))


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Dick Orlan", "Richard M. Orlan"),
        ("Bob Quell", "Robert Quell"),
        ("Phil Orlan", "Phillips Orlan"),
        ("W.P. Orlan", "Ward P. Orlan"),
        ("Ward P. Orlan", "W.P. Orlan"),
        ("Alexander Quell", "Aleksandr Quell"),
        ("Khalid bin Orlan", "Khaled bin Orlan"),
        ("Joh Orlan", "John Orlan"),
        ("W. Orlan", "William Orlan"),
        ("E. Orlan", "Edward C. Orlan"),
        ("C. Quell", "Condoleezza Quell"),
    ],
)
def test_given_names_have_short_forms_and_spellings(short, full):
    assert is_form(short, full)


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Afzal Orlan", "A.Q. Orlan"),
        ("Jillian Quell", "William J. Quell"),
        ("Bill Orlan", "Robert Orlan"),
        ("Bob Orlan", "Bert Orlan"),
        ("Hamad Orlan", "Hamid Orlan"),
        ("Hassan Orlan", "Hussein Orlan"),
        ("Paul Orlan", "Paula Orlan"),
        ("Kai Orlan", "Madame Kai Orlan"),
        ("Mrs. Quell", "Ada Quell"),
        ("E. Orlan", "Ada Orlan"),
    ],
)
def test_other_given_names_are_two_people(short, full):
    assert not is_form(short, full)
    assert not is_form(full, short)


@pytest.mark.parametrize(
    "counts",
    [
        {"Richard M. Orlan": 6, "Dick Orlan": 9, "Orlan": 20},
        {"William Quell": 4, "Bill Quell": 2, "W. Quell": 1, "Quell": 9},
        {"Ada Orlan": 9, "Min Orlan": 3, "Sec. Orlan": 2, "Orlan": 12},
        {"Ada Orlan": 12, "Orlan": 400},
        {"Cem Kayani": 5, "Kayani": 9},
        {"Kim Jong-il": 4, "Kim": 2, "KJI": 5},
        {"Ada Quell Suu Orlan": 4, "AQSO": 2},
        {"Lula|Luiz Inacio Lula da Silva": 5, "Lula": 2},
    ],
)  # fmt: skip
def test_these_are_one_person(counts):
    assert people(counts) == groups(form.partition("|")[0] for form in counts)


@pytest.mark.parametrize(
    ("counts", "one"),
    [
        # Two surnames that a drafter did not part are nobody's fuller name.
        (
            {"Ada Orlan": 6, "Dag Trevelyan": 4, "Trevelyan": 40, "Orlan": 60, "Trevelyan Orlan": 7},
            {"Ada Orlan", "Orlan"},
        ),
        ({"Ada Orlan": 9, "Bo Quell": 9, "Orlan": 60, "Quell": 60, "Orlan-Quell": 3}, {"Bo Quell", "Quell"}),
        # Ghani sounds like Kayani, but is not spelt so.
        ({"Cem Kayani": 9, "Bo Ghani": 4, "Kayani": 8}, {"Cem Kayani", "Kayani"}),
        # A foreign minister's name is not the king's, whom other cables mean by it.
        ({"Abdallah|Abdullah bin Abdulaziz": 9, "Sami Abdallah": 1, "Abdallah": 2}, {"Sami Abdallah"}),
    ],
)  # fmt: skip
def test_a_surname_goes_to_its_bearer_only(counts, one):
    assert one in people(counts)


@pytest.mark.parametrize(
    ("counts", "bare"),
    [
        ({"Hillary Clinton": 60, "Bill Clinton": 2, "Clinton": 7}, "Clinton"),  # the president, as likely
        ({"Ahmed Wali Karzai": 60, "Hamid Karzai": 3, "Karzai": 9}, "Karzai"),
        ({"Ahmed Wali Karzai": 9, "Karzai": 60}, "Karzai"),  # the table knows others
        ({"Dean Rusk": 9, "Dean": 2}, "Dean"),
        ({"Roger Orlan": 9, "Roger": 2}, "Roger"),
        ({"Ada Orlan": 1, "Orlan": 9}, "Orlan"),
        ({"Madame Nhu": 9, "Nhu": 2}, "Nhu"),
        ({"Antonio Francisco da Orlan": 2, "Francisco": 1}, "Francisco"),
    ],
)
def test_a_name_alone_stays_alone_where_it_may_be_anothers(counts, bare):
    assert {bare} in people(counts)


def test_an_initial_does_not_join_two_given_names():
    """`R. Orlan` may be either, so it is neither."""
    counts = {"Robert Orlan": 3, "Richard Orlan": 3, "R. Orlan": 1}
    assert people(counts) == groups(["Robert Orlan"], ["Richard Orlan"], ["R. Orlan"])


def test_short_forms_do_not_join_two_given_names():
    counts = {"Edmund Orlan": 9, "Ed Orlan": 4, "Edward Orlan": 1}
    assert {"Edmund Orlan", "Ed Orlan", "Edward Orlan"} not in people(counts)


def test_the_only_holder_of_a_name_may_be_printed_with_other_initials():
    assert people({"N.S. Khrushchev": 5, "Nikita Khrushchev": 7, "Khrushchev": 109}) == groups(
        ["N.S. Khrushchev", "Nikita Khrushchev", "Khrushchev"]
    )
