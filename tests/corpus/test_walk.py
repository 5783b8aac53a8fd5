"""The files of a corpus."""

import os
from pathlib import Path

import pytest

from cablesearch.corpus import Failure, files, read


def _make(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")


def _walked(folder: Path, *paths: Path) -> list[str]:
    return [file.relative_to(folder).as_posix() for file in files(paths or [folder])]


def test_files_are_sorted_folder_by_folder(tmp_path):
    _make(tmp_path, "b/2.txt", "b/10.txt", "a.html", "c.zip", "b/deep/er/x.gz")
    assert _walked(tmp_path) == ["a.html", "b/10.txt", "b/2.txt", "b/deep/er/x.gz", "c.zip"]


def test_hidden_files_and_descriptions_of_the_corpus_are_skipped(tmp_path):
    _make(tmp_path, ".DS_Store", "._a.txt", "Thumbs.db", "desktop.ini", "__MACOSX/a.txt", ".git/a.txt")
    _make(tmp_path, "README.md", "readme", "LICENSE", "LICENCE.txt", "notes.md", "license07.txt")
    assert _walked(tmp_path) == ["license07.txt", "notes.md"]


def test_a_path_that_is_given_is_never_skipped(tmp_path):
    _make(tmp_path, "README.md")
    gone = tmp_path / "gone.txt"
    assert _walked(tmp_path, tmp_path / "README.md", gone) == ["README.md", "gone.txt"]


def test_a_folder_is_entered_once(tmp_path):
    _make(tmp_path, "a/x.txt", "b.txt")
    assert _walked(tmp_path, tmp_path / "a", tmp_path) == ["a/x.txt", "b.txt"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_are_followed_but_not_in_circles_nor_to_nowhere(tmp_path):
    _make(tmp_path, "a/x.txt", "elsewhere/y.txt")
    (tmp_path / "a/up").symlink_to(tmp_path)
    (tmp_path / "a/nowhere").symlink_to(tmp_path / "gone")
    (tmp_path / "a/self").symlink_to(tmp_path / "a/self")
    (tmp_path / "a/z").symlink_to(tmp_path / "elsewhere")
    assert _walked(tmp_path, tmp_path / "a") == ["a/up/elsewhere/y.txt", "a/x.txt"]


def test_a_folder_that_cannot_be_opened_is_reported_when_read(tmp_path, monkeypatch):
    _make(tmp_path, "a/x.txt", "shut/y.txt")

    def scandir(folder, listing=os.scandir):
        if Path(folder).name == "shut":
            raise PermissionError(13, "Permission denied")
        return listing(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    assert _walked(tmp_path) == ["a/x.txt", "shut"]
    [failure] = read(tmp_path / "shut")
    assert isinstance(failure, Failure)
    assert failure.reason in ("a folder that cannot be opened", "permission denied")  # the latter on Windows


def test_folders_may_be_nested_deeper_than_calls(tmp_path):
    """The deepest file is found, and what stands behind the folders in their order comes after it."""
    above = os.open(tmp_path, os.O_RDONLY)
    for _ in range(1_050):
        os.mkdir("d", dir_fd=above)
        below = os.open("d", os.O_RDONLY, dir_fd=above)
        os.close(above)
        above = below
    os.close(os.open("x.txt", os.O_CREAT | os.O_WRONLY, dir_fd=above))
    os.close(above)
    _make(tmp_path, "e.txt")
    assert [Path(file).name for file in files([tmp_path])] == ["x.txt", "e.txt"]
    _remove_nested(tmp_path / "d")


def _remove_nested(folder: Path) -> None:
    """Remove nested folders without recursion, as pytest's own clean-up cannot."""
    paths = [folder]
    while (inner := paths[-1] / "d").exists():
        paths.append(inner)
    (paths[-1] / "x.txt").unlink()
    for path in reversed(paths):
        path.rmdir()
