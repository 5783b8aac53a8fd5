"""The commands that list and compare versions, on the sample corpus and a second release of it."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import chdir
from pathlib import Path

import pytest

from cablesearch.cli import run

ENGINES = ("whoosh", "tantivy")
CORPUS = Path(__file__).parents[2] / "corpus"
TEXT = """SUBJECT: {0}

1. (C) The price of {0} is high, says the minister, and it will rise again before the spring comes to us.

2. (C) {1}
"""
LONG = "Nobody in the harbor believes a word of it. " * 20


def release(folder, engine):
    """Index, in a folder, the sample corpus and a release of it in which three cables are others."""
    old, new = folder / "old", folder / "new"
    shutil.copytree(CORPUS, old)
    shutil.copytree(CORPUS, new)
    for number, files in enumerate((old, new)):
        for file in files.iterdir():
            os.utime(file, (1_000_000_000 + number * 86_400,) * 2)

    def edit(name, *edits):
        file = new / name
        text = file.read_text("utf-8")
        for before, after in edits:
            assert before in text
            text = text.replace(before, after, 1)
        file.write_text(text, "utf-8")
        os.utime(file, (1_000_086_400,) * 2)

    edit(
        "07ASTANA48.txt",
        ("Masimov", "XXXXXXXXXXXX"),
        ("intriguingly", "curiously"),
        ("CONFIDENTIAL", "SECRET"),
    )
    edit("08TEZGARA233.html", ("nine beds", "[number not declassified] beds"))
    (new / "09OSTREL118.txt").unlink()
    with chdir(folder):
        sources = ("first=old", "second=new")
        assert run(["--index", "own", "index", *sources, "--engine", engine, "--workers", "0"]) == 0


@pytest.fixture(scope="module", params=ENGINES)
def folder(request, tmp_path_factory):
    made = tmp_path_factory.mktemp("released")
    release(made, request.param)
    return made


@pytest.fixture
def released(folder, monkeypatch, cablesearch):
    """Lets commands run where both releases are indexed."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("CABLESEARCH_INDEX", "own")


def test_versions_are_listed(released, cablesearch):
    answer = cablesearch("versions", "07 Astana 48")
    assert answer.status == 0
    joined = answer.out.replace(f"\n{' ' * 5}", "\n")  # a path may be cut, as it is longer than a line
    for line in (
        "07ASTANA48",
        "  1  first  2001-09-09  1,233 words  10 paragraphs  searched",
        "  2  second  2001-09-10  1,231 words  10 paragraphs",
        "1 paragraph changed; 1 redaction came; classification",
        "compare: cablesearch diff 07ASTANA48",
    ):
        assert line in joined.splitlines()
    found = json.loads(cablesearch("versions", "07ASTANA48", "--format", "json").out)["versions"]
    assert [(one["version"], one["collection"], one["is_searched"]) for one in found] == [
        (1, "first", True),
        (2, "second", False),
    ]
    assert cablesearch("versions", "99OSTREL1") == (1, "", "cablesearch: 99OSTREL1 is not in the index\n")


def test_what_differs_is_marked_without_colour_in_80_columns(released, cablesearch):
    answer = cablesearch("diff", "07ASTANA48")
    assert answer.status == 1
    assert max(map(len, answer.out.splitlines())) <= 80
    assert "Classification  [-CONFIDENTIAL-] {+SECRET+}\n" in answer.out
    assert "[-intriguingly,-] {+curiously,+}" in answer.out
    assert "      redacted: “Masimov” (Karim Masimov), now XXXXXXXXXXXX\n" in answer.out
    assert answer.out.endswith("\n1 paragraph changed; 1 redaction came; classification\n")
    assert "\x1b" not in answer.out


def test_exactly_these_differences_are_told_as_json(released, cablesearch):
    differences = []
    for id in cablesearch("*", "--count", "--group", "--format", "csv").out.splitlines()[1:]:
        name = id.split(",")[0]
        answer = cablesearch("diff", name, "--format", "json")
        if answer.status == 2:
            assert "only" in answer.err
            continue
        found = json.loads(answer.out)
        assert answer.status == int(found["differs"])
        edits = [(e["kind"], e["old"], e["new"]) for p in found["paragraphs"] for e in p["edits"]]
        if found["differs"]:
            differences.append((name, [fact["name"] for fact in found["facts"]], edits))
    assert sorted(differences) == [
        (
            "07ASTANA48",
            ["classification"],
            [("replaced", "intriguingly,", "curiously,"), ("redacted", "Masimov", "XXXXXXXXXXXX")],
        ),
        ("08TEZGARA233", [], [("redacted", "nine", "[number not declassified]")]),
    ]


def test_they_are_found(released, cablesearch):
    assert cablesearch("changed:redactions", "--count").out == "19 paragraphs in 2 cables\n"
    assert cablesearch("changed:facts", "--count").out == "10 paragraphs in 1 cable\n"
    assert cablesearch("changed:yes", "changed:no", "--count").out == "0 paragraphs in 0 cables\n"
    wrong = cablesearch("changed:maybe")
    assert wrong.status == 2
    assert "changed: takes yes, no, text, redactions or facts, not 'maybe'" in wrong.err


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["07ASTANA48", "first", "second"], 1),
        (["07ASTANA48", "2", "1"], 1),
        (["07ASTANA48", "SECOND"], 1),
        (["07ASTANA48", "1", "1"], 0),
        (["07ASTANA48", "08TEZGARA233"], 1),
        (["05SALTMERE77"], 0),
        (["09OSTREL118"], 2),
        (["99OSTREL1"], 2),
        (["07ASTANA48", "99OSTREL1"], 2),
        (["07ASTANA48", "3"], 2),
        (["07ASTANA48", "1", "2", "3"], 2),
    ],
)
def test_the_exit_status(released, cablesearch, arguments, status):
    answer = cablesearch("diff", *arguments)
    assert answer.status == status
    assert bool(answer.err) == (status == 2)
    assert answer.err.count("\n") == (status == 2)


def test_what_cannot_be_compared_is_told_as_it_is(released, cablesearch):
    for other, told in [
        (["99OSTREL1"], "99OSTREL1 is neither a version of 07ASTANA48 nor a cable of the index"),
        (["1", "08TEZGARA233"], "08TEZGARA233 is no version of 07ASTANA48"),
        (["08TEZGARA233", "SECOND"], "08TEZGARA233 is no version of 07ASTANA48"),
    ]:
        answer = cablesearch("diff", "07ASTANA48", *other)
        assert answer.err == f"cablesearch: {told}: cablesearch versions 07ASTANA48\n"


@pytest.mark.parametrize("engine", ENGINES)
def test_what_was_lost_is_listed(tmp_path, monkeypatch, cablesearch, engine):
    release(tmp_path, engine)
    monkeypatch.setenv("CABLESEARCH_INDEX", "own")
    assert cablesearch("info", "--lost").status == 1
    (tmp_path / "old" / "05SALTMERE77.html").unlink()
    built = cablesearch("index")
    assert "  1 cable lost text, or vanished from its source: cablesearch info --lost\n" in built.out
    answer = cablesearch("info", "--lost")
    assert answer.status == 0
    assert "  05SALTMERE77  first  vanished\n" in answer.out
    found = json.loads(cablesearch("info", "--lost", "--format", "json").out)["lost"]
    assert [(one["id"], one["vanished"], one["removed"]) for one in found] == [("05SALTMERE77", True, 0)]


def test_what_is_the_same_is_cut_and_controls_are_shown(tmp_path, monkeypatch, cablesearch):
    monkeypatch.setenv("CABLESEARCH_INDEX", "own")
    for name, text in (("a", f"{LONG}He left. {LONG}"), ("b", f"{LONG}He \x1b[31mstayed\u202e. {LONG}")):
        Path(name).mkdir()
        Path(name, "07TEZGARA5.txt").write_text(TEXT.format("salt", text))
    cablesearch("index", "a", "b", "--workers", "0")
    answer = cablesearch("diff", "07TEZGARA5")
    assert answer.out.count("…") == 2
    assert len(answer.out) < 1_000
    assert "\x1b" not in answer.out
    assert "\u202e" not in answer.out
