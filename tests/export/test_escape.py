"""No character that a terminal would obey comes through."""

import unicodedata

import pytest

from cablesearch.export import escape_controls


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, Élysée, 東京, עברית", "plain, Élysée, 東京, עברית"),
        ("\x1b[31mred\x07", "␛[31mred␇"),
        ("a\nb\tc\rd", "a␊b␉c␍d"),
        ("\x7f", "␡"),
        ("\x9b31m\x85", "\\x9b31m\\x85"),
        ("\u202egnp.exe\u2066", "\\u202egnp.exe\\u2066"),
        ("\u2028\u2029", "\\u2028\\u2029"),
        ("name\udcff.txt", "name\\udcff.txt"),
    ],
)
def test_what_a_terminal_would_obey_is_shown(text, shown):
    assert escape_controls(text) == shown


def test_line_breaks_and_tabs_are_kept_on_request():
    assert escape_controls("a\nb\tc\r\x1b", lines=True) == "a\nb\tc␍␛"


def test_no_control_character_is_left():
    every = "".join(map(chr, range(0x3000)))
    left = [c for c in escape_controls(every) if unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs")]
    assert left == []
    assert not {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"} & {
        unicodedata.bidirectional(c) for c in escape_controls(every)
    }
