"""The National Archives' telegram."""

from datetime import date

import pytest

BARE = """CONFIDENTIAL
PAGE 01        PORT V  02069  041125Z
ACTION NEA-10
------------------041201Z 060566 /61
R 040930Z MAR 75
FM AMEMBASSY PORT VERITY
TO SECSTATE WASHDC 6411
C O N F I D E N T I A L PORT VERITY 2069
SUBJECT: HERRING
1. THE QUOTA FALLS.
CONFIDENTIAL
PAGE 02        PORT V  02069  041125Z
2. THE CATCH FALLS.
"""
ATTRIBUTES = """
Message Attributes
Current Classification: UNCLASSIFIED
Concepts: FISHERIES, QUOTAS,
 HERRING
Decaption Date: 01 JAN 1960
Document Number: 1975PORTVE02069
Draft Date: 04 MAR 1975
From: PORT VERITY
Markings:
 T. Clerk
 Declassified/Released
 US Department of State
 EO Systematic Review
 05 JUL 2006
Original Classification: CONFIDENTIAL
Original Handling Restrictions: EXDIS
Page Count: '2'
Reference: 75 STATE 31201, 75 SALTMERE 12
Review Release Date: n/a
Subject: HERRING AND
 COD
TAGS: EFIS, QV, (REED, THOMAS), OVIP (VANCE, CYRUS)
To: STATE
"""


def test_the_attributes_give_the_facts(reading):
    [record] = reading("x.txt", "Message Text\n\n" + BARE + ATTRIBUTES)
    assert record.message.split() == BARE.split()
    assert (record.id, record.classification) == ("75PORTVE2069", "CONFIDENTIAL//EXDIS")
    assert (record.subject, record.released) == ("HERRING AND COD", date(2006, 7, 5))
    assert record.tags == ("EFIS", "QV", "(REED, THOMAS)", "OVIP (VANCE, CYRUS)")
    assert record.references == ("75STATE31201", "75SALTMERE12")


def test_facts_in_the_telegram_itself_go_before_its_attributes(reading):
    [record] = reading("x.txt", "Message Text\n" + BARE + ATTRIBUTES)
    assert (record.created, record.origin) == (None, None)
    [record] = reading("x.txt", "Message Text\n1. THE QUOTA FALLS.\n" + ATTRIBUTES)
    assert (record.created, record.origin) == (date(1975, 3, 4), "PORT VERITY")


def test_placeholder_values_are_unknown(reading):
    attributes = (
        ATTRIBUTES.replace("04 MAR 1975", "01 JAN 1960").replace("EXDIS", "n/a").replace("1975PORTVE", "n/a")
    )
    [record] = reading("x.txt", "Message Text\n1. FISH.\n" + attributes)
    assert (record.id, record.created, record.classification) == (None, None, "CONFIDENTIAL")


def test_a_telegram_without_attributes_is_its_text(reading):
    [record] = reading("1975PORTVERITY02069.txt", BARE)
    assert (record.id, record.message) == ("75PORTVERITY2069", BARE)


def test_telegrams_may_follow_each_other(reading):
    both = reading(
        "x.txt", "".join(f"Message Text\n{BARE}{ATTRIBUTES.replace('2069', n)}" for n in ("2069", "2070"))
    )
    assert [(r.id, r.message.split() == BARE.split()) for r in both] == [
        ("75PORTVE2069", True),
        ("75PORTVE2070", True),
    ]


def test_telegrams_without_headings_are_split_at_a_first_page_with_another_number(reading):
    both = reading("x.txt", BARE + BARE + BARE.replace("2069", "2070"))
    assert [r.message for r in both] == [BARE + BARE, BARE.replace("2069", "2070")]


def test_stamps_are_removed(reading):
    stamped = (
        BARE + "T. Clerk Declassified/Released US Department of State EO Systematic Review 05 JUL 2006\n"
    )
    [record] = reading("x.txt", "Message Text\n" + stamped + "<< END OF DOCUMENT >>\n" + ATTRIBUTES)
    assert record.message.split() == BARE.split()


@pytest.mark.parametrize(
    "text", ["", "Message Text\n", "Message Text\n\n n/a \n", "Message Text\nTEXT NOT AVAILABLE ON TAPE\n"]
)
def test_a_telegram_without_a_text_is_an_entry_that_says_so(reading, text):
    [record] = reading("x.txt", text + ATTRIBUTES + "Locator: TEXT ON MICROFILM\n")
    assert (record.without_text, record.message, record.paragraphs) == ("TEXT ON MICROFILM", "", ())
    assert (record.id, record.created, record.origin) == ("75PORTVE2069", date(1975, 3, 4), "PORT VERITY")
    assert (record.subject, record.classification) == ("HERRING AND COD", "CONFIDENTIAL//EXDIS")
    assert record.concepts == ("FISHERIES", "QUOTAS", "HERRING")


def test_telegrams_without_a_text_may_stand_among_others(reading):
    sheets = [ATTRIBUTES.replace("2069", n) for n in ("2069", "2070", "2071")]
    found = reading("x.txt", f"{sheets[0]}Message Text\n{BARE}{sheets[1]}{sheets[2]}")
    assert [(r.id, r.without_text) for r in found] == [
        ("75PORTVE2069", "no text"),
        ("75PORTVE2070", None),
        ("75PORTVE2071", "no text"),
    ]


def test_attributes_that_say_nothing_are_reported(reading):
    [failure] = reading("x.txt", "Message Text\n\nMessage Attributes\nCopy: SINGLE\n")
    assert failure.reason == "a telegram's attributes without its text"


def test_values_may_stand_below_their_keys(reading):
    below = ATTRIBUTES.replace(": ", ":\n")
    assert reading("x.txt", "Message Text\n" + BARE + below) == reading(
        "x.txt", "Message Text\n" + BARE + ATTRIBUTES
    )


@pytest.mark.parametrize(
    ("dtg", "created"),
    [
        ("R 040930Z MAR 75", None),
        ("O P 040930Z MAR 75", None),
        ("R 040930Z MAR 74R", date(1975, 3, 4)),
        ("R 040930Z MAR 47", date(1975, 3, 4)),  # no telegram lay for 28 years
        ("R 310930Z APR 75", date(1975, 3, 4)),
        ("R 042930Z MAR 75", date(1975, 3, 4)),
    ],
)
def test_a_garbled_time_gives_way_to_the_day_of_drafting(reading, dtg, created):
    [record] = reading("x.txt", BARE.replace("R 040930Z MAR 75", dtg) + ATTRIBUTES)
    assert record.created == created


def test_a_time_within_the_text_is_not_that_of_the_telegram(reading):
    quoting = BARE.replace("R 040930Z MAR 75", "R 04O93OZ MAR 75") + "R 040930Z MAR 75\n"
    [record] = reading("x.txt", quoting + ATTRIBUTES.replace("Draft", "Sent"))
    assert record.created == date(1975, 3, 4)


@pytest.mark.parametrize(
    ("garbled", "field", "value"),
    [
        ("Document Number: 1975PORTVE0206", "id", None),
        ("Original Classification: CONFID NTIAL", "classification", None),
        ("TAGS: PINT: PGOV, EAID BL, ANDEAN PACT", "tags", ("PINT", "PGOV", "EAID", "BL", "ANDEAN PACT")),
        (
            "Reference: (A) STATE A-1520: (B) 75 STATE 23: (, C) LA PAZ 1108",
            "references",
            ("75STATE23", "LA PAZ 1108"),
        ),
        ("Subject: THE KING\\'S FISH", "subject", "THE KING'S FISH"),
    ],
)
def test_garbled_attributes_are_mended_or_left_to_the_telegram(reading, garbled, field, value):
    key = garbled.partition(":")[0]
    sheet = "\n".join(garbled if line.startswith(f"{key}:") else line for line in ATTRIBUTES.split("\n"))
    [record] = reading("x.txt", BARE + sheet.replace("\n COD", ""))
    assert getattr(record, field) == value


def test_a_page_line_that_is_broken_is_joined(reading):
    broken = BARE.replace("PAGE 02        PORT", "PAGE 02\n\nPORT")
    [record] = reading("x.txt", "Message Text\n" + broken)
    assert "PAGE 02  PORT V  02069  041125Z" in record.message


def test_a_sentence_goes_on_over_the_end_of_a_page(reading):
    words = ("Anna Clerk", "Declassified/Released", "US Department of State", "EO Systematic Review")
    stamp = "\n\t".join((*words, "05 JUL 2006\n"))
    pages = BARE.replace("THE CATCH", f"THE\n\n{stamp}\n\f{stamp}\nCATCH")
    [record] = reading("x.txt", "\fMessage Text\n" + pages + ATTRIBUTES)
    assert "2. THE\nCATCH FALLS." in record.message
