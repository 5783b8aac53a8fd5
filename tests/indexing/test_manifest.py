"""The manifest of a build."""

from __future__ import annotations

from pathlib import Path

import pytest

from cablesearch.indexing.manifest import Filing, Manifest
from cablesearch.indexing.prepare import PreparedCable
from cablesearch.indexing.sources import FileInfo


def cable(number: int) -> PreparedCable:
    id, place = f"07VERITY{number}", f"#{number}".encode()
    return PreparedCable(id, id, place, number, b"", "", None, 1, 1, False, False, b"", None, ())


def steps(folder: Path, cables: int) -> int:
    """Return how many thousand steps SQLite takes to find each of the cables of a file that is read again."""
    taken = 0

    def count() -> int:
        nonlocal taken
        taken += 1
        return 0

    with Manifest(folder / f"{cables}.sqlite") as manifest:
        manifest.compare([FileInfo(b"/cables.csv", 1, 1, 1, 1, 1, "north", False)])
        for number in range(1, cables + 1):
            manifest.add_cable(1, cable(number), held=False)
            manifest.request(number, Filing("", ("south",)))
        [file] = manifest.requested_files()
        assert file.only == {cable(number).place: Filing("", ("south",)) for number in range(1, cables + 1)}
        manifest._db.set_progress_handler(count, 1_000)
        for number in range(1, cables + 1):
            entry = manifest.requested(1, cable(number).place)
            assert entry
            assert entry.row == number
    return taken


def test_reading_all_of_a_large_file_again_takes_time_in_proportion_to_it(tmp_path: Path) -> None:
    assert steps(tmp_path, 4_000) < 6 * steps(tmp_path, 1_000)


@pytest.mark.parametrize("also_in", [(), ("south",), ("My cables (2007)", "south")])
def test_what_the_engine_knows_of_a_cable_is_kept(tmp_path: Path, also_in: tuple[str, ...]) -> None:
    with Manifest(tmp_path / "manifest.sqlite") as manifest:
        manifest.compare([FileInfo(b"/cables.csv", 1, 1, 1, 1, 1, "north", False)])
        manifest.add_cable(1, cable(5), held=True)
        manifest.set_held(1, 2, Filing("-q7x2m", also_in))
        [entry] = manifest.entries("07VERITY5")
        assert (entry.filing, entry.collection) == (Filing("-q7x2m", also_in), "north")
        assert manifest.collections() == dict.fromkeys(("north", *also_in), 1)
