"""A message's body, into paragraphs under their headings. No word is lost, none comes twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..cable import Kind
from .marking import PORTION, marking
from .prose import rejoin
from .sequence import Number
from .title import BULLET, END, REDACTED, WEBSITE, is_title

_RULE = re.compile(r"^\s*(?:[-=*_~#/]{2}[-=*_~#/ ]*|-(?: -)+|[-=*_~]{2,}[-=*_~. ]*)\s*$")
_RULES_WITHIN = re.compile(r"(?:^|\s)[-=_*~]{3,}(?=\s|$)")
_PORTION = re.compile(rf"^\s*{PORTION}\s*", re.IGNORECASE)
_ENDED = re.compile(r"[.!?:;\"”)\]][\s]*$")

_PARTED = re.compile(r"-(?<=[A-Za-z]-)\n")  # a word at a line's end may be
_BLANKS = re.compile(r"(?:[^\S\n]*\n)*")
_BLANK = re.compile(r"\n(?:[^\S\n]*\n)+")

PLAIN = 8  # words of a heading that is written like a sentence
HEADING_LINES = 4  # lines that a heading may run over


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph before it has an id: the printed number, marking, heading, kind and text."""

    number: str | None
    marking: str | None
    heading: str | None
    kind: Kind | None
    text: str


def parts(before: str, text: str, numbers: list[Number]) -> list[Part]:
    """Cut a message's body at its paragraphs' numbers.

    Args:
        before: the body's text before the first number, without the message header.
        text: the message, to the end of its last paragraph.
        numbers: where in it the paragraphs begin.
    """
    parted = _PARTED.search(text) or _PARTED.search(before)
    vocabulary = frozenset(re.findall(r"[a-z]+(?:-[a-z]+)*", f"{before}\n{text}".lower()) if parted else ())
    found: list[Part] = []
    heading: str | None = None
    for unnumbered, upcoming in _segments(before, bool(numbers)):
        heading = upcoming if unnumbered is None else heading
        if unnumbered is not None:
            found.append(_unnumbered(unnumbered, heading, vocabulary))
    ends = [*(number.start for number in numbers[1:]), len(text)]
    for number, end in zip(numbers, ends, strict=bool(numbers)):
        own, extra, upcoming = _cut(text[number.end : end], last=end == len(text))
        mark = marking(number.marking) if number.marking else None
        found.append(Part(str(number.value), mark, heading, None, _text(own, vocabulary)))
        found.extend(_unnumbered(block, heading, vocabulary) for block in extra)
        heading = upcoming or heading
    return _with_kinds([part for part in found if part.number or re.search(r"\w", part.text)])


def _segments(text: str, followed: bool) -> Iterator[tuple[str | None, str | None]]:
    """Give the blocks of unnumbered text and the headings among them, in order, as (block, heading)."""
    blocks = _blocks(text)
    pending: list[str] = []
    for index, block in enumerate(blocks):
        title = _heading(block, alone=followed or index + 1 < len(blocks))
        if title:
            pending.append(title)
            continue
        if pending:
            yield None, " / ".join(pending)
            pending = []
        above, below = _last_heading(block)
        yield above, None
        if below:
            pending.append(below)
    if pending and followed:
        yield None, " / ".join(pending)
    elif pending:
        yield from ((title, None) for title in pending)


def _unnumbered(block: str, heading: str | None, vocabulary: frozenset[str]) -> Part:
    portion = _PORTION.match(block)
    text = block[portion.end() :] if portion else block
    return Part(
        None, marking(portion["marking"]) if portion else None, heading, None, _text(text, vocabulary)
    )


def _blocks(text: str) -> list[str]:
    """Part a text at its blank lines; a rule belongs to the lines that it is drawn about."""
    begun = _BLANKS.match(text)
    assert begun
    return [block for block in _BLANK.split(text[begun.end() :].rstrip()) if block]


def _cut(segment: str, *, last: bool) -> tuple[str, list[str], str | None]:
    """Part what follows a number into the paragraph, unnumbered ones behind it, and the next heading."""
    blocks = _blocks(segment)
    titles: list[str] = []
    while (
        not last and len(blocks) > 1 and (title := _heading(blocks[-1], alone=True) or _plain(*blocks[-2:]))
    ):
        titles.insert(0, title)
        blocks.pop()
    if blocks and not last:
        above, below = _last_heading(blocks[-1])
        if below:
            blocks[-1] = above
            titles.insert(0, below)
    own = blocks[:1]
    for block in blocks[1:]:
        if _PORTION.match(block) or WEBSITE.match(block) or REDACTED.match(block):
            own.append(block)
        else:
            own[-1] += f"\n\n{block}"
    return "".join(own[:1]), own[1:], " / ".join(titles) or None


def _heading(block: str, *, alone: bool) -> str | None:
    """Give the heading that a block of lines is, None if it is something else."""
    lines = block.split("\n")
    words = [line for line in lines if not _RULE.match(line)]
    if not words or len(words) > HEADING_LINES or END.match(words[0]) or REDACTED.match(words[0]):
        return None
    title = _title(words)
    if WEBSITE.match(title):
        return None
    if len(words) < len(lines) and _RULE.match(lines[-1]):
        return title or None
    return title if alone and len(words) <= 2 and is_title(_PORTION.sub("", title)) else None


def _plain(before: str, block: str) -> str | None:
    """Give a heading in small letters: a short line alone, without a stop, below a sentence's end."""
    title = block.strip()
    if "\n" in title or len(title.split()) > PLAIN or END.match(title) or REDACTED.match(title):
        return None
    return title if title[:1].isupper() and title[-1:].isalnum() and _ENDED.search(before[-3:]) else None


def _last_heading(block: str) -> tuple[str, str | None]:
    """Part a block whose last lines are a heading: underlined, or plainly a title after a sentence's end."""
    lines = block.split("\n")
    last = len(lines)
    if last > 1 and _RULE.match(lines[-1]):
        top = last - 1
        while top > 0 and last - 1 - top < HEADING_LINES and not _RULE.match(lines[top - 1]):
            if top < last - 1 and _ENDED.search(lines[top - 1]):
                break
            top -= 1
        title = _title(lines[top : last - 1])
        ruled = top > 0 and _RULE.match(lines[top - 1])
        if title and top > 0 and not BULLET.match(title) and not END.match(title):
            return "\n".join(lines[: top - 1 if ruled else top]), title
    elif last > 1 and _ENDED.search(lines[-2]) and len(lines[-1]) < 75 and is_title(lines[-1].strip()):
        return "\n".join(lines[:-1]), _title(lines[-1:])
    return block, None


def _title(lines: list[str]) -> str:
    """Give a heading's lines as one, without rules and slashes about it."""
    return " ".join(_RULES_WITHIN.sub(" ", " ".join(lines)).split()).strip("/ ")


def _text(block: str, vocabulary: frozenset[str]) -> str:
    """Give a paragraph's text: its blocks one below the other, those cut in mid-sentence joined."""
    pieces: list[str] = []
    for piece in (rejoin(lines, vocabulary) for lines in _blocks(block)):
        if pieces:
            pieces.append(" " if piece[:1].islower() and not _ENDED.search(pieces[-1][-3:]) else "\n")
        pieces.append(piece)
    return "".join(pieces)


_SUMMARY = re.compile(
    r"^\(?\s*(?:begin\s+)?(?:executive\s+)?summary\b|^introduction and (?:summary|comment)\b", re.IGNORECASE
)
_COMMENT = re.compile(
    r"^\(?\s*(?:begin\s+)?(?:[A-Za-z'’.]+\s+){0,2}comments?\b(?=\s*(?:[:.\-–)(/]|and\b|$))", re.IGNORECASE
)
_ACTION = re.compile(
    r"^\(?\s*(?:(?:this is an?|begin|department|post)\s+)?action\s+(?:request|requir|cable|message)",
    re.IGNORECASE,
)
_KINDS = ((_ACTION, Kind.ACTION), (_SUMMARY, Kind.SUMMARY), (_COMMENT, Kind.COMMENT))
_ENDS = {
    Kind.SUMMARY: re.compile(
        r"\bend(?:\s+of)?\s+(?:executive\s+|introduction and\s+)?(?:summary|comment)", re.IGNORECASE
    ),
    Kind.COMMENT: re.compile(r"\bend(?:\s+of)?\s+(?:\w+\s+)?comment", re.IGNORECASE),
}


def kind_of(text: str) -> Kind | None:
    """Tell what a paragraph is for by its first words, None where they do not say."""
    return next((kind for pattern, kind in _KINDS if pattern.match(text)), None)


def _with_kinds(found: list[Part]) -> list[Part]:
    """Say what each paragraph is for: by its first words, or by the heading until its matter has ended.

    A summary that announces its end runs to there; a heading `Summary` is left behind with it.
    """
    result: list[Part] = []
    running: Kind | None = None
    left: str | None = None
    titled: str | None = None
    for index, part in enumerate(found):
        heading = None if part.heading == left else part.heading
        if heading != titled:
            titled, left = heading, None if heading else left
            running = kind_of(heading) if heading else None
        kind = kind_of(part.text) or running
        if kind and running is None and _announced(kind, part, found[index + 1 :]):
            running = kind
        same = heading == part.heading and kind == part.kind
        result.append(part if same else replace(part, heading=heading, kind=kind))
        end = _ENDS.get(running) if running else None
        if end and end.search(part.text[-60:]):
            left = part.heading if part.heading and kind_of(part.heading) else left
            running = None
    return result


def _announced(kind: Kind, part: Part, following: list[Part]) -> bool:
    """Tell whether a matter runs on: its end comes in a later paragraph, before any other begins."""
    end = _ENDS.get(kind)
    if end is None or end.search(part.text):
        return False
    for later in following[:8]:
        if kind_of(later.text) or later.heading != part.heading:
            return False
        if end.search(later.text[-60:]):
            return True
    return False
