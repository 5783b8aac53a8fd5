"""JSON has the keys of docs/json.md, in that order."""

import json
import re
from datetime import datetime
from pathlib import Path

from cablesearch.export.json import (
    cable_json,
    dumps,
    facets_json,
    hits_jsonl,
    results_json,
    state_json,
    timeline_json,
)
from cablesearch.indexing import State
from cablesearch.search.results import Results, Timeline

SCHEMA = (Path(__file__).parents[2] / "docs/json.md").read_text("utf-8")


def documented(part):
    """Gives the keys in the table that follows a line which begins so."""
    table = SCHEMA.partition(f"\n{part}")[2].partition("\n| key")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    return [key for row in rows for key in re.findall(r"`(\w+)`", row)]


def test_a_search(results):
    assert json.loads(results_json(results())) == {
        "query": "reform",
        "total": 1,
        "relaxed": False,
        "hits": [
            {
                "id": "07TEZGARA5#2",
                "cable": "07TEZGARA5",
                "number": "2",
                "score": 2.5,
                "origin": "Embassy Tezgara",
                "classification": "CONFIDENTIAL",
                "marking": "S/NF",
                "created": "2007-01-08T12:31:00",
                "subject": "SALT AND REFORM",
                "people": ["Ivo Quell", "Anna Source"],
                "text": "Minister Ivo Quell told us that reform is near (Ref B).",
                "highlights": [[32, 38]],
            }
        ],
        "suggestion": None,
    }


def test_a_search_by_cable(results):
    found = json.loads(results_json(results(shown=2), group=True))
    assert found["cables"] == [{"id": "07TEZGARA5", "hits": ["07TEZGARA5#2"] * 2}]


def test_nothing_found_is_an_object_too():
    assert results_json(Results("zzz", 0, False, ())) == (
        '{"query": "zzz", "total": 0, "relaxed": false, "hits": [], "suggestion": null}'
    )


def test_every_key_is_documented_in_its_order(results, cable):
    found = json.loads(results_json(results()))
    assert list(found) == documented("## A search")
    assert list(found["hits"][0]) == documented("A hit:")
    parsed = json.loads(cable_json(cable))
    assert list(parsed) == documented("## A cable")
    assert list(parsed["paragraphs"][0]) == documented("A paragraph:")
    assert list(json.loads(facets_json("", 0, {}))) == documented("## Counts by value")
    assert list(json.loads(timeline_json(Timeline("", "year", 0, {})))) == documented("## Counts over time")
    assert list(json.loads(state_json(STATE, {}))) == documented("## The index")


def test_lines_of_json_are_the_hits(results):
    lines = hits_jsonl(results(shown=2)).split("\n")
    assert [json.loads(line)["id"] for line in lines] == ["07TEZGARA5#2"] * 2


def test_unicode_stays_and_what_a_terminal_obeys_is_escaped():
    text = "Élysée 東京 \x1b \x9b \u202e \udcff \u2028"
    printed = dumps(text)
    assert printed == '"Élysée 東京 \\u001b \\u009b \\u202e \\udcff \\u2028"'
    assert json.loads(printed) == text


STATE = State(
    engine="whoosh",
    chosen=False,
    built=datetime(2026, 1, 2, 3, 4, 5),
    sources=(Path("corpus"),),
    files=3,
    cables=2,
    paragraphs=5,
    text=900,
    size=12_345,
    generation=Path("index/generations/000001"),
    version="0.1.0",
)


def test_the_state_of_an_index():
    assert json.loads(state_json(STATE, {"year": {"2007": 5}})) == {
        "engine": "whoosh",
        "version": "0.1.0",
        "built": "2026-01-02T03:04:05",
        "sources": ["corpus"],
        "cables": 2,
        "paragraphs": 5,
        "size": 12345,
        "facets": {"year": {"2007": 5}},
    }
