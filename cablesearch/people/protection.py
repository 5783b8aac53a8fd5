"""Names that a drafter asks to protect: `(protect)`, `(strictly protect throughout)`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .names import Found

FARTHEST = 25  # pieces from a name to the mark that is meant for it: `Ann Roe, head of ... (protect)`


def protected(raw: Sequence[str], names: Sequence[Found]) -> Iterator[Found]:
    """Give the names of a paragraph that a mark follows: for each mark the nearest name before it.

    Args:
        raw: the pieces of the cable's text.
        names: those of the paragraph, in order.
    """
    for n, one in enumerate(names):
        stop = names[n + 1].start if n + 1 < len(names) else one.end + FARTHEST
        after = " ".join(raw[one.end : min(stop, one.end + FARTHEST)])
        if _ASKED.search(after.partition("¶")[0]):
            yield one


_ASKED = re.compile(r"[(\[{][^()\[\]{}]{0,40}\bprotect\b[^()\[\]{}]{0,40}[)\]}]", re.IGNORECASE)
