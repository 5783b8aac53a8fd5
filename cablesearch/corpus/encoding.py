"""Bytes to text: no character is lost, and none is made up.

Text is UTF-16 or UTF-32 where a byte order mark says so, else UTF-8, else Windows' cp1252, the encoding of
old cables and saved pages; the five bytes that cp1252 leaves undefined are decoded as latin-1. Pages pasted
together may mix UTF-8 and cp1252: there each byte that is not UTF-8 is decoded as cp1252.
"""

from __future__ import annotations

import codecs
import os
import unicodedata

from ..errors import UnreadableError

# The longer marks first: UTF-32's begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = tuple(mark for mark, _ in _MARKS)
_CONTROL = bytes({*range(0x20)} - {*b"\a\b\t\n\v\f\r\x1b"})  # control characters that texts do not hold
_MAX_CONTROL = 0.01  # share of control characters; above it the bytes are not text


def decode(data: bytes) -> str:
    r"""Decode bytes to text: composed (NFC), lines ending in \n.

    Raises:
        UnreadableError: the bytes are not text.
    """
    text = decode_any(data)
    _check_bytes(text.encode("utf-8", "surrogatepass") if data.startswith(_WIDE) else data)
    return compose(unify_line_ends(text))


def decode_any(data: bytes) -> str:
    """Decode bytes whether they are text or not, without changing lines or accents."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")  # half a character at a torn end is U+FFFD
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_mixed(data)


def file_name(name: str) -> str:
    """Return a file's name as text, even where its bytes are not UTF-8."""
    return decode_any(os.fsencode(name))


def check_text(text: str) -> None:
    """Check that what was decoded is text.

    Raises:
        UnreadableError: it has too many control characters.
    """
    _check_bytes(text.encode("utf-8", "surrogatepass"))


def _check_bytes(data: bytes) -> None:
    if len(data) - len(data.translate(None, _CONTROL)) > _MAX_CONTROL * len(data):
        raise UnreadableError("binary, not text")


def compose(text: str) -> str:
    """Return a text with each accented letter as one character (NFC)."""
    return text if _is_latin(text) else unicodedata.normalize("NFC", text)


def unify_line_ends(text: str) -> str:
    r"""Return a text whose lines end in \n, whatever they ended in."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _is_latin(text: str) -> bool:
    """Whether a text has only the characters of Latin-1, all of which are composed: this is fast to see."""
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return True


def _decode_mixed(data: bytes) -> str:
    """Decode bytes that are not all UTF-8: as a mixture, or as cp1252 where hardly any of them are UTF-8."""
    legal = data.decode("utf-8", "ignore")
    strange = len(data) - len(legal.encode())
    accented = len(legal) - len(legal.encode("ascii", "ignore"))
    if accented > strange:
        return data.decode("utf-8", "cablesearch.cp1252")
    return data.decode("latin-1").translate(_CP1252)


def _decode_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Decode bytes that are not UTF-8 as cp1252 or latin-1: an error handler for `bytes.decode`."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("latin-1").translate(_CP1252), error.end


# The characters in which cp1252 differs from latin-1.
_CP1252 = {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xA0)}
codecs.register_error("cablesearch.cp1252", _decode_cp1252)
