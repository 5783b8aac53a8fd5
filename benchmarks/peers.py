"""Other engines that can index the same paragraphs and run the same queries.

Each is given paragraphs that are already parsed (`{"id", "origin", "date", "text"}`, one per line), so it
does less work than cablesearch: it shows what is possible, not what is equivalent. Only recoll, if it is
installed, is given the files.

    python -m benchmarks.peers build tantivy PARAGRAPHS FOLDER

Xapian is Debian's package `python3-xapian`. Lucene is a small program in `lucene/`, which Maven builds with a
JDK of version 21 or later (`JAVA_HOME`); it builds, and is not searched.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

HEAP = 300_000_000  # bytes for tantivy's two threads
LUCENE = Path(__file__).parent / "lucene"
DEBIAN = "/usr/lib/python3/dist-packages"  # where its packages for Python are
DATE, ORIGIN = 0, 1  # Xapian's values

# Runs a query (`archive.make_queries`) and returns the number of matches.
Search = Callable[[dict[str, Any]], int]


def read_paragraphs(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def build_tantivy(source: Path, folder: Path) -> None:
    import tantivy

    schema = tantivy.SchemaBuilder()
    schema.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    schema.add_text_field("origin", fast=True, tokenizer_name="default", index_option="basic")
    schema.add_integer_field("date", fast=True)
    schema.add_text_field("text", stored=True, tokenizer_name="en_stem", index_option="position")
    index = tantivy.Index(schema.build(), str(folder))
    writer = index.writer(HEAP, 2)
    for p in read_paragraphs(source):
        row = tantivy.Document()
        row.add_text("id", p["id"])
        row.add_text("origin", p["origin"])
        row.add_integer("date", p["date"])
        row.add_text("text", p["text"])
        writer.add_document(row)
    writer.commit()
    writer.wait_merging_threads()


def build_fts5(source: Path, folder: Path) -> None:
    base = sqlite3.connect(folder / "fts5.sqlite")
    base.execute("PRAGMA synchronous = off")
    base.execute("CREATE TABLE p (n INTEGER PRIMARY KEY, id TEXT, origin TEXT, date INTEGER)")
    base.execute("CREATE VIRTUAL TABLE f USING fts5(text, tokenize = 'porter unicode61')")
    for n, p in enumerate(read_paragraphs(source), 1):
        base.execute("INSERT INTO p VALUES (?, ?, ?, ?)", (n, p["id"], p["origin"], p["date"]))
        base.execute("INSERT INTO f (rowid, text) VALUES (?, ?)", (n, p["text"]))
    base.execute("CREATE INDEX by_origin ON p (origin)")
    base.execute("CREATE INDEX by_date ON p (date)")
    base.commit()
    base.execute("INSERT INTO f (f) VALUES ('optimize')")
    base.commit()


def build_whoosh(source: Path, folder: Path) -> None:
    from whoosh import fields, index
    from whoosh.analysis import StemmingAnalyzer

    schema = fields.Schema(
        id=fields.STORED,
        origin=fields.KEYWORD(lowercase=True),
        date=fields.NUMERIC(int, sortable=True),
        text=fields.TEXT(StemmingAnalyzer(), stored=True),
    )
    writer = index.create_in(folder, schema).writer(limitmb=256)
    for p in read_paragraphs(source):
        writer.add_document(**p)
    writer.commit()


def build_xapian(source: Path, folder: Path) -> None:
    xapian = _import_xapian()
    base = xapian.WritableDatabase(str(folder), xapian.DB_CREATE_OR_OPEN)
    generator = xapian.TermGenerator()
    generator.set_stemmer(xapian.Stem("english"))
    for p in read_paragraphs(source):
        document = xapian.Document()
        generator.set_document(document)
        generator.index_text(p["text"])
        for word in p["origin"].lower().split():
            document.add_boolean_term(f"XO{word}")
        document.add_value(DATE, xapian.sortable_serialise(p["date"]))
        document.add_value(ORIGIN, p["origin"])
        document.set_data(p["id"])
        base.add_document(document)
    base.commit()


def _import_xapian() -> Any:
    if DEBIAN not in sys.path:
        sys.path.append(DEBIAN)
    import xapian

    return xapian


def build_lucene(source: Path, folder: Path) -> None:
    if not (LUCENE / "target" / "build.jar").exists():
        subprocess.run(["mvn", "-q", "-B", "package"], cwd=LUCENE, check=True)
    java = Path(os.environ["JAVA_HOME"], "bin", "java")
    libraries = os.pathsep.join(map(str, (LUCENE / "target" / "build.jar", LUCENE / "target" / "lib" / "*")))
    subprocess.run([java, "-Xmx1g", "-cp", libraries, "Build", str(source), str(folder)], check=True)


def build_recoll(source: Path, folder: Path) -> None:
    """Index the files of a folder: recoll reads them itself, and finds cables, not paragraphs."""
    (folder / "recoll.conf").write_text(f"topdirs = {source.absolute()}\n")
    subprocess.run(["recollindex", "-c", str(folder)], check=True)


BUILDERS: dict[str, Callable[[Path, Path], None]] = {
    "tantivy": build_tantivy,
    "fts5": build_fts5,
    "whoosh": build_whoosh,
    "xapian": build_xapian,
    "lucene": build_lucene,
    "recoll": build_recoll,
}


def tantivy_search(folder: Path) -> Search:
    """Return a function that runs a query in raw tantivy, fetches ten ids and returns how many match."""
    import tantivy
    from tantivy import Occur, Query

    index = tantivy.Index.open(str(folder))
    searcher, schema = index.searcher(), index.schema
    stem = (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )

    def terms(words: list[str]) -> list[Any]:
        return [Query.term_query(schema, "text", stem.analyze(word)[0]) for word in words]

    def compile_query(query: dict[str, Any]) -> Any:
        words = query.get("words", [])
        match query["kind"]:
            case "phrase":
                return Query.phrase_query(schema, "text", [stem.analyze(word)[0] for word in words])
            case "or":
                return Query.boolean_query([(Occur.Should, term) for term in terms(words)])
            case "not":
                return Query.boolean_query([(Occur.Must, terms(words)[0]), (Occur.MustNot, terms(words)[1])])
            case "prefix":
                return Query.regex_query(schema, "text", f"{words[0]}.*")
            case "fuzzy":
                return Query.fuzzy_term_query(schema, "text", words[0])
            case "origin":
                filtered = Query.const_score_query(Query.term_query(schema, "origin", query["origin"]), 0.0)
                return Query.boolean_query(
                    [(Occur.Must, filtered), *((Occur.Must, term) for term in terms(words))]
                )
            case "dates":
                begin, end = query["dates"]
                filtered = Query.const_score_query(
                    Query.range_query(schema, "date", tantivy.FieldType.Integer, begin, end), 0.0
                )
                return Query.boolean_query(
                    [(Occur.Must, filtered), *((Occur.Must, term) for term in terms(words))]
                )
            case _:
                return Query.boolean_query([(Occur.Must, term) for term in terms(words)])

    def search(query: dict[str, Any]) -> int:
        options = {"order_by_field": "date"} if query["kind"] == "by date" else {}
        found = searcher.search(compile_query(query), limit=10, **options)
        if query["kind"] == "facets":
            origins = {"origins": {"terms": {"field": "origin", "size": 1000}}}
            searcher.aggregate(compile_query(query), origins)
        for _, address in found.hits:
            searcher.doc(address)["id"]
        return int(found.count)

    return search


def fts5_search(folder: Path) -> Search:
    """Return a function that runs a query in FTS5 and returns how many ids it fetched, ten at most.

    FTS5 has no fuzzy terms.
    """
    base = sqlite3.connect(folder / "fts5.sqlite")

    def search(query: dict[str, Any]) -> int:
        words = query.get("words", [])
        text = {
            "phrase": f'"{" ".join(words)}"',
            "or": " OR ".join(words),
            "not": " NOT ".join(words),
            "prefix": f"{words[0]}*",
        }.get(query["kind"], " AND ".join(words))
        where, values = "", []
        if query["kind"] == "origin":
            where, values = "AND p.origin LIKE ?", [f"%{query['origin']}"]
        elif query["kind"] == "dates":
            where, values = "AND p.date BETWEEN ? AND ?", list(query["dates"])
        order = "p.date DESC" if query["kind"] == "by date" else "rank"
        rows = base.execute(
            "SELECT p.id, f.text FROM f JOIN p ON p.n = f.rowid "
            f"WHERE f MATCH ? {where} ORDER BY {order} LIMIT 10",
            [text, *values],
        ).fetchall()
        if query["kind"] == "facets":
            base.execute(
                "SELECT p.origin, count(*) FROM f JOIN p ON p.n = f.rowid WHERE f MATCH ? GROUP BY p.origin",
                [text],
            ).fetchall()
        return len(rows)

    return search


def xapian_search(folder: Path) -> Search:
    """Return a function that runs a query in Xapian, fetches ten ids and returns about how many match.

    It has no fuzzy terms in its queries, but for their spelling.
    """
    xapian = _import_xapian()
    base = xapian.Database(str(folder))
    parser = xapian.QueryParser()
    parser.set_stemmer(xapian.Stem("english"))
    parser.set_stemming_strategy(xapian.QueryParser.STEM_SOME)
    parser.set_database(base)
    parser.set_default_op(xapian.Query.OP_AND)
    flags = parser.FLAG_BOOLEAN | parser.FLAG_PHRASE | parser.FLAG_WILDCARD

    def search(query: dict[str, Any]) -> int:
        words = query["words"]
        text = {
            "phrase": f'"{" ".join(words)}"',
            "or": " OR ".join(words),
            "not": " NOT ".join(words),
            "prefix": f"{words[0]}*",
        }.get(query["kind"], " ".join(words))
        wanted = parser.parse_query(text, flags)
        if query["kind"] == "origin":
            wanted = xapian.Query(xapian.Query.OP_FILTER, wanted, xapian.Query(f"XO{query['origin']}"))
        elif query["kind"] == "dates":
            bounds = map(xapian.sortable_serialise, query["dates"])
            days = xapian.Query(xapian.Query.OP_VALUE_RANGE, DATE, *bounds)
            wanted = xapian.Query(xapian.Query.OP_FILTER, wanted, days)
        enquire = xapian.Enquire(base)
        enquire.set_query(wanted)
        if query["kind"] == "by date":
            enquire.set_sort_by_value(DATE, True)
        if query["kind"] == "facets":
            spy = xapian.ValueCountMatchSpy(ORIGIN)
            enquire.add_matchspy(spy)
        found = enquire.get_mset(0, 10, base.get_doccount() if query["kind"] == "facets" else 0)
        for match in found:
            match.document.get_data()
        return int(found.get_matches_estimated())

    return search


SEARCHERS: dict[str, Callable[[Path], Search]] = {
    "tantivy": tantivy_search,
    "fts5": fts5_search,
    "xapian": xapian_search,
}


if __name__ == "__main__":
    _, _, name, source, folder = sys.argv
    BUILDERS[name](Path(source), Path(folder))
