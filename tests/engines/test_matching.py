"""Which paragraphs a tree matches."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from cablesearch.analysis.sounding import sound
from cablesearch.engines.scoring import MAX_SPACINGS
from cablesearch.errors import QueryError
from cablesearch.query.fields import instant, keyword
from cablesearch.query.query import parse
from cablesearch.query.tree import (
    MAX_SLOP,
    All,
    Any,
    Everything,
    Filter,
    Fuzzy,
    Has,
    Not,
    Nothing,
    Phrase,
    Prefix,
    Range,
    Term,
    Wildcard,
    Words,
)
from tests.engines.model import cable, places

ASTANA = cable(
    "07ASTANA48",
    "The reform commission met Nazarbaev.",
    "Nothing came of the Commission on democratic reform, a member said.",
    created=datetime(2007, 1, 8, 12, 31),
    origin="Embassy Astana",
    subject="Kazakhstan: reform?",
    level="CONFIDENTIAL",
    markings=["C", "S/NF"],
    people=[["Nursultan Nazarbaev"], ["Karim Masimov", "Bulat Abilov"]],
)
HAMBURG = cable(
    "06HAMBURG3",
    "Москва сообщает: ¥€$ 1.4(b) ...",
    created=date(2006, 5, 1),
    origin="Consulate Hamburg",
)
SILENT = cable("08SILENT1")  # a cable without paragraphs matches nothing
UNDATED = cable("STATE1", "reform of reform")

REFORM = Term("text", "reform")
FIRST, SECOND, THIRD, FOURTH = "06HAMBURG3/0", "07ASTANA48/0", "07ASTANA48/1", "STATE1/0"
ALL = [FIRST, SECOND, THIRD, FOURTH]


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        (REFORM, [SECOND, THIRD, FOURTH]),
        (Term("text", "reforms"), []),
        (Term("subject", "reform"), [SECOND, THIRD]),
        (Term("origin", "astana"), [SECOND, THIRD]),
        (Term("classification", "confidential"), [SECOND, THIRD]),
        (Term("marking", "s/nf"), [THIRD]),
        (Term("marking", "nf"), [THIRD]),
        (Term("id", "07astana48#2"), [THIRD]),
        (Term("words", "москва"), [FIRST]),
        (Phrase("text", ("reform", "commiss")), [SECOND]),
        (Phrase("text", ("commiss", "reform")), []),
        (Phrase("text", ("reform", "of", "reform")), [FOURTH]),
        (Phrase("text", ("reform",)), [SECOND, THIRD, FOURTH]),
        (Phrase("text", ()), []),
        (Phrase("text", ("reform", "unheard")), []),
        (Phrase("sounds", tuple(map(sound, ("karim", "masimov")))), [THIRD]),
        (Phrase("sounds", tuple(map(sound, ("masimov", "bulat")))), []),  # no person has this name
        (Prefix("words", "re"), [SECOND, THIRD, FOURTH]),
        (Prefix("words", "nazar"), [SECOND]),
        (Prefix("marking", "s/"), [THIRD]),
        (Wildcard("words", "*ion"), [SECOND, THIRD]),
        (Wildcard("words", "naz?rb*v"), [SECOND]),
        (Wildcard("words", "м?сква"), [FIRST]),
        (Wildcard("words", "[rs]eform"), []),
        (Wildcard("marking", "?/nf"), [THIRD]),
        (Wildcard("words", "*"), ALL),
        (Fuzzy("words", "nazarbayev"), [SECOND]),
        (Fuzzy("words", "anzarbayev"), []),
        (Fuzzy("words", "anzarbaev"), [SECOND]),  # a swap is one edit
        (Fuzzy("words", "anzarbayev", 2), [SECOND]),
        (Fuzzy("words", "москво"), [FIRST]),
        (Range(instant(date(2007, 1, 1)), None), [SECOND, THIRD]),
        (Range(None, instant(date(2007, 1, 1)) + 1), [FIRST]),
        (Range(None, instant(date(2006, 5, 1))), []),
        (Range(instant(date(2006, 5, 1)) + 1, None), [SECOND, THIRD]),
        (Range(None, None), [FIRST, SECOND, THIRD]),
        (Everything(), ALL),
        (Has("person"), [SECOND, THIRD]),
        (Has("date"), [FIRST, SECOND, THIRD]),
        (Nothing(), []),
        (All(()), []),
        (Any(()), []),
        (All((REFORM, Term("marking", "c"))), [SECOND]),
        (All((REFORM, Not(Term("marking", "c")))), [THIRD, FOURTH]),
        (All((Not(REFORM), Not(Term("origin", "astana")))), [FIRST]),
        (All((Not(REFORM), Nothing())), []),
        (All((REFORM,)), [SECOND, THIRD, FOURTH]),
        (Any((Term("words", "member"), Term("words", "москва"))), [FIRST, THIRD]),
        (Any((Term("words", "member"), Not(REFORM))), [FIRST, THIRD]),
        (Any((Not(REFORM), Nothing())), [FIRST]),
        (Not(REFORM), [FIRST]),
        (Not(Not(REFORM)), [SECOND, THIRD, FOURTH]),
        (Not(Nothing()), ALL),
        (Not(Everything()), []),
        (Not(All(())), ALL),
        (Filter(REFORM, 0.0), [SECOND, THIRD, FOURTH]),
        (All((REFORM, Filter(Term("marking", "c"), 0.0))), [SECOND]),
        (Filter(Nothing(), 2.0), []),
    ],
    ids=repr,
)
def test_a_tree_matches_these_paragraphs(index, tree, expected):
    reader = index(ASTANA, HAMBURG, SILENT, UNDATED)
    page = reader.search(tree, limit=9)
    assert sorted(places(page)) == expected
    assert page.total == reader.count(tree) == len(expected)


def test_words_side_by_side_match_as_all_of_them(index):
    tree = Words((Any((REFORM, Term("subject", "reform"))), Term("words", "met")))
    assert places(index(ASTANA, UNDATED).search(tree, limit=9)) == [SECOND]


@pytest.mark.parametrize(
    ("words", "slop", "text", "matches"),
    [
        ("a b", 1, "a b", True),
        ("a b", 0, "a b", True),
        ("a b", 1, "a x b", False),
        ("a b", 2, "a x b", True),
        ("a b", 2, "a x x b", False),
        ("a b", 3, "b a", False),
        ("a b c", 2, "a x b c", True),
        ("a b c", 2, "a b x c", True),
        ("a b c", 2, "a x b x c", False),
        ("a b c", 3, "a x b x c", True),
        ("a b c", 3, "a a b x b c", True),
        ("a b", 2, "a x x a x b", True),
        ("a a", 1, "a", False),
        ("a a", 2, "a x a", True),
        ("a b a", 3, "a b b x a", True),
    ],
)
def test_a_phrase_matches_words_in_order_with_fewer_than_slop_others_among_them(
    index, words, slop, text, matches
):
    reader = index(cable("07X1", text))
    assert reader.count(Phrase("text", tuple(words.split()), slop)) == matches


@pytest.mark.parametrize("slop", [1, 3, 10, MAX_SLOP])
@pytest.mark.parametrize(
    ("column", "words", "matches"),
    [
        ("text", "spoke garzon", 0),  # the text and the name behind it
        ("text", "spoke salt", 0),  # the text and the subject
        ("text", "trade miguel", 0),  # the subject and a name
        ("text", "moratino baltasar", 0),  # a name and the next
        ("text", "baltasar garzon", 1),
        ("text", "miguel spoke", 0),
        ("sounds", "moratinos baltasar", 0),
        ("sounds", "baltasar garzon", 1),
    ],
)
def test_a_phrase_runs_from_no_value_into_the_next(index, column, words, matches, slop):
    people = [["Miguel Moratinos", "Baltasar Garzon"]]
    reader = index(cable("07X1", "Moratinos spoke", subject="Salt trade", people=people))
    terms = map(sound, words.split()) if column == "sounds" else words.split()
    assert reader.count(Phrase(column, tuple(terms), slop)) == matches


MINISTERS = (
    "The Ministers of the office, and a ministerial office, ask for reform or human rights of parties."
)


@pytest.mark.parametrize(
    ("query", "matches"),
    [
        ('"minis* office"', 1),
        ('"ministeria* office"', 1),
        ('"ministry office"', 0),
        ('"ministers* office"', 0),
        ('"ministers* of the office"', 1),
        ('"ministers* office"~3', 1),
        ('"minis?ers of"', 1),
        ('"offic* minist*"~9', 1),
        ('"ask of (reform OR human rights)"', 0),
        ('"ask for (change OR reform)"', 1),
        ('"or (human rights OR reform) of"', 1),
        ('"or (human OR reform) of"', 0),
        ('"ask (human rights OR change) parties"~5', 1),
        ('"ask (human rights OR change) parties"~4', 0),
        ("rights w/1 human", 1),
        ("office w/3 ministers", 1),
        ("parties NEAR/2 (reform OR rights)", 1),
        ("parties NEAR/1 (reform OR rights)", 0),
        ('reform NEAR/2 "human rights"', 1),
        ("salt NEAR/9 parties", 0),
        ("subject:(price NEAR/2 salt)", 1),
        ("reform NEAR/99 salt", 0),
    ],
)
def test_words_near_each_other(index, query, matches):
    reader = index(cable("07X1", MINISTERS, subject="The price of salt"), cable("07X2", "nothing"))
    assert reader.count(parse(query).tree) == matches


def test_too_many_words_near_each_other_are_refused(index):
    reader = index(cable("07X1", " ".join(f"ab{n}x" for n in range(60))))
    assert reader.count(parse('"ab1* ab2*"').tree) == 1
    with pytest.raises(QueryError, match="near each other fit too many"):
        reader.count(parse('"ab* ab*"').tree)


def test_a_phrase_of_too_many_spacings_is_refused(index):
    reader = index(ASTANA)
    assert reader.count(Phrase("text", ("reform", "met"), MAX_SPACINGS)) == 1
    with pytest.raises(QueryError, match="too far apart"):
        reader.count(Phrase("text", ("reform", "met"), MAX_SPACINGS + 1))
    with pytest.raises(QueryError, match="too far apart"):
        reader.count(Phrase("text", ("a", "b", "c", "d"), 50))


@pytest.mark.parametrize("pattern", ["*a??????????", "a" + "?" * 40 + "*", "*a*" * 20, "?" * 70, "**?**a"])
def test_any_wildcard_is_answered(index, pattern):
    reader = index(cable("07X1", "abcdefghijk " + "a" * 64))
    assert reader.count(Wildcard("words", pattern)) == (pattern != "?" * 70)


def test_a_wildcard_stands_for_few_words_or_many(index):
    every = [f"lette{a}{b}x" for a in "abcdefghi" for b in "abcdefghi"]
    reader = index(cable("07X1", *every), cable("07X2", "lettx lette letters", "let"))
    counts = {"lett*x": 82, "lette?ax": 9, "letteb?x": 9, "lett?x": 0, "lettz*x": 0, "le*x": 82, "lett?": 1}
    assert {pattern: reader.count(Wildcard("words", pattern)) for pattern in counts} == counts


def test_terms_of_any_length_and_any_characters_are_found(index):
    long = "x" * 3000
    reader = index(cable("07X1", "a", origin="A | B", tags=(long, "^.*$ \\d")))
    assert reader.count(Term("tag", long)) == 1
    assert reader.count(Wildcard("tag", "^.\\*$_\\?")) == 0
    assert reader.count(Wildcard("tag", "^.*$_\\?")) == 1
    assert reader.count(Prefix("tag", "^.*$")) == 1


def test_a_value_that_is_not_a_tree_is_an_assertion_error(index):
    with pytest.raises(AssertionError, match="reform"):
        index(ASTANA).count("reform")


def test_an_empty_index_has_no_matches(index):
    reader = index()
    assert reader.size() == (0, 0)
    for tree in (REFORM, Everything(), Not(REFORM), Prefix("words", "a"), Phrase("text", ("a", "b"))):
        assert reader.search(tree, limit=3).total == 0
    assert reader.facets(Everything(), ["origin"]) == {"origin": {}}
    assert reader.cable("07ASTANA48") is None
    assert list(reader.cables()) == []


@pytest.mark.parametrize("letter", ["x", "é", "漢"])
def test_a_prefix_of_any_length_is_answered(index, letter):
    long = letter * 3000
    reader = index(cable("07X1", letter * 64, tags=(long,)), cable("07X2", "a", tags=(long[1:],)))
    assert reader.count(Prefix("tag", keyword(long))) == 1
    assert reader.count(Prefix("tag", keyword(long[1:]))) == 2
    assert reader.count(Prefix("words", keyword(letter * 64))) == 1


def test_values_longer_than_an_engine_takes_are_found(index):
    """Cut alike where they are indexed and where they are asked for."""
    reader = index(cable("07X1", "a", origin="漢" * 70_000, tags=("A" * 70_000,)))
    assert reader.count(Term("tag", keyword("A" * 70_000))) == 1
    assert reader.facets(Everything(), ["tag"]) == {"tag": {"A" * 10_000: 1}}
    assert reader.cable("07X1").origin == "漢" * 70_000


@pytest.mark.parametrize("value", ["\udcff", "a\ud800b"])
def test_half_a_character_is_no_term(index, value):
    reader = index(cable("07X1", f"a {value}", tags=(value,)))
    assert reader.count(Term("tag", keyword(value))) == 1
    assert reader.cable("07X1").tags == (value,)
