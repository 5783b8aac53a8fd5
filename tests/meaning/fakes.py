"""An encoder without a model, for tests of what is done with vectors."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import numpy as np

from cablesearch.meaning import ModelCard
from cablesearch.meaning.model import Vector


class HashingEncoder:
    """Gives each word a random direction, always the same, and a text the mean of its words'."""

    def __init__(self, dimensions: int = 64, watch: Callable[[str], None] | None = None) -> None:
        self.card = ModelCard("hashing", "tests", f"hashing {dimensions}")
        self.dimensions = dimensions
        self._watch = watch

    def encode(self, text: str) -> Vector:
        if self._watch:
            self._watch(text)
        directions = [self._direction(word) for word in text.lower().split()]
        vector = np.sum(directions, axis=0) if directions else np.ones(self.dimensions)
        unit: Vector = (vector / np.linalg.norm(vector)).astype(np.float32)
        return unit

    def _direction(self, word: str) -> Vector:
        seed = int.from_bytes(hashlib.sha256(word.strip(".,").encode()).digest()[:8])
        vector: Vector = np.random.default_rng(seed).normal(size=self.dimensions).astype(np.float32)
        return vector
