"""Groups paragraphs by theme: k-means over their directions."""

from __future__ import annotations

from math import sqrt

import numpy as np
import numpy.typing as npt

from .nearest import Vectors

MOST_GROUPS = 12  # unless more are asked for: as many as a page shows
SIZE = 8  # of n paragraphs there are about sqrt(n / SIZE) groups
SEED, STARTS = 0, 4  # so that the same paragraphs give the same groups


def usual_number(paragraphs: int) -> int:
    """Return how many groups there are of so many paragraphs, unless somebody says."""
    return min(max(round(sqrt(paragraphs / SIZE)), 2), MOST_GROUPS)


def grouped(vectors: Vectors, number: int) -> list[npt.NDArray[np.intp]]:
    """Return the groups of some vectors, the largest first, and of each its members, the most central first.

    Args:
        vectors: of length 1; at least two.
        number: of groups, at the most.
    """
    from sklearn.cluster import KMeans

    number = min(number, len(np.unique(vectors, axis=0)))
    means = KMeans(number, n_init=STARTS, random_state=SEED).fit(vectors)
    nearness = (vectors * means.cluster_centers_[means.labels_]).sum(axis=1)
    order = np.lexsort((np.arange(len(vectors)), -nearness))
    groups = [order[means.labels_[order] == label] for label in range(number)]
    return sorted(groups, key=lambda members: (-len(members), int(members.min())))
