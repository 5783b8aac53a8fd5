"""What tags are found by."""

import pytest

from cablesearch.model.cable import Cable, Paragraph
from cablesearch.query.fields import BY_NAME

PARAGRAPH = Paragraph("07KELVO1#1", "1", None, None, None, "")


@pytest.mark.parametrize(
    ("tags", "values"),
    [
        (("PGOV", "KZ"), ["PGOV", "KZ"]),
        (
            ("OVIP (CLINTON, HILLARY)", "PREL"),
            ["OVIP", "OVIP (CLINTON, HILLARY)", "CLINTON, HILLARY", "PREL"],
        ),
        (("OVIP", "RICE CONDOLEEZZA"), ["OVIP", "RICE CONDOLEEZZA"]),
        (("OVIP", "CLINTON", "HILLARY", "PREL"), ["OVIP", "CLINTON", "CLINTON HILLARY", "HILLARY", "PREL"]),
        (("MOPPS", "POGOV", "GTMO"), ["MOPPS", "MOPS", "POGOV", "PGOV", "GTMO"]),
        (("HUMAN RIGHTS",), ["HUMAN RIGHTS"]),
        ((), []),
    ],
)
def test_a_tag_is_found_by_its_code_its_person_and_what_it_is_a_misprint_of(tags, values):
    assert list(BY_NAME["tag"].values(Cable("07KELVO1", tags=tags), PARAGRAPH)) == values
