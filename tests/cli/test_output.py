"""Output suits what it goes to: a terminal, a pipe, a file."""

import os
import pydoc
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from cablesearch.cli import output

COMMAND = [sys.executable, "-c", "from cablesearch.cli import main; main()"]


def run(*arguments, index, **settings):
    env = {**os.environ, "CABLESEARCH_INDEX": str(index), **settings.pop("env", {})}
    return subprocess.run([*COMMAND, *arguments], env=env, capture_output=True, check=False, **settings)


@pytest.fixture
def terminal(monkeypatch):
    """Returns a function that makes standard output a terminal of a given size."""

    def terminal(columns=80, lines=24, **environment):
        for name in ("NO_COLOR", "TERM", "COLUMNS", "LINES"):
            monkeypatch.delenv(name, raising=False)
        for name, value in {
            "TERM": "xterm",
            "COLUMNS": str(columns),
            "LINES": str(lines),
            **environment,
        }.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)

    return terminal


def test_a_terminal_has_colours_and_its_own_width(terminal):
    terminal(columns=50)
    assert output.layout() == {"width": 50, "colour": True}


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_the_environment_may_turn_colours_off(terminal, environment):
    terminal(**environment)
    assert not output.layout()["colour"]


def test_the_user_may_turn_colours_off(terminal):
    terminal()
    assert not output.layout(no_color=True)["colour"]


def test_an_empty_no_color_has_no_effect(terminal):
    terminal(NO_COLOR="")
    assert output.layout()["colour"]


def test_a_pipe_has_80_columns_and_no_colours(monkeypatch):
    monkeypatch.setenv("COLUMNS", "50")
    assert output.layout() == {"width": 80, "colour": False}


@pytest.mark.parametrize(
    ("lines", "pager", "paged"),
    [(5, True, True), (10, True, False), (11, True, False), (5, False, False)],
)
def test_text_longer_than_the_screen_is_paged(terminal, monkeypatch, capsys, lines, pager, paged):
    terminal(lines=lines)
    monkeypatch.setenv("MANPAGER", "man-pager")
    monkeypatch.delenv("LESS", raising=False)
    shown = []
    monkeypatch.setattr(pydoc, "pager", shown.append)
    output.write_paged("line\n" * 9, pager=pager)
    assert bool(shown) is paged
    assert bool(capsys.readouterr().out) is not paged
    if paged:
        assert os.environ["LESS"] == "FRX"
        assert "MANPAGER" not in os.environ


def test_a_pipe_is_not_paged(monkeypatch, capsys):
    monkeypatch.setenv("LINES", "5")
    output.write_paged("line\n" * 9, pager=True)
    assert capsys.readouterr().out == "line\n" * 9


def test_output_is_utf_8_whatever_the_locale(index):
    env = {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    done = run("compliments", "--format", "json", index=index, env=env)
    assert "Élysée" in done.stdout.decode("utf-8")
    done = run("Élysée:x", index=index, env={"PYTHONUTF8": "1", **env})
    assert "Élysée" in done.stderr.decode("utf-8")


posix = pytest.mark.skipif(sys.platform == "win32", reason="a shell's redirections")


@posix
@pytest.mark.parametrize(
    "arguments",
    [
        ["price"],
        ["salt", "--count"],
        ["show", "07TEZGARA5"],
        ["parse", "--format", "json"],
        ["facets", "--help"],
    ],
    ids=" ".join,
)
def test_a_closed_pipe_is_quiet(index, corpus, arguments):
    reader, writer = os.pipe()
    os.close(reader)
    env = {**os.environ, "CABLESEARCH_INDEX": str(index)}
    files = [str(corpus)] if arguments[0] == "parse" else []
    with os.fdopen(writer, "wb") as closed:
        done = subprocess.run(
            [*COMMAND, *arguments, *files], env=env, stdout=closed, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr) == (0, b"")


def redirected(index, arguments, redirections):
    """Return the exit status of a command line with a shell's redirections, and what it printed."""
    line = " ".join([shlex.join([*COMMAND, *arguments]), redirections])
    env = {**os.environ, "CABLESEARCH_INDEX": str(index)}
    done = subprocess.run(line, shell=True, env=env, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


@posix
@pytest.mark.parametrize(
    ("arguments", "status"), [(["price"], 0), (["zzz"], 1), (["price", "orgin:x"], 2)], ids=["0", "1", "2"]
)
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_change_no_status(index, arguments, status, closed):
    found, out, err = redirected(index, arguments, closed)
    assert found == status
    assert bool(out) == (status == 0 and ">&-" not in closed.split())
    assert err.count("\n") == (status > 0 and "2>&-" not in closed)


@posix
def test_a_build_with_closed_streams_keeps_to_its_own_files(tmp_path, corpus):
    """None of them gets the number of a closed stream, to which something may be printed."""
    assert redirected(tmp_path / "index", ["index", str(corpus)], "<&- >&- 2>&-") == (0, "", "")
    assert redirected(tmp_path / "index", ["salt", "--count"], "") == (0, "5 paragraphs in 3 cables\n", "")


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
@pytest.mark.parametrize("arguments", [["price"], ["price", "--format", "json"], ["explain", "price"]])
def test_a_full_disk_is_an_error_on_one_line(index, arguments):
    message = "cablesearch: standard output: No space left on device\n"
    assert redirected(index, arguments, ">/dev/full") == (2, "", message)


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
def test_an_error_that_cannot_be_shown_has_its_status(index):
    assert redirected(index, ["orgin:x"], "2>/dev/full") == (2, "", "")
    assert redirected(index, ["zzz"], "2>/dev/full") == (1, "", "")


@pytest.mark.parametrize(
    "line",
    [["salt"], ["show", "07TEZGARA5"], ["similar", "07TEZGARA5"], ["facets"], ["timeline"], ["people"]],
    ids=" ".join,
)
def test_what_may_be_long_is_paged_unless_told_not_to(cablesearch, monkeypatch, line):
    asked = []
    monkeypatch.setattr(output, "write_paged", lambda text, *, pager: asked.append(pager))
    cablesearch(*line)
    cablesearch(*line, "--no-pager")
    assert asked in ([True, False], [])
    assert asked or line == ["people"]  # nobody is named
