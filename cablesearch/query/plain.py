"""Queries as people type them most of the time: without parentheses, and with few signs.

    reform visit   reform AND visit OR election   reform NOT visit   "a phrase"~3
    F-16 democrati* nazarbaev~1   reform origin:astana date:2006..2007

The grammar would read them alike, but takes three times as long, and whoosh's parser to be imported.
"""

from __future__ import annotations

import re

from ..errors import QueryError
from .clauses import Part, bare_word, clause, quoted_words, side_by_side
from .fields import BY_NAME, MAX_VALUE_CHARS
from .patterns import MAX_INEXACT, is_inexact
from .tree import Not, Tree, all_of, any_of

MAX_VALUES = 64  # words, phrases and values in a query

Spans = tuple[tuple[int, int], ...]

# What may stand between white space; operators of other programs are for the grammar to refuse.
_ITEM = re.compile(
    r"""\s*(?:
    (?P<operator>AND|OR|NOT)
    |(?P<word>(?!(?:O?NEAR|ADJ|XOR|ANDNOT|BUTNOT)\d*(?!\S))[A-Za-z0-9][A-Za-z0-9.'*?~-]*)
    |(?P<clause>(?P<field>[a-z]+):(?P<value>[A-Za-z0-9][A-Za-z0-9.'*?~_-]*))
    |(?P<quoted>"(?P<phrase>[A-Za-z0-9][A-Za-z0-9 ]*)"(?:~(?P<slop>\d{1,4}))?)
    )(?!\S)""",
    re.VERBOSE,
)
_LETTER = re.compile(r"[A-Za-z]\.?")


def parse_plain(text: str) -> tuple[Tree, Spans] | None:
    """Parse a query text; None if only the grammar can, or if it is faulty.

    Returns:
        What `grammar.parse_text` does.
    """
    if len(text) > MAX_VALUE_CHARS:
        return None
    try:  # `suppress` takes as long as a word
        return _parse(text.rstrip())
    except QueryError:
        return None


def _parse(text: str) -> tuple[Tree, Spans] | None:
    groups: list[list[list[Part]]] = []  # side by side; joined by OR; joined by AND
    spans: list[tuple[int, int]] = []
    join, excluded, place, values = "", False, 0, 0
    while place < len(text):
        item = _ITEM.match(text, place)
        if not item:
            return None
        place, kind = item.end(), item.lastgroup
        if kind == "operator":
            operator = item["operator"]
            if excluded or (operator != "NOT" and (join or not groups)):
                return None
            if operator == "NOT":
                excluded = True
            else:
                join = operator
            continue
        if kind == "clause" and item["field"] not in BY_NAME:
            return None
        part, of_text = _part(item)
        values += 1
        if excluded:
            part = Part(Not(part.tree), False)
        elif of_text:
            spans.append(item.span(of_text))
        if join == "AND":
            groups[-1][-1].append(part)
        elif join == "OR":
            groups[-1].append([part])
        else:
            groups.append([[part]])
        join, excluded = "", False
    if join or excluded or not 0 < values <= MAX_VALUES:
        return None
    if values > MAX_INEXACT and sum(map(is_inexact, text.split())) > MAX_INEXACT:
        return None
    return side_by_side(list(map(_joined, groups))), tuple(spans)


def _part(item: re.Match[str]) -> tuple[Part, str]:
    """Return what a word, a value or a phrase asks for, and which group of the match the text must hold."""
    if word := item["word"]:
        return Part(bare_word(word), True, word if len(word) <= 2 and _LETTER.fullmatch(word) else ""), "word"
    if phrase := item["phrase"]:
        return Part(quoted_words(phrase, max(int(item["slop"] or 1), 1)), False), "quoted"
    field = BY_NAME[item["field"]]
    return Part(clause(field, item["value"]), False), "value" if field.name == "text" else ""


def _joined(alternatives: list[list[Part]]) -> Part:
    """Return what OR and AND join as one part."""
    if len(alternatives) > 1:
        return Part(any_of([all_of([part.tree for part in parts]) for parts in alternatives]), False)
    [parts] = alternatives
    return parts[0] if len(parts) == 1 else Part(all_of([part.tree for part in parts]), False)
