"""Where a name begins and ends."""

import pytest

from cablesearch.people.model import model
from cablesearch.people.names import found
from cablesearch.people.sequence import rows


def names(text: str, *chosen: str) -> list[str]:
    raw, _ = rows([text])
    row = [model().pieces[piece] for piece in raw]
    return [
        one.name for one in found(row, [i for i, piece in enumerate(raw) if piece.strip(",.'s") in chosen])
    ]


@pytest.mark.parametrize(
    ("text", "chosen", "name"),
    [
        ("met Olga Petrova.", ["Olga", "Petrova"], ["Olga Petrova"]),
        ("met Khalid bin Hamad", ["Khalid", "Hamad"], ["Khalid bin Hamad"]),
        ("met Jan van der Berg", ["Jan", "Berg"], ["Jan van der Berg"]),
        ("met van Rompuy", ["Rompuy"], ["van Rompuy"]),
        ("met R. Sampan", ["Sampan"], ["R. Sampan"]),
        ("met Olga, Petrova and Ivanov", ["Olga", "Petrova", "Ivanov"], ["Olga", "Petrova", "Ivanov"]),
        ("with Olga's Petrova", ["Olga", "Petrova"], ["Olga", "Petrova"]),
        ("Bank of Olga", ["Olga"], ["Olga"]),
        ("letter A. was", ["A."], []),
    ],
)
def test_chosen_words_make_names(text, chosen, name):
    """Joined words, across particles, with initials before them; signs part them; initials alone are none."""
    assert names(text, *chosen) == name
