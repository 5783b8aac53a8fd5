"""Count what a hundred questions find in Cablegate pages, and the same in the raw files: both must be equal.

    python -m benchmarks.counts CABLEGATE [--engine tantivy]

The raw pages are read here by regular expressions alone. First, the cables are counted in which a paragraph
matches: a paragraph is what stands between two of the page's pilcrows, a word is a pattern written by hand.
Then the paragraphs are counted, by their printed numbers, in the pages in which both find the same numbers.
"""

from __future__ import annotations

import argparse
import html
import re
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias, TypeVar

from cablesearch import Index, open_index, rebuild_index

_CELL = re.compile(r"<td>(.*?)</td>", re.DOTALL)
_MESSAGE = re.compile(r"<pre>(.*?)</pre>", re.DOTALL)
_MARKUP = re.compile(r"</?[a-z][^>]*>")
_PAGE_LINE = re.compile(
    r"^(?:[A-Z ]+ \d{8} +\d{3}(?:\.\d)? OF \d{3}.*|(?:[A-Z] )+[A-Z] *(?:SECTION .*)?|SIPDIS.*|SENSITIVE)$",
    re.MULTILINE,
)
_END = r" *(?:\n|REFS?\b|Class|¶|\Z|[A-Z ]+\d{8}|Summary)"  # of the subject: a blank line, or what is next
_SUBJECT = re.compile(rf"^(?:SUBJECT|SUBJ): *(.*?)\n{_END}", re.MULTILINE | re.DOTALL | re.IGNORECASE)
_TAGS = re.compile(r"\bTAGS?:?((?:[\s,;]|\b(?!SUBJ|CLASS|REF|FROM|FM)[A-Z]{2,7}\b)*)")
_REFERENCES = re.compile(r"^REFS?:? *(.*?)\n *\n", re.MULTILINE | re.DOTALL)
_HEADER = re.compile(
    r"^FM (?P<sender>.*?)(?:^TO (?P<to>.*?))?(?:^INFO (?P<info>.*))?\Z", re.MULTILINE | re.DOTALL
)
_CLASSIFIER = re.compile(
    r"^(?:\(U\) )?Class[a-z]* ?[Bb]y:?(.*?)(?:\n *\n|reasons?|¶|E\.?O\.?)", re.M | re.DOTALL | re.I
)
_REASONS = re.compile(
    r"(?:\brea\s?sons?\b|\bClassified by\b)[^¶\d]{0,60}?(?:E\.?O\.?\s*1\d{4},? ?)?[^¶\d]{0,30}"
    r"(1\.[45](?:[ ,/&();.]|\n(?! *\n)|and\b|\b[a-h]\b)*)",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"(?:^|[.] +)([A-Z][A-Za-z-]+)[\s.]*(?:^NNNN|^EPET.*)?\s*\Z", re.MULTILINE)
_SHORT = {"RIO": "RIODEJANEIRO"}  # names of stations that references shorten
_NUMBER = re.compile(r"\s*(?:\([A-Z/]+\) *)?(\d{1,3})(?:[.,)]|\s*\()")
_RULE = re.compile(r"^ *[-=_*]{3}[-=_* ]*$", re.MULTILINE)
_SKIPPED = 2  # a paragraph's number is at most so much above the last
_LABEL = re.compile(r"^(?:[^|]*\| )?[ \d.,]*(?:\([A-Z/ ]+\))?")
_WORD = re.compile(r"(?:[^\W_]\.){2,}|[^\W_]+(?:['’][^\W_]+)?")


@dataclass(frozen=True, slots=True)
class Page:
    """A page as its raw text gives it.

    Attributes:
        paragraphs: each with its number and its marking, its lines joined.
        message: all of it, with its line breaks.
        cited: how many of the other pages name its number.
    """

    id: str
    created: str
    classification: str
    origin: str
    subject: str
    tags: str
    references: str
    paragraphs: tuple[str, ...]
    message: str
    sender: str
    to: str
    info: str
    classifier: str
    reasons: str
    signature: str
    cited: int = 0


Test: TypeAlias = Callable[[Page], bool]
T = TypeVar("T", str, tuple[str, str])


def read_page(path: Path) -> Page:
    """Read a page."""
    text = path.read_text("utf-8")
    cells = [_plain(cell).strip() for cell in _CELL.findall(text[text.index("<table class='cable'>") :])]
    header, message = (_plain(block).replace("\r", "") for block in _MESSAGE.findall(text)[-2:])
    message = _PAGE_LINE.sub("", message)
    addresses = _HEADER.search(header)
    sender, to, info = (_join(line or "") for line in addresses.groups()) if addresses else ("", "", "")
    lines_above = [pattern.search(message) for pattern in (_CLASSIFIER, _REASONS, _SIGNATURE)]
    classifier, reasons, signature = (_join(match[1]) if match else "" for match in lines_above)
    head, *lines = message.split("¶")
    found = [pattern.search(head) for pattern in (_SUBJECT, _TAGS, _REFERENCES)]
    subject, tags, references = (_join(match[1]) if match else "" for match in found)
    paragraphs = tuple(map(_join, lines or [head]))
    return Page(
        cells[0], cells[1], cells[3], cells[4], subject, tags, references, paragraphs, message,
        sender, to, info, classifier, reasons, signature,
    )  # fmt: skip


def read_pages(folder: Path) -> list[Page]:
    """Read all pages of a folder, and count how often each is cited by others."""
    pages = [read_page(path) for path in sorted(folder.rglob("*.html"))]
    names = Counter(id for page in pages for id in _named(page, {page.id for page in pages}) - {page.id})
    return [replace(page, cited=names[page.id]) for page in pages]


def _named(page: Page, ids: set[str]) -> set[str]:
    """Return which of these cables a page names; one without a year is of the page's year."""
    head, pilcrow, body = page.message.partition("¶1")
    text = head.upper() + pilcrow + body
    stations = "|".join({*_SHORT, *(id[2:].rstrip("0123456789") for id in ids)})
    spaced = re.sub(r"(?<=[A-Z])(?=[A-Z])", r"\\s?", stations)
    names = re.findall(rf"(?:\b(?:20|19)?(\d\d)[\s-]?)?\b({spaced})[\s-]*0*(\d+)\b", text)
    return {
        (year or page.id[:2]) + _SHORT.get(name := "".join(station.split()), name) + number
        for year, station, number in names
    } & ids


def paragraphs(page: Page) -> dict[str, Page]:
    """Return the page once for each of its numbered paragraphs, with that alone and the heading above it."""
    parts: dict[str, list[str]] = {}
    headings: dict[str, str] = {}
    last, heading = 0, ""
    for piece in page.message.split("¶")[1:]:
        number = _NUMBER.match(piece)
        *above, end = re.split(r"\n *\n", _RULE.sub("\n", piece).rstrip())
        begins = number and last < int(number[1]) <= last + _SKIPPED
        heads_next = bool(above or not number) and _is_heading(_join(end))
        text = "\n\n".join(above if heads_next else [*above, end])
        if begins and number:
            last = int(number[1])
            parts[str(last)], headings[str(last)] = [text], heading
        elif last:
            parts[str(last)].append(text)
        if heads_next:
            heading = _join(end)
    return {
        number: replace(
            page,
            paragraphs=(_join(f"{headings[number]} | {' '.join(texts)}"),),
            message="¶" + "".join(texts),
        )
        for number, texts in parts.items()
    }


def _is_heading(text: str) -> bool:
    return len(text) < 120 and not re.search(r"[.:,;!?)]['\"]?$", text)


def _plain(markup: str) -> str:
    return html.unescape(_MARKUP.sub("", markup))


def _join(text: str) -> str:
    return " ".join(text.split())


def _fold(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


# What a page is asked


def says(*patterns: str, without: str | None = None) -> Test:
    """A paragraph, with the subject, has all of some words, and not another."""
    wanted = [re.compile(pattern, re.IGNORECASE) for pattern in patterns]
    unwanted = re.compile(without, re.IGNORECASE) if without else None

    def test(page: Page) -> bool:
        return any(
            all(word.search(text) for word in wanted) and not (unwanted and unwanted.search(text))
            for text in (_fold(f"{paragraph} | {page.subject}") for paragraph in page.paragraphs)
        )

    return test


def near(first: str, last: str, others: int, *, ordered: bool = False) -> Test:
    """Two words have at most so many others between them."""
    between = rf"(?:\W+\w+){{0,{others}}}\W+"
    orders = [f"{first}{between}{last}", *([] if ordered else [f"{last}{between}{first}"])]
    return says("|".join(orders))


def column(name: str, pattern: str) -> Test:
    """A fact of the page fits a pattern."""
    compiled = re.compile(pattern, re.IGNORECASE)
    return lambda page: compiled.search(getattr(page, name)) is not None


def sent(first: str, last: str) -> Test:
    """The page was created on one of these days."""
    return lambda page: first <= page.created[:10] <= last


def prints(pattern: str) -> Test:
    """A line of the message begins like this."""
    compiled = re.compile(rf"^{pattern}", re.IGNORECASE | re.MULTILINE)
    return lambda page: compiled.search(page.message) is not None


def marked(pattern: str) -> Test:
    """A paragraph has a marking that fits a pattern."""
    return prints(rf"[ ¶]*\d+ ?[.,]? *\((?:{pattern})\)")


def both(*tests: Test) -> Test:
    return lambda page: all(test(page) for test in tests)


def either(*tests: Test) -> Test:
    return lambda page: any(test(page) for test in tests)


def no(test: Test) -> Test:
    return lambda page: not test(page)


RANSOM_OR_EXTRADITION = r"\bransom(?:s|ed)?\b|\bextradit(?:ion|ions|e|ed|es|ing)\b"
COCAINE, HEROIN = r"\bcocaine\b", r"\bheroin\b"
SUMMARY = prints(r"(?:[^a-z\n]|\([A-Z/]+\))*(?:begin )?(?:executive )?summary")


def words(least: int, most: int = 10_000) -> Test:
    """A paragraph has so many words, without its number, its marking and the heading above it."""
    return lambda page: any(
        least <= len(_WORD.findall(_LABEL.sub("", paragraph))) <= most for paragraph in page.paragraphs
    )


COMMENT = prints(
    r"(?:¶ ?\d+\.? *\([^)]*\) *(?:begin |post )?comment|"
    r"(?<!end)(?<!end )\n[-\" ]*(?:begin )?comment(?: and [a-z]+)?[ :.]*$)"
)


def cited(station: str, number: int) -> Test:
    """The message names a cable by its station and number."""
    return prints(rf"(?:.*\b|){station}.{{0,12}} 0*{number}\b")


QUESTIONS: dict[str, Test] = {
    # words, in the ways in which they are written
    "uranium": says(r"\buranium\b"),
    "text:plutonium": says(r"\bplutonium\b"),
    "nonproliferation": says(r"\bnon[- ]?proliferation\b"),
    "counter-terrorism": says(r"\bcounter(?:ing|s|ed)?-?\s?terror(?:ism|)\b"),
    "reelection": says(r"\bre-?elect(?:ion|ed|ions|ing|)\b"),
    "F-16": says(r"\bF-?16s?\b"),
    "S300": says(r"\bS-?300s?\b"),
    "K. G. B.": says(r"\bK\.? ?G\.? ?B\b"),
    "Shi'a": says(r"\bSh['’`]?i['’`,]?as?\b"),
    "qaida": says(r"\bqa['’`]?ida\b"),
    "centrifug*": says(r"\bcentrifug"),
    "*istan": says(r"\w+istan\b"),
    "pl?tonium": says(r"\bpl\wtonium\b"),
    "plutonum~1": says(r"\bplutonium\b|\bplutonum\b"),
    # phrases, and words near each other
    '"enriched uranium"': says(r"\benrich(?:ed|ment|ing|es)?\W+uranium\b"),
    '"Prime Minister Erdogan"': says(r"\bPrime Minister\W+Erdogan\b"),
    '"uranium enrichment"~4': says(r"\buranium(?:\W+\w+){0,3}\W+enrich(?:ed|ment|ing|es)?\b"),
    '"highly enric* uranium"': says(r"\bhighly\W+enric\w*\W+uranium"),
    '"nuclear weap* program"': says(r"\bnuclear\W+weap\w*\W+program\w{0,3}\b"),
    '"(plutonium OR highly enriched) uranium"': says(r"\b(?:plutonium|high(?:ly)?\W+enrich\w*)\W+uranium"),
    '"natural (gas OR resource)"': says(r"\bnatur(?:al|ally)\W+(?:gas|resources?|resourced)\b"),
    "oil NEAR/3 gas": near("oils?", "gas", 2),
    "oil w/2 gas": near("oils?", "gas", 1),
    '"oil gas"~3': near("oils?", "gas", 2, ordered=True),
    '"foreign minister" NEAR/3 lavrov': near("foreign minister", "lavrov", 2),
    # operators
    "narcotics AND cocaine": says(r"\bnarcotics?\b", COCAINE),
    "cocaine && heroin": says(COCAINE, HEROIN),
    "heroin,cocaine": says(COCAINE, HEROIN),
    "+heroin cocaine^2": says(COCAINE, HEROIN),
    "cocaine (heroin OR hashish)": says(COCAINE, rf"{HEROIN}|\bhashish\b"),
    "ransom OR extradition": says(RANSOM_OR_EXTRADITION),
    "ransom || extradition": says(RANSOM_OR_EXTRADITION),
    "libya NOT qadhafi": says(r"\blibya\b", without=r"\bqadhafi\b"),
    "cuba !venezuela": says(r"\bcuba\b", without=r"\bvenezuela\b"),
    "piracy -somalia": says(r"\bpirac", without=r"\bsomalia\b"),
    # fields
    "subject:visit": column("subject", r"\bvisit(s|ed|ing)?\b"),
    'subject:"human rights"': column("subject", r"\bhuman rights?\b"),
    "subject:(iran OR iraq)": column("subject", r"\biran\b|\biraq\b"),
    'heading:"bio notes"': prints(r"\W*bio(?:graphic)? notes?\b"),
    "origin:Madrid,Paris": column("origin", "Madrid|Paris"),
    'origin:"Abu Dhabi"': column("origin", "Abu Dhabi"),
    "NOT origin:embassy": no(column("origin", "Embassy")),
    "classification:secret": column("classification", "^SECRET"),
    "classification:(C OR U)": column("classification", "^(?:CONFIDENTIAL|UNCLASSIFIED)"),
    "classification:secret//noforn": column("classification", "^SECRET//NOFORN"),
    "caveat:fouo": column("classification", "FOR OFFICIAL USE ONLY"),
    "marking:S/NF": marked(r"S//?(?:FGI//)?NF[^)]*"),
    "tag:SNAR": column("tags", r"\bSNAR\b"),
    "tag:SNAR,EAIR": column("tags", r"\b(?:SNAR|EAIR)\b"),
    'person:"Trinidad Jimenez"': says("Trinidad Jimenez"),
    "person:Moratinos": says(r"\bMoratinos\b"),
    "person:Zapatera~1": says(r"\bZapatero\b"),
    "cites:08ISLAMABAD2405": cited("ISLAMABAD", 2405),
    "cites:05STATE201650": cited("STATE", 201650),
    "id:09MADRID*": column("id", r"^09MADRID"),
    "kind:summary origin:Madrid": both(SUMMARY, column("origin", "Madrid")),
    "concept:*": lambda page: False,  # Cablegate has none
    # the transmission header, and the lines above the text
    'from:"AmEmbassy Madrid"': column("sender", r"^AMEMBASSY MADRID"),
    "from:SecState": column("sender", r"\bSECSTATE\b"),
    "to:SecState": column("to", r"\bSECSTATE\b"),
    "NOT to:SecState": no(column("to", r"\bSECSTATE\b")),
    'info:"AmEmbassy London"': column("info", r"\bAMEMBASSY LONDON\b"),
    "info:NSC": column("info", r"\bNSC\b"),
    "signature:Aguirre": column("signature", "^Aguirre$"),
    "signature:Patterson": column("signature", "^Patterson$"),
    "classified_by:Patterson": column("classifier", r"\bPatterson\b"),
    'classified_by:"Eduardo Aguirre"': column("classifier", r"\bEduardo Aguirre\b"),
    "reason:1.4c": column("reasons", r"1\.4.*\bc\b"),
    "reason:1.5": column("reasons", r"^1\.5"),
    # what is known of the cable
    "station:MADRID": column("id", r"^\d\dMADRID\d"),
    'station:"Abu Dhabi"': column("id", r"^\d\dABUDHABI\d"),
    "country:Kazakhstan": either(column("tags", r"\bKZ\b"), column("origin", "Astana|Almaty")),
    "country:UK": either(column("tags", r"\bUK\b"), column("origin", "London|Edinburgh|Belfast")),
    'tag:"human rights"': column("tags", r"\b[PS]HUM\b"),
    "year:2006": sent("2006-01-01", "2006-12-31"),
    "year:2003..2005": sent("2003-01-01", "2005-12-31"),
    "year:>=2009": sent("2009-01-01", "9999"),
    "id:09MADRID": column("id", r"^09MADRID\d"),
    'id:"09 MADRID 0000869"': column("id", r"^09MADRID869$"),
    'format:"cablegate page"': lambda page: True,
    "collection:cablegate": lambda page: True,
    "cited:>=1": lambda page: page.cited >= 1,
    "cited:2..3": lambda page: 2 <= page.cited <= 3,
    "cited:0": lambda page: page.cited == 0,
    "kind:comment origin:Paris": both(COMMENT, column("origin", "Paris")),
    "length:>=250 origin:Paris": both(words(250), column("origin", "Paris")),
    "length:<40 origin:Islamabad": both(words(0, 39), column("origin", "Islamabad")),
    "length:100..120 origin:Madrid": both(words(100, 120), column("origin", "Madrid")),
    # dates
    "date:2007-Q1": sent("2007-01-01", "2007-03-31"),
    "date:2004,2006": either(sent("2004-01-01", "2004-12-31"), sent("2006-01-01", "2006-12-31")),
    'date:"last week of January 2010"': sent("2010-01-25", "2010-01-31"),
    'date:"spring 2009"': sent("2009-03-01", "2009-05-31"),
    'date:"8-12 June 2009"': sent("2009-06-08", "2009-06-12"),
    'date:"early 2010"': sent("2010-01-01", "2010-04-30"),
    "date:[2007-06-01 TO 2007-06-30]": sent("2007-06-01", "2007-06-30"),
    "date:<2000": sent("0", "1999-12-31"),
    "date:none": sent("", ""),
    "uranium origin:Moscow date:2009": both(
        says(r"\buranium\b"), column("origin", "Moscow"), sent("2009-01-01", "2009-12-31")
    ),
}


# Raw text does not say which paragraphs these find: by a heading that is not set off, by what an abbreviation
# stands for elsewhere in the cable, by a full name, by the list of references above the text.
OF_CABLES = {
    "uranium", "nonproliferation", "reelection", "F-16", "qaida", "*istan",
    '"enriched uranium"', '"highly enric* uranium"', '"(plutonium OR highly enriched) uranium"',
    '"natural (gas OR resource)"',
    "narcotics AND cocaine", "ransom OR extradition", "ransom || extradition", "libya NOT qadhafi",
    'heading:"bio notes"', 'person:"Trinidad Jimenez"', "person:Zapatera~1",
    "cites:08ISLAMABAD2405", "cites:05STATE201650", "kind:summary origin:Madrid", "kind:comment origin:Paris",
}  # fmt: skip


def differences(
    found: dict[str, set[T]], raw: dict[str, set[T]]
) -> Iterator[tuple[str, int, set[T], set[T]]]:
    """Yield each query, how many it finds, and which only the index or only the raw pages have."""
    for query, ids in found.items():
        yield query, len(ids), ids - raw[query], raw[query] - ids


def cables(pages: Iterable[Page], questions: dict[str, Test]) -> dict[str, set[str]]:
    """Return the ids of the cables that answer each question."""
    known = list(pages)
    return {query: {page.id for page in known if test(page)} for query, test in questions.items()}


def numbered(pages: Iterable[Page], questions: dict[str, Test]) -> dict[str, set[tuple[str, str]]]:
    """Return the ids and printed numbers of the paragraphs that answer each question."""
    known = [(number, part) for page in pages for number, part in paragraphs(page).items()]
    return {
        query: {(part.id, number) for number, part in known if test(part)}
        for query, test in questions.items()
    }


def found_cables(index: Index, questions: Iterable[str]) -> dict[str, set[str]]:
    """Return the ids of the cables that the index finds for each query."""
    return {query: {hit.cable_id for hit in index.scan(query)} for query in questions}


def found_numbered(index: Index, questions: Iterable[str]) -> dict[str, set[tuple[str, str]]]:
    """Return the ids and printed numbers of the paragraphs that the index finds for each query."""
    return {
        query: {(hit.cable_id, n) for hit in index.scan(query) if (n := hit.paragraph.number)}
        for query in questions
    }


def alike(index: Index, pages: Iterable[Page]) -> list[Page]:
    """Return the pages in which the index and the raw text have paragraphs of the same numbers."""
    numbers: dict[str, set[str]] = {}
    for id, number in found_numbered(index, ["*"])["*"]:
        numbers.setdefault(id, set()).add(number)
    return [page for page in pages if numbers.get(page.id, set()) == set(paragraphs(page))]


def report(name: str, differences: Iterable[tuple[str, int, set[T], set[T]]]) -> int:
    """Print the counts, and return how many are unequal."""
    print(f"\n{name}")
    unequal = total = 0
    for query, count, extra, missing in differences:
        total += 1
        unequal += bool(extra or missing)
        verdict = f"only found: {sorted(map(str, extra))}, only raw: {sorted(map(str, missing))}"
        print(f"{query:48} {count:5}  {verdict if extra or missing else 'equal'}")
    print(f"{total} questions, {total - unequal} counts equal")
    return unequal


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pages", type=Path, help="a folder of Cablegate pages")
    parser.add_argument("--engine", default="tantivy")
    options = parser.parse_args()
    pages = read_pages(options.pages)
    each = {query: test for query, test in QUESTIONS.items() if query not in OF_CABLES}
    with tempfile.TemporaryDirectory() as folder:
        rebuild_index(folder, options.pages, engine=options.engine)
        with open_index(folder) as index:
            unequal = report("cables", differences(found_cables(index, QUESTIONS), cables(pages, QUESTIONS)))
            same = alike(index, pages)
            ids = {page.id for page in same}
            found = {
                query: {(id, number) for id, number in hits if id in ids}
                for query, hits in found_numbered(index, each).items()
            }
            unequal += report(
                f"paragraphs of the {len(same)} of {len(pages)} pages that both cut alike",
                differences(found, numbered(same, each)),
            )
    return 1 if unequal else 0


if __name__ == "__main__":
    raise SystemExit(main())
