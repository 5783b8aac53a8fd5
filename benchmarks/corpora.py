"""Writes cables as the formats that are measured: `cables.csv`, pages in a folder, plain cables in a zip."""

from __future__ import annotations

import csv
import html
import itertools
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

MENU = "\n".join(f"<a href='/origin/{n}_0.html'>Embassy of a country, {n}</a>" for n in range(135))


@dataclass(frozen=True, slots=True)
class SourceCable:
    """A cable as a source gives it: the values of a page's table, the transmission header, the message."""

    id: str
    created: datetime
    released: datetime
    classification: str
    origin: str
    header: str
    message: str


def write(cables: Iterable[SourceCable], target: Path) -> None:
    """Write cables to a CSV file, a zip of plain cables or a folder of pages, depending on the suffix."""
    match target.suffix:
        case ".csv":
            _write_table(cables, target)
        case ".zip":
            with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
                for cable in cables:
                    archive.writestr(f"{cable.created:%Y/%m}/{cable.id}.txt", plain(cable))
        case _:
            folders = itertools.groupby(cables, key=lambda cable: target / f"{cable.created:%Y/%m}")
            for folder, same in folders:
                folder.mkdir(parents=True, exist_ok=True)
                for cable in same:
                    (folder / f"{cable.id}.html").write_text(page(cable), "utf-8")


def _write_table(cables: Iterable[SourceCable], target: Path) -> None:
    with target.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(
            file, quoting=csv.QUOTE_ALL, doublequote=False, escapechar="\\", lineterminator="\n"
        )
        for row, cable in enumerate(cables, 1):
            created = cable.created
            when = f"{created.month}/{created.day}/{created.year} {created.hour}:{created.minute:02}"
            table.writerow(
                [row, when, cable.id, cable.origin, cable.classification, "", cable.header, cable.message]
            )


def plain(cable: SourceCable) -> str:
    """Return a cable as the text of a plain file: five lines, and the message."""
    return (
        f"{cable.id}\n\n{cable.created:%Y-%m-%d %H:%M}\n{cable.classification}\n{cable.origin}\n\n"
        f"{cable.header}\n\n{cable.message}\n"
    )


def page(cable: SourceCable) -> str:
    """Return a cable as a page of the published archive, with its menus."""
    cells = (
        cable.id,
        f"{cable.created:%Y-%m-%d %H:%M}",
        f"{cable.released:%Y-%m-%d %H:%M}",
        cable.classification,
        cable.origin,
    )
    row = "\n".join(
        f"<td>\n<a href='/x/{n}.html'>{html.escape(cell)}</a>\n</td>" for n, cell in enumerate(cells)
    )
    heads = "".join(
        f"<th>{head}</th>" for head in ("Reference ID", "Created", "Released", "Classification", "Origin")
    )
    header, message = (html.escape(text).replace("\n", "&#x000A;") for text in (cable.header, cable.message))
    return (
        f"<html><head><title>Cable Viewer</title></head><body><div class='main'>{MENU}\n"
        f"<table class='cable'>\n<tr>{heads}</tr>\n<tr>\n{row}\n</tr>\n</table>\n"
        f"<code><pre>{header}</pre></code>\n<code><pre>{message}</pre></code>\n</div></body></html>\n"
    )
