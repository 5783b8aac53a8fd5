"""The commands of the notebook."""

from __future__ import annotations

import json

import pytest


@pytest.fixture(autouse=True)
def notebook(tmp_path, monkeypatch):
    file = tmp_path / "notes.sqlite"
    monkeypatch.setenv("CABLESEARCH_NOTEBOOK", str(file))
    return file


def test_a_note_is_written_shown_and_found(cablesearch):
    done = cablesearch("note", "07 Tezgara 5#2", "compare", "ref B", "--tag", "reform", "--star")
    assert done == (0, "07TEZGARA5#2 ★  reform\n  compare ref B\n", "")
    assert cablesearch("note", "07TEZGARA5#2").out == done.out
    assert "07TEZGARA5#2" in cablesearch("salt OR reform", "label:reform").out
    assert cablesearch("label:other").status == 1


def test_a_note_is_corrected_and_deleted(cablesearch):
    cablesearch("note", "07TEZGARA5", "one", "--tag", "a", "--tag", "b")
    assert cablesearch("note", "07TEZGARA5", "two", "--untag", "a").out == "07TEZGARA5  b\n  two\n"
    assert cablesearch("note", "07TEZGARA5", "--delete") == (0, "", "")
    shown = cablesearch("note", "07TEZGARA5")
    assert (shown.status, shown.err) == (1, "cablesearch: nothing is noted on 07TEZGARA5\n")
    assert cablesearch("notes").err == "cablesearch: nothing noted yet: cablesearch note ID TEXT\n"


def test_what_the_index_has_not_is_not_noted(cablesearch, notebook):
    assert cablesearch("note", "99TEZGARA1", "x").status == 2
    assert cablesearch("note", "07TEZGARA5#77", "x").err.startswith(
        "cablesearch: 07TEZGARA5 has no paragraph 77"
    )
    assert not notebook.exists()


def test_only_what_writes_makes_a_notebook(cablesearch, notebook):
    for arguments in (["salt"], ["label:reform"], ["notes"], ["list"], ["list", "x"], ["note", "07TEZGARA5"]):
        cablesearch(*arguments)
    assert not notebook.exists()


def test_lists_keep_their_order(cablesearch):
    cablesearch("list", "dossier", "07TEZGARA5#1", "08OSTREL7")
    assert cablesearch("list", "dossier", "08OSTREL7", "--at", "1").out == (
        "  1  08OSTREL7  in dossier\n\n  2  07TEZGARA5#1  in dossier\n"
    )
    assert cablesearch("list").out == "         2  dossier\n"
    assert cablesearch("list:dossier", "--count").out == "2 paragraphs in 2 cables\n"
    assert cablesearch("list", "dossier", "08OSTREL7", "--drop") == (0, "", "")
    assert "07TEZGARA5#1" in cablesearch("list", "dossier").out
    cablesearch("list", "dossier", "--delete")
    assert cablesearch("list", "dossier").status == 1
    assert cablesearch("list", "dossier", "--drop").status == 2


def test_notes_in_every_format(cablesearch):
    cablesearch("note", "07TEZGARA5#2", "=see\nthere", "--tag", "reform")
    assert json.loads(cablesearch("notes", "--format", "json").out)["notes"][0]["labels"] == ["reform"]
    assert json.loads(cablesearch("notes", "--format", "jsonl").out)["texts"][0]["text"] == "=see\nthere"
    assert '\n07TEZGARA5#2,"\'=see\nthere",,reform,,20' in cablesearch("notes", "--format", "csv").out
    assert cablesearch("notes", "--format", "markdown").out == (
        "## 07TEZGARA5#2\n\nLabels: reform\n\n> =see\n> there\n"
    )
    refused = cablesearch("notes", "--format", "bibtex")
    assert (refused.status, "format of paragraphs" in refused.err) == (2, True)


def test_control_characters_of_a_note_do_not_reach_a_terminal(cablesearch):
    cablesearch("note", "07TEZGARA5", "a\x1b[31mb")
    for format in ("text", "markdown", "csv", "json"):
        assert "\x1b" not in cablesearch("notes", "--format", format).out


@pytest.mark.parametrize("typed", ["a\x1b[31mb", "a\x0bb", "\u202ea", "a\u2028b", "a\x85b"])
def test_an_exported_note_is_known_when_it_comes_back(cablesearch, tmp_path, typed):
    cablesearch("note", "07TEZGARA5", typed)
    for format in ("markdown", "csv"):
        file = tmp_path / f"notes.{format}"
        file.write_text(cablesearch("notes", "--format", format).out, "utf-8")
        assert cablesearch("notes", "--import", str(file)).out == "0 texts and 0 marks taken over\n"


def test_a_note_on_what_is_gone_can_be_changed(cablesearch, tmp_path, monkeypatch):
    (tmp_path / "corpus").mkdir()
    files = [tmp_path / "corpus" / f"07TEZGARA{number}.txt" for number in (5, 6)]
    for file in files:
        file.write_text("SUBJECT: SALT\n\n1. (C) Salt is dear.\n")
    monkeypatch.setenv("CABLESEARCH_INDEX", "own")
    cablesearch("index", "corpus", "--workers", "0")
    cablesearch("note", "07TEZGARA5#1", "one")
    files[0].unlink()
    cablesearch("index", "--workers", "0")
    assert cablesearch("note", "07TEZGARA5#1", "two", "--tag", "a").status == 0
    shown = cablesearch("note", "07TEZGARA5#1").out
    assert "two" in shown
    assert "it is no longer in the index" in shown
    assert cablesearch("note", "07TEZGARA5#1", "--delete").status == 0
    assert cablesearch("notes").status == 1


def test_notebooks_are_exchanged(cablesearch, tmp_path):
    cablesearch("note", "07TEZGARA5", "mine")
    assert cablesearch("notes", "--export", "a.json") == (0, "", "")
    assert cablesearch("notes", "--export", "nowhere/a.json").status == 2
    done = cablesearch("notes", "--import", "a.json", "--notebook", "other.sqlite")
    assert done.out == "1 text and 0 marks taken over\n"
    cablesearch("note", "07TEZGARA5", "theirs", "--notebook", "other.sqlite")
    cablesearch("note", "07TEZGARA5", "mine again")
    done = cablesearch("notes", "--import", "other.sqlite")
    assert done.out == (
        "1 text and 0 marks taken over\n07TEZGARA5: both have changed the text, and both texts are kept\n"
    )
    shown = cablesearch("notes", "--disputed").out
    assert "two people changed this note" in shown
    assert shown.index("theirs") < shown.index("mine again")


def test_a_paragraph_that_was_changed_since_is_said(cablesearch, tmp_path, monkeypatch):
    (tmp_path / "corpus").mkdir()
    text = "SUBJECT: SALT\n\n1. (C) Salt is {}.\n"
    file = tmp_path / "corpus" / "07TEZGARA5.txt"
    monkeypatch.setenv("CABLESEARCH_INDEX", "own")
    for what in ("dear", "cheap"):
        file.write_text(text.format(what))
        cablesearch("index", "corpus", "--workers", "0")
        cablesearch("note", "07TEZGARA5#1", "--tag", what) if what == "dear" else None
    assert "the paragraph was changed since" in cablesearch("notes").out
    assert "the paragraph was changed since" in cablesearch("note", "07TEZGARA5#1").out


@pytest.mark.parametrize(
    ("before", "text", "after"),
    [([], "-5% in 2005", []), (["--star"], "- one", []), ([], "-x", ["--tag", "a"])],
)
def test_a_note_may_begin_with_a_dash(cablesearch, before, text, after):
    assert cablesearch("note", *before, "07TEZGARA5", text, *after).out.endswith(f"\n  {text}\n")
    assert cablesearch("note", "--", "07TEZGARA5", f"-{text}").out.endswith(f"\n  -{text}\n")


def test_a_list_is_not_deleted_where_an_entry_is_meant(cablesearch):
    cablesearch("list", "dossier", "07TEZGARA5#1", "08OSTREL7")
    refused = cablesearch("list", "dossier", "08OSTREL7", "--delete")
    assert (refused.status, refused.out) == (2, "")
    assert "--drop takes ids out of it" in refused.err
    assert cablesearch("list").out == "         2  dossier\n"


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        (["--tag", "a"], "07TEZGARA5#1 08OSTREL7"),
        (["--tag", "a", "--star"], "08OSTREL7"),
        (["--star"], "06OSTREL12 08OSTREL7"),
        (["--star", "--disputed"], ""),
        (["--tag", "b"], ""),
    ],
)
def test_notes_have_all_that_is_asked_for(cablesearch, options, shown):
    cablesearch("note", "07TEZGARA5#1", "--tag", "a")
    cablesearch("note", "08OSTREL7", "--tag", "a", "--star")
    cablesearch("note", "06OSTREL12", "--star")
    found = cablesearch("notes", *options)
    assert " ".join(line.split()[0] for line in found.out.splitlines() if line) == shown
    assert shown or found.err == "cablesearch: no such note: cablesearch notes shows all\n"


@pytest.mark.parametrize("options", [["--delete"], ["07TEZGARA5", "--drop"]])
def test_a_list_that_is_not_there_is_named(cablesearch, options):
    cablesearch("list", "dossier", "07TEZGARA5")
    refused = cablesearch("list", "dosier", *options)
    assert (refused.status, refused.out) == (2, "")
    assert refused.err.startswith("cablesearch: there is no list 'dosier'")
