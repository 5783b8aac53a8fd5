"""Foreign languages in capitals."""

import pytest

from cablesearch.people.foreign import drop_foreign_words, is_foreign
from cablesearch.people.names import NameSpan
from cablesearch.people.sequence import build_row

SPANISH = "QUE LA COMISION DEL PUEBLO SOBERANO Y DE SU ALIADO CARLOS ROA LLAMO A ORLAN"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (SPANISH, True),
        ("LE MINISTRE DES AFFAIRES ETRANGERES ET LES AMIS DE LA PAIX", True),
        ("THE MINISTER OF LA PAZ AND THE MAYOR OF LOS ANGELES MET IN EL ALTO", False),
        ("DE LA ROCHA LEFT", False),
        ("", False),
    ],
)
def test_the_language_is_told_by_small_words(text, answer):
    assert is_foreign(text.split()) == answer


@pytest.mark.parametrize(
    ("english", "left"),
    [("THE MINISTER AGREED", ["CARLOS ROA"]), ("ORLAN AGREED", ["ORLAN", "CARLOS ROA", "ORLAN"])],
)
def test_foreign_words_are_no_names_but_given_names_and_known_ones_are(english, left):
    raw, starts = build_row([english, SPANISH])
    names = [
        NameSpan(i, i + 1, piece) for i, piece in enumerate(raw) if piece in ("SOBERANO", "ALIADO", "ORLAN")
    ]
    carlos = [*raw].index("CARLOS")
    names = sorted([*names, NameSpan(carlos, carlos + 2, "CARLOS ROA")])
    assert [name.name for name in drop_foreign_words(raw, starts, names)] == left


def test_english_text_keeps_all_its_names():
    raw, starts = build_row(["SOBERANO MET ORLAN", "THE HARVEST WAS GOOD"])
    names = [NameSpan(2, 3, "SOBERANO"), NameSpan(4, 5, "ORLAN")]
    assert drop_foreign_words(raw, starts, names) == names
