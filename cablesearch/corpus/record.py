"""What corpus readers give the parser: a cable's text, and what its source says about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..model.cable import Paragraph


@dataclass(frozen=True, slots=True)
class Record:
    """One cable as its source gives it. What the source does not give is None or empty.

    Attributes:
        source: the file, an archive's member after `!`, a row or document after `#`.
        message: the message; the transmission header may still stand before it.
        header: the transmission header, where the source keeps it apart.
        classification: as published (`CONFIDENTIAL//NOFORN`).
        sender: who sent it, and `to` its addressees, where the source marks them up.
        references: reference ids in the source's own list.
        signature: the signature, where the source marks it up.
        partial: the source warns that this is an extract.
        paragraphs: where the source marks them up (TEI); else None, and the message is parsed.
    """

    source: str
    message: str = ""
    header: str = ""
    id: str | None = None
    created: date | None = None
    released: date | None = None
    classification: str | None = None
    origin: str | None = None
    subject: str | None = None
    tags: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    signature: str | None = None
    sender: str | None = None
    to: tuple[str, ...] = ()
    partial: bool = False
    paragraphs: tuple[Paragraph, ...] | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A file, an archive's member or a row that was not read, and the reason in a few words."""

    source: str
    reason: str
