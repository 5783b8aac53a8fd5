"""Errors are reported in one place, on one line, with status 2."""

import pytest

from cablesearch.cli import app as module
from cablesearch.cli import main
from cablesearch.errors import BrokenIndexError


@pytest.fixture
def terminal(monkeypatch):
    """Makes standard error a terminal."""
    monkeypatch.setattr("cablesearch.cli.output._at_terminal", lambda: True)


def test_an_error_in_a_query_is_one_line_for_a_program(cablesearch):
    status, out, err = cablesearch("salt", "orgin:Tezgara")
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("cablesearch: ")
    assert "'orgin': did you mean origin?" in err


def test_a_query_is_shown_with_a_caret_under_the_fault(cablesearch, terminal):
    status, out, err = cablesearch("salt", "orgin:Tezgara")
    assert (status, out) == (2, "")
    line, query, caret = err.splitlines()
    assert line.startswith("cablesearch: ")
    assert "did you mean origin?" in line
    assert query == "  salt orgin:Tezgara"
    assert caret == "       ^"


def test_the_caret_stands_right_behind_wide_characters(cablesearch, terminal):
    assert cablesearch("東京 orgin:Tezgara").err.splitlines()[-1] == "       ^"


def test_a_query_longer_than_a_line_is_not_shown(cablesearch, terminal):
    assert cablesearch("salt " * 30, "orgin:Tezgara").err.count("\n") == 1


def test_an_invalid_date_is_an_error(cablesearch):
    status, _, err = cablesearch("salt", "--from", "yesterday-ish")
    assert status == 2
    assert "yesterday-ish" in err


def test_an_empty_query_is_an_error(cablesearch):
    assert cablesearch("--limit", "3").status == 2


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (BrokenIndexError("the index is damaged\x1b"), "the index is damaged␛"),
        (OSError(28, "No space left on device"), "No space left on device"),
        (PermissionError(13, "Permission denied", "index/x"), "index/x: Permission denied"),
        (OSError("cannot"), "cannot"),
    ],
)
def test_an_error_is_one_line(cablesearch, monkeypatch, error, message):
    def fail(*arguments, **settings):
        raise error

    monkeypatch.setattr(module, "app", fail)
    assert cablesearch("salt") == (2, "", f"cablesearch: {message}\n")


def test_a_bug_is_a_traceback(monkeypatch, cablesearch):
    def fail(*arguments, **settings):
        raise ZeroDivisionError

    monkeypatch.setattr(module, "app", fail)
    with pytest.raises(ZeroDivisionError):
        cablesearch("salt")


def test_ctrl_c_is_quiet(monkeypatch, capsys):
    def interrupt(*arguments, **settings):
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "app", interrupt)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("half", ["\udcff", "a\udcff", "\ud800*x"])
@pytest.mark.parametrize(
    "command",
    [
        ["search", "{}"],
        ["search", "salt", "--tag", "{}"],
        ["search", "tag:{}"],
        ["search", "id:{}", "--origin", "{}"],
        ["show", "{}"],
        ["show", "07TEZGARA5#{}"],
        ["similar", "{}"],
        ["people", "{}"],
        ["people", "--tag", "{}"],
        ["facets", "salt", "--by", "{}"],
        ["timeline", "tag:{}"],
        ["explain", "tag:{}"],
        ["search", "salt", "--sort", "{}"],
    ],
    ids=" ".join,
)
def test_bytes_that_are_no_utf_8_are_answered(cablesearch, command, half):
    status, _, err = cablesearch(*(word.format(half) for word in command))
    assert status in (0, 1, 2)
    assert err.count("\n") <= 1
