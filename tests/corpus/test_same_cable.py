"""A cable is the same cable, in whatever format it is kept."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from cablesearch.corpus import Record, files, read
from cablesearch.model.cable import Cable
from cablesearch.parse import parse_record
from tests.corpus.makers import pdf, seven

SAMPLE = Path(__file__).parents[2] / "corpus"
READ = [item for file in sorted(SAMPLE.glob("*.html")) for item in read(file)]
PAGES = [item for item in READ if isinstance(item, Record) and not item.partial]
TELEGRAMS = sorted(SAMPLE.glob("19*.txt"))
NAMES = ("row", "created", "id", "origin", "classification", "references", "header", "message")


def row(number: int, record: Record) -> list[str]:
    """Return the eight columns of a record."""
    created = f"{record.created:%m/%d/%Y %H:%M}"
    facts = (record.id, record.origin, record.classification, "|".join(record.references))
    return [str(number), created, *map(str, facts), record.header, record.message]


def backslashed(records: list[Record]) -> str:
    rows = (row(number, record) for number, record in enumerate(records, 1))
    escaped = ([cell.replace("\\", "\\\\").replace('"', '\\"') for cell in cells] for cells in rows)
    return "".join(",".join(f'"{cell}"' for cell in cells) + "\n" for cells in escaped)


def table(records: list[Record], *, headed: bool = True, **dialect) -> str:
    text = io.StringIO()
    rows = [row(number, record) for number, record in enumerate(records, 1)]
    csv.writer(text, **dialect).writerows([NAMES, *rows] if headed else rows)
    return text.getvalue()


def objects(records: list[Record]) -> list[dict[str, str]]:
    return [dict(zip(NAMES, row(number, record), strict=True)) for number, record in enumerate(records, 1)]


def five_lines(record: Record) -> bytes:
    lines = (record.id, "", f"{record.created:%Y-%m-%d %H:%M}", record.classification, record.origin)
    return "\n".join(map(str, (*lines, record.header, record.message))).encode()


def parsed(record: Record) -> Cable:
    """Parse a record, without what only some formats say."""
    return replace(parse_record(record), source="", format="", released=None)


@pytest.mark.parametrize(
    "content",
    [
        backslashed(PAGES),
        table(PAGES, headed=False),
        table(PAGES, headed=False, quoting=csv.QUOTE_ALL),
        table(PAGES),
        table(PAGES, delimiter=";"),
        table(PAGES, delimiter="\t"),
        json.dumps(objects(PAGES)),
        "\n".join(map(json.dumps, objects(PAGES))),
        seven({f"{record.id}.txt": five_lines(record) for record in PAGES}),
    ],
    ids=[
        "cables.csv",
        "csv",
        "csv, quoted",
        "headed",
        "semicolons",
        "tsv",
        "json",
        "jsonl",
        "7z of five lines",
    ],
)
def test_pages_are_the_same_cables_in_other_formats(reading, content):
    assert PAGES
    assert list(map(parsed, reading("cables", content))) == list(map(parsed, PAGES))


@pytest.mark.parametrize("file", TELEGRAMS, ids=lambda file: file.stem)
def test_telegrams_are_the_same_cables_in_a_pdf(reading, file):
    lines = file.read_text("utf-8").split("\n")
    pages = ["\n".join(lines[start : start + 55]) for start in range(0, len(lines), 55)]
    [text], [document] = read(file), reading(f"{file.stem}.pdf", pdf(*pages))
    assert parsed(document) == parsed(text)


def test_all_formats_of_the_sample_corpus_are_named():
    formats = {item.format for file in files([SAMPLE]) for item in read(file) if isinstance(item, Record)}
    assert formats == {
        "Cablegate page",
        "FRUS volume",
        "NARA telegram",
        "cables.csv",
        "pasted page",
        "plain text",
    }
