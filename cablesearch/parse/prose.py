"""Lines of 55 characters, back into prose.

A drafter's line ends where the next word did not fit: such lines are one sentence. A line that ends
well before that was ended on purpose: a list, a table, an address. Those keep their lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

_BULLET = re.compile(
    r"^\s*(?:--?(?![-\w])|--(?=\w)|-(?=[A-Z])|[•·*]|>|\(?[a-z]\)|\((?:[a-zA-Z]|\d{1,2}|[ivx]{1,4})\)|\d{1,2}\)|[A-Z]\.\s|[ivx]{1,4}[.)]\s)"
)
_ITEM = re.compile(r"^\s*\d{1,2}\.\s")
_RULE = re.compile(r"^[-=_*~.#\s]{3,}$")
_COLUMNS = re.compile(r"\S(?:\t+|[ ]{3,})\S")
_HYPHEN = re.compile(r"([A-Za-z]{2,})-$")
_FIRST_WORD = re.compile(r"^([A-Za-z]+)")
# What is no word by itself: before it a hyphen at the line's end was the typist's.
_ENDING = re.compile(
    r"^(?:[sct]ions?|[st]ional(?:ly)?|tioned|tioning|ments?|mental|ness|i?ties|ity|[ae]nc(?:e|es|y|ies)|i?ble|i?bly|a?bility"
    r"|ing|ings|ingly|ed|ers|tures?|tives?|tively|ously|ously|ally|ized?|izing|ization|ised|tory|ology|diction(?:al)?)$",
    re.IGNORECASE,
)
# A line's end that is no more than a space, as most are, has a word before it and one in small letters after
# it. The others, which are firm until they are looked at, are found here.
_FIRM = re.compile(r"\n(?!(?<=[\w,;'\"’)]\n)(?<!_\n)[a-z]++(?![.)]))")
ROOM = 12  # columns that a line may fall short of the longest before its end is the drafter's will


def rejoin(block: str, vocabulary: frozenset[str] = frozenset()) -> str:
    """Give a block of lines as prose: single spaces, breaks only where the drafter meant them.

    Args:
        block: lines without a blank line among them.
        vocabulary: the words of the whole message in lower case, by which a hyphen at a line's end is judged.
    """
    wide = "  " in block
    if "\t" in block or (wide and "   " in block):
        given = block.split("\n")
        return _joined(given, max(map(len, given)), _rows(given), vocabulary, _squeeze)
    given = _FIRM.split(block)
    width = max(map(len, block.split("\n"))) if len(given) > 1 else 0
    return _joined(given, width, set(), vocabulary, _squeeze if wide else _line)


def _joined(
    given: list[str],
    width: int,
    rows: set[int],
    vocabulary: frozenset[str],
    squeezed: Callable[[str], str],
) -> str:
    """Give lines as prose; each may hold further ones, joined to it by soft ends."""
    pieces = [given[0].rstrip() if 0 in rows else squeezed(given[0])]
    for index, (above, below) in enumerate(pairwise(given), 1):
        before, line = above.rpartition("\n")[2], below.partition("\n")[0]
        piece = below.rstrip() if index in rows else squeezed(below)
        if index in rows or index - 1 in rows or not _runs_on(before, line, width):
            pieces.append("\n")
        elif not before.endswith(("-", "/")) or before.endswith(("--", " -", " /")):
            pieces.append(" ")
        elif _is_typists(before, piece, vocabulary):
            pieces[-1] = pieces[-1][:-1]
        pieces.append(piece)
    return "".join(pieces)


def _rows(given: list[str]) -> set[int]:
    """Give the lines that are a table's rows: set in columns, and the lines next to them as well."""
    columns = {index for index, line in enumerate(given) if _COLUMNS.search(line.strip())}
    rules = {index for index, line in enumerate(given) if _RULE.match(line)}
    rows = {
        i
        for i in columns
        if {i - 1, i + 1} & columns or ({i - 1, i + 1} & rules and {i - 2, i + 2} & columns)
    }
    return rows | {i for i in rules if {i - 1, i + 1} & rows}


def _squeeze(lines: str) -> str:
    """Give lines as one, with single spaces."""
    return " ".join(lines.split())


def _line(lines: str) -> str:
    """Give lines as one, whose spaces are single ones."""
    return lines.strip().replace("\n", " ")


def _runs_on(before: str, line: str, width: int) -> bool:
    """Tell whether a line is the continuation of the one before it."""
    start = line.lstrip()
    if (not start[:5].isalpha() and (_BULLET.match(line) or _RULE.match(line))) or _RULE.match(before):
        return False
    if _ITEM.match(line) and before.rstrip().endswith((".", ":", ";")):
        return False
    if start[:1].islower() or start[:1] in ",.;)%":
        return True
    room = width - len(before) - len(start.split(maxsplit=1)[0])
    return room <= ROOM or before.rstrip().endswith((",", " and", " the", " of", " to", "-", " in", " a"))


def _is_typists(before: str, line: str, vocabulary: frozenset[str]) -> bool:
    """Tell a hyphen at a line's end that only parted a word, to be mended; where it is not sure it stays."""
    hyphen, word = _HYPHEN.search(before), _FIRST_WORD.match(line)
    if not hyphen or not word or f"{hyphen[1]}-{word[1]}".lower() in vocabulary:
        return False
    return (hyphen[1] + word[1]).lower() in vocabulary or bool(_ENDING.match(word[1]))
