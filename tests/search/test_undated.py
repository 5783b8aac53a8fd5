"""Paragraphs without a date, where a query asks for one: they are counted and said."""

from datetime import date
from pathlib import Path

import pytest

from cablesearch.engines.documents import documents
from cablesearch.search.index import Index
from tests.engines.engines import ENGINES, engine
from tests.engines.model import cable


@pytest.fixture(scope="module", params=ENGINES)
def index(request, tmp_path_factory):
    folder: Path = tmp_path_factory.mktemp(request.param)
    with engine(request.param).write(folder, fresh=True) as writer:
        for each in (
            cable("07A1", "salt", "fish", created=date(2007, 1, 8)),
            cable("08A1", "salt", created=date(2008, 1, 8)),
            cable("00A1", "salt and fish", "salt"),
            cable("00A2", "fish"),
        ):
            writer.add(each, documents(each))
    with engine(request.param).read(folder) as reader:
        yield Index(folder, reader)


@pytest.mark.parametrize(
    ("query", "total", "undated"),
    [
        ("salt date:2007", 1, 2),
        ("salt date:2006,2009", 0, 2),
        ("salt fish date:>=2007", 0, 1),
        ("salt", 4, 0),
        ("salt date:none", 2, 0),
        ("salt NOT date:2007", 3, 0),
        ("date:2007", 2, 3),
        ("date:2007 OR fish", 4, 1),
        ("(salt date:2007) OR (fish date:2008)", 1, 3),
    ],
)
def test_undated_paragraphs_that_match_otherwise_are_counted(index, query, total, undated):
    results = index.search(query)
    assert (results.total, results.undated) == (total, undated)
    assert index.count_undated(query) == undated
    assert index.search(query, per_cable=1).undated == undated


def test_an_index_in_which_every_cable_is_dated_has_none(tmp_path):
    with engine("whoosh").write(tmp_path, fresh=True) as writer:
        one = cable("07A1", "salt", created=date(2007, 1, 8))
        writer.add(one, documents(one))
    with engine("whoosh").read(tmp_path) as reader:
        assert Index(tmp_path, reader).search("salt date:2008").undated == 0
