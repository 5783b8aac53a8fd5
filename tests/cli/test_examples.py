"""What the documentation shows is what the program prints, on the sample corpus."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

import pytest

from cablesearch.cli import run
from cablesearch.cli.app import COMMANDS, load
from cablesearch.indexing import rebuild

ROOT = Path(__file__).parents[2]
DOCUMENTS = ("docs/query-language.md",)


class Example(NamedTuple):
    """A command as it is typed, and what it prints; a line `...` stands for any lines."""

    command: str
    printed: str


def examples(document: str) -> Iterator[Example]:
    """Yield the examples in the console blocks of a document."""
    text = (ROOT / document).read_text("utf-8")
    for block in re.findall(r"^```console\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        for example in block.split("$ ")[1:]:
            command, _, printed = example.partition("\n")
            yield Example(command, printed.rstrip("\n") + "\n")


def commands_in_help() -> Iterator[str]:
    """Yield the examples in the help of every command that needs nothing but an index, and ends."""
    for name in COMMANDS:
        if name not in ("index", "reindex", "parse", "export", "serve"):
            for line in (load(name).help or "").splitlines():
                if line.strip().startswith("cablesearch "):
                    yield re.split(r" {2,}", line.strip())[0]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index")
    rebuild(folder, [ROOT / "corpus"], workers=0)
    return folder


@pytest.fixture
def printed(
    index: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[str], tuple[int, str]]:
    """Returns a function that runs a command line, and returns its status and what it prints."""
    monkeypatch.setenv("CABLESEARCH_INDEX", str(index))

    def printed(command: str) -> tuple[int, str]:
        name, *arguments = shlex.split(command, comments=True)
        assert name == "cablesearch"
        status = run(arguments)
        streams = capsys.readouterr()
        return status, streams.out + streams.err

    return printed


def test_a_dots_line_stands_for_any_lines() -> None:
    assert is_as_shown("a\nb\nc\n", "a\n...\n")
    assert not is_as_shown("a [b]\n", "a [c]\n")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_there_are_examples(document: str) -> None:
    assert len([*examples(document)]) > 3


@pytest.mark.parametrize("example", [each for one in DOCUMENTS for each in examples(one)], ids=str)
def test_an_example_prints_what_is_shown(example: Example, printed: Callable[[str], tuple[int, str]]) -> None:
    _, out = printed(example.command)
    assert is_as_shown(out, example.printed), out


@pytest.mark.parametrize("command", [*commands_in_help()])
def test_an_example_in_a_help_text_works(command: str, printed: Callable[[str], tuple[int, str]]) -> None:
    status, out = printed(command)
    assert status in (0, 1), out
    assert "no such" not in out


def is_as_shown(out: str, shown: str) -> bool:
    """Whether an output is what an example shows."""
    pattern = re.sub(r"([*?[])", r"[\1]", shown)
    return fnmatchcase(out, re.sub(r"^\.\.\.\n", "*", pattern, flags=re.MULTILINE))
