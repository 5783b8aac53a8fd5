"""What an index is open with: the reader of its engine, and the states that this reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from ..engines.contract import Reader
from ..errors import IndexStateError
from ..model.cable import Cable
from ..people.registry import PEOPLE_FILE

if TYPE_CHECKING:
    from ..indexing import State


class OpenedReader:
    """The reader of an engine, until it is closed.

    Hits refer to it, not to the index: what refers to itself is kept until the garbage collector comes.
    """

    def __init__(self, reader: Reader, redact: bool) -> None:
        self._reader: Reader | None = reader
        self._redact = redact

    def get(self) -> Reader:
        """Return the reader.

        Raises:
            IndexStateError: it is closed.
        """
        if not self._reader:
            raise IndexStateError(
                "the index is closed: open it again, and read what hits hold before it is closed"
            )
        return self._reader

    def cable(self, id: str) -> Cable | None:
        """Return a cable of the index, redacted if that is wanted."""
        cable = self.get().cable(id)
        if not cable or not self._redact:
            return cable
        from ..people.redaction import redact_cable

        return redact_cable(cable)

    def close(self) -> None:
        reader, self._reader = self._reader, None
        if reader:
            reader.close()


@dataclass(frozen=True, slots=True)
class States:
    """The states of the indexes that are open as one.

    Attributes:
        folders: of the indexes.
        opened: the state of each that the reader reads; none if it was not opened from a folder.
    """

    folders: tuple[Path, ...]
    opened: Sequence[State]

    @property
    def current(self) -> Sequence[State]:
        """Those that the reader reads, which are still those of the indexes.

        Raises:
            IndexStateError: a build has replaced one of them.
        """
        if not self.opened:
            raise IndexStateError("the index was not opened from a folder: use open_index")
        if [state.generation for state in self.now] != [state.generation for state in self.opened]:
            raise IndexStateError("a build has just replaced the index: ask again")
        return self.opened

    @property
    def now(self) -> list[State]:
        """Those that the indexes have now."""
        from ..indexing import state

        return [*map(state, self.folders)]

    @property
    def as_one(self) -> State:
        """What is in all indexes now, and when and how the last of them was built."""
        if len(self.folders) > 1:
            from ..indexing.together import state_of_all

            return state_of_all(self.folders)
        [now] = self.now
        return now

    def records(self) -> dict[str, int]:
        """Return the ids of the cables, each with the checksum of the record that it was read from."""
        opened = self.current
        if len(opened) > 1:
            from ..indexing.together import records_of_all

            return records_of_all(opened)
        from ..indexing.manifest_reading import read_records

        return read_records(opened[0].generation)

    @property
    def generation(self) -> str:
        """What tells them, in the order of their folders, from any others."""
        opened = zip(map(Path.absolute, self.folders), self.current, strict=True)
        return " ".join(state.stamp for _, state in sorted(opened, key=itemgetter(0)))

    @property
    def stamp(self) -> str:
        """What tells the answers of this build, of `people.toml` and the vectors as they are, from others."""
        from ..meaning import signature

        stamps = []
        for state, folder in zip(self.now, self.folders, strict=True):
            try:
                file = (folder / PEOPLE_FILE).stat()
                people = f"-{file.st_mtime_ns:x}-{file.st_size:x}"
            except OSError:
                people = ""
            vectors = "".join(f"-{moment:x}" for moment in signature(folder))
            stamps.append(f"{state.generation.name}-{state.built.timestamp():.0f}{people}{vectors}")
        return ".".join(stamps)
