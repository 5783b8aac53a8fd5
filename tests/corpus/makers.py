"""Small files of binary formats, made by hand for the readers' tests."""

from __future__ import annotations

import lzma
import re
import zlib
from collections.abc import Iterable, Mapping

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>"
PICTURE = b"q 600 0 0 700 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q"
# What is printed upright on a page that is turned so many degrees clockwise when it is shown.
TURNS = {0: b"", 90: b"0 1 -1 0 612 0 cm ", 180: b"-1 0 0 -1 612 792 cm ", 270: b"0 -1 1 0 0 792 cm "}


def pdf(*pages: str | None, trailer: bytes = b"", rotate: int = 0) -> bytes:
    """Return a PDF with a text on each page, or with a picture where it is None."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", FONT]
    kids = []
    for page in pages:
        content = PICTURE if page is None else TURNS[rotate] + _printed(page)
        objects += [
            stream(content),
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Rotate %d/Resources<</Font<</F 3 0 R>>>>"
            b"/Contents %d 0 R>>" % (rotate, len(objects) + 1),
        ]
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids), len(kids))
    return pdf_of(objects, trailer)


def pdf_of(objects: Iterable[bytes], trailer: bytes = b"") -> bytes:
    """Return a PDF of these objects, numbered from 1; the first one is the catalog."""
    data, table, size = b"%PDF-1.4\n", b"0000000000 65535 f \n", 1
    for size, content in enumerate(objects, 2):
        table += b"%010d 00000 n \n" % len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (size - 1, content)
    data += b"xref\n0 %d\n%strailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (
        *(size, table, size),
        *(trailer, len(data)),
    )
    return data


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """Return a stream object with these entries in its dictionary."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def _printed(text: str) -> bytes:
    lines = (re.sub(rb"([()\\])", rb"\\\1", line.encode("cp1252")) for line in text.split("\n"))
    return b"BT /F 10 Tf 12 TL 36 750 Td " + b" ".join(b"(%s) Tj T*" % line for line in lines) + b" ET"


def seven(
    members: Mapping[str, bytes],
    coder: bytes = b"\x21\x21\x01\x18",
    *,
    blocks: int = 1,
    packed_header: bool = False,
) -> bytes:
    """Return a .7z archive.

    Args:
        coder: what packs the members, as the archive's list says it; LZMA2 does so, others do nothing.
        blocks: into how many blocks the members are packed.
        packed_header: the list of the members is packed, too.
    """
    filled = [(name, content) for name, content in members.items() if content]
    parts = [filled[n::blocks] for n in range(blocks)]
    filled = [member for part in parts for member in part]
    streams = [_pack(b"".join(content for _, content in part), coder) for part in parts]
    body = b"".join(streams)
    header = (
        b"\x01\x04"
        + _streams(0, streams, parts, coder)
        + _files([*filled, *((n, c) for n, c in members.items() if not c)])
        + b"\0"
    )
    if packed_header:
        packed = _pack(header, coder)
        encoded = b"\x17" + _streams(len(body), [packed], [[("", header)]], coder)
        body, header = body + packed, encoded
    start = len(body).to_bytes(8, "little") + len(header).to_bytes(8, "little") + _crc(header)
    return b"7z\xbc\xaf\x27\x1c\0\4" + _crc(start) + start + body + header


COPY = b"\x01\x00"
AES = b"\x24\x06\xf1\x07\x01\x01\x00"
PPMD = b"\x23\x03\x04\x01\x05\0\0\0\0\1"


def _pack(data: bytes, coder: bytes) -> bytes:
    if coder[1] != 0x21:
        return data
    return lzma.compress(data, lzma.FORMAT_RAW, filters=[{"id": lzma.FILTER_LZMA2, "dict_size": 3 << 23}])


def _crc(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(4, "little")


def _number(value: int) -> bytes:
    return bytes([value]) if value < 0x80 else b"\xff" + value.to_bytes(8, "little")


def _streams(start: int, streams: list[bytes], parts: list[list[tuple[str, bytes]]], coder: bytes) -> bytes:
    sizes = b"".join(_number(len(stream)) for stream in streams)
    whole = b"".join(_number(sum(len(content) for _, content in part)) for part in parts)
    counts = b"".join(_number(len(part)) for part in parts)
    inner = b"".join(_number(len(content)) for part in parts for _, content in part[:-1])
    checks = b"".join(_crc(content) for part in parts for _, content in part)
    return (
        b"\x06" + _number(start) + _number(len(streams)) + b"\x09" + sizes + b"\0"
        b"\x07\x0b" + _number(len(parts)) + b"\0" + (b"\x01" + coder) * len(parts) + b"\x0c" + whole + b"\0"
        b"\x08\x0d" + counts + b"\x09" + inner + b"\x0a\x01" + checks + b"\0\0"
    )


def _files(members: list[tuple[str, bytes]]) -> bytes:
    names = b"\0" + b"".join(f"{name}\0".encode("utf-16-le") for name, _ in members)
    data = b"\x05" + _number(len(members)) + b"\x11" + _number(len(names)) + names
    empty = [not content for _, content in members]
    if any(empty):
        data += b"\x0e" + _number(len(_bits(empty))) + _bits(empty)
        files = [True] * sum(empty)
        data += b"\x0f" + _number(len(_bits(files))) + _bits(files)
    return data + b"\0"


def _bits(values: list[bool]) -> bytes:
    padded = [*values, *[False] * (-len(values) % 8)]
    return bytes(
        sum(bit << 7 - n for n, bit in enumerate(padded[at : at + 8])) for at in range(0, len(padded), 8)
    )
