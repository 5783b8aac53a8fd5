"""The command that says whether the index is as it was written."""

import json
from pathlib import Path

import pytest

from cablesearch.indexing import rebuild, state


@pytest.fixture
def own(corpus, tmp_path):
    """An index that a test may damage."""
    rebuild(tmp_path / "own", [corpus])
    return tmp_path / "own"


def largest(index: Path) -> Path:
    return max((state(index).generation / "engine").iterdir(), key=lambda file: file.stat().st_size)


def test_a_sound_index(cablesearch, own):
    status, out, err = cablesearch("check", "--index", own)
    assert (status, err) == (0, "")
    assert out.startswith(f"the index in {own} is as it was written at 2")
    assert json.loads(cablesearch("check", "--index", own, "--format", "json").out)["sound"] is True


def test_a_damaged_index_is_told_file_by_file_with_what_to_do(cablesearch, own):
    file = largest(own)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 4
    file.write_bytes(content)
    (state(own).generation / "manifest.sqlite").unlink()
    status, out, _ = cablesearch("check", "--index", own)
    assert status == 2
    assert f"  engine/{file.name} is not as it was written\n  manifest.sqlite is missing\n" in out
    assert "cablesearch reindex" in out
    status, out, _ = cablesearch("check", "--index", own, "--format", "csv")
    assert (status, out.splitlines()[0]) == (2, "file,problem")


def test_an_index_whose_first_file_is_damaged_is_one_line(cablesearch, own):
    (own / "current.json").write_text("{}")
    status, out, err = cablesearch("check", "--index", own)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "reindex" in err
