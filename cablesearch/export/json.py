"""JSON: one object per line for each answer. docs/json.md is the schema; keys are only ever added."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TextIO

from . import Answer, Format
from ._escape import CONTROLS


def dumps(value: object) -> str:
    """Return a value as JSON on one line, in Unicode, with control characters escaped."""
    text = _encode(value)
    if text.isprintable():
        return text
    return CONTROLS.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


# No answer is in itself; to look for that would take a sixth of the time.
_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


def write(answers: Iterable[Answer], stream: TextIO) -> None:
    """Write each answer as one object."""
    for answer in answers:
        stream.write(dumps(answer.as_dict()) + "\n")


FORMAT = Format("json", ".json", "application/json", write)
