"""The engine that a build writes to, chosen once it is known how much text there is.

The first cables wait here; when they are too much for whoosh, or there are no more, the engine is opened.
If an index outgrows its engine, or the user names another, its cables are copied to the new engine.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from .. import engines
from ..engines.cluster import Cluster
from ..engines.contract import Writer
from ..engines.documents import documents
from .checking import explain
from .generations import State, copy_engine
from .prepare import PreparedCable


class Destination:
    """Where a build writes cables. A context manager: commits at the end, discards after an error.

    Args:
        generation: the folder of the new generation.
        old: the state of the index that it starts from, None to start empty.
        engine: the name of an engine, or `auto`.
        text: bytes of text that it keeps from the old index.
        cluster: where the engine keeps the index, None on this machine.
        more: about how many bytes of text are to come.
    """

    def __init__(
        self,
        generation: Path,
        old: State | None,
        engine: str,
        text: int,
        cluster: Cluster | None = None,
        more: int = 0,
    ) -> None:
        self._folder = generation / "engine"
        self._old = old
        self._text = text
        self._cluster = cluster
        self._expected = text + more
        self._added: dict[str, PreparedCable] = {}
        self._removed: list[str] = []
        self._writer: Writer | None = None
        self._name = choose_engine(engine, old)

    @property
    def engine(self) -> str | None:
        """The name of the engine, None until it is chosen."""
        return self._name

    @property
    def switched(self) -> str | None:
        """The name of the old engine, None if it is the same or not there."""
        return self._old.engine if self._old and self._old.engine != self._name else None

    def add(self, cable: PreparedCable) -> None:
        """Add a cable whose id the engine does not hold yet."""
        self._text += cable.text
        if self._writer:
            self._put(self._writer, cable)
            return
        self._added[cable.id] = cable
        if (
            name := self._name
            or cable.engine
            or (self._text > engines.SMALL_TEXT_BYTES and engines.large_text_engine())
        ):
            self._open(name)

    def keep(self, text: int) -> None:
        """Count the bytes of text of a cable that stays as it is."""
        self._text += text

    def remove(self, id: str) -> None:
        """Remove a cable, added now or in an earlier build."""
        if self._writer:
            self._writer.remove([id])
        else:
            self._added.pop(id, None)
            self._removed.append(id)

    def complete(self, kept: Iterable[str]) -> None:
        """Open an engine if none is open yet; if it replaces another, copy the cables that are kept.

        Args:
            kept: the ids of the cables that the engine holds from earlier builds.
        """
        if not self._writer:
            self._open(self._name or "whoosh")
        if self.switched:
            self._copy_cables(kept)

    def __enter__(self) -> Destination:
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
            copy_engine(self._old.generation / "engine", self._folder)
        else:
            self._folder.mkdir()
        found = engines.engine(name)
        engine = found.on(self._cluster, self._expected) if self._cluster else found
        self._writer = engine.write(self._folder, fresh=fresh)
        self._writer.remove(self._removed)
        for cable in self._added.values():
            self._put(self._writer, cable)
        self._added.clear()

    def _put(self, writer: Writer, cable: PreparedCable) -> None:
        rows = cable.rows if cable.engine == self._name else writer.rows(cable.rows)
        writer.put(cable.id, cable.packed, rows)

    def _copy_cables(self, kept: Iterable[str]) -> None:
        assert self._old
        assert self._writer
        old = self._old.generation
        with engines.engine(self._old.engine).read(
            old / "engine", partial(explain, old.parent.parent, self._old)
        ) as reader:
            for id in kept:
                if cable := reader.cable(id):
                    self._writer.add(cable, documents(cable))


def choose_engine(name: str, old: State | None) -> str | None:
    """Return the name of the engine to use, None if that depends on how much text there will be.

    Args:
        name: the engine that the user named, or `auto`.
    """
    if name != "auto":
        return name
    if old and (old.chosen or old.engine != "whoosh"):
        return old.engine
    return None
