"""The lists of words: classes by hand before lists, and how letters sound."""

from cablesearch.people.lexicon import Lexicon, lexicon

SMALL = Lexicon(
    "# by hand\n\n[title]\nminister king\n\n[org]\nking bank\n",
    "census-last karim\nfrequent+census-last brown\nplace lima\ngrams ^ka=1.0 kar=0.5\n",
)


def test_the_first_section_that_has_a_word_gives_its_class():
    """`king` is a title, not an organisation."""
    assert SMALL.kind("king", True) == "title"


def test_lists_give_a_class_where_no_hand_did():
    """Common words before names, names before places."""
    assert [SMALL.kind(word, True) for word in ("brown", "karim", "lima", "qxz")] == [
        "frequent last",
        "last",
        "place",
        "unknown",
    ]


def test_small_words_have_no_list():
    """A word written small is no name."""
    assert SMALL.kind("brown", False) == "small"


def test_names_sound_like_names():
    """Letters of names weigh more than letters of other words."""
    assert lexicon().sound("karimov") > lexicon().sound("thinking")


def test_the_package_knows_titles_names_and_places():
    """The lists that come with the package are read."""
    assert lexicon().kind("minister", True) == "title"
    assert "census-first" in lexicon().lists("robert")
    assert "place" in lexicon().lists("chicago")
