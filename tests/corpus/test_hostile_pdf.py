"""Documents that were made to harm whoever reads them: each ends soon, in little memory, and is named.

A process of its own reads them. Here its limits are checked from within and from outside.
"""

from __future__ import annotations

import os
import zlib
from contextlib import suppress
from threading import Event, Thread

import psutil
import pytest

from cablesearch.corpus import Record, pdf, pdf_text
from tests.corpus.makers import FONT, pdf_of, stream

MAX_SECONDS, MAX_BYTES = 2.0, 300 << 20

CATALOG, PAGES = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = (
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]"
    b"/Resources<</Font<</F 4 0 R>>/XObject<</X 6 0 R>>>>/Contents 5 0 R>>"
)
CONTENT = stream(b"BT /F 10 Tf 36 750 Td (TAGS: EFIS) Tj ET")
TOO_LONG, TOO_LARGE = (pdf._LIMITS[status] for status in (pdf_text.TOO_LONG, pdf_text.TOO_LARGE))
DAMAGED = "damaged or cut off"


def document(*, pages: bytes = PAGES, content: bytes = CONTENT, more: tuple[bytes, ...] = ()) -> bytes:
    return pdf_of((CATALOG, pages, PAGE, FONT, content, *more))


def form(inner: int, times: int) -> bytes:
    """Return a form that draws another one so many times."""
    resources = b"/Resources<</XObject<</X %d 0 R>>>>" % inner
    return stream(b"/X Do " * times, b"/Type/XObject/Subtype/Form/BBox[0 0 612 792]" + resources)


def bomb(unit: bytes, size: int, entries: bytes = b"", times: int = 1) -> bytes:
    """Return a stream of so many megabytes, packed so many times over."""
    packer = zlib.compressobj(9)
    block = unit * ((1 << 20) // len(unit))
    data = b"".join(packer.compress(block) for _ in range(size)) + packer.flush()
    for _ in range(times - 1):
        data = zlib.compress(data, 9)
    return stream(data, entries + b"/Filter[%s]" % (b"/FlateDecode" * times))


def modern(*objects: bytes | None, packed: dict[int, int], entries: bytes = b"") -> bytes:
    """Return a PDF whose table of objects is a stream, and some of whose objects are packed in others."""
    data, rows = b"%PDF-1.5\n", b"\0\0\0\0\0\xff"
    for number, content in enumerate(objects, 1):
        kind, place = (2, packed[number]) if number in packed else (1, len(data))
        rows += bytes([kind]) + place.to_bytes(4, "big") + b"\0"
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content) if content else b""
    rows += b"\1" + len(data).to_bytes(4, "big") + b"\0"
    entries = entries.replace(b"SELF", b"%d" % len(data))
    table = stream(rows, b"/Type/XRef/Size %d/W[1 4 1]/Root 1 0 R%s" % (len(objects) + 2, entries))
    return data + b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, table, len(data))


def repeated_pages(count: int, content: bytes) -> bytes:
    pages = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b"3 0 R " * count, count)
    return document(pages=pages, content=content)


FULL_PAGE = b"BT /F 1 Tf 1 TL 36 750 Td %s ET" % (b"(%s) Tj T* " % (b"herring and tin " * 8) * 60)

HOSTILE = {
    "forms in forms": (
        document(content=stream(b"/X Do"), more=(*(form(inner, 10) for inner in range(7, 20)), CONTENT)),
        {TOO_LONG, TOO_LARGE},
    ),
    "a form in itself": (document(content=stream(b"/X Do"), more=(form(6, 10),)), {TOO_LONG, TOO_LARGE}),
    "content that expands": (document(content=bomb(b" ", 400)), {TOO_LARGE}),
    "content packed twice": (document(content=bomb(b" ", 400, times=2)), {TOO_LARGE}),
    "drawings that expand": (document(content=bomb(b"0 0 m 1 1 l S ", 30)), {TOO_LARGE}),
    "an object stream that expands": (
        modern(
            *(CATALOG, None, PAGE, FONT, CONTENT),
            bomb(b" ", 400, b"/Type/ObjStm/N 9/First 4"),
            packed={2: 6},
        ),
        {TOO_LARGE},
    ),
    "an object stream in itself": (
        modern(CATALOG, PAGES, PAGE, FONT, None, packed={5: 5}),
        {"there is no text in it"},
    ),
    "object streams in each other": (
        modern(CATALOG, PAGES, PAGE, FONT, None, None, packed={5: 6, 6: 5}),
        {"there is no text in it"},
    ),
    "object streams that extend each other": (
        modern(
            *(CATALOG, None, PAGE, FONT, CONTENT),
            stream(b"9 0 <<>>", b"/Type/ObjStm/N 1/First 4/Extends 7 0 R"),
            stream(b"9 0 <<>>", b"/Type/ObjStm/N 1/First 4/Extends 6 0 R"),
            packed={2: 6},
        ),
        {DAMAGED},
    ),
    "pages in themselves": (
        document(pages=b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"),
        {"damaged in pages 1, 2"},
    ),
    "more pages than any": (
        document(pages=b"<</Type/Pages/Kids[3 0 R]/Count 20001>>"),
        {"a PDF of more than"},
    ),
    "a page again and again": (
        repeated_pages(2000, stream(zlib.compress(FULL_PAGE), b"/Filter/FlateDecode")),
        {TOO_LONG},
    ),
    "nested beyond reason": (pdf_of([b"<</A" * 200_000, PAGES, PAGE, FONT, CONTENT]), {DAMAGED}),
    "brackets": (document(content=stream(b"[" * 1_000_000)), {"there is no text in it"}),
    "torn": (document()[:200], {DAMAGED}),
    "no table of objects": (document()[: document().index(b"xref")].replace(b"obj", b"job"), {DAMAGED}),
}
# Documents with a fault that does no harm: the text is read in spite of it.
ODD = {
    "a table that goes before itself": pdf_of((CATALOG, PAGES, PAGE, FONT, CONTENT), b"/Prev 9"),
    "a table stream that goes before itself": modern(
        *(CATALOG, PAGES, PAGE, FONT, CONTENT), packed={}, entries=b"/Prev SELF"
    ),
    "its own length": document(content=CONTENT.replace(b"/Length 40", b"/Length 5 0 R")),
    "pages that are said to be millions": document(pages=b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>"),
}


class Usage:
    """What the reading process uses while a `with` block runs, looked at every few milliseconds.

    Attributes:
        memory: at most, in bytes; `seconds` of the processor's time, which depend less on what else runs.
    """

    memory, seconds, _before = 0, 0.0, 0.0

    def __enter__(self) -> Usage:
        self._look()
        self._before, self.seconds = self.seconds, 0.0
        self._ended = Event()
        self._thread = Thread(target=self._watch)
        self._thread.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(0.002):
            self._look()

    def _look(self) -> None:
        process = pdf._reader_of(os.getpid())._process
        with suppress(psutil.Error):
            if process and (found := psutil.Process(process.pid)).is_running():
                self.memory = max(self.memory, found.memory_info().rss)
                self.seconds = max(self.seconds, sum(found.cpu_times()[:2]) - self._before)


@pytest.mark.skipif(not pdf_text._memory(), reason="only Linux says how much memory a process has")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_ends_soon_and_is_named(reading, name):
    content, reasons = HOSTILE[name]
    with Usage() as usage:
        [failure] = reading("x.pdf", content)
    assert usage.seconds < MAX_SECONDS
    assert usage.memory < MAX_BYTES
    assert any(failure.reason.startswith(reason) for reason in reasons), failure.reason


def test_the_next_document_is_read_as_if_nothing_had_been(reading):
    [failure] = reading("x.pdf", HOSTILE["forms in forms"][0])
    [record] = reading("y.pdf", document())
    assert (failure.reason in {TOO_LONG, TOO_LARGE}, record.message.strip()) == (True, "TAGS: EFIS")


def test_a_document_that_breaks_the_library_is_named(reading):
    reading("x.pdf", document())
    process = pdf._reader_of(os.getpid())._process
    process.kill()
    [failure] = reading("x.pdf", document())
    assert failure.reason == "damaged: the PDF library fails on it"


@pytest.mark.parametrize("name", ODD)
def test_an_odd_document_is_read(reading, name):
    [record] = reading("x.pdf", ODD[name])
    assert isinstance(record, Record)
    assert record.message.strip() == "TAGS: EFIS"
