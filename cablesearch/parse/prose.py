"""Lines of 55 characters, back into prose.

A drafter's line ends where the next word did not fit: such lines are one sentence. A line that ends
well before that was ended on purpose: a list, a table, an address. Those keep their lines.
"""

from __future__ import annotations

import re

_BULLET = re.compile(r"^\s*(?:--?(?![-\w])|--(?=\w)|-(?=[A-Z])|[•·*]|>|\(?[a-z]\)|\([a-zA-Z0-9]{1,3}\)|\d{1,2}\)|[A-Z]\.\s|[ivx]{1,4}[.)]\s)")
_RULE = re.compile(r"^\s*[-=_*~.#\s]{3,}$")
_COLUMNS = re.compile(r"\S(?:\t+|[ ]{3,})\S")
_HYPHEN = re.compile(r"([A-Za-z]{2,})-$")
_FIRST_WORD = re.compile(r"^([A-Za-z]+)")
# What is no word by itself: before it a hyphen at the line's end was the typist's.
_ENDING = re.compile(
    r"^(?:[sct]ions?|[st]ional(?:ly)?|tioned|tioning|ments?|mental|ness|i?ties|ity|[ae]nc(?:e|es|y|ies)|i?ble|i?bly|a?bility"
    r"|ing|ings|ingly|ed|ers|tures?|tives?|tively|ously|ously|ally|ized?|izing|ization|ised|tory|ology|diction(?:al)?)$",
    re.IGNORECASE,
)
ROOM = 12  # columns that a line may fall short of the longest before its end is the drafter's will


def rejoin(block: str, vocabulary: frozenset[str] = frozenset()) -> str:
    """Give a block of lines as prose: single spaces, breaks only where the drafter meant them.

    Args:
        block: lines without a blank line among them.
        vocabulary: the words of the whole message in lower case, by which a hyphen at a line's end is judged.
    """
    given = [line for line in block.split("\n") if line.strip()]
    if not given:
        return ""
    if _is_table(given):
        return "\n".join(line.rstrip() for line in given)
    width = max(len(line) for line in given)
    text = _squeeze(given[0])
    for before, line in zip(given, given[1:], strict=False):
        text = _join(text, _squeeze(line), vocabulary) if _runs_on(before, line, width) else f"{text}\n{_squeeze(line)}"
    return text


def _squeeze(line: str) -> str:
    return " ".join(line.split())


def _is_table(given: list[str]) -> bool:
    """Tell a table: columns are set apart by wide gaps in most of its lines."""
    columns = sum(1 for line in given if _COLUMNS.search(line.strip()))
    return len(given) > 1 and columns > 1 and columns * 2 > len(given)


def _runs_on(before: str, line: str, width: int) -> bool:
    """Tell whether a line is the continuation of the one before it."""
    if _BULLET.match(line) or _RULE.match(line) or _RULE.match(before):
        return False
    start = line.lstrip()
    if start[:1].islower() or start[:1] in ",.;)%":
        return True
    room = width - len(before) - len(start.split(maxsplit=1)[0])
    return room <= ROOM or before.rstrip().endswith((",", " and", " the", " of", " to", "-", " in", " a"))


def _join(text: str, line: str, vocabulary: frozenset[str]) -> str:
    hyphen, word = _HYPHEN.search(text), _FIRST_WORD.match(line)
    if not hyphen or not word:
        return f"{text} {line}" if not text.endswith("/") else text + line
    if text.endswith("--"):
        return f"{text} {line}"
    whole = (hyphen[1] + word[1]).lower()
    if f"{hyphen[1]}-{word[1]}".lower() in vocabulary:
        return text + line
    if whole in vocabulary or _ENDING.match(word[1]):
        return text[:-1] + line
    return text + line
