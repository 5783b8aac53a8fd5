"""Who is named in a cable."""

from __future__ import annotations

from ..cable import Cable


def name_people(cable: Cable) -> Cable:
    """Give the cable with the people named in its paragraphs: those that its source tags, so far."""
    return cable
