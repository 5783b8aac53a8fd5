"""HTML: a page to read and print, with each passage as a quotation with its citation."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape as escape_html
from typing import TextIO

from ..model.citation import facts
from . import Answer, Format
from ._escape import escape_controls
from ._passages import cables

HEAD = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>cablesearch</title>
<style>
body { font: 1rem/1.5 Georgia, serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
h2 { font-size: 1.1rem; margin: 2.5rem 0 0; }
.facts, cite { font: 0.85rem/1.4 system-ui, sans-serif; color: #555; }
.facts { margin: 0 0 1rem; }
blockquote { margin: 0 0 0.3rem; white-space: pre-line; }
figure { margin: 0 0 1.5rem; }
cite { font-style: normal; }
</style>
</head>
<body>
"""
FOOT = "</body>\n</html>\n"


def write(answers: Iterable[Answer], stream: TextIO) -> None:
    """Write the passages of all answers, under their cables, as one page."""
    head = HEAD
    for cable, passages in cables(answers, "html"):
        stream.write(head)
        head = ""
        title = f"{cable.id}  {cable.subject}" if cable.subject else cable.id
        stream.write(f'<section id="{escape(cable.id)}">\n<h2>{escape(title)}</h2>\n')
        stream.write(f'<p class="facts">{escape("  ".join(facts(cable)))}</p>\n')
        for passage in passages:
            text = escape(passage.paragraph.text, lines=True)
            quoted = f"<blockquote>{text}</blockquote>\n" if text else ""
            link = _link(passage.link)
            stream.write(
                f'<figure id="{escape(passage.paragraph.id)}">\n{quoted}'
                f"<figcaption><cite>{escape(passage.citation)}</cite>{link}</figcaption>\n</figure>\n"
            )
        stream.write("</section>\n")
    stream.write(head + FOOT)


def escape(text: str, *, lines: bool = False) -> str:
    """Return a text as HTML that shows it."""
    return escape_html(escape_controls(text, lines=lines))


def _link(link: str | None) -> str:
    """Return a link to an address on the web; another one is shown as text."""
    if not link:
        return ""
    shown = escape(link)
    return f' <a href="{shown}">link</a>' if link.startswith(("https://", "http://")) else f" {shown}"


FORMAT = Format("html", ".html", "text/html", write)
