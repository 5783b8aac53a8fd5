"""Ids and names as a notebook keeps them."""

from __future__ import annotations

import getpass
import re

from ..analysis.words import fold
from ..errors import NotebookError
from ..model.reference_id import canonical

MAX_NAME_CHARS = 100  # of a label, a list, a question
MAX_ID_CHARS = 400  # as long as a value in a query
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# They would be shown as escapes, and come back from an exported file as another text.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_SIGNS = frozenset('*?"“”„‟«»,|;#()')  # which mean something in a query, or in a table of notes


def target_id(typed: str) -> str:
    """Return the id of a paragraph or a cable as a notebook has it, from any spelling of it.

    Raises:
        NotebookError: it is none.
    """
    cable, _, number = (part.strip() for part in typed.strip().rstrip("# ").partition("#"))
    id = canonical(cable) or cable
    whole = f"{id}#{number.lower()}" if number else id
    if not id or not whole.isprintable() or len(whole) > MAX_ID_CHARS:
        raise NotebookError(f"{typed[:40]!r} is no id: write one such as 07ASTANA48 or 07ASTANA48#6")
    return whole


def clean_text(typed: str) -> str:
    """Return a text as it is kept: with plain line breaks, no control or half characters, and stripped."""
    plain = _CONTROLS.sub("", _LINE_BREAK.sub("\n", typed))
    return _HALF_CHARACTER.sub("\ufffd", plain).strip()


def name_of(typed: str) -> str:
    """Return a name as it is compared: in lower case, without accents, with single spaces."""
    return " ".join(fold(typed).replace("_", " ").split())


def valid_name(typed: str) -> str:
    """Return the name of a label, a list or a question, as it is kept.

    Raises:
        NotebookError: a query could not ask for it.
    """
    name = name_of(typed)
    if not name or len(name) > MAX_NAME_CHARS or not name.isprintable() or not _SIGNS.isdisjoint(name):
        raise NotebookError(
            f"{typed[:40]!r} is no name: write letters, digits and spaces, {MAX_NAME_CHARS} at most"
        )
    return name


def user_name() -> str:
    """Return the user's name on this machine, nothing if the system does not know it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""
