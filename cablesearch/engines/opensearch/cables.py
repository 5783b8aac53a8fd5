"""How whole cables are kept on a cluster: compressed here, since OpenSearch keeps bytes as text."""

from __future__ import annotations

from base64 import b64decode, b64encode

from ...model.cable import Cable
from ..storage import unpack

LEVEL = 3  # of Zstandard


def encode(packed: bytes) -> str:
    """Return a packed cable as text."""
    from zstandard import ZstdCompressor

    return b64encode(ZstdCompressor(LEVEL).compress(packed)).decode()


def decode(text: str) -> Cable:
    """Return the cable that `encode` was given packed.

    Raises:
        ValueError: the text is damaged.
    """
    from zstandard import ZstdDecompressor, ZstdError

    try:
        return unpack(ZstdDecompressor().decompress(b64decode(text)))
    except ZstdError as error:
        raise ValueError(str(error)) from error
