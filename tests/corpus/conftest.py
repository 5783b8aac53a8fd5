"""Helpers of the readers' tests."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cablesearch.corpus import Failure, Record, read

Reading = Callable[[str, bytes | str], list[Record | Failure]]


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    """Give what a file of this name and content is read as; its folder left off the sources."""

    def cables(name: str, content: bytes | str) -> list[Record | Failure]:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(read(path))

    return cables
