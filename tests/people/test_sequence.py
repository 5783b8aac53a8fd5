"""A cable's text as one row of pieces."""

from cablesearch.people.sequence import BREAK, build_row, split_pieces


def test_slashes_and_dashes_part_words():
    """`Dai/Bush` are two people, and so are those around a dash."""
    assert split_pieces("Dai/Bush met--Wu—Li") == ["Dai", "/", "Bush", "met", "--", "Wu", "—", "Li"]


def test_a_line_end_parts_words():
    """In a list of participants, each line is a name of its own."""
    assert split_pieces("Mr. Roe\nMr. Doe") == ["Mr.", "Roe", BREAK, "Mr.", "Doe"]


def test_a_column_end_parts_words():
    """Two spaces stand between the cells of a table: each has a name of its own."""
    assert split_pieces("  Cod   14.20\n  Herring   3.10") == ["Cod", "14.20", BREAK, "Herring", "3.10"]
    assert split_pieces("Roe  Doe\nLi -- Wu") == ["Roe", BREAK, "Doe", BREAK, "Li", "--", "Wu"]


def test_a_sentence_run_on_after_a_comma_is_parted():
    """But no apostrophe that was typed as a comma."""
    assert split_pieces("from Astana,Minister Orlan") == ["from", "Astana,", "Minister", "Orlan"]
    assert split_pieces("of MOSCOW,ORLAN and Yar,Adua; 1,000,000") == [
        *("of", "MOSCOW,", "ORLAN", "and", "Yar,Adua;", "1,000,000"),
    ]
    assert split_pieces("at the Palace,De Orlan") == ["at", "the", "Palace,", "De", "Orlan"]


def test_the_letters_of_a_list_are_parted_from_its_items():
    """Letters that follow each other begin them; one letter by itself is an initial."""
    items = ["A. ROE agreed.", "B. MORAN\nC. LODGE was away."]
    assert [piece for piece in build_row(items)[0] if piece != BREAK] == [
        *("A.", "ROE", "agreed.", "B.", "MORAN", "C.", "LODGE", "was", "away."),
    ]
    assert build_row(items)[0][2:6] == ["A.", BREAK, "ROE", "agreed."]
    assert build_row(["A. ROE agreed.", "“B. LODGE was away."])[0][6:10] == [BREAK, "B.", BREAK, "LODGE"]
    assert build_row(["W. Averell Roe came."])[0][2:5] == ["W.", "Averell", "Roe"]
    assert build_row(["A. Roe came.", "C. Moran, too."])[0][2:4] == ["A.", "Roe"]


def test_breaks_stand_around_paragraphs():
    """Two before the first and after the last, so that each word has two neighbours a side."""
    row, starts = build_row(["One", "Two"])
    assert [*row] == [BREAK, BREAK, "One", BREAK, "Two", BREAK, BREAK]
    assert starts == [2, 4]
