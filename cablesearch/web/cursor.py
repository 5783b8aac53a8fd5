"""Where a page of hits begins, as a text that a client hands back to get that page."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from hashlib import sha256

from starlette.exceptions import HTTPException

from .rendering import TEXTS


def make_cursor(offset: int, question: Mapping[str, str], version: str) -> str:
    """Return the cursor of the hits from an offset on.

    Args:
        question: the parameters of the request; the cursor is good for no others.
        version: of what is asked, likewise.
    """
    text = json.dumps([offset, _digest(question), version])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(cursor: str, question: Mapping[str, str], version: str) -> int:
    """Return the offset that a cursor stands for.

    Raises:
        HTTPException: what is asked has changed since (410), so that hits would come twice or never; or it
            is of another question, or no cursor at all (400).
    """
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        offset, digest, of_version = json.loads(text)
    except (ValueError, TypeError, RecursionError):
        raise HTTPException(400, TEXTS["cursor_unknown"]) from None
    if type(offset) is not int or offset < 0 or digest != _digest(question):
        raise HTTPException(400, TEXTS["cursor_unknown"])
    if of_version != version:
        raise HTTPException(410, TEXTS["cursor_old"])
    return offset


def _digest(question: Mapping[str, str]) -> str:
    asked = sorted((name, value) for name, value in question.items() if name != "cursor")
    return sha256(json.dumps(asked).encode()).hexdigest()[:16]
