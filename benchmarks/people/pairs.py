"""Whether the program takes two names in cables for one person, as people who read them do.

    python -m benchmarks.people.pairs --cables DIR [--errors 30]

Compared with taking names of one surname for one person. Names that the texts do not have are listed first,
leaders whom the program takes for somebody else last.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from cablesearch import Failure, read_cables
from cablesearch.analysis.distance import edit_distance
from cablesearch.analysis.words import fold
from cablesearch.model.cable import Cable
from cablesearch.people.keys import name_key

from .identities import Identities, Identity, Tally, surname
from .labels import paragraph_key

PAIRS = Path(__file__).with_name("pairs.txt")
UNDECIDABLE = "?"
PARTICLES = frozenset(
    ("al", "el", "bin", "ben", "ibn", "de", "da", "dos", "of")
)  # between names, or left out
MIN_MISSPELT = 4  # letters; a shorter word is taken as it is spelt
_MENTION = re.compile(
    r"(?P<cable>\S+)#(?P<paragraph>\S+) (?P<name>[^/=]+?)(?:/(?P<place>\d+))? = (?P<who>\S.*)"
)


class Mention(NamedTuple):
    """A name in a cable, and who that is.

    Attributes:
        place: which of several that the paragraph has, from 1.
    """

    cable: str
    paragraph: str
    name: str
    place: int
    who: str


class Pair(NamedTuple):
    """Two mentions that may be of one person.

    Attributes:
        kind: what makes it hard: `titled`, `surname`, `relatives`, `spelling`, `initials`, `given`.
    """

    kind: str
    first: Mention
    second: Mention

    @property
    def is_same(self) -> bool | None:
        """Whether they are one person; None where the text does not tell."""
        if UNDECIDABLE in (self.first.who, self.second.who):
            return None
        return self.first.who == self.second.who


Find = Callable[[Mention], Identity | None]  # whom the program takes a mention for


@dataclass(frozen=True)
class Judged:
    """Pairs of mentions that were judged, and the leaders of states among the people mentioned.

    Attributes:
        leaders: by name, with the other forms that are theirs alone.
    """

    pairs: list[Pair] = field(default_factory=list)
    leaders: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def mentions(self) -> list[Mention]:
        """All that were judged, each once."""
        return [*dict.fromkeys(mention for pair in self.pairs for mention in (pair.first, pair.second))]


def parse_pairs(text: str) -> Judged:
    """Parse the format of `pairs.txt`, which its head describes."""
    judged = Judged()
    for line in text.splitlines():
        kind, _, rest = line.partition(" ")
        if kind == "leader":
            name, *others = rest.split(" = ")
            judged.leaders[name] = tuple(others)
        elif line and kind != "#":
            first, _, second = rest.partition(" ; ")
            judged.pairs.append(Pair(kind, _parse_mention(first), _parse_mention(second)))
    return judged


def _parse_mention(text: str) -> Mention:
    match = _MENTION.fullmatch(text)
    if not match:
        raise ValueError(f"pairs: {text!r} is no mention")
    return Mention(match["cable"], match["paragraph"], match["name"], int(match["place"] or 1), match["who"])


def find_missing(mentions: Iterable[Mention], cables: Iterable[Cable]) -> Iterator[Mention]:
    """Yield the mentions that the cables do not have in their places: slips, or another text."""
    texts = {(cable.id, paragraph_key(p)): p.text for cable in cables for p in cable.paragraphs}
    for mention in mentions:
        name = r"\s+".join(map(re.escape, mention.name.split()))
        found = re.findall(rf"(?<!\w){name}(?!\w)", texts.get((mention.cable, mention.paragraph), ""))
        if len(found) < mention.place:
            yield mention


def is_form(name: str, who: str) -> bool:
    """Whether one of two names has all words of the other: as they sound, but for a slip, or their initials.

    >>> is_form("A. Zardari", "Asif Ali Zardari"), is_form("Ahmed Wali Karzai", "Hamid Karzai")
    (True, False)
    """
    few, many = sorted((_main_words(name), _main_words(who)), key=len)
    return all(any(_is_word(word, other) for other in many) for word in few)


def _main_words(name: str) -> list[str]:
    words = re.findall(r"[^\W\d_]+", fold(re.sub("['’]", "", name)))
    return [word for word in words if word not in PARTICLES] or words


def _is_word(word: str, other: str) -> bool:
    if len(word) == 1:
        return other.startswith(word)
    slips = int(min(len(word), len(other)) >= MIN_MISSPELT)
    return edit_distance(word, other, 1) <= slips or name_key(word) == name_key(other)


def find_wrong_leaders(judged: Judged, find: Find) -> Counter[tuple[str, str]]:
    """Count the mentions of leaders whom the program takes for somebody else: who they are, and for whom."""
    wrong: Counter[tuple[str, str]] = Counter()
    for mention in judged.mentions:
        found = find(mention)
        if mention.who not in judged.leaders or not found:
            continue
        forms = (mention.who, *judged.leaders[mention.who])
        if not any(is_form(_shown(found), form) for form in forms):
            wrong[mention.who, _shown(found)] += 1
    return wrong


def _shown(found: Identity | None) -> str:
    return found.person or found.full_name if found else "not found"


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cables", type=Path, required=True, help="pages")
    parser.add_argument("--pairs", type=Path, default=PAIRS)
    parser.add_argument("--errors", type=int, default=0, help="list so many of the errors of each kind")
    args = parser.parse_args()
    judged = parse_pairs(args.pairs.read_text("utf-8"))
    cables = [cable for cable in read_cables(args.cables) if not isinstance(cable, Failure)]
    for mention in find_missing(judged.mentions, cables):
        print(f"not in the text of {mention.cable}#{mention.paragraph}: {mention.name}")
    identities = Identities(cables)

    def find(mention: Mention) -> Identity | None:
        return identities.find(mention.cable, mention.paragraph, mention.name)

    report(judged, find, args.errors)


def report(judged: Judged, find: Find, errors: int) -> None:
    """Print the scores by kind, within and across cables, and the errors."""
    program: dict[str, Tally] = defaultdict(Tally)
    simple: dict[str, Tally] = defaultdict(Tally)
    faults: dict[str, list[str]] = defaultdict(list)
    for pair in judged.pairs:
        if pair.is_same is None:
            continue
        first, second = find(pair.first), find(pair.second)
        verdict = bool(first and second and first.label == second.label)
        by_surname = surname(pair.first.name) == surname(pair.second.name)
        place = "within a cable" if pair.first.cable == pair.second.cable else "across cables"
        for group in (pair.kind, place, "all"):
            program[group].add(pair.is_same, verdict)
            simple[group].add(pair.is_same, by_surname)
        if verdict != pair.is_same:
            faults[pair.kind].append(_describe(pair, first, second))
    for group in sorted(program, key=lambda group: (program[group].pairs, group)):
        ours, theirs = program[group], simple[group]
        print(
            f"{group:15}{ours.pairs:5} right {ours.right:.3f} {ours}"
            f"   by surname: right {theirs.right:.3f} {theirs}"
        )
    for kind, some in faults.items():
        for fault in some[:errors]:
            print(f"{kind}: {fault}")
    wrong = find_wrong_leaders(judged, find)
    print(f"leaders taken for somebody else: {wrong.total()}")
    for (who, taken_for), n in wrong.most_common():
        print(f"{n:5} {who}: {taken_for}")


def _describe(pair: Pair, *found: Identity | None) -> str:
    sides = (
        f"{mention.cable}#{mention.paragraph} {mention.name} [{_shown(identity)}]"
        for mention, identity in zip((pair.first, pair.second), found, strict=True)
    )
    truth = f"{pair.first.who}, both" if pair.is_same else f"{pair.first.who}, {pair.second.who}"
    return f"{' and '.join(sides)}: {truth}"


if __name__ == "__main__":
    main()
