"""Tests that need the libraries of an extra, or those that read back what these write."""

from __future__ import annotations

import os
from importlib.util import find_spec

import pytest

from cablesearch.export._extra import LIBRARIES

READERS = ("gris", "openpyxl", "pybtex")


def require(*libraries: str) -> None:
    """Skip a module's tests where a library is missing, unless every test is to run, as in `make test`.

    Args:
        libraries: those it needs; by default those of the extra `export` and their readers.
    """
    missing = [library for library in libraries or (*LIBRARIES, *READERS) if not find_spec(library)]
    if missing and not os.environ.get("EVERY_TEST"):
        pytest.skip(f"not installed: {', '.join(missing)}", allow_module_level=True)
    assert not missing
