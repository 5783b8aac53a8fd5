"""A cable's text as one row of pieces."""

from cablesearch.people.sequence import BREAK, build_row, split_pieces


def test_slashes_and_dashes_part_words():
    """`Dai/Bush` are two people, and so are those around a dash."""
    assert split_pieces("Dai/Bush met--Wu—Li") == ["Dai", "/", "Bush", "met", "--", "Wu", "—", "Li"]


def test_a_line_end_parts_words():
    """In a list of participants, each line is a name of its own."""
    assert split_pieces("Mr. Roe\nMr. Doe") == ["Mr.", "Roe", BREAK, "Mr.", "Doe"]


def test_breaks_stand_around_paragraphs():
    """Two before the first and after the last, so that each word has two neighbours a side."""
    assert build_row(["One", "Two"]) == ([BREAK, BREAK, "One", BREAK, "Two", BREAK, BREAK], [2, 4])
