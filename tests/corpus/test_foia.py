"""E-mail as released under the Freedom of Information Act."""

from datetime import date, datetime

import pytest

from tests.corpus.makers import pdf

STAMP = "UNCLASSIFIED U.S. Department of State Case No. F-2014-20439 Doc No. C05760445 Date: 06/30/2015\n"
HEADER = """From: Quell, Ivo <QuellI@state.gov>
Sent: Wednesday, September 12, 2012 10:16 AM
To: H; 'odile@state.gov'
Cc: Reed, Anna;
  Marchetane, Odile
Subject: Re: Herring
"""
BODY = """
The quota falls by a half, they told us at the ministry.

From: H
To: Quell
Subject: Herring
Will it fall?
"""


def texts(record) -> list[str]:
    return [paragraph.text for paragraph in record.paragraphs]


@pytest.mark.parametrize("above", ["", STAMP, f"{STAMP}RELEASE IN PART\nB6\n", f"{STAMP}\n\n"])
def test_the_header_gives_the_facts(reading, above):
    [record] = reading("x.txt", above + HEADER + BODY + STAMP)
    assert (record.id, record.format) == ("C05760445", "e-mail as text")
    assert (record.created, record.released) == (datetime(2012, 9, 12, 10, 16), date(2015, 6, 30))
    assert (record.subject, record.sender) == ("Re: Herring", "Quell, Ivo <QuellI@state.gov>")
    assert record.to == ("H", "'odile@state.gov'")
    assert record.info == ("Reed, Anna", "Marchetane, Odile")
    assert texts(record) == [
        "The quota falls by a half, they told us at the ministry.",
        "From: H\nTo: Quell\nSubject: Herring\nWill it fall?",
    ]


VALUES = ["Quell, Ivo <QuellI@state.gov>", "Wednesday, September 12, 2012 10:16 AM", "H", "Herring"]


@pytest.mark.parametrize("keys", ["From:\nSent:\nTo:\nSubject:\n\n", "From: Sent: To: Subject:\n"])
def test_values_may_stand_below_all_the_names(reading, keys):
    [record] = reading("x.txt", keys + "\n".join(VALUES) + "\n\nIt falls.\n")
    assert (record.sender, record.created) == (VALUES[0], datetime(2012, 9, 12, 10, 16))
    assert (record.to, record.subject, texts(record)) == (("H",), "Herring", ["It falls."])


def test_an_addressee_who_was_taken_out_is_missed(reading):
    values = f"{VALUES[0]} {VALUES[1]}\nHerring\n\nRELEASE IN PART B5\nIt falls.\n"
    [record] = reading("x.txt", "From: Sent: To: Subject:\n" + values)
    assert (record.sender, record.created) == (VALUES[0], datetime(2012, 9, 12, 10, 16))
    assert (record.to, record.subject, texts(record)) == ((), "Herring", ["It falls."])


def test_an_empty_field_is_empty(reading):
    [record] = reading("x.txt", HEADER.replace("H; 'odile@state.gov'", "") + BODY)
    assert (record.id, record.to, record.subject) == ("x", (), "Re: Herring")


def test_a_file_may_have_several_documents(reading):
    other = STAMP.replace("0445", "0446")
    found = reading(
        "x.txt", STAMP + HEADER + BODY + STAMP + other + HEADER.replace("Herring", "Cod") + other + BODY
    )
    assert [(r.id, r.subject, len(r.paragraphs)) for r in found] == [
        ("C05760445", "Re: Herring", 2),
        ("C05760446", "Re: Cod", 2),
    ]


def test_an_e_mail_in_a_pdf_goes_on_over_its_pages(reading):
    first = STAMP + HEADER + "\nThe quota falls by a half, they told us at the ministry of\n" + STAMP
    [record] = reading("x.pdf", pdf(first, f"{STAMP}fish on Monday."))
    assert record.format == "e-mail as text (PDF)"
    assert texts(record) == ["The quota falls by a half, they told us at the ministry of fish on Monday."]


@pytest.mark.parametrize(
    "text",
    [
        "From: Quell\nTo: H\nSubject: Herring\n\nNo date.\n",
        "We heard it from Quell.\nFrom: Quell\n",
        "x" * 50 + "\n" + HEADER,
        "FM AMEMBASSY PORT VERITY\nSUBJECT: HERRING\n",
    ],
)
def test_other_texts_are_not_e_mails(reading, text):
    [record] = reading("x.txt", text)
    assert record.format == "plain text"
