"""Where a message's header ends and its body begins, in texts whose line breaks do not show it.

    Classified By: DCM Tom Reed, reason 1.4 (c). (S/NF) The ministry agrees ...
    REF: KELVO 12 (U) The chief ...
    REF: KELVO 12
    THE CHIEF OF THE FLEET WILL ...

Some tools drop all blank lines, and some put a whole message on one line. The line breaks that drafters make
are put back here, so that whatever reads the header and the body can go by them.
"""

from __future__ import annotations

import re

from .marking import CLASSIFICATION_LINE, PORTION
from .title import INSTRUCTION

MAX_LINE = 300  # characters of a printed line; a longer one is a paragraph or a message on one line
MAX_SUBJECT = 40  # columns of a subject's line that ended although the next word would have fitted
MIN_PROSE_WORDS = 6  # words of a line that is prose
MIN_SMALL_WORDS = 3  # words in small letters of a line that is text, and no reference
MIN_UNREAD_WORDS = 15  # words below a header's last field that are more than the field's own
MAX_HEADER_LINES = 60  # lines of a message header in which its last fields are looked for
MAX_REFERENCE_LINES = 30  # lines of a reference block

_LANDMARK = re.compile(
    r"(?<![ \t])[ \t]++(?=(?:E\.?O\.?[ \t]?1[1-3]\d{3}[ \t]?:|TAGS?:|SUBJ(?:ECT)?:|REF(?:S|TELS?|ERENCES?)?:"
    r"|(?i:classified by):|(?i:declassify on):|(?i:derived from):))"
)
_SUBJECT_FIELD = re.compile(r"SUBJ(?:ECT)?:")
_NUMBER_AFTER = re.compile(rf"(?<![ \t])[ \t]++(?=¶?[ \t]*+1[.)][ \t]*+{PORTION}|¶[ \t]*+1\.)")
_STATION_AFTER = re.compile(
    r"(?<=\d)[ \t]+(?=SIPDIS\b|NOFORN\b|EXDIS\b|NODIS\b|SENSITIVE\b)|(?<=SIPDIS)[ \t]+"
)
_ADDRESSES = re.compile(
    r"(?<![ \t])[ \t]++(?=(?:DE[ \t]+R[A-Z]{4,7}[ \t]#|ZN[YR][ \t][A-Z]{5}"
    r"|[ZOPR](?:[ \t][ZOPR])?[ \t]\d{6}Z[ \t]"
    r"|FM[ \t]+(?:[A-Z]{4,}/)?(?:AM|US|SEC)[A-Z]+[ \t]|TO[ \t]+(?:R[A-Z]{4,7}/|SECSTATE|AM(?:EMBASSY|CONSUL))"
    r"|INFO[ \t]+(?:R[A-Z]{4,7}/|AM(?:EMBASSY|CONSUL))"
    r"|(?:C O N F I D E N T I A L|S E C R E T|UNCLAS)[ \t](?:SECTION[ \t]|[A-Z ]{3,30}?[ \t]\d{4,6}\b)))"
)


def close_lines(text: str) -> str:
    """Return a message without the blank line below every line that some tools print."""
    if _TWO_LINES.search(text) or text.count("\n") < MIN_DOUBLED_LINES:
        return text
    lines = [line.rstrip() for line in text.split("\n")]
    printed = [line for line in lines if line]
    broken = sum(len(line) > MIN_BROKEN and line[-1].isalnum() for line in printed)
    whole = sum(len(line) > MAX_BROKEN for line in printed)
    if broken < MIN_SHARE_BROKEN * len(printed) or whole > broken // 2:
        return text  # paragraphs on one line each, not lines
    return _BLANKS.sub(lambda blanks: "\n" * (len(blanks[0]) // 2), "\n".join(lines))


_TWO_LINES = re.compile(r"\S[ \t\r]*\n[ \t]*\S")
_BLANKS = re.compile(r"\n{2,}")
MIN_DOUBLED_LINES = 24  # lines of a message whose every line may have a blank one below it
MIN_BROKEN = 40  # columns of a line that ended for lack of room
MAX_BROKEN = 120  # columns of a line; a longer one is a whole paragraph
MIN_SHARE_BROKEN = 0.12  # of lines of prose end within a sentence


def unfold(text: str) -> str:
    """Return a message with line breaks before its header's fields, where it is printed on one long line."""
    subject = _SUBJECT_FIELD.search(text)
    if not subject:
        return text
    start = text.rfind("\n", 0, subject.start()) + 1
    end = text.find("\n", subject.end())
    line = text[start : end if end >= 0 else len(text)]
    if (len(line) <= MAX_LINE and not CLASSIFICATION_LINE.match(line)) or not text[
        start : subject.start()
    ].strip():
        return text
    head, tail = line[: subject.end() - start], line[subject.end() - start :]
    for pattern in (_ADDRESSES, _LANDMARK, _STATION_AFTER):
        head = pattern.sub("\n", head)
    tail = _LANDMARK.sub("\n", tail)
    return f"{text[:start]}{head}{_NUMBER_AFTER.sub(_BREAK, tail, count=1)}{text[start + len(line) :]}"


_BREAK = "\n\n"

# Letters are parted by commas, slashes and words; `(C)` behind a space alone is a marking.
_REASON = re.compile(
    r"\breasons?\b[^\n]{0,20}?\b1\s?\.\s?[456]\b[ .:,-]{0,3}\(?[a-i]\)?"
    r"(?:\s?(?:(?:[,;/&]\s{0,2}|\b(?:and|or)\s){1,2}(?:\([a-i]\)|[a-i](?![a-z])\)?)|(?-i:\([a-i]\)))){0,7}"
    r"(?P<stop>[.;,]?)[ \t]+",
    re.IGNORECASE,
)
_REFERENCES = re.compile(r"^\s*REF(?:S|TELS?|ERENCES?)?\s*(?::|(?=\([A-Z]\)))")
_SUBJECT = re.compile(r"^\s*SUBJ(?:ECT)?\s*:\s*(?P<subject>.*)$")
_FIELD = re.compile(
    r"^\s*(?=[ETSRCD])(?:E\.?\s?O\.?:?\s*\d{5}|TAGS?\b|SUBJ(?:ECT)?\b|REF(?:S|TELS?|ERENCES?)?\b|(?:CLASSIFIED|DERIVED|DECLASSIFY)\b|REASONS?\s*:)",
    re.IGNORECASE,
)
_MARKED_TEXT = re.compile(rf"(?<=[\d).])[ \t]+(?={PORTION}[ \t]+[A-Z](?:\w|[ \t]+[a-z]))")
_PORTION = re.compile(rf"{PORTION}[ \t]*")
_FIRST_HEADING = re.compile(
    r"^[-=*_ ]*(?:EXECUTIVE |BEGIN )?(?:SUMMARY|INTRODUCTION|OVERVIEW)\b[-=*_: ]*$", re.IGNORECASE
)
_RULE = re.compile(r"^\s*[-=_*~]{3}[-=_*~ ]*$")
_LABEL = re.compile(r"^\s*\(?(?P<label>[A-Z])[.):]\s*\S")
_NAMES_MESSAGE = re.compile(
    r"\d|\b(?:NOTAL|E-?MAILS?|TELCON|PHONECON|FAX|MEMO\w*|LETTER|REPORT|TEL(?:EGRAM)?S?)\b", re.IGNORECASE
)
# `REF: KELVO 12 The chief of the fleet ...`, `reason 1.4 (b). 1. The chief of the fleet ...`
_SENTENCE_WITHIN = re.compile(
    r"(?<=[A-Z\d)\"”.])[ \t]+(?:--?[ \t]+)?(?=(?:1\.[ \t]+)?[A-Z][a-z]*:?[ \t]+[A-Za-z]*[a-z]\b)"
)
_FIRST_NUMBER = re.compile(r"(?<=\S)[ \t]+(?=1[.)][ \t]+[A-Z\"“])")
_OPEN_END = re.compile(r"(?:[,;:&/(-]|\b(?i:and|or|of|the|to|from))$")
_FUNCTION_WORDS = frozenset(
    {
        "a",
        "an",
        "are",
        "as",
        "at",
        "be",
        "been",
        "by",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "his",
        "in",
        "is",
        "it",
        "its",
    }
    | {
        "of",
        "on",
        "or",
        "our",
        "she",
        "that",
        "the",
        "their",
        "they",
        "this",
        "to",
        "was",
        "we",
        "were",
        "which",
        "will",
        "with",
    }
)


def split_body(header: str) -> tuple[str, str]:
    """Split off the body where it follows the last field of a message header without a blank line.

    Args:
        header: all of a message before its first numbered paragraph.

    Returns:
        The header, and the body's text in it: empty where there is none, or a blank line shows its beginning.
    """
    lines = header.split("\n")
    last = _last_field(lines)
    if last < 0:
        return header, ""
    references = bool(_REFERENCES.match(lines[last]))
    labels = _labels(lines[last].partition(":")[2]) if references else ""
    parted = False  # a blank line stands above
    for index in range(last, min(last + MAX_REFERENCE_LINES, len(lines))):
        line = lines[index]
        if not line.strip():
            parted = True
            continue
        if parted and not (references and _is_next_label(line, labels)):
            return _split_at(lines, index, 0) if is_prose(line) else (header, "")
        if index > last and _begins(
            line, lines[index - 1], lines[index + 1 : index + 2], labels, references=references
        ):
            return _split_at(lines, index, 0)
        if at := (_after_reference(line) if references else 0) or _after_reasons(line):
            return _split_at(lines, index, at)
        labels += _labels(line)
    return header, ""


def split_unread(header: str) -> tuple[str, str]:
    """Split a message header within or below the first line of its last field, for a message of no text.

    The body is empty where the rest is no more than a field's.
    """
    lines = header.split("\n")
    last = _last_field(lines)
    if last < 0:
        return header, ""
    if at := _start_of_prose(lines[last]):
        return _split_at(lines, last, at)
    enough = sum(len(line.split()) for line in lines[last + 1 :]) >= MIN_UNREAD_WORDS
    return _split_at(lines, last + 1, 0) if enough else (header, "")


def _start_of_prose(line: str) -> int:
    """Return the column of a field's line at which prose begins, 0 if there is none.

    It begins with a paragraph's number, or in small letters behind a field that is in capitals and numbers.
    """
    printed = line.partition(":")[0]
    start = _SENTENCE_WITHIN.search(line, len(printed) + 1)
    is_printed = start and not any(word.islower() for word in line[len(printed) : start.start()].split())
    start = start if is_printed else _FIRST_NUMBER.search(line, len(printed) + 1)
    return start.end() if start and is_prose(line[start.end() :]) else 0


def _last_field(lines: list[str]) -> int:
    """Return the index of the line that the header's last field begins on, -1 if there is none."""
    top = range(min(len(lines), MAX_HEADER_LINES) - 1, -1, -1)
    return next((index for index in top if _FIELD.match(lines[index])), -1)


def _split_at(lines: list[str], index: int, column: int) -> tuple[str, str]:
    line = lines[index]
    header = [*lines[:index], line[:column].rstrip()] if column else lines[:index]
    return "\n".join(header), "\n".join([line[column:], *lines[index + 1 :]])


def _is_next_label(line: str, labels: str) -> bool:
    """Whether a line begins with a reference's letter: not a marking, or else the letter that is due."""
    letter = _labels(line)
    portion = _PORTION.match(line)
    if not letter or not portion:
        return bool(letter)
    text = line[portion.end() :]
    is_text = is_prose(text) or sum(map(str.islower, text.split())) >= MIN_SMALL_WORDS
    return not is_text or letter == chr(ord(labels[-1:] or "@") + 1)


def _labels(line: str) -> str:
    label = _LABEL.match(line)
    return label["label"] if label else ""


def _after_reference(line: str) -> int:
    """Return the column after a reference at which marked text begins, 0 if there is none."""
    found = _MARKED_TEXT.search(line)
    return found.end() if found and is_prose(line[found.end() :]) else 0


def _after_reasons(line: str) -> int:
    """Return the column after the reasons for classification at which text begins, 0 if there is none."""
    found = _REASON.search(line) if "eason" in line or "EASON" in line else None
    if not found:
        return 0
    marked = _PORTION.match(line, found.end())
    start = marked.end() if marked else found.end()
    text = line[start:]
    return found.end() if text[:1].isupper() and (marked or found["stop"]) and is_prose(text) else 0


def _begins(line: str, above: str, below: list[str], labels: str, *, references: bool) -> bool:
    """Whether a line below the first of a field begins the body."""
    if _FIRST_HEADING.match(line) or _RULE.match(line):
        return True
    if INSTRUCTION.match(line) and not _OPEN_END.search(above.rstrip()):
        return True
    if references:
        return _begins_body(line, above, labels) or _breaks_off(line, above)
    subject = _SUBJECT.match(above)
    return bool(subject and _follows_subject(line, subject["subject"], below))


def _begins_body(line: str, above: str, labels: str) -> bool:
    """Whether a line below a reference is the body's: prose, or the first of the letters once more."""
    label = _LABEL.match(line)
    if label and not _is_next_label(line, labels):
        return True
    if label:
        return label["label"] in labels and not _NAMES_MESSAGE.search(line)
    if _OPEN_END.search(above.rstrip()):
        return False
    return is_prose(line) or line.lstrip().upper().startswith(("SUMMARY:", "BEGIN SUMMARY", "SUMMARY."))


def _breaks_off(line: str, above: str) -> bool:
    """Whether a line without any number follows a reference that ended with its own: `HIGHLY RECOMMEND:`."""
    return line.rstrip().endswith(":") and above.rstrip()[-1:].isdigit() and not _NAMES_MESSAGE.search(line)


def _follows_subject(line: str, subject: str, below: list[str]) -> bool:
    """Whether a line below a subject begins the body: prose below capitals or a line that ended early."""
    if not subject or not is_prose(line):
        return False
    if subject.isupper() and not line.isupper():
        return sum(word.islower() for word in line.split()) >= 3
    first = line.split(maxsplit=1)[0]
    return len(subject) + 1 + len(first) < MAX_SUBJECT and bool(below and below[0].strip())


def is_prose(text: str) -> bool:
    """Whether a text reads as prose: words enough, two of them such as hold sentences together."""
    words = text[:400].lower().split()
    if len(words) < MIN_PROSE_WORDS:
        return False
    return len(_FUNCTION_WORDS.intersection([word.strip(".,;:()\"'") for word in words])) >= 2
