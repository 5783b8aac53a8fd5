"""Records that are parsed together: each gives what it gives alone."""

from __future__ import annotations

import pytest

from cablesearch.corpus.record import Record
from cablesearch.errors import UnreadableError
from cablesearch.model.cable import Paragraph
from cablesearch.parse import MAX_CHARS, parse_batch, parse_record

PLAIN = Record(
    "a.txt", "CONFIDENTIAL PORT VERITY 000048\n\n1. (C) Dues rise.\n\n2. (U) Ships wait.\n\nMARLOW\n"
)
UNNUMBERED = Record("b.txt", "Dues fall.")
MARKED_UP = Record("c.xml", id="c/d1", paragraphs=(Paragraph("c/d1#1", None, None, None, None, "Salt."),))
EMPTY = Record("d.txt", " \n")
TOO_LONG = Record("e.txt", "x" * (MAX_CHARS + 1))


def test_each_record_gives_what_it_gives_alone():
    """Whatever stands beside it, in the order of the records."""
    records = [PLAIN, EMPTY, MARKED_UP, UNNUMBERED, TOO_LONG, PLAIN]
    results = parse_batch(records)
    for record, result in zip(records, results, strict=True):
        if isinstance(result, UnreadableError):
            with pytest.raises(UnreadableError) as raised:
                parse_record(record)
            assert str(raised.value) == str(result)
        else:
            assert result == parse_record(record)
    texts = ["no cable" if isinstance(r, UnreadableError) else r.paragraphs[0].text for r in results]
    assert texts == ["Dues rise.", "no cable", "Salt.", "Dues fall.", "no cable", "Dues rise."]


def test_no_records():
    assert parse_batch([]) == []
