"""The people whom TAGS name."""

from datetime import date

import pytest

from cablesearch.model.cable import Cable, Paragraph
from cablesearch.people.recognise import recognise
from cablesearch.people.tagged import names_in_tags


@pytest.mark.parametrize(
    ("tags", "names"),
    [
        (["OVIP (VANCE, CYRUS R.)", "IS"], ["Cyrus R. Vance"]),
        (["OVIP (ORLAN, ADA; QUELL, BO)"], ["Ada Orlan", "Bo Quell"]),
        (["OVIP (MacOrlan, Ada)"], ["Ada MacOrlan"]),
        (["OVIP (ORLAN)", "PGOV", "OVIP ()", "OVIP (ORLAN,"], []),
    ],
)
def test_names_in_tags(tags, names):
    assert [*names_in_tags(tags)] == names


@pytest.mark.parametrize(
    ("tags", "full_name"),
    [(("OVIP (ORLAN, ADA)",), "Ada Orlan"), (("OVIP (QUELL, BO)",), "Orlan"), ((), "Orlan")],
)
def test_a_surname_in_the_text_is_the_one_that_the_tags_name(tags, full_name):
    text = "The Minister met Secretary Orlan on Tuesday."
    paragraph = Paragraph("77TEZGARA1#1", "1", None, None, None, text)
    cable = Cable("77TEZGARA1", date(1977, 1, 8), tags=tags, paragraphs=(paragraph,))
    [person] = recognise(cable).paragraphs[0].people
    assert (person.name, person.full_name) == ("Orlan", full_name)
