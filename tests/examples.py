"""The examples of a page, in its console blocks: what is typed, and what it prints."""

from __future__ import annotations

import re
import shlex
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
_BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
_PROMPT = re.compile(r"^\$ ", re.MULTILINE)
_COMMENT = re.compile(r"\s{2,}#.*")


class Example(NamedTuple):
    """A command line as it is typed, and what it prints; `...` stands for any text."""

    line: str
    shown: str


def examples(page: str) -> list[Example]:
    """Return the examples of a page."""
    blocks = _BLOCK.findall((ROOT / page).read_text("utf-8"))
    parts = (part.partition("\n") for block in blocks for part in _PROMPT.split(block)[1:])
    return [Example(line, shown.rstrip("\n")) for line, _, shown in parts]


def arguments(line: str) -> list[str]:
    """Return the arguments of a command line; what stands behind `#` is a comment."""
    name, *rest = shlex.split(_COMMENT.sub("", line))
    assert name == "cablesearch"
    return rest


def agrees(shown: str, printed: str) -> bool:
    """Whether a page shows all that is printed, but for its `...`."""
    pattern = re.sub(r"([*?[])", r"[\1]", shown).replace("...", "*")
    return fnmatchcase(printed.strip("\n"), pattern)
