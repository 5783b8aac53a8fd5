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
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypedDict

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
_OURS = (META, ".managed.json", ".tantivy-meta.lock", ".tantivy-writer.lock")

Rows = tuple[int, ...]  # of each segment: the bits of the rows that are kept


class _Segment(TypedDict):
    """A segment in `meta.json`."""

    segment_id: str
    max_doc: int
    deletes: object


@dataclass(frozen=True)
class Segments:
    """The segments of one state of an index, as its `meta.json` lists them.

    Attributes:
        folder: where their files are.
        meta: what is in `meta.json`.
    """

    folder: Path
    meta: bytes

    def rows(self, addresses: Iterable[DocAddress]) -> Rows:
        """Return the rows at some addresses."""
        bits = [bytearray(each["max_doc"] // 8 + 1) for each in self._listed]
        for address in addresses:
            row = address.doc
            bits[address.segment_ord][row >> 3] |= 1 << (row & 7)
        return tuple(int.from_bytes(each, "little") for each in bits)

    @property
    def every_row(self) -> Rows | None:
        """Every row; None if some are deleted."""
        if any(each.get("deletes") for each in self._listed):
            return None
        return tuple((1 << each["max_doc"]) - 1 for each in self._listed)

    def link(self, folder: Path, rows: Rows) -> None:
        """Make a folder the same index, but with these rows only.

        Raises:
            OSError: the files are gone, or cannot be linked.
        """
        meta = json.loads(self.meta)
        meta["opstamp"] += 1
        for file in self.folder.iterdir():
            if file.is_file() and file.name not in _OURS and file.suffix != ".del":
                _link(file, folder / file.name)
        for segment, kept in zip(meta["segments"], rows, strict=True):
            name = segment["segment_id"].replace("-", "")
            rows_in_all = segment["max_doc"]
            segment["deletes"] = {
                "num_deleted_docs": rows_in_all - kept.bit_count(),
                "opstamp": meta["opstamp"],
            }
            content = struct.pack("<I", rows_in_all) + kept.to_bytes((rows_in_all + 63) // 64 * 8, "little")
            file = folder / f"{name}.{meta['opstamp']}.del"
            file.write_bytes(content + _footer(content, self.folder / f"{name}.term"))
        (folder / META).write_text(json.dumps(meta), "utf-8")

    @property
    def _listed(self) -> list[_Segment]:
        segments: list[_Segment] = json.loads(self.meta)["segments"]
        return segments


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


def temporary_folder() -> TemporaryDirectory[str]:
    """Return a folder that can go once the index in it is open."""
    return TemporaryDirectory(prefix="cablesearch-", ignore_cleanup_errors=True)


def split(tree: Tree) -> tuple[Tree, Tree] | None:
    """Return what decides by many ids alone which paragraphs a tree may match, and the tree for these.

    None where there is no such part: few ids, or other ways to match.
    """
    parts = _conjuncts(tree)
    ids = tuple(part for part in parts if _is_of_ids(part))
    if not ids or sum(len(each.ids) for each in sets_of_ids(All(ids))) < MANY:
        return None
    settled: dict[Tree, Tree] = dict.fromkeys(ids, EVERYTHING)
    settled |= {part.part: Nothing() for part in ids if isinstance(part, Not)}
    rest = map_tree(
        All(tuple(part for part in parts if part not in settled)), lambda node, _: settled.get(node, node)
    )
    assert isinstance(rest, All)
    return All(ids), all_of(rest.parts) if rest.parts else EVERYTHING


def _conjuncts(tree: Tree) -> tuple[Tree, ...]:
    if isinstance(tree, All) and tree.parts:  # without parts it matches nothing
        return tuple(each for part in tree.parts for each in _conjuncts(part))
    return (tree,)


def _is_of_ids(tree: Tree) -> bool:
    """Whether a tree matches by ids alone, and scores nothing."""
    match tree:
        case Filter(part, score):
            return not score and _has_only_ids(part)
        case Not(part):
            return _has_only_ids(part)
        case _:
            return False


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
