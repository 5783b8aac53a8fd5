"""A command loads what it needs and nothing else."""

import subprocess
import sys

import pytest

from cablesearch.cli.app import COMMANDS

HEAVY = {
    "mcp", "sqlite3",
    "numpy", "onnxruntime", "sklearn", "tokenizers", "cablesearch.meaning", "cablesearch.search.by_meaning",
    "cablesearch.desk", "cablesearch.mcp", "cablesearch.notebook", "cablesearch.search.noted",
    "bs4", "dateutil", "fastapi", "jinja2", "lxml", "pydantic", "rich", "tantivy", "uvicorn", "whoosh",
    "cablesearch.model.chart", "cablesearch.search.citations", "cablesearch.search.trends",
    "cablesearch.corpus.readers", "cablesearch.engines.cluster", "cablesearch.engines.contract",
    "cablesearch.indexing", "cablesearch.parse", "cablesearch.people.joining",
    "cablesearch.people.model",
}  # fmt: skip

LOADED = """
import sys
from cablesearch.cli import run
try:
    run(sys.argv[1:])
finally:
    print("loaded", *sys.modules, file=sys.stderr)
"""


def loaded(*arguments, among=HEAVY):
    """Return which of some modules, the heavy ones, a command line loads."""
    command = [sys.executable, "-c", LOADED, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    return among & {*done.stderr.rpartition("loaded ")[2].split()}


@pytest.mark.parametrize("arguments", [["--help"], ["search", "--help"], ["mcp", "--help"], ["--version"]])
def test_help_loads_neither_an_engine_nor_a_reader(arguments):
    assert loaded(*arguments) == set()


@pytest.mark.parametrize("format", ["text", "json"])
def test_a_search_loads_an_engine_alone(index, format):
    found = loaded("salt", "--origin", "Tezgara", "--format", format, "--index", index)
    assert found == {"whoosh", "cablesearch.engines.contract", "cablesearch.indexing"}


@pytest.mark.parametrize("options", [["--index"], ["--no-color", "--format", "json", "--index"]])
def test_options_before_the_words_load_no_other_command(index, options):
    commands = {f"cablesearch.cli.{name}" for name in COMMANDS}
    assert loaded(*options, index, "salt", among=commands) == {"cablesearch.cli.search"}


def test_parsing_loads_no_engine(corpus):
    assert not {"whoosh", "tantivy", "pydantic", "rich"} & loaded("parse", corpus)
