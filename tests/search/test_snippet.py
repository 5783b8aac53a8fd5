"""A hit shows the part of its paragraph that has the query's words."""

import re

from cablesearch.search.snippet import snippet

LOREM = "The ferry left at noon. It carried salt and letters. Nobody asked who wrote them. " * 20


def places(text, *words):
    return [match.span() for word in words for match in re.finditer(word, text)]


def plain(shown):
    return "".join(piece for piece, _ in shown.pieces)


def matched(shown):
    return [piece for piece, is_match in shown.pieces if is_match]


def test_a_short_text_is_shown_whole():
    shown = snippet("Reform is coming.", [(0, 6)], 100)
    assert shown.pieces == (("Reform", True), (" is coming.", False))
    assert not shown.cut_before
    assert not shown.cut_after


def test_a_long_text_is_cut_at_words_around_the_matches():
    text = LOREM + "Then the Democratization Commission met. " + LOREM
    shown = snippet(text, places(text, "Democratization", "Commission"), 120)
    assert matched(shown) == ["Democratization", "Commission"]
    assert shown.cut_before
    assert shown.cut_after
    assert plain(shown) in text
    assert len(plain(shown)) <= 120
    assert text[text.index(plain(shown)) - 1] == " "


def test_a_snippet_begins_with_a_sentence_if_one_is_near():
    text = LOREM + "Then the commission met. " + LOREM
    assert re.match("[A-Z]", plain(snippet(text, places(text, "commission"), 120)))


def test_distinct_words_count_more_than_one_word_repeated():
    text = "salt salt salt salt. " + LOREM + "salt and reform. " + LOREM
    shown = snippet(text, [*places(text, "reform"), *places(text, "salt")], 100)
    assert "reform" in matched(shown)


def test_without_a_match_the_snippet_is_the_beginning():
    shown = snippet(LOREM, [], 100)
    assert LOREM.startswith(plain(shown))
    assert not shown.cut_before


def test_a_match_near_the_end_is_shown_with_the_end():
    text = LOREM + "At last, reform"
    shown = snippet(text, places(text, "reform"), 100)
    assert plain(shown).endswith("At last, reform")
    assert not shown.cut_after


def test_matches_may_overlap_and_come_in_any_order():
    shown = snippet("democratic reform", [(11, 17), (0, 10), (5, 12)], 100)
    assert plain(shown) == "democratic reform"


def test_white_space_and_table_rules_are_shortened():
    shown = snippet("Seats\n    2002    2007\n----------------\nAlliance", [], 100)
    assert plain(shown) == "Seats 2002 2007 --- Alliance"


def test_a_text_without_spaces_is_cut():
    assert len(plain(snippet("x" * 10_000, [(5_000, 5_001)], 100))) <= 100
