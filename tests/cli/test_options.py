"""The options of a query: one for each field that is declared to have one, for each command that asks."""

import subprocess
import sys

import pytest

from cablesearch.cli.app import COMMANDS, load
from cablesearch.query.fields import FIELDS

ASKING = [name for name in COMMANDS if any(one.name == "words" for one in load(name).params)]

ONE_MORE = """
import sys
from dataclasses import replace
from cablesearch.query import fields

fields.FIELDS = tuple(replace(f, option=True) if f.name == "heading" else f for f in fields.FIELDS)
from cablesearch.cli import run

sys.exit(run(sys.argv[1:]))
"""


@pytest.mark.parametrize("command", ASKING)
def test_a_command_that_asks_has_the_options_of_the_fields(command):
    options = {parameter.name for parameter in load(command).params}
    assert options >= {"words", "since", "until", *(field.name for field in FIELDS if field.option)}


def test_an_option_takes_a_value_in_all_commands_or_in_none():
    """So that the first word of a command line is found without knowing the command."""
    switches, with_value = set(), set()
    for command in map(load, COMMANDS):
        for one in command.params:
            (switches if getattr(one, "is_flag", False) else with_value).update(one.opts)
    assert "--index" in with_value
    assert "--redact-protected" in switches
    assert not switches & with_value


def test_a_command_that_was_published_still_asks():
    assert {*ASKING} >= {"search", "facets", "timeline", "people", "explain"}


def test_an_option_that_was_published_stays():
    assert {field.name for field in FIELDS if field.option} >= {
        "origin", "classification", "marking", "person", "tag",
    }  # fmt: skip


@pytest.mark.parametrize("command", ASKING)
def test_a_fields_declaration_gives_it_an_option(command, index, monkeypatch):
    monkeypatch.setenv("CABLESEARCH_INDEX", str(index))

    def run(*arguments):
        line = [sys.executable, "-c", ONE_MORE, command, *arguments]
        return subprocess.run(line, capture_output=True, text=True, encoding="utf-8", check=False)

    assert "--heading TEXT" in run("--help").stdout
    words = ["salt"] if command != "people" else []
    assert run(*words, "--heading", "nowhere").returncode == (0 if command == "explain" else 1)


def test_the_options_reach_every_command_that_asks(cablesearch):
    assert cablesearch("people", "--classification", "secret").status == 1
    assert 'classification: "secret"' in cablesearch("explain", "salt", "--classification", "secret").out
    assert "date: from 2007-01-01" in cablesearch("explain", "salt", "--from", "2007").out


@pytest.mark.parametrize("value", ["1000000000", "99999999999999999999"])
@pytest.mark.parametrize(
    "arguments",
    [
        ["salt", "--limit"],
        ["salt", "--per-cable"],
        ["similar", "07TEZGARA5", "--limit"],
        ["facets", "--limit"],
        ["facets", "--format", "json", "--limit"],
    ],
)
def test_a_number_may_be_as_large_as_it_likes(cablesearch, arguments, value):
    status, out, err = cablesearch(*arguments, value)
    assert (status, err) == (0, "")
    assert out == cablesearch(*arguments, "100").out


@pytest.mark.parametrize("value", ["1000000000", "99999999999999999999"])
def test_an_offset_may_be_larger_than_the_corpus(cablesearch, value):
    assert cablesearch("salt", "--offset", value) == (
        1,
        "",
        "cablesearch: there are only 5 paragraphs: ask for a lower --offset\n",
    )
