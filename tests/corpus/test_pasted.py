"""The page as copied from a browser."""

from datetime import datetime

import pytest

ABOVE = """WikiLeaks Link

Viewing cable 07PORTVERITY48, HERRING
Please mark messages with the hash tags #cablegate e.g. #07PORTVERITY48.
"""
ROW = """Reference ID Created Released Classification Origin
07PORTVERITY48 2007-01-08 12:31 2011-08-30 01:44 SECRET//NOFORN Embassy Port Verity
"""
BODY = """

P 081231Z JAN 07
S E C R E T PORT VERITY 000048
1. (S) The quota would likely &#
x000A;provoke R&amp;D.
"""
BELOW = """
Post a comment or leave a trackback: Trackback URL.

Leave a Reply
%d bloggers like this:
"""


def test_the_cable_is_between_the_sites_own_text(reading):
    [record] = reading("copy.txt", ABOVE + ROW + BODY + BELOW)
    assert record.message.strip() == (
        "P 081231Z JAN 07\nS E C R E T PORT VERITY 000048\n1. (S) The quota would likely \nprovoke R&D."
    )
    assert (record.id, record.header, record.subject) == ("07PORTVERITY48", "", "HERRING")
    assert (record.created, record.released) == (datetime(2007, 1, 8, 12, 31), datetime(2011, 8, 30, 1, 44))
    assert (record.classification, record.origin) == ("SECRET//NOFORN", "Embassy Port Verity")


@pytest.mark.parametrize(
    ("row", "origin"),
    [
        (ROW.replace(" ", "\t"), "Embassy\tPort\tVerity"),
        (ROW.replace(" S", "\nS").replace(" E", "\nE").replace(" 20", "\n20"), "Embassy Port Verity"),
        (ROW.replace("Embassy Port Verity", "USUN New York"), "USUN New York"),
        (ROW.replace(" Embassy Port Verity", "\nUNVIE"), "UNVIE"),
        (ROW.replace(" Embassy Port Verity", ""), None),
        (ROW.replace(" Embassy Port Verity", "\nP 081231Z JAN 07"), None),
    ],
)
def test_the_values_are_side_by_side_or_one_below_the_other(reading, row, origin):
    [record] = reading("copy.txt", row + BODY)
    assert (record.id, record.classification, record.origin) == ("07PORTVERITY48", "SECRET//NOFORN", origin)
    assert record.created == datetime(2007, 1, 8, 12, 31)


def test_two_cables_in_one_file_are_two(reading):
    second = (ABOVE + ROW + BODY).replace("VERITY48", "VERITY49").replace("quota", "catch")
    first, other = reading("copy.txt", ABOVE + ROW + BODY + BELOW + second + BELOW)
    assert (first.id, other.id) == ("07PORTVERITY48", "07PORTVERITY49")
    assert "catch" not in first.message
    assert "bloggers" not in first.message + other.message
    assert first.source.endswith("copy.txt#1")


def test_a_table_without_a_cable_is_reported(reading):
    [failure] = reading("copy.txt", ROW + BELOW)
    assert failure.reason == "a cable's table, but no cable under it"
