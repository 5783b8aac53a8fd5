"""Text is laid out in the cells of a terminal."""

import random
from itertools import groupby
from operator import itemgetter

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


@pytest.mark.parametrize("seed", range(20))
def test_pieces_keep_their_styles_wherever_lines_end(seed):
    chance = random.Random(seed)
    pieces = chance.choices(["", "a", "bc ", " ", "\n", "def gh", "東京 "], k=30)
    text = [(piece, "match" if number % 2 else "") for number, piece in enumerate(pieces)]
    page = Page(20, colour=True)
    page.put(text, "> ")
    assert str(page).split("\n")[:-1] == expected_lines(text)


def expected_lines(text):
    """Return the lines of a text, painted letter by letter, and joined where the piece is the same."""
    letters = [(letter, style, number) for number, (piece, style) in enumerate(text) for letter in piece]
    painted = []
    for number, (start, end) in enumerate(wrap("".join(piece for piece, _ in text), 18)):
        line = "  " if number else "> "
        for _, group in groupby(letters[start:end], key=itemgetter(1, 2)):
            parts = [*group]
            word = "".join(letter for letter, *_ in parts)
            line += f"\x1b[1;31m{word}\x1b[0m" if parts[0][1] else word
        painted.append(line.rstrip())
    return painted


def test_each_piece_of_a_long_text_is_looked_at_a_few_times():
    """Not once for each line, which took a minute for a reference line of 190 kB."""

    class Counted(list):
        reads = 0

        def __iter__(self):
            for place in range(len(self)):
                yield self[place]

        def __getitem__(self, place):
            Counted.reads += 1
            return super().__getitem__(place)

    Page().put(Counted([("word ", "")] * 2_000))
    assert Counted.reads < 8 * 2_000
