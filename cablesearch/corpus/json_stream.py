"""JSON of any length, value by value: a window of the text is moved along it."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import IO

from ..errors import UnreadableError

_BLOCK_BYTES = 1 << 20  # read at once, and twice as many whenever a value does not end in them
_LONGEST_TOKEN = 12  # characters that are one token: false, or a letter as two escapes
_TOKEN = re.compile(r"[^ \t\r\n]")


def long_values(begun: bytes, stream: IO[bytes], max_chars: int) -> Iterator[str]:
    """Yield the text of each object in JSON that is not held in memory.

    It may be a list of objects, an object that holds such a list, or objects one after the other.

    Args:
        begun: what has been read of the stream already.
        max_chars: that an object may have.

    Raises:
        UnreadableError: it is not JSON from here on, or an object is too long.
    """
    window = _Window(begun, stream, max_chars)
    while mark := window.peek():
        if mark == "[":
            yield from _elements(window)
        else:
            try:
                yield window.value()
            except TooLongError:
                yield from _inner_list(window)
                return


def _elements(window: _Window) -> Iterator[str]:
    """Yield the elements of the list that is next."""
    window.take("[")
    if window.peek() == "]":
        window.take("]")
        return
    yield window.value()
    while window.take(",]") == ",":
        yield window.value()


def _inner_list(window: _Window) -> Iterator[str]:
    """Yield the elements of the first list in the object that is next, which does not fit into the window."""
    window.take("{")
    while True:
        window.value()
        window.take(":")
        if window.peek() == "[":
            yield from _elements(window)
            return
        window.value()
        window.take(",")


class TooLongError(UnreadableError):
    """A value is longer than it may be; nothing of it has been taken."""


class _Window:
    """A part of a text, from which values and marks are taken one after the other."""

    def __init__(self, begun: bytes, stream: IO[bytes], max_chars: int) -> None:
        self._stream = stream
        self._decode = codecs.getincrementaldecoder("utf-8")("cablesearch.cp1252").decode
        self._text = self._decode(begun).lstrip("\ufeff")
        self._at = 0
        self._max_chars = max_chars
        self._decode_value = json.JSONDecoder(strict=False).raw_decode

    def peek(self) -> str:
        """Return the next character that is no space, empty at the end."""
        while True:
            if found := _TOKEN.search(self._text, self._at):
                self._at = found.start()
                return found[0]
            self._at = len(self._text)
            if not self._read(_BLOCK_BYTES):
                return ""

    def take(self, marks: str) -> str:
        """Take the next character, which must be one of these marks."""
        mark = self.peek()
        if not mark or mark not in marks:
            raise UnreadableError("cut off, or not JSON")
        self._at += 1
        return mark

    def value(self) -> str:
        """Take the text of the next value."""
        self.peek()
        size = _BLOCK_BYTES
        while True:
            try:
                _, end = self._decode_value(self._text, self._at)
            except (ValueError, RecursionError) as error:
                if not (self._is_cut(error) and self._grow(size)):
                    raise UnreadableError("cut off, or not JSON") from error
            else:
                if end < len(self._text) or not self._grow(size):  # a number at the end may go on
                    value = self._text[self._at : end]
                    self._at = end
                    return value
            size *= 2

    def _is_cut(self, error: Exception) -> bool:
        """Whether a value is wrong only because it goes on beyond the window."""
        return isinstance(error, json.JSONDecodeError) and (
            error.msg.startswith("Unterminated string") or error.pos > len(self._text) - _LONGEST_TOKEN
        )

    def _grow(self, size: int) -> bool:
        """Read on, so that a longer value fits; False at the end."""
        if len(self._text) - self._at > self._max_chars:
            raise TooLongError(f"an object of more than {self._max_chars >> 20} MB: no cable is that long")
        return self._read(size)

    def _read(self, size: int) -> bool:
        data = self._stream.read(size)
        self._text, self._at = self._text[self._at :] + self._decode(data, not data), 0
        return bool(data)
