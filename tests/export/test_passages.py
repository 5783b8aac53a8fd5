"""Formats of paragraphs hold what was found, and other libraries read it back with equal values."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from io import BytesIO, StringIO, TextIOWrapper

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cablesearch import export
from cablesearch.errors import CablesearchError
from cablesearch.model.cable import Cable, Edition, Paragraph, Person, Reference
from cablesearch.model.passage import link_template
from cablesearch.people.redaction import redact_cable
from cablesearch.query.query import parse
from cablesearch.search.results import Facets, Hit, Passages, Results
from tests.extras import require

require()

OF_PASSAGES = ("bibtex", "csl", "graphml", "html", "markdown", "ris", "sqlite")

leaves_open = pytest.mark.filterwarnings("ignore:.*x.ris:pytest.PytestUnraisableExceptionWarning")

VOLUME = Edition(
    "Foreign Relations of Verrane, 1964–1968, Volume II, Herring",
    ("Odile K. Marchetane", "Ivo Quell III"),
    "Port Verity",
    "Verrane Printing Office",
    1996,
)
DOCUMENT = Cable(
    "frus1964-68v02/d17",
    date(1965, 1, 2),
    origin="Saltmere",
    subject="Telegram From the Embassy in Verrane",
    edition=VOLUME,
    paragraphs=(Paragraph("frus1964-68v02/d17#p1", None, None, None, None, "Herring are near."),),
)
NASTY = "50% of $5 & #1_x ~y ^z {a} \\b } {{ <i>\"Q\"</i> 'q' | *em* [l](u) É Щ 中 ع 𝔘 @x = {\\"


def hits(*cables, query="salt"):
    """Return a hit on every paragraph of some cables."""
    by_id = {cable.id: cable for cable in cables}
    return [
        Hit(cable.id, place, 0.0, parse(query), by_id.get)
        for cable in cables
        for place in range(len(cable.entries))
    ]


def saved(name, *cables, **options):
    """Return what an export of all paragraphs of some cables is, as bytes."""
    stream = TextIOWrapper(BytesIO(), "utf-8", newline="\n", write_through=True)
    export.write(name, [Passages(hits(*cables), **options)], stream)
    return stream.buffer.getvalue()


def database(*cables):
    connection = sqlite3.connect(":memory:")
    connection.deserialize(saved("sqlite", *cables))
    return closing(connection)


def with_texts(text, id="07TEZGARA9"):
    """Return a cable that has a text wherever a drafter may write one."""
    return Cable(
        id,
        date(2007, 1, 8),
        origin=text,
        subject=text,
        to=(text,),
        signature=text,
        tags=(text,),
        references=(Reference("A", None, text),),
        paragraphs=(Paragraph(f"{id}#1", "1", "C", text, None, text),),
    )


def test_a_row_has_a_link_and_a_citation(cable):
    rows = list(csv.DictReader(StringIO(saved("csv", cable, DOCUMENT).decode())))
    assert [row["id"] for row in rows] == [
        "07TEZGARA5#1",
        "07TEZGARA5#2",
        "07TEZGARA5#p3",
        "frus1964-68v02/d17#p1",
    ]
    assert rows[1]["citation"].endswith("07TEZGARA5, 8 January 2007, Confidential//NOFORN, para. 2")
    assert (rows[0]["caveats"], rows[0]["link"]) == ("NOFORN", "")
    assert rows[3]["link"] == "https://history.state.gov/historicaldocuments/frus1964-68v02/d17"
    assert "ed. Odile K. Marchetane and Ivo Quell III (Port Verity: Verr" in rows[3]["citation"]
    assert rows[3]["citation"].endswith("1996), doc. 17, para. [1]")


def test_lines_of_json_have_the_same(cable):
    first, *_, last = map(json.loads, saved("jsonl", cable, DOCUMENT).splitlines())
    assert (first["id"], first["caveats"], first["link"]) == ("07TEZGARA5#1", ["NOFORN"], None)
    assert last["citation"].endswith("doc. 17, para. [1]")


def test_a_template_makes_the_links(cable):
    link = link_template("http://localhost:8000/{cable}#{paragraph}?{id}")
    lines = saved("jsonl", cable, DOCUMENT, link=link).splitlines()
    assert json.loads(lines[1])["link"] == "http://localhost:8000/07TEZGARA5#2?07TEZGARA5%232"
    assert json.loads(lines[3])["link"].startswith("http://localhost:8000/frus1964-68v02/d17#p1?")


def test_bibtex_is_read_by_pybtex(cable):
    from pybtex.database import parse_string

    entries = parse_string(saved("bibtex", cable, DOCUMENT).decode(), "bibtex").entries
    assert list(entries) == ["07TEZGARA5", "frus1964-68v02/d17"]
    telegram, document = entries.values()
    assert telegram.type == "misc"
    assert str(telegram.persons["author"][0]) == "{Embassy Tezgara}"
    assert telegram.fields["title"] == "{SALT AND REFORM}"
    assert (telegram.fields["year"], telegram.fields["month"], telegram.fields["day"]) == (
        "2007",
        "January",
        "8",
    )
    assert telegram.fields["note"] == "Confidential//NOFORN"
    assert telegram.fields["annote"].startswith("para. 1: Summary: The Salt Commission met.")
    assert document.type == "incollection"
    assert [person.last_names for person in document.persons["editor"]] == [["Marchetane"], ["Quell"]]
    assert document.persons["editor"][1].lineage_names == ["III"]
    assert document.fields["booktitle"] == VOLUME.title
    assert document.fields["origdate"] == "1965-01-02"
    assert (document.fields["address"], document.fields["number"]) == ("Port Verity", "doc. 17")
    assert document.fields["url"].endswith("frus1964-68v02/d17")


@leaves_open
def test_ris_is_read_by_gris(cable, tmp_path):
    from gris import read_ris

    (tmp_path / "x.ris").write_bytes(saved("ris", cable, DOCUMENT))
    telegram, document = read_ris(str(tmp_path / "x.ris"))
    assert telegram["TY"] == "PCOMM"
    assert telegram["AU"] == "Embassy Tezgara"
    assert (telegram["TI"], telegram["DA"], telegram["M1"]) == (
        "SALT AND REFORM",
        "2007/01/08",
        "Confidential//NOFORN",
    )
    assert telegram["N1"][1] == "para. 2: Minister Ivo Quell told us that reform is near (Ref B)."
    assert (document["TY"], document["PY"], document["DA"]) == ("CHAP", "1996", "1965/01/02")
    assert document["A2"] == ["Marchetane, Odile K.", "Quell, Ivo, III"]
    assert (document["T2"], document["CY"], document["IS"]) == (VOLUME.title, "Port Verity", "doc. 17")


def test_csl_is_read_by_citeproc(cable):
    from citeproc.source.json import CiteProcJSON

    items = CiteProcJSON(json.loads(saved("csl", cable, DOCUMENT)))
    telegram, document = items["07tezgara5"], items["frus1964-68v02/d17"]
    assert str(telegram.title) == "SALT AND REFORM"
    assert (telegram.issued.year, telegram.issued.month, telegram.issued.day) == (2007, 1, 8)
    assert str(telegram.medium) == "Confidential//NOFORN"
    assert [(str(n.family), str(n.given)) for n in document.editor] == [
        ("Marchetane", "Odile K."),
        ("Quell", "Ivo"),
    ]
    assert str(document.container_title) == VOLUME.title
    assert (document.issued.year, str(document.publisher_place)) == (1996, "Port Verity")


def test_a_workbook_is_read_by_openpyxl(cable):
    from openpyxl import load_workbook

    header, *rows = load_workbook(BytesIO(saved("xlsx", cable, DOCUMENT))).active.iter_rows(values_only=True)
    assert header == Passages.columns
    expected = [tuple(row.values()) for row in Passages(hits(cable, DOCUMENT)).rows()]
    assert [tuple(value or None for value in row) for row in rows] == [
        tuple(value or None for value in row) for row in expected
    ]


def test_a_workbook_has_no_formulas_and_its_numbers_are_numbers():
    from openpyxl import load_workbook

    stream = TextIOWrapper(BytesIO(), "utf-8")
    export.write("xlsx", [Facets("salt", 3, {"origin": {"=1+1": 2, "http://x": 1}})], stream)
    sheet = load_workbook(BytesIO(stream.buffer.getvalue())).active
    assert [(cell.value, cell.data_type) for cell in sheet[2]] == [
        ("origin", "s"),
        ("=1+1", "s"),
        (2, "n"),
    ]


def test_a_sheet_that_is_full_is_followed_by_another(monkeypatch, cable):
    from openpyxl import load_workbook

    monkeypatch.setattr("cablesearch.export.xlsx.MAX_ROWS", 3)
    book = load_workbook(BytesIO(saved("xlsx", cable)))
    assert [sheet.max_row for sheet in book] == [3, 2]
    assert [sheet["A1"].value for sheet in book] == ["id", "id"]


@pytest.mark.parametrize("name", ["csv", "xlsx"])
@pytest.mark.parametrize("text", ["salt " * 10_000, "𝔘" * 20_000, "=" + "x" * 32_767])
def test_a_cell_is_no_longer_than_a_spreadsheet_allows(name, text):
    from openpyxl import load_workbook

    cable = Cable("07KELVO9", paragraphs=(Paragraph("07KELVO9#1", "1", None, None, None, text),))
    data = saved(name, cable)
    if name == "csv":
        [row] = csv.DictReader(StringIO(data.decode()))
        cell = row["text"]
    else:
        cell = load_workbook(BytesIO(data)).active["K2"].value
    assert len(cell.encode("utf-16-le")) // 2 <= 32_767
    assert re.search(r" … \[cut here: [\d,]+ more characters\]$", cell)


def test_a_database_has_the_tables_and_full_text_search(cable):
    with database(cable, DOCUMENT) as found:
        assert found.execute("SELECT id, caveats FROM cables").fetchall() == [
            ("07TEZGARA5", "NOFORN"),
            ("frus1964-68v02/d17", None),
        ]
        match = "SELECT rowid FROM paragraphs_fts WHERE paragraphs_fts MATCH 'reforms'"
        assert found.execute(f"SELECT id FROM paragraphs WHERE rowid IN ({match})").fetchall() == [
            ("07TEZGARA5#2",),
            ("07TEZGARA5#p3",),  # by its heading
        ]
        assert found.execute('SELECT id FROM "references" WHERE label = ?', ("B",)).fetchall() == [
            ("06OSTREL12",)
        ]
        assert found.execute("SELECT name, protected FROM people").fetchall() == [
            ("Ivo Quell", 0),
            ("Anna Source", 1),
        ]
        assert found.execute("PRAGMA foreign_key_check").fetchall() == []
        # How Datasette finds the index of a table.
        like = """SELECT name FROM sqlite_master WHERE sql LIKE '%USING FTS%content="paragraphs"%'"""
        assert found.execute(like).fetchall() == [("paragraphs_fts",)]


def test_a_graph_has_cables_as_nodes_and_references_as_edges(cable):
    from lxml import etree

    other = Cable("06OSTREL12", subject="A & B", references=(Reference(None, "05KELVO1-q7x2m", ""),))
    shared = Cable("05KELVO1-x1", other_ids=("05KELVO1-q7x2m",), paragraphs=DOCUMENT.paragraphs)
    other = replace(other, paragraphs=(Paragraph("06OSTREL12#1", "1", None, None, None, "x"),))
    graph = etree.fromstring(saved("graphml", cable, other, shared))
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    found = {
        node.get("id"): node.findtext("g:data[@key='found']", namespaces=space)
        for node in graph.iterfind(".//g:node", space)
    }
    assert found == {
        "07TEZGARA5": "true",
        "06OSTREL12": "true",
        "05KELVO1-x1": "true",
        "06TEZGARA573": "false",
    }
    assert {(e.get("source"), e.get("target")) for e in graph.iterfind(".//g:edge", space)} == {
        ("07TEZGARA5", "06TEZGARA573"),
        ("07TEZGARA5", "06OSTREL12"),
        ("06OSTREL12", "05KELVO1-x1"),  # by another id of it
    }


def test_hits_of_a_search_are_one_entry_a_cable(results):
    stream = StringIO()
    export.write("bibtex", [results(shown=3, total=3)], stream)
    assert stream.getvalue().count("@misc") == 1


@pytest.mark.parametrize("name", OF_PASSAGES)
def test_counts_have_no_passages(name):
    with pytest.raises(CablesearchError, match=f"{name} is a format of paragraphs"):
        export.write(name, [Facets("salt", 1, {})], TextIOWrapper(BytesIO()))


@pytest.mark.parametrize("name", ["sqlite", "xlsx"])
def test_what_is_no_text_is_not_written_to_a_terminal(name):
    class Terminal(TextIOWrapper):
        def isatty(self):
            return True

    with pytest.raises(CablesearchError, match=f"{name} is not for terminals"):
        export.write(name, [Results("salt", 0, False, ())], Terminal(BytesIO()))


@pytest.mark.parametrize("name", [*OF_PASSAGES, "csv", "jsonl", "xlsx"])
def test_nothing_is_a_valid_file(name):
    data = saved(name)
    if name == "csl":
        assert json.loads(data) == []
    elif name == "html":
        assert data.startswith(b"<!doctype html>")
        assert data.endswith(b"</html>\n")
    elif name == "graphml":
        assert data.endswith(b"</graph>\n</graphml>\n")


@pytest.mark.parametrize("name", ["bibtex", "csl", "graphml", "html", "markdown", "ris"])
def test_cables_are_written_as_they_come(name):
    """Not all of them are read before the first is written."""
    taken, seen = 0, set()

    def one_by_one():
        nonlocal taken
        for hit in hits(*(with_texts("salt", f"07KELVO{n}") for n in range(1, 5))):
            taken += 1
            yield hit

    class Watched(StringIO):
        def write(self, text):
            seen.add(taken)
            return super().write(text)

    export.write(name, [Passages(one_by_one())], Watched())
    assert min(seen) <= 2
    assert {3, 4} <= seen


# Texts as hostile as can be, read back equal.

texts = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp", "Cf", "Zs"], include_characters=" "),
    min_size=1,
)
words = texts.map(lambda text: " ".join(text.split())).filter(bool)
quick = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quick
@given(words)
def test_any_text_survives_bibtex(text):
    from pybtex.database import parse_string

    [entry] = parse_string(saved("bibtex", with_texts(text)).decode(), "bibtex").entries.values()
    assert unlatex(entry.fields["title"][1:-1]) == text
    assert unlatex(entry.fields["annote"]) == f"para. 1: {text}"


def unlatex(value):
    """Return LaTeX as the text that it prints; pybtex knows only a part of it."""
    words = {"backslash": "\\", "braceleft": "{", "braceright": "}", "asciicircum": "^", "asciitilde": "~"}
    command = re.compile(r"\{\\text(\w+)\}|\\([$&%#_])")
    return command.sub(lambda found: words[found[1]] if found[1] else found[2], value)


@leaves_open
@quick
@given(words)
def test_any_text_survives_ris(tmp_path, text):
    from gris import read_ris

    (tmp_path / "x.ris").write_bytes(saved("ris", with_texts(text)))
    [entry] = read_ris(str(tmp_path / "x.ris"))
    assert (entry["TI"], entry["AU"], entry["N1"]) == (text, text, f"para. 1: {text}")


@quick
@given(words)
def test_any_text_survives_a_workbook_a_database_and_json(text):
    from openpyxl import load_workbook

    cable = with_texts(text)
    cell = load_workbook(BytesIO(saved("xlsx", cable))).active["K2"].value
    assert cell == text
    [item] = json.loads(saved("csl", cable))
    assert item["title"] == text
    with database(cable) as found:
        assert found.execute("SELECT text, heading FROM paragraphs").fetchall() == [(text, text)]


@quick
@given(words)
def test_any_text_survives_html_and_graphml(text):
    from lxml import etree

    cable = with_texts(text)
    page = etree.HTML(saved("html", cable).decode())
    assert page.findtext(".//blockquote") == text
    graph = etree.fromstring(saved("graphml", cable))
    assert graph.findtext(".//{*}data[@key='subject']") == text


@pytest.mark.parametrize("name", [*OF_PASSAGES, "csv", "jsonl", "xlsx"])
@pytest.mark.parametrize(
    "text", ["\x1b[31m\x00\x07\x9b", "\u202egnp", "\udcff", "a\nTY  - BOOK\nER  - \n", NASTY]
)
def test_no_text_breaks_a_format(name, text):
    data = saved(name, with_texts(text), with_texts("salt", "07KELVO8"))
    assert b"\x1b" not in data or name in ("xlsx", "sqlite")
    if name == "ris":
        assert data.count(b"\nTY  - ") + data.startswith(b"TY  - ") == 2


PROTECTED = "Ivo Quellington"


@quick
@given(
    st.sampled_from([*OF_PASSAGES, "csv", "jsonl", "xlsx"]),
    st.sampled_from(export.STYLES),
    st.lists(
        st.sampled_from([PROTECTED, "Quellington", "I. Quellington", "salt", "the Minister"]), max_size=5
    ),
)
def test_no_format_and_no_style_shows_a_protected_name(name, style, words):
    text = " ".join([PROTECTED, *words])
    cable = with_texts(text)
    person = Person(PROTECTED, PROTECTED, protected=True)
    paragraph = replace(cable.paragraphs[0], people=(person,))
    cable = replace(cable, origin="Embassy Kelvo", sender=text, paragraphs=(paragraph,))
    cable = redact_cable(cable)
    data = saved(name, cable, cite=export.citing(style))
    if name == "xlsx":
        from openpyxl import load_workbook

        data = repr([*load_workbook(BytesIO(data)).active.values]).encode()
    assert b"quellington" not in data.lower()
    assert b"protected" in data
