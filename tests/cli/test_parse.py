"""Parsing files."""

import json

from cablesearch.model.cable import Cable


def test_a_file_as_text(cablesearch, corpus):
    status, out, err = cablesearch("parse", corpus / "07TEZGARA5.html")
    assert (status, err) == (0, "")
    assert out.startswith("07TEZGARA5  SALT AND DEMOCRATIC REFORM\n")
    assert "References" in out


def test_facts_that_a_file_lacks_are_listed(cablesearch, tmp_path, corpus):
    page = (corpus / "08OSTREL7.html").read_text("utf-8").replace("TAGS: PGOV, QV\n", "")
    (tmp_path / "08OSTREL7.html").write_text(page, "utf-8")
    assert "Not found       tags\n" in cablesearch("parse", "08OSTREL7.html").out


def test_json_has_a_cable_on_each_line(cablesearch, corpus):
    status, out, _ = cablesearch("parse", "--format", "json", corpus)
    assert status == 0
    assert [Cable.from_dict(json.loads(line)).id for line in out.splitlines()] == [
        "06OSTREL12",
        "07TEZGARA5",
        "08OSTREL7",
    ]


def test_csv_has_all_paragraphs_under_one_heading_row(cablesearch, corpus):
    lines = cablesearch("parse", "--format", "csv", corpus).out.splitlines()
    assert lines[0].startswith("id,cable,number,date,origin,")
    assert len(lines) == 1 + 6


def test_unreadable_files_are_reported_and_the_rest_is_shown(cablesearch, corpus, tmp_path):
    empty = tmp_path / "empty.html"
    empty.write_bytes(b"")
    status, out, err = cablesearch("parse", "--format", "json", empty, "nowhere.txt", corpus)
    assert status == 3
    assert out.count("\n") == 3
    first, second = err.splitlines()
    assert first.startswith(f"cablesearch: not read: {empty}: ")
    assert second == "cablesearch: not read: nowhere.txt: no such file or directory"


def test_an_empty_folder_has_no_cables(cablesearch, tmp_path):
    assert cablesearch("parse", tmp_path) == (1, "", "cablesearch: there are no cables\n")


def test_no_index_is_needed(cablesearch, corpus, tmp_path, monkeypatch):
    monkeypatch.setenv("CABLESEARCH_INDEX", str(tmp_path / "none"))
    assert cablesearch("parse", corpus).status == 0
