"""What a notebook has about one paragraph or cable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import blake2b
from typing import ClassVar

from ..model.cable import Cable, Paragraph, Row

Standing = str  # see `Note.standing`


@dataclass(frozen=True, slots=True)
class Text:
    """A version of a note that is current.

    Attributes:
        author: who wrote it.
        written: when, UTC.
        digest: of what it is about, as it was then (`digest_of`).
    """

    text: str
    author: str
    written: datetime
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """What a notebook has about a paragraph or a cable.

    Attributes:
        id: of the paragraph (`07ASTANA48#6`) or the cable.
        texts: its text; several if two people changed it without knowing of each other, the latest last.
        labels: in alphabetical order.
        lists: those that it is in.
        digest: of what it is about, as it was when it was last noted.
        standing: what became of that: `changed`, its text was changed since; `moved to 07ASTANA48#7`, the
            same text has another id now; `gone`, the index has it no more; None if it is as it was, or nobody
            compared it.
    """

    id: str
    texts: tuple[Text, ...] = ()
    starred: bool = False
    labels: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    digest: str | None = None
    standing: Standing | None = None

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.texts or self.starred or self.labels or self.lists)

    @property
    def text(self) -> str:
        """The text; of several that are current, all of them, each with its author."""
        if len(self.texts) < 2:
            return "".join(each.text for each in self.texts)
        return "\n\n".join(f"[{each.author or 'unknown'}] {each.text}" for each in self.texts)

    @property
    def is_disputed(self) -> bool:
        """Whether two people changed its text without knowing of each other: both texts are kept."""
        return len(self.texts) > 1

    def rows(self) -> Iterator[Row]:
        """Yield the note as a flat record; of a disputed one, a record for each text."""
        for each in self.texts or (None,):
            yield {
                "id": self.id,
                "note": each.text if each else "",
                "starred": "yes" if self.starred else "",
                "labels": "; ".join(self.labels),
                "lists": "; ".join(self.lists),
                "written": each.written.isoformat(timespec="seconds") if each else None,
                "author": each.author if each else None,
                "standing": self.standing,
            }

    def as_dict(self) -> dict[str, object]:
        """Return the note as JSON values, with the keys of docs/json.md."""
        return {
            "id": self.id,
            "texts": [
                {
                    "text": each.text,
                    "author": each.author,
                    "written": each.written.isoformat(timespec="seconds"),
                }
                for each in self.texts
            ],
            "starred": self.starred,
            "labels": list(self.labels),
            "lists": list(self.lists),
            "standing": self.standing,
        }


class Notes(list[Note]):
    """Notes, in the order of their ids or of a list."""

    columns: ClassVar = ("id", "note", "starred", "labels", "lists", "written", "author", "standing")

    def rows(self) -> Iterator[Row]:
        """Yield the notes as flat records."""
        return (row for note in self for row in note.rows())

    def records(self) -> Iterator[dict[str, object]]:
        """Yield the notes as JSON values."""
        return (note.as_dict() for note in self)

    def as_dict(self) -> dict[str, object]:
        """Return the notes as JSON values, with the keys of docs/json.md."""
        return {"total": len(self), "notes": list(self.records())}

    def as_markdown(self) -> str:
        """Return the notes as Markdown, which a notebook can read again."""
        from .exchange import to_markdown

        return to_markdown(self)


@dataclass(frozen=True, slots=True)
class Names(Mapping[str, int]):
    """The names of labels, lists or questions, in alphabetical order, each with a number of notes.

    Attributes:
        kind: what is named: `label`, `list`.
    """

    kind: str
    counts: Mapping[str, int]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return (self.kind, "notes")

    def rows(self) -> Iterator[Row]:
        """Yield a record for each name."""
        return ({self.kind: name, "notes": count} for name, count in self.counts.items())

    def records(self) -> Iterator[Row]:
        """Yield the rows."""
        return self.rows()

    def as_dict(self) -> dict[str, object]:
        """Return the names as JSON values."""
        return {f"{self.kind}s": dict(self.counts)}

    def __getitem__(self, name: str) -> int:
        return self.counts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.counts)

    def __len__(self) -> int:
        return len(self.counts)


def digest_of(about: Cable | Paragraph) -> str:
    """Return the checksum of a text, or of all texts of a cable, however their white space is."""
    texts = [about.text] if isinstance(about, Paragraph) else [each.text for each in about.paragraphs]
    words = " ".join(" ".join(texts).split())
    return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def moment(stamp: int) -> datetime:
    """Return a time in nanoseconds since 1970 as a date and time, UTC."""
    return datetime.fromtimestamp(stamp // 1_000_000_000, UTC).replace(tzinfo=None)


def compared(note: Note, cables: Iterable[Cable]) -> Note:
    """Return a note that says what became of what it is about.

    Args:
        cables: those that have the id now.
    """
    number = note.id.partition("#")[2]
    found: list[tuple[str, str]] = []  # ids and digests of what has its id
    same = ""  # another paragraph with its text
    for cable in cables:
        if not number:
            found.append((cable.id, digest_of(cable)))
            continue
        for paragraph in cable.paragraphs:
            digest = digest_of(paragraph)
            if paragraph.id.partition("#")[2] == number:
                found.append((paragraph.id, digest))
            elif digest == note.digest:
                same = paragraph.id
    if any(digest == note.digest for _, digest in found) or (found and not note.digest):
        return note
    if same:
        return replace(note, standing=f"moved to {same}")
    return replace(note, standing="changed" if found else "gone")
