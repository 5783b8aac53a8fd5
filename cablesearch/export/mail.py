"""An e-mail with the passages as plain text, for a program that sends it: `| sendmail ann@example.org`."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate
from itertools import groupby
from typing import TextIO

from ..model.passage import Passage
from . import Answer, Format
from ._escape import escape_controls
from ._passages import passages

WIDTH = 76  # characters of a line


def write(answers: Iterable[Answer], stream: TextIO) -> None:
    """Write the passages of all answers as one message, without its addressees."""
    found = list(passages(answers, "mail"))
    message = EmailMessage(SMTP.clone(linesep="\n"))
    names = dict.fromkeys(each.found_by.rpartition(" (")[0] for each in found if each.found_by)
    about = f": {', '.join(names)}" if names else ""
    count = f"{len(found):,} paragraph{'' if len(found) == 1 else 's'}"
    message["Subject"] = escape_controls(textwrap.shorten(f"cablesearch: {count}{about}", WIDTH))
    message["Date"] = formatdate(localtime=True)
    message.set_content("\n".join(_lines(found)) + "\n", cte="quoted-printable")
    stream.write(message.as_string())


def _lines(found: Iterable[Passage]) -> Iterator[str]:
    for name, group in groupby(found, lambda passage: passage.found_by):
        if name:
            yield from (escape_controls(name), "=" * len(name), "")
        for passage in group:
            yield escape_controls(passage.citation)
            if passage.link:
                yield escape_controls(passage.link)
            for line in escape_controls(passage.paragraph.text, lines=True).split("\n"):
                yield from textwrap.wrap(line, WIDTH, initial_indent="  ", subsequent_indent="  ") or [""]
            yield ""


FORMAT = Format("mail", ".eml", "message/rfc822", write)
