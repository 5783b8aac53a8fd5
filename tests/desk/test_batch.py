"""Many questions become one table."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from cablesearch import BatchHits, QueryError, count_all, open_index, read_questions


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("salt\n\n# fish\n  herring OR cod \n", [(1, "salt", None), (4, "herring OR cod", None)]),
        ("name,query\nA,salt\n,fish\n", [(2, "salt", "A"), (3, "fish", None)]),
        ('Query;Name\n"""old salt"", fish";B\n', [(2, '"old salt", fish', "B")]),
        ("query\nsalt, fish\n", [(2, "salt", None)]),
        ("query of mine\nsalt", [(1, "query of mine", None), (2, "salt", None)]),
        ('query\tname\n"a\nb"\tC\nsalt\tD', [(3, "a\nb", "C"), (4, "salt", "D")]),
    ],
)
def test_questions_of_a_file(text: str, questions: list[tuple[int, str, str | None]]) -> None:
    assert [(each.line, each.query, each.name) for each in read_questions(text)] == questions


@pytest.mark.parametrize("text", ["", "\n \n", "# nothing", "name,query\nA,\n"])
def test_a_file_without_questions_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match="no questions"):
        read_questions(text)


def test_a_bad_line_is_named_and_the_rest_is_counted(sample: Path) -> None:
    with open_index(sample / "index") as index:
        counted = count_all(index, read_questions("reform\norign:Astana\nherring OR cod\n"))
    assert [(each.paragraphs, each.cables) for each in counted] == [(15, 5), (None, None), (32, 13)]
    [failed] = counted.failed
    assert (failed.line, failed.query) == (2, "orign:Astana")
    assert "did you mean origin?" in (failed.error or "")
    assert [row["error"] is None for row in counted.rows()] == [True, False, True]


def test_hits_have_the_question_that_finds_them(sample: Path) -> None:
    with open_index(sample / "index") as index:
        hits = BatchHits(index, read_questions('name,query\nA,reform\nB,"""not closed"\n,herring\n'), 2)
        rows = [(row["question"], row["id"]) for row in hits.rows()]
        assert [name for name, _ in rows] == ["A", "A", "herring", "herring"]
        assert [each.line for each in hits.failed] == [3]
        every = BatchHits(index, read_questions("reform\nherring"))
        assert sum(1 for _ in every.rows()) == index.count("reform") + index.count("herring")
        assert {
            passage.cable.id for passage in BatchHits(index, read_questions("id:07ASTANA48")).passages()
        } == {"07ASTANA48"}


def test_only_paragraphs_with_every_word_are_hits(sample: Path) -> None:
    with open_index(sample / "index") as index:
        assert index.search("reform election").relaxed
        assert len([*BatchHits(index, read_questions("reform election"), 9).rows()]) == 2


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("name,query\nlonely\n# left,out\n#\nB,reform\n", 2),
        ("name,query\n\nA,  \nB,reform\n", 3),
        ('name;query\nB;reform\n"not closed;salt\n', 3),
    ],
)
def test_a_row_without_a_query_is_named(sample: Path, text: str, line: int) -> None:
    questions = read_questions(text)
    with open_index(sample / "index") as index:
        counted = count_all(index, questions)
        hits = BatchHits(index, questions)
        assert {row["question"] for row in hits.rows()} == {"B"}
    assert [each.line for each in counted.failed] == [each.line for each in hits.failed] == [line]
    assert "no query" in (counted.failed[0].error or "")
    assert [each.paragraphs for each in counted if each.name == "B"] == [15]


@pytest.mark.parametrize("cell", ["h h h h h h", "x" * 11])
def test_a_table_that_cannot_be_read_is_refused(cell: str) -> None:
    limit = csv.field_size_limit(10)
    try:
        with pytest.raises(QueryError, match="cannot be read"):
            read_questions(f"name,query\nA,{cell}\n")
    finally:
        csv.field_size_limit(limit)
