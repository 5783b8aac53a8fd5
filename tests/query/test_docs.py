"""docs/query-language.md agrees with the code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cablesearch import Index, open_index
from cablesearch.errors import QueryError
from cablesearch.query import clauses, grammar
from cablesearch.query.fields import FIELDS
from cablesearch.query.query import MAX_QUERY_CHARS, parse

DOCUMENT = (Path(__file__).parents[2] / "docs" / "query-language.md").read_text("utf-8")
NAMES = {field.name for field in FIELDS}
ROWS = re.findall(r"^\| (`.+?) \|", DOCUMENT, re.MULTILINE)


def test_the_table_of_fields_is_the_declaration() -> None:
    rows = [f"| `{field.name}` | {field.help} | `{field.example}` |" for field in FIELDS]
    assert "\n".join(["| field | finds | for example |", "|---|---|---|", *rows, ""]) in DOCUMENT


# How many paragraphs of the sample corpus each query finds, or how the message begins that refuses it.
FOUND: dict[str, int | str] = {
    **dict.fromkeys(
        (
            *("label:reform", "label:human_rights", 'label:"Human Rights"', "list:astana", "query:fishing"),
            *("noted:yes", "noted:no", "noted:star", "noted:note", "noted:disputed"),
        ),
        "label, noted, list, query ask a notebook",
    ),
    "democratic reform": 10,
    '"Democratization Commission"': 4,
    'reform w/5 (party OR "working group")': 1,
    "democrati*": 10,
    "nazarb?yev": 8,
    "nazarbaev~1": 8,
    "07ASTANA48": 10,
    "07ASTANA48#6": 10,
    "*": 222,
    "reform AND party": 2,
    "party OR parliament": 15,
    "reform NOT election": 13,
    "reform -election": 13,
    "reform !election": 13,
    "reform AND (party OR parliament) NOT election": 1,
    "+reform election party": 1,
    "reform^2 party": 2,
    '"Ak Zhol"^0.5 party': 1,
    "date:2007": 29,
    "date:2007-01": 10,
    "date:2007-01-08": 10,
    "date:2007-01-08T12:31": 10,
    "date:2007-01..2007-03": 20,
    "date:2007-01..": 89,
    "date:..2007-03": 146,
    "date:>=2007-01-08": 89,
    "date:<2007": 126,
    'date:"January 2007"': 10,
    'date:"8 Jan 2007"': 10,
    "date:1/8/2007": 10,
    "date:8.1.2007": 10,
    'date:"January-March 2007"': 20,
    'date:"8 to 12 January 2007"': 10,
    'date:"January 8-12, 2007"': 10,
    "date:2006-01-01/2007-01-01": 15,
    "date:1964-68": 21,
    'date:"before 2007"': 126,
    'date:"since May 2007"': 69,
    'date:"between May and July 2007"': 9,
    "date:2006,2007": 44,
    'date:"January and March 2007"': 20,
    "date:2007-Q1": 20,
    'date:"first half of 2007"': 29,
    "date:2007-W02": 10,
    'date:"spring 2007"': 10,
    'date:"winter 2006-2007"': 17,
    "date:1970s": 22,
    'date:"first three months of 2007"': 20,
    "date:none": 7,
    "date:[2006 TO 2007]": 44,
    "origin:(Astana OR Almaty)": 10,
    "origin:Astana,Almaty": 10,
    "text:reform": 15,
    "origin:Astana": 10,
    "classification:secret": 62,
    "caveat:noforn": 32,
    "marking:S/NF": 6,
    'person:"Karim Masimov"': 1,
    "tag:PGOV": 87,
    "country:Kazakhstan": 10,
    "station:ASTANA": 10,
    'concept:"fishing limits"': 15,
    "cites:06ASTANA573": 1,
    "id:07ASTANA48#6": 1,
    "kind:comment": 26,
    "year:2007": 29,
    "length:>=100": 7,
    "to:SecState": 148,
    "classified_by:Milas": 10,
    "reason:1.4b": 96,
    'format:"plain text"': 49,
    "collection:corpus": 222,
    "changed:redactions": 0,
    "collection:nara": 0,
    "collection:(nara OR frus)": 0,
    "collection:na*": 0,
    'person:"Masimov, Karim"': 1,
    "person:Masim*": 1,
    "person:Masimow~1": 1,
    "classification:S": 62,
    'classification:"top secret"': 5,
    "classification:secret//noforn": 16,
    "classification:sbu": 25,
    "tag:PG*": 87,
    'tag:"human rights"': 36,
    "country:KZ": 10,
    "concept:fishing": 22,
    "concept:fish*": 22,
    'reason:"1.4 (b)"': 96,
    "reason:1.4": 96,
    "length:<20": 34,
    "length:20..50": 50,
    "cited:0": 68,
    "year:2005..2007": 60,
    "year:>=2009": 37,
    "id:07ASTANA": 10,
    'cites:"ASTANA 573"': 1,
    "date:>=1959-08-15": 215,
    "date:07-01-08": "no date in '07-01-08': write 2007, ",
    "date:6-7-2007": "'6-7-2007' could be two days: write 2007-07-06 or 2007-06-07",
    'date:"winter 2007"': "a winter has two years: write winter 2006-2007 or winter 2007-2008",
    **dict.fromkeys(
        (
            '"reform commission"~5',
            '"minis* office"',
            '"(reform OR human rights) commission"~5',
            "reform NEAR/5 commission",
            "*istan",
            "counterterrorism",
            "counter-terrorism",
            "shia",
            "Shi'a",
            "qaida",
            "al-Qa'ida",
            "F-16",
            "F16",
            "F-16s",
            "KGB",
            "K.G.B.",
            "K. G. B.",
            "3500000",
            "3,500,000",
            "grain,oil",
            'date:"the early 1970s"',
            'date:"mid-1975"',
            'date:"late January 2007"',
            'date:"last week of January 2007"',
            "subject:reform",
            "heading:comment",
            "cited:>=5",
            'from:"AmEmbassy Astana"',
            "info:Almaty",
            "signature:Ordway",
            "origin:Dhabi",
            'marking:"C//REL ISAF"',
            "tag:Kazakhstan",
            'tag:"OVIP (CLINTON, HILLARY)"',
            "country:Zaire",
            "country:Burma",
            "country:USSR",
            'station:"Abu Dhabi"',
            'info:"USMission USNATO"',
            "signature:Ord*",
            "id:frus1969-76v28",
            "date:1959-08",
            "date:1959",
            "date:..1959-08",
            "date:1959-08-01",
        ),
        0,
    ),
}


def queries() -> set[str]:
    """Return the queries of the tables, and those of the text that ask for a field."""
    text = re.sub(r"^```.*?^```$", "", DOCUMENT, flags=re.MULTILINE | re.DOTALL)
    cells = {query for row in ROWS for query in re.findall(r"`(.+?)`", row)} - NAMES
    fields = re.findall(rf"`((?:{'|'.join(NAMES)}):(?!\?`)[^`\n]+)`", text)
    return {*cells, *fields}


def test_every_query_of_the_page_is_tried() -> None:
    assert queries() == set(FOUND)


@pytest.mark.parametrize(("query", "found"), FOUND.items())
def test_a_query_of_the_page_finds_what_it_says(query: str, found: int | str, index: Index) -> None:
    if isinstance(found, int):
        assert index.search(query).total == found
    else:
        with pytest.raises(QueryError, match=re.escape(found)):
            index.search(query)


@pytest.fixture(scope="module")
def index(sample: Path) -> Iterator[Index]:
    with open_index(sample / "index") as index:
        yield index


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_example_of_a_field_is_valid(field: object) -> None:
    assert parse(field.example).describe()  # type: ignore[attr-defined]


def test_the_limits_are_those_of_the_code() -> None:
    query = f"{MAX_QUERY_CHARS:,} characters, {grammar.MAX_VALUES} words and values"
    phrase = f"a phrase of {clauses.MAX_PHRASE_WORDS} words, {grammar.MAX_DEPTH} parentheses"
    assert f"{query}, {phrase}" in DOCUMENT


def test_queries_documented_as_refused_are_refused() -> None:
    for query in ("date:07-01-08", "date:6-7-2007", 'date:"winter 2007"', "Re:visit"):
        with pytest.raises(QueryError):
            parse(query)
