"""Cables as JSON."""

import json
from datetime import datetime
from io import StringIO

import pytest

from cablesearch.corpus import Failure, json_stream, read
from cablesearch.corpus import json as reader
from cablesearch.export import write
from cablesearch.model.cable import Cable, Paragraph

ONE = {"id": "07 ASTANA 48", "date": "2007-01-08T12:31", "tags": ["PGOV", "KZ"], "body": "1. (C) Reform."}
TWO = {"id": "07ASTANA49", "meta": {"date": "1/9/2007 8:05", "from": "Embassy Astana"}, "text": "1. Herring."}


def written(format, answer) -> str:
    stream = StringIO()
    write(format, [answer], stream)
    return stream.getvalue()


def ids(found) -> list[str]:
    """Ids of cables, reasons of failures."""
    return [item.reason if isinstance(item, Failure) else item.id for item in found]


@pytest.mark.parametrize(
    "content",
    [
        f"{json.dumps(ONE)}\n{json.dumps(TWO)}\n",
        f"\ufeff{json.dumps(ONE)}\r\n\r\n{json.dumps(TWO)}",
        json.dumps([ONE, TWO]),
        json.dumps([ONE, TWO], indent=1),
        json.dumps({"count": 2, "cables": [ONE, TWO]}),
        json.dumps({"count": 2, "cables": [ONE, TWO]}, indent=1),
    ],
    ids=["lines", "lines with a mark", "list", "indented list", "object", "indented object"],
)
@pytest.mark.parametrize("name", ["cables.json", "cables"])
def test_objects_are_cables_wherever_they_stand(reading, name, content):
    first, second = reading(name, content)
    assert (first.id, first.created) == ("07ASTANA48", datetime(2007, 1, 8, 12, 31))
    assert (first.tags, first.message) == (("PGOV", "KZ"), "1. (C) Reform.")
    assert (second.id, second.created, second.origin) == (
        "07ASTANA49",
        datetime(2007, 1, 9, 8, 5),
        "Embassy Astana",
    )


def test_what_parse_prints_is_read_as_it_was_parsed(reading, cable):
    [record] = reading("x.jsonl", written("json", cable))
    assert record.cable == cable
    [record] = reading("x.json", json.dumps([cable.as_dict()], indent=2))
    assert record.cable == cable


@pytest.mark.parametrize(
    "changes",
    [{"paragraphs": "x"}, {"tags": [1]}, {"partial": "no"}, {"id": None}, {"references": [{"label": None}]}],
)
def test_values_of_other_types_are_not_taken_for_a_parsed_cable(reading, cable, changes):
    [item] = reading("x.json", json.dumps(cable.as_dict() | changes))
    assert getattr(item, "cable", None) is None


@pytest.mark.parametrize("place", ["cable", "paragraphs", "references", "people"])
def test_keys_that_a_later_version_may_add_are_left_out(reading, cable, place):
    value = cable.as_dict()
    people = [person for paragraph in value["paragraphs"] for person in paragraph["people"]]
    for changed in {"cable": [value], "people": people}.get(place) or value[place]:
        changed["ame"] = "later"
    [record] = reading("x.json", json.dumps(value))
    assert record.cable == cable


def test_a_parsed_cable_with_an_impossible_date_is_reported(reading, cable):
    [failure] = reading("x.json", json.dumps(cable.as_dict() | {"created": "2007-02-31"}))
    assert failure.reason.startswith("not as `cablesearch parse` writes it: ")


def test_hits_of_a_search_are_refused(reading, results):
    for content in (written("json", results()), written("jsonl", results(shown=2))):
        [failure] = reading("x.json", content)
        assert failure.reason.startswith("hits of a search, not whole cables")


def test_an_object_that_is_no_cable_is_reported_and_the_others_are_read(reading):
    lines = [
        json.dumps(ONE),
        '{"id": "torn',
        "[3]",
        '{"price": 3}',
        json.dumps(ONE | {"body": ""}),
        json.dumps(TWO),
    ]
    assert ids(reading("x.jsonl", "\n".join(lines))) == [
        "07ASTANA48",
        "cut off, or not an object",
        "cut off, or not an object",
        "an object without a key that is called text, body or message: price",
        "an object without a text",
        "07ASTANA49",
    ]


def test_lines_after_a_torn_first_one_are_read(reading):
    assert ids(reading("x.jsonl", '{"id": "torn\n' + json.dumps(ONE))) == [
        "cut off, or not an object",
        "07ASTANA48",
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (
            '{"name": "cablesearch", "version": "1"}',
            "an object without a key that is called text, body or message: name, version",
        ),
        ('[{"id": "07ASTANA48", "body": "torn', "cut off, or not JSON"),
        ('{"body": "\\ud800"}', "cut off, or not an object"),
        ('{"a":' * 5000, "cut off, or not JSON"),
    ],
)
def test_other_json_is_refused_by_name(reading, content, reason):
    [failure] = reading("x.json", content)
    assert failure.reason == reason


MANY = [ONE | {"id": f"07ASTANA{n}"} for n in range(1, 40)]


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(MANY),
        json.dumps(MANY, indent=2),
        json.dumps({"total": 39, "source": {"a": [1]}, "cables": MANY, "end": True}),
        json.dumps({"total": 39, "cables": MANY}, indent=1),
        "\ufeff  " + json.dumps(MANY) + " \n\n",
        "\n".join(map(json.dumps, MANY)),
        "\n".join(json.dumps(one, indent=2) for one in MANY),
        "[\n" + ",\n".join(map(json.dumps, MANY)) + "\n]",
        json.dumps(MANY).replace(", ", "," + " " * 40),
    ],
    ids=[
        "list",
        "indented",
        "held",
        "held, indented",
        "mark",
        "lines",
        "in a row",
        "lines of a list",
        "spaces",
    ],
)
@pytest.mark.parametrize("block", [7, 100, 1 << 20])
def test_json_may_be_longer_than_what_is_held_of_it(reading, monkeypatch, content, block):
    monkeypatch.setattr(reader, "MAX_ROW_BYTES", 1000)
    monkeypatch.setattr(json_stream, "_BLOCK_BYTES", block)
    assert ids(reading("x.json", content)) == [one["id"] for one in MANY]


def test_a_list_is_read_as_far_as_it_goes(reading, monkeypatch):
    monkeypatch.setattr(reader, "MAX_ROW_BYTES", 1000)
    torn = json.dumps(MANY[:20])[:-40]
    assert ids(reading("x.json", torn)) == [*(one["id"] for one in MANY[:19]), "cut off, or not JSON"]
    strange = json.dumps(MANY[:20]).replace('"07ASTANA9"', "07ASTANA9")
    assert ids(reading("x.json", strange)) == [*(one["id"] for one in MANY[:8]), "cut off, or not JSON"]


def test_an_object_that_is_too_long_is_refused(reading, monkeypatch):
    monkeypatch.setattr(reader, "MAX_ROW_BYTES", 1000)
    monkeypatch.setattr(json_stream, "_BLOCK_BYTES", 100)
    long = ONE | {"body": "1. (C) " + "herring " * 500}
    assert ids(reading("x.json", json.dumps([ONE, long, TWO]))) == [
        "07ASTANA48",
        "an object of more than 0 MB: no cable is that long",
    ]


def test_shards_have_each_object_once(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_text("".join(json.dumps(ONE | {"id": f"07ASTANA{n}"}) + "\n" for n in range(1, 8)), "utf-8")
    shards = [[record.id for record in read(path, (k, 3))] for k in range(3)]
    assert sorted(id for shard in shards for id in shard) == [f"07ASTANA{n}" for n in range(1, 8)]


def test_what_an_earlier_version_printed_is_read(reading):
    paragraph = Paragraph("07KELVO9#1", "1", None, None, None, "Salt.")
    cable = Cable("07KELVO9", subject="SALT", paragraphs=(paragraph,))
    later = ("other_ids", "subject_marking", "concepts", "without_text", "edition")
    printed = {key: value for key, value in cable.as_dict().items() if key not in later}
    [record] = reading("a.jsonl", json.dumps(printed) + "\n")
    assert record.cable == cable
