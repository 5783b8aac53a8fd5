"""Split a message's body into paragraphs under their headings. No word is lost, none comes twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..model.cable import Kind
from .marking import PORTION, normalize_marking
from .prose import Vocabulary, rejoin
from .sequence import Number
from .title import BULLET, END, REDACTED, WEBSITE, is_title

_RULE = re.compile(
    r"^\s*(?:[-=*_~#/]{2}[-=*_~#/ ]*+|[-=*_~]{1,2}(?: [-=*_~]{1,2})++|[-=*_~]{2}[-=*_~. ]*+)\s*$"
)
_RULE_BEGUN = re.compile(r"\s*[-=*_~#/]")
_RULES_WITHIN = re.compile(r"(?:^|\s)(?:[-=_*~]{3,}|-(?: --?){2,})(?=\s|$)")
_PORTION = re.compile(rf"^\s*{PORTION}\s*", re.IGNORECASE)
_MARKED_LINE = re.compile(rf"(?<=[.!?\"”)])[ \t]*\n(?=[ \t]*{PORTION}[ \t]*[A-Z\"“])")
_WEBSITE_LINE = re.compile(
    r"(?<=[.!?\"”)])[ \t]*\n(?=[ \t]*(?:[Pp]lease )?[Vv]isit\b[^\n]{0,80}\b[Ww]eb ?(?:[Ss]ite|page))"
)
_LETTERED = re.compile(r"^[ \t]*\([AB]\)", re.MULTILINE)
_STOPS = (".", "!", "?", ":", ";", '"', "”", ")", "]", "'", "’")

_SENTENCE = re.compile(r"[a-z]{2}\.\s*$", re.IGNORECASE)
_DASHED = re.compile(r"^\s*(?:[-•*>]+\s*\w)")
_LETTER = re.compile(r"\w")

MAX_SENTENCE_CASE_WORDS = 8  # of a heading that is written like a sentence
MAX_HEADING_LINES = 4  # that a heading may run over
TITLE_COLUMNS = 75  # a longer last line is no title
MAX_RULED_TITLE = 200  # characters of a heading with a rule; longer ones are text
MAX_BARE_TITLES = 2  # headings without rules that may stand in a row
MAX_RULE_DIFFERENCE = 3  # columns by which the rule below a title may be shorter or longer
LIST_COLUMNS = 45  # lines of a list are shorter than those of prose
MAX_KIND = 80  # characters of a paragraph in which its first words say what it is for
FULL_LINE = 45  # columns; a shorter line did not end for lack of room


class Passage(NamedTuple):
    """A paragraph as it is cut out of the body: its text is still blocks of lines.

    Attributes:
        indent: columns of its first line before the text, where its number and marking stood.
    """

    number: str | None
    marking: str | None
    heading: str | None
    blocks: list[str]
    indent: int = 0


class Cut(NamedTuple):
    """A body that is cut into passages.

    Attributes:
        vocabulary: the body's words, by which a hyphen at a line's end is judged.
    """

    passages: list[Passage]
    vocabulary: Vocabulary


class Part(NamedTuple):
    """A paragraph before it has an id."""

    number: str | None
    marking: str | None
    heading: str | None
    kind: Kind | None
    text: str


def cut(before: str, text: str = "", numbers: Sequence[Number] = ()) -> Cut:
    """Cut a message's body at its paragraphs' numbers and at unnumbered paragraphs.

    Args:
        before: the body's text before the first number, without the message header.
        text: the message, to the end of its last paragraph.
        numbers: where in it the paragraphs begin.
    """
    passages: list[Passage] = []
    heading: str | None = None
    for block, title in _unnumbered_blocks(before, followed=bool(numbers)):
        if block is None:
            heading = title
        else:
            passages.append(_unnumbered([block], heading))
    ends = [*(number.start for number in numbers[1:]), len(text)]
    for number, end in zip(numbers, ends, strict=bool(numbers)):
        blocks, extra, next_heading = _cut_segment(text[number.end : end], last=end == len(text))
        mark = normalize_marking(number.marking) if number.marking else None
        passages.append(Passage(str(number.value), mark, heading, blocks, number.end - number.start))
        passages += [_unnumbered(blocks, heading) for blocks in extra]
        heading = next_heading or heading
    return Cut(passages, Vocabulary(before, text))


def parts(cut: Cut) -> list[Part]:
    """Return the paragraphs of a body, their lines rejoined, with what each is for."""
    joined = [
        Part(passage.number, passage.marking, passage.heading, None, _text(passage, cut.vocabulary))
        for passage in cut.passages
    ]
    return _with_kinds([part for part in joined if part.number or _LETTER.search(part.text)])


def _unnumbered_blocks(text: str, *, followed: bool) -> Iterator[tuple[str | None, str | None]]:
    """Yield the blocks of unnumbered text as (block, None), the headings among them as (None, heading).

    A line that begins with a marking begins a block, unless it is an item of a list `(A)`, `(B)`, `(C)`.

    Args:
        followed: numbered paragraphs come after it, so that a title at its end is a heading.
    """
    if "(" in text and not _LETTERED.search(text):
        text = _MARKED_LINE.sub("\n\n", text)
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
        above, below = _split_last_heading(block)
        yield above, None
        if below:
            pending.append(below)
    if pending and followed:
        yield None, " / ".join(pending)
    elif pending:
        yield from ((title, None) for title in pending)


def _unnumbered(blocks: list[str], heading: str | None) -> Passage:
    """Return an unnumbered passage; its marking may be printed at its beginning."""
    portion = _PORTION.match(blocks[0])
    if not portion:
        return Passage(None, None, heading, blocks)
    first = blocks[0][portion.end() :]
    rest = [first, *blocks[1:]] if first else blocks[1:]
    indent = 0 if "\n" in portion[0] else portion.end()
    return Passage(None, normalize_marking(portion["marking"]), heading, rest, indent)


def _blocks(text: str) -> list[str]:
    """Split a text at its blank lines; a rule belongs to the lines that it is drawn around."""
    blocks = [
        block
        for printed in text.rstrip().split("\n\n")
        if (block := printed.strip("\n")) and not block.isspace()
    ]
    return _with_rules(blocks) if len(blocks) > 1 and any(map(_is_rule, blocks)) else blocks


def _with_rules(blocks: list[str]) -> list[str]:
    """Put rules that blank lines part from the title above or below them beside it."""
    result: list[str] = []
    for block in blocks:
        above = result[-1] if result else ""
        if above and (
            (_is_rule(block) and _can_be_ruled(above, block)) or (_is_rule(above) and _is_short(block))
        ):
            result[-1] = f"{above}\n{block}"
        else:
            result.append(block)
    return result


def _is_rule(block: str) -> bool:
    """Whether a block is a rule, which may run over more than one line."""
    return bool(_RULE_BEGUN.match(block)) and all(map(_RULE.match, block.split("\n")))


def _can_be_ruled(block: str, rule: str) -> bool:
    """Whether a rule below a block is drawn under it, or under a title that is its last line."""
    above, _, line = block.rpartition("\n")
    if not above or _is_rule(above):
        return not _is_rule(block) and _is_short(line)
    fits = abs(len(line.strip()) - len(rule.strip())) <= MAX_RULE_DIFFERENCE
    return fits and _ends_sentence(above) and _is_short(line)


def _is_short(block: str) -> bool:
    """Whether a block may be a title: a line or two that are no sentence, item or marked text."""
    lines = block.split("\n")
    return (
        len(lines) <= 2
        and all(len(line) < TITLE_COLUMNS for line in lines)
        and not block.rstrip().endswith((".", ",", ";"))
        and not any(pattern.match(block) for pattern in (BULLET, END, REDACTED, WEBSITE, _PORTION))
    )


def _cut_segment(segment: str, *, last: bool) -> tuple[list[str], list[list[str]], str | None]:
    """Cut what follows a number: the paragraph's blocks, those of unnumbered ones, and the next heading."""
    if last and "isit" in segment:
        segment = _WEBSITE_LINE.sub("\n\n", segment)
    blocks = _blocks(segment)
    titles: list[str] = []
    if not last and len(blocks) > 1:
        while _is_rule(blocks[-1]) and len(blocks) > 1:
            blocks.pop()  # of the next heading, which the paragraph after it may have as its first words
        titles = _pop_titles(blocks)
    if blocks and not last:
        above, below = _split_last_heading(blocks[-1])
        if below:
            blocks[-1] = above
            titles.insert(0, below)
    paragraphs = [blocks[:1]]
    for block in blocks[1:]:
        if (_PORTION.match(block) and "(B)" not in segment) or WEBSITE.match(block) or REDACTED.match(block):
            paragraphs.append([block])
        else:
            paragraphs[-1].append(block)
    return paragraphs[0], paragraphs[1:], " / ".join(titles) or None


def _pop_titles(blocks: list[str]) -> list[str]:
    """Take the headings off the end of a paragraph's blocks, and return them.

    Three and more lines without rules are a list, as of participants, and so are those below a colon.
    """
    titles: list[str] = []
    ruled = 0  # how many of the last ones have a rule
    end = len(blocks)
    while end > 1 and (
        title := _heading(blocks[end - 1], alone=True) or _sentence_case_heading(*blocks[end - 2 : end])
    ):
        titles.insert(0, title)
        end -= 1
        if len(titles) == ruled + 1 and _RULE.match(blocks[end].rpartition("\n")[2]):
            ruled += 1
    bare = len(titles) - ruled
    if bare > MAX_BARE_TITLES or (bare and blocks[end - 1].rstrip().endswith(":")):
        end, titles = end + bare, titles[bare:]
    del blocks[end:]
    return titles


def _ends_as_prose(block: str) -> bool:
    """Whether a block ends with a full stop, as most do, so that no heading is last in it."""
    return block.endswith(".") and not block.endswith("...")


def _heading(block: str, *, alone: bool) -> str | None:
    """Return a block's text if it is a heading, else None.

    Args:
        alone: it may be a heading without a rule, by its words.
    """
    if _ends_as_prose(block):
        return None
    lines = block.split("\n")
    words = [line for line in lines if not _RULE.match(line)]
    if not words or len(words) > MAX_HEADING_LINES or END.match(words[0]) or REDACTED.match(words[0]):
        return None
    title = _title(words)
    if WEBSITE.match(title) or (len(words) > 1 and (_DASHED.match(words[0]) or _SENTENCE.search(words[-2]))):
        return None
    if len(words) < len(lines) and _RULE.match(lines[-1]):
        if len(words) > 1 and any(_is_text_above(line, words[-1], lines[-1]) for line in words[:-1]):
            return None  # the rule is drawn below the last line alone
        return title if title and len(title) <= MAX_RULED_TITLE else None
    if not alone or len(words) > 2 or (len(words) == 2 and words[0].rstrip().endswith(":")):
        return None
    return title if is_title(_PORTION.sub("", title)) else None


def _sentence_case_heading(before: str, block: str) -> str | None:
    """Return a heading like `Next steps`: a short line alone, without a stop, after the end of a sentence."""
    title = block.strip()
    if (
        "\n" in title
        or len(title.split()) > MAX_SENTENCE_CASE_WORDS
        or END.match(title)
        or REDACTED.match(title)
    ):
        return None
    return title if title[:1].isupper() and title[-1:].isalnum() and _ends_sentence(before[-3:]) else None


def _split_last_heading(block: str) -> tuple[str, str | None]:
    """Split off a block's last lines if they are a heading: underlined, or a title after a sentence's end."""
    if _ends_as_prose(block):
        return block, None
    lines = block.split("\n")
    last = len(lines)
    if last > 1 and _RULE.match(lines[-1]):
        top = last - 1
        while top > 0 and last - 1 - top < MAX_HEADING_LINES and not _RULE.match(lines[top - 1]):
            if top < last - 1 and (
                _ends_text(lines[top - 1]) or _is_text_above(lines[top - 1], lines[top], lines[-1])
            ):
                break
            top -= 1
        while top > 1 and _is_ruled_line(lines[top - 2], lines[top - 1]):
            top -= 2  # each line of the heading has a rule of its own
        title = _title([line for line in lines[top : last - 1] if not _RULE.match(line)])
        ruled = top > 0 and _RULE.match(lines[top - 1])
        if (
            title
            and top > 0
            and not BULLET.match(title)
            and not END.match(title)
            and len(title) <= MAX_RULED_TITLE
        ):
            return "\n".join(lines[: top - 1 if ruled else top]), title
        if joined := _ruled_end(lines[-2], lines[-1]):
            return "\n".join([*lines[:-2], lines[-2].rstrip()[: -len(joined)].rstrip()]), joined
    elif (
        last > 1
        and len(lines[-1]) < TITLE_COLUMNS
        and not lines[-2].rstrip().endswith(":")
        and _ends_text(lines[-2])
        and (is_title(lines[-1].strip()) or _sentence_case_heading(lines[-2], lines[-1]))
        and not _is_list(lines[:-1])
    ):
        return "\n".join(lines[:-1]), _title(lines[-1:])
    return block, None


def _ruled_end(line: str, rule: str) -> str | None:
    """Return a title that a copyist joined to the line above, which is as long as the rule below it."""
    length = len(rule.strip())
    for stop in _SENTENCE_END.finditer(line, max(0, len(line) - length - MAX_RULE_DIFFERENCE - 2)):
        title = line[stop.end() :].strip()
        if abs(len(title) - length) <= 1 and is_title(title):
            return title
    return None


_SENTENCE_END = re.compile(r"[.!?][\"”)]?\s+")


def _is_text_above(line: str, title: str, rule: str) -> bool:
    """Whether a line above a title with a rule is none of the title: a sentence's end, a table's row."""
    return bool(REDACTED.match(line)) or (
        line.rstrip()[-1:].isdigit()
        or bool(_SENTENCE.search(line) or _END_WITHIN.search(line[-30:]))
        or _is_wider(line, title, rule)
    )


def _is_wider(line: str, title: str, rule: str) -> bool:
    """Whether a line is longer than the rule below a title that is as long as the rule."""
    length = len(rule.strip())
    return (
        abs(len(title.strip()) - length) <= MAX_RULE_DIFFERENCE
        and len(line.strip()) > length + MAX_RULE_DIFFERENCE
    )


def _is_ruled_line(line: str, rule: str) -> bool:
    """Whether a rule is drawn below a line, as long as it is."""
    difference = abs(len(line.strip()) - len(rule.strip()))
    return (
        bool(_RULE.match(rule))
        and difference <= MAX_RULE_DIFFERENCE
        and not _ends_text(line)
        and _is_short(line)
    )


def _is_list(lines: list[str]) -> bool:
    """Whether a block's lines are a list, as of participants: the last ones are short."""
    return len(lines) > 1 and all(len(line) < LIST_COLUMNS for line in lines[-3:])


def _ends_text(line: str) -> bool:
    """Whether a title may follow a line: it ends a sentence, or announces the end of a part."""
    return (
        _ends_sentence(line)
        or bool(END.match(line))
        or ("nd " in line[-30:].lower() and bool(_END_WITHIN.search(line[-30:])))
    )


_END_WITHIN = re.compile(r"\bend (?:of )?(?:summary|comment|note|text)\W*$", re.IGNORECASE)


def _ends_sentence(text: str) -> bool:
    """Whether a text ends with the end of a sentence."""
    return text.rstrip().endswith(_STOPS)


def _title(lines: list[str]) -> str:
    """Join a heading's lines, without the rules and slashes around them."""
    return " ".join(_RULES_WITHIN.sub(" ", " ".join(lines)).split()).strip("/ ")


def _text(passage: Passage, vocabulary: Vocabulary) -> str:
    """Join a paragraph's blocks: by line breaks, but by spaces where one was cut in mid-sentence."""
    blocks, indent = passage.blocks, passage.indent
    if len(blocks) == 1:
        return rejoin(blocks[0], vocabulary, indent)
    pieces: list[str] = []
    for index, block in enumerate(blocks):
        piece = rejoin(block, vocabulary, 0 if index else indent)
        if index:
            pieces.append(" " if _runs_on(piece, pieces[-1], blocks[index - 1]) else "\n")
        pieces.append(piece)
    return "".join(pieces)


def _runs_on(piece: str, above: str, block: str) -> bool:
    """Whether a block continues the sentence of the block above it, which a blank line cut.

    Args:
        piece: the block, rejoined, and `above` the one above it.
        block: the one above as printed: in capitals, it is only cut where its last line is full.
    """
    if _ends_sentence(above[-3:]):
        return False
    if piece[:1].islower():
        return True
    full = len(block) - block.rfind("\n") - 1 >= FULL_LINE
    return full and piece[:1].isalpha() and piece[:80].isupper() and above[-80:].isupper()


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
# How the end of a summary or comment is announced; lower case, since ignoring case is slow.
_ENDS = {
    Kind.SUMMARY: re.compile(
        r"end(?<!\wend)(?:\s+of)?\s+(?:executive\s+|introduction and\s+)?(?:summary|comment)"
    ),
    Kind.COMMENT: re.compile(r"end(?<!\wend)(?:\s+of)?\s+(?:\w+\s+)?comment"),
}


def kind_of(text: str) -> Kind | None:
    """Return what a paragraph is for, by its first words; None where they do not say."""
    start = text[:MAX_KIND].lower()
    if "summary" not in start and "comment" not in start and "action" not in start:
        return None  # as most do, which is seen faster so
    match = _KIND.match(text)
    return _KINDS[match.lastgroup] if match and match.lastgroup else None


def _with_kinds(parts: list[Part]) -> list[Part]:
    """Return the paragraphs with what each is for: by its first words, or by the heading above it.

    A summary that announces its end runs to there; a heading `Summary` does not reach beyond that.
    """
    result: list[Part] = []
    own = [kind_of(part.text) for part in parts]
    running: Kind | None = None
    ended: str | None = None  # the heading whose summary or comment has ended
    last: str | None = None  # the heading of the paragraph before
    for index, part in enumerate(parts):
        heading = None if part.heading == ended else part.heading
        if heading != last:
            last, ended = heading, None if heading else ended
            running = kind_of(heading) if heading else None
        kind = own[index] or running
        if kind and running is None and _reaches_end(kind, index, parts, own):
            running = kind
        same = heading == part.heading and kind == part.kind
        result.append(part if same else part._replace(heading=heading, kind=kind))
        if running and _announces_end(running, part.text[-60:]):
            ended = part.heading if part.heading and kind_of(part.heading) else ended
            running = None
    return result


def _reaches_end(kind: Kind, index: int, parts: list[Part], own: list[Kind | None]) -> bool:
    """Whether a later paragraph announces the end of this kind, before another kind or heading begins."""
    part = parts[index]
    if kind not in _ENDS or _announces_end(kind, part.text):
        return False
    for later in range(index + 1, min(index + 9, len(parts))):
        if own[later] or parts[later].heading != part.heading:
            return False
        if _announces_end(kind, parts[later].text[-60:]):
            return True
    return False


def _announces_end(kind: Kind, text: str) -> bool:
    """Whether a text announces the end of a summary or comment."""
    end = _ENDS.get(kind)
    return bool(end and end.search(text.lower()))
