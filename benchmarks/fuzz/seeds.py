"""The files that fuzzing begins with: one of each kind that is read, alone, packed, and packed twice."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Mapping

from cablesearch import parse_cable
from tests.corpus.makers import pdf, seven

from ..growth.inputs import MESSAGE, SAMPLES, TABLE

_MBOX = "".join(f"From {who}@state.gov Wed Sep 12 10:16:00 2012\n{{mail}}\n" for who in ("quell", "reed"))
_PARTS = """\
From: Ivo Quell <quell@state.gov>
To: Tom Reed <reed@state.gov>
Subject: Two files
Date: Wed, 12 Sep 2012 10:16:00 -0400
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="cut"

--cut
Content-Type: text/html; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

<p>The fleet r=E9turns.</p>
--cut
Content-Type: text/plain
Content-Disposition: attachment; filename="cable.txt"

{cable}
--cut
Content-Type: application/octet-stream
Content-Disposition: attachment; filename="page.html"
Content-Transfer-Encoding: base64

PGh0bWw+PGJvZHk+PHByZT5GTSBBTUVNQkFTU1kgS0VMVk88L3ByZT48L2JvZHk+PC9odG1sPg==
--cut--
"""


def files() -> dict[str, bytes]:
    """Return the content of each seed, by the name of its file."""
    texts = SAMPLES | {
        "table.tsv": TABLE.replace(",", "\t"),
        "two.mbox": _MBOX.format(mail=SAMPLES["mail.eml"]),
        "parts.eml": _PARTS.format(cable=MESSAGE),
        "cables.jsonl": "".join(f"{json.dumps(cable)}\n" for cable in _parsed()),
        "list.json": json.dumps(_parsed()),
        "two.txt": MESSAGE + MESSAGE.replace("2069", "2070"),
    }
    plain = {name: text.encode() for name, text in texts.items()}
    # Short ones, so that many inputs are made in a second.
    some = {name: plain[name] for name in ("lines.txt", "page.html", "table.csv")}
    packed = {
        "some.zip": _zip(some),
        "some.tar": _tar(some, ""),
        "some.tar.gz": _tar(some, "gz"),
        "some.7z": seven(some, packed_header=True),
        "pages.pdf": pdf(*_pages(MESSAGE)),
        "cable.txt.gz": gzip.compress(plain["cable.txt"]),
        "cable.txt.bz2": bz2.compress(plain["cable.txt"]),
        "cable.txt.xz": lzma.compress(plain["cable.txt"]),
    }
    twice = {name: packed[name] for name in ("some.tar.gz", "cable.txt.gz")}
    return plain | packed | {"twice.zip": _zip(twice)}


def _parsed() -> list[dict[str, object]]:
    return [parse_cable(MESSAGE, f"06KELVO{number}", people=True).as_dict() for number in (2069, 2070)]


def _pages(text: str, lines: int = 45) -> list[str]:
    """Return a text in pages of so many lines."""
    rows = text.split("\n")
    return ["\n".join(rows[start : start + lines]) for start in range(0, len(rows), lines)]


def _zip(members: Mapping[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def _tar(members: Mapping[str, bytes], packing: str) -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode=f"w:{packing}") as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return data.getvalue()


PEOPLE_FILE = """\
nobody = ["Camp David"]
apart = [["Viktor Orlan", "Orlan"]]

[[person]]
name = "Karim Masimov"
also = ["K. Masimov", "Masimow"]
"""
