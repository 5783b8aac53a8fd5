"""Whoosh's files, read so that nothing in them is run.

Whoosh keeps its list of segments, and parts of its tables and postings, as pickles. A pickle may call any
function by its name, so an index from a stranger could do what it likes. Here a pickle gets plain values, and
a stand-in for each of the two classes of Whoosh's that belong in one; any other name is refused.
"""

from __future__ import annotations

import pickle
from array import array
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from whoosh.codec import whoosh3
from whoosh.codec.whoosh3 import W3Codec, W3PerDocReader, W3Segment
from whoosh.filedb.compound import CompoundStorage
from whoosh.filedb.filestore import FileStorage, Storage
from whoosh.filedb.structfile import BufferFile, StructFile
from whoosh.index import _DEF_INDEX_NAME, TOC, FileIndex


def loads(pickled: bytes) -> object:
    """Return the value of a pickle, as `pickle.loads` does.

    Raises:
        UnpicklingError: it names something that does not belong in an index.
    """
    return _Unpickler(BytesIO(pickled)).load()


def _encode(text: str, encoding: str) -> bytes:
    """Return the bytes that the second protocol of pickles writes as text."""
    if encoding != "latin1":
        raise pickle.UnpicklingError(f"bytes are not written as {encoding}")
    return text.encode("latin-1")


def _dictionary(*_: object) -> dict[object, object]:
    return {}


# What a name in a pickle stands for.
_VALUES: dict[str, object] = {
    "_codecs.encode": _encode,
    "array._array_reconstructor": array("q").__reduce_ex__(3)[0],
    "array.array": array,
    "builtins.int": None,  # what the following makes of a missing value
    "collections.defaultdict": _dictionary,
}


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> object:
        """Return what a name stands for; a stand-in is a class of its own, because a pickle can change it."""
        full = f"{module}.{name}"
        if full in _STAND_INS:
            return type(name, (), {})
        if full not in _VALUES:
            raise pickle.UnpicklingError(f"{full} does not belong in an index: it was not run")
        return _VALUES[full]


# Whoosh offers no way to replace this one. Postings are numbers and bytes, whoever's index it is.
whoosh3.loads = loads  # type: ignore[assignment]


class _SafelyUnpickled:
    """A file whose pickles run nothing."""

    file: BinaryIO

    def read_pickle(self) -> object:
        return _Unpickler(self.file).load()


class _File(_SafelyUnpickled, StructFile):
    pass


class _FilePart(_SafelyUnpickled, BufferFile):
    pass


class Files(FileStorage):
    """A folder of Whoosh's files; `abandon` closes those that Whoosh leaves open when it fails."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self._opened: list[StructFile] = []

    def open_file(self, name: str, *options: object, **more: object) -> StructFile:
        file = _File((Path(self.folder) / name).open("rb"), name=name)
        self._opened.append(file)
        return file

    def abandon(self) -> None:
        """Close all files that are open."""
        for file in self._opened:
            if not file.is_closed:
                file.close()


class _FilesInOne(CompoundStorage):
    """The files of a segment, which are parts of one file."""

    def open_file(self, name: str, *options: object, **more: object) -> StructFile:
        start, length = self.range(name)
        assert self._source, "it is not mapped to memory"
        return _FilePart(memoryview(self._source)[start : start + length], name=name)


class _Documents(W3PerDocReader):
    def stored_fields(self, number: int) -> dict[str, object]:
        """Return nothing: our schema has no stored fields, and these are pickles, too."""
        return {}


class _Codec(W3Codec):
    def per_document_reader(self, storage: Storage, segment: W3Segment) -> W3PerDocReader:
        return _Documents(storage, segment)


class _Segment(W3Segment):
    _fieldlengths: dict[str, int]

    def open_compound_file(self, storage: Storage) -> CompoundStorage:
        return _FilesInOne(storage.open_file(self.make_filename(self.COMPOUND_EXT)))


_STAND_INS = {f"{one.__module__}.{one.__name__}" for one in (W3Codec, W3Segment, _Codec, _Segment)}


def _segment(read: object) -> _Segment:
    """Return the segment that a stand-in describes.

    Raises:
        ValueError: it describes none.
    """
    stored = vars(read)
    id, count, deleted, compound = (stored[name] for name in ("segid", "_doccount", "_deleted", "compound"))
    if not (isinstance(id, str) and id.isalnum() and isinstance(count, int)):
        raise ValueError("a segment without a name")
    if not (deleted is None or isinstance(deleted, set)):
        raise ValueError("a segment without a list of deleted cables")
    segment = _Segment(_Codec(), _DEF_INDEX_NAME, count, id, deleted)
    segment.compound = bool(compound)
    segment._fieldlengths = {}  # of no field: none is scored by Whoosh
    return segment


class SafeIndex(FileIndex):
    """An index of which, if it is given a schema, only the list of segments is read."""

    storage: Files

    def _read_toc(self) -> TOC:
        try:
            toc: TOC = super()._read_toc()
            toc.segments = list(map(_segment, toc.segments))
        except BaseException:
            self.storage.abandon()
            raise
        return toc
