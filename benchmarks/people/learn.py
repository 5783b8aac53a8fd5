"""A small logistic regression in plain Python: AdaGrad over named features."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Sequence

Row = tuple[list[str], bool]  # the features of a word, and whether it is in a name


def weights(
    examples: Sequence[Row], least: int = 4, epochs: int = 12, rate: float = 0.15, decay: float = 3e-5
) -> dict[str, float]:
    """Learn a weight for each feature.

    Args:
        least: examples that a feature must be in.
        epochs: times that all examples are gone through; the weights are the mean over the second half.
    """
    counted = Counter(feature for features, _ in examples for feature in features)
    index = {feature: i for i, feature in enumerate(f for f, n in counted.items() if n >= least)}
    rows = [([index[f] for f in features if f in index], float(wanted)) for features, wanted in examples]
    weight, squares = [0.0] * len(index), [1e-3] * len(index)
    mean = [0.0] * len(index)
    order = list(range(len(rows)))
    shuffle = random.Random(7).shuffle
    for epoch in range(epochs):
        shuffle(order)
        for n in order:
            row, wanted = rows[n]
            total = sum([weight[i] for i in row])
            error = 1 / (1 + math.exp(-max(-30.0, min(30.0, total)))) - wanted
            if abs(error) < 0.003:
                continue
            for i in row:
                slope = error + decay * weight[i] * 100
                squares[i] += slope * slope
                weight[i] -= rate * slope / math.sqrt(squares[i])
        if epoch >= epochs // 2:
            mean = [m + w for m, w in zip(mean, weight, strict=True)]
    count = epochs - epochs // 2
    return {f: mean[i] / count for f, i in index.items() if abs(mean[i]) / count > 0.01}


def score(features: Sequence[str], learned: dict[str, float]) -> float:
    """Return the score of a word: the logarithm of the odds that it is in a name."""
    get = learned.get
    return sum([get(feature, 0.0) for feature in features])
