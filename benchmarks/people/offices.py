"""Where office-holders are named with their offices, and how fast the table of them is.

    python -m benchmarks.people.offices CORPUS...            prints what is seen, and times
    python -m benchmarks.people.offices CORPUS... --write    writes it into the table's column `seen`
    python -m benchmarks.people.offices VOLUME.xml... --judge    compares it with whom the editors of FRUS tag

Somebody is seen where a title and the name after it mean nobody else at the document's date.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path

from cablesearch import corpus
from cablesearch.corpus import Failure
from cablesearch.model.cable import Cable
from cablesearch.model.stations import station_named
from cablesearch.parse import parse_record
from cablesearch.people import offices
from cablesearch.people.lexicon import DATA
from cablesearch.people.offices import Tenure, holders, load_offices

TABLE = DATA / "office_holders.txt"
SEEN = 5  # the column
_PARTICLE = "al|el|bin|bint|de|da|dos|la|van|von|der|den|ul|arap"
_WORD = r"[A-Z][\w-]*(?:['’](?!s\b)[\w-]+)*"
_NAME = rf"(?:[A-Z]\.|{_WORD}|(?:al|el|ul)-{_WORD}|(?:{_PARTICLE})\b)"
_MAX_NAME = 5  # words


def main() -> None:
    """Look through corpora, the first of which are preferred."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpora", type=Path, nargs="+", help="files and folders")
    parser.add_argument("--write", action="store_true", help="write the documents into the table")
    parser.add_argument("--judge", action="store_true", help="compare with the people that editors tag")
    arguments = parser.parse_args()
    if arguments.judge:
        print(sum(map(judge, _cables(arguments.corpora)), Counter()))
        return
    _print_times()
    seen: dict[Tenure, str] = {}
    for cable in _cables(arguments.corpora):
        for tenure in sightings(cable):
            seen.setdefault(tenure, cable.id)
    print(f"{len(seen)} tenures seen")
    if arguments.write:
        TABLE.write_text(_with_documents(TABLE.read_text("utf-8"), seen), "utf-8")


def sightings(cable: Cable) -> Iterator[Tenure]:
    """Yield the tenures whose holders a cable names with their offices."""
    day, country = _day(cable), _country(cable)
    if not day:
        return
    texts = (*(paragraph.text for paragraph in cable.paragraphs), cable.subject, cable.classified_by)
    for text in filter(None, texts):
        for match in _titled_names().finditer(text):
            tenures = _means(match["title"], match["name"].split(), country, day)
            if len({tenure.name for tenure in tenures}) == 1:
                yield from tenures


def judge(cable: Cable) -> Counter[str]:
    """Return how often a titled surname means the person that editors tag: right, wrong, several, unknown."""
    counts: Counter[str] = Counter()
    day, country = _day(cable), _country(cable)
    for paragraph in cable.paragraphs if day else ():
        tagged: dict[str, set[str]] = defaultdict(set)
        for person in paragraph.people:
            tagged[person.name].add(person.full_name)
        for match in _titled_names().finditer(paragraph.text):
            surname = match["name"].split()[0]
            if len(tagged[surname]) != 1 or surname in tagged[surname]:
                continue  # two of that surname in the paragraph, or no full name
            tenures = holders(surname, match["title"], country, day)
            people = {t.name for t in tenures if t.country == country} or {t.name for t in tenures}
            meant = {tenure.name for tenure in offices.offices(*tagged[surname])}
            if len(people) != 1:
                counts["several" if people else "unknown"] += 1
            else:
                counts["right" if people <= meant else "wrong"] += 1
    return counts


def _day(cable: Cable) -> date | None:
    return cable.created.date() if isinstance(cable.created, datetime) else cable.created


def _country(cable: Cable) -> str | None:
    station = station_named((cable.origin or "").split(" ", 1)[-1])
    return station.country if station else None


def _means(title: str, words: list[str], country: str | None, day: date) -> list[Tenure]:
    """Return the tenures, on the day, that the longest run of words after a title may mean.

    Those of the post's country leave out others. The table lacks most ambassadors: a surname alone may
    be that of another, unless it is the post's.
    """
    shortest = min(len(words), 2)  # Francisco Lainez is no Francisco
    for count in range(len(words), shortest - 1, -1):
        name = " ".join(words[:count])
        found = [
            tenure
            for tenure in holders(name, title, country, day)
            if not tenure.months_off(day)
            and (count > 1 or tenure.country == country or "ambassador" not in tenure.office)
        ]
        if found:
            return [tenure for tenure in found if tenure.country == country] or found
    return []


@cache
def _titled_names() -> re.Pattern[str]:
    titles = "|".join(
        r"\s+".join(words).replace("defence", "defen[cs]e").replace("adviser", "advis[eo]r")
        for words in sorted(load_offices().by_title, key=lambda words: len(" ".join(words)), reverse=True)
    )
    return re.compile(
        rf"(?<![\w-])(?P<title>(?i:{titles}))\.?\s+(?P<name>{_NAME}(?:\s+{_NAME}){{0,{_MAX_NAME - 1}}})"
    )


def _cables(paths: Iterable[Path]) -> Iterator[Cable]:
    files = (file for path in paths for file in ([path] if path.is_file() else sorted(path.rglob("*"))))
    for file in filter(Path.is_file, files):
        for record in corpus.read(file):
            if not isinstance(record, Failure):
                yield parse_record(record)


def _with_documents(table: str, seen: Mapping[Tenure, str]) -> str:
    """Return the table with each row's document, `-` where none was found."""
    by_row = {tenure[:SEEN]: document for tenure, document in seen.items()}
    lines = []
    for line in table.splitlines():
        columns = line.split("\t")
        if not line.startswith("#"):
            columns[SEEN] = by_row.get(tuple(columns[:SEEN]), "-")
        lines.append("\t".join(columns))
    return "\n".join(lines) + "\n"


def _print_times() -> None:
    begun = time.perf_counter()
    table = load_offices()
    spent = time.perf_counter() - begun
    names = [tenure.name for tenure in table]
    print(f"{len(names)} tenures loaded in {1000 * spent:.1f} ms")
    for turn in ("first", "second"):
        begun = time.perf_counter()
        for n, name in enumerate(names):
            holders(name.split()[-1], "President", None, date(1946 + n % 64, 1 + n % 12, 1))
        spent = time.perf_counter() - begun
        print(f"{turn} {len(names)} look-ups: {1_000_000 * spent / len(names):.0f} µs each")
    begun = time.perf_counter()
    for name in names:
        offices.offices(name)
    spent = time.perf_counter() - begun
    print(f"the offices of {len(names)} names: {1_000_000 * spent / len(names):.0f} µs each")


if __name__ == "__main__":
    main()
