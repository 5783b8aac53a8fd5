"""A faulty query is an error of one line that says what is wrong, where, and what to write instead."""

from __future__ import annotations

import re

import pytest

from cablesearch.errors import QueryError
from cablesearch.query.query import parse


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("reform orgin:Astana", 7, "no field 'orgin': did you mean origin? (fields: text, subject, "),
        ("qqq:Astana", 0, "no field 'qqq': put words with a colon in quotes (fields: text, "),
        ("origin: Astana", 0, "origin: at character 1 has no value right behind it: origin:Astana"),
        ("a (origin:)", 3, "origin: at character 4 has no value right behind it"),
        ("origin:() a", 0, "origin: at character 1 has no value right behind it"),
        ('origin:"..."', 7, "origin: has no value: write origin:Astana"),
        ('tag:""', 4, "tag: has no value: write tag:PGOV"),
        ('reform "party', 7, "the quote at character 8 is not closed"),
        ('"a"b', 3, "a space is missing at character 4, behind the quote"),
        ('date:"2007".."2008"', 11, "a space is missing at character 12, behind the quote"),
        ("a (b", 2, "the parenthesis at character 3 is not closed"),
        ("a) b", 1, "the parenthesis at character 2 is not opened"),
        ("(" * 21 + "a" + ")" * 21, 20, "more than 20 parentheses inside one another"),
        ("AND a", 0, "AND at character 1 has nothing before it"),
        ("a OR", 2, "OR at character 3 has nothing behind it"),
        ("a OR AND b", 2, "OR at character 3 has nothing behind it"),
        ("a (OR b)", 3, "OR at character 4 has nothing before it"),
        ("NOT NOT a", 0, "NOT at character 1 has nothing behind it"),
        ("a AND ...", 2, "AND at character 3 has nothing behind it"),
        ("date:yesterday-ish", 5, "no date in 'yesterday-ish': write 2007, 2007-01, "),
        ("date:2007-13", 5, "no date in '2007-13'"),
        ("date:2008..2007", 5, "the range '2008..2007' ends before it begins: write '2007..2008'"),
        ("date:200*", 5, "no date in '200*'"),
        ("nazarbaev~9", 0, "'nazarbaev~9' allows too many wrong letters: write ~1 or ~2"),
        ("nazarbaev~0", 0, "'nazarbaev~0' allows "),
        ("ak~1", 0, "'ak~1': ~1 goes behind one word of 3 letters or more"),
        ("Jong-il~1", 0, "'Jong-il~1': ~1 goes behind one word"),
        (
            "ab* " * 24 + "c abd*",
            98,
            "more than 24 words and values with * ? or ~ at character 99: write fewer",
        ),
        ("word~2 " * 64, 168, "more than 24 words and values with * ? or ~ at character 169"),
        ("a*", 0, "'a*' fits too many words: write at least 2 of its letters"),
        ("*ka?????????", 0, "'*ka?????????': a pattern has at most 8 * and ?"),
        ("Jong-i*", 0, "'Jong-i*': a pattern is one word"),
        ('"president * visited"', 0, "'*' is no word: leave it out; ~2 behind the quotes allows a word"),
        ('subject:"democrati* reform"', 8, "subject: takes words and phrases, no * ? or ~: write subject:"),
        ('"(reform OR ) party"', 0, "an alternative is missing in '(reform OR )'"),
        ('"(reform OR *) party"', 0, "'*' is no word"),
        ('"a* reform"', 0, "'a*' fits too many words"),
        ("a NEAR/5", 2, "NEAR/5 at character 3 has nothing behind it"),
        ("w/5 a", 0, "w/5 at character 1 has nothing before it"),
        ("aa NEAR/5 -bb", 3, "NEAR/5 at character 4 joins two words, phrases or (a OR b)"),
        (
            "aa NEAR/5 bb NEAR/5 cc",
            0,
            "NEAR joins two words, phrases in quotes or alternatives, (a OR b), and",
        ),
        ("aa NEAR/5 (bb cc)", 11, "NEAR joins two words, phrases in quotes or alternatives, (a OR b), and"),
        ("aa NEAR/5 origin:Astana", 17, "NEAR joins two words, phrases in quotes or alternatives, (a OR"),
        ("aa NEAR/5 subject:bb", 0, "NEAR at character 1 joins words of two fields"),
        ("aa NEAR bb", 3, "NEAR at character 4 is no operator: write NEAR/5, NOT or lower-case letters"),
        ("aa ADJ3 bb", 3, "ADJ3 at character 4 is no operator"),
        ("aa w/s bb", 3, "w/s at character 4 is no operator: AND means in one paragraph, NEAR/15 about"),
        ("aa XOR bb", 3, "XOR at character 4 is no operator"),
        ("/nazarb.*/", 0, "there are no regular expressions, as at character 1: write * and ? in words"),
        ("[aa TO bb]", 0, "a range at character 1 is only for dates: write date:2006..2007"),
        ("origin:[aa TO bb]", 7, "a range at character 8 is only for dates"),
        ("date:{2006 TO 2007}", 5, "a range at character 6 is only for dates"),
        ("origin=Astana", 0, "origin= at character 1 is written with a colon: origin:Astana"),
        ("origin:Astana^2", 13, "^2 at character 14 weighs what does not rank: leave it out"),
        ("aa^0", 2, "^0 at character 3 is no weight: write one up to ^100"),
        ("aa^101", 2, "^101 at character 3 is no weight"),
        ("aa ^2", 3, "^2 at character 4 has nothing before it"),
        ("aa ||", 3, "|| at character 4 has nothing behind it"),
        ("&& aa", 0, "&& at character 1 has nothing before it"),
        ('person:"Karim Mas*"', 7, "'*' means nothing inside quotes"),
        ("subject:democrati*", 8, "subject: takes words and phrases, no * ? or ~: write subject:reform"),
        ("tag:PGOV~1", 4, "tag: takes whole values and patterns, no ~: write tag:PGOV"),
        ('person:"Karim Masimov"~3', 7, "person: takes no ~3"),
        ("kind:remark", 5, "no kind 'remark': there are summary, comment, action"),
        ("a " * 65, 128, "more than 64 words and values at character 129"),
        ("a" * 401, 0, "a word, phrase or value at character 1 has more than 400 characters"),
        ("a-" * 100, 0, "a phrase of 100 words: 64 are the most"),
        ("a " * 2001, 4000, "a query of 4002 characters: 4000 are the most"),
        ("", None, "the query asks for nothing: write a word, a field:value, or * for everything"),
        (" ... ?! ", None, "the query asks for nothing"),
    ],
)
def test_an_error_names_its_place_and_its_remedy(text: str, position: int | None, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)
    assert caught.value.position == position
    assert caught.value.query == text


def test_error_messages_have_no_control_characters() -> None:
    for text in ("date:\x1b[31m", "\x1b[31m~9", "kind:\x1bx", 'date:"8 Jan\x1c2008..2007"'):
        with pytest.raises(QueryError) as caught:
            parse(text)
        assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"tag": ["x" * 401]}, "tag: a value of 401 characters: 400 are the most"),
        ({"person": "y" * 100_000 + "~2"}, "person: a value of 100,002 characters: 400 are the most"),
        (
            {"tag": ["ab*"] * 13, "origin": ["?b"] * 12},
            "25 values with * ? or ~ to filter by: 24 are the most",
        ),
        ({"id": [f"07X{n}" for n in range(1001)]}, "1,001 values to filter by: 1,000 are the most"),
    ],
)
def test_filters_are_bounded_as_what_is_typed_is(filters: dict[str, list[str]], message: str) -> None:
    with pytest.raises(QueryError, match=re.escape(message)):
        parse("reform", filters)


def test_a_thousand_ids_can_be_filtered_by() -> None:
    assert parse("reform", {"id": [f"07X{n}" for n in range(1000)]}).ranked


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("reform orgin:Astana", "reform origin:Astana"),
        ("Tga:PGOV -peple:x", "tag:PGOV -peple:x"),
        ("tag:PGOV (claification:S OR b)", "tag:PGOV (classification:S OR b)"),
        ("qqq:Astana", None),
        ("reform AND", None),
    ],
)
def test_a_mistyped_field_comes_with_the_query_that_was_meant(text: str, better: str | None) -> None:
    with pytest.raises(QueryError) as raised:
        parse(text)
    assert raised.value.better == better
