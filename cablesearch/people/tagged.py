"""The people whom a cable's TAGS name: `OVIP (VANCE, CYRUS R.)` names Cyrus R. Vance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_PERSON = re.compile(r"[(;]\s?([^(),;]{2,40}),\s?([^(),;]{1,40})(?=[);])")


def names_in_tags(tags: Iterable[str]) -> Iterator[str]:
    """Yield the names in TAGS, the surname last; a surname without a given name is left out.

    >>> [*names_in_tags(["OVIP (VANCE, CYRUS R.)", "PGOV", "OVIP (CLINTON)"])]
    ['Cyrus R. Vance']
    """
    for tag in tags:
        for surname, given in _PERSON.findall(tag) if "," in tag else ():
            name = f"{given.strip()} {surname.strip()}"
            yield name.title() if name.isupper() else name
