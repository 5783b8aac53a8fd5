"""What needs the libraries of the extra `meaning`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ..errors import NoVectorsError

LIBRARIES = ("numpy", "onnxruntime", "sklearn", "tokenizers")


@contextmanager
def needs_extra() -> Iterator[None]:
    """Turn the lack of a library of the extra into an error that says how to install it."""
    try:
        yield
    except ModuleNotFoundError as error:
        library = (error.name or "").partition(".")[0]
        if library not in LIBRARIES:
            raise
        raise NoVectorsError(
            f"a search by meaning needs {library}, which is not installed: pip install 'cablesearch[meaning]'"
        ) from error
