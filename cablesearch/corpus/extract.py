"""The warning that a record is an extract, which stands where its transmission header would."""

from __future__ import annotations

import re

_WARNING = re.compile(
    r"\s*This record is a partial extract of the original cable\.?"
    r"(?:\s*The full text of the original cable is not available\.?)?\s*",
    re.IGNORECASE,
)


def strip_warning(text: str) -> tuple[str, bool]:
    """Return a text without the warning at its start, and whether there was one."""
    warning = _WARNING.match(text)
    return (text[warning.end() :], True) if warning else (text, False)
