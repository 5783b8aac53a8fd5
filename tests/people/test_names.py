"""Where a name begins and ends."""

import pytest

from cablesearch.people.model import load_model
from cablesearch.people.names import MAX_PIECES, find_names
from cablesearch.people.sequence import build_row


def names(text: str, *chosen: str) -> list[str]:
    raw, _ = build_row([text])
    row = [load_model().pieces[piece] for piece in raw]
    return [
        one.name
        for one in find_names(row, [i for i, piece in enumerate(raw) if piece.strip(",.'s") in chosen])
    ]


@pytest.mark.parametrize(
    ("text", "chosen", "name"),
    [
        ("met Olga Petrova.", ["Olga", "Petrova"], ["Olga Petrova"]),
        ("met Khalid bin Hamad", ["Khalid", "Hamad"], ["Khalid bin Hamad"]),
        ("met Jan van der Berg", ["Jan", "Berg"], ["Jan van der Berg"]),
        ("met van Rompuy", ["Rompuy"], ["van Rompuy"]),
        ("met Olga dos Petrov", ["Olga", "Petrov"], ["Olga dos Petrov"]),
        ("met dos Petrov, du Rompuy", ["Petrov", "Rompuy"], ["dos Petrov", "du Rompuy"]),
        ("met le Rompuy and ter Berg", ["Rompuy", "Berg"], ["le Rompuy", "ter Berg"]),
        ("met R. Sampan", ["Sampan"], ["R. Sampan"]),
        ("met Olga, Petrova and Ivanov", ["Olga", "Petrova", "Ivanov"], ["Olga", "Petrova", "Ivanov"]),
        ("with Olga's Petrova", ["Olga", "Petrova"], ["Olga", "Petrova"]),
        ("Bank of Olga", ["Olga"], ["Olga"]),
        ("letter A. was", ["A."], []),
        ("met DIEGO URIBE V., JUAN", ["DIEGO", "URIBE"], ["DIEGO URIBE V."]),
        ("met Ana Roa F.", ["Ana", "Roa"], ["Ana Roa F."]),
        ("met Uribe V., too", ["Uribe"], ["Uribe"]),
        ("told Ana Roa A. He left", ["Ana", "Roa"], ["Ana Roa"]),
        ("of Olga as Petrova", ["Olga", "Petrova"], ["Olga", "Petrova"]),
        ("met Olga Petrova III today", ["Olga", "Petrova"], ["Olga Petrova III"]),
        ("King Hamad II, of", ["Hamad"], ["Hamad II"]),
        ("met MR DE LA ROCHA", ["ROCHA"], ["DE LA ROCHA"]),
        ("the city of la Rocha", ["Rocha"], ["Rocha"]),
        ("H.E. Olga Petrova", ["Olga", "Petrova"], ["Olga Petrova"]),
        ("met Orlan as Petrov", ["Orlan", "Petrov"], ["Orlan", "Petrov"]),
        ("met Orlan at Petrov", ["Orlan", "Petrov"], ["Orlan", "Petrov"]),
        ("met Abd as Salam", ["Abd", "Salam"], ["Abd as Salam"]),
    ],
)
def test_chosen_words_make_names(text, chosen, name):
    """Words join across particles and after initials; signs part them; initials alone are no name."""
    assert names(text, *chosen) == name


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["A. Eban agreed.", "B. Orlan said no."], ["Eban", "Orlan"]),
        (["I. Orlan spoke.", "II. The minister left."], ["Orlan"]),
        (["(C) C. Orlan left.", "D. It rained."], ["C. Orlan"]),
        (["J. Orlan, chairman", "P. Petrov, treasurer"], ["J. Orlan", "P. Petrov"]),
    ],
)
def test_the_letter_of_a_list_is_no_initial(lines, found):
    """Where its neighbour in the alphabet begins a line, too."""
    raw, _ = build_row(["\n".join(lines)])
    row = [load_model().pieces[piece] for piece in raw]
    chosen = [i for i, piece in enumerate(raw) if piece.strip(",.") in ("Eban", "Orlan", "Petrov")]
    assert [name.name for name in find_names(row, chosen)] == found


def test_of_a_long_run_only_the_last_words_are_a_name():
    """Lest each paragraph that names somebody by one of its words repeats all of it."""
    [name] = names("met " + "Olga " * 500 + "Petrova.", "Olga", "Petrova")
    assert name == " ".join(["Olga"] * (MAX_PIECES - 1) + ["Petrova"])
