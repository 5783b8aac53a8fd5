"""Every kind of answer is written in every format."""

import csv
import json
from io import StringIO

import pytest

from cablesearch import export
from cablesearch.people.registry import NamedPerson
from cablesearch.search.results import Dossier, Dossiers, Facets, People, Timeline

COUNTS = {"origin": {"Embassy Tezgara": 1200, "=Ostrel": 13, "Mission Ostrel": 1}, "kind": {}}
FACETS = Facets("salt", 1214, COUNTS, 2)
MASIMOV = NamedPerson("Karim Masimov", {"Masimov": 3, "Karim Masimov": 1}, 4)
QUELL = NamedPerson("Ada Quell", {"Ada Quell": 1}, 1)


def timeline(periods, total, by="year"):
    return Timeline("salt", by, total, periods)


def test_facets_are_equal_to_a_plain_dict():
    assert COUNTS == FACETS
    assert FACETS.top(None) == COUNTS


def test_a_limit_leaves_values_out_of_json_but_says_how_many_there_are(written):
    assert json.loads(written("json", FACETS)) == {
        "query": "salt",
        "total": 1214,
        "facets": {"origin": {"Embassy Tezgara": 1200, "=Ostrel": 13}, "kind": {}},
        "values": {"origin": 3, "kind": 0},
    }


@pytest.mark.parametrize("limit", [None, 1_000_000_000, 99_999_999_999_999_999_999])
def test_a_limit_may_be_larger_than_anything(limit):
    assert FACETS.top(limit).as_dict()["facets"] == COUNTS
    assert len(list(FACETS.top(limit).rows())) == 3
    assert len(list(People([MASIMOV, QUELL], limit).rows())) == 2


def test_a_value_is_a_row_of_csv_and_safe(written):
    assert written("csv", FACETS) == ("field,value,count\norigin,Embassy Tezgara,1200\norigin,'=Ostrel,13\n")


def test_a_value_is_a_line_of_json(written):
    assert written("jsonl", FACETS.top(1)) == (
        '{"field": "origin", "value": "Embassy Tezgara", "count": 1200}\n'
    )


def test_a_timeline_as_json(written):
    assert json.loads(written("json", timeline({"2007-01": 3, "2008-02": 1}, 6, "month"))) == {
        "query": "salt",
        "by": "month",
        "total": 6,
        "undated": 2,
        "periods": {"2007-01": 3, "2008-02": 1},
    }


def test_a_timeline_as_csv_has_the_undated_last(written):
    def rows(timeline):
        return list(csv.reader(StringIO(written("csv", timeline))))

    assert rows(timeline({"2007": 3, "2008": 1}, 6)) == [
        ["year", "count"],
        ["2007", "3"],
        ["2008", "1"],
        ["", "2"],
    ]
    assert rows(timeline({"2007-01-08": 3}, 3, "day")) == [["day", "count"], ["2007-01-08", "3"]]


def test_a_timeline_as_lines_has_null_for_the_undated(written):
    lines = written("jsonl", timeline({"2007": 3}, 5)).splitlines()
    assert list(map(json.loads, lines)) == [{"year": "2007", "count": 3}, {"year": None, "count": 2}]


def test_people(written):
    people = People([MASIMOV, QUELL]).top(1)
    assert json.loads(written("json", people)) == {
        "total": 2,
        "people": [
            {
                "name": "Karim Masimov",
                "paragraphs": 4,
                "forms": {"Masimov": 3, "Karim Masimov": 1},
                "may_be": [],
            },
        ],
    }
    assert written("csv", people) == "name,paragraphs,forms\nKarim Masimov,4,Masimov; Karim Masimov\n"
    assert json.loads(written("jsonl", people))["forms"] == {"Masimov": 3, "Karim Masimov": 1}


def test_dossiers(written):
    others = {f"Person {n}": 1 for n in range(200)}
    posts = {"Embassy Tezgara": 4}
    found = Dossiers([Dossier(MASIMOV, ("07TEZGARA5",), 1, None, None, others, posts, {"Massimov": 2})])
    [one] = json.loads(written("json", found))["people"]
    assert list(one) == [
        *("name", "paragraphs", "forms", "bare", "undecided"),
        *("first", "last", "others", "origins", "cables", "cable_count"),
    ]
    assert (one["paragraphs"], one["bare"], one["undecided"]) == (4, {"Masimov": 3}, {"Massimov": 2})
    assert len(one["others"]) == 100
    assert written("csv", found) == written("csv", People([MASIMOV]))
    assert json.loads(written("jsonl", found)) == one


def test_rows_of_results_are_flat_records_in_the_order_of_the_columns(results):
    [row] = results().rows()
    assert row == {
        "id": "07TEZGARA5#2",
        "cable": "07TEZGARA5",
        "number": "2",
        "score": 2.5,
        "date": "2007-01-08T12:31:00",
        "origin": "Embassy Tezgara",
        "classification": "CONFIDENTIAL",
        "marking": "S/NF",
        "subject": "SALT AND REFORM",
        "people": "Ivo Quell; Anna Source",
        "text": "Minister Ivo Quell told us that reform is near (Ref B).",
        "collections": "north; south",
    }
    assert tuple(row) == results().columns


def test_cables_are_tables_of_their_paragraphs_under_one_heading_row(written, cable):
    rows = list(csv.DictReader(StringIO(written("csv", cable, cable))))
    assert [row["id"] for row in rows] == [paragraph.id for paragraph in cable.paragraphs] * 2
    assert tuple(rows[0]) == cable.columns
    assert list(map(json.loads, written("jsonl", cable, cable).splitlines())) == [cable.as_dict()] * 2


class Slow:
    """An answer of three rows that counts how many of them were taken."""

    columns = ("row",)
    taken = 0

    def rows(self):
        for number in range(3):
            self.taken += 1
            yield {"row": number}

    def records(self):
        return self.rows()

    def as_dict(self):
        return {"taken": self.taken}


class Watched(StringIO):
    """A stream that notes how much of an answer was taken at each time that it was written to."""

    def __init__(self, answer):
        super().__init__()
        self.answer, self.seen = answer, []

    def write(self, text):
        self.seen.append(self.answer.taken)
        return super().write(text)


@pytest.mark.parametrize(("format", "seen"), [("csv", [0, 1, 2, 3]), ("jsonl", [1, 2, 3])])
def test_rows_are_written_as_they_come(format, seen):
    answer = Slow()
    stream = Watched(answer)
    export.write(format, [answer], stream)
    assert stream.seen == seen


@pytest.mark.parametrize("format", ["csv", "json", "jsonl"])
def test_answers_are_written_as_they_come(results, format):
    def stream():
        for _ in range(3):
            answer.taken += 1
            yield results()

    answer = Slow()
    watched = Watched(answer)
    export.write(format, stream(), watched)
    assert set(watched.seen) == {1, 2, 3}
