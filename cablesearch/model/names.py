"""How full a person's name is."""

from __future__ import annotations

from functools import lru_cache

SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))  # after a name, in lower case without a full stop

_PATRONYMIC_ENDINGS = ("ovich", "evich", "ovna", "evna")


@lru_cache(20_000)
def fullness(name: str) -> int:
    """Return how full a name is: 3 for each word, 2 for an initial.

    A given name with a patronymic counts one less than two words, so that a name with a surname is fuller.

    >>> [fullness(name) for name in ("Putin", "V. Putin", "Vladimir Vladimirovich", "Vladimir Putin")]
    [3, 5, 5, 6]
    """
    words = name.split()
    return sum(2 if len(word.rstrip(".,")) == 1 else 3 for word in words) - is_patronymic(name)


def is_patronymic(name: str) -> bool:
    """Whether a name is a given name and a patronymic, without the surname: `Vladimir Vladimirovich`."""
    return name.rstrip().lower().endswith(_PATRONYMIC_ENDINGS) and len(name.split()) == 2
