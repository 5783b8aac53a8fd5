"""Lines in a message that are no part of its text: page lines, section headings, SIPDIS, repeated headers.

They stand wherever the transmission was cut, even in the middle of a sentence:

    ASTANA 00000048  002 OF 003
    PAGE 02        STATE  017976
    C O N F I D E N T I A L SECTION 02 OF 03 ASTANA 000048, then the header's lines once more

The National Archives' telegrams have more of them: a release stamp on each page, perhaps with the name of
who signed it, and a whole transmission header above each section. Those are removed first (`remove_pages`),
as they may also stand within the transmission header.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import digits

from ..corpus.encoding import compose, unify_line_ends
from ..model.classification import CAPTIONS, LEVEL_NAMES, alternatives
from .marking import CLASSIFICATION_LINE, PORTION
from .pages import remove_lines

_PAGE = re.compile(
    r"^[ \t]*[A-Z][A-Z .'’/-]{1,30}? \d{6,8}[ \t]+\d{3}(?:\.\d)?[ \t]+OF[ \t]+\d{3}[ \t]*$", re.IGNORECASE
)
# The same within a line, where a copyist joined the lines; a station of at most three words.
_PAGE_INLINE = re.compile(
    r"(?<![A-Z] )\b[A-Z]{2,12}(?: [A-Z]{2,8}){0,2} \d{8} {1,3}\d{3}(?:\.\d)? OF 0\d\d(?![\d.])[ \t]*"
)
_PILCROW = re.compile(r"¶(?:(?<!\n¶)(?<!^¶)|(?![ \t]*\d{1,3}[ \t]?[.,):(]))")
_CAPTION = re.compile(
    r"^[ \t]*(?:SIPDIS|N ?N ?N(?: ?N)?|BT|#\d{4}|[A-Z]{0,4}NOFORN|E(?: ?E){3,}"
    r"|<< ?END OF DOCUMENT ?>>)[ \t]*$"
)
MAX_CAPTION = 24  # characters of a line with only a caption
MAX_PREFACE = 60  # characters of a line before a message's classification line: a date, a place
RECORD_CHARS = 1_500  # in which a record stands, at the message's beginning or end
MAX_HEADER_LINES = 60  # lines of a message's header that a section heading may repeat
MAX_REPEATED_LINES = 25  # lines of a section heading with what it repeats
_SECTION = re.compile(r"\bSECTION\s+\d+\s+OF\s+\d+\b", re.IGNORECASE)
_REPEATED = re.compile(
    rf"^[ \t]*(?:SIPDIS|{alternatives(CAPTIONS)}"
    r"|E\.?O\.? ?\d{5}.*|TAGS?\b.*|SUBJ(?:ECT)?:.*)$"
)
_HEADER_FIELD = re.compile(r"^[ \t]*(?:TAGS?\b|SUBJ|E\.?O\.? ?\d|REF|CLASSIFIED BY|REASON)", re.IGNORECASE)
_PARAGRAPH = re.compile(rf"^[ \t]*+(?:(?:¶[ \t]*+)?1[.)]|{PORTION})")
# Not one that goes on below: `SUBJECT: TALKS WITH`.
_FIELD_ON_ITS_LINE = re.compile(
    r"^[ \t]*(?:TAGS|SUBJ|REF|[A-F][.)] ).*(?<![,;:&/-])(?<! AND)(?<! OR)(?<! OF)(?<! THE)(?<! TO)(?<! FOR)"
    r"(?<! IN)(?<! ON)(?<! WITH)(?<! BY)(?<! FROM)$",
    re.IGNORECASE,
)
_REFERENCE_ON_ITS_LINE = re.compile(r"^[ \t]*(?:REF|[A-F][.)] ).*[\d)]$", re.IGNORECASE)
_FIELD_NAME = re.compile(r"TAG|SUBJ|E\.?O")
_OWN_LINE = re.compile(rf"{CLASSIFICATION_LINE.pattern[: -len('(?P<rest>.*)$')]}.*\d$")
_LEVEL_ALONE = re.compile(rf"^[ \t]*+(?:{alternatives(LEVEL_NAMES)})(?://[A-Z ]++)?[ \t]*+$")
_BEGUN = re.compile(r"^\s*(?:\d+\.|REF|SUBJ|TAGS)")


def normalize_lines(text: str) -> list[str]:
    """Return a message's lines, with one kind of line end and space, and no trailing blanks.

    Pilcrows stay before numbers that begin a line, where they announce a paragraph.
    """
    text = unify_line_ends(text).replace("\x0b", " ").replace("\x0c", "\n")
    if not text.isascii():
        text = compose(text).replace("\xa0", " ").replace("\u2028", "\n").replace("\u00ad", "")
        text = _PILCROW.sub("", text)
    return [line.rstrip() for line in text.split("\n")]


def remove_furniture(text: str) -> str:
    """Return a message without its page lines, section headings and what these repeat of the header."""
    lines = normalize_lines(text)
    text = "\n".join(lines)
    if furniture := _find_furniture(lines, text):
        for index in _lines_below_fields(lines, furniture):
            lines[index] = ""  # and the blank lines around it stay
            furniture.remove(index)
        text = "\n".join(remove_lines(lines, furniture))
    if any(text[at + 3 : at + 6].isdigit() for at in _occurrences("OF 0", text)):  # `002 OF 003`
        text = "\n".join(line.rstrip() for line in _PAGE_INLINE.sub("", text).split("\n"))
    return text


def _find_furniture(lines: list[str], text: str) -> set[int]:
    """Return the indices of the lines to remove.

    Args:
        text: the lines as one text. Most have no such lines, and searching it once shows that.
    """
    found = {
        index
        for index, line in enumerate(lines)
        if line
        and (
            (len(line) < MAX_CAPTION and _CAPTION.match(line))
            or (line[-1] in digits and line[-3:].isdigit() and _PAGE.match(line))
        )
    }
    found.update(_record_lines(lines, text))
    return found.union(_find_sections(lines, text, found))


def _lines_below_fields(lines: list[str], furniture: set[int]) -> list[int]:
    """Return the furniture that blank lines part from a field above that has ended, and from text below.

    A subject may go on below a page line, but not below a caption.
    """
    found: list[int] = []
    for index in sorted(index for index in furniture if 0 < index < MAX_HEADER_LINES):
        above, below = index - 1, index + 1
        while above in furniture:
            above -= 1
        while below in furniture:
            below += 1
        if above < 0 or below >= len(lines) or lines[above] or lines[below]:
            continue
        while above and not lines[above]:
            above -= 1
        ended = _FIELD_ON_ITS_LINE if _CAPTION.match(lines[index]) else _REFERENCE_ON_ITS_LINE
        if ended.match(lines[above]):
            found.append(index)
    return found


# A database's record of the cable, which some copies have above or below its text.
_RECORD_KEY = re.compile(
    r"^[ \t]*(?:id|date|refid|reference id|origin|classification|destination|header|created|released|source)"
    r"[ \t]*:"
)
_RECORD_TIME = re.compile(
    r"^[ \t]*(?:\d{4}-\d\d?-\d\d?|\d\d?[/.]\d\d?[/.]\d{4})[ \t]+\d\d?:\d\d(?::\d\d)?(?:[ \t]*[AP]M)?[ \t]*$"
)
_RECORD_VALUE = re.compile(
    r"^[ \t]*(?:\d{3,7}|\d\d[A-Z]{3,20}\d{1,6}"
    r"|(?:Embassy|Consulate|Mission|Secretary of) [A-Z][\w .]{2,30})[ \t]*+$"
)
_RECORD_TIME_END = re.compile(r":\d\d(?:[ \t]*[AP]M)?[ \t]*$", re.MULTILINE)


def _record_lines(lines: list[str], text: str) -> Iterator[int]:
    """Yield the indices of a database's record: keys in small letters, or a number and a time alone."""
    ends = text if len(text) < 2 * RECORD_CHARS else f"{text[:RECORD_CHARS]}\n{text[-RECORD_CHARS:]}"
    if "id:" not in ends and not _RECORD_TIME_END.search(ends):
        return
    run: list[int] = []
    sure = 0
    for index, line in enumerate([*lines, "end"]):
        if not line:
            continue
        keyed = bool(_RECORD_KEY.match(line) or _RECORD_TIME.match(line))
        if keyed or _RECORD_VALUE.match(line) or (run and _LEVEL_ALONE.match(line)):
            run.append(index)
            sure += keyed
            continue
        if sure and len(run) > 1:
            yield from run
        run, sure = [], 0


def _find_sections(lines: list[str], text: str, furniture: set[int]) -> Iterator[int]:
    """Yield the indices of the lines of all section headings but the message's first."""
    sections = [
        index
        for index in dict.fromkeys(_lines_with("SECTION ", text))
        if CLASSIFICATION_LINE.match(lines[index]) and _SECTION.search(lines[index])
    ] or _repeated_beginnings(lines, text)
    if any(sections):  # one on the first line begins the message
        start = _message_start(lines, furniture)
        for section in sections:
            if section > start > 0:
                yield from _section_lines(lines, section)


def _repeated_beginnings(lines: list[str], text: str) -> list[int]:
    """Return the indices of a message's first line and of those that repeat it, where it was sent again."""
    first = next((line for line in lines[:MAX_HEADER_LINES] if _OWN_LINE.match(line)), None)
    if first is None or text.count(first) < 2:
        return []
    return [index for index, line in enumerate(lines) if line == first]


def _lines_with(word: str, text: str) -> Iterator[int]:
    """Yield the index of the line of each occurrence of a word."""
    index = before = 0
    for at in _occurrences(word, text):
        index += text.count("\n", before, at)
        yield index
        before = at


def _occurrences(word: str, text: str) -> Iterator[int]:
    """Yield the offset of each occurrence of a word."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def _message_start(lines: list[str], furniture: set[int]) -> int:
    """Return the first line that cannot stand before a message's classification line, 0 if there is none."""
    return next(
        (i for i, line in enumerate(lines) if line.strip() and i not in furniture and not _is_preface(line)),
        0,
    )


def _is_preface(line: str) -> bool:
    """Whether a line is a message's classification line, or may stand before it, as a date does."""
    return bool(CLASSIFICATION_LINE.match(line)) or (len(line) < MAX_PREFACE and not _BEGUN.match(line))


def _header_lines(lines: list[str]) -> list[str]:
    """Return those of a message's first lines that are its header: up to the end of its last field."""
    end = max(
        (index + 1 for index, line in enumerate(lines) if _HEADER_FIELD.match(line)), default=len(lines)
    )
    while end < len(lines) and lines[end] and not _PARAGRAPH.match(lines[end]):
        end += 1
    return lines[:end]


def _section_lines(lines: list[str], start: int) -> Iterator[int]:
    """Yield the indices of a section heading and of the lines below it that repeat the message's header."""
    header = {line.strip() for line in _header_lines(lines[: min(start, MAX_HEADER_LINES)]) if line.strip()}
    fields = {field[0] for line in header if (field := _FIELD_NAME.match(line))}
    yield start
    for index in range(start + 1, min(start + MAX_REPEATED_LINES, len(lines))):
        line = lines[index]
        if line.strip() and line.strip() not in header:
            field = _FIELD_NAME.match(line.strip())
            if not _REPEATED.match(line) or (field and field[0] not in fields):
                return
        yield index
