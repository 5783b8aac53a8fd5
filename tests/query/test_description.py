"""How `explain` describes a query."""

from __future__ import annotations

import pytest

from cablesearch.query.query import parse


def test_a_query_of_every_kind_in_plain_words() -> None:
    query = 'democratic reforms "Ak Zhol"~3 origin:"Abu Dhabi" date:2007-01 NOT election'
    assert parse(query).describe() == [
        "paragraphs with",
        "  all of",
        '    text: any form of "democrat"',
        '    text: any form of "reform"',
        '    text: any form of "ak zhol" in this order, at most 2 other words among them',
        '    origin: "abu dhabi"',
        "    date: from 2007-01-01 before 2007-02-01",
        "    not",
        '      text: any form of "elect"',
        "then, when these run out, paragraphs with some of the words",
    ]


@pytest.mark.parametrize(
    ("query", "line"),
    [
        ("democrati*", 'text: beginning with "democrati"'),
        ("nazarb?yev", 'text: of the shape "nazarb?yev"'),
        ("nazarbaev~1", 'text: like "nazarbaev", at most one letter apart'),
        ('classification:"top secret"', 'classification: "top secret"'),
        ("person:*", "person: any"),
        ("date:>=2007-01-08T12:31", "date: from 2007-01-08 12:31:00"),
        ("date:..1960", "date: before 1961-01-01"),
        ("date:1066", "date: from 1066-01-01 before 1067-01-01"),
        ("*", "every paragraph"),
        ("date:none", "not"),
        ("reform^2", 'text: any form of "reform", counting 2 times'),
        ('"minis* office"', 'text: beginning with "minis" + any form of "offic" side by side in this order'),
        (
            '"(reform OR human rights) commission"~5',
            'text: any form of "reform" or any form of "human right" + any form of "commiss"'
            " in this order, at most 4 other words among them",
        ),
        ('"mini* office"~0', 'text: beginning with "mini" + any form of "offic" side by side in this order'),
        ("reform NEAR/0 party", 'text: any form of "reform" + any form of "parti" side by side in any order'),
        (
            "refo?m w/2 party",
            'text: of the shape "refo?m" + any form of "parti" in any order, at most 1 other word among them',
        ),
    ],
)
def test_each_kind_of_leaf_has_its_words(query: str, line: str) -> None:
    assert parse(query).describe()[1] == "  " + line


def test_alternatives_are_indented() -> None:
    assert parse("origin:(Astana OR Almaty)").describe() == [
        "paragraphs with",
        "  at least one of",
        '    origin: "astana"',
        '    origin: "almaty"',
        "newest first: no part of the query ranks them",
    ]
