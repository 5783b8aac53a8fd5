"""JSON lines: one object per line for each item of an answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from . import Answer, Format
from .json import dumps


def write(answers: Iterable[Answer], stream: TextIO) -> None:
    """Write each record of the answers as an object on a line of its own."""
    for answer in answers:
        for record in answer.records():
            stream.write(dumps(record) + "\n")


FORMAT = Format("jsonl", ".jsonl", "application/jsonl", write)
