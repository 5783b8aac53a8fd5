"""Compression of cables by Zstandard, with a dictionary of what the archive's cables have in common.

A single cable is too short to be compressed well. With a dictionary of the archive's words and phrases, that
takes a third less space, and less time.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zstandard import ZstdCompressionDict, ZstdCompressor, ZstdDecompressor

FEW_BYTES = 2_000_000  # of cables, which are not worth a dictionary
SAMPLE_BYTES = 8_000_000  # of the first cables, from which it is made
DICTIONARY_SHARE = 16  # so many times as large is the sample
# Bytes of the pieces of text in it, and of what several share; to try others takes four times as long.
SEGMENTS = {"k": 200, "d": 8}
LEVEL = 5  # 6 takes 3 % less in a time half as long again


class CableCompressor:
    """Compresses the cables of one index, and restores them.

    Args:
        file: where the dictionary is kept; if it does not exist, cables are compressed without one.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._learned = file.read_bytes() if file.exists() else None  # now: a build may delete it
        self._lock = Lock()  # Zstandard's decompressor must not be used by two threads at once

    def learn(self, cables: Sequence[bytes]) -> None:
        """Make a dictionary from the first cables, unless there is one already or they are too few."""
        from zstandard import ZstdError, train_dictionary

        size = sum(map(len, cables))
        if size < FEW_BYTES or self._learned:
            return
        with suppress(ZstdError):  # they have nothing in common
            self._learned = train_dictionary(size // DICTIONARY_SHARE, list(cables), **SEGMENTS).as_bytes()
            self._file.write_bytes(self._learned)

    def compress(self, cable: bytes) -> bytes:
        return self._compressor.compress(cable)

    def decompress(self, compressed: bytes) -> bytes:
        """Return the cable that `compress` was given.

        Raises:
            ValueError: the bytes are damaged.
        """
        from zstandard import ZstdError

        try:
            with self._lock:
                return self._decompressor.decompress(compressed)
        except ZstdError as error:
            raise ValueError(str(error)) from error

    @cached_property
    def _dictionary(self) -> ZstdCompressionDict | None:
        from zstandard import ZstdCompressionDict

        return ZstdCompressionDict(self._learned) if self._learned else None

    @cached_property
    def _compressor(self) -> ZstdCompressor:
        from zstandard import ZstdCompressor

        return ZstdCompressor(LEVEL, dict_data=self._dictionary)

    @cached_property
    def _decompressor(self) -> ZstdDecompressor:
        from zstandard import ZstdDecompressor

        return ZstdDecompressor(dict_data=self._dictionary)
