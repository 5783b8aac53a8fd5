"""The lexicon: classes of words, lists, letters."""

from cablesearch.people.lexicon import Lexicon, load_lexicon

SMALL = Lexicon(
    "# by hand\n\n[title]\nminister king\n\n[org]\nking bank\n",
    "census-last karim\nfrequent+census-last brown\nplace lima\ngrams ^ka=1.0 kar=0.5\n",
)


def test_the_first_section_that_has_a_word_gives_its_class():
    """`king` is a title, not an organisation."""
    assert SMALL.kind("king", True) == "title"


def test_lists_give_a_class_to_words_without_one():
    """Common words before names, names before places."""
    assert [SMALL.kind(word, True) for word in ("brown", "karim", "lima", "qxz")] == [
        "frequent last",
        "last",
        "place",
        "unknown",
    ]


def test_small_words_have_no_list():
    """A word in small letters is no name."""
    assert SMALL.kind("brown", False) == "small"


def test_names_have_the_letters_of_names():
    """The letters of a name score higher than those of other words."""
    assert load_lexicon().letter_score("karimov") > load_lexicon().letter_score("thinking")


def test_the_package_knows_titles_names_and_places():
    """The lists that come with the package are read."""
    assert load_lexicon().kind("minister", True) == "title"
    assert "census-first" in load_lexicon().lists("robert")
    assert "place" in load_lexicon().lists("chicago")
