"""The sources of an index, which are the files and folders that it remembers, and the files in them.

A source belongs to a collection, whose name stands before its path (`nara=~/cables`) or is taken from it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from stat import S_ISDIR
from typing import NamedTuple, TypeAlias
from unicodedata import category, normalize

from ..errors import CablesearchError

Paths: TypeAlias = Path | str | Iterable[Path | str]  # one path, or several, with names or without

MAX_NAME = 40  # characters
ALIKE = 0.7  # of the letters: nar is nara, frus is not corpus
_PACKED = (".gz", ".bz2", ".xz")  # before which stands another extension: .tar.gz, .csv.gz


class Source(NamedTuple):
    """A file, a folder or an archive that an index is kept up to date with.

    Attributes:
        collection: the name of the collection that it belongs to; several sources may be of one.
        device: the device number of the disk that it is on.
    """

    path: Path
    collection: str
    device: int


class FileInfo(NamedTuple):
    """A file as it is now.

    Attributes:
        path: in the bytes of the file system, because a name need not be text.
        modified: when its content last changed, in nanoseconds.
        changed: when its content, permissions or name last changed, in nanoseconds, which nobody can set; 0
            except on POSIX systems.
        device, inode: the identity of the file; the inode is None if the file system has none.
        collection: the name of the collection that it is in.
        unreadable_folder: it is a folder that could not be opened.
    """

    path: bytes
    size: int
    modified: int
    changed: int
    device: int
    inode: int | None
    collection: str
    unreadable_folder: bool


def as_paths(paths: Paths) -> list[Path]:
    """Return one path or several as a list."""
    return [Path(paths)] if isinstance(paths, Path | str) else list(map(Path, paths))


def absolute(path: Path) -> Path:
    """Return a path as an absolute one, without `..` in it."""
    # Path.resolve would follow links, which may lead somewhere else tomorrow.
    return Path(os.path.abspath(path))  # noqa: PTH100


def split_name(path: Path) -> tuple[str | None, Path]:
    """Return the name that stands before a path, as in `nara=~/cables`, or None; and the path without it.

    A path that exists as it is written has no name before it, whatever signs are in it.

    Raises:
        CablesearchError: what stands before it cannot be a name.
    """
    name, sign, rest = str(path).partition("=")
    if not sign or not rest or path.exists():
        return None, path
    # Only some shells replace the `~` there. Path.expanduser would raise where nobody has that name.
    where = Path(rest) if Path(rest).exists() else Path(os.path.expanduser(rest))  # noqa: PTH111
    if is_name(name := normalize("NFC", name)):
        return name, where
    if where.exists():
        raise CablesearchError(
            f"{name!r} cannot be the name of a collection: up to {MAX_NAME} letters, digits and - _ . can"
        )
    return None, path


def is_name(text: str) -> bool:
    """Whether a text may be given to a collection as its name: one that a query takes as it is."""
    signs = "-_."
    return (
        len(text) <= MAX_NAME
        and text[:1].isalnum()
        and all(sign in signs or category(sign)[0] in "LMN" for sign in text)
    )


def named_paths(paths: Paths) -> dict[Path, str | None]:
    """Return the paths as absolute ones, each with the name before it.

    Raises:
        CablesearchError: one does not exist, has two names, or one that cannot be a name.
    """
    found: dict[Path, str | None] = {}
    for name, path in map(split_name, as_paths(paths)):
        where = absolute(path)
        if not where.exists():
            raise CablesearchError(f"there is no file or folder {where}")
        if name and (other := found.get(where)) and other != name:
            raise CablesearchError(f"{where} can be in one collection only, {other} or {name}")
        found[where] = name or found.get(where)
    return found


def with_paths(
    sources: Mapping[Path, Source], paths: Mapping[Path, str | None], known: Iterable[Source]
) -> dict[Path, Source]:
    """Return the sources and some paths, as `named_paths` returns them, which may be among the sources.

    A path without a name stays in the collection that it was in, or is in one of its own name.

    Args:
        known: the sources that the index had.
    """
    from ..query.fields import keyword

    before = {source.path: source.collection for source in known}
    # NARA and nara are one collection, which has one spelling.
    spelled = {keyword(one.collection): one.collection for one in sources.values() if one.path not in paths}
    merged = dict(sources)
    for path, given in paths.items():
        name = given or before.get(path) or own_name(path)
        merged[path] = Source(path, spelled.setdefault(keyword(name), name), path.stat().st_dev)
    return merged


def own_name(path: Path) -> str:
    """Return the name of a folder, or that of a file without what says its format."""
    plain = path.with_suffix("") if path.suffix.lower() in _PACKED else path
    name = path.name if path.is_dir() else plain.stem
    return " ".join(os.fsencode(name).decode("utf-8", "replace").split())


def gone_sources(sources: Iterable[Source]) -> tuple[Path, ...]:
    """Return the sources that are no longer there: an unmounted disk must not empty the index.

    A source is gone, too, if it is an empty folder on another disk than before.
    """
    return tuple(path for path, _, device in sources if not path.exists() or _is_unmounted(path, device))


def without(sources: Iterable[Source], removed: Paths) -> dict[Path, Source]:
    """Return the sources that are left when some are removed, which need not exist any more.

    Args:
        removed: paths of sources, and names of collections, all of whose sources are meant.

    Raises:
        CablesearchError: one of them is no source.
    """
    there = {source.path: source for source in sources}
    gone: set[Path] = set()
    for named in as_paths(removed):
        path = absolute(named)
        meant = [path] if path in there else _of_collection(str(named), there.values())
        if not meant:
            raise _no_source(str(named), there.values())
        gone.update(meant)
    return {path: source for path, source in there.items() if path not in gone}


def _of_collection(name: str, sources: Iterable[Source]) -> list[Path]:
    from ..query.fields import keyword

    return [source.path for source in sources if keyword(source.collection) == keyword(name)]


def _no_source(named: str, sources: Iterable[Source]) -> CablesearchError:
    names = {source.collection.casefold(): source.collection for source in sources}
    near = get_close_matches(named.casefold(), names, n=1, cutoff=ALIKE)
    meant = f"did you mean {names[near[0]]}? " if near else ""
    listed = ", ".join(f"{source.collection}={source.path}" for source in sources) or "none"
    return CablesearchError(f"{named} is no source of this index: {meant}its sources are {listed}")


def walk_files(sources: Sequence[Source], index: Path) -> Iterator[FileInfo]:
    """Yield every file of the sources, in order, without those of the index itself."""
    from ..corpus.walk import names

    own = f"{absolute(index)}{os.sep}"
    collection = collection_finder(sources)
    for name in names(source.path for source in sources):
        if name.startswith(own):
            continue
        try:
            stat = os.stat(name)  # noqa: PTH116  faster, and there may be a quarter of a million
        except OSError:
            continue  # deleted since it was listed, or a broken link
        yield FileInfo(
            os.fsencode(name),
            stat.st_size,
            stat.st_mtime_ns,
            stat.st_ctime_ns if os.name == "posix" else 0,
            stat.st_dev,
            stat.st_ino or None,
            collection(name),
            S_ISDIR(stat.st_mode),
        )


def collection_finder(sources: Iterable[Source]) -> Callable[[str], str]:
    """Return a function that returns the collection of a file: that of the innermost source it is in."""
    innermost_first = sorted(((str(one.path), one.collection) for one in sources), key=lambda s: -len(s[0]))
    prefixes = [(path, _inside(path), name) for path, name in innermost_first]

    def collection(file: str) -> str:
        for path, inside, name in prefixes:
            if file.startswith(inside) or file == path:
                return name
        return ""

    return collection


def _inside(folder: str) -> str:
    return folder if folder.endswith(os.sep) else folder + os.sep


def _is_unmounted(source: Path, device: int) -> bool:
    return source.stat().st_dev != device and source.is_dir() and not any(source.iterdir())
