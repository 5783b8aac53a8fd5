"""Which titles and given names are a man's or a woman's."""

import pytest

from cablesearch.people.lexicon import DATA
from cablesearch.people.sexes import Sex, sex_of_name, sex_of_title, title_of_wife


@pytest.mark.parametrize(
    ("title", "sex", "wife"),
    [
        ("Mrs.", Sex.WOMAN, "Mrs."),
        ("(MRS.", Sex.WOMAN, "Mrs."),
        ("Mme", Sex.WOMAN, "Madame"),
        ("Miss", Sex.WOMAN, None),  # has the surname of her own
        ("Begum", Sex.WOMAN, None),
        ("Foreign Minister Mr.", Sex.MAN, None),
        ("Sir", Sex.MAN, None),
        ("Prime Minister", None, None),
        ("", None, None),
    ],
)
def test_titles_of_men_and_women(title, sex, wife):
    assert (sex_of_title(title), title_of_wife(title)) == (sex, wife)


@pytest.mark.parametrize(
    ("name", "sex"),
    [
        ("Marta Orlan", Sex.WOMAN),
        ("J. MARTA ORLAN", Sex.WOMAN),
        ("Madame Orlan", Sex.WOMAN),
        ("Jorge Orlan", Sex.MAN),
        ("W. Averell Orlan", Sex.MAN),  # as of W. Averell Harriman, who was in office
        ("Robin Orlan", None),  # may be either
        ("Qworg Orlan", None),
        ("J. Orlan", None),
        ("Marta", None),  # a surname, for all we know
        ("Park Chung Hee", Sex.MAN),  # led a country
        ("Park Orl-an", None),  # the surname comes first
    ],
)
def test_full_names_of_men_and_women(name, sex):
    assert sex_of_name(name) is sex


def test_each_name_is_listed_once():
    lines = (DATA / "womens_names.txt").read_text("ascii").splitlines()
    names = " ".join(line for line in lines if line[:1] not in ("#", "[")).split()
    assert len(names) == len(set(names)) > 400
    assert [name for name in names if name != name.lower()] == []
