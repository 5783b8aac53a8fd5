"""Trees of which every match has the same score, so that an engine need not score."""

from __future__ import annotations

from ..query.tree import All, Any, Boost, Filter, Near, Not, Phrase, Term, Tree
from .documents import SCORED


def constant_score(tree: Tree) -> float | None:
    """Return the score of every paragraph that a tree matches, None if their scores may differ."""
    if isinstance(tree, Term | Phrase | Near):
        return None if tree.column in SCORED else 1.0
    match tree:
        case Filter(_, score):
            return score
        case Not():
            return 0.0
        case Boost(part, factor):
            constant = constant_score(part)
            return None if constant is None else factor * constant
        case All(parts):
            whole = 0.0
            for part in parts:
                if (constant := constant_score(part)) is None:
                    return None
                whole += constant
            return whole
        case Any():
            return None
    return 1.0
