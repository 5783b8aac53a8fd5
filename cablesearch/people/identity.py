"""One person across a cable: shorter and other forms of a name are tied to the fullest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from ..model.names import fullness, is_patronymic

_BEFORE_FATHER = frozenset(("bin", "ibn", "bint", "ben"))  # what follows is the father's name
_NO_ABBREVIATIONS: Mapping[str, str] = {}
_MIN_MISSPELT = 5  # letters; a shorter name is taken as it is spelt


def resolve_names(
    names: Sequence[Sequence[str]], abbreviations: Mapping[str, str] = _NO_ABBREVIATIONS
) -> list[dict[str, str]]:
    """Return, for each paragraph, the fullest form in the cable of each of its names.

    Args:
        names: those of each paragraph.
        abbreviations: names by the abbreviations that the drafter gives them.

    >>> resolve_names([["Julius Malema"], ["Malema"]])
    [{'Julius Malema': 'Julius Malema'}, {'Malema': 'Julius Malema'}]
    """
    places: dict[str, list[int]] = defaultdict(list)
    for n, paragraph in enumerate(names):
        for name in paragraph:
            places[name].append(n)
    forms = _full_forms(places)
    forms.update({short: forms[name] for short, name in abbreviations.items()})
    return [
        {name: _nearest(forms[name], places, n) for name in paragraph} for n, paragraph in enumerate(names)
    ]


def _full_forms(places: dict[str, list[int]]) -> dict[str, list[str]]:
    """Return, for each name, the full forms that it fits best, all equally well; its own where it fits none.

    Args:
        places: the paragraphs that each name is in.
    """
    heads: dict[str, list[str]] = defaultdict(list)  # full forms by the first letter of each of their words
    forms: dict[str, list[str]] = {}
    for name in sorted(places, key=lambda name: (-fullness(name), -len(places[name]), -len(name))):
        near = heads.get(name_words(name)[0 if is_patronymic(name) else -1][:1], ())
        ranked = [(rank, head) for head in near if (rank := match_rank(name, head)) is not None]
        best = min((rank for rank, _ in ranked), default=None)
        forms[name] = [head for rank, head in ranked if rank == best] or [name]
        if not ranked:
            for letter in {word[:1] for word in name_words(name)}:
                heads[letter].append(name)
    return forms


def _nearest(heads: list[str], places: dict[str, list[int]], n: int) -> str:
    """Return the full form that was last named up to paragraph `n`, else the one named next after it."""
    if len(heads) == 1:
        return heads[0]

    def distance(head: str) -> tuple[bool, int]:
        before = [n - place for place in places[head] if place <= n]
        return (not before, min(before) if before else min(place - n for place in places[head]))

    return min(heads, key=distance)


@lru_cache(20_000)
def name_words(name: str) -> tuple[str, ...]:
    """Return a name's words for comparison: in lower case, parted at hyphens, without full stops."""
    return tuple(word.rstrip(".,") for word in name.lower().replace("’", "'").replace("-", " ").split())


def match_rank(short: str, full: str) -> int | None:
    """Return how well a form fits a fuller one, 0 best; None if it does not.

    >>> [match_rank(short, "Julius Malema") for short in ("Malema", "Julius", "Mbeki")]
    [0, 1, None]
    """
    few, many = name_words(short), name_words(full)
    if is_patronymic(short) and len(many) == 2 and few != many:
        return 3 if few[0] == many[0] else None
    at: list[int] = []
    real = wrong = 0  # words that are initials on neither side; those of them that are misspelt
    for word in few:
        place = next((i for i in range(at[-1] + 1 if at else 0, len(many)) if _same(word, many[i])), None)
        if place is None:
            return None
        at.append(place)
        real += len(word) > 1 and len(many[place]) > 1
        wrong += len(word) > 1 and len(many[place]) > 1 and word != many[place]
    if not real or (len(few) == len(many) and wrong == len(few) > 1):
        return None
    if len(few) == 1 and at[0] and many[at[0] - 1] in _BEFORE_FATHER:
        return None
    return 4 * wrong + (0 if at[-1] == len(many) - 1 else 1 if at[0] == 0 else 2)


def _same(word: str, other: str) -> bool:
    """Whether two words of names may be one: equal, one the other's initial, or one misspelt."""
    if word == other:
        return True
    if len(word) == 1 or len(other) == 1:
        return word[0] == other[0]
    return (
        len(word) >= _MIN_MISSPELT
        and len(other) >= _MIN_MISSPELT
        and word[0] == other[0]
        and _is_one_edit(word, other)
    )


def _is_one_edit(word: str, other: str) -> bool:
    """Whether one edit makes two words equal, or none: `analysis.distance` for this path, which is hot."""
    if abs(len(word) - len(other)) > 1:
        return False
    i = 0
    while i < min(len(word), len(other)) and word[i] == other[i]:
        i += 1
    a, b = word[i:], other[i:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
