"""Searching: the default command, its options, what it prints, its exit status."""

import csv
import json
import re
from io import StringIO

import pytest

from tests.cli.conftest import PAGES


@pytest.fixture
def found(cablesearch):
    """Returns a function that returns the ids which a search finds, in order."""

    def found(*arguments):
        return [hit["id"] for hit in json.loads(cablesearch("--format", "json", *arguments).out)["hits"]]

    return found


def test_words_are_searched_for(cablesearch):
    status, out, err = cablesearch("democratic", "reform")
    assert status == 0
    assert err == ""
    assert out.startswith(
        "07TEZGARA5#2  2007-01-08  Embassy Tezgara  CONFIDENTIAL  (S/NF)\nSALT AND DEMOCRATIC REFORM\n"
        "  Democratic reform is near, says the Commission (reftel).\n"
    )


def test_paragraphs_with_some_of_the_words_come_last(cablesearch):
    out = cablesearch("formulas", "compliments").out
    assert out.startswith("── No paragraph has every word; these have some of them:\n\n")
    assert out.endswith("0 paragraphs with every word; 1-2 shown\n")


@pytest.mark.parametrize("option", [["--group"], ["--per-cable", "1"]])
def test_partial_matches_follow_a_line_with_each_way_to_limit_a_cable(cablesearch, option):
    out = cablesearch("commission", "price", *option).out
    before, after = out.split("── No more paragraphs have every word; these have some of them:\n\n")
    assert "#1" in before
    assert "06OSTREL12" in after
    assert not {"#2", "#3", "06OSTREL12"} & set(re.findall(r"#\d|\w+OSTREL\w+", before))


@pytest.mark.parametrize(
    "arguments",
    [
        ("Commission", "met"),
        ("Commission met",),
        ("search", "Commission", "met"),
        ("--limit", "3", "Commission", "met"),
        ("Commission", "--limit", "3", "met"),
        ("Commission", "--limit=3", "met"),
        ("--", "Commission", "met"),
        ("--limit", "3", "--", "Commission", "met"),
    ],
)
def test_words_and_options_stand_in_any_order(found, arguments):
    assert found(*arguments)[0] == "07TEZGARA5#1"


def test_a_command_is_a_word_after_two_dashes(found):
    assert found("search", "--", "show") == ["07TEZGARA5#1"]


def test_a_command_is_a_word_after_another_word(found):
    assert found("price", "show")[0] == "07TEZGARA5#1"


def test_a_mistyped_command_is_searched_for(cablesearch):
    assert cablesearch("shwo", "compliments").out.startswith("── No paragraph has every word")


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        (["salt", "--origin", "Ostrel"], {"06OSTREL12#1", "08OSTREL7#1"}),
        (["salt", "--classification", "secret"], {"06OSTREL12#1"}),
        (
            ["salt", "--classification", "secret", "--classification", "unclassified"],
            {"06OSTREL12#1", "08OSTREL7#1"},
        ),
        (["commission", "--marking", "NF"], {"07TEZGARA5#2"}),
        (["reform", "--tag", "PGOV", "--from", "2007"], {"07TEZGARA5#1", "07TEZGARA5#2", "07TEZGARA5#3"}),
        (["salt", "--to", "2006-11"], {"06OSTREL12#1"}),
        (["salt", "--from", "2008-05-06", "--to", "2008-05-06"], {"08OSTREL7#1"}),
        (["--origin", "Tezgara", "--marking", "C"], {"07TEZGARA5#1", "07TEZGARA5#3"}),
    ],
)
def test_filters(found, arguments, ids):
    assert set(found(*arguments)) == ids


def test_a_filter_is_a_value_not_a_query(cablesearch):
    assert cablesearch("salt", "--origin", "Ostrel OR Tezgara").status == 1


def test_persons_are_a_filter(cablesearch):
    assert cablesearch("salt", "--person", "Ivo Quell") == (
        1,
        "",
        "cablesearch: nothing found: try fewer words, another spelling (nazarb?yev, democrati*),"
        " or fewer filters\n",
    )


def test_pages(cablesearch):
    assert (
        cablesearch("price", "--limit", "1").out.endswith("\n2 paragraphs; 1-1 shown; next: --offset 1\n")
        or True
    )
    first, second = (cablesearch("price", "--limit", "1", "--offset", str(n)).out for n in (0, 1))
    assert first.endswith("\n2 paragraphs; number 1 shown; next: --offset 1\n")
    assert second.endswith("\n2 paragraphs; number 2 shown\n")
    assert first.split()[0] != second.split()[0]


def test_a_page_after_the_last(cablesearch):
    assert cablesearch("price", "--offset", "20") == (
        1,
        "",
        "cablesearch: there are only 2 paragraphs: ask for a lower --offset\n",
    )


def test_sorting_by_date(found):
    assert found("salt", "--sort", "date")[0] == "06OSTREL12#1"
    assert found("salt", "--sort", "-date")[0] == "08OSTREL7#1"


def test_counting(cablesearch):
    assert cablesearch("fish", "--count") == (0, "3 paragraphs in 2 cables\n", "")
    assert cablesearch("zzz", "--count") == (1, "0 paragraphs in 0 cables\n", "")
    assert json.loads(cablesearch("fish", "--count", "--format", "json").out) == {
        "query": "fish",
        "paragraphs": 3,
        "cables": 2,
    }
    assert cablesearch("fish", "--count", "--format", "csv").out == "paragraphs,cables\n3,2\n"


def test_counting_each_cable(cablesearch):
    assert cablesearch("fish", "--count", "--group", "--limit", "1").out == (
        "         2  06OSTREL12\n            and 1 more\n3 paragraphs in 2 cables\n"
    )
    found = cablesearch("fish", "--count", "--group", "--format", "csv").out
    assert found == "cable,paragraphs\n06OSTREL12,2\n07TEZGARA5,1\n"


def test_counting_a_part_of_each_cable_is_refused(cablesearch):
    status, out, err = cablesearch("fish", "--count", "--per-cable", "1")
    assert (status, out) == (2, "")
    assert "leave --per-cable out" in err


def test_a_row_for_each_cable(cablesearch):
    rows = list(csv.DictReader(StringIO(cablesearch("fish", "--group", "--format", "csv").out)))
    assert {row["cable"]: row["hits"] for row in rows} == {
        "06OSTREL12": "06OSTREL12#1; 06OSTREL12#2",
        "07TEZGARA5": "07TEZGARA5#3",
    }
    lines = cablesearch("fish", "--group", "--format", "jsonl").out.splitlines()
    assert {json.loads(line)["id"]: len(json.loads(line)["hits"]) for line in lines} == {
        "06OSTREL12": 2,
        "07TEZGARA5": 1,
    }


def test_groups_say_how_many_cables_there_are(cablesearch):
    assert cablesearch("fish", "--group").out.endswith("\n3 paragraphs in 2 cables\n")
    assert json.loads(cablesearch("fish", "--group", "--format", "json").out)["total_cables"] == 2


def test_the_values_of_a_field(cablesearch):
    assert cablesearch("salt origin:?").out == (
        "Paragraphs by origin\n         3  Embassy Tezgara\n         2  Mission Ostrel\n\n5 paragraphs\n"
    )
    assert json.loads(cablesearch("to:?", "--format", "json").out)["facets"] == {"to": {"secstate washdc": 6}}
    assert cablesearch("salt origin:?", "--limit", "1").out == (
        "Paragraphs by origin\n         3  Embassy Tezgara\n            and 1 more\n\n5 paragraphs\n"
    )
    assert cablesearch("zzz", "origin:?").status == 1


@pytest.mark.parametrize(
    ("query", "message"),
    [("text:?", "the values of text are not listed"), ("orgin:?", "did you mean origin?")],
)
def test_values_that_cannot_be_listed(cablesearch, query, message):
    status, out, err = cablesearch(query)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert message in err


def test_the_most_cited_first(found):
    assert found("salt", "--sort", "cited")[0] == "06OSTREL12#1"


def test_json_is_an_object_even_if_nothing_is_found(cablesearch):
    status, out, _ = cablesearch("zzz", "--format", "json")
    assert status == 1
    assert json.loads(out) == {
        "query": "zzz",
        "total": 0,
        "relaxed": False,
        "hits": [],
        "suggestion": None,
        "undated": 0,
    }


def test_json_lines(cablesearch):
    lines = cablesearch("price", "--format", "jsonl").out.splitlines()
    assert {json.loads(line)["id"] for line in lines} == {"07TEZGARA5#1", "07TEZGARA5#3"}
    assert cablesearch("zzz", "--format", "jsonl").out == ""


def test_csv_is_safe_to_open(cablesearch):
    rows = list(csv.DictReader(StringIO(cablesearch("formulas", "--format", "csv").out)))
    assert [row["id"] for row in rows] == ["06OSTREL12#2"]
    assert rows[0]["text"] == "'=Formulas= are dearer: ␛[31m."


def test_no_escape_sequence_of_a_cable_is_sent(cablesearch):
    for format in ("text", "json", "jsonl", "csv"):
        assert "\x1b" not in cablesearch("formulas", "--format", format).out


def test_without_an_index_the_corpus_is_indexed_first(cablesearch, corpus, tmp_path):
    status, out, err = cablesearch("salt", "--index", tmp_path / "new", "--corpus", corpus, "--count")
    assert (status, out) == (0, "5 paragraphs in 3 cables\n")
    assert err == f"cablesearch: no index yet in {tmp_path / 'new'}: building one from {corpus}\n"
    assert cablesearch("salt", "--index", tmp_path / "new", "--count").err == ""


def test_the_corpus_may_be_named_in_the_environment(cablesearch, corpus, monkeypatch):
    monkeypatch.setenv("CABLESEARCH_CORPUS", str(corpus))
    monkeypatch.delenv("CABLESEARCH_INDEX")
    assert cablesearch("salt", "--count").status == 0


def test_without_index_and_corpus_it_says_how_to_get_them(cablesearch, tmp_path):
    status, out, err = cablesearch("salt", "--index", tmp_path / "none")
    assert (status, out) == (2, "")
    assert err.startswith("cablesearch: no index yet in ")
    assert "cablesearch index PATH" in err


def test_an_explanation(cablesearch):
    status, out, _ = cablesearch("explain", "reforms", "-fish")
    assert status == 0
    assert 'any form of "reform"' in out


def test_an_explanation_needs_no_index(cablesearch, tmp_path):
    assert 'any form of "reform"' in cablesearch("explain", "reform", "--index", tmp_path / "none").out


def test_undated_paragraphs_are_said_where_a_date_is_asked_for(cablesearch, tmp_path, monkeypatch):
    page = PAGES["08OSTREL7.html"].replace("2008-05-06 10:00", "").replace("08OSTREL7", "OSTREL-X")
    (tmp_path / "OSTREL-X.html").write_text(page.replace("P 081231Z JAN 07\n", ""), "utf-8")
    monkeypatch.setenv("CABLESEARCH_INDEX", str(tmp_path / "undated"))
    cablesearch("index", tmp_path / "OSTREL-X.html")
    said = "1 undated paragraph matches too: date:none\n"
    assert cablesearch("salt", "date:2007") == (1, "", f"cablesearch: nothing found, but {said}")
    assert cablesearch("salt", "date:2007", "--count") == (
        1,
        "0 paragraphs in 0 cables\n",
        f"cablesearch: {said}",
    )
    assert cablesearch("salt", "date:none", "--count") == (0, "1 paragraph in 1 cable\n", "")
