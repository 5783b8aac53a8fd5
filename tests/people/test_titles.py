"""The words beside a name that say what its bearer is."""

import pytest

from cablesearch.people.names import NameSpan
from cablesearch.people.titles import find_titles, is_of_surname


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("that President QUELL said", "President"),
        ("former Prime Minister QUELL said", "former Prime Minister"),
        ("the Minister of Defense QUELL", "the Minister of Defense"),
        ("In QUELL, President of Saltmere, we", "President of Saltmere,"),
        ("(President QUELL)", "(President"),
        ("with his wife, QUELL, and", "wife,"),
        ("and his son, Captain QUELL", "son, Captain"),
        ("to his nephew QUELL", "nephew"),
        ("is his son. QUELL left", ""),
        ("in talks with QUELL, with Mrs. Orlan there, we", "with"),
        ("QUELL, Dr. Orlan and Bix", ""),
        ("QUELL, Prime Minister Mrs. Orlan", "Prime Minister"),  # from the lines of a list
        ("said the President. QUELL left", ""),
        ("QUELL said so", ""),
    ],
)
def test_titles_stand_before_a_name_or_behind_a_comma(text, title):
    raw = text.split()
    at = next(i for i, piece in enumerate(raw) if "QUELL" in piece)
    assert find_titles(raw, [NameSpan(at, at + 1, "QUELL")]).get("QUELL", "") == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Mrs. QUELL came. Mrs. QUELL left.", "Mrs."),
        ("President QUELL came with Mrs. QUELL today.", "President"),
        ("QUELL came with Mrs. QUELL today.", ""),
        ("Mrs. QUELL said that QUELL was ill.", ""),
        ("Miss QUELL said that QUELL was ill.", "Miss"),
    ],
)
def test_the_title_of_a_wife_is_not_her_husbands(text, title):
    raw = text.split()
    names = [NameSpan(at, at + 1, "QUELL") for at, piece in enumerate(raw) if piece == "QUELL"]
    assert find_titles(raw, names).get("QUELL", "") == title


@pytest.mark.parametrize(
    ("title", "follows"),
    [
        ("Mr.", True),
        ("former Prime Minister", True),
        ("(Gen.", True),
        ("King", False),
        ("Sir", False),
        ("Israeli", False),
        ("", False),
    ],
)
def test_a_surname_follows_some_titles(title, follows):
    assert is_of_surname(title) is follows
