"""What needs the libraries of the extra `meaning`."""

from __future__ import annotations

from contextlib import AbstractContextManager

from .. import errors

LIBRARIES = ("numpy", "onnxruntime", "sklearn", "tokenizers")


def needs_extra() -> AbstractContextManager[None]:
    """Turn the lack of a library of the extra into an error that says how to install it."""
    return errors.needs_extra("meaning", LIBRARIES, "a search by meaning", errors.NoVectorsError)
