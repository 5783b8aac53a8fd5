"""What is known of words: what they do beside a name (`classes.txt`), and the lists they stand in (`words.txt`)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

_COMMON = ("frequent", "common", "both")
_LAST = ("tagged-last", "census-last", "faker-last")
_FIRST = ("tagged-first", "census-first", "faker-first")
LISTS = (*_COMMON, "acronyms", "proper", "place", "place-part", *_LAST, *_FIRST)


class Lexicon:
    """Lists of words in lower case."""

    def __init__(self, classes: str, words: str) -> None:
        self.classes: dict[str, str] = {}
        for section in classes.split("\n[")[1:]:
            name, _, listed = section.partition("]")
            for word in listed.split():
                self.classes.setdefault(word, name)
        lists = dict(line.split(" ", 1) for line in words.splitlines())
        self.grams = {pair[:3]: float(pair[4:]) for pair in lists.pop("grams").split(" ")}
        self.lists = {name: frozenset(lists[name].split(" ")) for name in LISTS}

    def kind(self, word: str, capital: bool) -> str:
        """Give the one class of a word: by hand where it is listed so, else by the lists."""
        by_hand = self.classes.get(word)
        if by_hand and not (capital and by_hand == "say"):
            return by_hand
        if not capital:
            return "small"
        for name in _COMMON:
            if word in self.lists[name]:
                return name
        if word in self.lists["proper"]:
            return "proper"
        if any(word in self.lists[name] for name in _FIRST):
            return "first"
        if any(word in self.lists[name] for name in _LAST):
            return "last"
        return "place" if word in self.lists["place"] else "unknown"

    def known(self, word: str) -> list[str]:
        """Give the lists that a word stands in, and how these go together."""
        found = [name for name in LISTS if word in self.lists[name]]
        common = next((str(i) for i, name in enumerate(_COMMON) if name in found), "-")
        last = sum(name in found for name in _LAST)
        first = sum(name in found for name in _FIRST)
        place = "p" if "place" in found else "q" if "place-part" in found else "-"
        proper = "o" if "proper" in found else "-"
        return [
            *(f"in {name}" for name in found),
            f"common {common} last {last} first {first}",
            f"common {common} names {min(1, last + first)} place {place}{proper}",
        ]

    def sound(self, word: str) -> float:
        """Give how much a word's letters are like a name's: a mean of logarithms of odds."""
        padded = f"^{word}$"
        grams = self.grams
        total = sum(grams.get(padded[i : i + 3], 0.3) for i in range(len(padded) - 2))
        return total / max(1, len(padded) - 2)


@cache
def lexicon() -> Lexicon:
    """Give the lists that come with the package, read once."""
    data = files(__package__) / "data"
    return Lexicon((data / "classes.txt").read_text("utf-8"), (data / "words.txt").read_text("utf-8"))
