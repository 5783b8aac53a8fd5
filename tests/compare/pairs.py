"""Pairs of releases of one cable that differ by known edits."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from cablesearch import Cable, Classification, Paragraph
from cablesearch.model.cable import paragraph_ids

ID = "07TEZGARA5"
SYLLABLES = ("ba", "ce", "do", "fi", "gu", "lam", "mer", "nos", "pir", "ruk", "sel", "tov", "vin", "zar")
MARKS = ("XXXXXXXXXXXX", "[text not declassified]", "[1 line not declassified]", "████████", "REDACTED")
WHOLE_MARKS = ("[1 paragraph (4 lines) not declassified]", "XXXXXXXXXXXX XXXXXXXX", "[text not declassified]")

Found = tuple[str, str, str, str]  # what was done, to which paragraph, the old words and the new ones


@dataclass
class Text:
    """A paragraph that is being edited."""

    number: str | None
    words: list[str]
    marking: str = "C"


class Pair:
    """Two releases of a cable, and what was done to the first to make the second.

    Args:
        chance: all of it depends on this alone.
    """

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.expected: list[Found] = []
        self._old = [Text(str(n), self._prose()) for n in range(1, chance.randrange(4, 14))]
        self._new = [replace(text, words=[*text.words]) for text in self._old]
        self._facts = {
            "classification": Classification("SECRET", ("NOFORN",)),
            "created": date(2007, 1, 8),
            "to": ("SECSTATE WASHDC", "AMEMBASSY SALTMERE"),
        }
        self._changed_facts: dict[str, object] = {}
        self._edit()

    def cables(self) -> tuple[Cable, Cable]:
        return self._cable(self._old, self._facts), self._cable(self._new, self._facts | self._changed_facts)

    def _edit(self) -> None:
        chance = self._chance
        places = [*range(len(self._old))]
        chance.shuffle(places)
        edits: list[Callable[[int], object]] = [
            self._change_words,
            self._change_words,
            self._remove,
            self._withhold,
            self._split,
            self._mark_otherwise,
            self._change_number,
        ]
        texts = [*self._new]
        for place in places[: chance.randrange(len(places))]:
            number = self._new.index(texts[place])
            chance.choice(edits)(number)
        if chance.random() < 0.3:
            self._insert(chance.randrange(len(self._new) + 1))
        if chance.random() < 0.3:
            self._merge()
        if chance.random() < 0.3:
            self._move()
        if chance.random() < 0.4:
            self._change_facts()

    # Paragraphs

    def _remove(self, at: int) -> None:
        text = self._new.pop(at)
        self.expected.append(("removed", f"{text.number}>", " ".join(text.words), ""))

    def _insert(self, at: int) -> None:
        text = Text(None, self._prose())
        self._new.insert(at, text)
        self.expected.append(("inserted", ">p", "", " ".join(text.words)))

    def _withhold(self, at: int) -> None:
        text = self._new[at]
        mark = self._chance.choice(WHOLE_MARKS)
        self.expected.append(("redacted", f"{text.number}>{text.number}", " ".join(text.words), mark))
        text.words[:] = mark.split(" ")

    def _split(self, at: int) -> None:
        text = self._new[at]
        middle = len(text.words) // 2
        rest = Text(None, text.words[middle:])
        del text.words[middle:]
        self._new.insert(at + 1, rest)
        self.expected.append(("split", f"{text.number}>{text.number}+p", "", ""))

    def _merge(self) -> None:
        """Merge two paragraphs that nothing else was done to."""
        for one, other in zip(self._new, self._new[1:], strict=False):
            if self._is_untouched(one) and self._is_untouched(other):
                one.words += other.words
                self._new.remove(other)
                self.expected.append(("merged", f"{one.number}+{other.number}>{one.number}", "", ""))
                return

    def _move(self) -> None:
        """Move a paragraph past at least three others that are in both."""
        untouched = [text for text in self._new if self._is_untouched(text)]
        if len(untouched) > 4:
            first = untouched[0]
            self._new.remove(first)
            self._new.append(first)
            self.expected.append(("moved", f"{first.number}>{first.number}", "", ""))

    def _is_untouched(self, text: Text) -> bool:
        places = {place for _, where, *_ in self.expected for place in where.replace(">", "+").split("+")}
        return bool(text.number) and text.number not in places

    def _mark_otherwise(self, at: int) -> None:
        text = self._new[at]
        text.marking = "U"
        self.expected.append(("marking", f"{text.number}>{text.number}", "C", "U"))

    def _change_number(self, at: int) -> None:
        text = self._new[at]
        self.expected.append(
            ("number", f"{text.number}>{text.number}00", text.number or "", f"{text.number}00")
        )
        text.number = f"{text.number}00"

    # Words

    def _change_words(self, at: int) -> None:
        text = self._new[at]
        old, place = text.words[:], 0
        text.words.clear()
        while place < len(old):
            if self._chance.random() < 0.06 and place > 1 and place < len(old) - 6:
                kind, length, come = self._words_edit()
                gone = old[place : place + length]
                self.expected.append((kind, f"{text.number}>{text.number}", " ".join(gone), " ".join(come)))
                text.words += [*come, *old[place + length : place + length + 3]]
                place += length + 3
            else:
                text.words.append(old[place])
                place += 1

    def _words_edit(self) -> tuple[str, int, list[str]]:
        kind = self._chance.choice(["replaced", "removed", "inserted", "redacted"])
        come = {
            "replaced": lambda: [self._fresh() for _ in range(self._chance.randrange(1, 3))],
            "removed": list,
            "inserted": lambda: [self._fresh()],
            "redacted": lambda: self._chance.choice(MARKS).split(" "),
        }[kind]()
        return kind, 0 if kind == "inserted" else self._chance.randrange(1, 4), come

    def _prose(self) -> list[str]:
        """Return words; any eight in a row are different, lest it be unclear which of them was removed."""
        words: list[str] = []
        while len(words) < self._chance.randrange(12, 70):
            word = "".join(self._chance.choices(SYLLABLES, k=self._chance.choice((1, 2, 2, 3))))
            if word not in words[-8:]:
                words.append(word)
        return [f"{word},"[: len(word) + (self._chance.random() < 0.1)] for word in words]

    def _fresh(self) -> str:
        return f"qu{''.join(self._chance.choices(SYLLABLES, k=4))}"

    # Facts

    def _change_facts(self) -> None:
        name, value, old, new = self._chance.choice(
            [
                ("classification", Classification("CONFIDENTIAL"), "SECRET//NOFORN", "CONFIDENTIAL"),
                ("created", date(2007, 1, 9), "2007-01-08", "2007-01-09"),
                ("to", ("SECSTATE WASHDC",), "SECSTATE WASHDC; AMEMBASSY SALTMERE", "SECSTATE WASHDC"),
            ]
        )
        self._changed_facts[name] = value
        self.expected.append((name, ">", old, new))

    @staticmethod
    def _cable(texts: list[Text], facts: dict[str, object]) -> Cable:
        ids = paragraph_ids((text.number for text in texts), ID)
        paragraphs = tuple(
            Paragraph(id, text.number, text.marking, None, None, " ".join(text.words))
            for id, text in zip(ids, texts, strict=True)
        )
        return Cable(ID, paragraphs=paragraphs, **facts)  # type: ignore[arg-type]


def found(difference: object) -> Iterator[Found]:
    """Yield what a difference says, as a pair does."""
    for row in difference.rows():  # type: ignore[attr-defined]
        places = []
        for column in ("old_paragraph", "new_paragraph"):
            ids = (row[column] or "").split(", ")
            numbers = [id.partition("#")[2] for id in ids]
            places.append("+".join("p" if number.startswith("p") else number for number in numbers))
        yield row["what"], ">".join(places), row["old"] or "", row["new"] or ""
