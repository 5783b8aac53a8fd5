"""The signature: the line after the last paragraph, alone and in capitals.

Most drafters sign `WAGNER`, some `Stapleton`; copyists join it to the last sentence: `End comment. RANDT`.
"""

from __future__ import annotations

import re

_NAME = r"[A-Z][A-Za-z'’.-]*(?: (?:[A-Z][A-Za-z'’.-]*|[a-z]{2,3})){0,3}"
_ALONE = re.compile(rf"^[ \t]*[\"']*(?P<name>{_NAME}|[a-z]{{3,15}})[\"'#;.]*[ \t]*[.#]?$")
SHORT = 45  # columns: a line of less was not broken for want of room
# Joined to the last line: a name as a sentence of its own, or in capitals after words that are not.
_JOINED = re.compile(
    r"(?P<end>[.!?\"”)\]]|\b(?i:end)(?: (?i:of))? (?i:comment|summary|note|text|message)"
    r"|(?:cfm|html?|/\w*|\.gov\S*|Portal:\w+ ?\w+))[ \t]+"
    r"(?P<name>(?:(?i:La|Le|De|Von|Van|Du|Mc) ?)?[A-Z][A-Za-z'’-]{2,})[ \t]*$"
)
_CAPITALS = re.compile(r"(?P<end>\b[a-z_]{2,})[ \t]+(?P<name>[A-Z][A-Z'’-]{3,}(?: [A-Z][A-Z'’-]+)?)[ \t]*$")
_TITLE = re.compile(
    r"\b(?:MR|MRS|MS|DR|GEN|SEN|REP|AMB|ST|LT|COL|CAPT|CDR|ADM|GOV|PROF|U\.S|No)\.[ \t]+\S+$", re.IGNORECASE
)
# What may still follow: end-of-message marks, a printer's lines, the archive's own stamp.
_AFTER = re.compile(
    r"^\s*(?:NNNN?|BT|#\d{4}|[=*_~-]{3,}.*|\d{2,4}[A-Z]+\d+ - .*|ID:\s*\d+|Track impresi.n:.*|EPET @.*"
    r"|.*CABLE TEXT ENDS.*|End Cable Text|SELECT \* FROM.*|\.{2,}"
    r"|[A-Z][A-Z '’.,:-]{0,60}\.\.\.|<?/?\w+>|)\s*$",
    re.IGNORECASE,
)
_WEBSITE = re.compile(r"[\"“]?visit\b.*\bweb\s?site\b|.*\bs?gov\.gov/|.*\bc ?fm$", re.IGNORECASE)
_NOT_NAMES = frozenset(
    {"BEGIN TEXT", "COMMENT", "CONFIDENTIAL", "END", "END COMMENT", "END NOTE", "END QUOTE", "END SUMMARY"}
    | {"END TEXT", "NOFORN", "NONE", "SECRET", "SIPDIS", "SUMMARY", "UNCLASSIFIED", "UNQUOTE"}
)


def part(body: str) -> tuple[str, str | None, str]:
    """Part a message's body into its text, the signature (None if there is none), and what follows it.

    End-of-message marks and printers' lines are dropped; an embassy's advertisement of its site follows.
    """
    given = body.rstrip().split("\n")
    last = _end(given)
    signed = last
    while signed and (_WEBSITE.match(given[signed - 1]) or _AFTER.match(given[signed - 1])):
        signed -= 1
    for end in dict.fromkeys((last, signed)):
        if end and (alone := _ALONE.match(given[end - 1])) and _is_signature(alone["name"], given[: end - 1]):
            above = "\n".join(given[: end - 1])
            return above, alone["name"].strip(" ."), "\n".join(given[end:last])
    if not last:
        return body, None, ""
    line = given[last - 1]
    joined = _JOINED.search(line) or (_CAPITALS.search(line) if _lower(body) else None)
    if joined and _may_sign(joined["name"]) and not _TITLE.search(line):
        given[last - 1] = line[: joined.end("end")]
        return "\n".join(given[:last]), joined["name"], ""
    return "\n".join(given[:last]), None, ""


def _end(given: list[str]) -> int:
    """Count the lines to the last one that is the message's."""
    last = len(given)
    while last and _AFTER.match(given[last - 1]):
        last -= 1
    return last


def _may_sign(name: str) -> bool:
    return name.upper() not in _NOT_NAMES and not name.upper().startswith("XXX") and len(name) <= 30


def _is_signature(name: str, above: list[str]) -> bool:
    """Tell a signature from the last words of a sentence: what stands above has ended, or is short."""
    if not _may_sign(name) or not above:
        return False
    over = above[-1].rstrip()
    ended = (
        not over
        or over.endswith((".", "!", "?", '"', "”", ")", "]", "*", "-", "/", "X"))
        or bool(_WEBSITE.search(over))
    )
    if ended:
        return len(name.split()) <= 3
    return name.upper() == name and len(name.split()) <= 2 and len(over) < SHORT


def _lower(text: str) -> bool:
    """Tell a text in mixed case, where a word in capitals stands out."""
    letters = [c for c in text[-600:] if c.isalpha()]
    return sum(c.islower() for c in letters) > len(letters) / 2
