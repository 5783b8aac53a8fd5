"""Which numbers in a message are paragraph numbers.

Lines also begin with dates (`15. April`), years (`2004.`), items of lists and letters of references;
drafters skip numbers and repeat them; copyists join lines, so that a number stands within one. So every
number that could be a paragraph's is a candidate with a weight for how it is written, and dynamic programming
finds the best sequence of candidates, in which a step up by one is free and every other step has a cost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from .marking import PORTION
from .title import REDACTED, is_title

# Each pattern begins with a literal, which is fast to search for; so a message gets a line end before it.
_AT_LINE = re.compile(
    r"\n[ \t]*(?P<pilcrow>¶[ \t]*)?(?P<number>\d{1,3})"
    r"(?P<stopped>(?P<stop>[ \t]?[.,):](?!\d)|(?=[ \t]{0,3}[-./;]?[ \t]*\())"
    r"(?:[-/).](?=[ \t(])|[ \t]{0,3}+[-./;](?=[ \t]*\())?)"  # `1.- `, `1 - (C)`
    rf"(?:[ \t]*+\n{{0,2}}+[ \t]*+(?P<portion>(?i:{PORTION})))?[ \t]*(?P<next>\S?)"
)
_LETTERED_HEADING = re.compile(
    r"(?:^|\n)[ \t]*[A-Z]\.[ \t]+[A-Z][A-Za-z ,'/&-]{2,60}\n+\Z"
)  # `B. BILATERAL ISSUES`
_QUOTED = re.compile(
    r"\bbegin (?:of )?(?:text|quote)\b(?:(?!\bbegin\b).)*?\bend (?:of )?(?:text|quote)\b",
    re.IGNORECASE | re.DOTALL,
)
_REDACTED_TEXT = re.compile(r"[ \t]*[xX]{4}")
_PORTION = re.compile(PORTION)
_UNKNOWN_PORTION = re.compile(
    r"[ \t]*\([ \t]*[A-Z]{1,5}(?:[ \t/-]{1,3}[A-Z]{1,12}){0,3}[ \t]*\)"
)  # a misprint of one
_NUMBER_BEFORE = re.compile(r"[ \t](?P<number>\d{1,3})[ \t]?[.,]\Z")
_SECTION = re.compile(r"(?<!\d)1\.$")  # `reasons 1. 4. (c)`
# Some drafters put the marking first: `(C) 1. The Embassy ...`
_NUMBER_AFTER = re.compile(r"[ \t]*(?P<number>\d{1,3})[ \t]?\.(?!\d)")

# Weights, set by hand on the archive's cables; the costs of steps are on the same scale.
MARKED = 4.0  # a portion marking right after the number
PLAIN = 1.5  # a number and a point
UNMARKED_PENALTY = 2.5  # for no marking where other numbers have one
MID_SENTENCE_PENALTY = 2.5  # for a line above that has not ended
MAX_BEFORE = 40  # characters before a marking in which its number stands
MAX_HEADING = 50  # characters of a line that may be a heading; in capitals, a longer one is text
FIRST_BONUS = 0.5  # for the first one of a message, which may have lost its beginning
MAX_CANDIDATES = 2_000  # in a message; the longest cable known has some 300 paragraphs
MAX_LOOKBACK = (
    120  # candidates before one that a step may come from, which keeps long lists from quadratic time
)


class Number(NamedTuple):
    """A number that may be a paragraph's.

    Attributes:
        start: the offset of the number in the message, in characters; `end` that of the text after it.
        value: the number.
        marking: the portion marking after it, as printed; None if there is none.
        weight: how much it looks like a paragraph number.
        restarts: it is a 1 below a lettered heading, so that a part's own numbers may begin with it.
    """

    start: int
    end: int
    value: int
    marking: str | None
    weight: float
    restarts: bool = False


def find_numbers(text: str) -> list[Number]:
    """Return the paragraph numbers of a message, in order."""
    candidates = sorted(_candidates(f"\n{text}"), key=attrgetter("start"))[:MAX_CANDIDATES]
    return candidates if _is_unambiguous(candidates) else _best_sequence(_without_quoted(text, candidates))


def _without_quoted(text: str, candidates: list[Number]) -> list[Number]:
    """Return the candidates without those of a text that is quoted, and has numbers of its own."""
    if not any(number.value == 1 for number in candidates[1:]):
        return candidates
    for quoted in _QUOTED.finditer(text):
        inside = [n for n in candidates if quoted.start() < n.start < quoted.end()]
        if inside and inside[0].value == 1 and candidates[0] is not inside[0]:
            candidates = [n for n in candidates if not quoted.start() < n.start < quoted.end()]
    return candidates


def _candidates(text: str) -> Iterator[Number]:
    """Yield the candidates of a message, which gets a line end before it that their offsets do not count."""
    at_line = [m for m in _AT_LINE.finditer(text) if m["stop"] or m["portion"]]
    marked = {int(m["number"]) for m in at_line if m["portion"]}
    pointed = any(m["number"] == "1" and m["stop"].strip() == "." for m in at_line)
    missing = _missing_numbers(at_line) if any(not m["portion"] for m in at_line) else set()
    for match in at_line:
        if not (pointed and match["stop"].strip() == ")"):  # `1)` is an item where paragraphs are `1.`
            yield _candidate_at_line(text, match, marked, missing=match.start() in missing)
    yield from _candidates_by_markings(text, {m.start("portion") for m in at_line})


def _candidates_by_markings(text: str, numbered: set[int]) -> Iterator[Number]:
    """Yield the numbers before a marking within a line, and those after a marking that begins a line.

    Args:
        numbered: the offsets of the markings that stand behind a number at a line's start.
    """
    ended = 0  # the end of the marking before
    for portion in _PORTION.finditer(text):
        if portion.start() in numbered:
            ended = portion.end()
            continue
        begun = max(ended, portion.start() - MAX_BEFORE)
        before = text[begun : portion.start()].rstrip(" \t")
        if before.endswith("\n"):
            if number := _NUMBER_AFTER.match(text, portion.end()):
                yield _marked_number(number, portion.start(), number.end(), portion, MARKED)
        elif number := _NUMBER_BEFORE.search(before, max(0, len(before) - 6)):
            start = begun + number.start("number")
            above = text[max(0, start - 12) : start].rstrip(" \t")
            if not above.endswith("\n") and not _SECTION.search(above):
                yield _marked_number(number, start, portion.end(), portion, MARKED - 1)
        ended = portion.end()


def _marked_number(
    number: re.Match[str], start: int, end: int, portion: re.Match[str], weight: float
) -> Number:
    return Number(start - 1, end - 1, int(number["number"]), portion["marking"], weight)


def _missing_numbers(at_line: list[re.Match[str]]) -> set[int]:
    """Return the offsets of lines whose numbers have no marking, but fit between or after those that have.

    After the last of these they count up from it, as a list's do not, and begin after a sentence's end.
    """
    found: set[int] = set()
    between: list[re.Match[str]] = []  # since the last marked number
    low = lower = 0  # the last two marked numbers
    for match in at_line:
        value = int(match["number"])
        if not match["portion"]:
            between.append(match)
            continue
        found.update(m.start() for m in between if low < int(m["number"]) < value)
        lower, low, between = low, value, []
    following = max(low, lower) + 1 if between and int(between[0]["number"]) != low + 1 else low + 1
    for value, match in enumerate(between if low else [], following):
        before = _text_before(match.string, match.start() + 1)
        if int(match["number"]) != value or not (match["pilcrow"] or _can_begin_after(before)):
            break  # a list's number: its first is 1
        found.add(match.start())
    return found


def _candidate_at_line(text: str, match: re.Match[str], marked: set[int], *, missing: bool) -> Number:
    """Weigh a number at a line's start.

    Args:
        marked: all numbers of the message that have a marking.
        missing: it has none where the sequence of those that have one lacks it.
    """
    start = match.start("number")
    line = match.start("pilcrow") if match["pilcrow"] else start
    value = int(match["number"])
    if match["portion"]:
        clear = text.endswith("\n\n", 0, line) or _can_begin_after(_text_before(text, line))
        weight = MARKED if clear else MARKED - 0.5
        return Number(start - 1, match.end("portion") - 1, value, match["marking"], weight)
    before = _text_before(text, line)
    after = match["next"]
    unmarked = len(marked) >= 2 and not missing and not _UNKNOWN_PORTION.match(text, match.end("stopped"))
    weight = PLAIN - UNMARKED_PENALTY * unmarked
    redacted = bool(_REDACTED_TEXT.match(text, match.end("stopped")))
    announced = missing or bool(match["pilcrow"])
    weight -= (
        0.0 if after.isupper() or after in ('"', "“", "(", "'", "‘") or match["pilcrow"] or redacted else 1.5
    )
    weight -= MID_SENTENCE_PENALTY * (not _can_begin_after(before)) * (0.5 if announced else 1.0)
    weight += 0.5 * before.endswith("\n\n")
    weight -= 1.0 * (match["stop"].strip() in (",", ")", ":"))
    restarts = value == 1 and weight > 0 and bool(_LETTERED_HEADING.search(before))
    return Number(start - 1, match.end("stopped") - 1, value, None, weight, restarts)


def _text_before(text: str, offset: int) -> str:
    return text[max(0, offset - 200) : offset].rstrip(" \t")


def _can_begin_after(before: str) -> bool:
    """Whether a paragraph can begin after a text: a blank line, a sentence's end or a heading."""
    if before.endswith("\n\n") or not before.strip():
        return True
    line = before.rstrip("\n").rpartition("\n")[2].rstrip()
    return (
        line.endswith((".", "!", "?", ":", '"', "”", ")", "-", "=", "*", "]", "'", "’"))
        or (len(line) < MAX_HEADING and is_title(line.strip("/ ")))
        or bool(REDACTED.match(line) or _LETTERED_HEADING.search(f"{line}\n"))
    )


def _step_cost(before: Number, after: Number) -> float:
    gap = after.value - before.value
    if gap > 0:
        return _gap_cost(gap)
    if after.marking is None:
        return 2.0 if after.restarts else 100.0  # a list begins again: its items are not paragraphs
    return 1.0 if gap == 0 else 2.0


def _gap_cost(gap: int) -> float:
    """Return the cost of skipped numbers; a message begins at 0."""
    return 0.0 if gap == 1 else 0.8 + 0.3 * min(gap, 8)


def _is_unambiguous(candidates: list[Number]) -> bool:
    """Whether the candidates are 1, 2, 3 and so on, all likely, so that there is nothing to choose."""
    return all(n.value == place and n.weight > 0 for place, n in enumerate(candidates, 1))


def _best_sequence(candidates: list[Number]) -> list[Number]:
    """Return the sequence of candidates with the highest sum of weights less step costs."""
    totals: list[float] = []
    previous: list[int | None] = []
    for index, number in enumerate(candidates):
        best, best_previous = FIRST_BONUS * (index == 0) - _gap_cost(max(number.value, 1)), None
        # Backwards, as the best is mostly near: then few steps are weighed. Of equals the first is taken.
        for back in range(index - 1, max(0, index - MAX_LOOKBACK) - 1, -1):
            if totals[back] >= best:
                total = totals[back] - _step_cost(candidates[back], number)
                if total >= best:
                    best, best_previous = total, back
        totals.append(best + number.weight)
        previous.append(best_previous)
    if not totals or max(totals) <= 0:
        return []
    at: int | None = max(range(len(totals)), key=lambda i: (totals[i], -i))
    chain: list[Number] = []
    while at is not None:
        chain.append(candidates[at])
        at = previous[at]
    return chain[::-1]
