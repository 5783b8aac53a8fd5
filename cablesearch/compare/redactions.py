"""What stands in place of a text that is withheld."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Runs of X for names, in one mark if only spaces part them; bars; brackets that say so. Fewer than four X may
# be a Roman number, and `REDACTED` between capitals a word of the sentence.
_MARK = re.compile(
    r"""
    (?<![^\W_]) [Xx]{4,}+ (?:[ \t]{1,3} [Xx]{4,}+)*+ (?![^\W_])
    | [\u2588-\u258f\u25ae]++ (?:[ \t]{0,3} [\u2588-\u258f\u25ae]++)*+
    | [\u25a0\u25ac]{3,}+
    | \[ (?P<said> [^\[\]]{0,200}+ ) \]
    | \( REDACTED \)
    | (?<![^\W_]) REDACTED (?![^\W_])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WITHHELD = re.compile(
    r"\b(?:not\s+declassified|redacted|excised|sanitized|sanitised|withheld|text\s+deleted|names?\s+deleted)\b",
    re.IGNORECASE,
)
_SIGNS = (  # one of them is in each mark, and they are looked for in every text that is indexed
    *("[", "XXXX", "xxxx", "REDACTED", "\u25ae", "\u25a0", "\u25ac"),
    *map(chr, range(0x2588, 0x2590)),
)


def may_hold_marks(text: str) -> bool:
    """Whether a text has a sign of which each mark has one: most texts have none, which is seen fast."""
    return any(sign in text for sign in _SIGNS)


def marks(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where the marks of redactions stand in a text, each with what it says of what is withheld.

    A mark of mere signs says nothing: `XXXXXXXXXXXX` and a black bar are the same.

    >>> list(marks("He met XXXXXXXXXXXX. [1 line not declassified]"))
    [(7, 19, ''), (21, 46, '1 line not declassified')]
    """
    if not may_hold_marks(text):
        return
    capitals = text == text.upper()
    for match in _MARK.finditer(text):
        said = match["said"]
        if said is None:
            if "e" not in match[0].lower() or (match[0].isupper() and (match[0][0] == "(" or not capitals)):
                yield *match.span(), ""
        elif _WITHHELD.search(said):
            words = " ".join(said.casefold().split())
            yield *match.span(), "" if words in ("redacted", "excised") else words
