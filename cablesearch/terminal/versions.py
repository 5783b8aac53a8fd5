"""The versions of a cable, and what differs between two of them, as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..compare.words import EditKind
from ..model.citation import iso, suffix
from .counts import count_of
from .page import Page, Text, join, styled

if TYPE_CHECKING:
    from ..compare.difference import Change, Difference
    from ..compare.facts import Fact
    from ..compare.words import Edit
    from ..indexing.versions import Versions
    from ..model.cable import Cable, Paragraph

MARGIN = 6  # cells before a paragraph's text
LABEL_WIDTH = 16  # cells for the names of facts
CONTEXT = 12  # words that are shown before and after a change

LABELS = {
    "created": "Date",
    "dtg": "Sent",
    "classified_by": "Classified by",
    "declassify_on": "Declassify on",
}


def versions_text(versions: Versions, *, width: int = 80, colour: bool = False) -> str:
    """Return the versions of a cable with their sources, and what differs from one to the next."""
    page = Page(width, colour)
    _put_title(versions[-1].cable, page)
    for version in versions:
        cable = version.cable
        facts = [
            cable.collection,
            iso(version.modified)[: len("2007-01-08")],
            count_of(version.words, "word"),
            count_of(len(cable.paragraphs), "paragraph"),
            "searched" if version.is_searched else "",
        ]
        page.put("  ".join(filter(None, facts)), styled(f"{version.number:>3}  ", "id"))
        page.put(styled(cable.source, "faint"), " " * 5)
        if version.difference is not None:
            page.put(summary(version.difference), " " * 5)
    if len(versions) > 1:
        page.put(styled(f"cablesearch diff {versions[0].cable.id}", "faint"), "compare: ")
    return str(page)


def difference_text(difference: Difference, *, width: int = 80, colour: bool = False) -> str:
    """Return what differs between two texts: facts, then paragraphs with the words in question marked."""
    page = Page(width, colour)
    old, new = difference.old, difference.new
    _put_title(new, page)
    names = ((old.id, new.id), (old.collection, new.collection), (old.source, new.source))
    first, second = next((pair for pair in names if len({*pair}) > 1), names[-1])
    page.put(styled(first, "removed"), styled("--- ", "removed"))
    page.put(styled(second, "inserted"), styled("+++ ", "inserted"))
    page.gap()
    for fact in difference.facts:
        _put_fact(fact, page)
    if difference.facts:
        page.gap()
    for change in difference.changes:
        _put_change(change, page)
        page.gap()
    for fact in difference.given_by_one:
        which = "the second" if fact.new else "the first"
        page.put(f"{'; '.join(fact.new or fact.old)}  (only {which} says so)", _label(fact))
    page.put(styled(summary(difference), "title"))
    return str(page)


def summary(difference: Difference) -> str:
    """Return in one line what differs: `2 paragraphs changed; 1 redaction came; classification`."""
    return "; ".join(difference.in_words) or "nothing differs"


def _put_title(cable: Cable, page: Page) -> None:
    subject = [styled(cable.subject, "title")] if cable.subject else []
    page.put(join([styled(cable.id, "id"), *subject], "  "))


def _label(fact: Fact) -> Text:
    label = LABELS.get(fact.name, fact.name.replace("_", " ").capitalize())
    return styled(f"{label:<{LABEL_WIDTH}}", "faint")


def _put_fact(fact: Fact, page: Page) -> None:
    gone = [_gone(_shown(fact, value)) for value in fact.removed]
    come = [_come(_shown(fact, value)) for value in fact.added]
    named = "redacted" if fact.is_redacted else "restored" if fact.is_restored else ""
    page.put(join([*gone, *come, *([styled(named, "title")] if named else [])], " "), _label(fact))


def _shown(fact: Fact, value: str) -> str:
    return value.replace("T", " ").removesuffix(":00") if fact.name == "created" else value


def _gone(text: str) -> Text:
    return styled(f"[-{' '.join(text.split())}-]", "removed")


def _come(text: str) -> Text:
    return styled(f"{{+{' '.join(text.split())}+}}", "inserted")


def _put_change(change: Change, page: Page) -> None:
    where = _numbers(change.new or change.old)
    if change.old and change.new and _numbers(change.old) != where:
        where = f"{_numbers(change.old)} -> {where}"
    page.put(", ".join(change.kinds), styled(f"¶ {where}  ", "id"))
    for fact in change.facts:
        if fact.name != "number":
            values = [*map(_gone, fact.old), *map(_come, fact.new)]
            page.put(join(values, " "), styled(f"{' ' * MARGIN}{fact.name}: ", "faint"))
    if not change.new or not change.old:
        whole = "\n".join(paragraph.text for paragraph in change.old or change.new)
        page.put(_gone(whole) if change.old else _come(whole), " " * MARGIN)
    elif change.edits:
        page.put(join(_pieces(change), " "), " " * MARGIN)
    for edit in change.edits:
        if said := _redaction(edit):
            page.put(said, " " * MARGIN, hang=MARGIN + 2)


def _numbers(paragraphs: Sequence[Paragraph]) -> str:
    return "+".join(map(suffix, paragraphs))


def _pieces(change: Change) -> Iterator[Text]:
    last = len(change.pieces) - 1
    for place, piece in enumerate(change.pieces):
        if isinstance(piece, str):
            yield styled(_shortened(piece, first=place == 0, last=place == last))
        else:
            yield from filter(None, (piece.old and _gone(piece.old), piece.new and _come(piece.new)))


def _shortened(text: str, *, first: bool, last: bool) -> str:
    """Return a text that is the same in both, without what is far from every change."""
    words = text.split()
    before = [] if first else words[:CONTEXT]
    after = [] if last else words[-CONTEXT:]
    if len(words) <= len(before) + len(after) + 3:
        return " ".join(words)
    return " ".join((*before, "…", *after))


def _redaction(edit: Edit) -> Text | None:
    """Return a line that names a redaction that came or went."""
    names = f" ({', '.join(edit.names)})" if edit.names else ""
    old, new = " ".join(edit.old.split()), " ".join(edit.new.split())
    match edit.kind:
        case EditKind.REDACTED:
            hidden = f"“{old}”{names}" if old else "nothing that the other text has"
            return [*styled("redacted: ", "title"), *styled(f"{hidden}, now {new or 'gone'}")]
        case EditKind.RESTORED:
            shown = f"“{new}”{names}" if new else "nothing"
            return [*styled("restored: ", "title"), *styled(f"{shown}, was {old or 'not there'}")]
        case EditKind.REMARKED:
            return [*styled("redacted otherwise: ", "title"), *styled(f"{old}, now {new}")]
        case _:
            return None
