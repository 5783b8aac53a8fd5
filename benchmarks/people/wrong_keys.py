"""What editors tag with the key of somebody else, as their volume itself shows: a table, and who is meant."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from cablesearch.model.tables import read_table

WRONG_KEYS = Path(__file__).with_name("wrong_keys.txt")
ANYWHERE = "*"  # in place of a document: in all of a volume. In place of words: whatever is tagged
NOBODY = "-"  # in place of who is meant: no person
_AROUND = 100  # characters around a tag in which the words beside it are
_WORDS = re.compile(r"(?P<before>[^\[\]]*)\[(?P<tagged>[^\[\]]+)\](?P<after>[^\[\]]*)")


class WrongKey(NamedTuple):
    """Tags of one key in a document or a volume that mean somebody else.

    Attributes:
        before: the words right before the tag, `tagged` what is in it, `after` the words behind it; empty for
            any.
        meant: the key of whom they mean, a name for somebody with no key, None for nobody.
    """

    before: str
    tagged: str
    after: str
    meant: str | None

    def fits(self, name: str, before: str, after: str) -> bool:
        """Whether a tag is one of these."""
        return (
            self.tagged in ("", name)
            and " ".join(before[-_AROUND:].split()).endswith(self.before)
            and " ".join(after[:_AROUND].split()).startswith(self.after)
        )


Place = tuple[str, str, str]  # a volume, a document, a key


class WrongKeys:
    """The table of wrong keys.

    Args:
        rows: volume, document, key, words, who is meant, why.
    """

    def __init__(self, rows: list[list[str]]) -> None:
        self._rows: dict[Place, list[WrongKey]] = defaultdict(list)
        self._used: set[tuple[Place, WrongKey]] = set()
        for volume, document, key, words, meant, _ in rows:
            self._rows[volume, document, key].append(_parse(words, meant))

    def meant(self, cable: str, key: str, name: str, before: str, after: str) -> str | None:
        """Return whom a tag means: its own key if that is right, None for nobody.

        Args:
            cable: the id of the document.
            name: what is tagged, and the text `before` and `after` it.
        """
        volume, _, document = cable.rpartition("/")
        for place in ((volume, document, key), (volume, ANYWHERE, key)):
            for row in self._rows.get(place, ()):
                if row.fits(name, before, after):
                    self._used.add((place, row))
                    return row.meant
        return key

    def unused(self) -> list[tuple[Place, WrongKey]]:
        """Return the rows that no tag has fitted so far, which are mistaken if their volumes were read."""
        rows = ((place, row) for place, some in self._rows.items() for row in some)
        return [item for item in rows if item not in self._used]


def _parse(words: str, meant: str) -> WrongKey:
    who = None if meant == NOBODY else meant
    if words == ANYWHERE:
        return WrongKey("", "", "", who)
    found = _WORDS.fullmatch(words)
    if not found:
        raise ValueError(f"wrong keys: {words!r} has no tag in brackets")
    before, tagged, after = (part.strip() for part in found.groups())
    return WrongKey(before, tagged, after, who)


def load_wrong_keys(table: Path = WRONG_KEYS) -> WrongKeys:
    """Read the table."""
    return WrongKeys(read_table(table, columns=6))
