"""Whether an index is as it was written, with the model and the vectors in its folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ..indexing.checking import Check
from ..indexing.checking import check as check_files
from . import CARD, STATE, model_folder, read_card, store_folders
from .model_files import digest_of_model
from .state import UNREADABLE, Problem, damage, read_state


def check(folder: Path | str = "index") -> Check:
    """Compare every file of an index with the checksum that it was written with.

    It takes half a second for a gigabyte that is in memory; from a disk, as long as it takes to read it.

    Raises:
        NoIndexError: there is no index.
        BrokenIndexError: not even `current.json` is as it was written.
        IndexStateError: a file may not be read.
    """
    folder = Path(folder)
    found = check_files(folder)
    vectors = [*_damaged_vectors(folder)]
    size = sum(state.size for store in store_folders(folder) if (state := read_state(store)))
    return replace(found, size=found.size + size, vectors=(*_damaged_model(folder), *vectors))


def _damaged_model(folder: Path) -> Iterator[Problem]:
    model = model_folder(folder)
    if card := read_card(model):
        try:
            same = digest_of_model(model) == card.digest
        except OSError:
            same = False
        if not same:
            yield model.relative_to(folder).as_posix(), "is not as it was fetched"
    elif (model / CARD).exists():
        yield (model / CARD).relative_to(folder).as_posix(), UNREADABLE


def _damaged_vectors(folder: Path) -> Iterator[Problem]:
    for store in store_folders(folder):
        state = read_state(store)
        for name, problem in damage(store, state) if state else ((STATE, UNREADABLE),):
            yield (store / name).relative_to(folder).as_posix(), problem
