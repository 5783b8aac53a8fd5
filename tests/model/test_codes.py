"""Meanings of codes."""

from datetime import date, datetime

import pytest

from cablesearch.model.cable import Cable
from cablesearch.model.classification import marking_in_words
from cablesearch.model.codes import reasons, tag


@pytest.mark.parametrize(
    ("reason", "created", "says"),
    [
        ("1.4 (b)", datetime(2007, 1, 8, 12, 31), "what a foreign government said or gave"),
        ("1.5 (g)", date(1998, 5, 1), "strengths or weaknesses of systems, installations, projects or plans"),
        ("1.4 (h)", date(2007, 1, 8), "weapons of mass destruction"),
        ("1.4 (h)", date(2011, 1, 8), "developing, making or using weapons of mass destruction"),
        ("1.4 (d)", None, "foreign relations or activities, confidential sources among them"),
        ("1.5 (h)", date(1998, 5, 1), None),
        ("1.4 (z)", date(2007, 1, 8), None),
        ("OADR", date(1985, 1, 8), None),
    ],
)
def test_a_reason_has_the_meaning_of_the_order_in_force(reason, created, says):
    assert reasons(Cable("07TEZGARA5", created=created, reasons=(reason,))) == [(reason, says)]


@pytest.mark.parametrize(
    ("printed", "meaning"),
    [
        ("PGOV", "domestic politics and government"),
        ("OVIP (QUELL, IVO)", "visits of prominent people"),
        ("KZ", None),
    ],
)
def test_a_tag_is_looked_up_by_its_code(printed, meaning):
    assert tag(printed) == meaning


@pytest.mark.parametrize(
    ("marking", "words"),
    [
        ("C", "CONFIDENTIAL"),
        ("U", "UNCLASSIFIED"),
        ("S/NF", "SECRET, NOFORN"),
        ("S//NF", "SECRET, NOFORN"),
        ("SBU", "SENSITIVE BUT UNCLASSIFIED"),
        ("U/FOUO", "UNCLASSIFIED, FOR OFFICIAL USE ONLY"),
        ("TS//SI//OC", "TOP SECRET, SI, ORCON"),
        ("C//REL ISAF", "CONFIDENTIAL, REL ISAF"),
        ("LOU", "LIMITED OFFICIAL USE"),
        ("", ""),
    ],
)
def test_a_marking_is_said_in_words(marking: str, words: str) -> None:
    assert marking_in_words(marking) == words
