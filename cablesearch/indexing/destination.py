"""The engine that a build fills, chosen when it is known how much text there is.

The first cables wait here; when their text outgrows whoosh, or there are no more, the engine is opened.
An index that outgrows its engine, or is to have another, is written anew from the cables that it stores.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from .. import engines
from ..engines.contract import Writer
from ..engines.documents import documents
from ..errors import CablesearchError
from .generations import State, copy
from .prepare import PreparedCable


class Target:
    """What a build writes cables to. A context manager: leaving it well commits, by an error discards.

    Args:
        generation: the folder of the new generation.
        old: the generation that it begins as, None to begin empty.
        wanted: an engine's name, or `auto`.
        text: bytes of text that it keeps of the old one.
    """

    def __init__(self, generation: Path, old: State | None, wanted: str, text: int) -> None:
        self._folder = generation / "engine"
        self._old = old
        self._text = text
        self._added: dict[str, PreparedCable] = {}
        self._removed: list[str] = []
        self._writer: Writer | None = None
        self._name = engine_wanted(wanted, old)

    @property
    def engine(self) -> str | None:
        """Give the name of the engine, None as long as it is not chosen."""
        return self._name

    @property
    def switched(self) -> str | None:
        """Give the name of the old engine, where the new one is another."""
        return self._old.engine if self._old and self._old.engine != self._name else None

    def add(self, found: PreparedCable) -> None:
        """Take a cable whose id is not held."""
        self._text += found.text
        if self._writer:
            self._put(self._writer, found)
            return
        self._added[found.id] = found
        if name := self._name or found.engine or (self._text > engines.SMALL and engines.large()):
            self._open(name)

    def keep(self, text: int) -> None:
        """Count the text of a cable that stays as it is."""
        self._text += text

    def remove(self, id: str) -> None:
        """Take a cable out, added now or before."""
        if self._writer:
            self._writer.remove([id])
        else:
            self._added.pop(id, None)
            self._removed.append(id)

    def complete(self, kept: Iterable[str]) -> None:
        """Settle on an engine; `kept` are the ids still held as before."""
        if not self._writer:
            self._open(self._name or "whoosh")
        if self.switched:
            self._carry(kept)

    def __enter__(self) -> Target:
        return self

    def __exit__(self, kind: type[BaseException] | None, *raised: object) -> None:
        if self._writer:
            if kind:
                self._writer.discard()
            else:
                self._writer.commit()

    def _open(self, name: str) -> None:
        self._name = name
        fresh = not self._old or self._old.engine != name
        if self._old and not fresh:
            copy(self._old.generation / "engine", self._folder)
        else:
            self._folder.mkdir()
        self._writer = engines.engine(name).write(self._folder, fresh=fresh)
        self._writer.remove(self._removed)
        for found in self._added.values():
            self._put(self._writer, found)
        self._added.clear()

    def _put(self, writer: Writer, found: PreparedCable) -> None:
        rows = found.rows if found.engine == self._name else writer.rows(found.rows)
        writer.put(found.id, found.packed, rows)

    def _carry(self, kept: Iterable[str]) -> None:
        """Copy the cables of the old engine that are still held."""
        assert self._old
        assert self._writer
        with engines.engine(self._old.engine).read(self._old.generation / "engine") as reader:
            for id in kept:
                if cable := reader.cable(id):
                    self._writer.add(cable, documents(cable))


def engine_wanted(wanted: str, old: State | None) -> str | None:
    """Give the name of the engine to use, None where that depends on how much text there will be.

    Raises:
        CablesearchError: there is no such engine.
    """
    if wanted != "auto":
        if wanted not in engines.NAMES:
            raise CablesearchError(f"there is no engine {wanted!r}: choose auto, {', '.join(engines.NAMES)}")
        return wanted
    if old and (old.chosen or old.engine != "whoosh"):
        return old.engine
    return None
