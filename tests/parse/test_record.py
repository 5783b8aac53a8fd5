"""Records parsed into cables."""

import os
import sys
from dataclasses import replace
from datetime import date, datetime
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablesearch import parse_cable
from cablesearch.corpus.record import Record
from cablesearch.errors import UnreadableError
from cablesearch.model.cable import Cable, Classification, Edition, Kind, Paragraph
from cablesearch.parse import parse_record

HEADER = """DE RUEHXX #0048/01 0081231
ZNY CCCCC ZZH
P 081231Z JAN 07
FM AMEMBASSY PORT VERITY
TO RUEHC/SECSTATE WASHDC PRIORITY 0001
"""

MESSAGE = """C O N F I D E N T I A L SECTION 01 OF 02 PORT VERITY 000048

SIPDIS

E.O. 12958: DECL: 01/08/2017
TAGS: EFIS QV
SUBJECT: THE QUOTA FALLS

REF: A. 06 PORT VERITY 573
     B. SALTMERE 12

Classified By: CDA Tom Reed; reasons 1.4 (b).

-------
Summary
-------

1. (C) Summary: The quota for herring, the fish on which the
islands live, falls by a third (Ref A).  End summary.
A Quarrel over Fish
2. (SBU) Minister Ada Marlow (strictly protect) said on
December 5 that she

PORT VERITY 00000048  002 OF 002


would resign.

...And Salt
------------

3. (C) Salt is dear (ref B).

4. (C) Comment: We doubt it.

5. (C) There is more to come.  End comment.
WAGNER
"""


@pytest.fixture
def cable():
    return parse_cable(HEADER + MESSAGE)


def test_a_message_has_its_own_id_and_facts(cable):
    assert cable.id == "07PORTVERITY48"
    assert cable.created == datetime(2007, 1, 8, 12, 31)
    assert cable.origin == "Embassy Port Verity"
    assert cable.classification == Classification("CONFIDENTIAL")
    assert cable.signature == "WAGNER"
    assert cable.declassify_on == date(2017, 1, 8)


@pytest.mark.parametrize(
    "level", ["S E C R E T NOFORN", "UNCLAS FOR OFFICIAL USE ONLY", "SECRET//NODIS SECTION 01 OF 02"]
)
def test_a_caveat_is_no_part_of_the_stations_name(level):
    printed = MESSAGE.replace("C O N F I D E N T I A L SECTION 01 OF 02", level, 1)
    printed = printed.replace("C O N F I D E N T I A L", level, 1)
    assert parse_cable(HEADER + printed).id == "07PORTVERITY48"


def test_paragraphs_have_number_marking_heading_kind_text_and_citations(cable):
    first, second, third, fourth, fifth = cable.paragraphs
    assert first == Paragraph(
        id="07PORTVERITY48#1",
        number="1",
        marking="C",
        heading="Summary",
        kind=Kind.SUMMARY,
        text="Summary: The quota for herring, the fish on which the islands live, "
        "falls by a third (Ref A). End summary.",
        cites=("06PORTVERITY573",),
    )
    assert (second.heading, second.marking, second.kind) == ("A Quarrel over Fish", "SBU", None)
    assert second.text == "Minister Ada Marlow (strictly protect) said on December 5 that she would resign."
    assert (third.heading, third.cites) == ("...And Salt", ("07SALTMERE12",))
    assert (fourth.heading, fourth.kind) == ("...And Salt", Kind.COMMENT)
    assert fifth.kind is Kind.COMMENT


def test_the_header_may_be_kept_apart(cable):
    apart = parse_record(Record(source="", header=HEADER, message=MESSAGE))
    assert apart == cable


def test_facts_of_the_source_go_before_those_of_the_text():
    record = Record(
        source="pages/a.html",
        message=MESSAGE,
        id="2007 PORT VERITY 00048",
        created=datetime(2007, 1, 8, 12, 0),
        released=datetime(2011, 8, 30, 1, 44),
        classification="SECRET//NOFORN",
        origin="Embassy Elsewhere",
        partial=True,
    )
    cable = parse_record(record)
    assert cable.id == "07PORTVERITY48"
    assert (cable.created, cable.released) == (record.created, record.released)
    assert cable.classification == Classification("SECRET", ("NOFORN",))
    assert (cable.origin, cable.partial, cable.source) == ("Embassy Elsewhere", True, "pages/a.html")


def test_a_text_without_numbers_is_unnumbered_paragraphs():
    cable = parse_cable(
        "SUBJECT: FISH\n\nThe quota falls.\n\n(SBU) The fleet is idle.\n\nREED", id="07SALTMERE1"
    )
    assert [(p.id, p.number, p.marking, p.text) for p in cable.paragraphs] == [
        ("07SALTMERE1#p1", None, None, "The quota falls."),
        ("07SALTMERE1#p2", None, "SBU", "The fleet is idle."),
    ]
    assert cable.signature == "REED"


def test_text_before_the_first_number_is_an_unnumbered_paragraph():
    cable = parse_cable(
        "SUBJECT: FISH\n\nFor the fleet only. Pass it on.\n\n1. (C) It falls.", id="07SALTMERE1"
    )
    assert [p.text for p in cable.paragraphs] == ["For the fleet only. Pass it on.", "It falls."]


def test_a_file_without_an_id_is_named_after_itself():
    assert parse_record(Record(source="folder/notes.txt", message="It rained.")).id == "notes"
    assert (
        parse_record(Record(source="a.zip!07 SALTMERE 0012.txt", message="It rained.")).id == "07SALTMERE12"
    )


@pytest.mark.parametrize(
    ("listed", "ids"),
    [
        (("06 SALTMERE 9", "07 THE HAGUE 12"), ["06SALTMERE9", "07THEHAGUE12"]),
        (("a letter", "06SALTMERE9"), ["06SALTMERE9"]),
        ((), ["06SALTMERE9"]),
    ],
)
def test_what_the_source_lists_and_the_message_does_not_have_is_added(listed, ids):
    record = Record(
        source="",
        message="SUBJECT: FISH\nREF: 06 SALTMERE 9\n\n1. (C) It falls.",
        id="07SALTMERE1",
        references=listed,
    )
    assert [reference.id for reference in parse_record(record).references] == ids


def test_a_list_of_references_serves_where_the_message_has_none():
    record = Record(
        source="", message="SUBJECT: FISH\n\n1. (C) It falls.", id="07SALTMERE1", references=("06SALTMERE9",)
    )
    assert [(r.label, r.id) for r in parse_record(record).references] == [(None, "06SALTMERE9")]


@pytest.mark.parametrize("text", ["", "  \n\n ", "\n"])
def test_no_text_at_all_is_unreadable(text):
    with pytest.raises(UnreadableError, match="no text"):
        parse_cable(text, id="07SALTMERE1")


def test_a_classifier_in_the_first_paragraph_is_read_and_stays_text():
    cable = parse_cable(
        "SUBJECT: FISH\n\n1. (U) Classified by DCM Tom Reed, reason 1.4 (b).\n\n2. (C) It falls.", "07A1"
    )
    assert (cable.classified_by, cable.reasons) == ("DCM Tom Reed", ("1.4 (b)",))
    assert cable.paragraphs[0].text.startswith("Classified by")


LINE = st.text(alphabet=st.sampled_from("abc XYZ.,()-:1234567890\"'¶/"), max_size=60)


@given(st.lists(LINE, max_size=30).map("\n".join))
def test_any_text_gives_a_cable_or_no_text(text):
    try:
        cable = parse_cable(text, id="07SALTMERE1")
    except UnreadableError:
        assert not text.strip()
    else:
        assert len({p.id for p in cable.paragraphs}) == len(cable.paragraphs)


WORD = st.text(alphabet="bcdfghjklmnpqrtvwxz", min_size=3, max_size=9)
SENTENCE = st.lists(WORD, min_size=3, max_size=25).map(lambda words: " ".join(words).capitalize() + ".")


@given(st.lists(SENTENCE, min_size=1, max_size=8))
def test_no_word_is_lost_and_none_is_repeated(sentences):
    """However the lines are broken, the paragraphs have the words of the body, in order."""
    body = "\n\n".join(_wrapped(f"{n}. (C) {sentence}") for n, sentence in enumerate(sentences, 1))
    cable = parse_cable(f"SUBJECT: FISH\n\n{body}\n\nWAGNER", id="07SALTMERE1")
    assert [p.text for p in cable.paragraphs] == sentences
    assert [p.number for p in cable.paragraphs] == [str(n) for n in range(1, len(sentences) + 1)]


def _wrapped(text: str) -> str:
    import textwrap

    return textwrap.fill(text, 55)


@pytest.mark.parametrize("body", [" " * 100_000 + "x", "--" + " " * 100_000 + "x", "STATE 12 " * 10_000])
def test_a_hostile_line_is_parsed_in_linear_time(body):
    started = process_time()
    parse_cable(f"SUBJECT: FISH\n\n1. (C) Herring.\n\n2. (C) {body}\n\n3. (C) Cod.")
    assert process_time() - started < 10  # seconds; in square time it would be minutes


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are text")
def test_a_file_name_that_is_not_utf_8_gives_an_id():
    source = os.fsdecode(b"/archive/caf\xe9 notes.txt")
    assert parse_record(Record(source=source, message="1. (C) Dues rise.")).id == "café notes"


def test_a_cable_that_was_parsed_before_stays_as_it_is():
    cable = Cable("07KELVO9", subject="SALT", concepts=("SALT TAX",), source="old.txt")
    assert parse_record(Record(source="new.jsonl#1", cable=cable)) == replace(cable, source="new.jsonl#1")


@pytest.mark.parametrize(
    ("filed", "line", "other_ids"),
    [
        ("08ECTION01OF02MANAMA492", "S E C R E T SECTION 01 OF 02 MANAMA 000492", ("08MANAMA492",)),
        ("08ECTION01OF02MANAMA492", "S E C R E T", ("08MANAMA492",)),
        ("08KLVO9", "S E C R E T KELVO 000009", ("08KELVO9",)),
        ("08KLVO9", "S E C R E T KELVO 000010", ()),  # another cable's number
        ("08MANAMA492", "S E C R E T KELVO 000492", ()),
    ],
)
def test_a_malformed_id_is_kept_beside_the_right_one(filed, line, other_ids):
    text = f"{line}\n\nSUBJECT: SALT\n\n1. (S) Salt is dear.\n"
    cable = parse_record(Record(source="a.html", message=text, id=filed, created=date(2008, 5, 6)))
    assert (cable.id, cable.other_ids, cable.paragraphs[0].id) == (filed, other_ids, f"{filed}#1")


def test_a_record_without_text_keeps_its_facts():
    record = Record(
        source="a.txt#2",
        id="76KELVO9",
        created=date(1976, 2, 13),
        references=("OSTREL 12", "a letter"),
        concepts=("FISHING LIMITS",),
        without_text="WITHDRAWN",
        paragraphs=(),
    )
    cable = parse_record(record)
    assert (cable.concepts, cable.without_text) == (("FISHING LIMITS",), "WITHDRAWN")
    assert [entry.id for entry in cable.references] == ["76OSTREL12", None]
    assert [entry.id for entry in cable.entries] == ["76KELVO9"]


def test_what_a_source_marks_up_keeps_every_fact_it_gives():
    given = {
        "released": date(2016, 1, 1),
        "created": date(2012, 9, 12),
        "origin": "Embassy Kelvo",
        "subject": "SALT",
        "tags": ("EFIS",),
        "concepts": ("FISHING",),
        "sender": "Quell, Ivo",
        "to": ("Reed, Anna",),
        "info": ("Marchetane, Odile", "Orlan, Viktor"),
        "signature": "QUELL",
        "partial": True,
        "edition": Edition("Kelvo, 1970"),
    }
    paragraph = Paragraph("c/d1#1", None, None, None, None, "Salt.")
    cable = parse_record(Record("c.xml", id="c/d1", paragraphs=(paragraph,), **given))
    assert {field: getattr(cable, field) for field in given} == given


@pytest.mark.parametrize(
    ("text", "reason"), [("1. Salt.", None), ("SUBJECT: SALT\n", "nothing below the header")]
)
def test_a_cable_without_paragraphs_is_without_text(text, reason):
    assert parse_record(Record(source="a.txt", message=text)).without_text == reason


@pytest.mark.parametrize(
    "record",
    [
        Record(source="x.json", id="06KELVO" + "O" * 300, message="It rained."),
        Record(source=f"x.zip!{'a/' * 9}{'n' * 301}.txt", message="It rained."),
        Record(source="x.json", cable=Cable("K" * 70_000)),
        Record(source="x.xml", id="d" * 301, paragraphs=()),
    ],
    ids=["given", "file", "parsed", "marked up"],
)
def test_an_id_that_no_engine_could_find_is_refused(record):
    with pytest.raises(UnreadableError, match=r"an id of [\d,]+ characters: 300 are the most"):
        parse_record(record)


@pytest.mark.parametrize("ids", [("#1", "#1"), ("#1", "#2", "#p3", "#2")])
def test_a_parsed_cable_whose_paragraphs_share_an_id_is_refused(ids):
    paragraphs = tuple(Paragraph(f"06KELVO9{id}", None, None, None, None, "Salt.") for id in ids)
    with pytest.raises(UnreadableError, match="several of its paragraphs have the same id"):
        parse_record(Record(source="x.json", cable=Cable("06KELVO9", paragraphs=paragraphs)))


LEVEL = "C O N F I D E N T I A L SECTION 01 OF 02 PORT VERITY 000048"


@pytest.mark.parametrize(
    "line",
    [
        "C O N F I D E N T I A L PORT VERITY 48 (LIMDIS)",
        "S E C R E T PORT VERITY 000048 NOFORN",
        "C O N F I D E N T I A L PORT VERITY 000048 SIPDIS",
        "C O N F I D E N T I A L PORT VERITY 0048/01 OF 02",
        "CONFIDENTIAL PORT VERITY 0048/1",
        "CONFIDENTIAL PORT VERITY 48 //NODIS",
        "UNCLAS PORT VERITY 000048 C O R R E C T E D  C O P Y",
        "UNCLAS E F T O PORT VERITY 0048",
        "UNCLAS PORT VERITY #48",
        "C O N F I D E N T I A L",
        "UNCLASSIFIED PORT VERITY 48 USIA",
    ],
)
def test_a_message_has_its_own_id_however_its_first_line_ends(line):
    assert parse_cable(HEADER + MESSAGE.replace(LEVEL, line)).id == "07PORTVERITY48"


@pytest.mark.parametrize("sender", ["AMEMBASSY PORT VERITY", "KING OF PORT VERITY"])
def test_only_a_posts_transmission_number_is_an_id(sender):
    header = HEADER.replace("AMEMBASSY PORT VERITY", sender)
    id = parse_cable(header + MESSAGE.replace(LEVEL, "C O N F I D E N T I A L")).id
    assert id == ("07PORTVERITY48" if sender.startswith("AM") else "untitled")
