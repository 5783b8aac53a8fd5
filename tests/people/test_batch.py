"""Cables whose people are named together: each gives what it gives alone."""

from __future__ import annotations

from cablesearch.model.cable import Cable, Paragraph, Person
from cablesearch.people import name_batch, name_people


def cable(text: str, *people: Person) -> Cable:
    return Cable("08TEST1", paragraphs=(Paragraph("08TEST1#1", "1", None, None, None, text, people),))


def test_each_cable_gives_what_it_gives_alone():
    """Tagged ones too, in the order of the cables."""
    cables = [
        cable("Foreign Minister Pavel Novotny told us that Novotny would resign."),
        cable("Mr. Dobrev left.", Person("Dobrev", "Irina Dobrev")),
        cable("Nobody is named here."),
        cable("FOREIGN MINISTER PAVEL NOVOTNY TOLD THE AMBASSADOR THAT THE MINISTRY AGREED."),
        Cable("08TEST2"),
    ]
    named = name_batch(cables)
    assert named == [name_people(cable) for cable in cables]
    assert [[person.full_name for p in cable.paragraphs for person in p.people] for cable in named] == [
        ["Pavel Novotny"],
        ["Irina Dobrev"],
        [],
        ["PAVEL NOVOTNY"],
        [],
    ]


def test_no_cables():
    assert name_batch([]) == []
