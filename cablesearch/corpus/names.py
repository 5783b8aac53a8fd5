"""The names that tables and JSON objects give a cable's facts, and a record out of values by such names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from ..model.reference_id import canonical
from .encoding import compose, unify_line_ends
from .entities import decode_entities
from .extract import strip_warning
from .moments import parse_moment
from .page import block_text
from .record import Record

# What others call a record's fields, in small letters and without spaces and marks; the surest name first.
_NAMES = {
    "id": "referenceid refid cableid id documentnumber docnumber identifier reference cable",
    "created": "created date createdat dateofcable sent datesent sentdate datetime draftdate timestamp",
    "released": "released releasedate releasedat published",
    "classification": "classification originalclassification classificationlevel level",
    "caveats": "caveats handling handlingrestrictions originalhandlingrestrictions",
    "origin": "origin embassy post station sender from",
    "subject": "subject title subj headline",
    "tags": "tags tag",
    "references": "references refs reference ref",
    "concepts": "concepts",
    "signature": "signature signedby signed",
    "header": "header transmissionheader",
    "message": "message body text content messagetext bodytext cabletext fulltext msg paragraphs",
}

_SQUEEZED = re.compile(r"[\W_]+")
_TAG = re.compile(r"[^,:()]+(?:\([^()]*\))?|\([^()]*\)")  # a person's holds a comma: OVIP (VANCE, CYRUS)
_CODES = re.compile(r"[A-Z]{2,4}(?: [A-Z]{2,4})+")  # EAID BL: two tags
_MARKUP = re.compile(r"<(?:br|p|pre|div)\b", re.IGNORECASE)
_MILLISECONDS = 1e11  # a time of more "seconds" since 1970 is in milliseconds


def match_fields(names: Iterable[str]) -> dict[str, str]:
    """Return which of some names stands for which field of a cable, each name for one field.

    >>> match_fields(["Ref-ID", "date", "Body", "price"])
    {'id': 'Ref-ID', 'created': 'date', 'message': 'Body'}
    """
    printed = {_SQUEEZED.sub("", name).lower(): name for name in names}
    found: dict[str, str] = {}
    for field, known in _NAMES.items():
        if name := next((name for name in known.split() if name in printed), None):
            found[field] = printed.pop(name)
    return found


def names_cables(fields: Mapping[str, str]) -> bool:
    """Whether values under these fields are a cable: its text, or else its id, date and subject."""
    return "message" in fields or {"id", "created", "subject"} <= fields.keys()


def make_record(values: Mapping[str, object], fields: Mapping[str, str], format: str, source: str) -> Record:
    """Return the cable of some values.

    Args:
        values: text, numbers or lists of them, by the names that the source gives them.
        fields: as `match_fields` returns them.
    """
    given = {field: values.get(name) for field, name in fields.items()}
    text = {field: _as_text(value) for field, value in given.items()}
    header, partial = strip_warning(_as_plain(text.get("header", "")))
    message = _as_plain(text.get("message", ""))
    id = " ".join(text.get("id", "").split())
    levels = (text.get("classification", "").strip(), *_split(given.get("caveats"), ",/"))
    textless = not message.strip() and bool(id and text.get("subject"))
    return Record(
        format=format,
        source=source,
        message=message,
        header=header,
        id=canonical(id) or id or None,
        created=_as_moment(given.get("created")),
        released=_as_moment(given.get("released")),
        classification="//".join(filter(None, levels)) if levels[0] else None,
        origin=text.get("origin", "").strip() or None,
        subject=" ".join(decode_entities(text.get("subject", "")).split()) or None,
        tags=split_tags(given.get("tags")),
        references=tuple(canonical(cited) or cited for cited in _split(given.get("references"), ",")),
        concepts=_split(given.get("concepts"), ","),
        signature=text.get("signature", "").strip() or None,
        partial=partial,
        without_text="no text" if textless else None,
        paragraphs=() if textless else None,
    )


def split_tags(value: object) -> tuple[str, ...]:
    """Split TAGS at marks, and codes without any at the spaces; the elements of a list are split, too.

    >>> split_tags("PINT: PGOV, OVIP (VANCE, CYRUS), EAID BL, ANDEAN PACT")
    ('PINT', 'PGOV', 'OVIP (VANCE, CYRUS)', 'EAID', 'BL', 'ANDEAN PACT')
    """
    printed = ", ".join(_split(value, ""))
    tags = (tag[0].strip() for tag in _TAG.finditer(printed))
    return tuple(one for tag in tags if tag for one in (tag.split() if _CODES.fullmatch(tag) else (tag,)))


def _split(value: object, marks: str) -> tuple[str, ...]:
    """Return the elements of a list, or of a text at `|`, `;`, line ends and these marks."""
    printed = _as_text(value)
    parts = (
        map(_as_text, value) if isinstance(value, list) else re.split(f"[|;\n{re.escape(marks)}]", printed)
    )
    return tuple(filter(None, (" ".join(part.split()) for part in parts)))


def _as_text(value: object) -> str:
    if isinstance(value, str):
        return compose(unify_line_ends(value))
    if isinstance(value, list):
        return "\n".join(map(_as_text, value))
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _as_plain(text: str) -> str:
    """Return a text without HTML."""
    return block_text(text) if _MARKUP.search(text) else decode_entities(text)


def _as_moment(value: object) -> date | None:
    """Return a date as printed, or as seconds or milliseconds since 1970."""
    printed = parse_moment(_as_text(value))
    if printed or isinstance(value, bool) or not isinstance(value, int | float):
        return printed
    try:
        seconds = value / 1000 if abs(value) > _MILLISECONDS else value
        return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
    except (ValueError, OverflowError, OSError):
        return None
