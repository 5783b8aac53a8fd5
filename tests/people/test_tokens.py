"""Pieces between spaces: the word in each, and the signs around it."""

import pytest

from cablesearch.people.tokens import Token, parse_token


@pytest.mark.parametrize(
    ("raw", "core", "lead", "tail"),
    [
        ("Putin", "Putin", "", ""),
        ("(Putin’s", "Putin", "(", "s"),
        ("Hussein's", "Hussein", "", "s"),
        ("Torres'", "Torres", "", "s"),
        ("MbN)", "MbN", "", ")"),
        ("O’Neill,", "O’Neill", "", ","),
        ("D’Alema.", "D’Alema", "", "."),
        ("pro-Zuma", "Zuma", "-", ""),
        ("ex-Minister", "Minister", "-", ""),
        ("Putin-led", "Putin", "", "-"),
        ("Dr.", "Dr.", "", ""),
        ("“Tito,”", "Tito", "“", ","),
        ("--", "", "-", ""),
        ("Mr.Orlan", "Orlan", "-", ""),
        ("Gen.Quell's", "Quell", "-", "s"),
        ("Orlan(briefly", "Orlan", "", "-"),
        ("Orlan-that", "Orlan", "", "-"),
    ],
)
def test_the_word_is_parted_from_the_signs(raw, core, lead, tail):
    """Quotes, brackets, possessives, prefixes and a sentence's full stop do not belong to the word."""
    assert parse_token(raw)[:3] == (core, lead, tail)


@pytest.mark.parametrize("raw", ["A.", "A.K.", "J.-P."])
def test_initials_keep_their_points(raw):
    """Initials are one word with their full stops, and no signs follow them."""
    assert parse_token(raw) == Token(raw, "", "", True, True)


@pytest.mark.parametrize(
    ("raw", "capital"), [("al-Maliki", True), ("d’Estaing", True), ("said", False), ("al-", False)]
)
def test_a_joined_particle_may_begin_a_capital_word(raw, capital):
    """`al-Maliki` counts as capitalised."""
    assert parse_token(raw).capital is capital


def test_korean_names_stay_whole():
    """A hyphen with small letters after it is part of the name."""
    assert parse_token("Jong-il").core == "Jong-il"


@pytest.mark.parametrize(("raw", "core"), [("O{}", "O"), ("{}O", "O"), ("O{0}x{0}", "O{}x"), ("{}", "")])
def test_many_signs_are_parted_in_time_that_grows_with_them(raw, core):
    """A pattern tried every place for the end of the word, which took minutes."""
    signs = "'" * 200_000
    assert parse_token(raw.format(signs)).core == core.format(signs)
