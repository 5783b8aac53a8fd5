"""Protected names, taken out."""

from __future__ import annotations

import pytest

from cablesearch.model.cable import Cable, Paragraph, Person
from cablesearch.parse import parse_cable
from cablesearch.people import name_people
from cablesearch.people.redaction import MARK, redacted

WELL = Person("Anna Well", "Anna Well", True)


def cable(text, *people, **facts):
    heading = facts.pop("heading", None)
    first = Paragraph("07X1#1", "1", None, heading, None, text, people or (WELL,))
    return Cable("07X1", paragraphs=(first,), **facts)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Anna Well (strictly protect) said so.", "[protected] (strictly protect) said so."),
        ("Well's friends saw Well.", "[protected]'s friends saw [protected]."),
        ("All is well with ANNA WELL, and with WELL.", "All is well with [protected], and with [protected]."),
        ("Anna\nWell left.", "[protected] left."),
        ("Wellington and Annabel stayed.", "Wellington and Annabel stayed."),
        ("Bo Well is another.", "Bo Well is another."),
    ],
)
def test_a_protected_name_is_taken_out_in_every_form(text, left):
    other = Person("Bo Well", "Bo Well")
    assert redacted(cable(text, WELL, other)).paragraphs[0].text == left


def test_it_is_taken_out_wherever_it_stands():
    given = cable(
        "Quiet.", WELL, subject="MEETING WITH ANNA WELL", heading="Well speaks", tags=("OVIP (WELL, ANNA)",)
    )
    found = redacted(given)
    assert found.subject == f"MEETING WITH {MARK}"
    assert found.paragraphs[0].heading == f"{MARK} speaks"
    assert found.tags == (f"OVIP ({MARK}, ANNA)",)
    assert found.paragraphs[0].people == (Person(MARK, MARK, True),)


def test_forms_that_the_cable_ties_to_the_person_go_too():
    found = redacted(cable("AW spoke. Anna Well left.", WELL, Person("AW", "Anna Well")))
    assert found.paragraphs[0].text == "[protected] spoke. [protected] left."
    assert {person.name for person in found.paragraphs[0].people} == {MARK}


def test_a_cable_without_protected_names_is_given_as_it_is():
    given = cable("Bo Orlan spoke.", Person("Bo Orlan", "Bo Orlan"))
    assert redacted(given) is given


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Harbor Minister Ivo Quell (strictly protect) told us that Quell would resign.", "Ivo Quell"),
        ("Qorm Zzyx (protect) came.", "Qorm Zzyx"),
        ("The Minister (protect) came.", None),
        ("He said so (protect).", None),
    ],
)
def test_a_name_that_is_to_be_protected_need_not_be_known(text, name):
    found = name_people(parse_cable(f"1. (C) {text}", id="07X1")).paragraphs[0].people
    assert [(person.full_name, person.protected) for person in found] == ([(name, True)] if name else [])
