"""What must hold of every cable, whatever it was read from."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from itertools import chain
from pathlib import Path
from zlib import crc32

from cablesearch import Cable, CablesearchError, export
from cablesearch.engines import LOCAL, engine
from cablesearch.engines.documents import documents
from cablesearch.engines.storage import pack, unpack
from cablesearch.export._escape import CONTROLS
from cablesearch.people.redaction import redact_cable
from cablesearch.terminal.cable import cable_text

_FORMULA = tuple("=+-@＝＋－＠")
_UNSEEN = " \t\r\n\xa0\xad\u200b\u200c\u200d\u2060\u3000\ufeff"  # that a spreadsheet may leave out before it


def check_cable(cable: Cable) -> None:
    """Check that a cable is stored as it is, and that what is shown or written of it harms nobody."""
    assert unpack(pack(cable)) == cable, "stored and read, it is another cable"
    ids = [paragraph.id for paragraph in cable.paragraphs]
    assert len(set(ids)) == len(ids), f"two paragraphs have one id: {ids}"
    for shown in dict.fromkeys((cable, redact_cable(cable))):
        written: dict[str, bytes] = {}
        text = cable_text(shown)
        assert not CONTROLS.search(text.replace("\n", "")), f"a control character is shown: {text!r}"
        formats = export.formats()
        other = formats[crc32(text.encode()) % len(formats)]  # all of them would take too long
        for name in {"csv", other}:
            with suppress(CablesearchError):  # some formats are not for cables
                written[name] = _written(name, shown)
        for cell in chain.from_iterable(csv.reader(io.StringIO(written["csv"].decode()))):
            assert not cell.lstrip(_UNSEEN).startswith(_FORMULA), f"a spreadsheet evaluates {cell!r}"


def _written(format: str, cable: Cable) -> bytes:
    data = io.BytesIO()
    stream = io.TextIOWrapper(data, "utf-8")
    export.write(format, [cable], stream)
    stream.flush()
    return data.getvalue()


def check_indexes(cables: Iterable[Cable]) -> None:
    """Check that every local engine takes these cables and gives them back."""
    by_id = {cable.id: cable for cable in cables}
    for name in LOCAL:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:  # tantivy may still write
            with engine(name).write(Path(folder), fresh=True) as writer:
                for cable in by_id.values():
                    writer.add(cable, documents(cable))
            with engine(name).read(Path(folder)) as reader:
                for id, cable in by_id.items():
                    assert reader.cable(id) == cable, f"{name} gives back another cable for {id!r}"
