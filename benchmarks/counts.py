"""Count what sixty questions find in Cablegate pages, and the same in the raw files: both must be equal.

    python -m benchmarks.counts CABLEGATE [--engine tantivy]

Cables are counted in which a paragraph matches. The raw pages are read here by regular expressions alone: a
paragraph is what stands between two of the page's pilcrows, a word is a pattern that is written by hand.
"""

from __future__ import annotations

import argparse
import html
import re
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from cablesearch import Index, open_index, rebuild_index

_CELL = re.compile(r"<td>(.*?)</td>", re.DOTALL)
_MESSAGE = re.compile(r"<pre>(.*?)</pre>", re.DOTALL)
_MARKUP = re.compile(r"<[^>]*>")
_PAGE_LINE = re.compile(
    r"^(?:[A-Z ]+ \d{8} +\d{3}(?:\.\d)? OF \d{3}.*|(?:[A-Z] )+[A-Z] *(?:SECTION .*)?|SIPDIS.*|SENSITIVE)$",
    re.MULTILINE,
)
_END = r" *(?:\n|REFS?\b|Class|¶|\Z|[A-Z ]+\d{8}|Summary)"  # of the subject: a blank line, or what is next
_SUBJECT = re.compile(rf"^(?:SUBJECT|SUBJ): *(.*?)\n{_END}", re.MULTILINE | re.DOTALL | re.IGNORECASE)
_TAGS = re.compile(r"\bTAGS:?((?:[\s,;]|\b(?!SUBJ|CLASS|REF|FROM|FM)[A-Z]{2,4}\b)*)")
_REFERENCES = re.compile(r"^REFS?:? *(.*?)\n *\n", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as its raw text gives it.

    Attributes:
        paragraphs: each with its number and its marking, its lines joined.
        message: all of it, with its line breaks.
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


Test: TypeAlias = Callable[[Page], bool]


def read_page(path: Path) -> Page:
    """Read a page."""
    text = path.read_text("utf-8")
    cells = [_plain(cell).strip() for cell in _CELL.findall(text[text.index("<table class='cable'>") :])]
    message = _PAGE_LINE.sub("", _plain(_MESSAGE.findall(text)[-1]).replace("\r", ""))
    head, *lines = message.split("¶")
    found = [pattern.search(head) for pattern in (_SUBJECT, _TAGS, _REFERENCES)]
    subject, tags, references = (_join(match[1]) if match else "" for match in found)
    paragraphs = tuple(map(_join, lines or [head]))
    return Page(cells[0], cells[1], cells[3], cells[4], subject, tags, references, paragraphs, message)


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
    "marking:S/NF": marked(r"S//?NF[^)]*"),
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


def differences(
    index: Index, pages: Iterable[Page], questions: dict[str, Test]
) -> Iterator[tuple[str, int, set[str], set[str]]]:
    """Yield each query, how many cables it finds, and which only the index or only the raw pages have."""
    known = list(pages)
    for query, test in questions.items():
        found = {hit.cable_id for hit in index.scan(query)}
        raw = {page.id for page in known if test(page)}
        yield query, len(found), found - raw, raw - found


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pages", type=Path, help="a folder of Cablegate pages")
    parser.add_argument("--engine", default="tantivy")
    options = parser.parse_args()
    pages = [read_page(path) for path in sorted(options.pages.rglob("*.html"))]
    unequal = 0
    with tempfile.TemporaryDirectory() as folder:
        rebuild_index(folder, options.pages, engine=options.engine)
        with open_index(folder) as index:
            for query, count, extra, missing in differences(index, pages, QUESTIONS):
                unequal += bool(extra or missing)
                verdict = f"only found: {sorted(extra)}, only raw: {sorted(missing)}"
                print(f"{query:48} {count:5}  {verdict if extra or missing else 'equal'}")
    print(f"{len(QUESTIONS)} questions, {len(QUESTIONS) - unequal} counts equal")
    return 1 if unequal else 0


if __name__ == "__main__":
    raise SystemExit(main())
