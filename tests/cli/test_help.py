"""The documentation of the command line is what the command line prints."""

import importlib.util
from pathlib import Path

import pytest
import typer

from cablesearch.cli.app import COMMANDS, load
from cablesearch.query.fields import FIELDS

DOCS = Path(__file__).parents[2] / "docs"


spec = importlib.util.spec_from_file_location("make", DOCS / "make.py")
make = importlib.util.module_from_spec(spec)
spec.loader.exec_module(make)


def section(command):
    page = (DOCS / "cli.md").read_text("utf-8")
    return page.partition(f"\n## cablesearch {command}\n")[2].partition("\n## ")[0]


@pytest.mark.skipif(
    not typer.__version__.startswith("0.29."), reason="each typer lays help out in its own way"
)
def test_the_page_is_what_help_prints(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert make.command_line() == (DOCS / "cli.md").read_text("utf-8"), "stale: run python docs/make.py"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_documented(name):
    for parameter in load(name).params:
        if parameter.param_type_name == "option":
            assert f"  {parameter.opts[0]} " in section(name)
            assert parameter.help


def test_every_field_is_in_the_help_of_search(cablesearch):
    out = cablesearch("search", "--help").out
    for field in FIELDS:
        assert f"  {field.example} " in out
        assert field.help in " ".join(out.split())


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_fits_a_terminal(cablesearch, command):
    out = cablesearch(*command.split(), "--help").out
    assert max(map(len, out.splitlines())) <= 80
