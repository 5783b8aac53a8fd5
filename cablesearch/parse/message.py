"""The message header: what stands between the classification line and the first paragraph (5 FAH-1 H-240).

C O N F I D E N T I A L ASTANA 000048
E.O. 12958: DECL: 01/08/2017
TAGS: PGOV PREL KZ
SUBJECT: KAZAKHSTAN: ...
REF: A. 06 ASTANA 573
Classified By: CDA Kevin Milas; reasons 1.4 (B) and (D).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ..model.calendar import MONTH_NUMBERS, year_declassified
from ..model.classification import CAPTIONS, Classification
from ..model.tag_codes import CODES, GEOGRAPHY_LETTERS, LETTERS, split_run
from .marking import CLASSIFICATION_LINE, PORTION, normalize_marking, parse_classification_line
from .prose import join_title

# What each field begins with: at a line's start, or in a line of fields that a copyist joined.
_FIELDS = {
    "order": r"(?:E\.?\s?[O0]\.?M?|O\.):?\s*\d{5}\b\s*:?",
    "tags": r"T ?A ?G ?S?\s*(?:[:;=–—]|[.-]\s)|A?GS\s*:|TAGS?(?=\s+[A-Z]{2,5}\b)",
    "subject": r"(?:S ?U ?B ?J ?E ?C ?T|SUBJ)\s*(?:[:;=–—]|[.-]\s)|(?:UB|B|)JECT\s*:|UBJ\s*:|SUB\s*:"
    r"|SU(?:ECT|BECT|JECT|BJET|BJCT|BJEC)\s*:"
    r"|(?-i:SUBJECT|Subject)(?=\s+(?-i:[A-Z]))",
    "references": r"REF(?:ERENCE|TEL)?(?:S|\(S\))?\s*(?:[:;]|\.(?=\s)|-\s|(?=\([A-Z]\)))|EFS?\s*:"
    r"|(?-i:REF(?:TEL)?)S?(?=\s+(?-i:[A-Z])(?:\.\s|:|\s+[A-Z0-9' ]{3,30}\d))"
    r"|(?-i:REF(?:TEL)?)S?(?=\s+(?:\d\d\s+)?(?-i:[A-Z]{2}[A-Z .'-]{1,25})\s\d+(?:\s*$|,|;|\s+AND\b))",
    "classified_by": r"(?:CLASS?I?FIED|DERIVED)\s+(?:BY|FROM)\b\s*:?",
    "reasons": r"REASONS?\s*:",
    "declassify_on": r"DECLASSIFY\s+ON\s*:",
}
_FIELD = re.compile(
    r"^\s*(?=E[ .FO0]|T ?A|A?GS|S ?U|U?BJ|JEC|REF|REA|CLA|DE[RC]|O\.)(?:"
    + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _FIELDS.items())
    + ")",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"(?<=\S)[ \t]+(?=(?:TAGS?|SUBJECT|SUBJ|REFS?|CLASSIFIED BY|DECLASSIFY ON)\s*:"
    r"|E\.O\. ?1[1-3]\d{3}:? *(?:DECL|N ?/ ?A|X?GDS|RDS|ADS|UPON))",
    re.IGNORECASE,
)
# The first of the fields that a copyist joined to an instruction: `DEPT FOR EUR AND PM E.O. 12958: DECL: ...`
_FIELD_WITHIN = re.compile(r"[ \t](?:TAGS: *[A-Z]{2,5}\b|E\.O\. ?1[1-3]\d{3}:)")
_MARKED_FIELD = re.compile(r"^\s*(?:\([UC]\)|[#>*])\s*+(?=(?:E\.?O\.? ?\d{5}|TAGS?|SUBJ(?:ECT)?|REFS?)\s*:)")
_GLUED = re.compile(r"(?<=[A-Za-z])(?<!TAGS)REFS?: ?(?=\(?A[.)])")
_SUBJECT_MARKING = re.compile(
    rf"{PORTION.replace('<marking>', '<before>')}(?=\s*\S)|.*\S\s+{PORTION.replace('<marking>', '<after>')}$"
)
_CAPTION_LINES = {*CAPTIONS, "SIPDIS", "NOFORN SIPDIS"}
_HANDLING = re.compile(
    r"^\s*(?:(?:SENSITIVE BUT UNCLASSIFIED|(?:PLEASE |PLS )?(?:PROTECT|HANDLE) ACCORDINGLY"
    r"|NOT FOR INTERNET DISTRIBUTION)[\s.]*$"
    r"|(?:SENSITIVE|SBU)[,;. -]+(?:PLEASE |PLS )?(?:PROTECT|HANDLE|NOT FOR))",
    re.IGNORECASE,
)  # how a message is to be handled
MAX_OPEN_LINE = 45  # columns of a title's line below which SENSITIVE does not go on with it
_RULE = re.compile(r"^\s*[-=_*~#]{2}[-=_*~# ]*$|^\s*-( -)+\s*$")
_STARTS_BODY = re.compile(
    rf"^\s*(?:{PORTION}(?!\s*(?:,|\.|&|and\b|or\b|$))|\(?(?:BEGIN )?(?i:SUMMARY)\)?\s*$|1\s*[.,)](?!\s?\d))"
)
_REFERENCE_LINE = re.compile(
    r"^\s*(?:\(?[A-Z][.):]|\([A-Z]\)|(?:\d\d\s*)?[A-Z][A-Z ]{2,30}\s\d{1,7}(?!\d*[:./%]\w)"
    r"|AND |PREVIOUS|NOTAL)",
    re.IGNORECASE,
)
_ENTRY = re.compile(
    r"^\s*\(?[A-Z0-9][.):]\s*(?:(?:19|20)?\d\d\s|[A-Z]{2})[A-Z0-9 ]"
)  # `(C) SECSTATE 36633` has no marking
# Of 2 to 24 characters, blanks before them included.
_PHRASE = r"\s*+(?:[A-Za-z][A-Za-z ]{1,23}+|(?<= )[A-Za-z]|(?<=  ))"
_TAG_LINE = re.compile(rf"^\s*+[A-Z0-9(][A-Z0-9 ,;()./'’&-]*+$|^(?:{_PHRASE},)+{_PHRASE},?$")
# The letters of reasons, signs and words between and around them: `(B) and (D)`, `b/d`, `[b] to [d]`, `(bd)`.
# A letter that a word follows begins a sentence: `1.4 (b). A man`, `1.4 (b) (C) The man`.
_JOINT = r"(?:and|or|through|thru|to|et|plus)\b"
_NO_SENTENCE = rf"(?!\s++(?!{_JOINT})[a-z]{{2}})"
_CLOSED = r"(?:\s*+[)\]}])?+"
_LETTER = rf"(?:[(\[{{]\s*+[a-i](?![a-z]){_CLOSED}|\([a-i]{{2,4}}\)|[a-i](?![a-z]){_NO_SENTENCE}{_CLOSED})"
_REASON = re.compile(
    rf"(?<![\w.])[1I]\s?[.,]\s?(?P<section>[456])(?:[\s.:,–—-]|(?:sub)?(?:paragraph|section|para)s?\b)*+"
    rf"(?P<letters>{_LETTER}(?:(?:(?:\s*+[,;/&+-])++\s*+(?:{_JOINT}\s*+)?|\s*+(?:\.\s*+)?{_JOINT}\s*+){_LETTER}"
    rf"|[\s.]*+{_LETTER}{_NO_SENTENCE}){{0,7}})",
    re.IGNORECASE,
)
_SPLIT_AND = re.compile(r"(?<![a-z])(?:a\s*n\s*d|nd)(?![a-z])", re.IGNORECASE)
_BARE_REASONS = re.compile(
    r"\breasons?\s*+(?::\s*+)?(?P<letters>\(?[a-h]\)?"
    r"(?:[\s,;/&()]*+(?:and[\s(]*+)?(?<![a-z])[a-h](?![a-z])\)?){0,5})\s*+(?:\.\s*+)?$",
    re.IGNORECASE,
)
_CONTINUES = re.compile(
    r"^\s*(?:a?nd\b|d\b|n d\b|or\b|&|[(,)/.]|[a-h]\b(?:[\s,.)]|$)|\d\.\d|reasons?\b|ons\b|for\b)",
    re.IGNORECASE,
)
_DATES = (
    re.compile(r"\b(?P<month>\d{1,2})\s?//?\s?(?P<day>\d{1,2})\s?//?\s?(?P<year>\d{4}|\d\d)\b"),
    re.compile(r"\b(?P<year>\d{4})[/-](?P<month>\d{1,2})[/-](?P<day>\d{1,2})\b"),
    re.compile(r"\b(?P<month>\d{1,2})[.-](?P<day>\d{1,2})[.-](?P<year>\d{4}|\d\d)\b"),
    re.compile(r"\b(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)\b"),
    re.compile(r"\b(?P<day>\d{1,2})\s+(?P<name>[A-Z]{3,9})\.?,?\s+(?P<year>\d{4})\b", re.IGNORECASE),
    re.compile(r"\b(?P<name>[A-Z]{3,9})\.?\s+(?P<day>\d{1,2}),?\s+(?P<year>\d{4})\b", re.IGNORECASE),
)
_NO_EVENT = frozenset(("", "N/A", "NA", "NONE", "NOT APPLICABLE"))
# An order's line that goes on in the next one, and what goes on there.
_OPEN_ORDER = re.compile(r"(?:^|DE?CL\w{0,15}+\s*+(?:ON\s*+)?:|[/-]|\bN)\s*+$", re.IGNORECASE)
_ORDER_GOES_ON = re.compile(
    r"\s*+(?:DECL|N\s*+/|(?:/\s*+)?A\s*+$|\d[\d/ -]*+\s*+$|X\d|OADR\b|UPON\b)", re.IGNORECASE
)
_OPEN_EVENT = re.compile(r"\b(?:UPON|OF|THE)$")  # `UPON`, and below it `CLOSURE OF THE EMBASSY`
# What leads to the reasons: `per section`, `E.O. 12958,`.
_CLASSIFIER_ENDED = re.compile(
    r"(?<![\s,;:])(?:[\s,;:]++(?:for|reas|per|under|sec(?:tions?)?|para(?:graph)?|E\.?O\.?\s*+\d{5})\.?){1,8}$",
    re.IGNORECASE,
)
# A person, with the code before: OVIP (VANCE, CYRUS); the parenthesis may be missing at the end.
_PERSON_TAG = re.compile(
    r"(?:\b(?P<code>[A-Z]{2,5})\s*)?\((?:(?P<name>[^()]*)\)|(?P<open>[^(),;]*(?:,[^(),;]*)?))"
)
PORTION_LETTERS = re.compile(r"(?:[CUS]|SBU|NF|LOU|FOUO|[CS]/+NF)?")
_PARENTHESIS = re.compile(r"\([^()]*\)?")
_TAG_WORD = re.compile(r"[A-Z0-9]{2,}")
_TAG_SEPARATOR = re.compile(r"[,;:|<>]|\s&\s|\.(?:\s|(?<=[A-Z]{2}\.)(?=[A-Z]{2}))|\s[-/]+\s|\bAND\b")
_NOT_TAGS = frozenset(("TAGS", "TAG", "NONE", "N/A", "NA"))
_PERSON_CODES = frozenset(("OVIP", "OREP"))
MAX_ORGANISATION_WORDS = 4  # ALLEGHENY AIRLINES
HEADER_LINES = 300  # lines in which fields are looked for; the longest header seen has 90
MAX_PROSE_WORDS = 60  # words of prose after which no more fields are looked for
MAX_SUBJECT_LINES = 6  # lines of a subject; the longest seen has five


@dataclass(frozen=True, slots=True)
class Header:
    """The fields of a message header; what it does not give is None or empty.

    Attributes:
        order: the executive order's line, after its number.
        references: the `REF:` block as printed.
        declassify_on: a date where it is one, else the event as printed.
        rest: the lines that belong to no field.
    """

    classification: Classification | None = None
    order: str = ""
    tags: tuple[str, ...] = ()
    subject: str | None = None
    subject_marking: str | None = None
    references: str = ""
    classified_by: str | None = None
    reasons: tuple[str, ...] = ()
    declassify_on: date | str | None = None
    rest: str = ""


def parse_header(text: str) -> Header:
    """Parse a message header: all of a message before its first numbered paragraph."""
    lines = _split_lines(text)
    fields, rest = _split_fields(lines)
    classified = " ".join(fields.get("classified_by", ()))
    reasons = f"{classified} {' '.join('REASON ' + line for line in fields.get('reasons', ()))}"
    level = next(filter(CLASSIFICATION_LINE.match, lines[:HEADER_LINES]), None)
    order = " ".join(fields.get("order", ()))
    subject = join_title(fields.get("subject", ())) or None
    return Header(
        classification=_parse_level(level, lines) if level else None,
        order=order,
        tags=parse_tags(" ".join(fields.get("tags", ()))),
        subject=subject,
        subject_marking=_marking_of(subject),
        references="\n".join(fields.get("references", ())),
        classified_by=parse_classifier(classified),
        reasons=parse_reasons(reasons),
        declassify_on=parse_declassification(" ".join(fields.get("declassify_on", ())) or order),
        rest="\n".join(rest),
    )


def _split_lines(text: str) -> list[str]:
    """Return the lines of a message header; fields that a copyist joined get lines of their own again."""
    lines: list[str] = []
    for line in text.split("\n"):
        if "REF" in line and (glued := _GLUED.search(line)):
            lines += [line[: glued.start()], line[glued.start() :]]
            continue
        if ":" not in line:
            lines.append(line)
            continue
        field = _FIELD.match(line)
        if not field and (marked := _MARKED_FIELD.match(line)):
            line = line[marked.end() :]
            field = _FIELD.match(line)
        if field:
            joined = ":" in line[field.end() :]
        else:
            joined = ("TAGS:" in line or "E.O." in line) and _FIELD_WITHIN.search(line) is not None
        if joined:
            lines += _JOINED.split(line)
        else:
            lines.append(line)
    return lines


def _split_fields(lines: list[str]) -> tuple[dict[str, list[str]], list[str]]:
    """Split the lines into fields, each a list of its lines, and the rest between and below them.

    Levels, captions and passing instructions above the subject belong to the header and are dropped.
    """
    head = lines[:HEADER_LINES]
    starts = [_FIELD.match(line) for line in head]
    last = max((index for index, field in enumerate(starts) if field), default=-1)
    fields: dict[str, list[str]] = {}
    rest: list[str] = []
    current: str | None = None
    prose = 0
    for index, line in enumerate(head):
        found = starts[index] if prose <= MAX_PROSE_WORDS else None
        name = found.lastgroup if found else None
        if found and name and (name not in fields or name == "references" or _repeats(fields[name], found)):
            current = name
            if name != "references":
                fields[name] = []
            fields.setdefault(name, []).append(line[found.end() :].strip())
        elif current and _continues(current, fields[current], line, lines[index + 1 : index + 5]):
            if line.strip():
                fields[current].append(line.strip())
        else:
            if current in ("subject", "references") and _is_handling(line, fields[current][-1]):
                continue  # the field may go on below it
            current = None
            if "subject" in fields or (line.strip() and index > last and not _is_caption(line)):
                rest.append(line)
                prose += len(line.split())
    return fields, rest + lines[HEADER_LINES:]


def _repeats(so_far: list[str], field: re.Match[str]) -> bool:
    """Whether a field's text is printed once more, as below a header that was cut: all of it, or more."""
    printed = " ".join(so_far)
    return bool(printed) and field.string[field.end() :].strip().startswith(printed)


def _is_handling(line: str, above: str) -> bool:
    """Whether a line within a field says how the message is to be handled: a caption, as above the order."""
    caption = line.strip() in _CAPTION_LINES and (line.strip() != "SENSITIVE" or len(above) < MAX_OPEN_LINE)
    return bool(above) and (caption or bool(_HANDLING.match(line)))


def _is_caption(line: str) -> bool:
    return bool(CLASSIFICATION_LINE.match(line)) or line.strip() in _CAPTION_LINES


def _continues(field: str, so_far: list[str], line: str, following: list[str]) -> bool:
    """Whether a line still belongs to the field above it."""
    if _RULE.match(line) or (_STARTS_BODY.match(line) and not (field == "references" and _ENTRY.match(line))):
        return False
    if not line.strip():
        return bool(following) and _resumes(field, so_far, following)
    if field in ("subject", "references") and _is_handling(line, so_far[-1]):
        return False
    if following and _RULE.match(following[0]) and not any(map(_RULE.match, following[2:3])):
        return False  # it is underlined, not followed by a heading between two rules
    match field:
        case "subject":
            return len(so_far) < MAX_SUBJECT_LINES
        case "tags":
            return bool(_TAG_LINE.match(line)) and _continues_tags(so_far, line)
        case "references":
            return True
        case "classified_by" | "reasons":
            whole = " ".join(so_far)
            return not (_REASON.search(whole) or _BARE_REASONS.search(whole)) or bool(_CONTINUES.match(line))
        case "order":
            return _continues_order(so_far[-1], line)
        case _:
            return False


def _continues_order(above: str, line: str) -> bool:
    """Whether a line is part of the order above it: its date, or the event after which it ends."""
    if _OPEN_EVENT.search(above):
        return line.isupper() and not any(map(str.isdigit, line))
    return bool(_OPEN_ORDER.search(above) and _ORDER_GOES_ON.match(line))


def _continues_tags(so_far: list[str], line: str) -> bool:
    """Whether a line is part of the TAGS above it: these are open, or half of its words are codes."""
    printed = " ".join(so_far)
    if printed.endswith(",") or printed.count("(") > printed.count(")"):
        return True
    words = _TAG_WORD.findall(_PARENTHESIS.sub(" ", line.upper()))
    codes = sum(bool(_codes_at([word], 0)) for word in words)
    return 2 * codes >= len(words) if line.isupper() else codes == len(words)


def _resumes(field: str, so_far: list[str], following: list[str]) -> bool:
    """Whether a field continues after a blank line, as where a copyist put one after every line."""
    line, *below = following
    if field in ("subject", "tags") and not any(so_far):
        return bool(line.strip()) and not _FIELD.match(line) and not _STARTS_BODY.match(line)
    match field:
        case "tags":
            words = line.replace(",", " ").split()
            return all(_codes_at([word], 0) for word in words) and any(map(_FIELD.match, below))
        case "references":
            return bool(_REFERENCE_LINE.match(line)) or (
                bool(re.match(r"\s*\d{3,6}\b", line)) and not so_far[-1][-1:].isdigit()
            )
        case "order":
            return _continues_order(so_far[-1], line)
        case "classified_by":
            return bool(re.match(r"\s*1\s?\.\s?[456]\b", line)) and not _REASON.search(" ".join(so_far))
        case "subject":
            return (
                line.isupper()
                and not _FIELD.match(line)
                and not _STARTS_BODY.match(line)
                and any(map(_FIELD.match, below))
            )
        case _:
            return False


def _parse_level(level: str, lines: list[str]) -> Classification | None:
    """Parse a classification line, with the captions that stand on lines of their own."""
    captions = [word for line in lines if line.strip() in _CAPTION_LINES for word in line.split()]
    return parse_classification_line(level, dict.fromkeys(word for word in captions if word in CAPTIONS))


def _marking_of(subject: str | None) -> str | None:
    """Return the portion marking before or after a subject, None where it has none."""
    found = _SUBJECT_MARKING.match(subject) if subject and "(" in subject else None
    return normalize_marking(found["before"] or found["after"]) if found else None


def parse_tags(printed: str) -> tuple[str, ...]:
    """Split a TAGS line into codes, phrases and persons, each once.

    Codes may be separated by anything or run together. Words among them are one tag (HUMAN RIGHTS); a person
    in parentheses stays with the code before. Misprints stay as printed: only a search corrects them.
    """
    found: list[str] = []
    at = 0
    printed = printed.upper()
    for person in _PERSON_TAG.finditer(printed) if "(" in printed else ():
        found += _split_tags(printed[at : person.start()])
        name = " ".join((person["name"] or person["open"] or "").split()).strip(" ,")
        if PORTION_LETTERS.fullmatch(name):
            found += [person["code"]] if person["code"] else []
        elif person["code"] in CODES and name in CODES:
            found += [person["code"], name]
        elif name:
            found.append(f"{person['code']} ({name})" if person["code"] else name)
        at = person.end()
    found += _split_tags(printed[at:])
    return tuple(dict.fromkeys(found))


def _split_tags(printed: str) -> Iterator[str]:
    """Yield the tags of a piece of a TAGS line without parentheses."""
    for item in _TAG_SEPARATOR.split(printed):
        words = [word.strip("*#.'\"") for word in item.split()]
        words = [word for word in words if len(word) > 1 and word not in _NOT_TAGS]
        if all(word in CODES for word in words):
            yield from words
            continue
        at = 0
        while at < len(words):
            if codes := _codes_at(words, at):
                yield from codes.tags
                at += codes.words
                continue
            start = at
            while at < len(words) and not _ends_phrase(words, at):
                at += 1
            yield from _join_phrase(words, start, at)


def _join_phrase(words: list[str], start: int, end: int) -> list[str]:
    """Return words that are no codes as one tag, or each as its own.

    Short ones may be unknown codes. A person's name among codes without commas (OVIP CLINTON HILLARY PREL) is
    in words of their own, as the archive links it.
    """
    phrase = words[start:end]
    is_person = start > 0 and words[start - 1] in _PERSON_CODES and end < len(words)
    is_prose = any(len(word) > LETTERS for word in phrase)
    return [" ".join(phrase)] if is_prose and not is_person else phrase


def _ends_phrase(words: list[str], at: int) -> bool:
    """Whether a code ends a phrase at a word; a country's between two other words does not (WAR IN SPACE)."""
    if not (codes := _codes_at(words, at)):
        return False
    between = 0 < at < len(words) - 1 and not _codes_at(words, at - 1) and not _codes_at(words, at + 1)
    return not (between and codes.tags == [words[at]] and len(words[at]) == GEOGRAPHY_LETTERS)


class _Codes(NamedTuple):
    """The tags that some words are, and how many words they are."""

    tags: list[str]
    words: int


def _codes_at(words: list[str], at: int) -> _Codes | None:
    """Return the codes that begin at a word, None where it is none."""
    for length in range(min(MAX_ORGANISATION_WORDS, len(words) - at), 0, -1):
        name = " ".join(words[at : at + length])
        if name in CODES:
            return _Codes([name], length)
    word = words[at]
    if run := split_run(word):
        return _Codes(run, 1)
    parts = re.split("[/-]", word)
    if len(parts) > 1 and all(part in CODES for part in parts):
        return _Codes(parts, 1)
    return None


def parse_classifier(printed: str) -> str | None:
    """Return who classified the message, without the reasons: `CDA Kevin Milas`."""
    text = re.split(
        r"(?<![\s,;:.(])(?:[\s,;:.(]*+\b(?:for\s++)?(?:the\s++)?reasons?\b|[\s,;:.(]++1\s?\.\s?[456]\b)",
        printed,
        maxsplit=1,
        flags=re.I,
    )[0]
    text = re.sub(r"^(?:classified\s+by|by)\b:?\s*", "", " ".join(text.split()), flags=re.I)
    return _CLASSIFIER_ENDED.sub("", text.rstrip(" ,;:")).strip(" ,;:") or None


def parse_reasons(printed: str) -> tuple[str, ...]:
    """Return the reasons for classification: `1.4 (b)`; letters without a section are of section 1.4."""
    found: list[str] = []
    printed = _SPLIT_AND.sub("and", printed)
    for match in _REASON.finditer(printed):
        found.extend(f"1.{match['section']} ({letter})" for letter in _reason_letters(match["letters"]))
    if not found and (bare := _BARE_REASONS.search(printed)):
        found.extend(f"1.4 ({letter})" for letter in _reason_letters(bare["letters"]))
    return tuple(dict.fromkeys(found))


def _reason_letters(printed: str) -> list[str]:
    """Return the letters of a list; `b through d` is b, c, d."""
    printed = re.sub(r"\([a-i]{2,4}\)", lambda run: " ".join(run[0]), printed.lower())
    tokens: list[str] = re.findall(r"(?<![a-z])[a-i](?![a-z])|through|thru|\bto\b|-", printed)
    letters: list[str] = []
    for index, token in enumerate(tokens):
        if len(token) > 1 or token == "-":
            continue
        if letters and tokens[index - 1] in ("through", "thru", "to", "-"):
            letters.extend(chr(c) for c in range(ord(letters[-1]) + 1, ord(token)))
        letters.append(token)
    return letters


def parse_declassification(printed: str) -> date | str | None:
    """Return the date of declassification, or the event as printed; None for `N/A`."""
    text = re.sub(r"^.*?\bDE?CL\w*+\s*+(?:ON\s*+)?:", "", " ".join(printed.split()), flags=re.I)
    text = re.sub(r"\bN\s*/\s*A\b", "N/A", text, flags=re.I).strip(" .:;,-")
    for pattern in _DATES:
        if (found := pattern.search(text)) and (month := _month(found)):
            try:
                return date(year_declassified(int(found["year"])), month, int(found["day"]))
            except ValueError:  # 13/45/2017, as printed
                break
    return None if text.upper() in _NO_EVENT else text


def _month(found: re.Match[str]) -> int:
    """Return the number of a date's month, 0 where it is the name of none."""
    parts = found.groupdict()
    return int(parts["month"]) if "month" in parts else MONTH_NUMBERS.get(parts["name"][:3].upper(), 0)
