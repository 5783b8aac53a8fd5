"""Which whole inputs take more than linear time."""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader, BytesIO
from itertools import repeat

from cablesearch.corpus import _read_source
from cablesearch.corpus.archives import allowance
from cablesearch.corpus.record import Record
from cablesearch.corpus.source import SNIFF_BYTES, Source
from cablesearch.engines.documents import documents
from cablesearch.parse import parse_batch
from cablesearch.people import name_batch

from .check_patterns import Finding
from .inputs import Case
from .timing import excessive_growth

FLOOR = 0.01  # seconds that any time counts as


def check_input(case: Case) -> Iterator[Finding]:
    """Yield how the time to read, parse and prepare a file grows, if too fast."""
    if growth := excessive_growth(lambda text: prepare(text, case.file), case.make, FLOOR):
        yield Finding("a whole input", case.name, growth)


def read(data: bytes, file: str) -> list[Record]:
    """Return the records of a file with this content and this name.

    Raises:
        AssertionError: a reader failed.
    """
    stream = BufferedReader(BytesIO(data), SNIFF_BYTES)  # type: ignore[arg-type]
    source = Source(file, file, stream, allowance(len(data)))
    items = list(_read_source(source, 0, repeat(True)))
    assert not [item for item in items if getattr(item, "traceback", None)], items
    return [item for item in items if isinstance(item, Record)]


def prepare(text: str, file: str) -> int:
    """Prepare a file for an index, up to an engine's documents; return how many there are."""
    parsed = parse_batch(read(text.encode("utf-8", "surrogatepass"), file))
    cables = name_batch([cable for cable in parsed if not isinstance(cable, Exception)])
    return sum(len(list(documents(cable))) for cable in cables)
