"""A paragraph with what it needs outside of the program: its citation and its address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..errors import CablesearchError
from .cable import Cable, Paragraph
from .citation import citation, link, suffix

Cite = Callable[[Cable, Paragraph], str]
Link = Callable[[Cable, Paragraph], str | None]

PLACES = ("cable", "paragraph", "id")  # what a template of links has to be filled in


def paragraph_link(cable: Cable, paragraph: Paragraph) -> str | None:
    """Return the address of a paragraph's cable, None where it has none: see `link`."""
    return link(cable)


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, how it is cited, and where it is found.

    Attributes:
        cite: returns the citation.
        address: returns the link, None where there is none.
        found_by: the saved question that found it, and whether it is new (`catch (new)`); None if none did.
    """

    cable: Cable
    paragraph: Paragraph
    cite: Cite = citation
    address: Link = paragraph_link
    found_by: str | None = None

    @property
    def citation(self) -> str:
        """The citation of the paragraph."""
        return self.cite(self.cable, self.paragraph)

    @property
    def link(self) -> str | None:
        """The address of the paragraph, None where it has none."""
        return self.address(self.cable, self.paragraph)


def link_template(template: str) -> Link:
    """Return a function that makes links: `http://localhost:8000/cables/{cable}#{paragraph}`.

    Args:
        template: `{cable}` stands for a cable's id, `{id}` for the paragraph's, and `{paragraph}` for its own
            part of that (`6`).

    Raises:
        CablesearchError: the template asks for something else.
    """
    from string import Formatter
    from urllib.parse import quote

    there = ", ".join(f"{{{name}}}" for name in PLACES)
    try:
        names = [(name, more) for _, name, *more in Formatter().parse(template) if name is not None]
    except ValueError:
        raise CablesearchError(f"the template {template} has a single brace: there are {there}") from None
    for name, (spec, conversion) in names:
        if name not in PLACES or spec or conversion:
            raise CablesearchError(f"no {{{name}}} in the template {template}: there are {there}")

    def fill(cable: Cable, paragraph: Paragraph) -> str:
        own = suffix(paragraph) if paragraph.id != cable.id else ""
        values = {"cable": cable.id, "paragraph": own, "id": paragraph.id}
        return template.format(**{name: quote(value, safe="/") for name, value in values.items()})

    return fill
