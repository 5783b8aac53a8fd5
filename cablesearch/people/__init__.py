"""Who is named in a cable."""

from __future__ import annotations

from collections.abc import Sequence

from ..model.cable import Cable


def name_people(cable: Cable) -> Cable:
    """Return the cable with the people named in it: as its source tags them, else as recognised."""
    return name_batch([cable])[0]


def name_batch(cables: Sequence[Cable]) -> list[Cable]:
    """Name the people of several cables together, as `name_people` does."""
    named = list(cables)
    untagged = [n for n, cable in enumerate(cables) if not _is_tagged(cable)]
    if untagged:
        from .recognise import recognise_batch

        recognised = recognise_batch([cables[n] for n in untagged])
        for n, cable in zip(untagged, recognised, strict=True):
            named[n] = cable
    return named


def _is_tagged(cable: Cable) -> bool:
    return any(paragraph.people for paragraph in cable.paragraphs)
