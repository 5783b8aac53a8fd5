"""Writes what the documentation takes from the code; with --check, says what is stale.

cli.md              from the live --help of every command, and what its examples print about corpus/
query-language.md   the table of fields, from their declaration
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import typer
from typer.testing import CliRunner  # it lays out help at 80 columns, wherever it runs

from cablesearch import FIELDS, rebuild_index
from cablesearch.cli import run
from cablesearch.cli.app import COMMANDS, app

LAID_OUT_BY = "0.29"  # typer's version: each lays out help in its own way
FOLDER = Path(__file__).parent
# They run until they are stopped, or need a model, which is fetched: their examples are not run.
NOT_RUN = ("serve", "mcp", "meaning", "clusters")
MAX_LINES = 8  # that an example shows of what it prints
BEGIN, END = "<!-- fields: written by docs/make.py -->\n", "<!-- end of fields -->\n"

INTRODUCTION = """\
# The command line

This page is what `cablesearch COMMAND --help` prints, and the beginning of what its examples print about
`corpus/`, written by `python docs/make.py`. There are pages on [the query language](query-language.md) and on
[the output of `--format json`](json.md).

Exit status: 0 something was found or done; 1 nothing was found; 2 an error, reported on standard error in one
line; 3 some files could not be read, each reported on standard error with the reason. Ctrl-C gives 130. When
the reader of a pipe goes away, cablesearch ends quietly.

`--index A --index B` asks several indexes as if one held all of their cables, with one ranking: see
[docs/desk.md](desk.md#several-indexes-as-one).

Environment: `CABLESEARCH_INDEX` and `CABLESEARCH_CORPUS` set the defaults of `--index` and `--corpus`; the
first may have several folders, as `PATH` has.
`NO_COLOR` turns colours off. `PAGER` (`less` unless set) shows what is longer than the screen.
"""


def command_line() -> str:
    """Return the page on the command line."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        shutil.copytree(FOLDER.parent / "corpus", "corpus")
        rebuild_index("index", "corpus", workers=0)
        Path("questions.txt").write_text('herring OR cod\n"Democratization Commission"\norign:Astana\n')
        sections = [_section("cablesearch"), *(_section(f"cablesearch {name}") for name in COMMANDS)]
    return "\n".join([INTRODUCTION, *sections])


def query_language() -> str:
    """Return the page on the query language, with the table of fields as it is declared."""
    page = (FOLDER / "query-language.md").read_text("utf-8")
    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    rows = (f"| `{field.name}` | {field.help} | `{field.example}` |\n" for field in FIELDS)
    table = "".join(["| field | finds | for example |\n|---|---|---|\n", *rows])
    return f"{before}{BEGIN}{table}{END}{after}"


def _section(command: str) -> str:
    """Return what --help prints, and what the examples in it print."""
    _, *name = command.split()
    printed = CliRunner().invoke(app, [*name, "--help"], prog_name="cablesearch").stdout
    above_options = printed.partition("\nOptions:")[0] if command.split()[-1] not in NOT_RUN else ""
    lines = re.findall(r"^    (?! )(.+?)(?:  .*)?$", above_options, re.MULTILINE)
    block = "\n```console\n{}```\n".format("\n".join(map(_example, lines))) if lines else ""
    return f"## {command}\n\n```text\n{printed}```\n{block}"


def _example(line: str) -> str:
    """Return a command line, and the beginning of what it prints."""
    line = line if line.startswith("cablesearch ") else f"cablesearch {line}"
    with redirect_stdout(StringIO()) as output, redirect_stderr(output):
        run(shlex.split(line)[1:])
    lines = output.getvalue().splitlines(keepends=True)
    return "".join([f"$ {line}\n", *lines[:MAX_LINES], *(["...\n"] if len(lines) > MAX_LINES else [])])


def _pages() -> Iterator[tuple[Path, str]]:
    yield FOLDER / "query-language.md", query_language()
    if typer.__version__.startswith(f"{LAID_OUT_BY}."):
        yield FOLDER / "cli.md", command_line()
    else:
        print(f"cli.md is left alone: it is written with typer {LAID_OUT_BY}", file=sys.stderr)


def main() -> int:
    """Write the pages, or check them: 1 if one is stale."""
    os.environ["COLUMNS"] = "80"
    stale = [(file, text) for file, text in _pages() if file.read_text("utf-8") != text]
    for file, text in stale:
        if "--check" in sys.argv[1:]:
            print(f"{file} is stale: run python docs/make.py", file=sys.stderr)
        else:
            file.write_text(text, "utf-8")
    return int(bool(stale) and "--check" in sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
