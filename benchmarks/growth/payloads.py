"""Texts that a pattern may take long to refuse, made from the pattern itself.

Each repeated and each optional part is reached by a text that matches what stands before it, then repeated
many times, then followed by a character that fails. Beside the part's own text, single characters that its
repeated parts can match are repeated, alone and in pairs, since neighbouring parts may share them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, permutations
from re import _constants as c  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

Payload = Callable[[int], str]  # a text of about so many characters
_Node = tuple[Any, Any]

_REPEATS = (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT)
_ALPHABET = " \tA1a\n.,-()/xI:;'\"_¶éR*#=<>&[]@!?0Z~"  # the first that a set has stands for it
_FAILING = ("\x00Q", "\n\x00Q")  # of several classes, so that one of them fails
MAX_BRANCHES = 24  # of an alternation that are tried
MAX_SHARED = 6  # characters tried in pairs


def payloads(pattern: re.Pattern[str] | re.Pattern[bytes]) -> Iterator[tuple[str, Payload]]:
    """Yield payloads for a pattern, each once, with a short description."""
    seen = set()
    for start, pump, end in _shapes(pattern):
        if pump and (start, pump, end) not in seen:
            seen.add((start, pump, end))
            yield f"{start!r} + {pump!r} * n + {end!r}", _filled(start, pump, end)


def _filled(start: str, pump: str, end: str) -> Payload:
    return lambda size: start + pump * max(1, (size - len(start)) // len(pump)) + end


def _shapes(pattern: re.Pattern[str] | re.Pattern[bytes]) -> Iterator[tuple[str, str, str]]:
    source = pattern.pattern.decode("latin-1") if isinstance(pattern.pattern, bytes) else pattern.pattern
    tree: Sequence[_Node] = list(_parser.parse(source, pattern.flags & ~re.DEBUG))
    repeats = list(_repeats(tree, ("", "")))
    shared = _shared_characters(repeats)
    whole = _sample(tree, 1)
    for text in (whole, _sample(tree, 0)):
        yield from (("", text + between, "\x00Q") for between in ("", " ", "\n"))
    for one, other in permutations(shared, 2):
        yield "", one + other, "\x00Q"
    for one in shared:
        yield from (("", one, end) for end in _FAILING)
    for starts, body in repeats:
        pumps = [*_variants(body), *(char for char in shared if _matches_one(body, char))]
        for start in dict.fromkeys(starts):
            for pump in dict.fromkeys(pumps):
                yield start, pump, "\x00Q"
                yield start, pump, "\n\x00Q"
                yield "", start + pump, "\x00Q"
            if start:
                yield "", f"{start} ", "\x00Q"
                yield from (("", start + char * 40, "\x00Q") for char in shared[:2])


def _repeats(tree: Sequence[_Node], starts: tuple[str, str]) -> Iterator[tuple[tuple[str, str], list[_Node]]]:
    """Yield the body of each repeat, with texts that match what stands before it."""
    for operator, argument in tree:
        if operator in _REPEATS:
            body = list(argument[2])
            yield starts, body
            yield from _repeats(body, starts)
        elif operator is c.BRANCH:
            for branch in argument[1]:
                yield from _repeats(list(branch), starts)
        elif inner := _inner(operator, argument):
            yield from _repeats(inner, starts)
        node = [(operator, argument)]
        starts = (starts[0] + _sample(node, 0), starts[1] + _sample(node, 1))


def _inner(operator: Any, argument: Any) -> list[_Node]:
    if operator is c.SUBPATTERN:
        return list(argument[3])
    if operator is c.ATOMIC_GROUP:
        return list(argument)
    if operator in (c.ASSERT, c.ASSERT_NOT):
        return list(argument[1])
    if operator is c.GROUPREF_EXISTS:
        return [*argument[1], *(argument[2] or ())]
    return []


def _sample(tree: Sequence[_Node], optional: int) -> str:
    """Return a short text that matches, but for what it looks at around it.

    Args:
        optional: how often an optional part is in it.
    """
    return "".join(_sample_node(operator, argument, optional) for operator, argument in tree)


def _sample_node(operator: Any, argument: Any, optional: int) -> str:
    if operator in _REPEATS:
        least, most, body = argument
        return _sample(list(body), optional) * min(max(least, optional), most)
    if operator is c.BRANCH:
        return _sample(list(argument[1][0]), optional)
    if operator in (c.ASSERT, c.ASSERT_NOT):
        return ""
    if inner := _inner(operator, argument):
        return _sample(inner, optional)
    return _characters(operator, argument)[:1]


def _variants(tree: list[_Node]) -> Iterator[str]:
    """Yield texts that match: one for each branch of each alternation in it."""
    for optional in (0, 1):
        yield _sample(tree, optional)
    for at, (operator, argument) in enumerate(tree):
        if operator is c.BRANCH:
            branches = [list(branch) for branch in islice(argument[1], MAX_BRANCHES)]
        elif inner := _inner(operator, argument):
            branches = [[(c.LITERAL, ord(char)) for char in text] for text in _variants(inner)]
        elif operator in _REPEATS:
            branches = [[(c.LITERAL, ord(char)) for char in text] for text in _variants(list(argument[2]))]
        else:
            continue
        for branch in branches:
            yield _sample([*tree[:at], *branch, *tree[at + 1 :]], 0)


def _characters(operator: Any, argument: Any) -> str:
    """Return the characters of the alphabet, or the pattern's own, that a node matches."""
    if operator is c.LITERAL:
        return chr(argument)
    if operator is c.NOT_LITERAL:
        return _ALPHABET.replace(chr(argument), "")
    if operator is c.ANY:
        return _ALPHABET.replace("\n", "")
    if operator is c.IN:
        found = "".join(char for char in _ALPHABET if _is_in(argument, char))
        own = next((chr(a if o is c.LITERAL else a[0]) for o, a in argument if o in (c.LITERAL, c.RANGE)), "")
        return found or own
    return ""


def _is_in(items: Sequence[_Node], char: str) -> bool:
    negated = bool(items) and items[0][0] is c.NEGATE
    return negated != any(_is_item(operator, argument, char) for operator, argument in items)


def _is_item(operator: Any, argument: Any, char: str) -> bool:
    if operator is c.LITERAL:
        return ord(char) == argument
    if operator is c.RANGE:
        return bool(argument[0] <= ord(char) <= argument[1])
    if operator is c.CATEGORY:
        return bool(re.match(_CATEGORIES[argument], char))
    return False


_CATEGORIES = {
    c.CATEGORY_DIGIT: r"\d",
    c.CATEGORY_NOT_DIGIT: r"\D",
    c.CATEGORY_SPACE: r"\s",
    c.CATEGORY_NOT_SPACE: r"\S",
    c.CATEGORY_WORD: r"\w",
    c.CATEGORY_NOT_WORD: r"\W",
}


def _matches_one(tree: list[_Node], char: str) -> bool:
    """Whether any node within the tree matches a character."""
    return char in _all_characters(tree)


def _all_characters(tree: Sequence[_Node]) -> str:
    found = []
    for operator, argument in tree:
        if operator in _REPEATS:
            found.append(_all_characters(list(argument[2])))
        elif operator is c.BRANCH:
            found += [_all_characters(list(branch)) for branch in argument[1]]
        elif inner := _inner(operator, argument):
            found.append(_all_characters(inner))
        else:
            found.append(_characters(operator, argument))
    return "".join(found)


def _shared_characters(repeats: Sequence[tuple[tuple[str, str], list[_Node]]]) -> list[str]:
    """Return the characters that most repeated parts match; of several that the same ones do, the first."""
    matched: dict[tuple[bool, ...], str] = {}
    sets = [frozenset(_all_characters(body)) for _, body in repeats]
    for char in _ALPHABET:
        key = tuple(char in chars for chars in sets)
        if any(key):
            matched.setdefault(key, char)
    return sorted(matched.values(), key=lambda char: -sum(char in chars for chars in sets))[:MAX_SHARED]
