"""Building the index: from which sources, and what is reported."""

import json
import sys

import pytest

from cablesearch import PartReport
from cablesearch.cli import output
from cablesearch.cli.options import EngineName
from cablesearch.engines import NAMES
from cablesearch.indexing import build as building
from cablesearch.indexing import update
from cablesearch.terminal.report import part_text


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder of an index that does not exist yet."""
    monkeypatch.setenv("CABLESEARCH_INDEX", str(tmp_path / "new"))
    return tmp_path / "new"


@pytest.fixture
def build(cablesearch, folder):
    """Returns a function that builds in this process."""

    def build(command, *arguments):
        return cablesearch(command, *arguments, "--workers", "0", "--index", folder)

    return build


def sources(cablesearch, folder):
    return json.loads(cablesearch("info", "--index", folder, "--format", "json").out)["sources"]


def test_a_path_is_indexed_and_remembered(build, cablesearch, folder, corpus):
    status, out, err = build("index", corpus)
    assert (status, err) == (0, "")
    assert out.startswith("3 cables, 6 paragraphs\n  3 files; 3 read in ")
    assert build("index").out == "3 cables, 6 paragraphs\n  3 files; nothing new to read\n  engine whoosh\n"
    assert sources(cablesearch, folder) == [str(corpus)]


def test_another_path_is_one_more_source(build, cablesearch, folder, corpus, tmp_path):
    build("index", corpus)
    (tmp_path / "more").mkdir()
    build("index", tmp_path / "more")
    assert sources(cablesearch, folder) == [str(corpus), str(tmp_path / "more")]


def test_reindexing_a_path_makes_it_the_only_source(build, cablesearch, folder, corpus, tmp_path):
    build("index", corpus)
    one = corpus / "07TEZGARA5.html"
    assert build("reindex", one).out.startswith("1 cable, 3 paragraphs\n")
    assert sources(cablesearch, folder) == [str(one)]
    assert build("reindex").out.startswith("1 cable, 3 paragraphs\n")


def test_a_source_is_given_a_name_and_removed_by_it(
    build, cablesearch, folder, corpus, tmp_path, monkeypatch
):
    monkeypatch.setattr(output, "PIPED_WIDTH", 400)  # so that a path stands in one line
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "07TEZGARA5.html").write_text(
        (corpus / "07TEZGARA5.html").read_text("utf-8"), "utf-8"
    )
    out = build("index", f"nara={corpus}", tmp_path / "more").out
    assert "\n  collections: nara (3 cables), more (1 cable)\n" in out
    out = cablesearch("info", "--index", folder).out
    assert f"\nSources     nara={corpus}\n            {tmp_path / 'more'}\nCollections " in out
    assert "\nCollections nara (3 cables), more (1 cable)\n" in out
    assert "\nParagraphs by collection\n         6  nara\n         3  more\n" in out
    found = json.loads(cablesearch("--index", folder, "--collection", "more", "--format", "json").out)
    assert [sorted(hit["collections"]) for hit in found["hits"]] == [["more", "nara"]] * 3
    status, out, err = build("index", "--remove", "naar")
    assert (status, out) == (2, "")
    assert err.startswith(
        "cablesearch: naar is no source of this index: did you mean nara? its sources are nara="
    )
    report = json.loads(build("index", "--remove", "nara", "--format", "json").out)
    assert (report["removed"], report["replaced"], report["collections"]) == (2, 1, {"more": 1})


def test_a_name_that_no_query_would_take_is_an_error(build, corpus):
    status, _, err = build("reindex", f"my cables={corpus}")
    assert status == 2
    assert err.startswith("cablesearch: 'my cables' cannot be the name of a collection: up to 40 letters, ")


@pytest.mark.parametrize("command", ["index", "reindex"])
def test_the_first_time_the_corpus_is_the_source(build, corpus, command):
    assert build(command, "--corpus", corpus).out.startswith("3 cables, 6 paragraphs\n")


def test_without_a_corpus_there_is_nothing_to_index(build):
    status, out, err = build("index")
    assert (status, out) == (2, "")
    assert err.count("\n") == 1


def test_a_missing_path_is_an_error(build):
    status, _, err = build("index", "nowhere")
    assert status == 2
    assert err.startswith("cablesearch: there is no file or folder ")


def test_each_unreadable_file_is_reported(build, corpus, tmp_path):
    bad = tmp_path / "bad"
    bad.mkdir()
    for name in ("a.html", "b.html"):
        (bad / name).write_bytes(b"")
    status, out, err = build("index", corpus, bad)
    assert status == 3
    assert out.startswith("3 cables, 6 paragraphs\n  5 files; 5 read in ")
    assert "; 2 not read\n" in out
    assert [line.split(": ")[2] for line in err.splitlines()] == [str(bad / "a.html"), str(bad / "b.html")]


def test_progress_is_drawn_where_errors_go_to_a_terminal(build, corpus, monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    status, out, err = build("index", corpus)
    assert status == 0
    assert out.startswith("3 cables, 6 paragraphs\n")
    assert "3 cables" in err


def test_a_cable_in_two_files_is_reported(build, corpus, tmp_path, monkeypatch):
    monkeypatch.setattr(output, "PIPED_WIDTH", 400)  # so that a path stands in one line
    again = tmp_path / "again.html"
    again.write_text((corpus / "07TEZGARA5.html").read_text("utf-8"), "utf-8")
    assert (
        "  1 cable found twice, the fuller text kept:\n    07TEZGARA5  " in build("index", corpus, again).out
    )


def test_the_choices_of_engine_are_the_engines_there_are():
    assert EngineName.__args__ == ("auto", *NAMES)


def test_what_is_in_the_index(cablesearch, index, corpus):
    status, out, _ = cablesearch("info")
    assert status == 0
    assert out.startswith(f"Index       {index}\nEngine      whoosh\nBuilt       2")
    assert "\nParagraphs by origin\n         3  Embassy Tezgara\n         3  Mission Ostrel\n" in out


def test_what_is_in_the_index_as_json(cablesearch):
    told = json.loads(cablesearch("info", "--format", "json").out)
    assert (told["cables"], told["paragraphs"], told["engine"]) == (3, 6, "whoosh")
    assert told["facets"]["year"] == {"2007": 3, "2006": 2, "2008": 1}


def test_there_is_no_info_without_an_index(cablesearch, folder):
    assert cablesearch("info").status == 2


@pytest.mark.parametrize("command", ["index", "reindex"])
def test_the_report_as_json(build, corpus, command):
    report = json.loads(build(command, corpus, "--format", "json").out)
    assert (report["cables"], report["added"], report["formats"]) == (3, 3, {"Cablegate page": 3})
    assert (report["without_text"], report["duplicates"], report["failures"]) == ([], [], [])


@pytest.mark.parametrize("command", ["index", "reindex"])
@pytest.mark.parametrize("shard", ["3", "0/3", "4/3", "a/b", "1/2/3", "-1/3", "²/3", "1/" + "9" * 5000])
def test_a_part_is_named_as_one_of_so_many(build, corpus, command, shard):
    status, _, err = build(command, corpus, "--shard", shard)
    assert status == 2
    assert "such as 3/8" in err


@pytest.mark.parametrize(
    "arguments", [("index", "--finish"), ("reindex", "--finish"), ("index", "--check-contents")]
)
def test_a_part_is_only_prepared(build, corpus, arguments):
    status, _, err = build(*arguments, corpus, "--shard", "1/2")
    assert status == 2
    assert "leave out --finish" in err


@pytest.mark.parametrize("arguments", [("index", "--shard", "1/2"), ("reindex", "--finish")])
def test_only_an_index_on_a_cluster_is_built_by_several_machines(build, corpus, folder, arguments):
    status, _, err = build(*arguments, corpus)
    assert (status, err.count("\n")) == (2, 1)
    assert "name its engine with --engine" in err
    assert not folder.exists()


@pytest.mark.parametrize(
    ("done", "missing", "text"),
    [
        (True, ("1/3", "3/3"), "part 2/3: 5 cables\n  4 files read in 1.5 s\n  not there yet: 1/3, 3/3\n"),
        (
            True,
            (),
            "part 2/3: 5 cables\n  4 files read in 1.5 s\n"
            "  all parts are there: build the index from them with --finish\n",
        ),
        (
            False,
            ("1/3",),
            "part 2/3: 5 cables\n  it was complete already, and nothing was done\n  not there yet: 1/3\n",
        ),
    ],
)
def test_what_was_prepared_of_a_part_is_reported(done, missing, text):
    report = PartReport("2/3", done, 4, 5, missing, (), 1.5)
    assert part_text(report) == text
    [record] = report.records()
    assert record == {
        "part": "2/3",
        "done": done,
        "files": 4,
        "cables": 5,
        "seconds": 1.5,
        "missing": list(missing),
        "failures": [],
    }


def test_what_is_not_read_yet_is_said(cablesearch, tmp_path, monkeypatch):
    """A first build that was stopped after one of two files, each alone and with another index."""
    (tmp_path / "corpus").mkdir()
    for number in (5, 6):
        (tmp_path / "corpus" / f"07TEZGARA{number}.txt").write_text("SUBJECT: SALT\n\n1. (C) Salt is dear.\n")
    monkeypatch.setattr(building, "STRIDE", 0.0)
    strides = iter([True, False])

    def stop(now):
        if now.stage == "looking" and not next(strides):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        update(tmp_path / "own", [tmp_path / "corpus"], workers=0, progress=stop)
    said = "cablesearch: not all is indexed yet: 1 file to be read, cablesearch index goes on\n"
    done = cablesearch("salt", "--index", "own")
    assert (done.status, done.err) == (0, said)
    assert (
        "1 file not read to the end yet: cablesearch index goes on"
        in cablesearch("info", "--index", "own").out
    )
    update(tmp_path / "other", [tmp_path / "corpus"], workers=0)
    assert cablesearch("salt", "--index", "own", "--index", "other").err == said
    cablesearch("index", "--index", "own", "--workers", "0")
    assert cablesearch("salt", "--index", "own").err == ""
