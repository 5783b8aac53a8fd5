"""A cable in a plain text file."""

from datetime import date, datetime

import pytest

from cablesearch.corpus import Failure
from cablesearch.corpus.source import SNIFF_BYTES

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


def test_the_date_may_be_as_ruby_prints_it(reading):
    [record] = reading("x.txt", FIVE.replace("2007-01-08 12:31", "Mon Jan 08 00:00:00 +0100 2007") + "x\n")
    assert record.created == date(2007, 1, 8)


@pytest.mark.parametrize("level", ["C O N F I D E N T I A L", "CONFIDENTIAL", "UNCLAS"])
def test_a_header_that_runs_into_the_message_is_divided_from_it(reading, level):
    header = "P 081231Z JAN 07\nFM AMEMBASSY PORT VERITY\nTO RUEHC/SECSTATE WASHDC"
    message = f"{level} SECTION 01 OF 02 PORT VERITY 000048\n\n1. (C) The quota.\n"
    [record] = reading("x.txt", FIVE + header + message)
    assert record.message == f"{header}\n{message}"


def test_stamps_are_removed_and_their_date_is_that_of_the_release(reading):
    stamp = "UNCLASSIFIED U.S. Department of State Case No. F-2014-20439 Doc No. C05760445 Date: 06/30/2015\n"
    [record] = reading("x.txt", f"{stamp}TAGS: EFIS\n1. (C) The\n{stamp}\f{stamp}quota.\n")
    assert (record.message, record.released) == ("TAGS: EFIS\n1. (C) The\nquota.", date(2015, 6, 30))


@pytest.mark.parametrize("id", ["08ECTION01OF02MANAMA492", "09EFTOKELVO34"])
def test_a_malformed_id_is_kept(reading, id):
    text = (
        f"{id}\nSALT\n2009-03-05 12:31\nSECRET\nEmbassy Kelvo\n\nS E C R E T KELVO 000034\n\n1. (S) Salt.\n"
    )
    [record] = reading("a.txt", text)
    assert (record.id, record.subject) == (id, "SALT")


@pytest.mark.parametrize("length", [SNIFF_BYTES - 1, SNIFF_BYTES, SNIFF_BYTES + 1, 3 * SNIFF_BYTES])
def test_a_text_longer_than_what_tells_its_format_is_read_whole(reading, length):
    text = ("1. (C) The quota.\n" * length)[:length]
    [record] = reading("x.txt", text)
    assert record.message == text
