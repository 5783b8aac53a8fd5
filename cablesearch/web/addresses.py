"""The addresses of our pages.

A proxy may show them as a folder of a site; each then begins with the root path:

    https://news.example/cables/search?q=salt      root path /cables, own path /search
"""

from __future__ import annotations

from contextvars import ContextVar
from urllib.parse import quote, urlencode

from starlette.types import Scope

_root: ContextVar[str] = ContextVar("root", default="")  # of the request that is being answered


def below(root: str, scope: Scope) -> Scope:
    """Return a request with its path below the root path, as will be all addresses that its answer has.

    The proxy may have passed on the whole path, or only the part below.
    """
    _root.set(root)
    path = scope["path"]
    own = path.removeprefix(root) if f"{path}/".startswith(f"{root}/") else path
    return {**scope, "root_path": root, "path": root + (own or "/")}


def own_path(scope: Scope) -> str:
    """Return the path of a request without the root path."""
    path: str = scope["path"]
    return path.removeprefix(scope["root_path"])


def link(path: str, **parameters: object) -> str:
    """Return an address on this server; parameters that say nothing are left out."""
    said = {name: value for name, value in parameters.items() if value not in (None, "", False, 0, [])}
    return _root.get() + (f"{path}?{urlencode(said, doseq=True)}" if said else path)


def cable_link(id: str, **parameters: object) -> str:
    """Return the address of a cable, or of a paragraph of it, by its id."""
    cable, _, part = id.partition("#")
    return link(f"/cable/{quote(cable, safe='/')}", **parameters) + (f"#{quote(part)}" if part else "")
