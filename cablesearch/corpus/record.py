"""What corpus readers give the parser: a cable's text, and what its source says about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..errors import UnreadableError
from ..model.cable import Cable, Edition, Paragraph

_MAX_MESSAGE = 120  # characters of an error's message in the reason of a failure


@dataclass(frozen=True, slots=True)
class Record:
    """One cable as its source gives it. What the source does not give is None or empty.

    Attributes:
        source: the file, an archive's member after `!`, a row or document after `#`.
        message: the message; the transmission header may still stand before it.
        header: the transmission header, where the source keeps it apart.
        created: when it was sent; the day of drafting where neither source nor message knows better.
        classification: as published (`CONFIDENTIAL//NOFORN`).
        references: reference ids in the source's own list, some without a year (`STATE 97359`).
        sender: who sent it, and to whom (`to`, `info`), where the source says so beside the message.
        concepts: the archive's own subject headings (`LANDLOCKED COUNTRIES`).
        locator: what the archive itself tells its documents apart by, where numbers recur.
        signature: the signature, where the source marks it up.
        partial: the source warns that this is an extract.
        without_text: what the source says of a text that it does not have (`TEXT ON MICROFILM`); None where
            there is one. Such a record has no message, and no paragraphs.
        edition: the volume that it is published in.
        paragraphs: where the source marks them up (TEI, e-mail); else None, and the message is parsed.
        cable: the whole cable, from a source that was parsed before (`parse --format json`): nothing else is
            then given but the source and the format.
        format: the format that it was read from, as a report names it (`NARA telegram (PDF)`).
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
    sender: str | None = None
    to: tuple[str, ...] = ()
    info: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    locator: str | None = None
    signature: str | None = None
    partial: bool = False
    without_text: str | None = None
    edition: Edition | None = None
    paragraphs: tuple[Paragraph, ...] | None = None
    cable: Cable | None = None
    format: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """A file, an archive's member or a row that was not read, and the reason in a few words.

    Attributes:
        traceback: where this program failed, if it is to blame; else None.
    """

    source: str
    reason: str
    traceback: str | None = None


def as_failure(source: str, error: Exception) -> Failure:
    """Return the failure of a source by an error: whatever is next is read all the same.

    An `UnreadableError` says what is wrong; any other one is this program's. It is called where the error is
    handled.
    """
    if isinstance(error, UnreadableError):
        return Failure(source, str(error))
    from traceback import format_exc

    message = " ".join(str(error).split())[:_MAX_MESSAGE]
    named = f"{type(error).__name__}: {message}" if message else type(error).__name__
    return Failure(source, f"an error in cablesearch ({named}): --verbose shows where", format_exc())
