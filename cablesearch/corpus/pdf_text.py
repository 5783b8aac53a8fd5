"""The text of a PDF, and the process that reads it for `pdf`: one document after the other, under limits.

pdfium, the PDF library of Chrome, finds the characters; nothing in the document is run, followed or fetched.
It cannot be told to stop, though, and 2 KB of forms that draw each other ten times over keep it busy for
minutes and take gigabytes. So a thread watches the time and the memory of the process, and ends it.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Event, Thread
from typing import IO, Protocol, TypedDict, cast

from ..errors import UnreadableError
from .layout import Char, lay_out
from .source import MAX_TEXT_BYTES

MAX_PAGES = 20_000
MAX_PAGE_CHARS = 100_000  # a page of a telegram has 3,000
# Of processor time: for any document, and for each megabyte; of packed telegrams, one takes 3 s.
MAX_SECONDS, MAX_SECONDS_PER_MB = 1.0, 20.0
MAX_MEMORY = 250 << 20  # bytes, beside the document's own; Python and pdfium take 30 MB of them
TOO_LONG, TOO_LARGE = 71, 72  # exit statuses
_WATCH_SECONDS = 0.01  # between two looks
_LENGTH_BYTES = 8  # before a message

_HYPHEN = {2: "-", 0xAD: "-"}  # as pdfium gives one at a line's end
# How a box's left, right, bottom and top become those on a page that is turned.
_TURNS: dict[int, Callable[[float, float, float, float], tuple[float, float, float, float]]] = {
    0: lambda left, right, bottom, top: (left, right, bottom, top),
    90: lambda left, right, bottom, top: (bottom, top, -right, -left),
    180: lambda left, right, bottom, top: (-right, -left, -top, -bottom),
    270: lambda left, right, bottom, top: (-top, -bottom, left, right),
}


class Answer(TypedDict):
    r"""What was found in a document.

    Attributes:
        text: page by page, with \f after each.
        scans: the pages, from 1, that are pictures without text; `damaged` those that cannot be read.
        error: why it cannot be read, None where it can.
    """

    text: str
    scans: list[int]
    damaged: list[int]
    error: str | None


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


def find_text(data: bytes) -> Answer:
    """Return the text of a document, laid out as on its pages."""
    answer = Answer(text="", scans=[], damaged=[], error=None)
    try:
        with closing(_open(data)) as document:
            answer["text"] = "".join(_read_page(document, number, answer) for number in range(len(document)))
        if len(answer["text"]) > MAX_TEXT_BYTES:
            raise UnreadableError(f"a PDF with more than {MAX_TEXT_BYTES >> 20} MB of text: split it")
    except UnreadableError as error:
        answer["error"] = str(error)
    return answer


def _open(data: bytes) -> _Document:
    from pypdfium2 import PdfDocument, PdfiumError
    from pypdfium2.raw import FPDF_ERR_PASSWORD

    try:
        document: _Document = PdfDocument(data)
    except PdfiumError as error:
        if error.err_code == FPDF_ERR_PASSWORD:
            raise UnreadableError("encrypted: save it without its password first") from error
        raise UnreadableError("damaged or cut off") from error
    if len(document) > MAX_PAGES:
        document.close()
        raise UnreadableError(f"a PDF of more than {MAX_PAGES:,} pages: split it")
    return document


def _read_page(document: _Document, index: int, answer: Answer) -> str:
    """Return the text of a page; note in the answer where it has none."""
    from pypdfium2 import PdfiumError

    try:
        page = document[index]
    except PdfiumError:
        answer["damaged"].append(index + 1)
        return ""
    with closing(page):
        text = _page_text(page)
        if not text and _has_picture(page):
            answer["scans"].append(index + 1)
    return f"{text}\n\f" if text else ""


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
    characters = textpage.raw
    for number in range(textpage.count_chars()):
        code = code_of(characters, number)
        if code in (0, 10, 13) or 0xD800 <= code < 0xE000:
            continue
        find_box(characters, number, place)
        yield Char(_HYPHEN.get(code) or chr(code), *turn(box.left, box.right, box.bottom, box.top))


def _has_picture(page: _Page) -> bool:
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    return any(drawn.type == FPDF_PAGEOBJ_IMAGE for drawn in page.get_objects())


def send(message: bytes, stream: IO[bytes]) -> None:
    """Write a message, with its length before it."""
    stream.write(len(message).to_bytes(_LENGTH_BYTES, "little"))
    stream.write(message)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """Read a message; None where the other side has ended."""
    length = stream.read(_LENGTH_BYTES)
    size = int.from_bytes(length, "little")
    message = stream.read(size) if len(length) == _LENGTH_BYTES else b""
    return message if message and len(message) == size else None


def serve() -> None:
    """Answer each document on standard input, until there are no more: the life of the process."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what pdfium prints must not come between the answers
    while data := receive(requests):
        ended = Event()
        Thread(target=_watch, args=(ended, len(data)), daemon=True).start()
        answer = find_text(data)
        ended.set()
        send(json.dumps(answer).encode(), answers)


def _watch(ended: Event, size: int) -> None:
    """End the process if a document of this size takes too much of its time or memory."""
    latest = time.process_time() + MAX_SECONDS + MAX_SECONDS_PER_MB * size / (1 << 20)
    while not ended.wait(_WATCH_SECONDS):
        if time.process_time() > latest:
            os._exit(TOO_LONG)
        if _memory() > MAX_MEMORY + size:
            os._exit(TOO_LARGE)


def _memory() -> int:
    """Return how many bytes of memory the process has; 0 where the system does not say (all but Linux)."""
    try:
        pages = Path("/proc/self/statm").read_bytes().split()[1]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
