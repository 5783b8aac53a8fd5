"""Abbreviations that a cable explains."""

import pytest

from cablesearch.analysis.abbreviations import MAX_ABBREVIATIONS, find_abbreviations, other_forms


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("of the National Front (FNLA) and", {"FNLA": "National Front"}),  # Frente Nacional
        ("Under the Harbour Safety Programme (HSP)", {"HSP": "Harbour Safety Programme"}),
        (
            "the Office for Salt and Cooperation in Ostrel (OSCO)",
            {"OSCO": "Office for Salt and Cooperation in Ostrel"},
        ),
        ('the Herring Review Council ("HRC"), and', {"HRC": "Herring Review Council"}),
        ("THE UNITED FISHERMEN'S PARTY (UFP) SAID", {"UFP": "UNITED FISHERMEN'S PARTY"}),
        ("End summary. National Front (NF)", {"NF": "National Front"}),
        ("the National Front (NF); a New Fund (NF)", {"NF": "National Front"}),
        ("Minister Underhay (SBU)", {}),
        ("the Front (F) and the Fund (FU)", {}),
        ("a word (ABC) and another", {}),
        ("", {}),
    ],
)
def test_what_stands_before_the_parentheses_is_meant(text, known):
    assert find_abbreviations([text]) == known


def test_no_more_are_kept_than_a_cable_can_need():
    letters = "ABCDEFGHIJ"
    texts = [f"{a}ba {b}ba {c}ba ({a}{b}{c})" for a in letters for b in letters for c in letters]
    assert len(find_abbreviations(texts)) == MAX_ABBREVIATIONS


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("FNLA troops", ["National Front"]),
        ("the National Front", ["FNLA"]),
        ("the National Front (FNLA)", []),
        ("XFNLA, fnla", []),
    ],
)
def test_a_text_may_have_either_form(text, forms):
    assert other_forms(text, {"FNLA": "National Front"}) == forms
