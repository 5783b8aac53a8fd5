"""The command that gives an assistant tools."""

from __future__ import annotations

import sys

import pytest


def test_without_the_library_it_says_how_to_install_it(cablesearch, monkeypatch):
    for name in [
        name for name in sys.modules if name == "mcp" or name.startswith(("mcp.", "cablesearch.mcp"))
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "mcp", None)
    assert cablesearch("mcp").err == "cablesearch: mcp is not installed: pip install 'cablesearch[mcp]'\n"


@pytest.mark.parametrize("token", ["", "short", "ä" * 20])
def test_a_token_that_is_easy_to_guess_is_refused(cablesearch, tmp_path, token):
    (tmp_path / "token").write_text(f"{token}\n")
    done = cablesearch("mcp", "--http", "--port", "0", "--token-file", "token")
    assert (done.status, "16 characters or more" in done.err) == (2, True)
