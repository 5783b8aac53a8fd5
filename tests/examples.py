"""The examples of a page: what is typed, and what it prints."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

ROOT = Path(__file__).parents[1]
_EXAMPLE = re.compile(r"^    \$ cablesearch (.+)\n((?:(?!    \$ )(?:    .*)?\n)*)", re.MULTILINE)
_GAP = re.compile(r"^\.\.\.\n|\.\.\.", re.MULTILINE)


def examples(page: str) -> list[tuple[str, str]]:
    """Return the command lines of a page, without `cablesearch`, and what it says that each prints."""
    found = _EXAMPLE.findall((ROOT / page).read_text("utf-8"))
    return [(line, re.sub("^    ", "", shown, flags=re.MULTILINE).rstrip()) for line, shown in found]


def arguments(line: str) -> list[str]:
    """Return the arguments of a command line; what stands behind `#` is a comment."""
    return shlex.split(re.sub(r"\s{2,}#.*", "", line))


def agrees(shown: str, printed: str) -> bool:
    """Whether a page shows what is printed; `...` stands for anything, and so does what is after the end."""
    pattern = ".*".join(re.escape(part.strip("\n")) for part in _GAP.split(shown))
    return re.search(pattern, printed, re.DOTALL) is not None
