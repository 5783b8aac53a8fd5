"""Queries of nothing but plain words, as people type most of the time.

The grammar would read them alike, but takes twice the time, and whoosh's parser to be imported.
"""

from __future__ import annotations

import re

from .clauses import Part, bare_word, side_by_side
from .fields import MAX_VALUE_CHARS
from .tree import Tree

MAX_VALUES = 64  # words, phrases and values in a query

# Whatever may be more than a plain word, by the name of the sign.
SIGNS = re.compile(
    r"""(?=[^a-z0-9\s])(?:  # most characters are none of a sign
    (?P<bracket>[()])|(?P<colon>:)|(?P<quote>")|(?P<caret>\^)|(?P<slash>/)|(?P<plus>\+)|(?P<dash>[-!])
    |(?P<foreign>ANDNOT|BUTNOT|NEAR|ADJ|XOR|[=\[{])|(?P<not>NOT)|(?P<and>AND)|(?P<ampersand>&)|(?P<or>OR)
    |(?P<bar>\|)|(?P<other>[^A-Za-z0-9]))""",
    re.VERBOSE,
)
_WORD = re.compile(r"\S+")


def parse_plain(text: str) -> tuple[Tree, tuple[tuple[int, int], ...]] | None:
    """Parse a query text of plain words; None if it is none, or one of more words than a query may have.

    Returns:
        What `grammar.parse_text` does.
    """
    if SIGNS.search(text):
        return None
    found = list(_WORD.finditer(text))
    if not 0 < len(found) <= MAX_VALUES or len(text) > MAX_VALUE_CHARS:
        return None
    words = [match.group() for match in found]
    parts = [Part(bare_word(word), True, word if len(word) == 1 and word.isalpha() else "") for word in words]
    return side_by_side(parts), tuple([match.span() for match in found])
