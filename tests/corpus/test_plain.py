"""A cable in a plain text file."""

from datetime import datetime

import pytest

from cablesearch.corpus import Failure

FIVE = "07PORTVERITY48\nHERRING\n2007-01-08 12:31\nCONFIDENTIAL//NOFORN\nEmbassy Port Verity\n"


@pytest.mark.parametrize("five", [FIVE, "\n" + FIVE, FIVE.replace("HERRING", "Subject: HERRING")])
def test_five_lines_before_the_message_give_its_facts(reading, five):
    [record] = reading("x.txt", five + "\n1. (C) The quota.\n")
    assert (record.id, record.subject, record.origin) == ("07PORTVERITY48", "HERRING", "Embassy Port Verity")
    assert (record.created, record.classification) == (datetime(2007, 1, 8, 12, 31), "CONFIDENTIAL//NOFORN")
    assert record.message == "\n1. (C) The quota.\n"


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("07PORTVERITY48.txt", "07PORTVERITY48"),
        ("07 Port Verity 00048.txt", "07PORTVERITY48"),
        ("x.txt", None),
    ],
)
def test_a_message_alone_takes_its_id_from_the_file_name(reading, name, id):
    [record] = reading(name, "SUBJECT: HERRING\n\n1. (C) The quota.\n")
    assert (record.id, record.message) == (id, "SUBJECT: HERRING\n\n1. (C) The quota.\n")


def test_five_lines_without_facts_belong_to_the_message(reading):
    text = "PORT VERITY\nHERRING\nnever\nCONFIDENTIAL\nx\ny"
    [record] = reading("x.txt", text)
    assert record.message == text


@pytest.mark.parametrize(("name", "cable"), [("cable.tel", True), ("cable", True), ("cable.md", False)])
def test_a_text_with_another_suffix_is_recognised_by_its_lines(reading, name, cable):
    [found] = reading(name, "E.O. 12958: DECL: 01/08/2017\nTAGS: EFIS\n\n1. (C) The quota.\n")
    assert isinstance(found, Failure) != cable


def test_a_text_without_lines_of_a_cable_is_reported(reading):
    [failure] = reading("notes", "milk, eggs")
    assert failure.reason == "not a format that is read"
