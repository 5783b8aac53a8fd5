"""PDF: its text is read as any other."""

import pytest

from cablesearch.corpus import pdf, pdf_text
from tests.corpus import makers

MESSAGE = """C O N F I D E N T I A L PORT VERITY 000048

E.O. 12958: DECL: 01/08/2017
TAGS: EFIS, QV
SUBJECT: HERRING

1. (C) The quota (for herring) falls."""
TELEGRAM = """        Declassified/Released US Department of State EO Systematic Review 05 JUL 2006
                       Message Text
CONFIDENTIAL
PAGE 01  PORT V  02069  041125Z
R 040930Z MAR 75
FM AMEMBASSY PORT VERITY
TO SECSTATE WASHDC 6411

SUBJECT: HERRING
1. THE QUOTA FALLS BECAUSE THE
        Declassified/Released US Department of State EO Systematic Review 05 JUL 2006"""
SECOND = """        Declassified/Released US Department of State EO Systematic Review 05 JUL 2006
CATCH WAS POOR.
Message Attributes
Document Number: 1975PORTVE02069
Original Classification: CONFIDENTIAL
Subject: HERRING"""


def test_the_text_is_read_in_the_format_that_it_has(reading):
    [cable] = reading("07PORTVERITY48.pdf", makers.pdf(MESSAGE))
    assert (cable.message.rstrip(), cable.id, cable.format) == (MESSAGE, "07PORTVERITY48", "plain text (PDF)")
    [telegram] = reading("x.pdf", makers.pdf(TELEGRAM, SECOND))
    assert (telegram.id, telegram.format) == ("75PORTVE2069", "NARA telegram (PDF)")
    assert telegram.message.endswith("1. THE QUOTA FALLS BECAUSE THE\nCATCH WAS POOR.")


def test_many_messages_may_be_in_one_file(reading):
    again = [page.replace("2069", "2070") for page in (TELEGRAM, SECOND)]
    found = reading("x.pdf", makers.pdf(TELEGRAM, SECOND, *again))
    assert [record.id for record in found] == ["75PORTVE2069", "75PORTVE2070"]


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_page_that_is_turned_when_it_is_shown_is_read_upright(reading, rotate):
    [cable] = reading("x.pdf", makers.pdf(MESSAGE, rotate=rotate))
    assert cable.message.rstrip() == MESSAGE


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (makers.pdf(None), "a scan without a text layer: put it through text recognition (OCR) first"),
        (makers.pdf(""), "there is no text in it"),
        (makers.pdf("milk, eggs"), "not a format that is read"),
        (makers.pdf(MESSAGE)[:300], "damaged or cut off"),
        (
            makers.pdf(
                MESSAGE,
                trailer=b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O(%s)/U(%s)>>/ID[(a)(a)]"
                % (b"o" * 32, b"u" * 32),
            ),
            "encrypted: save it without its password first",
        ),
    ],
    ids=["scan", "blank", "no cable", "cut off", "encrypted"],
)
def test_what_cannot_be_read_is_reported(reading, content, reason):
    [failure] = reading("x.pdf", content)
    assert failure.reason == reason


def test_pages_that_are_scans_are_reported_beside_the_text_of_the_others(reading):
    cable, failure = reading("x.pdf", makers.pdf(MESSAGE, None, "", None))
    assert cable.message.rstrip() == MESSAGE
    assert failure.reason == "pages 2, 4 without a text layer: the others are read"


def test_pages_that_are_damaged_are_reported_beside_the_text_of_the_others(reading):
    content = makers.pdf(MESSAGE).replace(b"/Count 1", b"/Count 3")
    cable, failure = reading("x.pdf", content)
    assert cable.message.rstrip() == MESSAGE
    assert failure.reason == "pages 2, 3 damaged: the others are read"


@pytest.mark.parametrize(
    ("bound", "reason"),
    [
        ("MAX_PAGES", "a PDF of more than 10 pages: split it"),
        ("MAX_PAGE_CHARS", "a page of more than 10 characters: no cable has one"),
        ("MAX_TEXT_BYTES", "a PDF with more than 0 MB of text: split it"),
    ],
)
def test_what_a_document_may_have_is_bounded(monkeypatch, bound, reason):
    monkeypatch.setattr(pdf_text, bound, 10)
    assert pdf_text.find_text(makers.pdf(*[MESSAGE] * 11))["error"] == reason


def test_the_size_of_a_document_is_bounded(reading, monkeypatch):
    monkeypatch.setattr(pdf, "MAX_BYTES", 10)
    [failure] = reading("x.pdf", makers.pdf(MESSAGE))
    assert failure.reason == "a PDF of more than 0 MB: split it"
