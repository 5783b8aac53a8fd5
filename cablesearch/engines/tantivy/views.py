"""Views: the index without all paragraphs but some, as if the others had been deleted.

To look up 100,000 ids takes tantivy 27 ms in each search, three hundred times as long as a word. Its own
filter, the list of deleted rows that each segment may have, costs nothing. So the ids that are asked for
again and again become such lists, once: a view is a folder of links to the segments of the index, with lists
of its own. It scores as the whole index does, since deleted rows still count in the statistics.
"""

from __future__ import annotations

import json
import os
import shutil
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypedDict
from uuid import UUID, uuid4

from tantivy import DocAddress

from ...query.tree import (
    EVERYTHING,
    All,
    Among,
    Any,
    Filter,
    Not,
    Nothing,
    Tree,
    all_of,
    leaves,
    map_tree,
)

MANY = 1_000  # ids: fewer are looked up in each search

META = "meta.json"
_TRAILER = struct.Struct("<II")  # behind a file's footer: its length, and a number that marks it

Rows = tuple[int, ...]  # of each segment: the bits of the rows that are kept


class _Listed(TypedDict):
    """A segment in `meta.json`."""

    segment_id: str
    max_doc: int
    deletes: object


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment of an index.

    Attributes:
        folder: where its files are.
        name: with which their names begin.
        size: how many rows it has, deleted ones too.
        listed: what `meta.json` says of it.
        kept: the bits of the rows that are kept; None for those that are not deleted.
    """

    folder: Path
    name: str
    size: int
    listed: _Listed
    kept: int | None = None

    @property
    def rows(self) -> int | None:
        """The bits of its rows without those that are deleted; None if only a search can tell."""
        if self.kept is None and self.listed.get("deletes"):
            return None
        return (1 << self.size) - 1 if self.kept is None else self.kept

    def link(self, folder: Path, name: str, opstamp: int, files: Iterable[Path]) -> _Listed:
        """Make it a segment of the index in a folder, too; return what that index has to say of it.

        Args:
            name: that it has there.
            opstamp: of that index.
            files: its files.
        """
        for file in files:
            if self.kept is None or file.suffix != ".del":
                _link(file, folder / (name + file.name.removeprefix(self.name)))
        listed: _Listed = {**self.listed, "segment_id": str(UUID(name))}
        if self.kept is not None:
            listed["deletes"] = {
                "num_deleted_docs": self.size - self.kept.bit_count(),
                "opstamp": opstamp,
            }
            content = struct.pack("<I", self.size) + self.kept.to_bytes((self.size + 63) // 64 * 8, "little")
            like = self.folder / f"{self.name}.term"
            (folder / f"{name}.{opstamp}.del").write_bytes(content + _footer(content, like))
        return listed


@dataclass(frozen=True)
class Segments:
    """The segments of one state of an index, or of several indexes.

    Attributes:
        meta: what is in a `meta.json` of theirs.
        parts: the segments themselves, in the order in which a search numbers them.
    """

    meta: Mapping[str, object]
    parts: tuple[Segment, ...]

    @classmethod
    def read(cls, folder: Path, written: bytes) -> Segments:
        """Return the segments of an index, as its `meta.json` lists them."""
        meta = json.loads(written)
        listed: list[_Listed] = meta["segments"]
        parts = (Segment(folder, one["segment_id"].replace("-", ""), one["max_doc"], one) for one in listed)
        return cls(meta, tuple(parts))

    @classmethod
    def joined(cls, indexes: Sequence[Segments]) -> Segments:
        """Return the segments of several indexes as those of one."""
        opstamp = max(index.opstamp for index in indexes)
        parts = (segment for index in indexes for segment in index.parts)
        return cls({**indexes[0].meta, "opstamp": opstamp}, tuple(parts))

    @property
    def opstamp(self) -> int:
        """The number of the last change."""
        stamp = self.meta["opstamp"]
        assert isinstance(stamp, int)
        return stamp

    def rows(self, addresses: Iterable[DocAddress]) -> Rows:
        """Return the rows at some addresses."""
        bits = [bytearray(each.size // 8 + 1) for each in self.parts]
        for address in addresses:
            row = address.doc
            bits[address.segment_ord][row >> 3] |= 1 << (row & 7)
        return tuple(int.from_bytes(each, "little") for each in bits)

    @property
    def every_row(self) -> Rows | None:
        """Every row; None if only a search can tell, since some are deleted."""
        rows = [each.rows for each in self.parts]
        return None if None in rows else tuple(each for each in rows if each is not None)

    def keeping(self, rows: Rows) -> Segments:
        """Return the segments with these rows only."""
        parts = (replace(part, kept=kept) for part, kept in zip(self.parts, rows, strict=True))
        return Segments(self.meta, tuple(parts))

    def link(self, folder: Path) -> None:
        """Make a folder an index of these segments.

        Raises:
            OSError: the files are gone, or cannot be linked.
        """
        opstamp = self.opstamp + 1
        files: dict[Path, dict[str, list[Path]]] = {}
        for home in dict.fromkeys(part.folder for part in self.parts):
            of_segments = files[home] = {}
            for file in home.iterdir():
                of_segments.setdefault(file.name.partition(".")[0], []).append(file)
        listed: dict[str, _Listed] = {}
        for part in self.parts:
            name = uuid4().hex if part.name in listed else part.name  # one index may be a copy of another
            listed[name] = part.link(folder, name, opstamp, files[part.folder].get(part.name, ()))
        meta = {**self.meta, "segments": [*listed.values()], "opstamp": opstamp}
        (folder / META).write_text(json.dumps(meta), "utf-8")


def _footer(content: bytes, like: Path) -> bytes:
    """Return what ends a file of tantivy's: its version, as another file has it, and a checksum."""
    with like.open("rb") as file:
        file.seek(-_TRAILER.size, os.SEEK_END)
        length, mark = _TRAILER.unpack(file.read())
        file.seek(-_TRAILER.size - length, os.SEEK_END)
        said = json.loads(file.read(length))
    footer = json.dumps(said | {"crc": zlib.crc32(content)}, separators=(",", ":")).encode()
    return footer + _TRAILER.pack(len(footer), mark)


def _link(file: Path, link: Path) -> None:
    """Give a file another name: by a symbolic link, a hard link, or a copy, whichever is possible."""
    for way in (link.symlink_to, link.hardlink_to):
        with suppress(OSError, NotImplementedError):
            way(file.absolute())
            return
    shutil.copyfile(file, link)


def split(tree: Tree) -> tuple[Tree, Tree] | None:
    """Return what decides by many ids alone which paragraphs a tree may match, and the tree for these.

    None where there is no such part: few ids, or other ways to match.
    """
    parts = _conjuncts(tree)
    ids = tuple([part for part in parts if isinstance(part, (Filter, Not)) and _is_of_ids(part)])
    if not ids or sum(len(each.ids) for each in sets_of_ids(All(ids))) < MANY:
        return None
    settled: dict[Tree, Tree] = dict.fromkeys(ids, EVERYTHING)
    settled |= {part.part: Nothing() for part in ids if isinstance(part, Not)}
    rest = map_tree(
        All(tuple(part for part in parts if part not in settled)), lambda node, _: settled.get(node, node)
    )
    assert isinstance(rest, All)
    return All(ids), all_of(rest.parts) if rest.parts else EVERYTHING


def _conjuncts(tree: Tree) -> list[Tree]:
    if isinstance(tree, All) and tree.parts:  # without parts it matches nothing
        return [each for part in tree.parts for each in _conjuncts(part)]
    return [tree]


def _is_of_ids(tree: Filter | Not) -> bool:
    """Whether a tree matches by ids alone, and scores nothing."""
    return not (isinstance(tree, Filter) and tree.score) and _has_only_ids(tree.part)


def _has_only_ids(tree: Tree) -> bool:
    match tree:
        case Among():
            return True
        case Filter(part) | Not(part):
            return _has_only_ids(part)
        case All(parts) | Any(parts):
            return bool(parts) and all(map(_has_only_ids, parts))
        case _:
            return False


def sets_of_ids(tree: Tree) -> Iterator[Among]:
    """Yield the sets of ids in a tree, excluded ones too."""
    return (leaf for leaf in leaves(tree, excluded=True) if isinstance(leaf, Among))


def evaluate(tree: Tree, rows: Mapping[Among, Rows], every: Rows) -> Rows:
    """Return the rows that a tree of ids matches.

    Args:
        rows: of each set of ids in it.
        every: all rows.
    """
    match tree:
        case Among():
            return rows[tree]
        case Filter(part):
            return evaluate(part, rows, every)
        case Not(part):
            return tuple(a & ~b for a, b in zip(every, evaluate(part, rows, every), strict=True))
        case All(parts) | Any(parts):
            first, *others = (evaluate(part, rows, every) for part in parts)
            for other in others:
                pairs = zip(first, other, strict=True)
                first = tuple(a & b if isinstance(tree, All) else a | b for a, b in pairs)
            return first
        case _:
            raise AssertionError(tree)
