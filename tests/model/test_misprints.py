"""A misprint is a letter more, a letter less, another letter, or two neighbours swapped."""

import pytest

from cablesearch.model.misprints import within_edits


@pytest.mark.parametrize(
    ("word", "other", "edits", "within"),
    [
        ("LONDON", "LONDON", 0, True),
        ("LONDONN", "LONDON", 1, True),
        ("LODON", "LONDON", 1, True),
        ("LANDON", "LONDON", 1, True),
        ("LNODON", "LONDON", 1, True),
        ("OLNDNO", "LONDON", 1, False),
        ("OLNDNO", "LONDON", 2, True),
        ("LISBON", "LONDON", 2, False),
        ("", "AB", 2, True),
        ("", "AB", 1, False),
    ],
)
def test_edits_are_counted(word, other, edits, within):
    assert within_edits(word, other, edits) is within
    assert within_edits(other, word, edits) is within
