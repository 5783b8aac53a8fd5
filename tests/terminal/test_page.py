"""Text is laid out in the cells of a terminal."""

import pytest

from cablesearch.terminal.page import Page, cells, join, styled, wrap


def lines(text, width):
    return [text[start:end] for start, end in wrap(text, width)]


@pytest.mark.parametrize(
    ("text", "width"),
    [("plain", 5), ("東京", 4), ("e\u0301lan", 4), ("ｆｕｌｌ", 8), ("שלום", 4), ("", 0), ("a\u200db", 2)],
)
def test_wide_and_combining_characters_are_measured(text, width):
    assert cells(text) == width


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("the work of the commission", 11, ["the work of", "the", "commission"]),
        ("exactly ten", 7, ["exactly", "ten"]),
        ("one\n\n  two", 20, ["one", "", "  two"]),
        ("", 20, [""]),
        ("   ", 20, [""]),
        ("unbreakable", 4, ["unbr", "eaka", "ble"]),
        ("so unbreakable", 4, ["so", "unbr", "eaka", "ble"]),
        ("東京大阪", 4, ["東京", "大阪"]),
        ("go to 東京大阪 now", 8, ["go to 東", "京大阪", "now"]),
        ("a  b", 2, ["a", "b"]),
    ],
)
def test_lines_break_at_words_and_between_wide_characters(text, width, expected):
    assert lines(text, width) == expected


def test_no_line_is_too_wide():
    text = "Zharmakhan 東京 e\u0301lan vital, x " * 30
    assert max(map(cells, lines(text, 17))) <= 17


def test_an_indentation_hangs():
    page = Page(20)
    page.put("one two three four five", "6  ")
    assert str(page) == "6  one two three\n   four five\n"


def test_a_hang_may_be_given():
    page = Page(20)
    page.put("one two three four five", hang=2)
    assert str(page) == "one two three four\n  five\n"


def test_a_page_that_is_too_narrow_still_has_words():
    page = Page(1)
    page.put("Democratization Commission")
    assert str(page) == "Democratization\nCommission\n"


def test_styles_are_colours_only_where_there_are_colours():
    text = join([styled("07ASTANA48", "id"), styled("reform", "match")], " ")
    plain, colours = Page(40), Page(40, colour=True)
    plain.put(text)
    colours.put(text)
    assert str(plain) == "07ASTANA48 reform\n"
    assert str(colours) == "\x1b[1;35m07ASTANA48\x1b[0m \x1b[1;31mreform\x1b[0m\n"


def test_a_style_continues_on_the_next_line():
    page = Page(20, colour=True)
    page.put(styled("a long title of more than a line", "title"))
    assert str(page) == "\x1b[1ma long title of more\x1b[0m\n\x1b[1mthan a line\x1b[0m\n"


def test_text_cannot_send_a_control_character():
    page = Page(40)
    page.put("\x1b[2Jcleared")
    assert str(page) == "␛[2Jcleared\n"
