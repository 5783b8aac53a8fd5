"""How a made-up cable is printed: its transmission header and its message, in many layouts."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from .cables import Made, MadeParagraph, MadeReference


@dataclass(frozen=True)
class Layout:
    """How a cable is printed.

    Attributes:
        width: columns; `blank` the lines between paragraphs and fields, 0 to 2.
        order: of the header's fields, and which forms they have (`form`, any number).
        pages: a page line stands after every so many lines of the body, None for no pages.
        pilcrows: the archive's signs stand before the numbers.
        sections: in which the message was sent, each below a heading of its own.
        end: what is below the signature.
    """

    width: int = 69
    blank: int = 1
    order: tuple[str, ...] = ("order", "tags", "subject", "references", "classified_by")
    form: int = 0
    pages: int | None = None
    pilcrows: bool = False
    end: str = "\n"
    sections: int = 1


PLAIN = Layout()


def make_layout(seed: int) -> Layout:
    """Choose how a cable is printed."""
    random = Random(f"layout {seed}")
    middle = random.sample(("tags", "subject", "references"), 3)
    level = "\n\nCONFIDENTIAL\n\n"
    return Layout(
        width=random.choice((55, 60, 65, 69, 80, 10_000)),
        blank=random.choice((0, 1, 1, 2)),
        order=("order", *middle, "classified_by"),
        form=random.randrange(1 << 16),
        pages=random.choice((None, None, 9, 14, 20)),
        pilcrows=random.random() < 0.3,
        sections=random.choice((1, 1, 2, 3)),
        end=random.choice(("", "\n", "\nNNNN", f"{level}NNN", f"{level[1:]}<< END OF DOCUMENT >>")),
    )


def transmission(made: Made) -> str:
    """Return the transmission header."""
    to = "\n".join(f"{'TO ' if not n else ''}{name} PRIORITY {n + 12}" for n, name in enumerate(made.to))
    info = "\n".join(f"{'INFO ' if not n else ''}{name}" for n, name in enumerate(made.info))
    number = f"{made.serial:04}"
    routing = f"VZCZCXRO{number}\nRR RUEHBC RUEHDE\nDE RUEHXX #{number}/01 {made.sent:%j%H%M}\nZNY CCCCC ZZH"
    routed = "" if made.old or made.serial % 2 else routing
    lines = (routed, f"{made.precedence} {made.dtg}", f"FM {made.sender}", to, info)
    return "\n".join(filter(None, lines))


def message(made: Made, layout: Layout = PLAIN) -> str:
    """Return the message, from its classification line to its end."""
    # Where neither numbers nor markings begin the body, a blank line does.
    bare = made.paragraphs[0].number is None and not made.paragraphs[0].marking
    gap = "\n" * (max(layout.blank, bare) + 1)
    fields = dict(_fields(made, Random(layout.form), layout.width))
    header = [classification_line(made, layout), *(() if made.old or layout.form % 3 else ("SIPDIS",))]
    header += [fields[name] for name in layout.order if fields.get(name)]
    return f"{gap.join(header)}{gap}{body(made, layout)}"


def classification_line(made: Made, layout: Layout, section: int = 1) -> str:
    level = made.level if made.old and made.level == "UNCLASSIFIED" else " ".join(made.level)
    heading = f"SECTION {section:02} OF {layout.sections:02}" if layout.sections > 1 else ""
    return " ".join(filter(None, (level, *made.caveats, heading, made.station, f"{made.serial:06}")))


def _fields(made: Made, random: Random, width: int) -> Iterator[tuple[str, str]]:
    """Yield the fields of the message header, each in one of its forms."""
    wrap = min(width, 70)
    if made.old:
        yield "order", f"E.O. {made.order}: {made.declassify_on}"
    else:
        declassified = f"DECL: {made.declassify_on:%m/%d/%Y}" if made.declassify_on else "N/A"
        yield "order", f"E.O. {made.order}: {declassified}"
    yield "tags", fold(f"TAGS: {random.choice((', ', ' ', ',', '; '))[:2].join(made.tags)}", wrap)
    yield "subject", fold(f"{random.choice(('SUBJECT', 'SUBJ'))}: {made.subject}", wrap)
    yield "references", _references(made.references, random)
    if made.classified_by:
        letters = " and ".join(f"({reason[-2]})" for reason in made.reasons)
        forms = (
            f"Classified By: {made.classified_by}; reasons 1.4 {letters}.",
            f"Classified By: {made.classified_by} for reasons 1.4 {letters}.",
            f"Classified By: {made.classified_by}, Reason: 1.4 {letters.upper()}",
            f"CLASSIFIED BY: {made.classified_by}. REASON: 1.4 {letters.replace(' and ', ', ')}.",
        )
        yield "classified_by", fold(random.choice(forms), wrap)


def _references(references: tuple[MadeReference, ...], random: Random) -> str:
    digits = random.choice((2, 2, 4))
    printed = [
        f"{f'{cited.year} '[-digits - 1 :] if cited.year else ''}{cited.station} {cited.serial}"
        for cited in references
    ]
    if not printed:
        return ""
    if references[0].label is None:
        return f"REF: {printed[0]}"
    before, after, between = random.choice(
        (("", ". ", "\n     "), ("(", ") ", " "), ("", ") ", ", "), ("(", ") ", "\n"), ("", ". ", " "))
    )
    name = random.choice(("REF", "REFS", "REF(S)")) if len(references) > 1 else "REF"
    entries = (f"{before}{cited.label}{after}{text}" for cited, text in zip(references, printed, strict=True))
    return f"{name}: {between.join(entries)}"


def body(made: Made, layout: Layout = PLAIN) -> str:
    """Return the paragraphs and the signature."""
    gap = "\n" * (layout.blank + 1)
    # Without numbers it is the blank lines that tell paragraphs apart.
    between = gap if made.paragraphs[0].number is not None else "\n" * max(layout.blank + 1, 2)
    blocks: list[str] = []
    above = None
    for paragraph in made.paragraphs:
        if paragraph.heading != above:
            blocks.append(f"{paragraph.heading}\n{'-' * len(paragraph.heading or '')}")
            above = paragraph.heading
        blocks.append(_paragraph(paragraph, layout))
    text = f"{between.join(blocks)}{between}{made.signature}{layout.end}"
    return "\n".join(_with_pages(text.split("\n"), made, layout))


def _paragraph(paragraph: MadeParagraph, layout: Layout) -> str:
    number = "" if paragraph.number is None else f"{'¶' if layout.pilcrows else ''}{paragraph.number}. "
    marking = f"({paragraph.marking}) " if paragraph.marking else ""
    prose = fold(f"{number}{marking}{paragraph.prose}", layout.width)
    return f"{prose}\n\n{paragraph.block}" if paragraph.block else prose


def fold(text: str, width: int) -> str:
    """Break a text into lines; no word is broken."""
    return textwrap.fill(text, width, break_long_words=False, break_on_hyphens=False)


def _with_pages(lines: list[str], made: Made, layout: Layout) -> Iterator[str]:
    """Yield the lines with page lines and section headings between lines of prose."""
    number = 1
    for index, line in enumerate(lines):
        yield line
        below = lines[index + 1] if index + 1 < len(lines) else ""
        if not (re.match(r"[A-Za-z]{2,} \w+ \w+", below) and len(line) > 30 and not line.startswith(" ")):
            continue
        if made.paragraphs[0].number is None and not line[-1:].isalnum():
            continue  # between unnumbered sentences, a page's end could be a paragraph's
        if layout.pages and (index + 1) % layout.pages == 0:
            yield from (
                "",
                f"{made.station[:10]} {made.serial:08}  {index // layout.pages + 2:03} OF 009",
                "",
                "",
            )
        elif number < layout.sections and (index + 1) % 11 == 0:
            number += 1
            yield from ("", classification_line(made, layout, number), "", "SIPDIS", "")
