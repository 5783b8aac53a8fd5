"""What the documentation shows is what is printed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cablesearch.cli import run
from tests.examples import ROOT, agrees, arguments, examples

README = examples("README.md")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample corpus and its index."""
    folder = tmp_path_factory.mktemp("sample")
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    run(["reindex", "--index", str(folder / "index"), str(folder / "corpus")])
    return folder


@pytest.mark.parametrize(("line", "shown"), README, ids=[line for line, _ in README])
def test_the_readme_shows_what_is_printed(
    sample: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    line: str,
    shown: str,
) -> None:
    monkeypatch.chdir(sample)
    run(arguments(line))
    printed = "".join(capsys.readouterr())
    assert agrees(shown, printed), printed


def test_the_readme_has_examples() -> None:
    assert len(README) > 8
    assert all(shown for line, shown in README if "--output" not in line)
