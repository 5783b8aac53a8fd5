"""Whether names in volumes of FRUS are joined into the people whom the editors tag with them.

    python -m benchmarks.people.joining --frus DIR [--part tuning] [--every 1] [--errors 30] [--wives]

The tags are taken off, people are recognised in the plain text, and names are joined within each document and
over the documents of a volume. All pairs of tagged names that are found are compared with the editors' keys:
are both of one person? Taking names of one surname for one person is scored likewise, twice: by the surnames
that the editors tag, and by those of the names that the program finds in the text. Half of the volumes, by a
digest of their names, are for tests: rules are not made with them in view.

Editors give some tags the key of somebody else. All is scored twice: as they tag, and with those keys
corrected that are wrong beyond doubt (`wrong_keys.txt`), whoever gains or loses by it.

Editors give wives the keys of their husbands: a `Mrs. Nixon` is tagged as somebody who is also a `Mr.` there.
These tags are left out, unless `--wives` asks for them.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from cablesearch.corpus import Failure, read
from cablesearch.corpus.tei.people import strip_titles
from cablesearch.model.cable import Cable, Paragraph
from cablesearch.parse import parse_record
from cablesearch.people import name_batch

from .corpora import find_volumes
from .identities import Identities, Identity, Tally, count_pairs, surname
from .labels import paragraph_key
from .wrong_keys import WrongKeys, load_wrong_keys

TUNING, TEST = "tuning", "test"
_TAG = re.compile(r"<persName\b(?P<attributes>[^>]*)>(?P<name>.*?)</persName>", re.DOTALL)
_KEY = re.compile(r'corresp="#(?P<key>[^"\s]+)"')
# In the list of persons: `Diem, see Ngo Dinh Diem`; either may have a key.
_SEE = re.compile(
    r'<persName\b[^>]*xml:id="(?P<key>[^"]+)"[^>]*>[^<]*</persName>(?:[\s,]|</hi>)*see\s+'
    r'<persName\b[^>]*corresp="#(?P<meant>[^"\s]+)"'
)
_MR = re.compile(r"\bMr\.\s", re.IGNORECASE)
_MRS = re.compile(r"\b(?:Mrs\.|Mme\.?|Madame)\s", re.IGNORECASE)
_BEFORE = 12  # characters before a tag in which its title stands
# Characters of the private use area stand for tags: before a key, between it and a name, after the name.
_MARKED = re.compile("\ue000(?P<key>[^\ue001]*)\ue001(?P<name>[^\ue002]*)\ue002")


class Mark(NamedTuple):
    """A tag of the editors: its key, what is in it, and where that begins in the text without tags."""

    key: str
    printed: str
    at: int


class Tagged(NamedTuple):
    """A name that the editors tag.

    Attributes:
        who: the key of the person in the volume's list.
        meant: of the person who is meant, which is the same unless the key is a wrong one; None for nobody.
    """

    cable: str
    paragraph: str
    name: str
    who: str
    meant: str | None


class Found(NamedTuple):
    """A tagged name that the program finds, too."""

    tagged: Tagged
    identity: Identity


@dataclass
class Scores:
    """Counts of pairs of names within documents, and of all pairs of a volume.

    Attributes:
        by_surname: all pairs, by the surname that is tagged.
        by_found: likewise, by that of the name that is found in the text.
    """

    within: Tally = field(default_factory=Tally)
    pairs: Tally = field(default_factory=Tally)
    by_surname: Tally = field(default_factory=Tally)
    by_found: Tally = field(default_factory=Tally)
    tagged: int = 0
    found: int = 0

    def __iadd__(self, other: Scores) -> Scores:
        self.within += other.within
        self.pairs += other.pairs
        self.by_surname += other.by_surname
        self.by_found += other.by_found
        self.tagged += other.tagged
        self.found += other.found
        return self

    def __str__(self) -> str:
        return (
            f"{self.found:6} of {self.tagged:6} names  within: {self.within}"
            f"   across: {self.pairs - self.within}"
            f"   all: {self.pairs}   by surname: {self.by_surname}   as found: {self.by_found}"
        )


@dataclass
class Total:
    """The scores of several volumes, and in which of them surnames do better: those tagged, those found."""

    scores: Scores = field(default_factory=Scores)
    below: list[str] = field(default_factory=list)
    below_found: list[str] = field(default_factory=list)

    def add(self, volume: str, scores: Scores) -> None:
        """Add a volume's."""
        self.scores += scores
        own = scores.pairs.f1
        for baseline, below in ((scores.by_surname, self.below), (scores.by_found, self.below_found)):
            if own < baseline.f1:
                below.append(f"{volume} {own - baseline.f1:+.4f}")


def part_of(volume: str) -> str:
    """Return whether a volume is for tuning or for tests."""
    return TEST if sha256(volume.encode()).digest()[0] % 2 else TUNING


def mark_tags(xml: str, *, wives: bool = False) -> str:
    """Return a volume with marks in place of its tags of people; those without a key leave only the name.

    A key that the list of persons refers to another one (`Diem, see Ngo Dinh Diem`) is that one.

    Args:
        wives: mark those with their husbands' keys, too.
    """
    meant = {see["key"]: see["meant"] for see in _SEE.finditer(xml)}
    husbands = {_key(tag) for tag in _TAG.finditer(xml) if not wives and _has_title(tag, _MR)} - {None}

    def mark(tag: re.Match[str]) -> str:
        key = _key(tag)
        if not key or (key in husbands and _has_title(tag, _MRS)):
            return tag["name"]
        return f"\ue000{meant.get(key, key)}\ue001{tag['name']}\ue002"

    return _TAG.sub(mark, xml)


def _key(tag: re.Match[str]) -> str | None:
    key = _KEY.search(tag["attributes"])
    return key["key"] if key else None


def _has_title(tag: re.Match[str], title: re.Pattern[str]) -> bool:
    """Whether a title stands right before a tag, or begins the name in it."""
    before = tag.string[max(0, tag.start() - _BEFORE) : tag.start()]
    return any(found.end() == len(before) for found in title.finditer(before)) or bool(
        title.match(tag["name"])
    )


def take_marks(text: str) -> tuple[str, list[Mark]]:
    """Return a text without its marks, and what they mark.

    >>> take_marks("\\ue000p_KJF\\ue001Mr. Kennedy\\ue002 agreed.")
    ('Mr. Kennedy agreed.', [Mark(key='p_KJF', printed='Mr. Kennedy', at=0)])
    """
    plain, end, marks = "", 0, list[Mark]()
    for mark in _MARKED.finditer(text):
        plain += text[end : mark.start()]
        marks.append(Mark(mark["key"], mark["name"], len(plain)))
        plain, end = plain + mark["name"], mark.end()
    return plain + text[end:], marks


def read_volume(
    path: Path, every: int, *, wives: bool = False, wrong_keys: WrongKeys | None = None
) -> tuple[list[Cable], list[Tagged]]:
    """Return the documents of a volume as plain cables with their people recognised, and the names tagged.

    Args:
        every: only every n-th document is read.
        wives: as of `mark_tags`.
        wrong_keys: by default there are none.
    """
    wrong_keys = wrong_keys or WrongKeys([])
    with TemporaryDirectory() as folder:
        marked = Path(folder, path.name)
        marked.write_text(mark_tags(path.read_text("utf-8"), wives=wives), "utf-8")
        records = [item for item in read(marked, (0, every)) if not isinstance(item, Failure)]
    tagged: list[Tagged] = []
    cables = [_unmark(parse_record(record), tagged, wrong_keys) for record in records]
    return name_batch(cables), tagged


def _unmark(cable: Cable, tagged: list[Tagged], wrong_keys: WrongKeys) -> Cable:
    paragraphs: list[Paragraph] = []
    for paragraph in cable.paragraphs:
        text, marks = take_marks(paragraph.text)
        heading = take_marks(paragraph.heading)[0] if paragraph.heading else None
        paragraphs.append(replace(paragraph, text=text, heading=heading))
        for key, printed, at in marks:
            name = strip_titles(printed.strip(" ,;:"))
            around = text[:at], text[at + len(printed) :]
            if name:
                meant = wrong_keys.meant(cable.id, key, printed.strip(), *around)
                tagged.append(Tagged(cable.id, paragraph_key(paragraph), name, key, meant))
    subject = take_marks(cable.subject)[0] if cable.subject else None
    return replace(cable, subject=subject, paragraphs=tuple(paragraphs))


def find_tagged(cables: list[Cable], tagged: Iterable[Tagged]) -> Iterator[Found]:
    """Yield the tagged names that the program finds, with whom it takes them for."""
    identities = Identities(cables)
    for one in tagged:
        if identity := identities.find(one.cable, one.paragraph, one.name):
            yield Found(one, identity)


def with_right_keys(found: Iterable[Found]) -> list[Found]:
    """Return tagged names with the keys of those whom they mean, without those that mean nobody."""
    return [
        Found(one.tagged._replace(who=one.tagged.meant), one.identity)
        for one in found
        if one.tagged.meant is not None
    ]


def score(found: list[Found], tagged: int) -> Scores:
    """Count the pairs of the names of a volume."""
    documents: dict[str, list[tuple[Hashable, Hashable]]] = {}
    for one in found:
        documents.setdefault(one.tagged.cable, []).append((one.tagged.who, one.identity.label))
    within = Tally()
    for names in documents.values():
        within += count_pairs(names)
    return Scores(
        within,
        count_pairs((one.tagged.who, one.identity.label) for one in found),
        count_pairs((one.tagged.who, surname(one.tagged.name)) for one in found),
        count_pairs((one.tagged.who, surname(one.identity.name)) for one in found),
        tagged,
        len(found),
    )


def find_errors(found: list[Found]) -> Counter[str]:
    """Count the pairs joined wrongly, and those wrongly not joined, by the forms of the names."""
    forms = Counter((one.tagged.who, one.identity.label, one.identity.full_name) for one in found)
    errors: Counter[str] = Counter()
    entries = list(forms.items())
    for n, ((who, label, form), count) in enumerate(entries):
        for (other_who, other_label, other_form), other_count in entries[:n]:
            if (who == other_who) != (label == other_label):
                fault = "not joined" if who == other_who else "joined"
                a, b = sorted((f"{form} ({who})", f"{other_form} ({other_who})"))
                errors[f"{fault}: {a} and {b}"] += count * other_count
    return errors


def main() -> None:
    """Print the scores of each volume and of all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--frus", type=Path, nargs="+", required=True, help="folders of volumes in TEI")
    parser.add_argument("--part", choices=(TUNING, TEST, "all"), default=TUNING, help="which volumes")
    parser.add_argument("--every", type=int, default=1, help="read only every n-th document of a volume")
    parser.add_argument("--errors", type=int, default=0, help="list so many of a volume's errors")
    parser.add_argument("--wives", action="store_true", help="count wives with their husbands' keys, too")
    args = parser.parse_args()
    wrong_keys = load_wrong_keys()
    totals = {"as tagged": Total(), "corrected": Total()}
    for path in find_volumes(args.frus):
        if args.part not in ("all", part_of(path.stem)):
            continue
        cables, tagged = read_volume(path, args.every, wives=args.wives, wrong_keys=wrong_keys)
        found = [*find_tagged(cables, tagged)]
        for (keys, total), some in zip(totals.items(), (found, with_right_keys(found)), strict=True):
            scores = score(some, len(tagged))
            print(f"{path.stem:20} {part_of(path.stem):6} {keys:9} {scores}", flush=True)
            total.add(path.stem, scores)
        for error, n in find_errors(with_right_keys(found)).most_common(args.errors):
            print(f"{n:8} {error}")
    for keys, total in totals.items():
        print(f"{'total':27} {keys:9} {total.scores}")
        print(f"  surnames alone do better in {len(total.below)} volumes: {', '.join(total.below)}")
        print(f"  as they are found, in {len(total.below_found)}: {', '.join(total.below_found)}")
    if args.part == "all" and args.every == 1 and args.wives:
        for place, row in wrong_keys.unused():
            print(f"no tag is so: {place} {row}")


if __name__ == "__main__":
    main()
