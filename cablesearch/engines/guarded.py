"""An engine, and what becomes of the errors that it throws.

On a damaged index an engine may throw anything: errors of its library, KeyErrors, errors of memory, panics of
Rust. All of them are caught here and nowhere else, and explained.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial, wraps
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeAlias, TypeVar

from ..errors import BrokenIndexError, CablesearchError
from ..query.tree import Tree
from .contract import Match, Member, Reader, Writer

if TYPE_CHECKING:
    from .cluster import Cluster
    from .parts import Parts

# From what an engine threw to what is raised; None where the index has nothing to do with it.
Explain: TypeAlias = "Callable[[BaseException], CablesearchError | None]"

P = ParamSpec("P")
T = TypeVar("T")


class Engine(ABC):
    """A way to keep an index in a folder."""

    name: str
    writer: type[Writer]

    def write(self, folder: Path, *, fresh: bool) -> Writer:
        """Open the folder's index for writing; `fresh` creates a new, empty one.

        Raises:
            BrokenIndexError: it cannot be opened. What the writer throws later is not explained.
        """
        with _Guard(partial(_damaged, folder)):
            return self._write(folder, fresh=fresh)

    def read(self, folder: Path, explain: Explain | None = None) -> Reader:
        """Open the folder's index for reading.

        Args:
            explain: returns the error to raise for one that the engine throws, now or when it answers; None
                for a BrokenIndexError.
        """
        guard = _Guard(explain or partial(_damaged, folder))
        with guard:
            return _GuardedReader(self._read(folder), guard)

    def read_together(self, members: Sequence[Member], explain: Explain) -> Reader:
        """Open several indexes of one of the `LOCAL` engines for reading, as if they were one.

        No two of them have a cable of the same id, but for those that are left out.

        Args:
            explain: as of `read`.
        """
        guard = _Guard(explain)
        with guard:
            return _GuardedReader(self._read_together(members), guard)

    def on(self, cluster: Cluster, text: int | None = None) -> Engine:
        """Return the engine for indexes on a cluster, if it is one of `REMOTE`.

        Args:
            text: about how many bytes of text a new index will have, None if that is not known.
        """
        raise NotImplementedError

    def parts(self) -> Parts:
        """Return where the parts of a build wait, if the engine is for a cluster; see `on`."""
        raise NotImplementedError

    def problems(self, folder: Path) -> list[tuple[str, str]]:
        """Return what is wrong with what it keeps elsewhere than in the folder: its name, and what."""
        return []

    def removal(self, folder: Path) -> str:
        """Return the command that deletes what it keeps elsewhere than in the folder; empty for nothing."""
        return ""

    @abstractmethod
    def _write(self, folder: Path, *, fresh: bool) -> Writer:
        """Do what `write` promises; raise anything."""

    @abstractmethod
    def _read(self, folder: Path) -> Reader:
        """Do what `read` promises; raise anything, as the reader may."""

    def _read_together(self, members: Sequence[Member]) -> Reader:
        """Do what `read_together` promises; raise anything, as the reader may."""
        raise NotImplementedError


def _damaged(folder: Path, error: BaseException) -> BrokenIndexError | None:
    if isinstance(error, AssertionError):  # of a caller
        return None
    return BrokenIndexError(
        f"the index in {folder} is damaged or of another version ({error}): run cablesearch reindex"
    )


class _Guard:
    """Explains what is thrown inside it, except errors that are ours already."""

    def __init__(self, explain: Explain) -> None:
        self._explain = explain

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self.explain(error)

    def explain(self, error: BaseException) -> None:
        """Raise what explains an error, if it is none of ours."""
        if isinstance(error, CablesearchError) or not is_failure(error):
            return
        if explained := self._explain(error):
            raise explained from error


def is_failure(error: BaseException) -> bool:
    """Whether it is an error, not Ctrl-C or an exit; a panic of Rust is no `Exception`."""
    return isinstance(error, Exception) or type(error).__name__ == "PanicException"


def _guarded(method: Callable[Concatenate[Any, P], T]) -> Callable[Concatenate[Any, P], T]:
    """Return a method that calls the one of the same name of what is guarded."""
    name = method.__name__

    @wraps(method, updated=())  # it is not abstract
    def call(self: _GuardedReader, /, *args: P.args, **options: P.kwargs) -> T:
        try:  # A context manager takes longer, and a question makes many calls.
            result: T = getattr(self._inner, name)(*args, **options)
        except BaseException as error:
            self._guard.explain(error)
            raise
        return result

    return call


class _GuardedReader(Reader):
    def __init__(self, inner: Reader, guard: _Guard) -> None:
        self._inner, self._guard = inner, guard

    expect = _guarded(Reader.expect)
    search = _guarded(Reader.search)
    count = _guarded(Reader.count)
    counts = _guarded(Reader.counts)
    counts_among = _guarded(Reader.counts_among)
    facets = _guarded(Reader.facets)
    leading = _guarded(Reader.leading)
    terms = _guarded(Reader.terms)
    by_cable = _guarded(Reader.by_cable)
    days = _guarded(Reader.days)
    cable = _guarded(Reader.cable)
    frequencies = _guarded(Reader.frequencies)
    near_words = _guarded(Reader.near_words)
    size = _guarded(Reader.size)
    close = _guarded(Reader.close)

    @property
    def times_cited(self) -> Mapping[str, int]:
        with self._guard:
            return self._inner.times_cited

    def scan(self, tree: Tree) -> Iterator[Match]:
        with self._guard:
            yield from self._inner.scan(tree)

    def cables(self) -> Iterator[str]:
        with self._guard:
            yield from self._inner.cables()
