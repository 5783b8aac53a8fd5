"""How cables are stored."""

from __future__ import annotations

import json
import re

from ..errors import UnreadableError
from ..model.cable import Cable

_HALF_CHARACTER = re.compile(r"[\ud800-\udfff]")
MAX_ID_CHARS = 1_000  # an engine cannot find a cable by a term of 65,000 bytes


def pack(cable: Cable) -> bytes:
    """Return a cable as bytes, which an engine compresses and stores.

    Raises:
        UnreadableError: it could not be found again by its id.
    """
    from orjson import JSONEncodeError, dumps

    if not 0 < len(cable.id) <= MAX_ID_CHARS:
        raise UnreadableError(
            f"its id has {len(cable.id):,} characters: give it one of 1 to {MAX_ID_CHARS:,}"
        )
    if _HALF_CHARACTER.search(cable.id):
        raise UnreadableError("its id holds half a character: give it another one")
    values = cable.as_dict()
    try:
        return dumps(values)
    except JSONEncodeError:  # half a character, which may be in the name of a file
        text = json.dumps(values, separators=(",", ":"), ensure_ascii=False)
        return text.encode("utf-8", "surrogatepass")


def unpack(packed: bytes) -> Cable:
    """Return the cable that `pack` was given."""
    return Cable.from_dict(json.loads(packed.decode("utf-8", "surrogatepass")))
