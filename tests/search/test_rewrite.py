"""Spelling variants of bare words, as far as an index has them."""

from pathlib import Path

import pytest

from cablesearch.engines import NAMES, engine
from cablesearch.engines.documents import documents
from cablesearch.search.index import Index
from tests.engines.model import cable


@pytest.fixture(scope="module", params=NAMES)
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
        ("AkZhol", {"07A1#2"}),  # it is there as it was typed
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
