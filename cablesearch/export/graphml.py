"""GraphML: the cables as nodes and their references as edges, for Gephi, yEd or networkx."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from ..model.cable import Cable
from . import Answer, Format
from ._escape import escape_controls
from ._passages import cables

TEXTS = ("subject", "date", "origin", "classification")  # attributes of a node, beside whether it was found

HEAD = "\n".join(
    (
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
        *(f'<key id="{name}" for="node" attr.name="{name}" attr.type="string"/>' for name in TEXTS),
        '<key id="found" for="node" attr.name="found" attr.type="boolean"/>',
        '<graph id="cables" edgedefault="directed">\n',
    )
)
FOOT = "</graph>\n</graphml>\n"

# A file that is deleted at the end, not memory: there may be millions of references.
TABLES = """
CREATE TABLE node (name TEXT PRIMARY KEY, id TEXT) WITHOUT ROWID;
CREATE TABLE edge (source TEXT, target TEXT, PRIMARY KEY (source, target)) WITHOUT ROWID;
"""
TARGETS = (
    """SELECT edge.source, coalesce(node.id, edge.target) FROM edge LEFT JOIN node ON name = edge.target"""
)
NOT_FOUND = """SELECT DISTINCT target FROM edge WHERE target NOT IN (SELECT name FROM node)"""


def write(answers: Iterable[Answer], stream: TextIO) -> None:
    """Write the cables of all answers, and as nodes without a subject the other cables that they refer to."""
    with closing(sqlite3.connect("")) as graph:
        graph.executescript(TABLES)
        head = HEAD
        for cable, _ in cables(answers, "graphml"):
            if _add(graph, cable):
                stream.write(head + _node(cable.id, _texts(cable), found=True))
                head = ""
        stream.write(head)
        for (target,) in graph.execute(NOT_FOUND):
            stream.write(_node(target, {}, found=False))
        for source, target in graph.execute(TARGETS):
            stream.write(f"<edge source={quoteattr(source)} target={quoteattr(target)}/>\n")
        stream.write(FOOT)


def _add(graph: sqlite3.Connection, cable: Cable) -> bool:
    """Add a cable and its references to the graph; return whether it was not yet there."""
    source = escape_controls(cable.id)
    added = graph.execute("INSERT OR IGNORE INTO node VALUES (?, ?)", (source, source)).rowcount > 0
    names = ((escape_controls(name), source) for name in cable.other_ids)
    graph.executemany("INSERT OR IGNORE INTO node VALUES (?, ?)", names)
    cited = [reference.id for reference in cable.references if reference.id]
    cited += [id for paragraph in cable.paragraphs for id in paragraph.cites]
    edges = ((source, escape_controls(id)) for id in dict.fromkeys(cited))
    graph.executemany("INSERT OR IGNORE INTO edge VALUES (?, ?)", edges)
    return added


def _texts(cable: Cable) -> dict[str, str | None]:
    return {
        "subject": cable.subject,
        "date": cable.created.isoformat() if cable.created else None,
        "origin": cable.origin,
        "classification": str(cable.classification) if cable.classification else None,
    }


def _node(id: str, texts: dict[str, str | None], *, found: bool) -> str:
    data = {name: escape(escape_controls(text)) for name, text in texts.items() if text}
    data["found"] = "true" if found else "false"
    inner = "".join(f'<data key="{name}">{text}</data>' for name, text in data.items())
    return f"<node id={quoteattr(escape_controls(id))}>{inner}</node>\n"


FORMAT = Format("graphml", ".graphml", "application/graphml+xml", write)
