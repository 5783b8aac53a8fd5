"""The signature: the line after the last paragraph, alone and in capitals.

Most drafters sign `WAGNER`, some `Stapleton`; copyists join it to the last sentence: `End comment. RANDT`.
"""

from __future__ import annotations

import re

_NAME = r"[A-Z][A-Za-z'’.-]*(?: (?:[A-Z][A-Za-z'’.-]*|[a-z]{2,3})){0,3}"
_ALONE = re.compile(rf"^[ \t]*[\"']*(?P<name>{_NAME}|[a-z]{{3,15}})[\"'#;.]*[ \t]*[.#]?$")
FULL_LINE = 45  # columns; a shorter line did not end for lack of room
MAX_NAME = 30  # characters of a signature
# Joined to the last line: a name after a sentence's end, or in capitals after a word in small letters.
_JOINED = re.compile(
    r"(?P<end>[.!?\"”)\]]|\b(?i:end)(?: (?i:of))? (?i:comment|summary|note|text|message)"
    r"|(?:cfm|html?|/\w*|\.gov\S*|Portal:\w+ ?\w+))[ \t]+"
    r"(?P<name>(?:(?i:La|Le|De|Von|Van|Du|Mc) ?)?[A-Z][A-Za-z'’-]{2,})[ \t]*$"
)
_CAPITALS = re.compile(r"(?P<end>\b[a-z_]{2,})[ \t]+(?P<name>[A-Z][A-Z'’-]{3,}(?: [A-Z][A-Z'’-]+)?)[ \t]*$")
_TITLE = re.compile(
    r"\b(?:MR|MRS|MS|DR|GEN|SEN|REP|AMB|ST|LT|COL|CAPT|CDR|ADM|GOV|PROF|U\.S|No)\.[ \t]+\S+$", re.IGNORECASE
)
# What may follow: end-of-message marks, a printer's lines, the archive's own stamp.
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


def split_signature(body: str) -> tuple[str, str | None, str]:
    """Split a message's body into its text, the signature (None if there is none), and what follows it.

    End-of-message marks and printers' lines are dropped; an embassy's advertisement of its site may follow.
    """
    lines = body.rstrip().split("\n")
    last = _count_lines(lines)
    signed = last
    while signed and (_WEBSITE.match(lines[signed - 1]) or _AFTER.match(lines[signed - 1])):
        signed -= 1
    for end in dict.fromkeys((last, signed)):
        if end and (alone := _ALONE.match(lines[end - 1])) and _is_signature(alone["name"], lines[: end - 1]):
            above = "\n".join(lines[: end - 1])
            return above, alone["name"].strip(" ."), "\n".join(lines[end:last])
    if not last:
        return body, None, ""
    line = lines[last - 1]
    joined = _JOINED.search(line) or (_CAPITALS.search(line) if _is_mixed_case(body) else None)
    if joined and _may_be_name(joined["name"]) and not _TITLE.search(line):
        lines[last - 1] = line[: joined.end("end")]
        return "\n".join(lines[:last]), joined["name"], ""
    return "\n".join(lines[:last]), None, ""


def _count_lines(lines: list[str]) -> int:
    """Return the number of lines up to the last one that belongs to the message."""
    last = len(lines)
    while last and _AFTER.match(lines[last - 1]):
        last -= 1
    return last


def _may_be_name(name: str) -> bool:
    return name.upper() not in _NOT_NAMES and not name.upper().startswith("XXX") and len(name) <= MAX_NAME


def _is_signature(name: str, lines_above: list[str]) -> bool:
    """Whether a name is a signature and not the end of a sentence: the line above has ended, or is short."""
    if not _may_be_name(name) or not lines_above:
        return False
    above = lines_above[-1].rstrip()
    ended = (
        not above
        or above.endswith((".", "!", "?", '"', "”", ")", "]", "*", "-", "/", "X"))
        or bool(_WEBSITE.search(above))
    )
    if ended:
        return len(name.split()) <= 3
    return name.upper() == name and len(name.split()) <= 2 and len(above) < FULL_LINE


def _is_mixed_case(text: str) -> bool:
    """Whether a text has small letters, so that a word in capitals stands out."""
    letters = [c for c in text[-600:] if c.isalpha()]
    return sum(c.islower() for c in letters) > len(letters) / 2
