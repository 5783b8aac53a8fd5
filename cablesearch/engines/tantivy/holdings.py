"""What cables score, from one search whose scores say which terms their paragraphs hold.

That takes a sixth of the time of a question of two words. `_holdings.c` does the same in a tenth of it, and
is used in place of this where it was compiled when cablesearch was installed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter

from ..cable_score import CableScorer, Holding
from .index import Hit


def score_cables(hits: list[Hit], width: int, sizes: list[int], scorer: CableScorer, /) -> list[float]:
    """Return the scores of some cables.

    Args:
        hits: some of their paragraphs, the best first. The lower bits of a score are the place of the cable
            in `sizes`, the bits above them say which terms the paragraph holds.
        width: how many these lower bits are.
        sizes: how many paragraphs each cable has.
    """
    numbers = [score for score, _ in hits]
    # Behind these, no paragraph holds any.
    end = bisect_right(numbers, -float(1 << width), key=lambda number: -number)
    holdings: list[dict[Holding, int]] = [{} for _ in sizes]
    places = (1 << width) - 1
    for number, times in Counter(map(int, numbers[:end])).items():
        holdings[number & places][number >> width] = times
    return list(map(scorer.score, holdings, sizes))
