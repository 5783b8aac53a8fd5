"""Lines of 55 characters, rejoined into prose.

Most lines end where the next word did not fit, and are joined to the next one. A line that ends well before
that was ended on purpose, as in a list, a table or an address, and keeps its line break.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path

_BULLET = re.compile(
    r"^\s*(?:--?(?![-\w])|--(?=\w)|-(?=[A-Z])|[•·*]|>|\(?[a-z]\)|\((?:[a-zA-Z]|\d{1,2}|[ivx]{1,4})\)|\d{1,2}\)|[A-Z]\.\s|[ivx]{1,4}[.)]\s)"
)
_ITEM = re.compile(r"^\s*\d{1,2}\.\s")
_RULE = re.compile(r"^[-=_*~.#\s]{3,}$")
_COLUMNS = re.compile(r"\S(?:\t+|[ ]{3,})\S")
_HYPHEN = re.compile(r"(?<![A-Za-z])([A-Za-z]{2,}+)-$")
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
MAX_SOUGHT = 200  # words that are looked for one by one in a text
MAX_SHORTFALL = 12  # columns that a line may be shorter than the longest and still not be ended on purpose


class Vocabulary:
    """The words of a text.

    Each is looked for when asked about, since few words are divided at lines' ends; if very many are, all
    words are collected, which then is faster.
    """

    def __init__(self, *texts: str) -> None:
        self._printed = texts
        self._asked = 0

    @cached_property
    def _text(self) -> str:
        return "\n".join(self._printed).lower()

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(_HYPHENED_WORD.findall(self._text))

    def __contains__(self, word: object) -> bool:
        """Whether a word, in lower case and perhaps with hyphens, stands in the text by itself."""
        assert isinstance(word, str)
        self._asked += 1
        if self._asked > MAX_SOUGHT:
            return word in self._words
        text = self._text
        at = text.find(word)
        while at >= 0:
            if not _WORD_BEFORE.search(text, max(0, at - 2), at) and not _WORD_AFTER.match(
                text, at + len(word)
            ):
                return True
            at = text.find(word, at + 1)
        return False


_HYPHENED_WORD = re.compile(r"[a-z]++(?:-[a-z]++)*+")
_WORD_BEFORE = re.compile(r"[a-z]-?\Z")
_WORD_AFTER = re.compile(r"-?[a-z]")


def rejoin(block: str, vocabulary: Container[str] = frozenset(), indent: int = 0) -> str:
    """Return a block of lines as prose: single spaces, line breaks only where the drafter meant them.

    Args:
        block: lines without a blank line among them.
        vocabulary: the words of the whole message in lower case, which decide about a hyphen at a line's end.
        indent: columns before the first line, in which the paragraph's number and marking stood.
    """
    wide = "  " in block
    if "\t" in block or (wide and "   " in block):
        return _rejoin_columns(block.split("\n"), vocabulary, indent)
    squeeze = _squeeze if wide else _unwrap
    ends = [match.start() for match in _HARD_END.finditer(block)]
    if not ends:
        return squeeze(block)
    lines = block.split("\n")
    width = _width(lines, indent)
    room = (
        width - indent if width >= PROSE_COLUMNS and ends[0] == len(lines[0]) else width
    )  # of the first line
    pieces: list[str] = []
    start = last = index = 0
    for end in ends:
        index += block.count("\n", last, end)
        above, below = lines[index], lines[index + 1]
        joint = _joint(above, below, room, vocabulary)
        if joint != " " or below[0] == " " or above[-1] == " ":  # else squeezing makes the space
            pieces += squeeze(block[start:end]).removesuffix(joint), joint.removeprefix("-")
            start = end + 1
        room, last = width, end
    return "".join([*pieces, squeeze(block[start:])])


def _rejoin_columns(lines: list[str], vocabulary: Container[str], indent: int) -> str:
    """Return a block's lines as prose, but those that are set in columns as they are printed."""
    rows = _table_rows(lines)
    width = max(map(len, lines))
    room = width - indent if width >= PROSE_COLUMNS else width  # of the first line
    text = [line.rstrip() if index in rows else _squeeze(line) for index, line in enumerate(lines)]
    pieces = text[:1]
    for index, (above, below) in enumerate(pairwise(lines), 1):
        joint = "\n" if {index - 1, index} & rows else _joint(above, below, room, vocabulary)
        pieces[-1] = pieces[-1].removesuffix(joint)
        pieces += joint.removeprefix("-"), text[index]
        room = width
    return "".join(pieces)


def _joint(above: str, below: str, width: int, vocabulary: Container[str]) -> str:
    """Return what joins two lines: a line break, a space, nothing, or a hyphen, which goes."""
    if not _continues_line(above, below, width):
        return "\n"
    return _joint_of_words(above, below.lstrip(), vocabulary)


def _joint_of_words(above: str, below: str, vocabulary: Container[str]) -> str:
    """Return what joins two lines of one sentence: a space, nothing, or a hyphen, which goes."""
    if not above.endswith(("-", "/")) or above.endswith(("--", " -", " /")):
        return " "
    return "-" if _is_split_word(above, below, vocabulary) else ""


def join_title(lines: Iterable[str]) -> str:
    """Return the lines of a title or subject as one line, its words whole and its spaces single.

    >>> join_title(["GOALS AND ASSESS-", "MENT OF THE CO-", "OPERATION  IN 1979"])
    'GOALS AND ASSESSMENT OF THE CO-OPERATION IN 1979'
    """
    title = ""
    for line in filter(None, map(_squeeze, lines)):
        joint = _joint_of_words(title, line, frozenset()) if title else ""
        title = f"{title.removesuffix(joint)}{joint.removeprefix('-')}{line}"
    return title


def _width(lines: list[str], indent: int) -> int:
    """Return the columns that a block's lines were broken at.

    Tools that rejoin divided words make some lines longer than that.
    """
    first = len(lines[0]) + indent
    widest = max(first, max(map(len, lines)))
    if widest > MAX_COLUMNS:
        widths = (first, *map(len, lines[1:]))
        printed = [width for width in widths if MIN_COLUMNS <= width <= MAX_COLUMNS]
        if 2 * len(printed) >= len(widths):
            return max(printed)
    return widest


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
    # Of what begins with two letters, only a Roman number can be an item; none of it is a bullet or a rule.
    if not start[:2].isalpha() or (start[0] in "ivx" and not start[:5].isalpha()):
        if _BULLET.match(line) or _RULE.match(line):
            return False
        if _ITEM.match(line) and before.rstrip().endswith((".", ":", ";")):
            return False
    if not before[:1].isalnum() and _RULE.match(before):
        return False
    first = start[:1]
    if first.islower() or first in ",.;)%":
        return True
    shortfall = width - len(before) - len(start.partition(" ")[0])
    return shortfall <= MAX_SHORTFALL or before.rstrip().endswith(
        (",", " and", " the", " of", " to", "-", " in", " a")
    )


def _is_split_word(before: str, line: str, vocabulary: Container[str]) -> bool:
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
    return frozenset((Path(__file__).parent / "words.txt").read_text("ascii").split())
