"""Keys of editions that are somebody else's: where a row of the table holds."""

import re

import pytest

from benchmarks.people.wrong_keys import ANYWHERE, NOBODY, WRONG_KEYS, WrongKeys, load_wrong_keys
from cablesearch.model.tables import read_table


@pytest.fixture
def wrong_keys():
    return WrongKeys(
        [
            ["frus1", "d1", "p_A", "Mrs. [Aliyev]", "Mrs. Aliyev", "wife"],
            ["frus1", "d1", "p_A", "[Aliyev] Round", "p_B", "namesake"],
            ["frus1", "*", "p_A", "Ambassador [Aliyev]", "p_C", "namesake"],
            ["frus1", "d2", "p_A", "[Aliyev]", "p_D", "namesake"],
            ["frus1", "d3", "p_A", "*", "-", "verb"],
        ]
    )


@pytest.mark.parametrize(
    ("document", "name", "before", "after", "meant"),
    [
        ("d1", "Aliyev", "I saw Mrs. ", " there", "Mrs. Aliyev"),
        ("d1", "Aliyev", "I saw Mrs.\n", " there", "Mrs. Aliyev"),
        ("d1", "Aliyev", "the ", " Round of talks", "p_B"),
        ("d1", "Aliyev", "I saw ", " there", "p_A"),
        ("d9", "Aliyev", "I saw Mrs. ", " there", "p_A"),
        ("d9", "Aliyev", "told Ambassador ", "", "p_C"),
        ("d9", "Karim Aliyev", "told Ambassador ", "", "p_A"),
        ("d2", "Aliyev", "told Ambassador ", "", "p_D"),  # the document's row comes first
        ("d3", "whatever", "", "", None),
    ],
)
def test_the_words_around_a_tag_say_whether_its_key_is_wrong(
    wrong_keys, document, name, before, after, meant
):
    assert wrong_keys.meant(f"frus1/{document}", "p_A", name, before, after) == meant


def test_another_volume_or_key_is_not_meant(wrong_keys):
    assert wrong_keys.meant("frus2/d2", "p_A", "Aliyev", "", "") == "p_A"
    assert wrong_keys.meant("frus1/d2", "p_X", "Aliyev", "", "") == "p_X"


def test_rows_that_no_tag_fits_are_told(wrong_keys):
    wrong_keys.meant("frus1/d2", "p_A", "Aliyev", "", "")
    wrong_keys.meant("frus1/d9", "p_A", "Aliyev", "Ambassador ", "")
    assert [place[1] for place, _ in wrong_keys.unused()] == ["d1", "d1", "d3"]


@pytest.mark.parametrize("words", ["Mrs. Aliyev", "Mrs. []", "[Aliyev] and [Balan]"])
def test_a_row_without_one_tag_is_refused(words):
    with pytest.raises(ValueError, match="no tag in brackets"):
        WrongKeys([["frus1", "d1", "p_A", words, "p_B", "namesake"]])


def test_the_table_is_well_formed():
    load_wrong_keys()
    rows = read_table(WRONG_KEYS, columns=6)
    assert len(rows) > 200
    assert len({tuple(row[:4]) for row in rows}) == len(rows)
    for volume, document, key, _, meant, why in rows:
        assert re.fullmatch(r"frus\d{4}[\w-]+", volume)
        assert document == ANYWHERE or re.fullmatch(r"d\d+", document)
        assert meant not in ("", key)
        assert why
        assert (meant == NOBODY) == (why in ("verb", "noun", "place", "firm"))
