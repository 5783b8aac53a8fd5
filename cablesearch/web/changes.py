"""A change that a page asks for: a form that is sent with the token that the page had from us.

A page of somebody else's can send a form to us, too, but it can read none of ours, and so has no token. What
a browser says of where a form comes from has to agree.
"""

from __future__ import annotations

import hmac
from typing import Annotated
from urllib.parse import parse_qsl, urlsplit

from fastapi import Depends, Request
from starlette.exceptions import HTTPException

from .addresses import own_path
from .rendering import TEXTS

_SMALL = 16_000
CHANGES = {  # the addresses that take one, each with the bytes that its form may have
    "/": _SMALL,
    "/person": _SMALL,
    "/questions": _SMALL,
    "/note": 1_216_000,  # a note of 100,000 characters, of which an escaped one takes 12 bytes
}

Form = dict[str, str]


async def _form(request: Request) -> Form:
    """Return the fields of a form that one of our pages has sent.

    Raises:
        HTTPException: it comes from elsewhere, or is no form.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded" or not _is_ours(request):
        raise HTTPException(403, TEXTS["refused_change"])
    content = (await request.body())[: CHANGES[own_path(request.scope)]]
    fields = dict(parse_qsl(content.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=20))
    if not hmac.compare_digest(fields.pop("token", "").encode(), request.app.state.token.encode()):
        raise HTTPException(403, TEXTS["refused_change"])
    return fields


def _is_ours(request: Request) -> bool:
    """Whether nothing says that a request comes from another site's page.

    With `no-referrer`, which we send, browsers give the origin of a form as `null`, as they do for pages that
    hide theirs. Nearly all tell these apart in another header.
    """
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return False
    origin = request.headers.get("origin", "null")
    return origin == "null" or urlsplit(origin).netloc == request.headers.get("host", "")


Change = Annotated[Form, Depends(_form)]  # the parameter by which a route gets it
