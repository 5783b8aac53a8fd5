"""What came or changed since the last look, on both local engines."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from cablesearch import (
    Notebook,
    NotebookError,
    QueryError,
    WhatsNew,
    open_index,
    rebuild_index,
    update_index,
    whats_new,
)
from cablesearch.desk.news import seen_file

TEXT = "SUBJECT: {0}\n\n1. (C) The price of {0} is {1}.\n\n2. (C) Fish is as it was.\n"


class Desk:
    """A corpus, its index and a notebook."""

    def __init__(self, folder: Path, engine: str) -> None:
        self.corpus, self.index = folder / "corpus", folder / "index"
        self.corpus.mkdir()
        self.engine = engine
        self.notebook = Notebook.beside(self.index)

    def write(self, id: str, *values: str) -> None:
        (self.corpus / f"{id}.txt").write_text(TEXT.format(*values))

    def build(self) -> None:
        update_index(self.index, self.corpus, engine=self.engine, workers=0)

    def look(self, *names: str, **options: bool | int) -> WhatsNew:
        with open_index(self.index, notebook=self.notebook) as cables:
            news = whats_new(cables, self.notebook, names, **options)  # type: ignore[arg-type]
            for each in news:
                for hit in each.hits:
                    assert hit.paragraph
            return news

    def news(self, *names: str, **options: bool | int) -> dict[str, dict[str, bool]]:
        """Return the new paragraphs by question, each with whether it is new."""
        return {
            each.name: {hit.paragraph.id: each.is_new(hit) for hit in each.hits}
            for each in self.look(*names, **options)
            if each.hits
        }


@pytest.fixture(params=["whoosh", "tantivy"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Desk:
    made = Desk(tmp_path, request.param)
    made.write("07TEZGARA5", "salt", "high")
    made.write("07TEZGARA6", "corn", "high")
    made.build()
    made.notebook.save("salt", "salt price")
    made.notebook.save("fish", "fish")
    return made


def test_the_first_look_only_begins(desk: Desk) -> None:
    first = desk.look()
    assert [(each.name, each.first, each.total) for each in first] == [("fish", True, 0), ("salt", True, 0)]
    assert [each.first for each in desk.look()] == [False, False]
    assert desk.news() == {}


def test_what_came_and_what_changed_is_new_once(desk: Desk) -> None:
    desk.look()
    desk.write("08TEZGARA7", "salt", "higher")
    desk.write("07TEZGARA5", "salt", "low")
    desk.build()
    expected = {
        "salt": {"07TEZGARA5#1": False, "08TEZGARA7#1": True},
        "fish": {"08TEZGARA7#2": True},
    }
    assert desk.news(mark=False) == expected
    assert desk.news() == expected
    assert desk.news() == {}


def test_a_paragraph_that_did_not_change_is_not_new_though_its_cable_did(desk: Desk) -> None:
    desk.look()
    desk.write("07TEZGARA6", "corn", "low")
    desk.build()
    assert desk.news() == {}


def test_a_paragraph_that_matches_only_now_has_changed(desk: Desk) -> None:
    desk.look()
    desk.write("07TEZGARA6", "salt", "low")
    desk.build()
    assert desk.news() == {"salt": {"07TEZGARA6#1": False}}


def test_each_question_has_its_own_last_look(desk: Desk) -> None:
    desk.look()
    desk.write("08TEZGARA7", "salt", "high")
    desk.build()
    assert desk.news("SALT") == {"salt": {"08TEZGARA7#1": True}}
    desk.write("08TEZGARA8", "salt", "high")
    desk.build()
    assert desk.news() == {
        "salt": {"08TEZGARA8#1": True},
        "fish": {"08TEZGARA7#2": True, "08TEZGARA8#2": True},
    }


def test_what_is_rebuilt_without_a_change_is_not_new(desk: Desk) -> None:
    desk.look()
    rebuild_index(desk.index, engine=desk.engine, workers=0)
    assert desk.news() == {}
    (desk.corpus / "inner").mkdir()
    (desk.corpus / "07TEZGARA5.txt").rename(desk.corpus / "inner" / "07TEZGARA5.txt")
    desk.build()
    assert desk.news() == {}


def test_what_is_gone_and_comes_back_is_new(desk: Desk) -> None:
    desk.look()
    text = (desk.corpus / "07TEZGARA5.txt").read_text()
    (desk.corpus / "07TEZGARA5.txt").unlink()
    desk.build()
    assert desk.news() == {}
    (desk.corpus / "07TEZGARA5.txt").write_text(text)
    desk.build()
    assert desk.news("salt") == {"salt": {"07TEZGARA5#1": True}}


def test_a_question_that_was_changed_begins_anew(desk: Desk) -> None:
    desk.look()
    desk.notebook.save("salt", "price")
    desk.write("08TEZGARA7", "salt", "high")
    desk.build()
    assert [(each.first, each.total) for each in desk.look("salt")] == [(True, 0)]
    desk.write("08TEZGARA8", "salt", "high")
    desk.build()
    assert desk.news("salt") == {"salt": {"08TEZGARA8#1": True}}


def test_a_question_that_cannot_be_asked_is_named_and_the_others_are_looked_at(desk: Desk) -> None:
    desk.notebook.save("bad", "query:nothing")
    desk.look()
    desk.write("08TEZGARA7", "salt", "high")
    desk.build()
    news = desk.look()
    assert [(each.name, "no question is saved" in (each.error or "")) for each in news.failed] == [
        ("bad", True)
    ]
    assert news.total == 2


def test_no_more_are_listed_than_wanted_but_all_are_counted(desk: Desk) -> None:
    desk.look()
    for serial in range(10, 15):
        desk.write(f"08TEZGARA{serial}", "salt", "high")
    desk.build()
    [news] = desk.look("salt", limit=2)
    assert (len(news.hits), news.total) == (2, 5)


def test_an_unknown_name_is_refused(desk: Desk) -> None:
    with pytest.raises(QueryError, match="no question is saved as 'x'"):
        desk.look("x")


def test_views_for_programs(desk: Desk) -> None:
    desk.look()
    desk.write("08TEZGARA7", "salt", "high")
    desk.build()
    with open_index(desk.index, notebook=desk.notebook) as cables:
        news = whats_new(cables, desk.notebook, mark=False)
        assert [(row["question"], row["what"], row["id"]) for row in news.rows()] == [
            ("fish", "new", "08TEZGARA7#2"),
            ("salt", "new", "08TEZGARA7#1"),
        ]
        questions = news.as_dict()["questions"]
        assert isinstance(questions, list)
        assert [(each["name"], len(each["passages"])) for each in questions] == [("fish", 1), ("salt", 1)]
        assert [passage.found_by for passage in news.passages()] == ["fish (new)", "salt (new)"]


def test_the_log_of_changes_does_not_grow(desk: Desk) -> None:
    for serial in range(10, 14):
        desk.write(f"08TEZGARA{serial}", "salt", "high")
        desk.build()
        desk.look()
    with sqlite3.connect(seen_file(desk.notebook)) as log:
        assert log.execute("SELECT count(*) FROM change").fetchone() == (0,)
    log.close()


def test_several_indexes_are_looked_at_apart(desk: Desk, tmp_path: Path) -> None:
    desk.look()
    rebuild_index(tmp_path / "second", desk.corpus, workers=0)
    with open_index(tmp_path / "second", notebook=desk.notebook) as cables:
        assert [each.first for each in whats_new(cables, desk.notebook)] == [True, True]
    desk.write("08TEZGARA7", "salt", "high")
    desk.build()
    assert desk.news("salt") == {"salt": {"08TEZGARA7#1": True}}


@pytest.mark.parametrize(
    "statements", [["PRAGMA user_version = 1"], ["PRAGMA user_version = 1", "CREATE TABLE tracked (a)"]]
)
def test_a_log_that_is_damaged_is_to_be_deleted(desk: Desk, statements: list[str]) -> None:
    desk.notebook.save("fish", "fish")
    log = sqlite3.connect(seen_file(desk.notebook))
    for statement in statements:
        log.execute(statement)
    log.close()
    with pytest.raises(NotebookError, match=r"seen\.sqlite, .* delete it"):
        desk.look()
    seen_file(desk.notebook).unlink()
    assert desk.look()[0].first


def test_more_may_be_wanted_than_can_be_counted(desk: Desk) -> None:
    desk.look()
    desk.write("08TEZGARA8", "salt", "high")
    desk.build()
    assert desk.look(limit=10**30).total == 2


def test_to_look_before_the_first_look_reads_and_writes_nothing(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "whoosh")
    desk.write("07TEZGARA1", "salt", "dear")
    desk.build()
    desk.notebook.save("salt", "salt")
    with open_index(desk.index, notebook=desk.notebook) as cables:
        found = whats_new(cables, desk.notebook, mark=False)
        assert (found.total, [each.first for each in found]) == (0, [True])
        assert not seen_file(desk.notebook).exists()
        found.mark()  # begins
    desk.write("07TEZGARA2", "salt", "cheap")
    desk.build()
    assert desk.look(mark=False).total == 2


def test_another_name_or_one_more_collection_is_no_news(desk: Desk, tmp_path: Path) -> None:
    """And what is noted of a paragraph stays."""
    desk.notebook.save("fish", "fish")
    desk.notebook.label("07TEZGARA5#2", "dear")
    desk.build()
    desk.look()
    shutil.copytree(desk.corpus, tmp_path / "again")
    update_index(desk.index, [f"first={desk.corpus}", f"second={tmp_path / 'again'}"], workers=0)
    assert desk.news() == {}
    with open_index(desk.index, notebook=desk.notebook) as cables:
        assert cables.facets("label:dear", "collection")["collection"] == {"first": 1, "second": 1}
    update_index(desk.index, remove="first", workers=0)
    assert desk.news() == {}
    with open_index(desk.index, notebook=desk.notebook) as cables:
        assert [hit.paragraph.id for hit in cables.search("label:dear NOT collection:first")] == [
            "07TEZGARA5#2"
        ]
