"""The text of a cable as one row of pieces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

try:
    from ._weighing import cut  # compiled
except ImportError:
    from .weighing import cut

BREAK = "¶"  # stands between paragraphs, and between lines
_SEPARATORS = (
    ("/", " / "),
    ("--", " -- "),
    ("–", " – "),
    ("—", " — "),
    ("\n", f" {BREAK} "),
)
# Between the columns of a table; what stands before numbers is what they are of: Herring  3.10
_COLUMN = re.compile(r"(?<=\S)  +(?=[^\W\d_])")
# Damascus,President; the Elysee,De Gaulle: no Yar,Adua
_RUN_ON = re.compile(r",(?<=[^\W\d_]{4},)(?=[^\W\d_]{4}|[A-Z][a-z]{1,2}\b)")
_ITEM = re.compile(
    r"^[\"“]?([A-Z]|[IVX]{2,4})\. ", re.MULTILINE
)  # a list's letter; or a name's first initial
_NUMERALS = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]


def split_pieces(text: str) -> list[str]:
    """Split a paragraph at spaces, slashes and dashes; the end of a line or column parts words, too."""
    return _part(text).split()


def _part(text: str) -> str:
    """Return a paragraph with spaces wherever it is split."""
    if "  " in text:
        text = _COLUMN.sub(f" {BREAK} ", text)
    for sign, spaced in _SEPARATORS:
        if sign in text:
            text = text.replace(sign, spaced)
    if "," in text:
        text = _RUN_ON.sub(", ", text)
    return text


def build_row(paragraphs: Iterable[str]) -> tuple[Sequence[str], list[int]]:
    """Return the pieces of all paragraphs in one row, and where each paragraph begins in it.

    The letters of a list are parted from what follows: `C. Moran` is a name, but not after `B. Lodge`.

    Two breaks stand before the first piece and after the last, so that each piece has two neighbours a side.
    """
    texts = list(paragraphs)
    if listed := _list_letters(texts):
        texts = [
            _ITEM.sub(lambda item: f"{item[1]}. {BREAK} " if item[1] in listed else item[0], text)
            for text in texts
        ]
    return cut([*map(_part, texts)], BREAK)


def _list_letters(texts: Sequence[str]) -> set[str]:
    """Return the letters and numerals that begin lines where the one before or after begins another."""
    letters = {item[1] for text in texts if "." in text[1:3] or "\n" in text for item in _ITEM.finditer(text)}
    numerals = {two for pair in pairwise(_NUMERALS) if letters.issuperset(pair) for two in pair}
    alone = {letter for letter in letters if len(letter) == 1}
    return numerals | {letter for letter in alone if {chr(ord(letter) - 1), chr(ord(letter) + 1)} & alone}
