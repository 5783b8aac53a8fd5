"""Which paragraphs a tree matches."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from whoosh.query import (
    And,
    ConstantScoreQuery,
    Every,
    FuzzyTerm,
    Not,
    NullQuery,
    NumericRange,
    Or,
    Phrase,
    Prefix,
    Term,
    Wildcard,
)

from cablesearch.engines.contract import MOST_SPACINGS
from cablesearch.errors import QueryError
from cablesearch.query.fields import instant
from tests.engines.truth import cable, places

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
SILENT = cable("08SILENT1")  # a cable without paragraphs is no match for anything
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
        (Phrase("text", ["reform", "commiss"]), [SECOND]),
        (Phrase("text", ["commiss", "reform"]), []),
        (Phrase("text", ["reform", "of", "reform"]), [FOURTH]),
        (Phrase("text", ["reform"]), [SECOND, THIRD, FOURTH]),
        (Phrase("text", []), []),
        (Phrase("text", ["reform", "unheard"]), []),
        (Phrase("person", ["karim", "masimov"]), [THIRD]),
        (Phrase("person", ["masimov", "bulat"]), []),  # nobody is called so
        (Prefix("words", "re"), [SECOND, THIRD, FOURTH]),
        (Prefix("words", "nazar"), [SECOND]),
        (Prefix("marking", "s/"), [THIRD]),
        (Wildcard("words", "*ion"), [SECOND, THIRD]),
        (Wildcard("words", "naz?rb*v"), [SECOND]),
        (Wildcard("words", "м?сква"), [FIRST]),
        (Wildcard("words", "[rs]eform"), []),
        (Wildcard("marking", "?/nf"), [THIRD]),
        (Wildcard("words", "*"), ALL),
        (FuzzyTerm("words", "nazarbayev"), [SECOND]),
        (FuzzyTerm("words", "anzarbayev"), []),
        (FuzzyTerm("words", "anzarbaev"), [SECOND]),  # a swap is one edit
        (FuzzyTerm("words", "anzarbayev", maxdist=2), [SECOND]),
        (FuzzyTerm("words", "москво"), [FIRST]),
        (NumericRange("date", instant(date(2007, 1, 1)), None), [SECOND, THIRD]),
        (NumericRange("date", None, instant(date(2007, 1, 1))), [FIRST]),
        (NumericRange("date", None, instant(date(2006, 5, 1)), endexcl=True), []),
        (NumericRange("date", instant(date(2006, 5, 1)), None, startexcl=True), [SECOND, THIRD]),
        (NumericRange("date", None, None), [FIRST, SECOND, THIRD]),
        (Every(), ALL),
        (Every("person"), [SECOND, THIRD]),
        (Every("date"), [FIRST, SECOND, THIRD]),
        (NullQuery, []),
        (And([]), []),
        (Or([]), []),
        (And([REFORM, Term("marking", "c")]), [SECOND]),
        (And([REFORM, Not(Term("marking", "c"))]), [THIRD, FOURTH]),
        (And([Not(REFORM), Not(Term("origin", "astana"))]), [FIRST]),
        (And([Not(REFORM), NullQuery]), []),
        (And([REFORM]), [SECOND, THIRD, FOURTH]),
        (Or([Term("words", "member"), Term("words", "москва")]), [FIRST, THIRD]),
        (Or([Term("words", "member"), Not(REFORM)]), [FIRST, THIRD]),
        (Or([Not(REFORM), NullQuery]), [FIRST]),
        (Not(REFORM), [FIRST]),
        (Not(Not(REFORM)), [SECOND, THIRD, FOURTH]),
        (Not(NullQuery), ALL),
        (Not(Every()), []),
        (Not(And([])), ALL),
        (ConstantScoreQuery(REFORM, 0.0), [SECOND, THIRD, FOURTH]),
        (And([REFORM, ConstantScoreQuery(Term("marking", "c"), 0.0)]), [SECOND]),
        (ConstantScoreQuery(NullQuery, 2.0), []),
    ],
    ids=repr,
)
def test_a_tree_matches_these_paragraphs(index, tree, expected):
    reader = index(ASTANA, HAMBURG, SILENT, UNDATED)
    page = reader.search(tree, limit=9)
    assert sorted(places(page)) == expected
    assert page.total == reader.count(tree) == len(expected)


def test_a_subclass_matches_as_its_base_does(index):
    class Words(And):
        pass

    class Anywhere(Or):
        pass

    tree = Words([Anywhere([REFORM, Term("subject", "reform")]), Term("words", "met")])
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
def test_the_words_of_a_phrase_stand_in_order_with_few_others_among_them(index, words, slop, text, matches):
    reader = index(cable("07X1", text))
    assert reader.count(Phrase("text", words.split(), slop=slop)) == matches


def test_a_phrase_of_too_many_spacings_is_refused(index):
    reader = index(ASTANA)
    assert reader.count(Phrase("text", ["reform", "met"], slop=MOST_SPACINGS)) == 1
    with pytest.raises(QueryError, match="too far apart"):
        reader.count(Phrase("text", ["reform", "met"], slop=MOST_SPACINGS + 1))
    with pytest.raises(QueryError, match="too far apart"):
        reader.count(Phrase("text", ["a", "b", "c", "d"], slop=50))


@pytest.mark.parametrize("pattern", ["*a??????????", "a" + "?" * 40 + "*", "*a*" * 20, "?" * 70, "**?**a"])
def test_no_wildcard_is_too_much(index, pattern):
    reader = index(cable("07X1", "abcdefghijk " + "a" * 64))
    assert reader.count(Wildcard("words", pattern)) == (pattern != "?" * 70)


def test_terms_of_any_length_and_sign_are_found(index):
    long = "x" * 3000
    reader = index(cable("07X1", "a", origin="A | B", tags=(long, "^.*$ \\d")))
    assert reader.count(Term("tag", long)) == 1
    assert reader.count(Wildcard("tag", "^.\\*$_\\?")) == 0
    assert reader.count(Wildcard("tag", "^.*$_\\?")) == 1
    assert reader.count(Prefix("tag", "^.*$")) == 1


def test_an_unknown_kind_of_query_is_a_mistake_of_ours(index):
    from whoosh.query import AndMaybe

    with pytest.raises(TypeError, match="AndMaybe"):
        index(ASTANA).count(AndMaybe(REFORM, REFORM))


def test_an_empty_index_has_no_matches(index):
    reader = index()
    assert reader.size() == (0, 0)
    for tree in (REFORM, Every(), Not(REFORM), Prefix("words", "a"), Phrase("text", ["a", "b"])):
        assert reader.search(tree, limit=3).total == 0
    assert reader.facets(Every(), ["origin"]) == {"origin": {}}
    assert reader.cable("07ASTANA48") is None
    assert list(reader.cables()) == []
