"""tantivy keeps no postings and no lengths that nobody asks for."""

import json

import pytest

from cablesearch.engines import engine as engine_named
from cablesearch.engines.documents import documents
from cablesearch.query.tree import Has
from tests.engines.model import cable, places


@pytest.fixture(scope="module")
def fields(tmp_path_factory):
    folder = tmp_path_factory.mktemp("index")
    with engine_named("tantivy").write(folder, fresh=True) as writer:
        each = cable("07A1", "word", "more", people=(("Ab Ba",), ()))
        writer.add(each, documents(each))
    schema = json.loads((folder / "meta.json").read_text("utf-8"))["schema"]
    return folder, {field["name"]: field["options"] for field in schema}


@pytest.mark.parametrize(
    ("field", "lengths"), [("text", True), ("sounds", False), ("words", False), ("facts", False)]
)
def test_lengths_are_kept_of_columns_that_are_scored(fields, field, lengths):
    assert fields[1][field]["indexing"]["fieldnorms"] is lengths


@pytest.mark.parametrize("field", ["facet_origin", "facet_year"])
def test_what_is_only_counted_is_not_indexed(fields, field):
    assert fields[1][field] == {"stored": False, "fast": True}


def test_presence_is_told_of_fields(fields):
    with engine_named("tantivy").read(fields[0]) as reader:
        assert places(reader.search(Has("person"), limit=9)) == ["07A1/0"]
        assert sorted(places(reader.search(Has("text"), limit=9))) == ["07A1/0", "07A1/1"]
        with pytest.raises(AssertionError, match="who"):
            reader.count(Has("who"))
