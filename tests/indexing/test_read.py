"""Reading cables without an index."""

import pytest

from cablesearch import Cable, Failure, open_index, read_cables, update_index

TEXT = """07TEZGARA9
A TALK
2007-01-08 12:31
CONFIDENTIAL
Embassy Tezgara

1. (C) Harbor Minister Ivo Quell (strictly protect) met the Ambassador.
"""


def test_cables_are_read_as_an_index_stores_them(tmp_path):
    (tmp_path / "corpus").mkdir()
    file = tmp_path / "corpus" / "07TEZGARA9.txt"
    file.write_text(TEXT, "utf-8")
    update_index(tmp_path / "index", [tmp_path / "corpus"], workers=0)
    with open_index(tmp_path / "index") as index:
        stored = index.cable("07TEZGARA9")
    [read] = read_cables(str(tmp_path / "corpus"))
    assert isinstance(read, Cable)
    assert read.as_dict() == stored.as_dict()
    assert [person.name for person in read.paragraphs[0].people] == ["Ivo Quell"]


@pytest.mark.parametrize("named", ["..", "../north", "north/../../north"])
def test_a_collection_is_the_folder_that_a_path_leads_to(tmp_path, monkeypatch, named):
    inner = tmp_path / "north" / "north"
    inner.mkdir(parents=True)
    (tmp_path / "north" / "07TEZGARA9.txt").write_text(TEXT, "utf-8")
    monkeypatch.chdir(inner if named == ".." else tmp_path / "north")
    update_index(tmp_path / "index", [named], workers=0)
    with open_index(tmp_path / "index") as index:
        stored = index.cable("07TEZGARA9")
    [read] = read_cables(named)
    assert read.collection == stored.collection == "north"


def test_paths_may_come_one_by_one(tmp_path):
    names = ["07TEZGARA8.txt", "07TEZGARA9.txt"]
    for name in names:
        (tmp_path / name).write_text(TEXT.replace("07TEZGARA9", name[:10]), "utf-8")
    assert [cable.id for cable in read_cables(tmp_path / name for name in names)] == [
        "07TEZGARA8",
        "07TEZGARA9",
    ]


def test_people_may_be_left_out_or_hidden(tmp_path):
    (tmp_path / "07TEZGARA9.txt").write_text(TEXT, "utf-8")
    [plain] = read_cables([tmp_path], people=False)
    [redacted] = read_cables([tmp_path], redact=True)
    assert plain.paragraphs[0].people == ()
    assert "Quell" not in redacted.paragraphs[0].text


def test_whatever_cannot_be_read_is_a_failure_in_its_place(tmp_path):
    (tmp_path / "07TEZGARA9.txt").write_text(TEXT, "utf-8")
    (tmp_path / "06EMPTY.txt").write_bytes(b"")
    kinds = [type(item) for item in read_cables(tmp_path)]
    assert kinds == [Failure, Cable]
