"""The signature: the line after the last paragraph, alone and in capitals.

Most drafters sign `WAGNER`, some `Stapleton`; copyists join it to the last sentence: `End comment. RANDT`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ..model.classification import CAPTIONS, LEVEL_NAMES, alternatives
from .marking import CLASSIFICATION_LINE

_NAME = r"[A-Z][A-Za-z'’.-]*+(?: (?:[A-Z][A-Za-z'’.-]*+|[a-z]{2,3})){0,7}+"  # four words, perhaps twice
_ALONE = re.compile(rf"^[ \t]*[\"']*(?P<name>{_NAME}|[a-z]{{3,15}}(?=[#; \t]*$))[\"'#;.]*+[ \t]*+[.#]?$")
FULL_LINE = 45  # columns; a shorter line did not end for lack of room
MAX_NAME = 30  # characters of a signature
MAX_END_CHARS = 4_000  # of a message that its signature and what follows it are looked for in
MAX_END = 80  # characters of a line's end in which a signature is looked for
# Joined to the last line: a name after a sentence's end, or in capitals after a word in small letters.
_JOINED = re.compile(
    r"(?P<end>[.!?\"”)\]]\d{0,2}|\b(?i:end|begin)(?: (?i:of))? (?i:comment|summary|note|text|message)"
    r"|(?:cfm|html?|/\w{0,80}|\.gov\S{0,80}|Portal:\w{1,40}(?: \w{1,40})?))[ \t]++"
    r"(?P<name>(?:(?i:La|Le|De|Von|Van|Du|Mc) ?)?[A-Z][A-Za-z'’-]{2,}(?:[ \t]+[A-Z][A-Z'’-]{2,})?"
    r"|(?<=(?i:comment) )[a-z]{4,15})[ \t]*$"
)
_CAPITALS = re.compile(
    r"(?P<end>\b\w{0,20}[a-z_]{2})[ \t]+"
    r"(?P<name>(?:(?:LA|LE|DE|VON|VAN|DU|MC|EL|DI) )?[A-Z][A-Z'’-]{3,}(?: [A-Z][A-Z'’-]+)?)[ \t]*$"
)
_TITLE = re.compile(
    r"\b(?:MR|MRS|MS|DR|GEN|SEN|REP|AMB|ST|LT|COL|CAPT|CDR|ADM|GOV|PROF|U\.S|No)\.[ \t]+\S+$", re.IGNORECASE
)
# What may follow: end-of-message marks, a printer's lines, the archive's own stamp.
_AFTER = re.compile(
    r"^\s*+(?:NNNN?|BT|#\d{4}|[=*_~-]{3}.*+|\d{2,4}[A-Z]+\d+ - .*+|ID:\s*\d+|Track impresi.n:.*+|EPET @.*+"
    r"|(?>.*CABLE TEXT ENDS).*+|End Cable Text|SELECT \* FROM.*+|\.{2,}"
    r"|[A-Z][A-Z '’.,:-]{0,60}\.\.\.|<?/?\w+>|)\s*+$",
    re.IGNORECASE,
)
_VISIT = re.compile(r"[\"“]?visit\b", re.IGNORECASE)
_WEBSITE = re.compile(r"\bweb\s?site\b", re.IGNORECASE)
_HOST = re.compile(r"\bs?gov\.gov/|\bc ?fm$", re.IGNORECASE)
_URL = re.compile(r"https?://(?=\S+\.\S)\S++(?: \S{1,12})?$")
_NOT_NAMES = frozenset(
    {"BEGIN TEXT", "COMMENT", "END", "END COMMENT", "END NOTE", "END QUOTE", "END SUMMARY", "END TEXT"}
    | {"NONE", "SIPDIS", "SUMMARY", "UNQUOTE"}
)
# A text's end without a point: `END COMMENT`, or the number of a note after it.
_ENDED = re.compile(
    r"\bend(?: of)? (?:comment|summary|text|message|note|quote)$|[.!?][\"”]?\d{1,2}$", re.IGNORECASE
)
_LEVELS = alternatives((*LEVEL_NAMES, *CAPTIONS))
# What stands on the signature's own line: before it the end of a quotation, after it the end of the message.
_BEFORE_NAME = re.compile(
    r"^[ \t]*(?:end(?: of)? (?:text|comment|summary|message|note|quote)|unquote)\b[.:]?[ \t]+", re.IGNORECASE
)
_AFTER_NAME = re.compile(rf"(?<![ \t])[ \t]++(?:N ?N ?N(?: ?N)?|BT|E(?: ?E){{3,40}}|{_LEVELS})[ \t]*+$")
# A communicator's note below the signature: it is text, but no paragraph's.
_NOTE = re.compile(r"^[ \t]*NOTE BY OC\b|^[ \t]*\(?NOTE:? (?:NOT PASSED|PASSED|RELAYED)\b")


def find_signature(message: str, start: int = 0) -> tuple[int, str | None, str]:
    """Find where a message's text ends, its signature (None if there is none), and what follows it.

    End-of-message marks, closing classifications and printers' lines are none of these; an embassy's
    advertisement of its site or a communicator's note may follow.

    Args:
        message: the message.
        start: the offset of its body, at whose end the signature is.

    Returns:
        The offset after the text, the signature, and the text that follows it.
    """
    top = _start_of_last_lines(message, start)
    body = message[top:]
    lines = body.rstrip().split("\n")
    last = _count_lines(lines)
    signed = last
    while signed and (
        _is_advertisement(lines[signed - 1], _VISIT.match)
        or _NOTE.match(lines[signed - 1])
        or _is_end(lines[signed - 1])
    ):
        signed -= 1
    for end in dict.fromkeys((last, signed)):
        if not end:
            continue
        line = _strip_end(lines[end - 1])
        before = _BEFORE_NAME.match(line)
        name = _one_name(line[before.end() :] if before else line)
        if name and _ends_sentence(line, lines[: end - 1]):
            continue
        if name and ((before and _may_be_name(name)) or _is_signature(name, lines[: end - 1])):
            above = lines[: end - 1] + ([before[0].rstrip()] if before else [])
            return top + _length(_without_copy(above, name)), name, "\n".join(lines[end:last])
    if not last:
        return top, None, ""
    line = _strip_end(lines[last - 1])
    end = max(0, len(line) - MAX_END)
    joined = _JOINED.search(line, end) or _CAPITALS.search(line, end)
    if joined and joined.re is _CAPITALS and not _is_mixed_case(body):
        joined = None
    if joined and _may_be_name(joined["name"]) and (not _TITLE.search(line) or _follows_initials(line, body)):
        lines[last - 1] = line[: joined.end("end")]
        return top + _length(lines[:last]), _once(joined["name"]), ""
    return top + _length(lines[:last]), None, ""


def _start_of_last_lines(message: str, start: int) -> int:
    """Return the offset of a message's last lines, behind the start of its body."""
    latest = len(message.rstrip()) - MAX_END_CHARS
    return max(message.rfind("\n", start, latest) + 1, start) if latest > start else start


def _length(lines: list[str]) -> int:
    """Return the number of characters of lines with the line ends between them."""
    return len("\n".join(lines))


def _is_advertisement(line: str, find_visit: Callable[[str], re.Match[str] | None]) -> bool:
    """Whether a line asks to visit a site, or has the address of an embassy's."""
    visit = find_visit(line)
    return bool((visit and _WEBSITE.search(line, visit.end())) or _HOST.search(line))


def _one_name(line: str) -> str | None:
    """Return the name that a line has and nothing else, None if it has more; a name printed twice once."""
    alone = _ALONE.match(line)
    return _once(alone["name"].strip(" .")) if alone else None


def _once(name: str) -> str:
    """Return a name without the UNQUOTE behind it, and once where it is printed twice: `BRUSH BRUSH`."""
    words = [word for word in name.split() if word != "UNQUOTE"]
    half = len(words) // 2
    return " ".join(words[:half] if half and words[:half] * 2 == words else words) or name


def _without_copy(above: list[str], name: str) -> list[str]:
    """Return the lines above a signature without the same name on the last of them."""
    end = len(above)
    while end and not above[end - 1].strip():
        end -= 1
    return above[: end - 1] if end and above[end - 1].strip(" .") == name else above


def _strip_end(line: str) -> str:
    """Return a line without the end-of-message marks and classification behind its last word."""
    while found := _AFTER_NAME.search(line, max(0, len(line) - MAX_END)):
        if not _ALONE.match(line[: found.start()]):
            break  # `THIS REMAINS SECRET`: the end of a sentence
        line = line[: found.start()]
    return line


def _follows_initials(line: str, body: str) -> bool:
    """Whether a name in capitals follows `U.S.` in a text in small letters: `... in the U.S. AGUIRRE`."""
    found = _INITIALS.search(line)
    return bool(found and found["name"] not in _US_BODIES and _is_mixed_case(body))


_INITIALS = re.compile(r"\bU\.S\.[ \t]+(?P<name>[A-Z][A-Z'’-]{3,})$")
_US_BODIES = frozenset(
    {"ARMY", "CONGRESS", "EMBASSY", "FORCES", "GOVERNMENT", "HOUSE", "MISSION", "NAVY", "POLICY", "SENATE"}
)


def _is_end(line: str) -> bool:
    return bool(_AFTER.match(line.strip())) or _is_level(line)


def _is_level(line: str) -> bool:
    """Whether a line has a classification, with its caveats, and nothing else."""
    found = CLASSIFICATION_LINE.match(line)
    return bool(found and not set(re.split(r"[^A-Z]+", found["rest"])) - {"", *CAPTIONS})


def _count_lines(lines: list[str]) -> int:
    """Return the number of lines up to the last one that belongs to the message."""
    last = len(lines)
    while last and _is_end(lines[last - 1]):
        last -= 1
    return last


def _may_be_name(name: str) -> bool:
    printed = name.upper()
    return (
        printed not in _NOT_NAMES
        and not printed.startswith(("XXX", "CONFIDEN", "UNCLAS", "LIMITED OFF", "EEEE", "NNN"))
        and not CLASSIFICATION_LINE.match(printed)
        and not set(CAPTIONS).intersection(printed.split())
        and len(name) <= MAX_NAME
    )


def _is_signature(name: str, lines_above: list[str]) -> bool:
    """Whether a name is a signature and not the end of a sentence: the line above has ended, or is short."""
    if not _may_be_name(name) or not lines_above:
        return False
    above = lines_above[-1].strip()
    ended = (
        not above
        or above.endswith((".", "!", "?", '"', "”", ")", "]", "*", "-", "/", "X", "xxx"))
        or bool(_is_advertisement(above, _VISIT.search) or _URL.match(above) or _ENDED.search(above))
        or above.strip(" .") == name
    )
    if ended:
        return len(name.split()) <= 3
    return name.upper() == name and len(name.split()) <= 2 and len(above) < FULL_LINE


def _ends_sentence(line: str, lines_above: list[str]) -> bool:
    """Whether a short last line is the end of a sentence that began above: `... in the U.S.`, `Congress.`"""
    above = lines_above[-1].rstrip() if lines_above else ""
    return line.rstrip().endswith(".") and not line.isupper() and bool(_OPEN_END.search(above))


# No end of a sentence that a name could follow: a dash, an abbreviation.
_OPEN_END = re.compile(r"(?:-|\b[A-Z]\.[A-Z]\.|\b(?:Mr|Mrs|Ms|Dr|Gen|Sen|Amb|Col|Gov|Prof|No)\.)$")


def _is_mixed_case(text: str) -> bool:
    """Whether a text has small letters, so that a word in capitals stands out."""
    letters = [c for c in text[-600:] if c.isalpha()]
    return sum(c.islower() for c in letters) > len(letters) / 2
