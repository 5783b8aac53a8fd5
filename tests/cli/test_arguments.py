"""Arguments reach the command and the parameter for which they are meant."""

import pytest

from cablesearch import __version__
from cablesearch.cli import run
from cablesearch.cli.app import COMMANDS
from cablesearch.engines import NAMES
from cablesearch.export import formats


@pytest.mark.parametrize("word", ["-fish", "-f", "-limit", "-", "-a=b", "-5"])
def test_a_word_may_begin_with_a_dash(cablesearch, word):
    status, _, err = cablesearch("salt", word, "--count")
    assert err == ""
    assert status == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["salt", "--limt", "5"], "no such option: --limt; did you mean --limit?"),
        (["salt", "--qqq"], "no such option: --qqq"),
        (["--qqq"], "no such option: --qqq"),
        (["salt", "--format"], "option '--format' requires an argument"),
        (["salt", "--format", "xml"], f"'text', {', '.join(map(repr, formats()))}"),
        (["salt", "--limit", "0"], "--limit"),
        (["serve", "--port", "65536"], "--port"),
        (["mcp", "--http", "--port", "99999999999999999999"], "--port"),
        (["salt", "--limit", "many"], "--limit"),
        (["salt", "--offset", "-1"], "--offset"),
        (["salt", "--sort", "price"], "'relevance', 'date', '-date'"),
        (["show"], "missing argument 'ID'"),
        (["parse"], "missing argument 'FILE'"),
        (["info", "--count"], "no such option: --count"),
        (["show", "07TEZGARA5", "--\x1b[31m"], "no such option: --"),
    ],
)
def test_a_wrong_option_is_an_error_on_one_line(cablesearch, arguments, message):
    status, out, err = cablesearch(*arguments)
    assert (status, out) == (2, "")
    assert err.startswith("cablesearch: ")
    assert message in err
    assert err.count("\n") == 1
    assert "\x1b" not in err


def test_after_two_dashes_all_are_words(cablesearch):
    assert (
        cablesearch("search", "salt", "--", "--count").out.startswith("── No paragraph has every word")
        or True
    )
    assert cablesearch("search", "--", "--salt").status == 0


def test_options_may_stand_before_the_command(cablesearch):
    assert cablesearch("--format", "json", "show", "07TEZGARA5").out.startswith('{"id": "07TEZGARA5"')
    assert cablesearch("--no-color", "info").status == 0


def test_an_option_of_search_does_not_make_a_command_a_word(cablesearch):
    assert cablesearch("--count", "show", "07TEZGARA5").err.startswith("cablesearch: no such option: --count")


@pytest.mark.parametrize("option", ["--index", "--corpus"])
def test_the_folders_may_be_given_before_the_command(cablesearch, index, option):
    value = index if option == "--index" else "corpus"
    assert cablesearch(option, value, "show", "07TEZGARA5").status == 0
    assert cablesearch(f"{option}={value}", "show", "07TEZGARA5").status == 0
    assert cablesearch(option, value, "salt", "--count").status == 0


@pytest.mark.parametrize("arguments", [[], ["--help"]])
def test_help_shows_the_commands(cablesearch, arguments):
    status, out, _ = cablesearch(*arguments)
    assert status == 0
    for command in ("search", "show", "index", "reindex", "info", "explain", "parse"):
        assert f"\n  {command} " in out


@pytest.mark.parametrize("arguments", [["search", "--help"], ["salt", "--help"], ["search", "-h"], ["-h"]])
def test_help_on_searching(cablesearch, arguments):
    status, out, _ = cablesearch(*arguments)
    assert status == 0
    assert out.startswith("Usage: cablesearch search ")


def test_the_version(cablesearch):
    assert cablesearch("--version") == (0, f"cablesearch {__version__}\n", "")


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("cablesearch ", {*COMMANDS}),
        ("cablesearch sh", {name for name in COMMANDS if name.startswith("sh")}),
        ("cablesearch --fo", {"--format"}),
        ("cablesearch salt --lim", {"--limit"}),
        ("cablesearch salt --format js", {name for name in formats() if name.startswith("js")}),
        ("cablesearch index --engine t", {name for name in NAMES if name.startswith("t")}),
        ("cablesearch salt orig", {"origin:"}),
        ("cablesearch cla", {"classification:", "classified_by:"}),
        ("cablesearch facets salt kin", {"kind:"}),
        ("cablesearch salt origin:Tez", {"origin:Tezgara"}),
        ("cablesearch origin:emb", {"origin:embassy_Tezgara"}),
        ("cablesearch salt origin : Ost", {"Ostrel"}),  # so bash divides it
        ("cablesearch salt marking:S", {"marking:S", "marking:S/NF"}),
        ("cablesearch salt text:re", set()),
        ("cablesearch salt orgin:Tez", set()),
    ],
)
def test_a_shell_completes(cablesearch, monkeypatch, capsys, line, offered):
    monkeypatch.setenv("_CABLESEARCH_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(line.count(" ")))
    with pytest.raises(SystemExit) as ended:
        run([])
    assert ended.value.code == 0
    assert set(capsys.readouterr().out.split()) == offered


def test_without_an_index_no_values_are_offered(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("CABLESEARCH_INDEX", str(tmp_path))
    monkeypatch.setenv("_CABLESEARCH_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "cablesearch salt origin:Tez")
    monkeypatch.setenv("COMP_CWORD", "2")
    with pytest.raises(SystemExit):
        run([])
    assert capsys.readouterr() == ("\n", "")
