"""Writes docs/cli.md from the live --help of every command; with --check, says whether that is stale."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import typer
from typer.testing import CliRunner  # it lays out help at 80 columns, wherever it runs

from cablesearch.cli.app import app

LAID_OUT_BY = "0.29"  # typer's: each lays help out its own way
PAGE = Path(__file__).with_name("cli.md")

INTRODUCTION = """\
# The command line

This page is what `cablesearch COMMAND --help` says, written by `python docs/make_cli.py`. The queries have
[a page of their own](query-language.md), and so has [what `--format json` prints](json.md).

Exit status: 0 something was found or done; 1 nothing was found; 2 an error, said on standard error in one
line; 3 some files could not be read, each named on standard error with its reason. Ctrl-C gives 130. When the
reader of a pipe goes away, cablesearch ends quietly.

Environment: `CABLESEARCH_INDEX` and `CABLESEARCH_CORPUS` stand in for `--index` and `--corpus`. `NO_COLOR`
turns colours off. `PAGER` (`less` unless set) shows what `show` prints when it is longer than the screen.
"""


def page() -> str:
    """Give the whole page."""
    return "\n".join([INTRODUCTION, *_sections()])


def _sections() -> Iterator[str]:
    yield f"## cablesearch\n\n{_help()}"
    for command in app.registered_commands:
        name = command.name or command.callback.__name__  # type: ignore[union-attr]
        yield f"## cablesearch {name}\n\n{_help(name)}"


def _help(*command: str) -> str:
    """Give what --help prints, as a block of text."""
    printed = CliRunner().invoke(app, [*command, "--help"], prog_name="cablesearch").stdout
    return f"```text\n{printed}```\n"


def main() -> int:
    """Write the page, or check it: 1 where it is stale."""
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(page(), "utf-8")
        return 0
    if not typer.__version__.startswith(f"{LAID_OUT_BY}."):
        print(f"{PAGE.name} is not checked: it was written with typer {LAID_OUT_BY}", file=sys.stderr)
        return 0
    if PAGE.is_file() and PAGE.read_text("utf-8") == page():
        return 0
    print(f"{PAGE} is stale: run python docs/make_cli.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
