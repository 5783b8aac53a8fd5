"""Synthetic cables, as many as you like: the same number and seed give the same corpus.

    python -m benchmarks.synthetic 250000 cables.csv
    python -m benchmarks.synthetic 10000 pages/            one page per cable, by year and month
    python -m benchmarks.synthetic 10000 cables.zip        plain cables in an archive

Words are drawn by Zipf's law from a vocabulary that grows with the corpus by Heaps' law, so that the index
grows like one of real text. Headers, markings, headings, references, names and page lines resemble those of
real cables in form and number; a cable has about 1,000 words in nine paragraphs. The people are invented.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from .corpora import SourceCable, write

WORDS = 800  # of a cable, on average
MIN_WORDS = 100  # of a cable
PARAGRAPHS = (7, 19)
EXPONENT = 1.07  # of Zipf's law, near that of English
OFFSET = 2.7  # Mandelbrot's correction for the first ranks
# Size of the vocabulary after n tokens: as many different words as in FRUS volumes are then drawn, 20,000
# in the first million.
HEAPS = (66.0, 0.42)
LEVELS = (
    ["UNCLASSIFIED"] * 4
    + ["UNCLASSIFIED//FOR OFFICIAL USE ONLY"] * 2
    + ["CONFIDENTIAL"] * 3
    + ["SECRET", "SECRET//NOFORN"]
)
MARKINGS = {"U": ("U", "U", "SBU"), "C": ("C", "C", "SBU", "C/NF"), "S": ("S", "C", "S/NF")}
HEADS = "BAL COR DEN FAR GOL HAM KES LOR MAR NOV PEL RUS SAL TEM VAR"
TAILS = "ABAD BURG DIN MOOR ONIA POLIS STEAD TAN VERE"
STATIONS = tuple(head + tail for head in HEADS.split() for tail in TAILS.split())
TAGS = "PGOV PREL ECON PHUM PTER EFIN MARR KDEM ENRG SNAR ETRD EAID SENV KNNP"
GIVEN = (
    "Abel Anika Boris Carla Dara Edrin Fatou Goran Hilde Ismet Jorah Katya Lomax Mirela Nadir Oskar Petra "
    "Quill Rashid Selma Tomas Ulla Viktor Wanda Yusra Zoltan"
)
TITLES = (
    "President",
    "Foreign Minister",
    "Deputy Minister",
    "General",
    "MP",
    "Professor",
    "opposition leader",
)
CONSONANTS = "b br d dr f g gr k l m n p pl r s st t tr v z"
VOWELS = "a e i o u ar en il on us"
SYLLABLES = tuple(c + v for c in CONSONANTS.split() for v in VOWELS.split())
SHORT_RANKS = (
    160  # so that 50 words, of two fifths of the text, have one syllable, and a word five letters on average
)


def word(rank: int) -> str:
    """Return the word of a rank; each rank has its own spelling, and common words are short."""
    number, pieces = rank + SHORT_RANKS, []
    while number:
        number, piece = divmod(number, len(SYLLABLES))
        pieces.append(SYLLABLES[piece])
    return "".join(pieces)


class _Vocabulary:
    """Words drawn by Zipf's law from a vocabulary that grows by Heaps' law."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.words: list[str] = []
        self.weights: list[float] = []
        self.drawn = 0

    def draw(self, count: int) -> list[str]:
        self.drawn += count
        self._grow(int(HEAPS[0] * self.drawn ** HEAPS[1]) + 500)
        return self.chance.choices(self.words, cum_weights=self.weights, k=count)

    def _grow(self, size: int) -> None:
        total = self.weights[-1] if self.weights else 0.0
        for rank in range(len(self.words), size):
            total += (rank + OFFSET) ** -EXPONENT
            self.words.append(word(rank))
            self.weights.append(total)


def cables(count: int, seed: int = 1, *, words: int = WORDS) -> Iterator[SourceCable]:
    """Yield cables from 2001 to 2010 at equal intervals, twenty minutes if there are 250,000.

    Args:
        words: of a cable, on average.
    """
    chance = random.Random(seed)
    vocabulary = _Vocabulary(chance)
    moment, step = datetime(2001, 1, 1), timedelta(days=3650) / max(count, 1)
    serials: dict[tuple[int, str], int] = {}
    for _ in range(count):
        moment += step
        station = chance.choice(STATIONS)
        serial = serials[moment.year, station] = serials.get((moment.year, station), 0) + chance.randint(1, 3)
        sent = moment.replace(second=0, microsecond=0)
        yield _cable(chance, vocabulary, sent, station, serial, words)


def _cable(
    chance: random.Random,
    vocabulary: _Vocabulary,
    moment: datetime,
    station: str,
    serial: int,
    words: int,
) -> SourceCable:
    level = chance.choice(LEVELS)
    size = int(chance.gauss(words, words / 4)) if chance.random() < 0.97 else words * 4
    body = vocabulary.draw(max(MIN_WORDS, size))
    year = f"{moment.year % 100:02}"
    cited = [
        f"{chance.choice(STATIONS)} {chance.randint(1, max(2, serial))}" for _ in range(chance.randint(0, 4))
    ]
    people = [
        f"{chance.choice(GIVEN.split())} {chance.choice(body).capitalize()}ov"
        for _ in range(chance.randint(3, 9))
    ]
    dtg = f"{moment:%d%H%M}Z {moment:%b %y}".upper()
    header = (
        f"VZCZCXRO{serial:04}\nRR RUEHC\nDE RUEH{station[:2]} #{serial:04}/01 {moment:%j%H%M}\n"
        f"ZNY CCCCC ZZH\n{chance.choice('OPRR')} {dtg}\nFM AMEMBASSY {station}\n"
        f"TO RUEHC/SECSTATE WASHDC PRIORITY {serial:04}\nINFO RUCNMEM/ALL POSTS COLLECTIVE"
    )
    reference = "\n     ".join(f"{letter}. {entry}" for letter, entry in zip("ABCD", cited, strict=False))
    message = (
        f"{' '.join(level.split('/')[0])} SECTION 01 OF 02 {station} {serial:06} \n \nSIPDIS \n \n"
        f"E.O. 12958: DECL: {moment:%m/%d}/{moment.year + 10} \n"
        f"TAGS: {' '.join(chance.sample(TAGS.split(), 3))} \nSUBJECT: {' '.join(body[:8]).upper()} \n \n"
        + (f"REF: {reference} \n \n" if cited else "")
        + f"Classified By: DCM {chance.choice(people)} for reasons 1.4 (b) and (d). \n \n"
        + _body(chance, body, people, len(cited), MARKINGS[level[0]], f"{station} {serial:08}")
        + f"{chance.choice(people).split()[1].upper()}"
    )
    return SourceCable(
        f"{year}{station}{serial}",
        moment,
        datetime(2011, 8, 30, 1, 44),
        level,
        f"Embassy {station.title()}",
        header,
        message,
    )


def _body(
    chance: random.Random,
    words: list[str],
    people: list[str],
    cited: int,
    markings: tuple[str, ...],
    page: str,
) -> str:
    count = chance.randint(*PARAGRAPHS)
    size = len(words) // count
    pieces = []
    for number in range(1, count + 1):
        own = words[(number - 1) * size : number * size]
        if number % 3 == 2:
            heading = " ".join(own[:4]).title()
            pieces.append(f"{'-' * len(heading)} \n{heading} \n{'-' * len(heading)} \n \n")
        opening = "Summary: " if number == 1 else "Comment: " if number == count else ""
        closing = " End summary." if number == 1 else " End comment." if number == count else ""
        text = opening + _prose(chance, own, people, cited) + closing
        if number % 4 == 3:
            middle = text.find("\n", len(text) // 2)
            if middle > 0:
                text = f"{text[:middle]}\n \n{page}  {number // 4 + 2:03} OF 004 \n \n \n{text[middle + 1 :]}"
        pieces.append(f"{number}. ({chance.choice(markings)}) {text} \n \n")
    return "".join(pieces)


def _prose(chance: random.Random, words: list[str], people: list[str], cited: int) -> str:
    """Return the words as sentences, eight or nine to a line, with people and references in between."""
    lines, at = [], 0
    while at < len(words):
        line = words[at : at + chance.choice((8, 9))]
        at += len(line)
        luck = chance.random()
        if luck < 0.12:
            line.append(f"{chance.choice(TITLES)} {chance.choice(people)}")
        elif luck < 0.16 and cited:
            line.append(f"(Ref {chance.choice('ABCD'[:cited])})")
        elif luck < 0.45:
            cut = chance.randrange(1, len(line)) if len(line) > 1 else 0
            line[cut - 1] += "."
            line[cut] = line[cut].capitalize()
        lines.append(" ".join(line))
    text = " \n".join(lines)
    return f"{text[:1].upper()}{text[1:]}."


def main() -> None:
    parser = argparse.ArgumentParser(description="Write synthetic cables.")
    parser.add_argument("count", type=int)
    parser.add_argument("target", type=Path, help="a .csv, a .zip, or a folder")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    write(cables(args.count, args.seed), args.target)


if __name__ == "__main__":
    main()
