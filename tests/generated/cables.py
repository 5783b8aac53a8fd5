"""What a made-up cable says: facts, apart from how they are printed. The same seed gives the same cable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

# Clauses that make sentences in any order; what formats escape or part fields with is in some of them.
CLAUSES = (
    "the fleet of the southern harbor will sail",
    "when the ministers agree on quotas for herring and tin",
    "while prices of salt remain low",
    "because merchants have stored so much that the warehouses are full",
    "and no buyer came before the winter",
    "he told us in private, which did not surprise anyone at post",
    "since harbor dues rose by 12.5 percent over the levels of 1973",
    "but co-operation with the neighbors is (so far) good",
    "as page 4 & annex <B> of report no. 17/b show",
    'a "small" loss of $3,000 a day',
    "at 10:30 a.m. in the U.S. firms' office at C:\\pouch\\new",
    "in an e-mail to quell@example.org; it was not answered",
    "under article 7 of the treaty of January 12, 1964",
    "that the Foreign Minister | he is also the harbor master | said to us in confidence",
    "#4 on a list of 10",
)
ACCENTED = (
    "café",
    "Peña",
    "Müller",
    "façade",
    "“quoted”",
    "naïve",
    "–",
)  # the encoding of PDFs and Windows has them
BEGINNINGS = ("The minister said", "We think", "Post believes", "On Monday Mr. Quell said", "In their view")
NAMES = ("WAGNER", "STEDMAN", "O'NEILL", "VAN DER MEER", "QUELL-HART", "MARLOW")
STATIONS = (
    ("ASTANA", "Embassy Astana"),
    ("LA PAZ", "Embassy La Paz"),
    ("NEW DELHI", "Embassy New Delhi"),
    ("RIO DE JANEIRO", "Consulate Rio De Janeiro"),
    ("HAMBURG", "Consulate Hamburg"),
    ("PORT LOUIS", "Embassy Port Louis"),
)
CITED = (
    "STATE",
    "LONDON",
    "THE HAGUE",
    "ASTANA",
    "KUALA LUMPUR",
    "PARIS",
    "USUN NEW YORK",
    "TEL AVIV",
    "BONN",
)
MARKINGS = {
    "UNCLASSIFIED": ("U", "SBU", "U"),
    "CONFIDENTIAL": ("C", "U", "SBU", "C/NF", "C//NF", "C NF", "C/REL TO USA, AUS"),
    "SECRET": ("S", "C", "S/NF", "S//NF", "SNF", "S-NF", "S//REL TO USA, FVEY"),
}
CAVEATS = {
    "UNCLASSIFIED": ((), ("FOR OFFICIAL USE ONLY",)),
    "CONFIDENTIAL": ((), ("NOFORN",)),
    "SECRET": ((), ("NOFORN",)),
}
SUBJECT_TAGS = ("PGOV", "PREL", "ECON", "PHUM", "MARR", "EFIN", "KDEM", "KNNP", "SNAR", "ENRG")
OLD_TAGS = ("PFOR", "PINT", "EFIS", "ENRG", "PBOR", "ETRD", "MASS", "OVIP")
PLACES = ("KZ", "BL", "IN", "BR", "GM", "US", "RS", "CH")
PEOPLE = ("OVIP (CLINTON, HILLARY)", "OVIP (VANCE, CYRUS R.)", "OREP (LUGAR, RICHARD)")
SUBJECTS = (
    "HERRING AND TIN: A SMALL FLEET SAILS",
    "TO THE LEES: WINE EXPORTS FALL",
    "FM TELLS PARLIAMENT OF NEW QUOTAS, AND OF THE SALT THAT IS TO COME FROM THE COAST BEFORE WINTER BEGINS",
    "MEDIA REACTION: U.S.-LED TALKS; FISH",
    "SUMMIT ON SALT, PART 2 OF 3",
)
HEADINGS = ("The Fleet at Sea", "SALT AND TIN", "FM on the Way Out?", "A Quota for All", "Harbor Dues")
CLASSIFIERS = ("CDA Kevin Milas", "Ambassador Odile Quell", "POLCOUNS Ivo Hart", "DCM Ann B. Marlow")
TABLE = "Port        Tons    Share\nSaltmere      40     12.5\nOstrel       119     87.5"
LIST = "-- tin from the north;\n-- salt from the south;\n-- herring, smoked."
LETTER = "\n\n".join(
    (
        "The letter reads:",
        "Begin text:",
        "Excellency:",
        "1. The quota stands.",
        "2. The dues fall.",
        "End text.",
    )
)


@dataclass(frozen=True)
class MadeReference:
    """A cable that is cited; the year is None where it is not printed."""

    label: str | None
    year: int | None
    station: str
    serial: int


@dataclass(frozen=True)
class MadeParagraph:
    """A paragraph.

    Attributes:
        prose: on one line, to be broken anywhere; `block` follows it, whose lines stay as they are.
        cites: the places of the references that it mentions.
    """

    number: int | None
    marking: str | None
    heading: str | None
    kind: str | None
    prose: str
    block: str = ""
    cites: tuple[int, ...] = ()

    @property
    def words(self) -> list[str]:
        return [*self.prose.split(), *self.block.split()]


@dataclass(frozen=True)
class Made:
    """What a cable says.

    Attributes:
        old: of the 1970s: in capitals, and without markings.
    """

    old: bool
    station: str
    origin: str
    serial: int
    sent: datetime
    released: datetime
    precedence: str
    level: str
    caveats: tuple[str, ...]
    order: str
    declassify_on: date | str | None
    subject: str
    subject_marking: str | None
    tags: tuple[str, ...]
    references: tuple[MadeReference, ...]
    classified_by: str | None
    reasons: tuple[str, ...]
    to: tuple[str, ...]
    info: tuple[str, ...]
    paragraphs: tuple[MadeParagraph, ...]
    signature: str

    @property
    def id(self) -> str:
        return f"{self.sent:%y}{self.station.replace(' ', '')}{self.serial}"

    @property
    def sender(self) -> str:
        return f"{'AMCONSUL' if self.origin.startswith('Consulate') else 'AMEMBASSY'} {self.station}"

    @property
    def dtg(self) -> str:
        return f"{self.sent:%d%H%M}Z {self.sent:%b %y}".upper()


def make(seed: int, *, old: bool = False, accents: bool = False) -> Made:
    """Make up a cable.

    Args:
        accents: it has letters that are not ASCII.
    """
    random = Random(f"{seed} {old}")
    station, origin = random.choice(STATIONS)
    sent = datetime(1973 if old else 2001, 3, 1, 4, 5) + timedelta(minutes=random.randrange(6 * 525_600))
    level = random.choice(("UNCLASSIFIED", "CONFIDENTIAL", "SECRET"))
    secret = level != "UNCLASSIFIED" and not old
    numbered = random.random() < 0.85
    references = _references(random, sent.year, station)
    paragraphs = _paragraphs(random, level, references, old=old, numbered=numbered, accents=accents)
    marked = secret and random.random() < 0.3
    return Made(
        old=old,
        station=station,
        origin=origin,
        serial=random.randint(1, 9999),
        sent=sent,
        released=datetime(2010, 12, 1, 21, random.randrange(60)),
        precedence=random.choice("ZOPR"),
        level=level,
        caveats=() if old else random.choice(CAVEATS[level]),
        order="11652" if old else "12958",
        declassify_on="GDS" if old else (sent + timedelta(days=3652)).date() if secret else None,
        subject=f"({level[0]}) {random.choice(SUBJECTS)}" if marked else random.choice(SUBJECTS),
        subject_marking=level[0] if marked else None,
        tags=_tags(random, old=old),
        references=references,
        classified_by=random.choice(CLASSIFIERS) if secret else None,
        reasons=random.choice((("1.4 (b)",), ("1.4 (b)", "1.4 (d)"))) if secret else (),
        to=tuple(random.sample(("SECSTATE WASHDC", "AMEMBASSY LONDON"), random.randint(1, 2))),
        info=tuple(
            random.sample(("AMEMBASSY PARIS", "AMCONSUL BARCELONA", "USMISSION GENEVA"), random.randint(0, 3))
        ),
        paragraphs=paragraphs,
        signature=random.choice(NAMES),
    )


def _tags(random: Random, *, old: bool) -> tuple[str, ...]:
    codes = random.sample(OLD_TAGS[:-1] if old else SUBJECT_TAGS, random.randint(1, 4))
    people = random.sample(PEOPLE, random.choice((0, 0, 1, 2)))
    return (*codes, *random.sample(PLACES, random.randint(1, 2)), *people)


def _references(random: Random, year: int, station: str) -> tuple[MadeReference, ...]:
    stations = random.sample([cited for cited in CITED if cited != station], random.randint(0, 4))
    labels = "ABCD" if len(stations) > 1 or random.random() < 0.3 else [None]
    return tuple(
        MadeReference(label, random.choice((None, year - 1, year - 2)), cited, random.randint(1, 99_999))
        for label, cited in zip(labels, stations, strict=False)
    )


def _paragraphs(
    random: Random,
    level: str,
    references: tuple[MadeReference, ...],
    *,
    old: bool,
    numbered: bool,
    accents: bool,
) -> tuple[MadeParagraph, ...]:
    count = random.randint(2, 9)
    marked = not old and random.random() < 0.8
    found: list[MadeParagraph] = []
    heading: str | None = None
    number = 0
    for index in range(count):
        prose, kind, block, cites = _prose(random, accents=accents), None, "", ()
        # Drafters skip numbers, and give one twice.
        number += 1 if not index or not marked else random.choice((1,) * 12 + (2, 0))
        if references and references[0].label and random.random() < 0.4:
            cites = (random.randrange(len(references)),)
            prose = f"{prose} It is no news (Ref {references[cites[0]].label}), they say."
        if marked and index and random.random() < 0.05:
            prose, cites = "XXXXXXXXXXXX", ()
        if index and random.random() < 0.3:
            heading = random.choice(HEADINGS)
        if not index and random.random() < 0.5:
            prose, kind = f"Summary: {prose} End summary.", "summary"
        elif index == count - 1 and random.random() < 0.5:
            prose, kind = f"Comment: {prose} End comment.", "comment"
        elif numbered and random.random() < 0.2:
            prose, block = f"{prose} Details:", random.choice((TABLE, LIST, LETTER))
        found.append(
            MadeParagraph(
                number=number if numbered else None,
                marking=random.choice(MARKINGS[level]) if marked else None,
                heading=heading.upper() if heading and old else heading,
                kind=kind,
                prose=prose.upper() if old else prose,
                block=block.upper() if old else block,
                cites=cites,
            )
        )
    return tuple(found)


def _prose(random: Random, *, accents: bool) -> str:
    """Return a few sentences, none of which begins as something else does: a list's item, a number."""
    sentences = []
    for _ in range(random.randint(1, 4)):
        words = " ".join(random.choices(CLAUSES, k=random.randint(2, 5))).split()
        if accents and random.random() < 0.5:
            words.insert(random.randrange(1, len(words)), random.choice(ACCENTED))
        sentences.append(f"{random.choice(BEGINNINGS)} {' '.join(words)} of the fleet.")
    return " ".join(sentences)
