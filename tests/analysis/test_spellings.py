"""Words written in one piece, in several, or with other signs."""

from __future__ import annotations

import pytest

from cablesearch.analysis.spellings import joined, other_forms
from cablesearch.analysis.words import stems, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a counter-terrorism unit, Counter‑Terrorism", ["counterterror", "counterterror"]),
        ("Shi'a and Shi’ite, the Shi'a's", ["shia", "shiit", "shia"]),
        ("al-Qa'ida", ["al", "qaida", "alqaida"]),
        ("the U. S. military, K. G. B.", ["us", "kgb"]),
        ("F-16s", ["f16s"]),
        ("1999-2001, 12-3", []),
        ("the Shi’a’s, the Saigon’s-based", ["shia", "saigon", "base", "saigonsbas"]),
        ("Nazarbayev's visit -- here - 'quoted' a- -b", []),
        ("a-b-c-d-e-f-g", []),
        ("''a-be' '", ["abe"]),
        ("NATO. A visit", []),
        ("", []),
    ],
)
def test_words_in_several_parts_are_joined(text: str, found: list[str]) -> None:
    assert list(joined(text)) == found


@pytest.mark.parametrize(
    ("written", "forms"),
    [
        ("counter-terrorism", [("counterterror",)]),
        ("reform", []),
        ("Shi'a", [("shia",)]),
        ("al-Qa'ida", [("al", "qaida"), ("alqaida",)]),
        ("F-16", [("f16",), ("f16s",), ("f", "16s")]),
        ("F16", [("f", "16"), ("f16s",), ("f", "16s")]),
        ("T-72s", [("t72",), ("t", "72"), ("t72s",)]),
        ("S-300", [("s300",), ("s300s",), ("s", "300s")]),
        ("3,500,000", [("3500000",)]),
        ("3500000", [("3", "500", "000")]),
        ("1500", [("1", "500")]),
        ("35,00", []),
        ("12:30", []),
        ("a-b-c-d-e", []),
    ],
)
def test_other_ways_to_write_a_word(written: str, forms: list[tuple[str, ...]]) -> None:
    assert other_forms(written) == forms


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("كِتَاب", ["كتاب"]),
        ("كتـــاب", ["كتاب"]),
        ("Ce\u0301line E\u0301lyse\u0301e", ["celine", "elysee"]),
        ("«Москва»", ["москва"]),
        ("\u0301 a", ["a"]),
    ],
)
def test_marks_and_lengthenings_are_no_part_of_a_word(text: str, found: list[str]) -> None:
    assert words(text) == found
    assert len(stems(text)) == len(found)
