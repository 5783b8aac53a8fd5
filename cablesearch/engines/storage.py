"""Cables as they are stored, and what is said of an index that cannot be read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import BrokenIndexError
from ..model.cable import Cable


def pack(cable: Cable) -> bytes:
    """Return a cable as it is stored, before an engine compresses it."""
    from orjson import JSONEncodeError, dumps

    values = cable.as_dict()
    try:
        return dumps(values)
    except JSONEncodeError:  # half a character, as the name of a file may have
        text = json.dumps(values, separators=(",", ":"), ensure_ascii=False)
        return text.encode("utf-8", "surrogatepass")


def unpack(packed: bytes) -> Cable:
    """Return the cable that `pack` was given."""
    return Cable.from_dict(json.loads(packed.decode("utf-8", "surrogatepass")))


@contextmanager
def as_broken_index(folder: Path, *errors: type[BaseException]) -> Iterator[None]:
    """Turn these errors into a BrokenIndexError that names the folder."""
    try:
        yield
    except errors as error:
        raise BrokenIndexError(
            f"the index in {folder} is damaged or of another version ({error}): run cablesearch reindex"
        ) from error
