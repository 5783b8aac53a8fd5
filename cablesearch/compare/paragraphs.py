"""Which paragraphs of one text are which of another one: the same, changed, moved, split or merged."""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from .sequences import Pair, longest_increasing, matches
from .tokens import MARK, Tokens

COMMON = 20  # paragraphs with the same two words in a row: more are a phrase that says nothing
MIN_SHARE = 0.3  # of the shorter one's pairs of words, that two paragraphs have in common if they are one
MIN_WORDS_SHARE = 0.4  # of its words, where their places say that they may be one
PART_SHARE = 0.6  # of a part's pairs of words, that are in the paragraph that it was split from
MAX_OVERLAP = 0.2  # of the parts of a paragraph: more is a quotation
_COUNTED = re.compile(rf"{MARK}(\d{{1,3}}) paragraphs")  # withheld


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph to be compared: its number as printed, and its words."""

    number: str | None
    tokens: Tokens


@dataclass(frozen=True, slots=True)
class Match:
    """Paragraphs of one text and those of the other one that they are, by their places; of one alone, none.

    Attributes:
        moved: they stand before or after others than in the old text.
    """

    old: tuple[int, ...]
    new: tuple[int, ...]
    moved: bool = False


def align(old: Sequence[Part], new: Sequence[Part]) -> list[Match]:
    """Return each paragraph's match, in the order of the new text; what was removed stands where it was."""
    wholes = [part.tokens.whole for part in old], [part.tokens.whole for part in new]
    found = [Match((i,), (j,)) for i, j in matches(*wholes)]
    found += _elsewhere(*wholes, found)
    found += _similar(old, new, *_left(old, new, found))
    for gap in _gaps(old, new, found):
        found += _in_gap(old, new, *gap)
    alone_old, alone_new = _left(old, new, found)
    found += [Match((), (j,)) for j in alone_new]
    return _ordered(found, alone_old)


def _left(
    old: Sequence[object], new: Sequence[object], found: Sequence[Match]
) -> tuple[list[int], list[int]]:
    """Return the places of the paragraphs that have no match yet."""
    return (
        _without(range(len(old)), (match.old for match in found)),
        _without(range(len(new)), (match.new for match in found)),
    )


def _elsewhere(old: Sequence[str], new: Sequence[str], found: Sequence[Match]) -> Iterator[Match]:
    """Yield the matches of the same paragraphs that stand elsewhere."""
    olds, news = _left(old, new, found)
    places: defaultdict[str, deque[int]] = defaultdict(deque)
    for i in olds:
        if old[i].strip(MARK):
            places[old[i]].append(i)
    for j in news:
        if places.get(new[j]):
            yield Match((places[new[j]].popleft(),), (j,))


Shared = dict[Pair, int]


def _similar(
    old: Sequence[Part], new: Sequence[Part], olds: Sequence[int], news: Sequence[int]
) -> Iterator[Match]:
    """Yield the matches of paragraphs that have pairs of words in common."""
    features_old = {i: _features(old[i].tokens) for i in olds}
    features_new = {j: _features(new[j].tokens) for j in news}
    shared = _shared(features_old, features_new)
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    for i, parts in _divided(features_old, features_new, shared):
        taken_old.add(i)
        taken_new.update(parts)
        yield Match((i,), parts)
    turned = {(j, i): n for (i, j), n in shared.items() if i not in taken_old and j not in taken_new}
    for j, parts in _divided(features_new, features_old, turned):
        taken_new.add(j)
        taken_old.update(parts)
        yield Match(parts, (j,))

    def likeness(pair: Pair) -> tuple[float, int, Pair]:
        i, j = pair
        return -2 * shared[pair] / (len(features_old[i]) + len(features_new[j])), abs(i - j), pair

    for i, j in sorted(shared, key=likeness):
        least = MIN_SHARE * min(len(features_old[i]), len(features_new[j]))
        if i not in taken_old and j not in taken_new and shared[i, j] >= least:
            taken_old.add(i)
            taken_new.add(j)
            yield Match((i,), (j,))


def _features(tokens: Tokens) -> frozenset[Pair]:
    """Return the pairs of words that stand in a row, as numbers."""
    return frozenset((hash(a), hash(b)) for a, b in pairwise(tokens.keys))


def _shared(olds: dict[int, frozenset[Pair]], news: dict[int, frozenset[Pair]]) -> Shared:
    """Return how many pairs of words two paragraphs have in common; those of many paragraphs do not count."""
    where: defaultdict[Pair, list[int]] = defaultdict(list)
    for j, features in news.items():
        for feature in features:
            where[feature].append(j)
    shared: Counter[Pair] = Counter()
    for i, features in olds.items():
        for feature in features:
            if feature in where and len(where[feature]) <= COMMON:
                shared.update((i, j) for j in where[feature])
    return shared


def _divided(
    wholes: dict[int, frozenset[Pair]], parts: dict[int, frozenset[Pair]], shared: Shared
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield the paragraphs that are several of the other text, with none between them that is unchanged."""
    of: defaultdict[int, list[int]] = defaultdict(list)
    for (i, j), common in shared.items():
        if common >= max(PART_SHARE * len(parts[j]), 1):
            of[i].append(j)
    best: dict[int, Pair] = {}  # how much each part has in common with the paragraph that it is most like
    for (i, j), common in shared.items():
        best[j] = max(best.get(j, (0, 0)), (common, -i))
    for i in sorted(of):
        for run in _runs(sorted(j for j in of[i] if best[j][1] == -i), parts):
            inside = [parts[j] & wholes[i] for j in run]
            union = frozenset().union(*inside)
            distinct = len(union) >= (1 - MAX_OVERLAP) * sum(map(len, inside))
            if len(run) > 1 and distinct and len(union) >= PART_SHARE * len(wholes[i]):
                yield i, tuple(run)
                break


def _runs(places: Sequence[int], left: Container[int]) -> list[list[int]]:
    """Return sorted places in runs, between whose places there are only such as are left."""
    runs: list[list[int]] = []
    for place in places:
        if runs and all(between in left for between in range(runs[-1][-1] + 1, place)):
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def _gaps(
    old: Sequence[Part], new: Sequence[Part], found: Sequence[Match]
) -> Iterator[tuple[list[int], list[int]]]:
    """Yield what has no match in both texts between the same two paragraphs that are in order."""
    frame = longest_increasing(sorted((match.old[0], match.new[0]) for match in found))
    edges = [(-1, -1), *frame, (len(old), len(new))]
    olds, news = map(deque, _left(old, new, found))
    for end, stop in edges[1:]:
        gap: tuple[list[int], list[int]] = [], []
        for left, until, here in ((olds, end, gap[0]), (news, stop, gap[1])):
            while left and left[0] < until:
                here.append(left.popleft())
        if all(gap):
            yield gap


def _in_gap(
    old: Sequence[Part], new: Sequence[Part], olds: Sequence[int], news: Sequence[int]
) -> Iterator[Match]:
    """Yield the matches of paragraphs that their place, their number and a few words tell."""
    left, right = [*olds], [*news]
    for find in (_counted, _numbered):
        found = [*find(old, new, left, right)]
        left = _without(left, (match.old for match in found))
        right = _without(right, (match.new for match in found))
        yield from found
    withheld = [i for i in left if old[i].tokens.is_withheld], [j for j in right if new[j].tokens.is_withheld]
    if left and withheld[1] and not withheld[0]:
        yield Match(tuple(left), tuple(withheld[1]))
    elif right and withheld[0] and not withheld[1]:
        yield Match(tuple(withheld[0]), tuple(right))
    elif len(left) == len(right) == 1 and _have_words_in_common(old[left[0]].tokens, new[right[0]].tokens):
        yield Match(tuple(left), tuple(right))


def _without(places: Iterable[int], taken: Iterable[tuple[int, ...]]) -> list[int]:
    gone = {*chain.from_iterable(taken)}
    return [place for place in places if place not in gone]


def _counted(
    old: Sequence[Part], new: Sequence[Part], olds: Sequence[int], news: Sequence[int]
) -> Iterator[Match]:
    """Yield the match of a mark that says how many paragraphs stood in its place."""
    for withheld, others, side, other_side in ((news, olds, new, old), (olds, news, old, new)):
        for place in withheld:
            if (count := _paragraphs_withheld(side[place].tokens)) < 2:
                continue
            first = next((k for k, o in enumerate(others) if other_side[o].number == side[place].number), 0)
            stood_there = tuple(others[first : first + count])
            if len(stood_there) == count:
                yield Match(stood_there, (place,)) if withheld is news else Match((place,), stood_there)
                return


def _paragraphs_withheld(tokens: Tokens) -> int:
    counted = _COUNTED.match(tokens.whole) if len(tokens) == 1 else None
    return int(counted[1]) if counted else 0


def _numbered(
    old: Sequence[Part], new: Sequence[Part], olds: Sequence[int], news: Sequence[int]
) -> Iterator[Match]:
    """Yield the matches of paragraphs with the same number that may be one."""
    by_number = {part.number: j for j in reversed(news) if (part := new[j]).number}
    for i in olds:
        j = by_number.get(old[i].number or "")
        if j is not None and _may_be_one(old[i].tokens, new[j].tokens):
            del by_number[old[i].number or ""]
            yield Match((i,), (j,))


def _may_be_one(old: Tokens, new: Tokens) -> bool:
    return old.is_withheld or new.is_withheld or _have_words_in_common(old, new)


def _have_words_in_common(old: Tokens, new: Tokens) -> bool:
    common = (Counter(old.keys) & Counter(new.keys)).total()
    return common > 0 and common >= MIN_WORDS_SHARE * min(len(old), len(new))


def _ordered(found: Iterable[Match], removed: Iterable[int]) -> list[Match]:
    """Return all matches in order, and mark those that moved."""
    there = sorted(found, key=lambda match: match.new)
    in_both = sorted((match.old[0], match.new[0]) for match in there if match.old)
    frame = {new for _, new in longest_increasing(in_both)}
    gone = deque(removed)
    ordered: list[Match] = []
    for match in there:
        moved = bool(match.old) and match.new[0] not in frame
        while gone and match.old and not moved and gone[0] < match.old[0]:
            ordered.append(Match((gone.popleft(),), ()))
        ordered.append(replace(match, moved=moved))
    return [*ordered, *(Match((i,), ()) for i in gone)]
