"""CSL-JSON: a list of items, one for each cable, for Zotero, pandoc and other reference managers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from . import Answer, Format
from ._csl import csl_item
from ._passages import cables
from .json import dumps


def write(answers: Iterable[Answer], stream: TextIO) -> None:
    """Write the cables of all answers as one list."""
    between = "[\n"
    for cable, passages in cables(answers, "csl"):
        stream.write(between + dumps(csl_item(cable, passages)))
        between = ",\n"
    stream.write("\n]\n" if between != "[\n" else "[]\n")


FORMAT = Format("csl", ".json", "application/vnd.citationstyles.csl+json", write)
