"""A cable as text: its facts in a small table, its paragraphs, how to cite it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from ..model import codes
from ..model.cable import Cable, Paragraph, Reference
from ..model.citation import citation, facts, hashtag, iso, link, suffix
from .page import Page, Text, join, styled

if TYPE_CHECKING:
    from ..search.results import Results

MARGIN = 6  # cells before a paragraph's text, for its number and two spaces
LABEL_WIDTH = 16  # cells for the labels of the facts

Fact = tuple[str, Text | str]


def cable_text(
    cable: Cable,
    *,
    known: Collection[str] = (),
    citing: Results | None = None,
    with_gaps: bool = False,
    width: int = 80,
    colour: bool = False,
) -> str:
    """Return a whole cable.

    Args:
        known: the ids of references that are in the index.
        citing: the paragraphs that cite it.
        with_gaps: list the missing facts, too.
    """
    page = Page(width, colour)
    _put_title(cable, page)
    page.gap()
    for label, value in _facts(cable, known, citing):
        _put_fact(label, value, page)
    if with_gaps and (missing := _missing(cable)):
        _put_fact("Not found", missing, page)
    page.gap()
    if cable.partial:
        page.put(styled("Only an extract of the cable was published here.", "title"))
        page.gap()
    if cable.without_text:
        page.put(styled(without_text(cable), "title"))
        page.gap()
    _put_paragraphs(cable.paragraphs, page)
    if cable.signature:
        page.put(cable.signature, " " * MARGIN)
        page.gap()
    _put_citation(cable, None, page)
    return str(page)


def paragraph_text(cable: Cable, paragraph: Paragraph, *, width: int = 80, colour: bool = False) -> str:
    """Return one paragraph between its neighbours."""
    page = Page(width, colour)
    _put_title(cable, page)
    page.put("  ".join(facts(cable)))
    page.gap()
    place = cable.paragraphs.index(paragraph)
    _put_paragraphs(cable.paragraphs[max(place - 1, 0) : place + 2], page, paragraph)
    _put_citation(cable, paragraph, page)
    return str(page)


def without_text(cable: Cable) -> str:
    """Return a line that says why a cable has no text."""
    return f"The cable is here without its text: {cable.without_text}"


def _put_title(cable: Cable, page: Page) -> None:
    subject = [styled(cable.subject, "title")] if cable.subject else []
    page.put(join([styled(cable.id, "id"), *subject], "  "))


def _put_fact(label: str, value: Text | str, page: Page) -> None:
    page.put(value, styled(f"{label:<{LABEL_WIDTH}}", "faint"))


def _facts(cable: Cable, known: Collection[str], citing: Results | None) -> Iterator[Fact]:
    """Yield what is known about a cable, in the order in which readers want it."""
    table: list[tuple[str, Text | str | None]] = [
        ("Other id", ", ".join(cable.other_ids)),
        ("Date", iso(cable.created) if cable.created else None),
        ("Released", iso(cable.released) if cable.released else None),
        ("Classification", str(cable.classification) if cable.classification else None),
        ("Origin", cable.origin),
        ("From", cable.sender),
        ("To", "; ".join(cable.to)),
        ("Info", "; ".join(cable.info)),
        ("Sent", ", ".join(part for part in (cable.precedence, cable.dtg) if part)),
        ("Tags", ", ".join(map(_tag, cable.tags))),
        ("Concepts", ", ".join(cable.concepts)),
        ("Classified by", cable.classified_by),
        (
            "Reasons",
            join([styled(f"{reason}  {says or ''}") for reason, says in codes.reasons(cable)], "\n"),
        ),
        ("Declassify on", _declassify_on(cable)),
    ]
    yield from ((label, value) for label, value in table if value)
    if cable.references:
        yield "References", join((_reference(entry, known) for entry in cable.references), "\n")
    if citing:
        more = (citing.total or 0) - len(citing)
        ids = ", ".join(hit.paragraph.id for hit in citing)
        yield "Cited by", ids + (f" and {more:,} more: cablesearch cites:{cable.id}" if more else "")
    if cable.collections:
        yield "Collection", ", ".join(cable.collections)
    if cable.source:
        yield "Source", cable.source


def _missing(cable: Cable) -> str:
    """Return the names of the facts that the source does not give, or that were not found in it."""
    facts = {
        "date": cable.created,
        "classification": cable.classification,
        "origin": cable.origin,
        "subject": cable.subject,
        "tags": cable.tags,
        "from": cable.sender,
        "to": cable.to,
        "paragraphs": cable.paragraphs,
    }
    return ", ".join(name for name, value in facts.items() if not value)


def _declassify_on(cable: Cable) -> str | None:
    on = cable.declassify_on
    return on if isinstance(on, str) else iso(on) if on else None


def _tag(printed: str) -> str:
    meaning = codes.tag(printed)
    return f"{printed} ({meaning})" if meaning and "(" not in printed else printed


def _reference(entry: Reference, known: Collection[str]) -> Text:
    """Return a reference: its letter, its id (its text if it names no cable), whether it is in the index."""
    label = f"{entry.label or '':<2}"
    if not entry.id:
        return styled(f"{label} {' '.join(entry.text.split())}")
    note = styled("  in the index", "faint") if entry.id in known else []
    return [*styled(f"{label} {entry.id}"), *note]


def _put_paragraphs(paragraphs: Sequence[Paragraph], page: Page, chosen: Paragraph | None = None) -> None:
    heading = None
    for paragraph in paragraphs:
        if paragraph.heading and paragraph.heading != heading:
            page.put(styled(paragraph.heading, "title"), " " * MARGIN)
            page.gap()
        heading = paragraph.heading
        _put_paragraph(paragraph, page, faint=chosen not in (None, paragraph))
        page.gap()


def _put_paragraph(paragraph: Paragraph, page: Page, *, faint: bool) -> None:
    """Add a paragraph with its number in the margin, and below it the people named and the cables cited."""
    marking = styled(f"({paragraph.marking}) ", "faint") if paragraph.marking else []
    body = styled(paragraph.text, "faint" if faint else "", lines=True)
    number = styled(f"{suffix(paragraph):>{MARGIN - 2}}  ", "faint" if faint else "id")
    page.put([*marking, *body], number, hang=MARGIN)
    for label, note in (("People", "; ".join(_people(paragraph))), ("Cites", ", ".join(paragraph.cites))):
        if note:
            page.put(styled(note, "faint"), styled(f"{' ' * MARGIN}{label}: ", "faint"))


def _people(paragraph: Paragraph) -> Iterator[str]:
    for person in paragraph.people:
        yield f"{person.full_name} (protect)" if person.protected else person.full_name


def _put_citation(cable: Cable, paragraph: Paragraph | None, page: Page) -> None:
    ways = (("Cite as", citation(cable, paragraph)), ("Hashtag", hashtag(cable)), ("Link", link(cable)))
    for label, way in ways:
        if way:
            page.put(way, styled(f"{label:<9}", "faint"))
