"""Compares what a user names: versions of a cable, or two cables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..compare.difference import Difference, compare
from ..errors import QueryError
from ..model.cable import Cable
from .missing import no_cable

if TYPE_CHECKING:
    from ..indexing.versions import Version, Versions
    from .index import Index


def compare_named(index: Index, id: str, others: Sequence[str]) -> tuple[Difference, ...]:
    """Return what `Index.compare` returns."""
    cable = _cable(index, id)
    versions = index.versions(cable.id)
    if not others:
        if len(versions) < 2:
            raise QueryError(
                f"{cable.id} is here in one version only: name another cable, cablesearch diff {cable.id} ID"
            )
        return tuple(versions.differences)
    if len(others) > 2:
        raise QueryError(f"two versions are compared, not {len(others)}: cablesearch versions {cable.id}")
    if len(others) == 1 and not versions.named(others[0]) and (other := index.cable(others[0])):
        return (compare(cable, other),)
    unknown = (
        "is neither a version of {} nor a cable of the index" if len(others) == 1 else "is no version of {}"
    )
    found = [_version(name, versions, cable, unknown) for name in others]
    if len(found) == 1:
        searched = next(version for version in versions if version.is_searched)
        found = sorted((*found, searched), key=lambda version: version.number)
    old, new = found
    return (compare(old.cable, new.cable),)


def _cable(index: Index, id: str) -> Cable:
    cable = index.cable(id)
    if not cable:
        raise no_cable(id)
    return cable


def _version(name: str, versions: Versions, cable: Cable, unknown: str) -> Version:
    if version := versions.named(name):
        return version
    raise QueryError(f"{' '.join(name.split())} {unknown.format(cable.id)}: cablesearch versions {cable.id}")
