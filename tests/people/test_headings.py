"""People named in headings."""

import pytest

from cablesearch import parse_cable
from cablesearch.people import name_people
from cablesearch.people.headings import find_in_heading

NAMES = ["Vladimir Orlov", "Orlov", "Ana Roa Diaz", "Jan Novotny", "Petr Novotny", "Rice"]


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("Orlov Will Decide in 2012", ["Orlov"]),
        ("ORLOV'S PLANS", ["Orlov"]),
        ("What Vladimir Orlov Wants", ["Vladimir Orlov"]),
        ("Diaz on Elections", ["Ana Roa Diaz"]),
        ("Novotny on Elections", []),
        ("Petr Novotny on Elections", ["Petr Novotny"]),
        ("Orlov and Diaz", ["Orlov", "Ana Roa Diaz"]),
        ("A Rice Field", []),
        ("Trade with orlov", []),
        ("Energy", []),
        ("Orlov Foundation Gives", []),
        ("The Orlov Government's Foundation", ["Orlov"]),
        ("Orlov's Army", ["Orlov"]),
    ],
)
def test_names_of_the_text_are_read_in_a_heading(heading, names):
    """A surname of several people, a common word, and a small letter name nobody."""
    assert find_in_heading(heading, NAMES) == names


def test_the_people_of_a_heading_belong_to_the_paragraphs_below():
    cable = parse_cable(
        "1. Minister Karim Aliyev spoke of wheat.\n\nALIYEV AND THE HARVEST\n\n"
        "2. The harvest was good.\n\n3. Prices fell.\n\nCOMMENT\n\n4. We agree.\n",
        id="07ASTANA902",
    )
    named = [[(p.name, p.full_name) for p in one.people] for one in name_people(cable).paragraphs]
    whole = [("Karim Aliyev", "Karim Aliyev")]
    assert named == [whole, whole, whole, []]


def test_a_person_of_the_heading_and_the_text_comes_once():
    cable = parse_cable(
        "ALIYEV SPEAKS\n\n1. Minister Karim Aliyev spoke.\n\n2. Aliyev left.\n", id="07ASTANA903"
    )
    named = [[p.name for p in one.people] for one in name_people(cable).paragraphs]
    assert named == [["Karim Aliyev"], ["Aliyev"]]
