"""Made-up cables, printed in many ways: the same facts come out, and no word of the body is lost."""

import re
import textwrap
from dataclasses import dataclass
from random import Random

import pytest

from cablesearch import parse_cable
from cablesearch.model.cable import Cable

WORDS = [
    "the",
    "fleet",
    "of",
    "port",
    "verity",
    "will",
    "sail",
    "when",
    "ministers",
    "agree",
    "on",
    "quotas",
    "for",
    "herring",
    "and",
    "tin",
    "while",
    "prices",
    "of",
    "salt",
    "remain",
    "low",
    "because",
    "merchants",
    "have",
    "stored",
    "so",
    "much",
    "that",
    "warehouses",
    "are",
    "full",
    "and",
    "no",
    "buyer",
    "came",
    "before",
    "winter",
]
NAMES = ("WAGNER", "STEDMAN", "O'NEILL", "VAN DER MEER", "Marlow")
MARKINGS = ("C", "S", "U", "SBU", "S/NF", "C/NF", "S//NF", "C NF", "SNF", "LOU", "C/REL TO USA, AUS")
HEADINGS = ("The Fleet at Sea", "SALT AND TIN", "FM on the Way Out?", "Comment")


@dataclass(frozen=True)
class Made:
    """What a made-up cable says."""

    numbers: tuple[int | None, ...]
    markings: tuple[str | None, ...]
    headings: tuple[str | None, ...]
    texts: tuple[str, ...]
    signature: str
    capitals: bool


@dataclass(frozen=True)
class Layout:
    """How a cable is printed.

    Attributes:
        width: columns; `blank` the lines between paragraphs, 0 to 2.
        order: of the header's fields.
        pages: a page line stands after every so many lines of the body, None for no pages.
        pilcrows: the archive's signs stand before the numbers.
    """

    width: int
    blank: int
    order: tuple[str, ...]
    pages: int | None
    pilcrows: bool
    end: str


def make_cable(seed: int) -> Made:
    """Make up what a cable says."""
    random = Random(seed)
    count = random.randint(2, 9)
    marked = random.random() < 0.7
    capitals = not marked and random.random() < 0.6
    texts, headings, heading = [], [], None
    for index in range(count):
        sentences = (random.choices(WORDS, k=random.randint(6, 24)) for _ in range(random.randint(1, 4)))
        text = " ".join(f"{' '.join(words)}.".capitalize() for words in sentences)
        if index and random.random() < 0.3:
            heading = random.choice(HEADINGS)
        texts.append(text.upper() if capitals else text)
        headings.append(heading.upper() if heading and capitals else heading)
    name = random.choice(NAMES)
    return Made(
        numbers=tuple(range(1, count + 1)),
        markings=tuple(random.choice(MARKINGS) if marked else None for _ in texts),
        headings=tuple(headings),
        texts=tuple(texts),
        signature=name.upper() if capitals else name,
        capitals=capitals,
    )


def make_layout(seed: int) -> Layout:
    """Choose how a cable is printed."""
    random = Random(seed)
    return Layout(
        width=random.choice((55, 60, 65, 69, 10_000)),
        blank=random.choice((0, 1, 1, 2)),
        order=tuple(random.sample(("tags", "subject", "ref"), 3)),
        pages=random.choice((None, 9, 14, 20)),
        pilcrows=random.random() < 0.3,
        end=random.choice(
            ("", "\n", "\nNNNN", "\n\nCONFIDENTIAL\n\nNNN", "\nCONFIDENTIAL\n\n<< END OF DOCUMENT >>")
        ),
    )


def print_cable(made: Made, layout: Layout) -> str:
    """Print a cable."""
    gap = "\n" * (layout.blank + 1)
    fields = {
        "tags": "TAGS: EFIS, PREL, QV",
        "subject": "SUBJECT: HERRING AND TIN",
        "ref": "REF: A. SALTMERE 12 B. 05 PORT VERITY 573",
    }
    header = ["C O N F I D E N T I A L PORT VERITY 000048", "SIPDIS", "E.O. 12958: DECL: 01/08/2017"]
    header += [fields[name] for name in layout.order]
    blocks: list[str] = []
    above = None
    for number, marking, heading, text in zip(
        made.numbers, made.markings, made.headings, made.texts, strict=True
    ):
        if heading != above:
            blocks.append(f"{heading}\n{'-' * len(heading or '')}")
            above = heading
        sign = "¶" if layout.pilcrows else ""
        portion = f"({marking}) " if marking else ""
        blocks.append(textwrap.fill(f"{sign}{number}. {portion}{text}", layout.width, break_long_words=False))
    body = _with_pages(f"{gap.join(blocks)}\n{made.signature}{layout.end}".split("\n"), layout)
    return f"{TRANSMISSION}{gap.join(header)}{gap}{body}"


TRANSMISSION = """P 081231Z JAN 07
FM AMEMBASSY PORT VERITY
TO RUEHC/SECSTATE WASHDC PRIORITY 0001
INFO RUEHSM/AMEMBASSY SALTMERE
"""


def _with_pages(lines: list[str], layout: Layout) -> str:
    """Put page lines between lines of text, never between a heading and its rule or below the signature."""
    printed: list[str] = []
    for index, line in enumerate(lines):
        printed.append(line)
        below = lines[index + 1 : index + 2]
        prose = below and re.match(r"[A-Za-z]{2,} \w+ \w+", below[0]) and len(line) > 30
        if layout.pages and (index + 1) % layout.pages == 0 and prose:
            printed += ["", f"PORT VERIT 00000048  {index // layout.pages + 2:03d} OF 009", "", ""]
    return "\n".join(printed)


def facts(cable: Cable) -> list[tuple[str | None, str | None, str | None, str]]:
    return [(p.number, p.marking, p.heading, p.text) for p in cable.paragraphs]


@pytest.mark.parametrize("seed", range(300))
def test_however_a_cable_is_printed_it_says_the_same(seed):
    made = make_cable(seed)
    cable = parse_cable(print_cable(made, make_layout(1000 + seed)))
    expected = list(zip(map(str, made.numbers), made.markings, made.headings, made.texts, strict=True))
    assert facts(cable) == expected
    assert cable.signature == made.signature
    assert (cable.id, cable.subject) == ("07PORTVERITY48", "HERRING AND TIN")
    assert cable.tags == ("EFIS", "PREL", "QV")
    assert [r.id for r in cable.references] == ["06SALTMERE12", "05PORTVERITY573"] or len(
        cable.references
    ) == 2
