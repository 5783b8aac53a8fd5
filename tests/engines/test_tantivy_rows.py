"""What tantivy is given of a paragraph."""

import json
from dataclasses import replace

from cablesearch.engines import engine as engine_named
from cablesearch.engines.documents import documents
from tests.engines.model import cable


def rows(each):
    return [json.loads(row) for row in engine_named("tantivy").writer.rows(documents(each))]


def test_a_row_has_the_fields_of_its_cable_and_its_own():
    each = cable("07A1", "one", "two", "three", "four")
    first, second, third, fourth = each.paragraphs
    places = (
        replace(first, heading="Quota", marking="C"),
        replace(second, heading="Salt", marking="C"),
        replace(third, heading="Quota", marking="S/NF"),
        fourth,
    )
    found = rows(replace(each, subject="herring", paragraphs=places))
    assert [row.get("heading") for row in found] == ["quota", "salt", "quota", None]
    assert [row.get("facet_marking") for row in found] == [["C"], ["C"], ["S/NF"], None]
    assert [row["text"][0] for row in found] == ["one", "two", "three", "four"]
    assert [row["text"][-1] for row in found] == ["herring"] * 4
    assert {row["paragraphs"] for row in found} == {4}
    assert [row["tie_key"] - (row["cable"] << 16) for row in found] == [0, 1, 2, 3]


def test_a_cable_without_paragraphs_has_no_rows():
    assert not rows(cable("07A1"))
