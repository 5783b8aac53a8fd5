"""Lines of 55 characters, rejoined into prose.

Most lines end where the next word did not fit, and are joined to the next one. A line that ends well before
that was ended on purpose, as in a list, a table or an address, and keeps its line break.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from itertools import pairwise

_BULLET = re.compile(
    r"^\s*(?:--?(?![-\w])|--(?=\w)|-(?=[A-Z])|[•·*]|>|\(?[a-z]\)|\((?:[a-zA-Z]|\d{1,2}|[ivx]{1,4})\)|\d{1,2}\)|[A-Z]\.\s|[ivx]{1,4}[.)]\s)"
)
_ITEM = re.compile(r"^\s*\d{1,2}\.\s")
_RULE = re.compile(r"^[-=_*~.#\s]{3,}$")
_COLUMNS = re.compile(r"\S(?:\t+|[ ]{3,})\S")
_HYPHEN = re.compile(r"([A-Za-z]{2,})-$")
_FIRST_WORD = re.compile(r"^([A-Za-z]+)")
# Endings that are not words by themselves: a hyphen before one, at a line's end, was the typist's.
_ENDING = re.compile(
    r"^(?:[sct]ions?|[st]ional(?:ly)?|tioned|tioning|ments?|mental|ness|i?ties|ity|[ae]nc(?:e|es|y|ies)|i?ble|i?bly|a?bility"
    r"|ing|ings|ingly|ed|ers|tures?|tives?|tively|ously|ously|ally|ized?|izing|ization|ised|tory|ology|diction(?:al)?)$",
    re.IGNORECASE,
)
# Most line ends are soft, no more than a space: a word before them and one in small letters after them. This
# finds all the others, which need a closer look.
_HARD_END = re.compile(r"\n(?!(?<=[\w,;'\"’)]\n)(?<!_\n)[a-z]++(?![.)]))")
MIN_COLUMNS, MAX_COLUMNS = 45, 75  # of printed lines of prose
PROSE_COLUMNS = 55  # of the longest line of prose; a block of shorter lines is a list
MAX_SHORTFALL = 12  # columns that a line may be shorter than the longest and still not be ended on purpose


def rejoin(block: str, vocabulary: frozenset[str] = frozenset(), indent: int = 0) -> str:
    """Return a block of lines as prose: single spaces, line breaks only where the drafter meant them.

    Args:
        block: lines without a blank line among them.
        vocabulary: the words of the whole message in lower case, which decide about a hyphen at a line's end.
        indent: columns before the first line, in which the paragraph's number and marking stood.
    """
    wide = "  " in block
    if "\t" in block or (wide and "   " in block):
        lines = block.split("\n")
        return _join_lines(lines, max(map(len, lines)), indent, _table_rows(lines), vocabulary, _squeeze)
    lines = _HARD_END.split(block)
    width = _width(block.split("\n"), indent) if len(lines) > 1 else 0
    return _join_lines(lines, width, indent, set(), vocabulary, _squeeze if wide else _unwrap)


def _join_lines(
    lines: list[str],
    width: int,
    indent: int,
    rows: set[int],
    vocabulary: frozenset[str],
    squeeze: Callable[[str], str],
) -> str:
    """Join lines into prose.

    Args:
        lines: each may be several that end softly.
        width: columns of the longest line.
        indent: columns before the first line.
        rows: the indices of a table's rows.
        squeeze: puts the lines of a piece of prose on one line.
    """
    pieces = [lines[0].rstrip() if 0 in rows else squeeze(lines[0])]
    room = width - indent if width >= PROSE_COLUMNS and "\n" not in lines[0] else width  # of the first line
    for index, (above, below) in enumerate(pairwise(lines), 1):
        before, line = above.rpartition("\n")[2], below.partition("\n")[0]
        piece = below.rstrip() if index in rows else squeeze(below)
        if index in rows or index - 1 in rows or not _continues_line(before, line, room):
            pieces.append("\n")
        elif not before.endswith(("-", "/")) or before.endswith(("--", " -", " /")):
            pieces.append(" ")
        elif _is_split_word(before, piece, vocabulary):
            pieces[-1] = pieces[-1][:-1]
        pieces.append(piece)
        room = width
    return "".join(pieces)


def _width(lines: list[str], indent: int) -> int:
    """Return the columns that a block's lines were broken at.

    Tools that rejoin divided words make some lines longer than that.
    """
    widths = [len(line) for line in lines]
    widths[0] += indent
    if max(widths) > MAX_COLUMNS:
        printed = [width for width in widths if MIN_COLUMNS <= width <= MAX_COLUMNS]
        if 2 * len(printed) >= len(widths):
            return max(printed)
    return max(widths)


def _table_rows(lines: list[str]) -> set[int]:
    """Return the indices of a table's rows: adjacent lines set in columns, and the rules between them."""
    columns = {index for index, line in enumerate(lines) if _COLUMNS.search(line.strip())}
    rules = {index for index, line in enumerate(lines) if _RULE.match(line)}
    rows = {
        i
        for i in columns
        if {i - 1, i + 1} & columns or ({i - 1, i + 1} & rules and {i - 2, i + 2} & columns)
    }
    return rows | {i for i in rules if {i - 1, i + 1} & rows}


def _squeeze(lines: str) -> str:
    """Put lines on one line, with single spaces."""
    return " ".join(lines.split())


def _unwrap(lines: str) -> str:
    """Put lines on one line, where all their spaces are single already."""
    return lines.strip().replace("\n", " ")


def _continues_line(before: str, line: str, width: int) -> bool:
    """Whether a line continues the one before it."""
    start = line.lstrip()
    if (not start[:5].isalpha() and (_BULLET.match(line) or _RULE.match(line))) or _RULE.match(before):
        return False
    if _ITEM.match(line) and before.rstrip().endswith((".", ":", ";")):
        return False
    if start[:1].islower() or start[:1] in ",.;)%":
        return True
    shortfall = width - len(before) - len(start.split(maxsplit=1)[0])
    return shortfall <= MAX_SHORTFALL or before.rstrip().endswith(
        (",", " and", " the", " of", " to", "-", " in", " a")
    )


def _is_split_word(before: str, line: str, vocabulary: frozenset[str]) -> bool:
    """Whether a hyphen at a line's end certainly only splits a word, so that it is to be removed."""
    hyphen, word = _HYPHEN.search(before), _FIRST_WORD.match(line)
    if not hyphen or not word or f"{hyphen[1]}-{word[1]}".lower() in vocabulary:
        return False
    whole = (hyphen[1] + word[1]).lower()
    return whole in vocabulary or bool(_ENDING.match(word[1])) or whole in _common_words()


@cache
def _common_words() -> frozenset[str]:
    """Return the words that are common in diplomatic papers and seldom written with a hyphen.

    `words.txt` has those of four letters and more that occur twelve times in 32 volumes of FRUS and cables,
    mostly in small letters, without the ones that also occur divided, as `co-operation` and `re-entry` do.
    """
    return frozenset((files(__package__) / "words.txt").read_text("ascii").split())
