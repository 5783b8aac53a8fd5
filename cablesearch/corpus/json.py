"""Cables as JSON: an object each, on a line of its own, in a list, or in an object that holds such a list.

    {"id": "07ASTANA48", "date": "2007-01-08T12:31", "origin": "Embassy Astana", "body": "1. (C) ..."}

What `cablesearch parse --format json` prints is read as it was parsed. The hits of a search are refused: part
of a cable does not say whose names the rest of it asks to protect.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from io import BufferedReader
from itertools import chain
from types import UnionType
from typing import Any, cast, get_args, get_origin, get_type_hints, is_typeddict

from ..errors import UnreadableError
from ..model.cable import Cable
from .json_stream import long_values
from .names import make_record, match_fields, names_cables
from .record import Failure, Record
from .source import Source
from .table import MAX_ROW_BYTES

NAME = "JSON"

_BEFORE = b"\xef\xbb\xbf \t\r\n"  # that may stand before it
_START = re.compile(r'(?:\s|\ufeff)*(?:\[\s*)?\{\s*"')
_HIT_KEYS = {"cable", "score", "text"}
_SHOWN = 8  # keys that a message names


def sniff(start: str, file: str) -> bool:
    """Whether it begins with an object, or with a list of objects."""
    return bool(_START.match(start))


def read_shard(source: Source, in_shard: Iterator[bool]) -> Iterator[Record | Failure]:
    """Yield the cable of each object in the shard; for one that is none, a failure with its number, from 1.

    Raises:
        UnreadableError: it is not JSON, or JSON of something else.
    """
    for number, value in enumerate(_values(source.stream), 1):
        wanted, name = next(in_shard), f"{source.name}#{number}"
        if not wanted and number > 1:
            continue
        try:
            record = _read_value(value, name)
            if wanted:
                yield record
        except UnreadableError as error:
            if number == 1 and value is not None:
                raise
            if wanted:
                yield Failure(name, str(error))


def _values(stream: BufferedReader[Any]) -> Iterator[object]:
    """Yield each object, and None for a line that is not JSON."""
    begun = next(filter(bytes.strip, _lines(stream)), b"")
    value = _parse(begun)
    if not isinstance(value, dict):  # no lines, or a torn one: most files are as short as this
        begun += stream.read(MAX_ROW_BYTES)
        value = _parse(begun)
    if value is not None:
        yield from _elements(value)
        yield from map(_parse, filter(bytes.strip, _lines(stream)))
    elif not begun.lstrip(_BEFORE).startswith(b"[") and _has_lines(begun):
        *lines, last = begun.split(b"\n")
        lines.append(last + stream.readline(MAX_ROW_BYTES))
        yield from map(_parse, filter(bytes.strip, chain(lines, _lines(stream))))
    else:
        for text in long_values(begun, stream, MAX_ROW_BYTES):
            yield from _elements(_parse(text))


def _has_lines(data: bytes) -> bool:
    """Whether there are objects on lines of their own."""
    return any(value and isinstance(value, dict) for value in map(_parse, data.split(b"\n")))


def _lines(stream: BufferedReader[Any]) -> Iterator[bytes]:
    return iter(lambda: stream.readline(MAX_ROW_BYTES), b"")


def _parse(data: bytes | str) -> object:
    """Return the value that is written as JSON, None where none is."""
    import orjson

    try:
        return cast(object, orjson.loads(data.strip(_BEFORE) if isinstance(data, bytes) else data))
    except orjson.JSONDecodeError:
        return None


def _elements(value: object) -> Iterator[object]:
    """Yield the objects of a list, also of one in an object that is no cable itself."""
    if isinstance(value, dict) and not names_cables(match_fields(value)):
        lists = (inner for inner in value.values() if isinstance(inner, list) and inner)
        value = next((inner for inner in lists if isinstance(inner[0], dict)), value)
    yield from value if isinstance(value, list) else (value,)


def _read_value(value: object, name: str) -> Record:
    if not isinstance(value, dict):
        raise UnreadableError("cut off, or not an object")
    if value.keys() >= _HIT_KEYS:
        raise UnreadableError(
            "hits of a search, not whole cables: `cablesearch parse --format json` writes those"
        )
    if _has_type(value, _cable_type()):
        try:
            return Record(format=NAME, source=name, cable=Cable.from_dict(cast(Any, value)))
        except ValueError as error:  # of a date, or of a paragraph's kind
            raise UnreadableError(f"not as `cablesearch parse` writes it: {error}") from error
    nested = (inner for inner in value.values() if isinstance(inner, dict))
    values: dict[str, object] = {key: own for inner in (*nested, value) for key, own in inner.items()}
    fields = match_fields(values)
    if not names_cables(fields):
        keys = ", ".join(list(value)[:_SHOWN])
        raise UnreadableError(f"an object without a key that is called text, body or message: {keys}")
    record = make_record(values, fields, NAME, name)
    if not (record.message.strip() or record.without_text):
        raise UnreadableError("an object without a text")
    return record


@cache
def _cable_type() -> object:
    from ..model.json_values import CableDict

    return CableDict


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _has_type(value: object, kind: Any) -> bool:
    """Whether a value read from JSON has a type: a dictionary's, a list's, or one that `isinstance` knows."""
    if is_typeddict(kind):
        return (
            isinstance(value, dict)
            and kind.__required_keys__ <= value.keys()
            and all(_has_type(value[key], of) for key, of in _hints(kind).items() if key in value)
        )
    if get_origin(kind) is UnionType:
        return any(_has_type(value, one) for one in get_args(kind))
    if get_origin(kind) is list:
        return isinstance(value, list) and all(_has_type(element, get_args(kind)[0]) for element in value)
    return isinstance(value, kind)
