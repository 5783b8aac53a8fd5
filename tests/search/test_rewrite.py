"""Spelling variants of bare words, as far as an index has them."""

from pathlib import Path

import pytest

from cablesearch.engines.documents import documents
from cablesearch.query.query import parse
from cablesearch.search.index import Index
from cablesearch.search.rewrite import expected_terms, rewrite
from tests.engines.engines import ENGINES, engine
from tests.engines.model import cable


@pytest.fixture(scope="module", params=ENGINES)
def index(request, tmp_path_factory):
    folder: Path = tmp_path_factory.mktemp(request.param)
    with engine(request.param).write(folder, fresh=True) as writer:
        for each in (
            cable("07A1", "the True Ak Zhol party", "the AkZhol list", "a list of zhol"),
            cable("07A2", "met Nazarbayev", people=[["Nursultan Nazarbayev"]]),
            cable("07A3", "the National Front (FNLA)", "FNLA troops", "the Front fell"),
        ):
            writer.add(each, documents(each))
    with engine(request.param).read(folder) as reader:
        yield Index(folder, reader)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Ak Zhol", {"07A1#1", "07A1#2"}),
        ("AkZhol", {"07A1#1", "07A1#2"}),
        ("TrueAk", {"07A1#1"}),
        ("Nazarbaev", {"07A2#1"}),
        ("nazarbaev OR list", {"07A2#1", "07A1#2", "07A1#3"}),
        ('"Nazarbaev"', set()),
        ("list NOT Nazarbaev", {"07A1#2", "07A1#3"}),
        ('"national front"', {"07A3#1", "07A3#2"}),
        ("FNLA", {"07A3#1", "07A3#2"}),
        ("Nowhere", set()),
    ],
)
def test_a_word_finds_its_variants(index, query, found):
    results = index.search(query)
    assert {hit.paragraph.id for hit in results.hits[: results.total]} == found


def test_partial_matches_may_have_variants(index):
    results = index.search("nazarbaev zhol")
    assert (results.total, results.relaxed) == (0, True)
    assert {hit.paragraph.id for hit in results} == {"07A1#1", "07A1#3", "07A2#1"}


def test_explain_shows_the_variants(index):
    assert '      person: a name that sounds like "nazarbav"' in index.explain("nazarbaev list")


WRITTEN = {
    "counter-terrorism": ("counterterrorism", "Counter-Terrorism", "counter terrorism"),
    "reelection": ("reelection", "re-election", "re election"),
    "non-proliferation": ("nonproliferation", "non-proliferation", "non proliferation"),
    "policemen": ("policemen", "police-men"),
    "Shi'a": ("shia", "Shi'a", "Shi’a"),
    "al-Qa'ida": ("al-Qaida", "al-Qa'ida", "al Qaida", "al Qa'ida"),
    "Sana'a": ("Sanaa", "Sana'a"),
    "F-16": ("F-16", "F16", "F-16s", "F16s"),
    "S-300": ("S300", "S-300"),
    "U.S.": ("U.S.", "US", "U. S."),
    "KGB": ("K. G. B.", "KGB", "K.G.B."),
    "3,500,000": ("3500000", "3,500,000"),
    "كتاب": ("كِتَاب", "كتـاب", "كتاب"),
    "Élysée": ("\u00c9lys\u00e9e", "E\u0301lyse\u0301e", "Elysee"),
}


@pytest.fixture(scope="module", params=ENGINES)
def written(request, tmp_path_factory):
    """An index with a paragraph for each way to write each word, and some for words that are like them."""
    folder: Path = tmp_path_factory.mktemp(request.param)
    texts = [f"the {way} unit" for ways in WRITTEN.values() for way in ways]
    others = [
        "the counter",
        "terrorism and a counter",
        "proliferation non",
        "election",
        "F 17 and 16 F",
        "a man",
    ]
    with engine(request.param).write(folder, fresh=True) as writer:
        one = cable("07A1", *texts, *others)
        writer.add(one, documents(one))
    with engine(request.param).read(folder) as reader:
        yield Index(folder, reader)


@pytest.mark.parametrize(("word", "way"), [(word, way) for word in WRITTEN for way in WRITTEN[word]])
def test_a_word_is_found_in_every_way_in_which_it_is_written(written, word, way):
    before = sum(len(WRITTEN[each]) for each in WRITTEN if [*WRITTEN].index(each) < [*WRITTEN].index(word))
    ids = {f"07A1#{before + n}" for n in range(1, len(WRITTEN[word]) + 1)}
    found = {hit.paragraph.id for hit in written.scan(way)}
    assert found >= ids if " " in way else found == ids  # two words may also stand apart


def test_an_excluded_word_is_excluded_in_every_way(written):
    size = written.count("unit")
    assert written.count("unit -counterterrorism") == size - 3
    assert written.count("unit NOT shia") == size - 3
    assert written.count('unit NOT "shia"') == size - 1


def test_a_form_is_found_however_often_the_other_is_there(tmp_path):
    texts = ["counterterrorism"] * 30 + ["counter-terrorism"]
    with engine("tantivy").write(tmp_path, fresh=True) as writer:
        one = cable("07A1", *texts)
        writer.add(one, documents(one))
    with engine("tantivy").read(tmp_path) as reader:
        index = Index(tmp_path, reader)
        assert index.count("counterterrorism") == index.count("counter-terrorism") == 31


def test_explain_shows_the_other_forms(written):
    assert written.explain("counterterrorism") == [
        "paragraphs with",
        "  at least one of",
        '    text: any form of "counterterror"',
        '    text: any form of "counter terror", counting 0.697 times',
        '    text: in several parts, any form of "counterterror"',
        '"counterterror": in the text of 1 paragraphs',
        '"counter": in the text of 4 paragraphs',
        '"terror": in the text of 3 paragraphs',
    ]
    assert '    text: any form of "f16s"' in written.explain("F-16")


@pytest.mark.parametrize(
    "query", ["list", "party list", "F-16 troops", "front NOT zhol", "Ak OR list", "al-Qaida"]
)
def test_what_rewriting_looks_up_first_is_known_before(index, monkeypatch, query):
    """So that an engine on other machines can be asked for it together with the search."""
    asked = {}

    def watched(column, terms):
        asked.setdefault(column, set(terms))  # only the first time
        return dict.fromkeys(terms, 0) if column == "joined" else dict.fromkeys(terms, 99)

    monkeypatch.setattr(index._reader, "frequencies", watched)
    typed = parse(query)
    rewrite(typed, index._reader, index._people)
    expected = expected_terms(typed)
    assert asked.keys() == {"joined", "text"}
    assert all(terms <= expected[column] for column, terms in asked.items())
