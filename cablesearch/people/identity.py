"""One person across a cable: shorter and other forms of a name tied to the fullest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

_FATHER = frozenset(("bin", "ibn", "bint", "ben"))  # what follows is the father's name
_PATRONYMIC = ("ovich", "evich", "ovna", "evna")
_NONE: Mapping[str, str] = {}
_SHORTEST = 5  # letters of a name that may be misspelt


def fullest(names: Sequence[Sequence[str]], short: Mapping[str, str] = _NONE) -> list[dict[str, str]]:
    """Give, a paragraph, the fullest form in the cable of each of its names.

    Args:
        short: names by the abbreviations that the drafter gives them.

    >>> fullest([["Julius Malema"], ["Malema"]])
    [{'Julius Malema': 'Julius Malema'}, {'Malema': 'Julius Malema'}]
    """
    places: dict[str, list[int]] = defaultdict(list)
    for n, paragraph in enumerate(names):
        for name in paragraph:
            places[name].append(n)
    forms = _forms(places)
    forms.update({one: forms[name] for one, name in short.items()})
    return [
        {name: _nearest(forms[name], places, n) for name in paragraph} for n, paragraph in enumerate(names)
    ]


def _forms(places: dict[str, list[int]]) -> dict[str, list[str]]:
    """Give the full forms that each form may stand for, all as good; a name that stands for none is one."""
    heads: dict[str, list[str]] = defaultdict(list)  # by the first letter of each word
    forms: dict[str, list[str]] = {}
    for name in sorted(places, key=lambda name: (-fullness(name), -len(places[name]), -len(name))):
        near = heads.get(parts(name)[0 if _patronymic(name) else -1][:1], ())
        ranked = [(rank, head) for head in near if (rank := likeness(name, head)) is not None]
        best = min((rank for rank, _ in ranked), default=None)
        forms[name] = [head for rank, head in ranked if rank == best] or [name]
        if not ranked:
            for letter in {word[:1] for word in parts(name)}:
                heads[letter].append(name)
    return forms


def _nearest(heads: list[str], places: dict[str, list[int]], n: int) -> str:
    """Give the one that was last named before paragraph `n`, or is next named after it."""
    if len(heads) == 1:
        return heads[0]

    def distance(head: str) -> tuple[bool, int]:
        before = [n - place for place in places[head] if place <= n]
        return (not before, min(before) if before else min(place - n for place in places[head]))

    return min(heads, key=distance)


@lru_cache(20_000)
def fullness(name: str) -> int:
    """Give how full a name is: its words, initials half; a patronymic is less than a surname."""
    words = sum(1 if len(word.rstrip(".")) < 3 and "." in word else 2 for word in name.split())
    return words - _patronymic(name)


def _patronymic(name: str) -> bool:
    """Whether it is a given name and a patronymic, which stands for a surname: `Vladimir Vladimirovich`."""
    words = name.split()
    return len(words) == 2 and words[1].lower().endswith(_PATRONYMIC)


@lru_cache(20_000)
def parts(name: str) -> tuple[str, ...]:
    """Give a name's words for comparison."""
    return tuple(word.rstrip(".,") for word in name.lower().replace("’", "'").replace("-", " ").split())


def likeness(short: str, full: str) -> int | None:
    """Give how well a form stands for a fuller one, 0 best; None where it does not.

    >>> [likeness(short, "Julius Malema") for short in ("Malema", "Julius", "Mbeki")]
    [0, 1, None]
    """
    few, many = parts(short), parts(full)
    if _patronymic(short) and len(many) == 2 and few != many:
        return 3 if few[0] == many[0] else None
    at: list[int] = []
    real = wrong = 0
    for word in few:
        place = next((i for i in range(at[-1] + 1 if at else 0, len(many)) if _same(word, many[i])), None)
        if place is None:
            return None
        at.append(place)
        real += len(word) > 1 and len(many[place]) > 1
        wrong += len(word) > 1 and len(many[place]) > 1 and word != many[place]
    if not real or (len(few) == len(many) and wrong == len(few) > 1):
        return None
    if len(few) == 1 and at[0] and many[at[0] - 1] in _FATHER:
        return None
    return 4 * wrong + (0 if at[-1] == len(many) - 1 else 1 if at[0] == 0 else 2)


def _same(word: str, other: str) -> bool:
    """Whether two words of names are one: equal, one the other's initial, or one misspelt."""
    if word == other:
        return True
    if len(word) == 1 or len(other) == 1:
        return word[0] == other[0]
    return (
        len(word) >= _SHORTEST and len(other) >= _SHORTEST and word[0] == other[0] and _one_apart(word, other)
    )


def _one_apart(word: str, other: str) -> bool:
    """Whether one letter added, dropped, changed or two swapped make them equal."""
    if abs(len(word) - len(other)) > 1:
        return False
    i = 0
    while i < min(len(word), len(other)) and word[i] == other[i]:
        i += 1
    a, b = word[i:], other[i:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
