"""The errors for what an index has not, each with a way to what it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import QueryError

if TYPE_CHECKING:
    from ..model.cable import Cable


def no_cable(id: str) -> QueryError:
    """Return the error for an id, as it was typed, that no cable has."""
    return QueryError(f"{' '.join(id.split())} is not in the index: cablesearch info tells what is")


def no_paragraph(cable: Cable, number: str) -> QueryError:
    """Return the error for a number that no paragraph of a cable has."""
    return QueryError(f"{cable.id} has no paragraph {number}: cablesearch show {cable.id}")
