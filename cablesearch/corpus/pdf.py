"""A PDF is a container: its text, laid out as on its pages, is read as any other text is.

pdfium, the PDF library of Chrome, finds the characters; nothing in the document is run, followed or fetched.
"""

from __future__ import annotations

import ctypes
import io
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Protocol, cast

from ..errors import UnreadableError
from .layout import Char, lay_out
from .record import Failure
from .source import SNIFF_BYTES, Source

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_BYTES = 256 << 20  # of a PDF, which is read from its end, so it is held in memory
MAX_PAGES = 20_000
MAX_PAGE_CHARS = 100_000  # a page of a telegram has 3,000

_HYPHEN = {2: "-", 0xAD: "-"}  # as pdfium gives one at a line's end
# How a box's left, right, bottom and top become those on a page that is turned.
_TURNS: dict[int, Callable[[float, float, float, float], tuple[float, float, float, float]]] = {
    0: lambda left, right, bottom, top: (left, right, bottom, top),
    90: lambda left, right, bottom, top: (bottom, top, -right, -left),
    180: lambda left, right, bottom, top: (-right, -left, -top, -bottom),
    270: lambda left, right, bottom, top: (-top, -bottom, left, right),
}
_SHOWN = 5  # pages without text that are named


class _Page(Protocol):
    """What is used of pypdfium2's pages, which are published without types."""

    def get_rotation(self) -> int: ...
    def get_textpage(self) -> _TextPage: ...
    def get_objects(self) -> Iterator[_Object]: ...
    def close(self) -> None: ...


class _TextPage(Protocol):
    """The characters of a page, by their numbers from 0."""

    raw: object

    def count_chars(self) -> int: ...
    def close(self) -> None: ...


class _Object(Protocol):
    """What is drawn on a page."""

    type: int


class _Box(Protocol):
    """Where a character is, in points."""

    left: float
    right: float
    bottom: float
    top: float


class _Document(Protocol):
    def __len__(self) -> int: ...
    def __getitem__(self, index: int) -> _Page: ...
    def close(self) -> None: ...


def unpack(source: Source) -> Iterator[Source | Failure]:
    """Yield the text of a PDF as a source, and a failure where some of its pages are scans without one.

    Raises:
        UnreadableError: it is encrypted, damaged, or has no text.
    """
    with closing(_open(source)) as document:
        pages = _TextStream(document)
        stream = io.BufferedReader(pages, SNIFF_BYTES)
        if not stream.peek(1):
            scan = "a scan without a text layer: put it through text recognition (OCR) first"
            raise UnreadableError(scan if pages.scans else "there is no text in it")
        # Without a suffix: only a text with the lines of a cable is one.
        yield Source(source.name, PurePosixPath(source.file).stem, stream)
        if pages.scans and pages.ended:
            yield Failure(source.name, f"{_numbers(pages.scans)} without a text layer: the others are read")


def _open(source: Source) -> _Document:
    from pypdfium2 import PdfDocument, PdfiumError
    from pypdfium2.raw import FPDF_ERR_PASSWORD

    data = source.stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise UnreadableError(f"a PDF of more than {MAX_BYTES >> 20} MB: split it")
    try:
        document: _Document = PdfDocument(data)
    except PdfiumError as error:
        if error.err_code == FPDF_ERR_PASSWORD:
            raise UnreadableError("encrypted: save it without its password first") from error
        raise UnreadableError("damaged or cut off") from error
    if len(document) > MAX_PAGES:
        raise UnreadableError(f"a PDF of more than {MAX_PAGES:,} pages: split it")
    return document


def _numbers(pages: list[int]) -> str:
    shown = ", ".join(map(str, pages[:_SHOWN])) + (" ..." if len(pages) > _SHOWN else "")
    return f"page {shown}" if len(pages) == 1 else f"pages {shown}"


class _TextStream(io.RawIOBase):
    r"""The text of a document, page by page as it is read, with \f between the pages.

    Attributes:
        scans: the pages so far, from 1, that are pictures without text.
        ended: whether all pages have been read.
    """

    def __init__(self, document: _Document) -> None:
        self._document = document
        self._page = 0
        self._left = b""
        self.scans: list[int] = []
        self.ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        while not self._left and self._page < len(self._document):
            self._left = self._next_page()
        self.ended = not self._left
        size = min(len(view), len(self._left))
        view[:size], self._left = self._left[:size], self._left[size:]
        return size

    def _next_page(self) -> bytes:
        from pypdfium2 import PdfiumError

        try:
            page = self._document[self._page]
        except PdfiumError as error:
            raise UnreadableError(f"damaged in page {self._page + 1}") from error
        self._page += 1
        with closing(page):
            text = _page_text(page)
            if not text and _has_picture(page):
                self.scans.append(self._page)
        return f"{text}\n\f".encode("utf-8", "replace") if text else b""


def _page_text(page: _Page) -> str:
    with closing(page.get_textpage()) as textpage:
        if textpage.count_chars() > MAX_PAGE_CHARS:
            raise UnreadableError(f"a page of more than {MAX_PAGE_CHARS:,} characters: no cable has one")
        return lay_out(_chars(textpage, page.get_rotation()))


def _chars(textpage: _TextPage, rotation: int) -> Iterator[Char]:
    """Yield the characters in the order in which they were printed.

    Args:
        rotation: by which the page is turned clockwise when it is shown: 0, 90, 180 or 270 degrees.
    """
    from pypdfium2 import raw

    turn = _TURNS[rotation]
    code_of: Callable[[object, int], int] = raw.FPDFText_GetUnicode
    find_box: Callable[[object, int, object], int] = raw.FPDFText_GetLooseCharBox
    box: _Box = raw.FS_RECTF()
    place = ctypes.byref(cast(ctypes.Structure, box))
    for number in range(textpage.count_chars()):
        code = code_of(textpage.raw, number)
        if code in (0, 10, 13) or 0xD800 <= code < 0xE000:
            continue
        find_box(textpage.raw, number, place)
        yield Char(_HYPHEN.get(code) or chr(code), *turn(box.left, box.right, box.bottom, box.top))


def _has_picture(page: _Page) -> bool:
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    return any(drawn.type == FPDF_PAGEOBJ_IMAGE for drawn in page.get_objects())
