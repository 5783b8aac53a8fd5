"""An e-mail as a record: its paragraphs are the body's blocks, unless the body is a cable."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from ..model.cable import Paragraph, paragraph_ids
from .plain import CABLE_LINE
from .record import Record

_WRAPPED = 50  # characters that lines have at least, all but the last, where a program has broken them
_OWN_LINE = re.compile(r"\s*(?:[>*•·|+-]|\w{1,3}[.)]\s)")  # quoted, or an item


def make_letter(
    source: str,
    id: str,
    body: str,
    *,
    format: str,
    created: date | None = None,
    released: date | None = None,
    sender: str | None = None,
    to: Sequence[str] = (),
    info: Sequence[str] = (),
    subject: str | None = None,
) -> Record:
    """Return the record of an e-mail, or of the cable that was sent with it."""
    if CABLE_LINE.search(body):
        return Record(format=format, source=source, message=body, released=released)
    blocks = [block for block in re.split(r"\n(?:[^\S\n]*\n)+", body.strip("\n")) if block.strip()]
    ids = paragraph_ids((None for _ in blocks), id)
    return Record(
        format=format,
        source=source,
        id=id,
        created=created,
        released=released,
        subject=subject or None,
        sender=sender or None,
        to=tuple(to),
        info=tuple(info),
        without_text=None if blocks else "an e-mail without a text",
        paragraphs=tuple(
            Paragraph(own, None, None, None, None, _join_lines(block))
            for own, block in zip(ids, blocks, strict=True)
        ),
    )


def _join_lines(block: str) -> str:
    """Return a block's text: lines that a program has broken are joined."""
    lines = [line.strip() for line in block.split("\n")]
    broken = all(len(line) >= _WRAPPED for line in lines[:-1]) and not any(map(_OWN_LINE.match, lines[1:]))
    return (" " if broken else "\n").join(lines)
