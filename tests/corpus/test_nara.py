"""The National Archives' telegram."""

from datetime import date

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


def test_attributes_without_a_text_are_reported(reading):
    [failure] = reading("x.txt", "Message Text\n" + ATTRIBUTES)
    assert failure.reason == "a telegram's attributes without its text"
