"""Whether lists, facets, searches, JSON and dossiers count the most named people alike.

    python -m benchmarks.people.counts CORPUS [--engine whoosh] [--people 50]

Builds an index of the corpus in a temporary folder. A person whose name is one word is searched for by the
dossier alone: `person:` and one word finds everybody of that name.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import NamedTuple

from cablesearch import Index, NamedPerson, open_index, rebuild_index


class Counts(NamedTuple):
    """How many paragraphs and cables name a person, as one part of the program counts them."""

    paragraphs: int
    cables: int | None = None  # None where only paragraphs are counted


def main() -> None:
    """Print whoever is not counted alike, and how many people are."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--engine", default="auto")
    parser.add_argument("--people", type=int, default=50)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rebuild_index(folder, [args.corpus], engine=args.engine)
        with open_index(folder) as index:
            people = index.people()[: args.people]
            differing = {person.name: found for person in people if differ(found := count(index, person))}
    for name, found in differing.items():
        print(name, found)
    print(f"{len(people) - len(differing)} of {len(people)} people are counted alike")


def count(index: Index, person: NamedPerson) -> dict[str, Counts]:
    """Return how often a person is named, by the part of the program that counts."""
    name = person.name
    dossier = next(one for one in index.person(name) if one.person.name == name)
    listed = next(one for one in index.people().as_dict()["people"] if one["name"] == name)
    found = {
        "list": Counts(person.paragraphs),
        "list as JSON": Counts(listed["paragraphs"]),
        "facet": Counts(index.facets("*", "person")["person"][name]),
        "dossier": Counts(dossier.paragraphs, dossier.cable_count),
        "dossier as JSON": Counts(dossier.as_dict()["paragraphs"], dossier.as_dict()["cable_count"]),
    }
    if " " in name:
        hits = [(hit.cable_id, hit.ordinal) for hit in index.scan(f'person:"{name}"')]
        found["search"] = Counts(len(hits), len({cable for cable, _ in hits}))
    return found


def differ(found: dict[str, Counts]) -> bool:
    """Whether some counts are not those of the others."""
    cables = {counts.cables for counts in found.values()} - {None}
    return len({counts.paragraphs for counts in found.values()}) > 1 or len(cables) > 1


if __name__ == "__main__":
    main()
