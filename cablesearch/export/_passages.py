"""The paragraphs of answers, for formats that cite them, and what formats without text share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import BinaryIO, Protocol, TextIO, runtime_checkable

from ..errors import CablesearchError
from ..model.cable import Cable
from ..model.passage import Passage
from . import Answer


@runtime_checkable
class HasPassages(Protocol):
    """An answer that consists of paragraphs."""

    def passages(self) -> Iterator[Passage]:
        """Yield the paragraphs as passages, those of a cable in a row."""


def passages(answers: Iterable[Answer], format: str) -> Iterator[Passage]:
    """Yield the passages of answers.

    Raises:
        CablesearchError: one consists of something else.
    """
    for answer in answers:
        if not isinstance(answer, HasPassages):
            raise CablesearchError(
                f"{format} is a format of paragraphs, and here are none: take csv, json, jsonl or xlsx"
            )
        yield from answer.passages()


def cables(answers: Iterable[Answer], format: str) -> Iterator[tuple[Cable, list[Passage]]]:
    """Yield the cables of answers, each with its passages.

    Raises:
        CablesearchError: an answer consists of something else.
    """
    for answer in answers:
        for _, group in groupby(passages([answer], format), lambda passage: passage.cable.id):
            found = list(group)
            yield found[0].cable, found


def binary(stream: TextIO, format: str) -> BinaryIO:
    """Return where a format that is no text writes its bytes.

    Raises:
        CablesearchError: it is a terminal.
    """
    if stream.isatty():
        raise CablesearchError(f"{format} is not for terminals: write it to a file")
    stream.flush()
    return stream.buffer
