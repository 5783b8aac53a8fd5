"""Surnames that their spelling tells."""

import pytest

from cablesearch.people.names import NameSpan
from cablesearch.people.sequence import build_row
from cablesearch.people.spelling import find_spelt


def find(texts, *names):
    """Return the names in some texts, of which some were found before."""
    raw = [*build_row(texts)[0]]
    bare = [piece.strip(".,") for piece in raw]
    found = [NameSpan(bare.index(name), bare.index(name) + 1, name) for name in names]
    return [span.name for span in find_spelt(texts, raw, found)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Present: Bix, O'Leary, Quell.", ["O'Leary"]),
        ("O’Connor’s visit was put off.", ["O’Connor"]),
        ("MET (O'NEILL) TODAY.", ["O'NEILL"]),
        ("It is five o'clock. O'Er the hills.", []),
        ("AT 10 O'CLOCK. Dinner, 8 O’Clock.", []),
        ("GOD'S O'ER", []),
        ("O. Leary left.", []),
    ],
)
def test_an_irish_name_is_one_wherever_it_stands(text, names):
    assert find([text]) == names


def test_a_name_that_was_found_is_not_found_again():
    assert find(["Present: O'Leary, Quell."], "O'Leary", "Quell") == ["O'Leary", "Quell"]


def test_the_given_name_that_was_found_belongs_to_the_surname():
    assert find(["Ada O'Leary came, and Bo, O'Brien too."], "Ada", "Bo") == ["Ada O'Leary", "Bo", "O'Brien"]


@pytest.mark.parametrize(
    ("texts", "names"),
    [
        (["Minister de la Fuente left.", "Present: de la Fuente, Bix."], ["de la Fuente", "de la Fuente"]),
        (["De los Quells left, President de los Quells said."], ["de los Quells"] * 2),
        (["The Casa de la Moneda was closed."], []),
        (["We went to Paseo de la Reforma."], []),
        (["Minister de la rosa left."], []),
        (["President de la République left.", "Director de la Policia said so."], []),
        (["The Secretary de la Nación met us."], []),
        (["The Commander de la Marina and General de las Fuerzas said so."], []),
        (["President de la Junta left."], []),
        (["Secretary General de la Presidence, Secretary de la Gobernacion."], []),
        (["Secretary de la OEA left."], []),
    ],
)
def test_a_surname_with_an_article_is_one_where_the_cable_gives_it_a_title(texts, names):
    assert find(texts) == names
