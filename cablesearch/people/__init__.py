"""Who is named in a cable."""

from __future__ import annotations

from ..cable import Cable


def name_people(cable: Cable) -> Cable:
    """Give the cable with the people named in its paragraphs: as its source tags them, else as recognised."""
    if any(paragraph.people for paragraph in cable.paragraphs):
        return cable
    from .recognise import recognise

    return recognise(cable)
