"""Cuts a paragraph into passages of a length that a model reads whole, and into sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b
from itertools import pairwise

from ..model.cable import Cable, Paragraph

MAX_WORDS = 180  # of a passage; with its title it is about what the usual models read, 256 pieces of words
MAX_TITLE_WORDS = 30  # of a subject or a heading; longer ones would drown the passage

RECIPE = "1"  # another one when passages are cut or put together otherwise, so that all are encoded anew

Span = tuple[int, int]  # start and end in a text

_WORD = re.compile(r"\S+")
# Its end is a mark before a capital, a digit or a quote, but not behind an initial or an abbreviation.
_SENTENCE_END = re.compile(
    r"""(?<!\b[A-Za-z])(?<!\b(?:Mr|Dr|Ms|St|No|cf|vs))(?<!\b(?:Mrs|Gen|Col|Sen|Gov|Amb|Sec|Rep))
    [.!?]["'”’)\]]*\s+(?=["'“‘(\[]?[A-Z0-9])""",
    re.VERBOSE,
)


def sentences(text: str) -> list[Span]:
    """Return where the sentences of a text begin and end, without the spaces between them."""
    return [*_stripped(text, [0, *(end.end() for end in _SENTENCE_END.finditer(text)), len(text)])]


def chunks(text: str) -> list[Span]:
    """Return where the passages of a text begin and end: whole sentences of up to `MAX_WORDS` words together.

    They are about equally long, so that none is a leftover: of 200 words, each has some 100. A sentence that
    is longer (a list, a table) is cut between words. Of an empty text, one empty passage.
    """
    words = [word.start() for word in _WORD.finditer(text)]
    if len(words) <= MAX_WORDS:
        return [*_stripped(text, [0, len(text)])] or [(0, 0)]
    target = len(words) / -(-len(words) // MAX_WORDS)
    cuts, size, done = [0], 0, 0
    for start, end in _pieces(text):
        length = len(_WORD.findall(text, start, end))
        if size and (size + length > MAX_WORDS or done + length / 2 > target * len(cuts)):
            cuts.append(start)
            size = 0
        size += length
        done += length
    return [*_stripped(text, [*cuts, len(text)])]


def passage(cable: Cable, paragraph: Paragraph, span: Span) -> str:
    """Return what a model reads of a passage: the subject and the heading, and then its text."""
    titles = (_shortened(title) for title in (cable.subject, paragraph.heading) if title)
    return ". ".join(part for part in (*titles, paragraph.text[slice(*span)]) if part)


def digest(cable: Cable, paragraph: Paragraph) -> int:
    """Return a number of 64 bits that tells what is read of a paragraph from all else that could be read."""
    texts = (RECIPE, cable.subject or "", paragraph.heading or "", paragraph.text)
    joined = "\0".join(texts).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(joined, digest_size=8).digest())


def _pieces(text: str) -> Iterator[Span]:
    """Yield the sentences, those that are too long in parts."""
    for start, end in sentences(text):
        words = [word.start() for word in _WORD.finditer(text, start, end)]
        yield from pairwise([*words[::MAX_WORDS], end])


def _stripped(text: str, cuts: list[int]) -> Iterator[Span]:
    """Yield what is between the cuts, without the spaces around it, unless it is nothing else."""
    for start, end in pairwise(cuts):
        inner = text[start:end]
        if kept := inner.strip():
            start += len(inner) - len(inner.lstrip())
            yield start, start + len(kept)


def _shortened(title: str) -> str:
    words = title.split()
    return " ".join(words[:MAX_TITLE_WORDS]).rstrip(".")
