"""How cables are stored, and the error for an index that cannot be read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import BrokenIndexError
from ..model.cable import Cable


def pack(cable: Cable) -> bytes:
    """Return a cable as bytes, which an engine compresses and stores."""
    from orjson import JSONEncodeError, dumps

    values = cable.as_dict()
    try:
        return dumps(values)
    except JSONEncodeError:  # half a character, which may be in the name of a file
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
