"""Transmission headers."""

from datetime import datetime

import pytest

from cablesearch.parse import transmission

HEADER = """VZCZCXRO7008
OO RUEHBC RUEHDE
DE RUEHXX #2069/01 0891339
ZNY SSSSS ZZH
O 301339Z MAR 06
FM AMEMBASSY PORT VERITY
TO RUEHC/SECSTATE WASHDC IMMEDIATE 5793
INFO RUCNMEM/EU MEMBER STATES  PRIORITY
RUEHAS/AMEMBASSY SALTMERE PRIORITY 0705"""


def test_a_header_gives_precedence_time_sender_and_addressees():
    assert transmission.parse_transmission(HEADER) == transmission.Transmission(
        precedence="IMMEDIATE",
        dtg="301339Z MAR 06",
        sent=datetime(2006, 3, 30, 13, 39),
        sender="AMEMBASSY PORT VERITY",
        to=("SECSTATE WASHDC",),
        info=("EU MEMBER STATES", "AMEMBASSY SALTMERE"),
    )


@pytest.mark.parametrize(
    ("line", "precedence", "sent"),
    [
        ("P 081231Z JAN 07", "PRIORITY", datetime(2007, 1, 8, 12, 31)),
        ("P R 281848Z DEC 66", "PRIORITY", datetime(1966, 12, 28, 18, 48)),
        ("Z O 010000Z MAR 1979", "FLASH", datetime(1979, 3, 1)),
        ("R 021444Z OCT 09 ZDK CTG", "ROUTINE", datetime(2009, 10, 2, 14, 44)),
        ("O 091547Z OCT 09 (CCY ADC1AECC)", "IMMEDIATE", datetime(2009, 10, 9, 15, 47)),
        ("R 081231Z JAN 54", "ROUTINE", datetime(1954, 1, 8, 12, 31)),
        ("P 311261Z FEB 07", "PRIORITY", None),
    ],
)
def test_a_date_time_group_gives_precedence_and_time(line, precedence, sent):
    read = transmission.parse_transmission(line)
    assert (read.precedence, read.sent) == (precedence, sent)


def test_a_telegram_of_the_seventies_is_split_from_its_distribution_lines():
    text = """LIMITED OFFICIAL USE
PAGE 01 STATE 017976
ORIGIN SS-15
INFO OCT-01 AS-01 /033 R
DRAFTED BY S/S-S:JDOE
APPROVED BY S/S-S:ROE
------------------270429Z 060566 /61
P 262340Z JAN 77
FM SECSTATE WASHDC
TO AMEMBASSY PORT VERITY PRIORITY
AMEMBASSY SALTMERE PRIORITY
LIMITED OFFICIAL USE STATE 017976
E.O. 11652: N/A
1. POST WILL BE EXPECTED TO PROVIDE COVERAGE."""
    header, message = transmission.split_transmission(text)
    assert message.startswith("LIMITED OFFICIAL USE STATE 017976")
    read = transmission.parse_transmission(header)
    assert read.to == ("AMEMBASSY PORT VERITY", "AMEMBASSY SALTMERE")
    assert read.info == ()
    assert read.sent == datetime(1977, 1, 26, 23, 40)


def test_a_message_without_a_header_is_left_whole():
    text = "C O N F I D E N T I A L SALTMERE 000048\nSUBJECT: FISH\n\n1. (C) The FM came from Saltmere."
    assert transmission.split_transmission(text) == ("", text)


@pytest.mark.parametrize(
    ("sender", "origin"),
    [
        ("AMEMBASSY ABU DHABI", "Embassy Abu Dhabi"),
        ("AMCONSUL HAMBURG", "Consulate Hamburg"),
        ("SECSTATE WASHDC", "Secretary of State"),
        ("USMISSION USNATO", "Mission USNATO"),
        ("RPO DUBAI", "Iran RPO Dubai"),
        (None, None),
    ],
)
def test_the_origin_is_the_post_as_the_archive_publishes_it(sender, origin):
    assert transmission.published_origin(sender) == origin


@pytest.mark.parametrize(
    ("addressee", "post"),
    [
        ("AMEMBASSY PORT LOUIS", "Embassy Port Louis"),
        ("SECSTATE WASHDC", "Secretary of State"),
        ("USINT HAVANA", "US Interests Section Havana"),
        ("CIA WASHINGTON DC", None),
        ("ALL NATO POST COLLECTIVE", None),
        ("AMEMBASSY", None),
        ("", None),
    ],
)
def test_an_addressee_is_a_post_or_the_department(addressee, post):
    assert transmission.post_in_words(addressee) == post


MESSAGE = """C O N F I D E N T I A L PORT VERITY 000048
SUBJECT: FISH
"""
PROSE = [
    "FM de Vries on December 3, would maintain",
    "FM ON THE WAY OUT?",
    "TO THE FAILED COUP--WHICH SHE HAS CRITICIZED--AS A",
    "INFO from the port says otherwise",
    "TO LEAVE OR NOT TO LEAVE",
    "FM AMEMBASSY OFFICERS SAID",
]


@pytest.mark.parametrize("line", PROSE)
@pytest.mark.parametrize("header", [HEADER, ""])
def test_prose_that_begins_like_an_address_is_no_header(line, header):
    message = f"{MESSAGE}1. (C) The minister said that\n{line}\nis true.\n"
    split, rest = transmission.split_transmission(f"{header}\n{message}" if header else message)
    assert (split, rest) == (header, message)


@pytest.mark.parametrize("line", PROSE[:5])
def test_prose_in_a_text_without_any_header_is_kept(line):
    text = f"The minister said that\n{line}\nis true.\nFM and PM agree."
    assert transmission.split_transmission(text) == ("", text)


@pytest.mark.parametrize(
    "message",
    [
        "SUBJECT: FISH\n1. ONE.",
        "1. (C) One.\nTO SALTMERE",
        "TAGS: EFIS\n\nFM Reed is ill.",
        "UNCLS PORT VERITY 48\nFISH.",
    ],
)
def test_a_header_ends_where_the_message_begins(message):
    header = HEADER.replace("PORT VERITY", "PORT VERITY")
    assert transmission.split_transmission(f"{header}\n{message}") == (header, message)


def test_an_embassy_in_the_hague_is_an_addressee():
    header = f"{HEADER}\nAMEMBASSY THE HAGUE\nRHEHWSR/THE WHITE HOUSE WASHDC"
    assert transmission.split_transmission(f"{header}\n{MESSAGE}") == (header, MESSAGE)


@pytest.mark.parametrize(
    "form", ["CXPORT:\n    ACTION: AMB\nCHARGE: PROG\nAPPROVED: AMB:TREED\n\n", "", "DRAFTED: POL:AMARLOW\n"]
)
def test_a_posts_form_may_stand_above_the_header(form):
    header = f"S E C R E T        PORT VERITY 00048\n{form}{HEADER}"
    assert transmission.split_transmission(f"{header}\n{MESSAGE}") == (header, MESSAGE)
