"""What the user says about people, written into people.toml without touching what else is there."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cablesearch.errors import PeopleFileError
from cablesearch.people.corrections import (
    Correction,
    add_correction,
    read_corrections,
    take_back_correction,
)
from cablesearch.people.registry import join_names, read_overrides

APART = Correction("apart", "Viktor Orlan", "Orlan")
SAME = Correction("same", "Karim Masimov", "K. Masimov")
NOBODY = Correction("nobody", "Camp David")
BY_HAND = """\
# mine
nobody = [   # places
    "Camp David",
    "Camp \\u0044rum", # another
]
apart = [["Ada Quell","Quell" , ], ["Viktor Orlan", "V. Orlan"]]

[[person]]
name = "Karim Masimov"   # as he signs
also = ["Masimow"]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "people.toml"


@pytest.mark.parametrize("text", [None, "", "# mine", BY_HAND, "person = []\n", "nobody = []\r\n# end\r\n"])
@pytest.mark.parametrize(
    "correction",
    [APART, SAME, NOBODY, Correction("nobody", 'A "B" \\ Ç'), Correction("apart", "aa # bb", "cc]")],
)
def test_what_is_said_is_read_and_taken_back(file: Path, text: str | None, correction: Correction) -> None:
    if text is not None:
        file.write_bytes(text.encode())
    before = read_corrections(file)
    if text == "person = []\n" and correction == SAME:
        with pytest.raises(PeopleFileError):
            add_correction(file, correction)  # no table can follow such a list
        assert file.read_bytes() == text.encode()
        return
    add_correction(file, correction)
    assert {*read_corrections(file)} == {*before, correction}
    take_back_correction(file, correction)
    assert {*read_corrections(file)} == {*before} - {correction}


def test_comments_and_order_stay(file: Path) -> None:
    file.write_text(BY_HAND, "utf-8")
    for one in (APART, SAME, Correction("nobody", "Fort Meade")):
        add_correction(file, one)
    text = file.read_text("utf-8")
    for line in ("# mine", "# places", "# another", "# as he signs"):
        assert line in text
    for one in (APART, SAME, Correction("nobody", "Fort Meade")):
        take_back_correction(file, one)
    assert file.read_text("utf-8") == BY_HAND


@pytest.mark.parametrize(
    "correction",
    [
        Correction("nobody", "Camp David"),
        Correction("apart", "Ada Quell", "Quell"),
        Correction("same", "Karim Masimov", "Masimow"),
    ],
)
def test_what_was_written_by_hand_is_taken_back(file: Path, correction: Correction) -> None:
    file.write_text(BY_HAND, "utf-8")
    take_back_correction(file, correction)
    assert correction not in read_corrections(file)
    assert "# mine" in file.read_text("utf-8")
    assert len(read_corrections(file)) == 4


def test_what_cannot_be_found_in_the_text_is_left_to_the_user(file: Path) -> None:
    file.write_text(BY_HAND, "utf-8")
    with pytest.raises(PeopleFileError, match="take Camp Drum out of it yourself"):
        take_back_correction(file, Correction("nobody", "Camp Drum"))
    assert file.read_text("utf-8") == BY_HAND


def test_what_is_said_twice_is_written_once(file: Path) -> None:
    add_correction(file, APART)
    text = file.read_text("utf-8")
    add_correction(file, APART)
    assert file.read_text("utf-8") == text
    take_back_correction(file, NOBODY)
    assert file.read_text("utf-8") == text


@pytest.mark.parametrize(
    "correction",
    [
        Correction("nobody", ""),
        Correction("nobody", "?"),
        Correction("apart", "Orlan", "orlan"),
        Correction("apart", "Ada Quell", ""),
        Correction("same", "", "Quell"),
        Correction("nobody", "x" * (17 << 20)),
    ],
)
def test_what_is_no_name_is_refused(file: Path, correction: Correction) -> None:
    with pytest.raises(PeopleFileError):
        add_correction(file, correction)
    assert [*file.parent.iterdir()] == []


@pytest.mark.parametrize("text", ["nobody = [", "nobody = 1", "other = 1", "\x00"])
def test_a_file_that_is_broken_is_not_touched(file: Path, text: str) -> None:
    file.write_text(text, "utf-8")
    with pytest.raises(PeopleFileError):
        add_correction(file, APART)
    assert file.read_text("utf-8") == text


def test_corrections_made_at_once_are_all_written(file: Path) -> None:
    names = [f"Camp {chr(65 + n)}row" for n in range(20)]
    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(add_correction, file, Correction("nobody", name)) for name in names]:
            done.result()
    assert {one.name for one in read_corrections(file)} == {*names}


@pytest.mark.parametrize(
    ("form", "name"),
    [("Orlan", "Viktor Orlan"), ("V. Orlan", "Viktor Orlan"), ("Viktor Orlan", "Viktor Janos Orlan")],
)
def test_a_form_that_is_apart_from_the_name_shown_is_apart_from_its_fuller_forms(
    file: Path, form: str, name: str
) -> None:
    counts = {"Viktor Janos Orlan": 2, "Viktor Orlan": 9, "V. Orlan": 3, "Orlan": 4}
    add_correction(file, Correction("apart", name, form))
    people = join_names(counts, read_overrides(file))
    holding = [person.forms for person in people if name in person.forms]
    assert len(holding) == 1
    assert form not in holding[0]
