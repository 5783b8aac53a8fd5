"""Results and cables as JSON; docs/json.md is its schema, and keys are only ever added."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from ..model.cable import Cable
from .escape import HIDDEN

if TYPE_CHECKING:
    from ..indexing import State
    from ..search.results import Hit, Results, Timeline


def dumps(value: Any) -> str:
    """Give a value as JSON on one line, in Unicode; characters that a terminal would obey are escaped."""
    text = json.dumps(value, ensure_ascii=False)
    return HIDDEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def results_json(results: Results, *, group: bool = False) -> str:
    """Give the answer to a search as one object; `group` adds which hits are of which cable."""
    answer = {
        "query": results.query,
        "total": results.total,
        "relaxed": results.relaxed,
        "hits": [_hit(hit) for hit in results],
        "suggestion": results.suggestion,
    }
    if group:
        answer["cables"] = [
            {"id": id, "hits": [hit.paragraph.id for hit in hits]} for id, hits in results.by_cable().items()
        ]
    return dumps(answer)


def hits_jsonl(hits: Iterable[Hit]) -> str:
    """Give the hits one a line."""
    return "\n".join(dumps(_hit(hit)) for hit in hits)


def facets_json(
    query: str, total: int, facets: Mapping[str, Mapping[str, int]], limit: int | None = None
) -> str:
    """Give the paragraphs found by each value of some fields as one object."""
    return dumps(
        {
            "query": query,
            "total": total,
            "facets": {field: dict(islice(counts.items(), limit)) for field, counts in facets.items()},
            "values": {field: len(counts) for field, counts in facets.items()},
        }
    )


def timeline_json(timeline: Timeline) -> str:
    """Give the paragraphs found over time as one object."""
    return dumps(
        {
            "query": timeline.query,
            "by": timeline.by,
            "total": timeline.total,
            "undated": timeline.undated,
            "periods": timeline.periods,
        }
    )


def cable_json(cable: Cable) -> str:
    """Give a cable as one object."""
    return dumps(cable.as_dict())


def state_json(state: State, facets: dict[str, dict[str, int]]) -> str:
    """Give what is in the index as one object."""
    return dumps(
        {
            "engine": state.engine,
            "version": state.version,
            "built": state.built.isoformat(),
            "sources": [str(source) for source in state.sources],
            "cables": state.cables,
            "paragraphs": state.paragraphs,
            "size": state.size,
            "facets": facets,
        }
    )


def _hit(hit: Hit) -> dict[str, Any]:
    cable, paragraph = hit.cable, hit.paragraph
    return {
        "id": paragraph.id,
        "cable": cable.id,
        "number": paragraph.number,
        "score": hit.score,
        "origin": cable.origin,
        "classification": cable.classification.level if cable.classification else None,
        "marking": paragraph.marking,
        "created": cable.created.isoformat() if cable.created else None,
        "subject": cable.subject,
        "people": [person.full_name for person in paragraph.people],
        "text": paragraph.text,
        "highlights": [list(span) for span in hit.highlights],
    }
