"""What the user says about people, written into `people.toml`: comments, order and all else in it stay.

    Correction("apart", "Viktor Orlan", "Orlan")            Orlan is not Viktor Orlan
    Correction("same", "Karim Masimov", "K. Masimov")       one person, who is shown as Karim Masimov
    Correction("nobody", "Camp David")                      no person

The text is edited where the entry belongs, and only if what is then read is what was meant.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from threading import Lock
from typing import Any, Literal, NamedTuple

from ..errors import PeopleFileError
from ..model.files import replacing
from .registry import parse_overrides, parse_toml, read_people_file

_WRITING = Lock()  # two changes at a time would lose one


class Correction(NamedTuple):
    """One thing that the user says of a name, or of two."""

    kind: Literal["apart", "same", "nobody"]
    name: str
    other: str = ""


def read_corrections(file: Path) -> tuple[Correction, ...]:
    """Return what is said in `people.toml`, entry by entry; nothing without such a file.

    Raises:
        PeopleFileError: the file is not as it has to be.
    """
    return tuple(_parsed(_text(file), file))


def add_correction(file: Path, correction: Correction) -> None:
    """Say something more in `people.toml`, which is made if there is none.

    Raises:
        PeopleFileError: it cannot be said, or the file cannot be written.
    """
    with _WRITING:
        text = _text(file)
        said = _parsed(text, file)
        if correction not in said:
            _replace(file, _added(text, correction), [*said, correction])


def take_back_correction(file: Path, correction: Correction) -> None:
    """Take an entry out of `people.toml`; what is not in it is no error.

    Raises:
        PeopleFileError: it is written in a way that is not ours, or the file cannot be written.
    """
    with _WRITING:
        text = _text(file)
        said = _parsed(text, file)
        if correction not in said:
            return
        left = [one for one in said if one != correction]
        for shorter in _without(text, correction):
            try:
                if sorted(_parsed(shorter, file)) == sorted(left):
                    _replace(file, shorter, left)
                    return
            except PeopleFileError:
                continue
        raise PeopleFileError(f"{file}: take {correction.other or correction.name} out of it yourself")


def _text(file: Path) -> str:
    return (read_people_file(file) or b"").decode("utf-8", "surrogateescape")


def _parsed(text: str, file: Path) -> list[Correction]:
    try:
        table = parse_toml(text.encode("utf-8", "surrogateescape"))
        parse_overrides(table)
    except ValueError as fault:
        raise PeopleFileError(f"{file}: {fault}") from None
    return [*_corrections(table)]


def _corrections(table: Mapping[str, Any]) -> Iterator[Correction]:
    """Yield what a table says that `parse_overrides` has checked."""
    yield from (Correction("nobody", name) for name in table.get("nobody", ()))
    yield from (Correction("apart", name, other) for name, other in table.get("apart", ()))
    for person in table.get("person", ()):
        yield from (Correction("same", person["name"], other) for other in person.get("also", ()))


def _replace(file: Path, text: str, meant: Iterable[Correction]) -> None:
    """Write the file in one step, if it says what is meant."""
    if sorted(_parsed(text, file)) != sorted(meant):
        raise PeopleFileError(
            f"{file}: it is written in a way that cannot be added to: write it there yourself"
        )
    try:
        with replacing(file, "utf-8") as stream:
            stream.write(text)
    except OSError as error:
        raise PeopleFileError(f"{file} cannot be written: {error.strerror}") from error


def _added(text: str, correction: Correction) -> str:
    kind, name, other = correction
    if kind == "same":
        before = f"{text}\n" if not text or text.endswith("\n") else f"{text}\n\n"
        return f"{before}[[person]]\nname = {_quoted(name)}\nalso = [{_quoted(other)}]\n"
    entry = _quoted(name) if kind == "nobody" else f"[{_quoted(name)}, {_quoted(other)}]"
    start = re.search(rf"^{kind}[ \t]*=[ \t]*\[", text, re.MULTILINE)
    if start:
        return f"{text[: start.end()]}{entry}, {text[start.end() :]}"
    return f"{kind} = [{entry}]\n{text}"  # above all tables, to which it would belong


def _without(text: str, correction: Correction) -> Iterator[str]:
    """Yield the text without what may be the entry: the whole block first, then each place of its own."""
    kind, name, other = correction
    name, other = (re.escape(_quoted(one)) for one in (name, other))
    pair = rf"\[\s*{name}\s*,\s*{other}\s*,?\s*\]"
    facts = rf"name[ \t]*=[ \t]*{name}\s*also[ \t]*=[ \t]*\[\s*{other}\s*,?\s*\]"
    patterns = {
        "nobody": (rf"{name}(?:, ?)?",),
        "apart": (rf"{pair}(?:, ?)?",),
        "same": (rf"\n?\[\[person\]\]\s*{facts}[ \t]*\n?", rf"{other}(?:, ?)?"),
    }
    for pattern in patterns[kind]:
        for match in re.finditer(pattern, text):
            yield text[: match.start()] + text[match.end() :]


def _quoted(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)  # what JSON escapes, TOML escapes in the same way
