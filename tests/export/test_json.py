"""JSON has the keys of docs/json.md, in that order."""

import json
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from cablesearch.corpus.record import Failure
from cablesearch.export.json import dumps
from cablesearch.indexing import Report, State
from cablesearch.meaning import VectorReport, VectorState
from cablesearch.search.results import Facets, Overview, Results, Timeline

SCHEMA = (Path(__file__).parents[2] / "docs/json.md").read_text("utf-8")


REPORT = Report(
    engine="whoosh",
    switched=None,
    files=2,
    read=2,
    unchanged=0,
    cables=2,
    paragraphs=3,
    added=2,
    replaced=0,
    removed=0,
    duplicates=(("07TEZGARA5", "a.html", "b.txt"),),
    failures=(Failure("c.bin", "not a format that is read"),),
    seconds=0.5,
    formats={"plain text": 2},
    collections={"corpus": 2},
    without_text=(("76KELVO2", "d.txt", "TEXT ON MICROFILM"),),
)


def documented(part):
    """Return the keys in the table that follows a line which begins so."""
    table = SCHEMA.partition(f"\n{part}")[2].partition("\n| key")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    return [key for row in rows for key in re.findall(r"`(\w+)`", row)]


def test_a_search(written, results):
    assert json.loads(written("json", results())) == {
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
                "collections": ["north", "south"],
            }
        ],
        "suggestion": None,
        "undated": 0,
    }


def test_a_search_by_cable(written, results):
    found = json.loads(written("json", replace(results(shown=2), grouped=True)))
    [cable] = found["cables"]
    assert (cable["id"], cable["hits"]) == ("07TEZGARA5", ["07TEZGARA5#2"] * 2)
    assert (cable["created"], cable["origin"]) == ("2007-01-08T12:31:00", "Embassy Tezgara")
    assert cable["collections"] == ["north", "south"]


def test_nothing_found_is_an_object_too(written):
    assert written("json", Results("zzz", 0, False, ())) == (
        '{"query": "zzz", "total": 0, "relaxed": false, "hits": [], "suggestion": null, "undated": 0}\n'
    )


def test_every_key_is_documented_in_its_order(results, cable):
    found = results().as_dict()
    assert list(found) == documented("## A search")
    assert list(found["hits"][0]) == documented("A hit:")
    parsed = cable.as_dict()
    assert list(parsed) == documented("## A cable")
    assert list(parsed["paragraphs"][0]) == documented("A paragraph:")
    assert list(Facets("", 0, {}).as_dict()) == documented("## Counts by value")
    assert list(Timeline("", "year", 0, {}).as_dict()) == documented("## Counts over time")
    assert list(REPORT.as_dict()) == documented("## A build")
    assert list(Overview(STATE, Facets("", 0, {})).as_dict()) == documented("## The index")


def test_lines_of_json_are_the_hits(written, results):
    lines = written("jsonl", results(shown=2)).splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["07TEZGARA5#2"] * 2


def test_unicode_is_kept_and_control_characters_are_escaped():
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
    names=("corpus",),
    collections={"corpus": 2},
)


def test_the_report_of_a_build(written):
    assert json.loads(written("json", REPORT)) == {
        "engine": "whoosh",
        "switched": None,
        "files": 2,
        "read": 2,
        "unchanged": 0,
        "cables": 2,
        "paragraphs": 3,
        "added": 2,
        "replaced": 0,
        "removed": 0,
        "lost": 0,
        "seconds": 0.5,
        "formats": {"plain text": 2},
        "collections": {"corpus": 2},
        "without_text": [{"id": "76KELVO2", "source": "d.txt", "reason": "TEXT ON MICROFILM"}],
        "duplicates": [{"id": "07TEZGARA5", "kept": "a.html", "dropped": "b.txt"}],
        "failures": [{"source": "c.bin", "reason": "not a format that is read"}],
        "left": None,
    }


def test_the_state_of_an_index(written):
    assert json.loads(written("json", Overview(STATE, Facets("*", 5, {"year": {"2007": 5}}), (8, 3)))) == {
        "engine": "whoosh",
        "version": "0.1.0",
        "built": "2026-01-02T03:04:05",
        "sources": ["corpus"],
        "cluster": None,
        "cables": 2,
        "paragraphs": 5,
        "references": 8,
        "resolved": 3,
        "size": 12345,
        "names": ["corpus"],
        "collections": {"corpus": 2},
        "waiting": 0,
        "facets": {"year": {"2007": 5}},
    }


def test_what_is_said_of_vectors_is_documented():
    state = VectorState("MiniLM", "models/minilm", paragraphs=3, with_vectors=2, size=900, size_of_all=1_350)
    report = VectorReport("MiniLM", paragraphs=3, passages=4, made=2, size=1_350, seconds=0.5)
    keys = documented("`cablesearch meaning --format json`")
    assert [*state.as_dict()] == keys[:7]
    assert {*report.as_dict()} - {*state.as_dict()} == {*keys[7:]}


def test_an_overview_counts_what_is_documented():
    assert f"for each of `{'`, `'.join(Overview.counted)}`, an object" in SCHEMA
