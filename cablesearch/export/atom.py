"""Atom (RFC 4287): a feed with an entry for each passage, for a feed reader."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TextIO
from urllib.parse import quote

from ..model.passage import Passage
from . import Answer, Format
from ._passages import passages
from .html import escape

HEAD = """\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>urn:x-cablesearch:feed</id>
<title>cablesearch</title>
<author><name>cablesearch</name></author>
<updated>{now}</updated>
"""
FOOT = "</feed>\n"


def write(answers: Iterable[Answer], stream: TextIO) -> None:
    """Write the passages of all answers as one feed, which is of now."""
    now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    head = HEAD.format(now=now)
    for passage in passages(answers, "atom"):
        stream.write(head + _entry(passage, now))
        head = ""
    stream.write(head + FOOT)


def _entry(passage: Passage, now: str) -> str:
    """Return the entry of a passage, which has the same id in every feed: a reader shows it once."""
    cable, paragraph = passage.cable, passage.paragraph
    title = f"{paragraph.id}: {cable.subject}" if cable.subject else paragraph.id
    kind = f'<category term="{_escape(passage.found_by)}"/>\n' if passage.found_by else ""
    link = f'<link href="{_escape(passage.link)}"/>\n' if passage.link else ""
    return (
        f"<entry>\n<id>urn:x-cablesearch:{quote(paragraph.id)}</id>\n<title>{_escape(title)}</title>\n"
        f"<updated>{now}</updated>\n{kind}{link}"
        f"<summary>{_escape(passage.citation)}</summary>\n"
        f'<content type="text">{_escape(paragraph.text)}</content>\n</entry>\n'
    )


def _escape(text: str) -> str:
    """Return a text as XML, in which neither control characters nor what is no character may stand."""
    return escape(text, lines=True).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")


FORMAT = Format("atom", ".atom", "application/atom+xml", write)
