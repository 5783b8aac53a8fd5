"""The signature: the line after the last paragraph, alone and in capitals.

Most drafters sign `WAGNER`, some `Stapleton`; copyists join it to the last sentence: `End comment. RANDT`.
"""

from __future__ import annotations

import re

_NAME = r"[A-Z][A-Za-z'’.-]*(?: (?:[A-Z][A-Za-z'’.-]*|[a-z]{2,3})){0,3}"
_ALONE = re.compile(rf"^[ \t]*[\"']*(?P<name>{_NAME})[\"'#;.]*[ \t]*$")
_JOINED = re.compile(r"(?P<end>[.!?:\"”’)\]]|\.\s?(?:html?|cfm|gov)/?|/|\b[a-z_]+)[ \t]+(?P<name>[A-Z][A-Z'’-]{2,}(?: [A-Z][A-Z'’-]+){0,2})[ \t]*$")
_WEBSITE_JOINED = re.compile(r"(?P<end>(?:cfm|html?|/\w*|\.gov\S*))[ \t]+(?P<name>[A-Z][A-Za-z'’-]{2,}(?: [A-Z][A-Za-z'’-]+)?)[ \t]*$")
# What may still follow: end-of-message marks, a printer's lines, the archive's own stamp.
_AFTER = re.compile(
    r"^\s*(?:NNNN?|BT|#\d{4}|[=*_~-]{3,}.*|\d{2,4}[A-Z]+\d+ - .*|ID:\s*\d+|Track impresi.n:.*|.*CABLE TEXT ENDS.*|<?/?\w+>|)\s*$",
    re.IGNORECASE,
)
_NOT_NAMES = {"END", "COMMENT", "SUMMARY", "END COMMENT", "END SUMMARY", "END TEXT", "END NOTE", "UNCLASSIFIED", "CONFIDENTIAL", "SECRET", "NOFORN", "SIPDIS", "XXXXXXXXXXXX", "BEGIN TEXT", "NONE", "UNQUOTE", "END QUOTE"}  # fmt: skip


def part(body: str) -> tuple[str, str | None, str]:
    """Part a message's body into its text, the signature (None if there is none), and what follows it."""
    given = body.rstrip().split("\n")
    last = len(given)
    while last and _AFTER.match(given[last - 1]):
        last -= 1
    if not last:
        return body, None, ""
    after = "\n".join(given[last:])
    alone = _ALONE.match(given[last - 1])
    if alone and _is_signature(alone["name"], given[: last - 1]):
        return "\n".join(given[: last - 1]), alone["name"].strip(" ."), after
    line = given[last - 1]
    joined = _JOINED.search(line) if _lower(body) else None
    joined = joined or _WEBSITE_JOINED.search(line)
    if joined and joined["name"] not in _NOT_NAMES and not joined["name"].startswith("XXX"):
        given[last - 1] = line[: joined.end("end")]
        return "\n".join(given[:last]), joined["name"], after
    return "\n".join(given[:last]), None, after


def _is_signature(name: str, above: list[str]) -> bool:
    """Tell a signature from the last words of a sentence: what stands above it has ended."""
    if name.upper() in _NOT_NAMES or name.upper().startswith("XXX") or len(name) > 30 or not above:
        return False
    words = name.split()
    ended = not above[-1].strip() or above[-1].rstrip().endswith((".", "!", "?", '"', "”", ")", "]", "*", "-", "/", "cfm", "X"))
    capitals = name.upper() == name
    return ended and (capitals or len(words) <= 3) or capitals and len(words) == 1 and not above[-1].isupper()


def _lower(text: str) -> bool:
    """Tell a text in mixed case, where a word in capitals stands out."""
    letters = [c for c in text[-600:] if c.isalpha()]
    return sum(c.islower() for c in letters) > len(letters) / 2
