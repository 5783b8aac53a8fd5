"""Who is named in a cable."""

from __future__ import annotations

from ..model.cable import Cable
from ..steps import Steps, alone


def name_people(cable: Cable) -> Cable:
    """Give the cable with the people named in its paragraphs: as its source tags them, else as recognised."""
    return alone(naming(cable))


def naming(cable: Cable) -> Steps[Cable]:
    """Name people, as `name_people` does, in steps."""
    if any(paragraph.people for paragraph in cable.paragraphs):
        return cable
    from .recognise import steps

    return (yield from steps(cable))
