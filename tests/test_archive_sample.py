"""What holds over a sample of the real archive, where one is at hand (`../shared/corpora`)."""

import csv
import html
import json
import re
from dataclasses import replace
from datetime import datetime
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from cablesearch import corpus
from cablesearch.parse import furniture, parse_record

SAMPLE = Path(__file__).resolve().parents[2] / "shared" / "corpora"
pytestmark = pytest.mark.skipif(not SAMPLE.is_dir(), reason="no sample of the archive here")


@pytest.fixture(scope="module")
def pages():
    """Every page of the sample: its file, the record read from it and the cable parsed from that."""
    files = sorted((SAMPLE / "cablegate").rglob("*.html"))
    records = [(file, record) for file in files for record in corpus.read(file)]
    return [(file, record, parse_record(record)) for file, record in records]


@pytest.fixture(scope="module")
def rows():
    return [parse_record(record) for record in corpus.read(SAMPLE / "cables.csv")]


def _table(page: str) -> list[str]:
    table = re.search(r"<table class='cable'>(.*?)</table>", page, re.DOTALL)
    return [
        html.unescape(re.sub("<.*?>", "", cell)).strip()
        for cell in re.findall("<td>(.*?)</td>", table[1], re.DOTALL)
    ]


def _expected_time(cable, published):
    """The published time, whose minutes are the month; the date-time group's where it is of the same day."""
    group = re.match(r"(\d\d)(\d\d)(\d\d)Z", cable.dtg or "")
    if group and int(group[1]) == published.day:
        return published.replace(hour=int(group[2]), minute=int(group[3]))
    return published


def test_every_page_gives_the_values_of_its_own_table(pages):
    assert len(pages) == len(list((SAMPLE / "cablegate").rglob("*.html")))
    for file, _, cable in pages:
        id, created, released, classification, origin = _table(file.read_text("utf-8"))
        assert cable.id == id
        assert cable.created == _expected_time(cable, datetime.fromisoformat(created))
        assert f"{cable.released:%Y-%m-%d %H:%M}" == released
        assert str(cable.classification) == classification
        assert cable.origin == origin


def test_every_row_gives_its_own_values(rows):
    with (SAMPLE / "cables.csv").open(encoding="utf-8", newline="") as file:
        printed = list(csv.reader(file, doublequote=False, escapechar="\\"))
    assert len(rows) == len(printed)
    for cable, (_, created, id, origin, classification, *_) in zip(rows, printed, strict=True):
        published = datetime.strptime(created, "%m/%d/%Y %H:%M")
        assert cable.created == _expected_time(cable, published)
        assert (cable.id, cable.origin, str(cable.classification)) == (id, origin, classification)


def test_a_page_and_its_row_give_the_same_cable(pages, rows):
    by_id = {cable.id: cable for _, _, cable in pages}
    for row in rows:
        page = by_id[row.id]
        assert row == replace(page, released=None, source=row.source, partial=row.partial, format=row.format)


def _lines(record):
    """The lines of a message, without the pilcrows before its paragraphs."""
    return furniture.normalize_lines(record.message.replace("¶", ""))


MARKED = re.compile(r"^[ \t]*(\d{1,3})[ \t]?[.,]?[ \t]*\((?:C|S|U|SBU|[CS]//?NF)\)", re.MULTILINE)


def test_paragraph_numbers_are_the_drafters_sequence(pages):
    """No marked number is missed, and no bare one is taken that has no neighbour among the others."""
    wrong = []
    for _, record, cable in pages:
        marked = MARKED.findall("\n".join(_lines(record)))
        taken = [p.number for p in cable.paragraphs if p.number]
        missed = [n for n in marked if n not in taken]
        bare = [int(p.number) for p in cable.paragraphs if p.number and not p.marking]
        stray = [n for n in bare if n > 1 and str(n - 1) not in taken and str(n + 1) not in taken]
        if missed or stray or len(taken) < len(set(marked)):
            wrong.append((cable.id, missed, stray))
    assert len(wrong) <= len(pages) * 0.01, wrong


WORD = re.compile(r"[^\W_]+")
PAGE_LINE = re.compile(r"\b[A-Z][A-Z .'’-]{1,30} \d{8} {1,3}\d{3}(?:\.\d)? OF \d{3}\b")


def _body_words(record, cable):
    """The words of a message from its first paragraph's number to the signature, page lines excepted."""
    lines = _lines(record)
    text = PAGE_LINE.sub("", "\n".join(line for line in lines if line.strip() != "SIPDIS"))
    first = next(p for p in cable.paragraphs if p.number)
    printed = (
        rf"^\s*{first.number}\s?[.,)]?\s*\({re.escape(first.marking)}"
        if first.marking
        else rf"^\s*{first.number}\s*[.,)](?!\d)"
    )
    start = re.search(printed, text, re.MULTILINE | re.IGNORECASE)
    return [word.lower() for word in WORD.findall(text[start.start() :])] if start else None


def _cable_words(cable):
    """The words of a cable's numbers, markings, headings and texts in order, a running heading once."""
    numbered = next(i for i, p in enumerate(cable.paragraphs) if p.number)
    heading = cable.paragraphs[numbered].heading
    pieces = []
    for paragraph in cable.paragraphs[numbered:]:
        if paragraph.heading and paragraph.heading != heading:
            pieces.append(paragraph.heading)
        heading = paragraph.heading or heading
        pieces += [paragraph.number or "", paragraph.marking or "", paragraph.text]
    return [word.lower() for word in WORD.findall(" ".join(pieces))]


def test_no_word_is_lost_and_none_comes_twice(pages):
    total = wrong = compared = 0
    for _, record, cable in pages:
        if not any(p.number for p in cable.paragraphs):
            continue
        expected, given = _body_words(record, cable), _cable_words(cable)
        if expected is None:  # the first number stands within a joined line
            continue
        compared += 1
        total += len(expected)
        if expected[: len(given)] != given:
            steps = SequenceMatcher(None, expected, given, autojunk=False).get_opcodes()
            wrong += sum(max(b - a, d - c) for kind, a, b, c, d in steps if kind != "equal")
    assert compared > 0.97 * len(pages)
    assert wrong <= total * 0.001, (wrong, total)


def test_nothing_of_the_message_is_printed_where_the_page_is_furniture(pages):
    for _, _, cable in pages:
        text = " ".join(p.text for p in cable.paragraphs)
        assert "Understanding cables" not in text
        assert "browse by origin" not in text
        assert not PAGE_LINE.search(text)


def test_a_pasted_page_is_read_as_the_archive_has_it():
    (record,) = corpus.read(SAMPLE / "07ASTANA48.txt")
    cable = parse_record(record).as_dict()
    assert (cable["created"], cable["released"]) == ("2007-01-08T12:31:00", "2011-08-30T01:44:00")
    assert (cable["classification"], cable["origin"]) == ("CONFIDENTIAL", "Embassy Astana")
    assert [(r["label"], r["id"]) for r in cable["references"]] == [
        ("A", "06ASTANA573"),
        ("B", "06ASTANA585"),
        ("C", "06ASTANA712"),
        ("D", "06ASTANA22"),
        ("E", "06ASTANA27"),
    ]
    paragraphs = cable["paragraphs"]
    assert [p["number"] for p in paragraphs] == [str(n) for n in range(1, 11)]
    assert [p["marking"] for p in paragraphs] == ["C", "C", "C", "C", "SBU", "SBU", "SBU", "C", "C", "C"]
    assert paragraphs[4]["heading"] == "...But When and How?"
    assert "would likely provoke dispute. He added" in paragraphs[6]["text"]
    assert [p["kind"] for p in paragraphs] == ["summary", *[None] * 8, "comment"]
    assert paragraphs[2]["cites"] == ["06ASTANA585", "06ASTANA712"]
    printed = json.dumps(paragraphs)
    assert not any(word in printed for word in ("Trackback", "WordPress", "hashtags", "hash tags"))


def test_a_telegram_of_the_seventies_is_read():
    (record,) = corpus.read(SAMPLE / "nara" / "1977STATE017976.txt")
    cable = parse_record(record)
    assert cable.id == "77STATE17976"
    assert f"{cable.created:%Y-%m-%d %H:%M}" == "1977-01-26 23:40"
    assert (cable.origin, str(cable.classification)) == ("Secretary of State", "LIMITED OFFICIAL USE")
    assert cable.tags == ("OVIP (VANCE, CYRUS)", "IS", "SY", "SA", "EG", "LE", "JO")
    assert cable.subject == "SECRETARY'S VISIT TO MIDDLE EAST: COMMUNICATIONS CABLE TRAFFIC"
    assert len(cable.to) == 6
    first, second, third = cable.paragraphs
    assert "COMMUNICATIONS COVERAGE DUE" in first.text
    assert "THE PARTY. POST SHOULD ADVISE" in first.text
    assert second.text.startswith("THE EXECUTIVE SECRETARIAT")
    assert third.cites == ("75STATE85417",)
