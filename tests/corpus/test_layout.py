"""Characters on a page to lines of text."""

import pytest

from cablesearch.corpus.layout import Char, lay_out

HEIGHT = 10.0


def printed(text: str, left: float, bottom: float, width: float = 6.0) -> list[Char]:
    """Return the characters of a text in a font of one width."""
    return [
        Char(char, left + width * n, left + width * (n + 1), bottom, bottom + HEIGHT)
        for n, char in enumerate(text)
    ]


@pytest.mark.parametrize(
    ("parts", "laid_out"),
    [
        ([("herring", 36, 700), ("cod", 36, 688)], "herring\ncod"),
        ([("cod", 36, 688), ("herring", 36, 700)], "herring\ncod"),  # whatever the order
        ([("a", 36, 700), ("b", 36, 688), ("c", 36, 664), ("d", 36, 652)], "a\nb\n\nc\nd"),
        ([("a", 36, 700), ("b", 66, 688)], "a\n      b"),  # indented
        (
            [("fish", 36, 700), ("40", 136, 700), ("cod", 36, 688), ("2", 136, 688)],
            "fish                40\ncod                 2",
        ),
        ([("From:", 36, 700), ("Quell", 72, 700)], "From: Quell"),  # a word apart, without a space
        ([("her", 36, 700), ("ring", 54, 700)], "herring"),  # a word in two pieces
        ([("the catch", 36, 700)], "the catch"),
        ([("x", 36, 700), ("2", 42, 703)], "x2"),  # raised
        ([], ""),
        ([("  ", 36, 700)], ""),
    ],
)
def test_text_is_laid_out_as_it_is_printed(parts, laid_out):
    chars = [char for text, left, bottom in parts for char in printed(text, left, bottom)]
    assert lay_out(chars) == laid_out


def test_a_single_pair_of_close_lines_shows_where_blank_lines_are():
    bottoms = [700, 676, 652, 640, 616, 592, 568]
    chars = [char for bottom in bottoms for char in printed("cod", 36, bottom)]
    assert lay_out(chars) == "cod\n\ncod\n\ncod\ncod\n\ncod\n\ncod\n\ncod"


def test_lines_that_are_far_apart_throughout_have_no_blank_ones_between():
    chars = [char for n in range(6) for char in printed("herring", 36, 700 - 24 * n)]
    assert lay_out(chars) == "\n".join(["herring"] * 6)
