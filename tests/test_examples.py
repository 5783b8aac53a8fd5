"""What the documentation shows is what is printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from cablesearch.cli import run
from tests.examples import agrees, arguments, examples

PAGES = ("README.md", "docs/cli.md", "docs/desk.md", "docs/export.md", "docs/query-language.md")
EXAMPLES = [(page, *example) for page in PAGES for example in examples(page)]


@pytest.mark.parametrize(("page", "line", "shown"), EXAMPLES, ids=[line for _, line, _ in EXAMPLES])
def test_an_example_prints_what_the_page_shows(
    sample: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    page: str,
    line: str,
    shown: str,
) -> None:
    monkeypatch.chdir(sample)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("CABLESEARCH_NOTEBOOK", f"{Path(page).stem}.sqlite")  # one for each page
    run(arguments(line))
    printed = "".join(capsys.readouterr())
    assert agrees(shown, printed), printed


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_examples(page: str) -> None:
    assert len(examples(page)) > 3


def test_an_example_shows_all_that_is_printed() -> None:
    assert agrees("a\n...\nd", "a\nb\nc\nd\n")
    assert agrees("a [b] ... d", "a [b] c d")
    assert not agrees("a [b]", "a b")
    assert not agrees("a", "a\nb\n")
    assert not agrees("b", "a\nb\n")
