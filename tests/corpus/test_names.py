"""Records out of named values."""

from datetime import date, datetime

import pytest

from cablesearch.corpus.names import make_record, match_fields, names_cables


def record(**values):
    return make_record(values, match_fields(values), "table", "x#1")


@pytest.mark.parametrize(
    ("names", "fields"),
    [
        (
            ["Reference ID", "Created", "TEXT"],
            {"id": "Reference ID", "created": "Created", "message": "TEXT"},
        ),
        (["id", "refid", "content"], {"id": "refid", "message": "content"}),
        (["Reference", "References"], {"id": "Reference", "references": "References"}),
        (
            ["document_number", "sent-date", "TAGS", "From"],
            {"id": "document_number", "created": "sent-date", "origin": "From", "tags": "TAGS"},
        ),
        (["name", "price"], {}),
    ],
)
def test_names_are_known_in_any_spelling_and_order(names, fields):
    assert match_fields(names) == fields


@pytest.mark.parametrize(
    ("names", "cables"),
    [
        (["body"], True),
        (["id", "date", "subject"], True),
        (["id", "date", "price"], False),
    ],
)
def test_cables_have_a_text_or_an_id_a_date_and_a_subject(names, cables):
    assert names_cables(match_fields(names)) == cables


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("2007-01-08T12:31:00Z", datetime(2007, 1, 8, 12, 31)),
        ("8 Jan 2007", date(2007, 1, 8)),
        (20070108, date(2007, 1, 8)),
        (1168259460, datetime(2007, 1, 8, 12, 31)),
        (1168259460000, datetime(2007, 1, 8, 12, 31)),
        (float("inf"), None),
        (True, None),
        ("", None),
        (None, None),
    ],
)
def test_a_date_may_be_text_or_a_number(printed, read):
    assert record(date=printed, body="x").created == read


@pytest.mark.parametrize(
    ("printed", "tags"),
    [
        ("PGOV, KZ", ("PGOV", "KZ")),
        ("PGOV|KZ", ("PGOV", "KZ")),
        ("PGOV KZ", ("PGOV", "KZ")),
        (["PGOV", "OVIP (QUELL, IVO)"], ("PGOV", "OVIP (QUELL, IVO)")),
        ("PGOV; HUMAN RIGHTS", ("PGOV", "HUMAN RIGHTS")),
        (None, ()),
    ],
)
def test_tags_may_be_a_list_or_divided_by_any_mark(printed, tags):
    assert record(tags=printed, body="x").tags == tags


def test_references_keep_what_is_no_id():
    assert record(refs="06 Astana 573|STATE 48", body="x").references == ("06ASTANA573", "STATE 48")


@pytest.mark.parametrize("caveats", ["NOFORN/EXDIS", ["NOFORN", "EXDIS"]])
def test_caveats_stand_behind_the_level(caveats):
    assert (
        record(classification="SECRET", caveats=caveats, body="x").classification == "SECRET//NOFORN//EXDIS"
    )


def test_a_text_in_html_is_read_as_a_browser_shows_it():
    assert record(body="<p>1. (C) R&amp;D</p>by <a@b>").message.split("\n") == ["", "1. (C) R&D", "by <a@b>"]


def test_a_cable_without_a_text_is_said_to_be():
    textless = record(id="07ASTANA48", date="2007-01-08", subject="REFORM", body="")
    assert (textless.without_text, textless.paragraphs, textless.subject) == ("no text", (), "REFORM")
    assert record(id="07ASTANA48", body="").without_text is None
