"""How cables are stored."""

from __future__ import annotations

import json

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
