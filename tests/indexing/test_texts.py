"""What the manifest knows of the texts of cables, by which it is told which of them changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cablesearch.indexing import state, update
from cablesearch.indexing.manifest_reading import read_records, read_texts

Write = Callable[..., Path]


def known(index: Path, paths: object = ()) -> tuple[dict[str, int], dict[str, int]]:
    """Bring an index up to date; return what is known of the records of its cables, and of the texts."""
    update(index, paths, workers=0)  # type: ignore[arg-type]
    generation = state(index).generation
    return read_records(generation), read_texts(generation)


def test_another_collection_or_file_is_another_record_but_the_same_text(
    write: Write, corpus: Path, index: Path
) -> None:
    write("1.html", "07VERITY1", "Dues rise.", "Ships wait.")
    write("2.html", "07VERITY2", "Dues fall.")
    before, texts = known(index, corpus)
    assert len(set(texts.values())) == 2
    renamed, same = known(index, f"dues={corpus}")
    assert same == texts
    assert not set(renamed.values()) & set(before.values())
    shutil.move(corpus / "1.html", corpus / "moved.html")
    _, same = known(index)
    assert same == texts


@pytest.mark.parametrize(
    "changed",
    [
        ("Dues fall.", "Ships wait."),
        ("Dues rise.", "Ships wait long."),
        ("Dues rise.", "Ships wait.", "Nothing."),
        ("Dues rise.",),
        ("Dues rise. Ships wait.",),
    ],
)
def test_another_text_is_told_from_it(
    write: Write, corpus: Path, index: Path, changed: tuple[str, ...]
) -> None:
    write("1.html", "07VERITY1", "Dues rise.", "Ships wait.")
    _, before = known(index, corpus)
    write("1.html", "07VERITY1", *changed)
    _, now = known(index)
    assert now.keys() == before.keys()
    assert now != before
