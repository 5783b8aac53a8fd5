"""E-mail as programs keep it."""

from datetime import datetime
from email.message import EmailMessage

import pytest

from cablesearch.corpus import Failure, mail

PLAIN = """From: Ivo Quell <quell@state.gov>
To: "Marchetane, Odile" <odile@state.gov>, h@state.gov
Cc: Anna <anna@state.gov>
Subject: Herring
Date: Mon, 08 Jan 2007 07:31:00 -0500

The quota falls by a half, they told us at the ministry of fish
on Monday.

> Will it fall?
> It will.
"""
SEPARATOR = "From quell@state.gov Mon Jan  8 12:31:00 2007\n"


def texts(record) -> list[str]:
    return [paragraph.text for paragraph in record.paragraphs]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("name", ["herring.eml", "herring"])
def test_a_message_is_read_with_its_header(reading, name, newline):
    [record] = reading(name, PLAIN.replace("\n", newline))
    assert (record.id, record.subject, record.format) == ("herring", "Herring", "e-mail")
    assert record.created == datetime(2007, 1, 8, 12, 31)
    assert record.sender == "Ivo Quell <quell@state.gov>"
    assert record.to == ("Marchetane, Odile <odile@state.gov>", "h@state.gov")
    assert record.info == ("Anna <anna@state.gov>",)
    assert texts(record) == [
        "The quota falls by a half, they told us at the ministry of fish on Monday.",
        "> Will it fall?\n> It will.",
    ]
    assert [paragraph.id for paragraph in record.paragraphs] == ["herring#p1", "herring#p2"]


def test_encoded_words_and_parts_are_decoded(reading):
    message = EmailMessage()
    message["From"], message["Subject"], message["Message-ID"] = "Zoë <z@x>", "Café über", "<1@x>"
    message.set_content("The café.\n", charset="latin-1", cte="base64")
    message.add_alternative("<p>Another</p>", subtype="html")
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="x.pdf")
    [record] = reading("x.eml", bytes(message))
    assert (record.sender, record.subject, texts(record)) == ("Zoë <z@x>", "Café über", ["The café."])


def test_a_message_in_html_alone_is_read_as_text(reading):
    html = (
        "<head><title>x</title><style>p {}</style></head><p>The <b>quota</b></p><div>falls<br>by half</div>"
    )
    [record] = reading(
        "x.eml", PLAIN.replace("Date:", "Content-Type: text/html\nDate:").split("\n\n")[0] + f"\n\n{html}"
    )
    assert " ".join(texts(record)).split() == ["The", "quota", "falls", "by", "half"]


def test_a_header_in_bytes_of_no_named_encoding_is_read(reading):
    [record] = reading("x.eml", PLAIN.replace("Herring", "Café").encode("cp1252"))
    assert record.subject == "Café"


def test_the_messages_of_a_mailbox_are_read_one_by_one(reading):
    body = PLAIN.replace("on Monday.", "on Monday.\n\n>From the ministry\nFrom here on.")
    found = reading("x.mbox", f"{SEPARATOR}{body}\n{SEPARATOR}{PLAIN.replace('Herring', 'Cod')}")
    assert [(r.id, r.subject) for r in found] == [("x/1", "Herring"), ("x/2", "Cod")]
    assert texts(found[0])[1] == "From the ministry\nFrom here on."


def test_a_cable_in_an_e_mail_is_parsed_as_a_cable(reading):
    [record] = reading("x.eml", PLAIN.partition("\n\n")[0] + "\n\nTAGS: EFIS\nSUBJECT: COD\n\n1. (C) Cod.\n")
    assert (record.paragraphs, record.message) == (None, "TAGS: EFIS\nSUBJECT: COD\n\n1. (C) Cod.\n")


def test_a_message_without_a_text_is_said_to_be(reading):
    [record] = reading("x.eml", PLAIN.partition("\n\n")[0] + "\n\n")
    assert (record.subject, record.without_text, record.paragraphs) == (
        "Herring",
        "an e-mail without a text",
        (),
    )


@pytest.mark.parametrize(
    "text",
    [
        "From: Quell\nTo: H\nSubject: Herring\n\nText\n",
        "FROM: AMEMBASSY PORT VERITY\nTO: STATE\nDATE: JANUARY 8\n\nText\n",
        "TAGS: EFIS\nSUBJECT: HERRING\n\n1. (C) x\n",
    ],
)
def test_other_texts_with_fields_are_not_e_mails(reading, text):
    [record] = reading("x.txt", text)
    assert record.format == "plain text"


def test_a_message_is_bounded_and_the_others_are_read(reading, monkeypatch):
    monkeypatch.setattr(mail, "MAX_TEXT_BYTES", 1000)
    large, small = reading("x.mbox", f"{SEPARATOR}{PLAIN}{'herring ' * 500}\n\n{SEPARATOR}{PLAIN}")
    assert isinstance(large, Failure)
    assert large.reason == "an e-mail of more than 0 MB: take out its attachments"
    assert small.id == "x/2"


def test_parts_nested_without_end_are_reported(reading):
    nested = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(2000)
    )
    [item] = reading("x.eml", b"From: a@b\nMessage-ID: <1@x>\n" + nested)
    assert isinstance(item, Failure) or item.without_text
