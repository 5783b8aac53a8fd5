"""Which of a message's numbers are its paragraphs'.

Lines also begin with dates (`15. April`), years (`2004.`), items of lists and letters of references;
drafters skip numbers and repeat them; copyists join lines, so that a number stands within one. So every
number that could be one is a candidate, weighed by how it is written, and the best sequence through all of
them is found, in which each step up by one is free and every other step costs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from .marking import PORTION
from .title import is_title

# Each pattern begins with what it is cheap to look for: a message is given with a line's end before it.
_AT_LINE = re.compile(
    r"\n[ \t]*(?P<number>\d{1,3})(?P<stop>[ \t]?[.,):](?!\d)|(?=[ \t]*\())"
    rf"[ \t]*(?P<portion>(?i:{PORTION}))?[ \t]*(?P<next>\S?)"
)
_PORTION = re.compile(PORTION)
_NUMBER_BEFORE = re.compile(r"[ \t](?P<number>\d{1,3})[ \t]?[.,]\Z")
_SECTION = re.compile(r"(?<!\d)1\.$")  # `reasons 1. 4. (c)`
# Some drafters put the marking first: `(C) 1. The Embassy ...`
_NUMBER_AFTER = re.compile(r"[ \t]*(?P<number>\d{1,3})[ \t]?\.(?!\d)")

MARKED = 4.0  # a marking right after the number: it is one
PLAIN = 1.5  # a number and a point
STRAY = 2.5  # taken off, for no marking where others have one
SHORT = 50  # characters of a line that may be a heading, and is not one of a text in capitals
MID_SENTENCE = 2.5  # taken off, for a line before that has not ended
MOST = 2_000  # candidates of a message; the longest cable known has some 300 paragraphs
ABREAST = 120  # candidates back that a step is looked for: 500 lines of a list cannot make it quadratic


class Number(NamedTuple):
    """A candidate.

    Attributes:
        start: where the number begins in the message, in characters; `end` where the text after it does.
        value: the number.
        marking: the portion marking after it, as printed; None if there is none.
        weight: how much it looks like a paragraph's.
    """

    start: int
    end: int
    value: int
    marking: str | None
    weight: float


def numbers(text: str) -> list[Number]:
    """Give the numbers of a message's paragraphs in their order."""
    candidates = sorted(_candidates(f"\n{text}"), key=attrgetter("start"))[:MOST]
    return candidates if _in_order(candidates) else _best(candidates)


def _candidates(text: str) -> Iterator[Number]:
    """Give the candidates of a message that has a line's end before it; their places are without that."""
    at_line = [m for m in _AT_LINE.finditer(text) if m["stop"] or m["portion"]]
    marked = {int(m["number"]) for m in at_line if m["portion"]}
    pointed = any(m["number"] == "1" and m["stop"].strip() == "." for m in at_line)
    for match in at_line:
        if not (pointed and match["stop"].strip() == ")"):  # `1)` is an item where paragraphs are `1.`
            yield _candidate(text, match, marked)
    yield from _by_markings(text)


def _by_markings(text: str) -> Iterator[Number]:
    """Give the numbers that stand within lines before a marking, and those after one that begins a line."""
    ended = 0  # where the marking before has
    for portion in _PORTION.finditer(text):
        before = text[ended : portion.start()].rstrip(" \t")
        if before.endswith("\n"):
            if number := _NUMBER_AFTER.match(text, portion.end()):
                yield _number(number, portion.start(), number.end(), portion, MARKED)
        elif number := _NUMBER_BEFORE.search(before, max(0, len(before) - 6)):
            start = ended + number.start("number")
            above = text[max(0, start - 12) : start].rstrip(" \t")
            if not above.endswith("\n") and not _SECTION.search(above):
                yield _number(number, start, portion.end(), portion, MARKED - 1)
        ended = portion.end()


def _number(number: re.Match[str], start: int, end: int, portion: re.Match[str], weight: float) -> Number:
    return Number(start - 1, end - 1, int(number["number"]), portion["marking"], weight)


def _candidate(text: str, match: re.Match[str], marked: set[int]) -> Number:
    start = match.start("number")
    before = text[max(0, start - 200) : start].rstrip(" \t")
    value = int(match["number"])
    if match["portion"]:
        weight = MARKED if _after_an_end(before) else MARKED - 0.5
        return Number(start - 1, match.end("portion") - 1, value, match["marking"], weight)
    after = match["next"]
    wanted = value not in marked and value + 1 in marked  # the one that is missing before a marked one
    weight = PLAIN - STRAY * (len(marked) >= 2 and not wanted)
    weight -= 0.0 if after.isupper() or after in ('"', "“", "(", "'", "‘") else 1.5
    weight -= MID_SENTENCE * (not _after_an_end(before)) * (0.5 if wanted else 1.0)
    weight += 0.5 * before.endswith("\n\n")
    weight -= 1.0 * (match["stop"].strip() in (",", ")", ":"))
    return Number(start - 1, match.end("stop") - 1, value, None, weight)


def _after_an_end(before: str) -> bool:
    """Tell whether a paragraph can begin here: after a blank line, a sentence's end, a heading."""
    if before.endswith("\n\n") or not before.strip():
        return True
    line = before.rstrip("\n").rpartition("\n")[2].rstrip()
    return line.endswith((".", "!", "?", ":", '"', "”", ")", "-", "=", "*", "]", "'", "’")) or (
        len(line) < SHORT and is_title(line.strip("/ "))
    )


def _step(before: Number, after: Number) -> float:
    """Give what it costs to go from one number to the next."""
    gap = after.value - before.value
    if gap > 0:
        return _leap(gap)
    if after.marking is None:
        return 100.0  # a list begins anew: its items are not paragraphs
    return 2.0 if gap == 0 else 3.0


def _leap(gap: int) -> float:
    """Give what it costs that numbers are left out; a message begins at 0."""
    return 0.0 if gap == 1 else 0.8 + 0.3 * min(gap, 8)


def _in_order(candidates: list[Number]) -> bool:
    """Tell whether there is nothing to choose: the candidates are 1, 2, 3 and so on, and each is likely."""
    return all(n.value == place and n.weight > 0 for place, n in enumerate(candidates, 1))


def _best(candidates: list[Number]) -> list[Number]:
    """Give the sequence of candidates whose weights less its steps are most."""
    totals: list[float] = []
    previous: list[int | None] = []
    for index, number in enumerate(candidates):
        best, came = -_leap(max(number.value, 1)), None
        for back in range(max(0, index - ABREAST), index):
            total = totals[back] - _step(candidates[back], number)
            if total > best or (total == best and came is None):
                best, came = total, back
        totals.append(best + number.weight)
        previous.append(came)
    if not totals or max(totals) <= 0:
        return []
    at: int | None = max(range(len(totals)), key=lambda i: (totals[i], -i))
    chain: list[Number] = []
    while at is not None:
        chain.append(candidates[at])
        at = previous[at]
    return chain[::-1]
