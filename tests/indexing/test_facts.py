"""What a source says of a cable finds it: concepts, malformed ids, months, facts of cables without text."""

from __future__ import annotations

import pytest

from cablesearch.indexing import rebuild, update
from cablesearch.search.index import open_index

CARD = """Message Attributes

Document Number: 1976KELVO00{number}
Draft Date: 13 FEB 1976
Original Classification: SECRET
Subject: {subject}
TAGS: EFIS, QV
Concepts: FISHING LIMITS, {concept}
Reference: 76 OSTREL 12
Locator: {missing}
"""
PLAIN = """{id}

2009-03-05 12:31
CONFIDENTIAL
Embassy Manama

C O N F I D E N T I A L {station} 000{serial}

SUBJECT: SALT
{ref}
1. (C) The price of salt stays where it is{more}
"""
VOLUME = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="kelvo1958-60v01"><text><body>
<div type="document" xml:id="d1" n="1"><head>1. Telegram from Kelvo</head>
<dateline><date {date}>{shown}</date></dateline><p>The herring is late.</p></div>
<div type="document" xml:id="d2" n="2"><head>2. Telegram from Kelvo</head>
<dateline><date when="1959-08-01">August 1, 1959</date></dateline><p>The herring is here.</p></div>
</body></text></TEI>
"""


@pytest.fixture(params=["whoosh", "tantivy"])
def build(request, corpus, index):
    """A function that builds an index of files, by name and text, and opens it."""

    def build(**files):
        for name, text in files.items():
            (corpus / name.replace("_", ".")).write_text(text, "utf-8")
        return rebuild(index, [corpus], engine=request.param, workers=0)

    return build


@pytest.fixture
def ids(index):
    """A function that returns the ids of what a query finds."""

    def ids(query):
        with open_index(index) as cables:
            return sorted(hit.paragraph.id for hit in cables.search(query))

    return ids


CARDS = {
    "a_txt": CARD.format(
        number=101, subject="HERRING IS LATE", concept="HERRING", missing="TEXT ON MICROFILM"
    ),
    "b_txt": CARD.format(number=102, subject="A SHIP FROM DULUTH", concept="WHEAT", missing="WITHDRAWN"),
}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("herring", ["76KELVO101"]),
        ("subject:duluth", ["76KELVO102"]),
        ("id:1976KELVO00101", ["76KELVO101"]),
        ("tag:EFIS", ["76KELVO101", "76KELVO102"]),
        ("date:1976-02-13 classification:secret", ["76KELVO101", "76KELVO102"]),
        ('concept:"fishing limits"', ["76KELVO101", "76KELVO102"]),
        ("concept:wheat", ["76KELVO102"]),
        ("concept:herr*", ["76KELVO101"]),
        ('concept:"limits herring"', []),  # of two concepts
        ("concept:duluth", []),
    ],
)
def test_a_cable_without_text_is_found_by_its_facts(build, ids, query, found):
    build(**CARDS)
    assert ids(query) == found


def test_cables_without_text_are_named_in_every_report(build, corpus, index):
    expected = (
        ("76KELVO101", str(corpus / "a.txt"), "TEXT ON MICROFILM"),
        ("76KELVO102", str(corpus / "b.txt"), "WITHDRAWN"),
    )
    for report in (build(**CARDS), update(index)):
        assert (report.cables, report.without_text) == (2, expected)
        assert report.formats == {"NARA telegram": 2}
    (corpus / "a.txt").unlink()
    assert update(index).without_text == expected[1:]


def test_a_cable_that_is_only_a_header_is_without_text(build, ids, corpus):
    text = (
        "07KELVO9\n\n2007-01-08 12:31\nSECRET\nEmbassy Kelvo\n\nS E C R E T KELVO 000009\n\nSUBJECT: LAMPS\n"
    )
    assert build(a_txt=text).without_text == (
        ("07KELVO9", str(corpus / "a.txt"), "nothing below the header"),
    )
    assert ids("lamps") == ids("id:07KELVO9") == ["07KELVO9"]


def test_a_hit_without_text_says_so(build, index):
    build(**CARDS)
    with open_index(index) as cables:
        [hit] = cables.search("herring")
        assert (hit.as_dict()["id"], hit.as_dict()["text"], hit.paragraph.number) == ("76KELVO101", "", None)
        assert hit.cable.without_text == "TEXT ON MICROFILM"
        assert [one.id for one in hit.cable.references] == ["76OSTREL12"]
        assert [row["id"] for row in hit.cable.rows()] == ["76KELVO101"]


def test_concepts_are_counted(build, index):
    build(**CARDS)
    with open_index(index) as cables:
        assert cables.facets("*", "concept")["concept"] == {"FISHING LIMITS": 2, "HERRING": 1, "WHEAT": 1}
        assert cables.cable("76KELVO101").as_dict()["concepts"] == ["FISHING LIMITS", "HERRING"]


def test_a_build_counts_the_formats(build):
    report = build(
        a_txt=CARDS["a_txt"], b_txt=PLAIN.format(id="09MANAMA7", station="MANAMA", serial=7, ref="", more="")
    )
    assert report.formats == {"NARA telegram": 1, "plain text": 1}


MISFILED = [
    ("08ECTION01OF02MANAMA492", "08MANAMA492", "MANAMA", "492"),
    ("09EFTOMANAMA34", "09MANAMA34", "MANAMA", "034"),
    ("09AMEMBASSYKELVO9", "09KELVO9", "KELVO", "009"),
    ("09KELV9", "09KELVO9", "KELVO", "009"),
]


@pytest.mark.parametrize(("filed", "right", "station", "serial"), MISFILED)
def test_a_misfiled_cable_is_found_by_both_ids(build, ids, index, filed, right, station, serial):
    own = PLAIN.format(id=filed, station=station, serial=serial, ref="", more="")
    cites_right = PLAIN.format(
        id="09OSTREL7",
        station="OSTREL",
        serial=7,
        ref=f"REF: {right[:2]} {station} {serial}\n",
        more=" (reftel).",
    )
    build(a_txt=own, b_txt=cites_right)
    for id in (filed, right):
        assert ids(f"id:{id}") == [f"{filed}#1"]
        assert ids(f"id:{id}#1") == [f"{filed}#1"]
        assert ids(f"cites:{id}") == ["09OSTREL7#1"]
        assert f"{filed}#1" in ids(id)
        with open_index(index) as cables:
            assert (cables.cable(id).id, cables.cable(id).other_ids) == (filed, (right,))
            assert cables.cable(id).as_dict()["other_ids"] == [right]


def test_a_sound_id_has_no_other(build, index):
    build(a_txt=PLAIN.format(id="09MANAMA7", station="MANAMA", serial=8, ref="", more=""))
    with open_index(index) as cables:
        assert cables.cable("09MANAMA7").other_ids == ()


MONTH = {"date": 'notBefore="1959-08-01" notAfter="1959-08-31"', "shown": "August 1959"}


@pytest.mark.parametrize(
    ("query", "month", "day"),
    [
        ("date:1959-08", True, True),
        ("date:1959", True, True),
        ("date:1959-08..1959-09", True, True),
        ("date:1959-07-31..1959-08-31", True, True),
        ("date:>=1959-08-01", True, True),
        ("date:<1959-09", True, True),
        ("date:1959-08-01", False, True),
        ("date:1959-07..1959-08-30", False, True),
        ("date:<=1959-08-01", False, True),
        ("date:<1959-08", False, False),
        ("date:>1959-08-01", False, False),
        ("date:*", True, True),
    ],
)
def test_a_month_is_found_as_a_whole(build, ids, query, month, day):
    build(a_xml=VOLUME.format(**MONTH))
    expected = [("a/d1", month), ("a/d2", day)]
    assert [id.partition("#")[0] for id in ids(query)] == [id for id, found in expected if found]


def test_a_month_is_counted_on_no_day(build, index):
    build(a_xml=VOLUME.format(**MONTH))
    with open_index(index) as cables:
        by_day, by_month = cables.timeline("*", "day"), cables.timeline("*", "month")
    assert (by_day.periods, by_day.undated) == ({"1959-08-01": 1}, 1)
    assert (by_month.periods, by_month.undated) == ({"1959-08": 2}, 0)
