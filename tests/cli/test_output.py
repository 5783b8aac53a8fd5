"""Output suits what it goes to: a terminal, a pipe, a file."""

import os
import pydoc
import subprocess
import sys

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


@pytest.mark.skipif(sys.platform == "win32", reason="a shell's pipe")
def test_a_closed_pipe_is_quiet(index, corpus):
    for arguments in (["price"], ["show", "07TEZGARA5"], ["parse", "--format", "json", str(corpus)]):
        reader, writer = os.pipe()
        os.close(reader)
        env = {**os.environ, "CABLESEARCH_INDEX": str(index)}
        with os.fdopen(writer, "wb") as closed:
            done = subprocess.run(
                [*COMMAND, *arguments], env=env, stdout=closed, stderr=subprocess.PIPE, check=False
            )
        assert (done.returncode, done.stderr) == (0, b"")
