"""Bytes to text: no character is lost, and none is made up.

The bytes are UTF-16 or UTF-32 where a byte order mark says so, else UTF-8, else Windows' cp1252, which is
what old cables and saved pages are in; the five bytes that cp1252 leaves open are latin-1's.
A text that mixes UTF-8 and cp1252, as pages pasted together do, is read byte by byte as what each is.
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
_CONTROL = bytes({*range(0x20)} - {*b"\a\b\t\n\v\f\r\x1b"})  # what no text holds
_MOST_CONTROL = 0.01  # of a text's characters; beyond that it is no text


def decode(data: bytes) -> str:
    r"""Give the text of some bytes: composed (NFC), its lines ending in \n.

    Raises:
        UnreadableError: the bytes are no text.
    """
    text = glimpse(data)
    check(text)
    return composed(text.replace("\r\n", "\n").replace("\r", "\n"))


def glimpse(data: bytes) -> str:
    """Give the text of some bytes as it stands, or what it would be if they were text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")  # half a character at a torn end is U+FFFD
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _mixed(data)


def file_name(name: str) -> str:
    """Give a file's name as text, which the bytes of a name need not be."""
    return glimpse(os.fsencode(name))


def check(text: str) -> None:
    """See that a text is one.

    Raises:
        UnreadableError: it has too many of the characters that texts do not hold.
    """
    data = text.encode("utf-8", "surrogatepass")
    if len(data) - len(data.translate(None, _CONTROL)) > _MOST_CONTROL * len(data):
        raise UnreadableError("binary, not text")


def composed(text: str) -> str:
    """Give a text with each accented letter as one character (NFC)."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _mixed(data: bytes) -> str:
    """Read bytes that are not UTF-8 throughout: as a mixture, unless hardly any of it is UTF-8."""
    legal = data.decode("utf-8", "ignore")
    strange = len(data) - len(legal.encode())
    accented = len(legal) - len(legal.encode("ascii", "ignore"))
    if accented > strange:
        return data.decode("utf-8", "cablesearch.cp1252")
    return data.decode("latin-1").translate(_CP1252)


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Give what bytes that are not UTF-8 are in cp1252, or latin-1."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("latin-1").translate(_CP1252), error.end


# Where cp1252 is not latin-1.
_CP1252 = {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xA0)}
codecs.register_error("cablesearch.cp1252", _as_cp1252)
