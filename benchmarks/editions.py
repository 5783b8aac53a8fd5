"""Real text to measure with: documents of FRUS volumes (TEI), each once, as cables of other formats.

    python -m benchmarks.editions VOLUMES cables.zip       plain cables in an archive
    python -m benchmarks.editions VOLUMES pages/           one page per cable

Only what stands around the text is made up: ids, markings, a transmission header, the breaks of lines. The
editors' tags are not kept, so that people have to be recognised.
"""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from cablesearch.corpus import read
from cablesearch.corpus.record import Failure
from cablesearch.model.cable import Cable, Paragraph
from cablesearch.parse import parse_record

from .corpora import SourceCable, write

LINE = 65  # characters, as of a telegram
NO_LEVEL, NO_PLACE = "UNCLASSIFIED", "Washington"
MARKINGS = {"T": "TS", "S": "S", "C": "C", "L": "LOU", "U": "U"}  # by the first letter of a level


def volumes(folder: Path) -> list[Path]:
    """Return the volumes in a folder."""
    return sorted(folder.glob("*.xml"))


def cables(folder: Path) -> Iterator[SourceCable]:
    """Yield the documents of a folder's volumes as cables, in the order of the volumes."""
    number = 0
    for volume in volumes(folder):
        for record in read(volume):
            assert not isinstance(record, Failure), record
            number += 1
            yield _as_cable(parse_record(record), number)


def _as_cable(document: Cable, number: int) -> SourceCable:
    day = document.created
    created = datetime(day.year, day.month, day.day, 12) if day else datetime(1960, 1, 1, 12)
    levels = document.classification
    level = levels.level if levels else NO_LEVEL
    header = f"{created:P %d%H%MZ %b %y}\nFM SECSTATE WASHDC\nTO ALL POSTS".upper()
    subject = textwrap.fill((document.subject or "no subject").upper(), LINE)
    marking = MARKINGS.get((level or NO_LEVEL)[0], "U")
    body = "\n\n".join(_print(p, n, marking) for n, p in enumerate(document.paragraphs, 1))
    return SourceCable(
        id=f"{created:%y}STATE{number}",
        created=created,
        released=datetime(2011, 8, 30, 1, 44),
        classification=level or NO_LEVEL,
        origin=document.origin or NO_PLACE,
        header=header,
        message=f"{level} STATE {number:06}\n\nSUBJECT: {subject}\n\n{body}\n",
    )


def _print(paragraph: Paragraph, number: int, marking: str) -> str:
    first, *others = paragraph.text.split("\n")
    lines = (f"{number}. ({marking}) {first}", *others)
    heading = f"{paragraph.heading}\n\n" if paragraph.heading else ""
    return heading + "\n".join(textwrap.fill(line, LINE, break_on_hyphens=False) for line in lines)


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the documents of FRUS volumes as cables.")
    parser.add_argument("volumes", type=Path, help="a folder of TEI files")
    parser.add_argument("target", type=Path, help="a .csv, a .zip, or a folder")
    args = parser.parse_args()
    write(cables(args.volumes), args.target)


if __name__ == "__main__":
    main()
