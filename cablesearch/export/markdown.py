"""Markdown: a heading for each cable, and each passage as a quotation with its citation.

An answer that has no paragraphs may say itself what it is as Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol, TextIO, runtime_checkable

from ..model.cable import Cable
from ..model.citation import facts
from . import Answer, Format
from ._escape import escape_controls
from ._passages import cables

_SPECIAL = re.compile(r"[\\`*_\[\]<>#|~$&]")
_LIST = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


@runtime_checkable
class HasMarkdown(Protocol):
    """An answer that says itself what it is as Markdown."""

    def as_markdown(self) -> str:
        """Return the whole answer."""


def write(answers: Iterable[Answer], stream: TextIO) -> None:
    """Write the passages of all answers, under their cables."""
    for answer in answers:
        if isinstance(answer, HasMarkdown):
            stream.write(escape_controls(answer.as_markdown(), lines=True))
        else:
            _write_passages(answer, stream)


def _write_passages(answer: Answer, stream: TextIO) -> None:
    for cable, passages in cables([answer], "markdown"):
        stream.write(f"## {_title(cable)}\n\n{escape('  '.join(facts(cable)))}\n\n")
        for passage in passages:
            text = passage.paragraph.text
            if text.strip():
                quoted = "\\\n> ".join(escape(text, lines=True).split("\n"))
                stream.write(f"> {quoted}\n\n")
            cited = escape(passage.citation)
            stream.write(f"{cited} {_link(passage.link)}".rstrip() + "\n\n")


def _title(cable: Cable) -> str:
    return escape(f"{cable.id}: {cable.subject}" if cable.subject else cable.id)


def _link(link: str | None) -> str:
    return f"[link](<{escape_controls(link).replace('>', '%3E').replace('<', '%3C')}>)" if link else ""


def escape(text: str, *, lines: bool = False) -> str:
    """Return a text that Markdown prints as it is.

    Args:
        lines: keep its line breaks; spaces that indent a line are kept as spaces that do not break.
    """
    shown = escape_controls(text if lines else " ".join(text.split()), lines=lines)
    escaped = _SPECIAL.sub(r"\\\g<0>", shown)
    listless = _LIST.sub(_escape_list, escaped)
    return _INDENT.sub(lambda match: "\u00a0" * len(match[0]), listless)


def _escape_list(match: re.Match[str]) -> str:
    """Return the beginning of a line that would be an item of a list, so that it is none."""
    return f"{match[1]}{match[2]}\\" if match[2].isdigit() else f"{match[1]}\\{match[2]}"


FORMAT = Format("markdown", ".md", "text/markdown", write)
