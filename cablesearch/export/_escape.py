"""Makes control characters harmless. Everything that goes to a terminal passes `escape_controls`."""

from __future__ import annotations

import re

# Control characters, both line separators, marks that override or isolate the writing direction, and lone
# surrogates (bytes of a file name that are not UTF-8).
CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def escape_controls(text: str, *, lines: bool = False) -> str:
    r"""Return the text with each control character as a picture (`␛`) or an escape (`\x9b`).

    Args:
        lines: keep line breaks and tabs; by default they are escaped too, for text that must fit one line.
    """
    return CONTROLS.sub(lambda match: _escape(match[0], "\n\t" if lines else ""), text)


def _escape(character: str, keep: str) -> str:
    if character in keep:
        return character
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
