"""Where the words that a query asks for stand in a text; here the words themselves, in order."""

from __future__ import annotations

import pytest

from cablesearch.query.query import parse


def marked(query: str, text: str) -> list[str]:
    return [text[start:end] for start, end in parse(query).highlights(text)]


@pytest.mark.parametrize(
    ("query", "text", "words"),
    [
        ("reform", "Reforms! Reform's; deform", ["Reforms", "Reform's"]),
        ("elysee", "the Élysée palace", ["Élysée"]),
        ("us", "U.S. and us, in the USA", ["U.S.", "us"]),
        ("reform party", "a party of reform parties", ["party", "reform", "parties"]),
        ("reform reform* reforms", "reform", ["reform"]),
        ('"reform commission"', "commission: reform, reform commission", ["reform", "commission"]),
        ('"reform commission"~3', "a reform by the commission", ["reform", "commission"]),
        ('"reform commission"~2', "a reform by the commission", []),
        ('"a b c"~2', "a x b c", ["a", "b", "c"]),
        ('"a b c"~2', "a x b y c", []),
        ("Jong-il", "Kim Jong-il met Jong", ["Jong", "il"]),
        ("democrati*", "Democratic democratization of democrats", ["Democratic", "democratization"]),
        ("nazarb?yev", "Nazarbayev's, Nazarbaev", ["Nazarbayev's"]),
        ("*istan", "Kazakhstan, Pakistan", ["Pakistan"]),
        (
            "nazarbaev~1",
            "Nazarbayev Nazarbaev Nazarbayeva Nazrabaev",
            ["Nazarbayev", "Nazarbaev", "Nazrabaev"],
        ),
        ("text:reform", "reform", ["reform"]),
        ("subject:reform heading:reform", "reform", []),
        ("origin:reform person:reform", "reform", []),
        ("reform NOT party -election", "party reform election", ["reform"]),
        ("reform OR party", "party reform", ["party", "reform"]),
        ("07ASTANA48", "see 07 ASTANA 48 and 07ASTANA48", ["07", "ASTANA", "48", "07ASTANA48"]),
        (
            '"reform party"',
            "a party. Reform-party é reform’s PARTY",
            ["Reform", "party", "reform’s", "PARTY"],
        ),
        ('"reform the party"~2 party', "reform party; party", ["party", "party"]),
        ("*", "everything", []),
        ("text:*", "everything", []),
        ("reform", "", []),
    ],
)
def test_only_words_that_the_text_must_hold_are_highlighted(query: str, text: str, words: list[str]) -> None:
    assert marked(query, text) == words


def test_highlights_are_places_in_the_original_text() -> None:
    """Folding, and characters that are no word, move nothing."""
    assert parse("ﬁnal").highlights("ʼ ʼ ﬁnal ß FINAL") == ((4, 8), (11, 16))
