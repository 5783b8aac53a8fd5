"""Feeds and e-mail."""

from __future__ import annotations

from collections.abc import Callable
from email import message_from_string
from email.policy import default
from io import StringIO
from xml.etree import ElementTree

import pytest

from cablesearch.errors import CablesearchError
from cablesearch.export import write
from cablesearch.model.passage import Passage
from cablesearch.search.results import Facets, Hit

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "a <b> & \x1b[31m \x00 \uffff\ud800 line\nline"


class Found(list[Passage]):
    """An answer of passages."""

    def passages(self):
        return iter(self)


def written(format: str, *passages: Passage) -> str:
    stream = StringIO()
    write(format, [Found(passages)], stream)
    return stream.getvalue()


def passage(hit: Hit, **facts: str) -> Passage:
    return Passage(hit.cable, hit.paragraph, **facts)


def test_a_feed_has_an_entry_for_each_passage(hit: Callable[..., Hit]) -> None:
    feed = ElementTree.fromstring(written("atom", passage(hit(text=HOSTILE), found_by="salt (new)")))
    [entry] = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == "urn:x-cablesearch:07TEZGARA5%232"
    assert entry.findtext(f"{ATOM}title") == "07TEZGARA5#2: SALT AND REFORM"
    assert (entry.findtext(f"{ATOM}content") or "").startswith("a <b> & ␛[31m ␀")
    category = entry.find(f"{ATOM}category")
    assert category is not None
    assert category.get("term") == "salt (new)"
    for name in ("id", "title", "updated", "author"):
        assert feed.find(f"{ATOM}{name}") is not None


def test_a_feed_may_be_empty() -> None:
    assert ElementTree.fromstring(written("atom")).findall(f"{ATOM}entry") == []


def test_an_e_mail_says_what_is_new(hit: Callable[..., Hit]) -> None:
    found = [passage(hit(), found_by="salt (new)"), passage(hit(text=HOSTILE), found_by="talks (changed)")]
    mail = message_from_string(written("mail", *found), policy=default)
    assert mail["Subject"] == "cablesearch: 2 paragraphs: salt, talks"
    body = mail.get_content()
    assert "salt (new)\n==========\n" in body
    assert "  Minister Ivo Quell told us that reform is near (Ref B)." in body
    assert "a <b> & ␛[31m ␀" in body
    assert max(map(len, body.splitlines())) <= 100


@pytest.mark.parametrize("name", ["a\nBcc: eve@example.org", "ü" * 300, "\r\n\r\nbody"])
def test_a_name_adds_no_header(hit: Callable[..., Hit], name: str) -> None:
    mail = message_from_string(written("mail", passage(hit(), found_by=f"{name} (new)")), policy=default)
    assert sorted(mail.keys()) == sorted(
        ["Subject", "Date", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"]
    )


@pytest.mark.parametrize("format", ["atom", "mail"])
def test_only_paragraphs_have_entries(format: str) -> None:
    stream = StringIO()
    with pytest.raises(CablesearchError, match="a format of paragraphs"):
        write(format, [Facets("x", 0, {})], stream)
    assert stream.getvalue() == ""
