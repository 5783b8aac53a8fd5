"""The checksums of a generation's files, written when it is complete.

They stand in a file that `sha256sum --check` can read; `current.json` has the checksum of that file. `damage`
compares all of them, `look_over` those of small files, whenever a generation is opened.
"""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

NAME = "SHA256SUMS"
SMALL_BYTES = 65_536  # of files that are read at each opening: tables of contents, of which there are few

_LINE = re.compile(r"^([0-9a-f]{64})  ([^\\\n]+)\n", re.MULTILINE)
_LOCKS = (".lock", "LOCK")  # how the names of files end that readers and writers may leave behind


def write_checksums(generation: Path, old: Path | None, old_checksums: str) -> str:
    """Write the checksums of a generation that is complete; return the checksum of their list.

    Files that it shares with the old generation keep the checksum that they were written with.

    Args:
        old: the generation that it was made from, None if it was made from nothing.
        old_checksums: the checksum of the old one's list.

    Raises:
        ValueError: the old one is damaged where the new one does not share its files, but was made from them.
    """
    known = dict(_read(old, old_checksums)) if old else {}
    shared = {name for name in known if old and _is_same(generation / name, old / name)}
    for name in known.keys() - shared:
        if old and (problem := _problem(old / name, known[name])):
            raise ValueError(f"{name} {problem}")
    names = sorted(_files(generation))
    lines = (f"{known[n] if n in shared else _digest(generation / n)}  {n}\n" for n in names)
    listed = "".join(lines).encode()
    (generation / NAME).write_bytes(listed)
    return hashlib.sha256(listed).hexdigest()


def damage(generation: Path, checksums: str) -> list[tuple[str, str]]:
    """Return what is not as it was written: the names of files, and what is wrong with each.

    Args:
        checksums: the checksum of the list.

    Raises:
        OSError: a file may not be read.
    """
    try:
        known = list(_read(generation, checksums))
    except ValueError as error:
        return [(NAME, str(error))]
    problems = ((name, _problem(generation / name, digest)) for name, digest in known)
    return [(name, problem) for name, problem in problems if problem]


def look_over(generation: Path, checksums: str, size: int) -> None:
    """Do what can be done in a millisecond: add up the sizes of the files, compare the small ones.

    Args:
        size: of all files together.

    Raises:
        ValueError: something is not as it was written.
        OSError: a file may not be read.
    """
    found = 0
    for name, digest in _read(generation, checksums):
        file = generation / name
        with suppress(FileNotFoundError):
            size_of_file = file.stat().st_size
            found += size_of_file
            if size_of_file > SMALL_BYTES:
                continue
        if problem := _problem(file, digest):
            raise ValueError(f"{name} {problem}")
    if found != size:
        raise ValueError(f"its files have {found:,} bytes instead of {size:,}")


def total_size(generation: Path) -> int:
    """Return the bytes of all files that have a checksum."""
    return sum((generation / name).stat().st_size for name in _files(generation))


def _read(generation: Path, checksums: str) -> Iterator[tuple[str, str]]:
    """Yield the name of each file and its checksum.

    Raises:
        ValueError: the list is missing, or not as it was written.
    """
    try:
        listed = (generation / NAME).read_bytes()
    except FileNotFoundError:
        raise ValueError(f"{NAME} is missing") from None
    if hashlib.sha256(listed).hexdigest() != checksums:
        raise ValueError(f"{NAME} is not as it was written")
    for digest, name in _LINE.findall(listed.decode()):
        yield name, digest


def _files(generation: Path) -> Iterator[str]:
    for file in generation.rglob("*"):
        if file.name != NAME and not file.name.endswith(_LOCKS) and file.is_file():
            yield file.relative_to(generation).as_posix()


def _problem(file: Path, digest: str) -> str | None:
    """Return what is wrong with a file, None if nothing is."""
    try:
        if not stat.S_ISREG(file.stat().st_mode):  # a pipe would be waited for
            return "is no file"
        return None if _digest(file) == digest else "is not as it was written"
    except (FileNotFoundError, NotADirectoryError):
        return "is missing"


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _is_same(one: Path, other: Path) -> bool:
    """Whether two names are of one file, by a hard link."""
    try:
        return one.samefile(other)
    except OSError:
        return False
