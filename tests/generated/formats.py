"""Made-up cables in every format that is read, as files."""

from __future__ import annotations

import csv
import html
import io
import json
import mailbox
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from email.message import EmailMessage
from pathlib import Path
from random import Random

from cablesearch import parse_cable
from tests.corpus.makers import pdf, seven

from .cables import Made
from .facts import FACTS
from .printing import Layout, fold, message, transmission

Files = dict[str, bytes]
Printed = list[tuple[Made, Layout]]


@dataclass(frozen=True)
class Format:
    """A format.

    Attributes:
        write: returns files of some cables.
        lacks: the facts that it does not carry.
        id: returns the id of a cable, from its place in the file.
        old: whether it has telegrams of the 1970s, and only those; None for both.
        max_width: the widest lines that it has, in columns.
    """

    write: Callable[[Printed], Files]
    lacks: frozenset[str] = frozenset()
    id: Callable[[int, Made], str] = lambda _, made: made.id
    old: bool | None = None
    max_width: int = 10_000


def _released(made: Made) -> str:
    return f"{made.released:%Y-%m-%d %H:%M}"


def _classification(made: Made) -> str:
    return "//".join((made.level, *made.caveats))


def _whole(made: Made, layout: Layout) -> str:
    """Return the transmission header and the message."""
    return f"{transmission(made)}\n\n{message(made, layout)}"


# Cablegate


def _pages(printed: Printed) -> Files:
    return {f"{made.id}.html": _page(made, layout).encode() for made, layout in printed}


def _page(made: Made, layout: Layout) -> str:
    """Return a page of the archive. The minutes of its table are wrong: they are the month."""
    created = f"{made.sent:%Y-%m-%d %H}:{made.sent.month:02}"
    cells = (made.id, created, _released(made), _classification(made), made.origin)
    heads = ("Reference ID", "Created", "Released", "Classification", "Origin")
    row = "".join(f"<td>\n<a href='/x'>{html.escape(cell)}</a>\n</td>\n" for cell in cells)
    blocks = (transmission(made), message(made, layout))
    code = "".join(
        f"<code><pre>{html.escape(block).replace(chr(10), '&#x000A;')}</pre></code>\n" for block in blocks
    )
    code = code.replace("¶", "<a id='par1' href='#par1'>¶</a>")
    return (
        "<!DOCTYPE html>\n<html><head><title>Cable Viewer</title></head><body><ul><li>Menu</li></ul>\n"
        f"<table class='cable'>\n<tr>{''.join(f'<th>{head}</th>' for head in heads)}</tr>\n<tr>\n{row}</tr>\n"
        f"</table>\n{code}</body></html>\n"
    )


def _pasted(printed: Printed) -> Files:
    heads = "Reference ID Created Released Classification Origin"
    return {
        f"copy {number}.txt": (
            f"WikiLeaks Link\n\nViewing cable {made.id}, {made.subject}\n{heads}\n"
            f"{made.id} {made.sent:%Y-%m-%d %H:%M} {_released(made)} {_classification(made)} {made.origin}"
            f"\n\n{_whole(made, layout)}\n\nLeave a Reply\n"
        ).encode()
        for number, (made, layout) in enumerate(printed)
    }


def _eight(printed: Printed) -> Iterator[list[str]]:
    """Yield the columns of `cables.csv`."""
    for number, (made, layout) in enumerate(printed, 1):
        created = f"{made.sent.month}/{made.sent.day}/{made.sent.year} {made.sent.hour}:{made.sent.minute:02}"
        facts = (made.id, made.origin, _classification(made), "")
        yield [str(number), created, *facts, transmission(made), message(made, layout)]


def _cables_csv(printed: Printed) -> Files:
    rows = (
        ",".join('"{}"'.format(cell.replace("\\", "\\\\").replace('"', '\\"')) for cell in row) + "\n"
        for row in _eight(printed)
    )
    return {"cables.csv": "".join(rows).encode()}


def _spreadsheet_of_eight(printed: Printed) -> Files:
    return {"cables.csv": _table(_eight(printed), quoting=csv.QUOTE_ALL)}


# Tables and JSON

_COLUMNS = ("Ref-ID", "date", "released", "level", "Embassy", "subject", "transmission header", "body")


def _objects(printed: Printed) -> list[dict[str, str]]:
    return [
        dict(
            zip(
                _COLUMNS,
                (
                    *(made.id, f"{made.sent:%Y-%m-%dT%H:%M:%S}", _released(made), _classification(made)),
                    *(made.origin, made.subject, transmission(made), message(made, layout)),
                ),
                strict=True,
            )
        )
        for made, layout in printed
    ]


def _table(rows: Iterable[Iterable[str]], encoding: str = "utf-8", **dialect: object) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, **dialect).writerows(rows)  # type: ignore[arg-type]
    return text.getvalue().encode(encoding)


def _named(printed: Printed, name: str, encoding: str = "utf-8", **dialect: object) -> Files:
    """Return a table with named columns, in an order of their own."""
    columns = Random(name).sample(_COLUMNS, len(_COLUMNS))
    rows = [[one[column] for column in columns] for one in _objects(printed)]
    return {name: _table([columns, *rows], encoding, **dialect)}


def _json_list(printed: Printed) -> Files:
    return {"cables.json": json.dumps({"cables": _objects(printed)}, indent=1).encode()}


def _json_lines(printed: Printed) -> Files:
    lines = (json.dumps(one, ensure_ascii=False) for one in _objects(printed))
    return {"cables.jsonl": "\n".join(lines).encode()}


def _own_json(printed: Printed) -> Files:
    """Return what `cablesearch parse --format json` prints."""
    cables = (
        replace(parse_cable(_whole(made, layout)), released=made.released, id=made.id)
        for made, layout in printed
    )
    return {"cables.jsonl": "".join(json.dumps(cable.as_dict()) + "\n" for cable in cables).encode()}


# Text


def _bare(printed: Printed) -> Files:
    return {f"{made.id}.txt": _whole(made, layout).encode() for made, layout in printed}


def _unnamed(printed: Printed) -> Files:
    return {f"{n}.txt": _whole(*one).encode("cp1252") for n, one in enumerate(printed)}


def _five_lines(printed: Printed) -> Files:
    return {
        f"{number}.txt": "\n".join(
            (
                *(made.id, made.subject, f"{made.sent:%Y-%m-%d %H:%M}", _classification(made), made.origin),
                *("", _whole(made, layout)),
            )
        ).encode()
        for number, (made, layout) in enumerate(printed)
    }


def _pdfs(printed: Printed) -> Files:
    return {f"{n}.pdf": pdf(*_sheets(_whole(*one))) for n, one in enumerate(printed)}


def _sheets(text: str, lines: int = 55) -> list[str]:
    """Return a text page by page; a page ends within a sentence, so that it does not hide a blank line."""
    printed, sheets = text.split("\n"), []
    while len(printed) > lines:
        ends = (
            end
            for end in range(lines, 1, -1)
            if printed[end - 1][-1:].isalnum() and printed[end][:1].isalpha()
        )
        end = next(ends, lines)
        sheets.append("\n".join(printed[:end]))
        printed = printed[end:]
    return [*sheets, "\n".join(printed)]


# E-mail


def _letter(made: Made, text: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Message-ID"] = "Ivo Quell <quell@example.org>", "h@example.org", "<1@x>"
    mail["Date"], mail["Subject"] = "Fri, 03 Dec 2010 09:00:00 -0500", f"Fw: {made.subject}"
    mail.set_content(text, cte="quoted-printable")
    return mail


def _eml(printed: Printed) -> Files:
    return {
        f"{n}.eml": bytes(_letter(made, _whole(made, layout))) for n, (made, layout) in enumerate(printed)
    }


def _mbox(printed: Printed) -> Files:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "box"
        box = mailbox.mbox(path)
        for made, layout in printed:
            box.add(_letter(made, _whole(made, layout)))
        box.close()
        return {"cables.mbox": path.read_bytes()}


def _attached(printed: Printed) -> Files:
    """Return the cables as files attached to an e-mail each."""
    files: Files = {}
    for made, layout in printed:
        mail = _letter(made, "See the cable.")
        mail.add_attachment(
            _whole(made, layout).encode(), maintype="text", subtype="plain", filename=f"{made.id}.txt"
        )
        files[f"mail of {made.id}.eml"] = bytes(mail)
    return files


# Archives


def _zip(printed: Printed) -> Files:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _pages(printed).items():
            archive.writestr(f"cable/{name}", content)
    return {"pages.zip": data.getvalue()}


def _tar(printed: Printed) -> Files:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as archive:
        for name, content in _bare(printed).items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return {"texts.tar.gz": data.getvalue()}


def _seven(printed: Printed) -> Files:
    return {"1975.7z": seven(_five_lines(printed), blocks=2)}


# The National Archives

_STAMP = "Declassified/Released US Department of State EO Systematic Review 05 JUL 2006"


def _telegram(made: Made, layout: Layout) -> tuple[list[str], list[str]]:
    """Return the lines of a telegram, page by page as it was printed, and those of its attributes."""
    station = made.station[:6].strip()
    levels = [made.level, "", made.level, ""]
    text = message(made, replace(layout, pages=None, pilcrows=False, end="\n"))
    lines = [
        *(made.level, "", f"PAGE 01        {station}  {made.serial:05}  {made.sent:%d%H%M}Z", "", "45"),
        *("ACTION EUR-25", "", "INFO  OCT-01  ISO-00  EB-11   /080 W"),
        f"                     ------------------{made.sent:%d%H%M}Z 034417 /45",
        *transmission(made).split("\n"),
        "",
    ]
    number = 1
    for count, line in enumerate(text.rstrip().split("\n"), 1):
        if count % 24 == 0 and lines[-1][-1:].isalnum() and line[:1].isalpha() and len(lines[-1]) > 40:
            number += 1
            page = f"PAGE {number:02}        {station}  {made.serial:05}  {made.sent:%d%H%M}Z"
            lines += [*levels, page, ""]
        lines.append(line)
    lines += ["", "", made.level, "", "", "NNN"]
    attributes = [
        "Capture Date: 01 JAN 1994",
        "Channel Indicators: n/a",
        f"Document Number: {made.sent.year}{made.station.replace(' ', '')}{made.serial:05}",
        f"Draft Date: {f'{made.sent:%d %b %Y}'.upper()}",
        "Executive Order: GS",
        f"From: {made.station}",
        f"Original Classification: {made.level}",
        "Original Handling Restrictions: n/a",
        f"Subject: {made.subject}",
        f"TAGS: {', '.join(made.tags)}",
        "To: STATE",
        f"Markings: {_STAMP}",
    ]
    return lines, attributes


def _stamped(lines: list[str], page: str, columns: int) -> list[str]:
    """Return lines with stamps at the foot and head of each page of paper."""
    printed = [" " * columns + _STAMP, ""]
    for count, line in enumerate(lines, 1):
        printed.append(line)
        if count % 45 == 0 and line[-1:].isalnum() and len(line) > 40:
            printed += ["", "", " " * columns + _STAMP, page + " " * columns + _STAMP, ""]
    return [*printed, "", " " * columns + _STAMP]


def _laid_out(made: Made, layout: Layout) -> str:
    """Return a telegram as `pdftotext -layout` prints it."""
    lines, attributes = _telegram(made, layout)
    indent = " " * 40
    first = [f"{indent}Message Text", "", *lines]
    return "\n".join(
        [*_stamped(first, "\f", 22), "\f", *_stamped([f"{indent}Message Attributes", *attributes], "\f", 22)]
    )


def _plain(made: Made, layout: Layout) -> str:
    """Return a telegram as `pdftotext` prints it: without most blank lines and spaces."""
    lines, attributes = _telegram(made, layout)
    squeezed = [" ".join(line.split()) for line in ("Message Text", *lines)]
    kept = [
        line for n, line in enumerate(squeezed) if line or made.paragraphs[0].number is None or n % 3 == 0
    ]
    return "\n".join([*_stamped(kept, "\f", 0), *_stamped(["Message Attributes", *attributes], "\f", 0)])


def _by_mupdf(made: Made, layout: Layout) -> str:
    """Return a telegram as PyMuPDF prints it: a space on blank lines."""
    lines, attributes = _telegram(made, layout)
    first = [line or " " for line in ("Message Text", "", *lines)]
    return "\n".join([*_stamped(first, "\f", 1), *_stamped(["Message Attributes", *attributes], "\f", 1)])


def _telegrams(printed: Printed, form: Callable[[Made, Layout], str]) -> Files:
    return {f"{made.id}.txt": form(made, layout).encode() for made, layout in printed}


def _joined_telegrams(printed: Printed) -> Files:
    return {"telegrams.txt": "\n\f".join(_laid_out(*one) for one in printed).encode()}


def _telegram_pdfs(printed: Printed) -> Files:
    files: Files = {}
    for made, layout in printed:
        lines, attributes = _telegram(made, layout)
        sheets = [
            f"     {_STAMP}\n\n{sheet}\n\n     {_STAMP}"
            for lines in (["Message Text", "", *lines], ["Message Attributes", *attributes])
            for sheet in _sheets("\n".join(lines), 48)
        ]
        files[f"{made.id}.pdf"] = pdf(*sheets)
    return files


# Editions

_VOLUME = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><publicationStmt>
<idno type="frus">frus1975v01</idno></publicationStmt></fileDesc></teiHeader><text><body>
<div type="compilation"><head>Herring</head>
{}
</div></body></text></TEI>
"""


def _volume(printed: Printed) -> Files:
    return {"volume.xml": _VOLUME.format("\n".join(map(_document, range(len(printed)), printed))).encode()}


def _document(place: int, printed: tuple[Made, Layout]) -> str:
    made, layout = printed
    paragraphs = []
    for paragraph in made.paragraphs:
        number = "" if paragraph.number is None else f"{paragraph.number}. "
        text = html.escape(fold(f"{number}{paragraph.prose}", layout.width))
        lines = [html.escape(line) for line in paragraph.block.split("\n") if line]
        paragraphs.append(f"<p>{'<lb/>'.join((text, *lines))}</p>")
    return (
        f'<div type="document" xml:id="d{place}" n="{place}"><head>{place}. {html.escape(made.subject)}'
        f'<note n="1" type="source">Source: Central Files. {made.level.title()}; Immediate.</note></head>'
        f"<dateline><placeName>{made.station.title()}</placeName>, "
        f'<date when="{made.sent:%Y-%m-%dT%H:%M:%S}">{made.sent:%B} {made.sent.day}</date></dateline>'
        f"{''.join(paragraphs)}<closer><signed>{html.escape(made.signature.title())}</signed></closer></div>"
    )


_EDITED = frozenset(("created", "level", "subject", "numbers", "words"))

_UNRELEASED = frozenset(("released",))

FORMATS: dict[str, Format] = {
    "Cablegate pages": Format(_pages),
    "pasted pages": Format(_pasted),
    "cables.csv": Format(_cables_csv, _UNRELEASED),
    "a spreadsheet's eight columns": Format(_spreadsheet_of_eight, _UNRELEASED),
    "CSV": Format(lambda printed: _named(printed, "cables.csv")),
    "CSV, semicolons": Format(lambda printed: _named(printed, "x.csv", delimiter=";", lineterminator="\n")),
    "CSV, quoted": Format(lambda printed: _named(printed, "y.csv", quoting=csv.QUOTE_ALL)),
    "CSV, Windows": Format(lambda printed: _named(printed, "z.csv", "cp1252")),
    "TSV": Format(lambda printed: _named(printed, "cables.tsv", delimiter="\t")),
    "TSV, UTF-16": Format(lambda printed: _named(printed, "cables.txt", "utf-16", delimiter="\t")),
    "JSON": Format(_json_list),
    "JSON lines": Format(_json_lines),
    "our own JSON": Format(_own_json),
    "texts": Format(_bare, _UNRELEASED),
    "texts without names": Format(_unnamed, _UNRELEASED),
    "texts of five lines": Format(_five_lines, _UNRELEASED),
    "PDF": Format(_pdfs, _UNRELEASED, max_width=80),
    "EML": Format(_eml, _UNRELEASED),
    "MBOX": Format(_mbox, _UNRELEASED),
    "attachments": Format(_attached, _UNRELEASED),
    "zip of pages": Format(_zip),
    "tar.gz of texts": Format(_tar, _UNRELEASED),
    "7z of texts": Format(_seven, _UNRELEASED),
    "telegrams, laid out": Format(
        lambda printed: _telegrams(printed, _laid_out), _UNRELEASED, old=True, max_width=80
    ),
    "telegrams, plain": Format(
        lambda printed: _telegrams(printed, _plain), _UNRELEASED, old=True, max_width=80
    ),
    "telegrams, by PyMuPDF": Format(
        lambda printed: _telegrams(printed, _by_mupdf), _UNRELEASED, old=True, max_width=80
    ),
    "telegrams in one file": Format(_joined_telegrams, _UNRELEASED, old=True, max_width=80),
    "telegrams, PDF": Format(_telegram_pdfs, _UNRELEASED, old=True, max_width=80),
    "a FRUS volume": Format(
        _volume, frozenset(FACTS) - _EDITED, id=lambda place, _: f"frus1975v01/d{place}", old=True
    ),
}
