"""A cable's text as one row of pieces."""

from cablesearch.people.sequence import MARK, pieces, rows, step


def test_slashes_and_dashes_part_words():
    """`Dai/Bush` are two people, and so are those around a dash."""
    assert pieces("Dai/Bush met--Wu—Li") == ["Dai", "/", "Bush", "met", "--", "Wu", "—", "Li"]


def test_a_line_end_parts_words():
    """In a list of participants each line is a name of its own."""
    assert pieces("Mr. Roe\nMr. Doe") == ["Mr.", "Roe", MARK, "Mr.", "Doe"]


def test_marks_stand_around_paragraphs():
    """Two before the first and after the last, so that each word has two neighbours."""
    assert rows(["One", "Two"]) == ([MARK, MARK, "One", MARK, "Two", MARK, MARK], [2, 4])


def test_scores_fall_into_classes():
    """The second pass looks at classes of scores."""
    assert [step(score) for score in (-9.0, -0.5, 0.5, 9.0)] == [0, 3, 4, 7]
