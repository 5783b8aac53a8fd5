"""E-mail as programs keep it."""

import json
import sys
from datetime import datetime
from email.message import EmailMessage

import pytest

from cablesearch.corpus import Failure, mail, read
from tests.corpus.makers import pdf, seven

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


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>The <![x[ quota</p>", ["The", "<![x[", "quota"]),
        ("<p>The <![ quota</p>", ["The", "<![", "quota"]),
        ("<p>The <![if !supportLists]>quota<![endif]></p>", ["The", "quota"]),
        ("<p>The quota<!--[if mso]><p>none</p><![endif]--></p>", ["The", "quota"]),
    ],
)
def test_sections_in_html_are_read_or_stay_text(reading, html, words):
    """Python's HTML parser refuses those that neither XML nor Microsoft's programs have."""
    head = PLAIN.replace("Date:", "Content-Type: text/html\nDate:").split("\n\n")[0]
    [record] = reading("x.eml", f"{head}\n\n{html}")
    assert " ".join(texts(record)).split() == words


def test_a_message_that_fails_is_named_and_the_others_are_read(reading, monkeypatch):
    from cablesearch.corpus import mail

    original = mail.make_letter

    def fail(name, *others, **facts):
        if name.endswith("#1"):
            raise KeyError("x")
        return original(name, *others, **facts)

    monkeypatch.setattr(mail, "make_letter", fail)
    failure, record = reading("x.mbox", f"{SEPARATOR}{PLAIN}\n{SEPARATOR}{PLAIN}")
    assert failure.source.endswith("x.mbox#1")
    assert failure.reason.startswith("an error in cablesearch (KeyError")
    assert record.id == "x/2"


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


CABLE = "C O N F I D E N T I A L PORT VERITY 000048\n\nTAGS: EFIS\nSUBJECT: COD\n\n1. (C) Cod is dear.\n"


def mail_with(*files: tuple[str, str, bytes], text: str = "See the cable.\n") -> EmailMessage:
    """Return an e-mail with files attached: the name, type and content of each."""
    message = EmailMessage()
    message["From"], message["Subject"], message["Message-ID"] = "a@x", "Cod", "<1@x>"
    if text:
        message.set_content(text)
    for name, kind, content in files:
        maintype, subtype = kind.split("/")
        message.add_attachment(content, maintype=maintype, subtype=subtype, filename=name)
    return message


@pytest.mark.parametrize(
    ("name", "kind", "content", "format"),
    [
        ("cod.pdf", "application/pdf", pdf(CABLE), "plain text (PDF)"),
        ("07PORTVERITY48.txt", "text/plain", CABLE.encode(), "plain text"),
        ("Café.txt", "application/octet-stream", CABLE.encode(), "plain text"),
        ("cod.json", "application/json", json.dumps({"id": "07PV1", "body": CABLE}).encode(), "JSON"),
    ],
)
def test_an_attached_cable_is_read(reading, name, kind, content, format):
    letter, cable = reading("x.eml", bytes(mail_with((name, kind, content))))
    assert (letter.id, texts(letter)) == ("x", ["See the cable."])
    assert (f"x.eml!{name}" in cable.source, cable.format) == (True, format)
    assert cable.message.strip() == CABLE.strip()


def test_an_attached_archive_or_e_mail_is_opened(reading):
    inner = mail_with(("cod.7z", "application/x-7z-compressed", seven({"cod.txt": CABLE.encode()})))
    outer = mail_with()
    outer.add_attachment(inner)
    first, second, cable = reading("x.eml", bytes(outer))
    assert (first.id, second.id, cable.message) == ("x", "attachment 1", CABLE)
    assert cable.source.endswith("x.eml!attachment 1.eml!cod.7z!cod.txt")


def test_attachments_that_are_no_cables_are_named_and_signatures_are_not(reading):
    message = mail_with(
        ("cod.docx", "application/octet-stream", b"PK\3\4"),
        ("cod.jpg", "image/jpeg", b"\xff\xd8\xff"),
        ("smime.p7s", "application/pkcs7-signature", b"\x30\x80"),
    )
    letter, *failures = reading("x.eml", bytes(message))
    assert texts(letter) == ["See the cable."]
    assert [failure.source.partition("x.eml!")[2] for failure in failures] == ["cod.docx", "cod.jpg"]
    assert failures[0].reason == "an office document, not a format that is read: save its text as .txt"


def test_attachments_are_read_with_their_own_message_of_a_mailbox(tmp_path):
    box = "".join(
        f"{SEPARATOR}{mail_with((f'{n}.txt', 'text/plain', CABLE.encode())).as_string()}\n" for n in range(5)
    )
    path = tmp_path / "x.mbox"
    path.write_text(box, "utf-8")
    shards = [[item.source.partition("#")[2] for item in read(path, (k, 2))] for k in range(2)]
    assert shards == [["1", "1!0.txt", "3", "3!2.txt", "5", "5!4.txt"], ["2", "2!1.txt", "4", "4!3.txt"]]


def test_e_mails_attached_to_each_other_end(reading):
    message = mail_with()
    for _ in range(5):
        outer = mail_with()
        outer.add_attachment(message)
        message = outer
    *letters, failure = reading("x.eml", bytes(message))
    assert len(letters) == 4
    assert failure.reason == "attached to e-mail more than 3 times over: save it by itself"


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


def test_paragraphs_in_html_that_are_not_closed_take_linear_time():
    """What html.parser has in each other, bs4 goes through for each change of the tree."""
    steps = []
    for paragraphs in (1_000, 4_000):
        calls = 0

        def count(*_):
            nonlocal calls
            calls += 1

        sys.setprofile(count)
        try:
            text = mail._html_text("<p>One <!-- two --><b>three</b>\n" * paragraphs)
        finally:
            sys.setprofile(None)
        assert text.split() == ["One", "three"] * paragraphs
        steps.append(calls)
    assert steps[1] < 5 * steps[0]
