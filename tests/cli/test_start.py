"""A command loads what it needs and nothing else."""

import subprocess
import sys

import pytest

HEAVY = {
    "bs4", "dateutil", "fastapi", "jinja2", "lxml", "pydantic", "rich", "tantivy", "uvicorn", "whoosh",
    "cablesearch.search.citations",
    "cablesearch.corpus.readers", "cablesearch.engines.contract", "cablesearch.indexing", "cablesearch.parse",
    "cablesearch.people.joining", "cablesearch.people.model",
}  # fmt: skip

LOADED = """
import sys
from cablesearch.cli import run
try:
    run(sys.argv[1:])
finally:
    print("loaded", *sys.modules, file=sys.stderr)
"""


def loaded(*arguments):
    """Return which of the heavy modules a command line loads."""
    command = [sys.executable, "-c", LOADED, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    return HEAVY.intersection(done.stderr.rpartition("loaded ")[2].split())


@pytest.mark.parametrize("arguments", [["--help"], ["search", "--help"], ["--version"]])
def test_help_loads_neither_an_engine_nor_a_reader(arguments):
    assert loaded(*arguments) == set()


@pytest.mark.parametrize("format", ["text", "json"])
def test_a_search_loads_an_engine_alone(index, format):
    found = loaded("salt", "--origin", "Tezgara", "--format", format, "--index", index)
    assert found == {"whoosh", "cablesearch.engines.contract", "cablesearch.indexing"}


def test_parsing_loads_no_engine(corpus):
    assert not {"whoosh", "tantivy", "pydantic", "rich"} & loaded("parse", corpus)
