"""A message's body, into paragraphs under their headings. No word is lost, none comes twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..model.cable import Kind
from ..steps import Steps
from .marking import PORTION, normalize_marking
from .prose import rejoin
from .sequence import Number
from .title import BULLET, END, REDACTED, WEBSITE, is_title

_RULE = re.compile(r"^\s*(?:[-=*_~#/]{2}[-=*_~#/ ]*+|-(?: -)+|[-=*_~]{2}[-=*_~. ]*+)\s*$")
_RULES_WITHIN = re.compile(r"(?:^|\s)[-=_*~]{3,}(?=\s|$)")
_PORTION = re.compile(rf"^\s*{PORTION}\s*", re.IGNORECASE)
_STOPS = (".", "!", "?", ":", ";", '"', "”", ")", "]")

_LETTER = re.compile(r"\w")
_PARTED = re.compile(r"-(?<=[A-Za-z]-)\n")  # a word at a line's end may be
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_BLANKS = re.compile(r"(?:[^\S\n]*\n)*")
_BLANK = re.compile(r"\n(?:[^\S\n]*\n)+")

PLAIN = 8  # words of a heading that is written like a sentence
HEADING_LINES = 4  # lines that a heading may run over


class Part(NamedTuple):
    """A paragraph before it has an id: the printed number, marking, heading, kind and text."""

    number: str | None
    marking: str | None
    heading: str | None
    kind: Kind | None
    text: str


def parts(before: str, text: str, numbers: list[Number]) -> Steps[list[Part]]:
    """Cut a message's body at its paragraphs' numbers, in steps.

    Args:
        before: the body's text before the first number, without the message header.
        text: the message, to the end of its last paragraph.
        numbers: where in it the paragraphs begin.
    """
    vocabulary = _words(f"{before}\n{text}") if "-\n" in text or "-\n" in before else frozenset()
    found: list[Part] = []
    heading: str | None = None
    for unnumbered, upcoming in _segments(before, bool(numbers)):
        heading = upcoming if unnumbered is None else heading
        if unnumbered is not None:
            found.append(_unnumbered([unnumbered], heading, vocabulary))
    yield
    starts = [number.start for number in numbers]
    cut = [
        _cut(text[number.end : end], last=end == len(text))
        for number, end in zip(numbers, [*starts[1:], len(text)], strict=bool(numbers))
    ]
    yield
    texts = [_text(own, vocabulary) for own, _, _ in cut]
    yield
    for number, own, (_, extra, upcoming) in zip(numbers, texts, cut, strict=True):
        mark = normalize_marking(number.marking) if number.marking else None
        found.append(Part(str(number.value), mark, heading, None, own))
        found.extend(_unnumbered(blocks, heading, vocabulary) for blocks in extra)
        heading = upcoming or heading
    return _with_kinds([part for part in found if part.number or _LETTER.search(part.text)])


def _words(text: str) -> frozenset[str]:
    """Give a text's words in small letters, none where no word is parted at a line's end."""
    return frozenset(_WORD.findall(text.lower()) if _PARTED.search(text) else ())


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


def _unnumbered(blocks: list[str], heading: str | None, vocabulary: frozenset[str]) -> Part:
    portion = _PORTION.match(blocks[0])
    if not portion:
        return Part(None, None, heading, None, _text(blocks, vocabulary))
    begun = blocks[0][portion.end() :]
    text = _text([begun, *blocks[1:]] if begun else blocks[1:], vocabulary)
    return Part(None, normalize_marking(portion["marking"]), heading, None, text)


def _blocks(text: str) -> list[str]:
    """Part a text at its blank lines; a rule belongs to the lines that it is drawn about."""
    begun = _BLANKS.match(text)
    assert begun
    return [block for block in _BLANK.split(text[begun.end() :].rstrip()) if block]


def _cut(segment: str, *, last: bool) -> tuple[list[str], list[list[str]], str | None]:
    """Part what follows a number into the paragraph, unnumbered ones behind it, and the next heading.

    A paragraph is its blocks.
    """
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
    paragraphs = [blocks[:1]]
    for block in blocks[1:]:
        if _PORTION.match(block) or WEBSITE.match(block) or REDACTED.match(block):
            paragraphs.append([block])
        else:
            paragraphs[-1].append(block)
    return paragraphs[0], paragraphs[1:], " / ".join(titles) or None


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
    return title if title[:1].isupper() and title[-1:].isalnum() and _ended(before[-3:]) else None


def _last_heading(block: str) -> tuple[str, str | None]:
    """Part a block whose last lines are a heading: underlined, or plainly a title after a sentence's end."""
    lines = block.split("\n")
    last = len(lines)
    if last > 1 and _RULE.match(lines[-1]):
        top = last - 1
        while top > 0 and last - 1 - top < HEADING_LINES and not _RULE.match(lines[top - 1]):
            if top < last - 1 and _ended(lines[top - 1]):
                break
            top -= 1
        title = _title(lines[top : last - 1])
        ruled = top > 0 and _RULE.match(lines[top - 1])
        if title and top > 0 and not BULLET.match(title) and not END.match(title):
            return "\n".join(lines[: top - 1 if ruled else top]), title
    elif last > 1 and _ended(lines[-2]) and len(lines[-1]) < 75 and is_title(lines[-1].strip()):
        return "\n".join(lines[:-1]), _title(lines[-1:])
    return block, None


def _ended(text: str) -> bool:
    """Tell whether a sentence ends where a text does."""
    return text.rstrip().endswith(_STOPS)


def _title(lines: list[str]) -> str:
    """Give a heading's lines as one, without rules and slashes about it."""
    return " ".join(_RULES_WITHIN.sub(" ", " ".join(lines)).split()).strip("/ ")


def _text(blocks: list[str], vocabulary: frozenset[str]) -> str:
    """Give a paragraph's text: its blocks one below the other, those cut in mid-sentence joined."""
    if len(blocks) == 1:
        return rejoin(blocks[0], vocabulary)
    pieces: list[str] = []
    for piece in (rejoin(block, vocabulary) for block in blocks):
        if pieces:
            pieces.append(" " if piece[:1].islower() and not _ended(pieces[-1][-3:]) else "\n")
        pieces.append(piece)
    return "".join(pieces)


_KIND = re.compile(
    r"""\(?\s*(?:(?:this\ is\ an?|begin|department|post)\s+)?
            action\s+(?P<action>request|requir|cable|message)
        | \(?\s*(?:begin\s+)?(?:executive\s+)?(?P<summary>summary)\b
        | introduction\ and\ (?P<introduction>summary|comment)\b
        | \(?\s*(?:begin\s+)?(?:[A-Za-z'’.]+\s+){0,2}(?P<comment>comments?)\b(?=\s*(?:[:.\-–)(/]|and\b|$))
    """,
    re.IGNORECASE | re.VERBOSE,
)
_KINDS = {
    "action": Kind.ACTION,
    "summary": Kind.SUMMARY,
    "introduction": Kind.SUMMARY,
    "comment": Kind.COMMENT,
}
# How a matter's end is announced, in small letters: so it is found fast.
_ENDS = {
    Kind.SUMMARY: re.compile(
        r"end(?<!\wend)(?:\s+of)?\s+(?:executive\s+|introduction and\s+)?(?:summary|comment)"
    ),
    Kind.COMMENT: re.compile(r"end(?<!\wend)(?:\s+of)?\s+(?:\w+\s+)?comment"),
}


def kind_of(text: str) -> Kind | None:
    """Tell what a paragraph is for by its first words, None where they do not say."""
    said = _KIND.match(text)
    return _KINDS[said.lastgroup] if said and said.lastgroup else None


def _with_kinds(found: list[Part]) -> list[Part]:
    """Say what each paragraph is for: by its first words, or by the heading until its matter has ended.

    A summary that announces its end runs to there; a heading `Summary` is left behind with it.
    """
    result: list[Part] = []
    own = [kind_of(part.text) for part in found]
    running: Kind | None = None
    left: str | None = None
    titled: str | None = None
    for index, part in enumerate(found):
        heading = None if part.heading == left else part.heading
        if heading != titled:
            titled, left = heading, None if heading else left
            running = kind_of(heading) if heading else None
        kind = own[index] or running
        if kind and running is None and _announced(kind, index, found, own):
            running = kind
        same = heading == part.heading and kind == part.kind
        result.append(part if same else part._replace(heading=heading, kind=kind))
        if running and _ends(running, part.text[-60:]):
            left = part.heading if part.heading and kind_of(part.heading) else left
            running = None
    return result


def _announced(kind: Kind, index: int, found: list[Part], own: list[Kind | None]) -> bool:
    """Tell whether a matter runs on: its end comes in a later paragraph, before any other begins."""
    part = found[index]
    if kind not in _ENDS or _ends(kind, part.text):
        return False
    for later in range(index + 1, min(index + 9, len(found))):
        if own[later] or found[later].heading != part.heading:
            return False
        if _ends(kind, found[later].text[-60:]):
            return True
    return False


def _ends(kind: Kind, text: str) -> bool:
    """Tell whether a text announces the end of a matter."""
    end = _ENDS.get(kind)
    return bool(end and end.search(text.lower()))
