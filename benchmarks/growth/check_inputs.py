"""Which whole inputs take more than linear time."""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader, BytesIO
from itertools import repeat

from cablesearch.corpus import _read_source
from cablesearch.corpus.record import Record
from cablesearch.corpus.source import SNIFF_BYTES, Source
from cablesearch.engines.documents import documents
from cablesearch.parse import parse_batch
from cablesearch.people import name_batch

from .check_patterns import Finding
from .inputs import Case
from .timing import excessive_growth


def check_input(case: Case) -> Iterator[Finding]:
    """Yield how the time to read, parse and prepare a file grows, if too fast."""

    def run(text: str) -> None:
        read_text(text, case.file)

    if growth := excessive_growth(run, case.make):
        yield Finding("a whole input", case.name, growth)


def read_text(text: str, file: str) -> int:
    """Read a file's text as a build does, up to an engine's documents; return how many there are."""
    stream = BufferedReader(BytesIO(text.encode("utf-8", "surrogatepass")), SNIFF_BYTES)  # type: ignore[arg-type]
    items = list(_read_source(Source(file, file, stream), 0, repeat(True)))
    parsed = parse_batch(item for item in items if isinstance(item, Record))
    cables = name_batch([cable for cable in parsed if not isinstance(cable, Exception)])
    return sum(len(list(documents(cable))) for cable in cables)
