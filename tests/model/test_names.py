"""How full names are."""

import pytest

from cablesearch.model.names import fullness, is_patronymic


@pytest.mark.parametrize(
    "names",
    [
        ["Karim Qajymqanuly Masimov", "Karim K. Masimov", "Karim Masimov", "K. Masimov", "Masimov", "K."],
        ["C. D. Jackson", "Charles Jackson"],
        ["Vladimir Putin", "Vladimir Vladimirovich", "Putin"],
        ["Al Nahyan", "A Nahyan"],
    ],
)
def test_more_words_are_fuller_and_initials_count_less(names):
    assert sorted(names, key=fullness, reverse=True) == names


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Vladimir Vladimirovich", True),
        ("IRINA PETROVNA", True),
        ("Petrovich", False),
        ("Irina Petrova", False),
    ],
)
def test_a_given_name_and_patronymic_lack_the_surname(name, expected):
    assert is_patronymic(name) is expected
