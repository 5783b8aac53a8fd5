"""Citations in the style that an address asks for."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from threading import Lock

from .. import Cable, Paragraph
from ..errors import CablesearchError
from ..export import STYLES, citing

PLAIN = STYLES[0]


class Citing:
    """Cites paragraphs in a style, for one request at a time: the library is not made for more."""

    def __init__(self, style: str) -> None:
        self._cite = citing(style)
        self._lock = Lock()

    def __call__(self, cable: Cable, paragraph: Paragraph) -> str:
        """Return the citation of a paragraph."""
        with self._lock:
            return self._cite(cable, paragraph)


@cache
def styles() -> Mapping[str, Citing]:
    """Return what cites in each style whose library is installed."""
    found = {}
    for style in STYLES:
        with suppress(CablesearchError):
            found[style] = Citing(style)
    return found


def style_of(parameters: Mapping[str, str]) -> str:
    """Return the style that an address asks for, the plain one if it asks for none that there is."""
    return parameters["style"] if parameters.get("style") in styles() else PLAIN
