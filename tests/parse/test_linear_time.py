"""Hostile cables: each of these took minutes, or the time grew with the square of its length.

All patterns are measured by `make growth`; these are the kinds that were found in use.
"""

from __future__ import annotations

import signal

import pytest

from cablesearch.corpus.record import Record
from cablesearch.indexing.time_limit import time_limit
from cablesearch.model.cable import Cable
from cablesearch.parse import parse_record
from cablesearch.people import name_people

HEAD = "C O N F I D E N T I A L KELVO 000048\n"
TEXT = "\n\n1. (C) The fleet returns.\n"


def _words(count: int) -> list[str]:
    """Return words of their own: Boaaoa, Boaaob ..."""
    letters = "abcdefghijklmnoprstuvwy"
    return [f"Bo{letters[n // 529 % 23]}{letters[n // 23 % 23]}o{letters[n % 23]}" for n in range(count)]


HOSTILE = {
    "routing words in a transmission header": f"FM AMEMBASSY KELVO\n{'R' * 120}!\n{HEAD}{TEXT}",
    "precedence words of an addressee": f"FM AMEMBASSY KELVO\nTO X {'PRIORITY ' * 5_000}\n{HEAD}{TEXT}",
    "blanks before a line of a header": f"FM AMEMBASSY KELVO\n{' ' * 60_000}x\n{HEAD}{TEXT}",
    "caveats of a marking": f"{HEAD}\n1. (S{'/NF' * 60}! The fleet.\n",
    "caveats of a marking, and words behind them": f"{HEAD}\n1. (C{' // SENSITIVE' * 2_000}! The fleet.\n",
    "caveats between pages": f"{HEAD}{TEXT}PAGE 02 KELVO 00048 041125Z\nSECRET{' STADIS' * 60}!\n",
    "commas and blanks in TAGS": f"{HEAD}TAGS: PREL,\n{'  , ' * 200}.\nSUBJECT: X{TEXT}",
    "blanks among reasons": f"{HEAD}SUBJECT: X\nREASONS: 1.4(a{' ' * 20_000}x{TEXT}",
    "a classifier's blanks": f"{HEAD}Classified By: DCM{' ' * 60_000}x\nSUBJECT: X{TEXT}",
    "section headings on one line": f"{HEAD}SUBJECT: X\n\n1. (C) A.\n{HEAD[:-1]} {'SECTION ' * 9_000}\n",
    "ids in the text": f"{HEAD}SUBJECT: X\n\n1. THE FLEET. {'06 AKELVO 12, ' * 12_000}\n",
    "points of a signature": f"{HEAD}{TEXT}\nA{'.' * 40_000}!\n",
    "sites to visit": f"{HEAD}{TEXT}\n{'visit ' * 16_000}\nQUELL\n",
    "an address of points": f"{HEAD}{TEXT}\nhttp://{'.' * 60_000} x y\nQUELL\n",
    "people": f"{HEAD}\n1. (C) " + ", ".join(f"Minister {w} {w}" for w in _words(2_500)) + "\n",
    "protected names": f"{HEAD}\n1. (C) " + ", ".join(f"{w} {w} (protect)" for w in _words(2_500)) + "\n",
}


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="Windows has no alarm")
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_cable_takes_little_time(text):
    """Less than half a second on a usual machine; the limit is for a busy one."""
    with time_limit(5):
        cable = name_people(parse_record(Record("x.txt", text)))
    assert isinstance(cable, Cable)
    assert cable.paragraphs
