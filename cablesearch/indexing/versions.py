"""The other versions of a cable: what different files gave of it, of which the engine holds the fullest.

The manifest keeps their texts, and in what they differ from that one, so that neither needs the files again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import ClassVar

from .. import engines
from ..compare.difference import Difference, compare
from ..engines.storage import unpack
from ..model.cable import Cable, Row
from ..query.fields import keyword
from .generations import State
from .likeness import group_by_cable
from .manifest import Entry, Manifest
from .manifest_reading import Copy, read_all_entries, read_copies

TEXT, REDACTIONS, FACTS = "text", "redactions", "facts"  # in which versions differ, as `changed:` asks for it


def compare_versions(manifest: Manifest, engine: str, generation: Path) -> None:
    """Note in what the versions that a build found differ from what the engine holds."""
    versions = manifest.versions_to_compare()
    if not (first := next(versions, None)):
        return
    with closing(engines.engine(engine).read(generation / "engine")) as reader:
        for row, id, packed in (first, *versions):
            if held := reader.cable(id):
                own = filed_as(unpack(packed), id)
                same = own.paragraphs == held.paragraphs and _facts(own) == _facts(held)
                differs = "" if same else " ".join(kinds(compare(held, own)))
                manifest.set_difference(row, differs, same_text=same)


def filed_as(cable: Cable, id: str) -> Cable:
    """Return a version of a cable under the id of that one."""
    return cable if cable.id == id else replace(cable.filed_as(id), other_ids=cable.other_ids)


@dataclass(frozen=True)
class Version:
    """A cable as one file has it.

    Attributes:
        number: its place among the versions, from 1, the one of the oldest file.
        modified: when the file was, in UTC.
        words: of its text.
        is_searched: it is the fullest, by which the cable is found.
        before: the version before, None for the first one.
    """

    number: int
    cable: Cable
    modified: datetime
    words: int
    is_searched: bool
    before: Cable | None = field(default=None, repr=False)

    @cached_property
    def difference(self) -> Difference | None:
        """What differs from the version before, None for the first one."""
        return compare(self.before, self.cable) if self.before else None

    def as_row(self) -> Row:
        """Return the version as a flat record."""
        return {
            "version": self.number,
            "id": self.cable.id,
            "collection": self.cable.collection,
            "source": self.cable.source,
            "modified": self.modified.isoformat(timespec="seconds"),
            "words": self.words,
            "paragraphs": len(self.cable.paragraphs),
            "is_searched": self.is_searched,
            "differs": "; ".join(self.difference.in_words) if self.difference else None,
        }


class Versions(list[Version]):
    """The versions of a cable, the oldest file first."""

    columns: ClassVar = (
        "version", "id", "collection", "source", "modified", "words", "paragraphs", "is_searched", "differs",
    )  # fmt: skip

    @property
    def differences(self) -> list[Difference]:
        """What differs from each version to the next one."""
        return [version.difference for version in self if version.difference is not None]

    def rows(self) -> Iterator[Row]:
        """Yield a record for each version."""
        return (version.as_row() for version in self)

    def records(self) -> Iterator[Row]:
        """Yield the rows."""
        return self.rows()

    def as_dict(self) -> dict[str, object]:
        """Return all versions as JSON values, with the keys of docs/json.md."""
        return {"versions": list(self.records())}

    def named(self, name: str) -> Version | None:
        """Return the version with a number (`2`), or the latest of a collection; None if there is none."""
        if name.isdecimal():
            return next((one for one in self if one.number == int(name)), None)
        wanted = keyword(name)
        return next((one for one in reversed(self) if keyword(one.cable.collection) == wanted), None)


def read_versions(
    states: Sequence[State], held: Cable, hide: Callable[[Sequence[Cable]], Sequence[Cable]]
) -> Versions:
    """Return the versions of a cable that is found.

    Args:
        states: of the indexes that are searched as one.
        held: as the engine has it.
        hide: returns cables without what is not to be seen.
    """
    ids = (held.id, *held.other_ids)
    given = [*read_all_entries((state.generation for state in states), ids)]
    own_id = next((one.entry.id for one in given if one.entry.source == held.source), held.id)
    groups = group_by_cable([one for one in given if one.entry.id == own_id])
    own = next((group for group in groups if any(one.entry.source == held.source for one in group)), [])
    found_in: dict[tuple[object, ...], tuple[Copy, Cable]] = {}  # once, if several indexes have the file
    for index, state in enumerate(states):
        entries = [one.entry for one in own if one.index == index]
        for copy, cable in _copies(state, entries, held if len(states) == 1 else None):
            key = (cable.source, cable.collection, copy.modified, *_texts(cable))
            found_in.setdefault(key, (copy, cable))
    copies = sorted(found_in.values(), key=lambda each: (each[0].modified, each[1].source))
    cables = hide([filed_as(cable, held.id) for _, cable in copies])
    found = Versions()
    for number, ((copy, own_text), cable) in enumerate(zip(copies, cables, strict=True), 1):
        before = found[-1].cable if found else None
        modified = datetime.fromtimestamp(copy.modified / 1e9, UTC)
        searched = own_text.source == held.source and _texts(own_text) == _texts(held)
        found.append(Version(number, cable, modified, copy.words, searched, before))
    return found


def _texts(cable: Cable) -> list[str]:
    return [paragraph.text for paragraph in cable.paragraphs]


def _copies(state: State, entries: Sequence[Entry], held: Cable | None) -> Iterator[tuple[Copy, Cable]]:
    """Yield what files of an index gave of a cable, each with its text; those whose text is not known not.

    Args:
        held: what its engine holds of it, None if that is not known.
    """
    copies = read_copies(state.generation, [entry.row for entry in entries])
    with ExitStack() as stack:
        for entry in entries:
            copy = copies[entry.row]
            cable = unpack(copy.packed) if copy.packed else held
            if not cable:
                reader = stack.enter_context(engines.engine(state.engine).read(state.generation / "engine"))
                cable = reader.cable(entry.id + entry.suffix if entry.held else copy.same_as)
            if cable and (entry.held or copy.packed or copy.same_as):
                yield (
                    copy,
                    replace(
                        cable,
                        source=entry.source,
                        format=copy.format,
                        collection=entry.collection,
                        also_in=(),
                    ),
                )


def _facts(cable: Cable) -> Cable:
    """Return the cable without what says where it is from."""
    return replace(
        cable, source="", format="", collection="", also_in=(), other_ids=(), paragraphs=(), released=None
    )


def kinds(difference: Difference) -> Iterator[str]:
    """Yield in what two versions differ."""
    counts = difference.counts
    if difference.changes:
        yield TEXT
    if counts.get("redacted") or counts.get("restored"):
        yield REDACTIONS
    if difference.facts:
        yield FACTS
