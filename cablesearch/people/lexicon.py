"""What is known of words: their part beside a name (`classes.txt`), their lists (`words.txt`)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"  # see `model.tables`: importlib.resources takes long to import

COMMON = ("frequent", "common", "both")
LAST_NAMES = ("tagged-last", "census-last", "faker-last", "eastern-last")
FIRST_NAMES = ("tagged-first", "census-first", "faker-first")
_UNKNOWN_GRAM = 0.3  # log odds of three letters that are too rare to be listed

Lists = tuple[str, ...]


class Lexicon:
    """Classes and lists of words in lower case.

    Args:
        classes: sections `[class] word word ...`; a word is of the first that has it.
        words: a line for each set of lists that words stand in, `list+list word word ...`; one line, `grams`,
            of three letters each with the logarithm of the odds that they are a name's, `^ka=1.0`.
    """

    def __init__(self, classes: str, words: str) -> None:
        self.classes: dict[str, str] = {}
        self._particles: frozenset[str] = frozenset()
        for section in classes.split("\n[")[1:]:
            name, _, listed = section.partition("]")
            if name == "particle":
                self._particles = frozenset(listed.split())
            for word in listed.split():
                self.classes.setdefault(word, name)
        for word in [word for word, name in self.classes.items() if name == "nation"]:
            self.classes.setdefault(f"{word}s", "nation")
        self._lists: dict[str, Lists] = {}
        self.grams: dict[str, float] = {}
        for line in words.splitlines():
            name, *members = line.split(" ")
            if name == "grams":
                self.grams = {pair[:3]: float(pair[4:]) for pair in members}
            elif not name.startswith("#"):
                self._lists.update(dict.fromkeys(members, tuple(name.split("+"))))

    def lists(self, word: str) -> Lists:
        """Return the lists that a word stands in."""
        return self._lists.get(word, ())

    def is_common(self, word: str) -> bool:
        """Whether a word is mostly written in small letters."""
        return self._is_in(word, COMMON[:2])

    def is_name(self, word: str) -> bool:
        """Whether a list of names has a word."""
        return self._is_in(word, (*FIRST_NAMES, *LAST_NAMES))

    def is_first_name(self, word: str) -> bool:
        """Whether a list of given names has a word."""
        return self._is_in(word, FIRST_NAMES)

    def is_last_name(self, word: str) -> bool:
        """Whether a list of surnames has a word."""
        return self._is_in(word, LAST_NAMES)

    def is_eastern_surname(self, word: str) -> bool:
        """Whether a word is a surname of East Asia, where it comes first."""
        return self._is_in(word, LAST_NAMES[3:])

    def is_tagged_last_name(self, word: str) -> bool:
        """Whether editors have tagged a word as a surname."""
        return self._is_in(word, LAST_NAMES[:1])

    def is_tagged_first_name(self, word: str) -> bool:
        """Whether editors have tagged a word as a given name."""
        return self._is_in(word, FIRST_NAMES[:1])

    def is_only_given_name(self, word: str) -> bool:
        """Whether a word is a given name, and no surname."""
        return self.is_first_name(word) and not self.is_last_name(word)

    def is_common_given_name(self, word: str) -> bool:
        """Whether a census has a word as a given name."""
        return self._is_in(word, FIRST_NAMES[1:2])

    def is_published_given_name(self, word: str) -> bool:
        """Whether a published list of given names has a word; editors tag surnames as such, too."""
        return self._is_in(word, FIRST_NAMES[1:])

    def is_only_surname(self, word: str) -> bool:
        """Whether a word is a surname that neither editors nor the census have as a given name."""
        return self.is_last_name(word) and not self._is_in(word, FIRST_NAMES[:2])

    def is_given_name(self, word: str) -> bool:
        """Whether a word is a given name, and no surname that editors have tagged."""
        return self.is_first_name(word) and not self.is_tagged_last_name(word)

    def _is_in(self, word: str, names: Lists) -> bool:
        lists = self._lists.get(word)
        return lists is not None and any(name in lists for name in names)

    def kind(self, word: str, capital: bool) -> str:
        """Return the one class of a word: from `classes.txt`, else by the lists it stands in."""
        listed = self.classes.get(word)
        if listed == "acronym" and not capital and word in self._particles:
            return "particle"  # Eduardo dos Santos, of the DOS
        if listed and not (capital and listed == "say"):
            return listed
        return _kind_by_lists(self.lists(word)) if capital else "small"

    def letter_score(self, word: str) -> float:
        """Return how much a word's letters are like a name's: the mean log odds of each three of them."""
        padded = f"^{word}$"
        get = self.grams.get
        return sum([get(padded[i : i + 3], _UNKNOWN_GRAM) for i in range(len(padded) - 2)]) / (
            len(padded) - 2 or 1
        )


@cache
def _kind_by_lists(lists: Lists) -> str:
    """Return the class of the words of some lists: `first`, `common`, `common first` ..."""
    common = next((name for name in (*COMMON, "proper") if name in lists), "")
    name = next(
        (n for n, of in (("first", FIRST_NAMES), ("last", LAST_NAMES)) if any(one in lists for one in of)), ""
    )
    return f"{common} {name}".strip() or ("place" if "place" in lists else "unknown")


@cache
def load_lexicon() -> Lexicon:
    """Return the lexicon that comes with the package, read once."""
    return Lexicon((DATA / "classes.txt").read_text("utf-8"), (DATA / "words.txt").read_text("utf-8"))
