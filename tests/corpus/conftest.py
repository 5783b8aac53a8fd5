"""Helpers of the readers' tests."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cablesearch.corpus import Failure, Record, read

Reading = Callable[..., list[Record | Failure]]


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    """Return a function that reads a file with this name and content."""

    def cables(name: str, content: bytes | str, **options: bool) -> list[Record | Failure]:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(read(path, **options))

    return cables
