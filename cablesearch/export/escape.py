"""Characters that a terminal would obey, made visible. Whatever goes to a terminal comes through here."""

from __future__ import annotations

import re

# Control characters, both line separators, the overrides and isolates of writing direction,
# and lone surrogates (bytes of a file's name that are no UTF-8).
HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str, *, lines: bool = False) -> str:
    r"""Give the text with every such character as a picture (`␛`) or an escape (`\x9b`).

    Args:
        lines: line breaks and tabs stay; else the text is due on one line and they are shown too.
    """
    return HIDDEN.sub(lambda match: _shown(match[0], "\n\t" if lines else ""), text)


def _shown(character: str, kept: str) -> str:
    if character in kept:
        return character
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
