"""Whole cables in which one thing is blown up, in every format that is read.

From each sample below, texts are made in which a line, a word, a gap or a sign is repeated, so that it fills
the text: as it is, or with other numbers and names each time. `_PIECES` has what no sample shows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import count
from typing import NamedTuple

MESSAGE = """\
VZCZCXRO7008
OO RUEHBC RUEHDE RUEHKUK
DE RUEHFR #2069/01 0891339
ZNY SSSSS ZZH
P 301339Z MAR 06
FM AMEMBASSY KELVO
TO RUEHC/SECSTATE WASHDC IMMEDIATE 5793
INFO RUCNRAQ/HERRING COLLECTIVE PRIORITY
RUEHGV/USMISSION GENEVA PRIORITY 2441
C O N F I D E N T I A L SECTION 01 OF 02 KELVO 002069
SIPDIS
NOFORN
STATE PLEASE PASS TO USTR
E.O. 12958: DECL: 03/30/2016
TAGS: PREL, PGOV, OVIP (QUELL, IVO), KISL
SUBJECT: HERRING: THE FLEET RETURNS (C)
REF: A. 06 KELVO 573 (NOTAL) B. STATE 71143 AND 71144 C. VIENNA 12 THROUGH 14
Classified By: DCM Tom Reed; reasons 1.4 (b) and (d).
REASONS: 1.4 (B), (C) AND (D)
DECLASSIFY ON: 03/30/2016

1. (C) Summary. Minister Ivo Quell met Ambassador d'Estaing (strictly protect) on March 30,
as Ref A says. End summary.

----------------
The fleet's har-
bour
----------------

2. (S/NF) "Mr. Quell (PROTECT) said, "the co-
operation of the Herring Board (HB) ... is over," (ref B, para 4). See 06 KELVO 580.
KELVO 00002069  002 OF 002
PAGE 02        KELVO   02069  041125Z

-- item one;   12    13
-- A. item two: http://state.sgov.gov/p

3. (SBU) Comment: Al-Maliki bin Zayed, van der Berg and O'Neill agreed in XXXXXXXXXXXX. End comment.

Visit the website of Embassy Kelvo: http://www.state.sgov.gov/
QUELL
"""

TELEGRAM = """\
Message Text
CONFIDENTIAL
PAGE 01        KELVO  02069  041125Z
43
ACTION EB-07
INFO  OCT-01  EUR-12  ISO-00  /031 W
                     --------------------- 048377
R 041100Z FEB 75
FM AMEMBASSY KELVO
TO SECSTATE WASHDC 6789
C O N F I D E N T I A L KELVO 2069
E.O. 11652: GDS
TAGS: EFIS, KV
SUBJ: HERRING
REF: STATE 22714
1. THE MINISTER, MR. QUELL, AGREED.
CONFIDENTIAL
PAGE 02        KELVO  02069  041125Z
2. THE FLEET RETURNS.
REED
Sheryl P. Walter Declassified/Released US Department of State EO Systematic Review 20 Mar 2014
Message Attributes
Automatic Decaptioning: X
Concepts: FISHERIES, MINISTERS
Document Number: 1975KELVO02069
Draft Date: 04 FEB 1975
From: KELVO OR-M
Original Classification: CONFIDENTIAL
Reference: 75 STATE 22714, 75 KELVO 12
TAGS: EFIS, KV
"""

PASTED = """\
Viewing cable 06KELVO2069, HERRING: THE FLEET RETURNS
If you are new to these pages, please read an introduction
Reference ID Created Released Classification Origin
06KELVO2069 2006-03-30 13:39 2011-08-30 01:44 CONFIDENTIAL//NOFORN Embassy Kelvo
C O N F I D E N T I A L KELVO 002069
SUBJECT: HERRING
1. (C) The fleet returns.
Share this: Loading... Powered by WordPress.com
« Older posts Newer »
"""

PAGE = """\
<!DOCTYPE html><html><head><title>x</title></head><body>
<table class='cable'><tr><th>Reference ID</th><th>Created</th><th>Classification</th><th>Origin</th></tr>
<tr><td><a href='/x'>06KELVO2069</a></td><td>2006-03-30 13:39</td>
<td>CONFIDENTIAL</td><td>Embassy Kelvo</td></tr>
</table>
<pre>VZCZC&#x000A;FM AMEMBASSY KELVO&#x000A;TO SECSTATE WASHDC</pre>
<pre>C O N F I D E N T I A L KELVO 002069&#x000A;
<a href='x'>1.</a> (C) The fleet &amp; the board &not <poloff@state.gov>.</pre>
</body></html>
"""

FIVE_LINES = """\
06KELVO2069
HERRING: THE FLEET RETURNS
Thu Mar 30 13:39:00 +0100 2006
CONFIDENTIAL//NOFORN
Embassy Kelvo
FM AMEMBASSY KELVO TO SECSTATE WASHDCUNCLAS KELVO 002069
1. (C) The fleet returns.
"""

LETTER = """\
UNCLASSIFIED U.S. Department of State Case No. F-2014-20439 Doc No. C05760445 Date: 06/30/2015
RELEASE IN PART B6
From: Quell, Ivo <QuellI@state.gov>
Sent: Wednesday, September 12, 2012 10:16 AM
To: Reed, Tom; Milas, Ana
Cc: H
Subject: Herring
The fleet returns.
> quoted
STATE DEPT. - PRODUCED TO HOUSE SELECT HERRING COMM.
"""

MAIL = """\
From: Ivo Quell <quell@state.gov>
To: Tom Reed <reed@state.gov>, "Milas, Ana" <milas@state.gov>
Subject: =?utf-8?q?Herring?=
Date: Wed, 12 Sep 2012 10:16:00 -0400
Message-ID: <1@state.gov>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

The fleet returns.

> quoted
"""

VOLUME = """\
<TEI xmlns="http://www.tei-c.org/ns/1.0">
<teiHeader><idno type="frus">frus1966v01</idno></teiHeader><text><body>
<div type="document" xml:id="d1"><head>1. Telegram From the Embassy in Kelvo, January 3, 1966, Secret.
<note type="source">Source: Files. Secret; Nodis; Drafted by Reed.</note></head>
<dateline><placeName>Kelvo</placeName>,
<date when="1966-06-03T18:00:00">June 3, 1966, 6 p.m.</date></dateline>
<p>1. (C) <persName corresp="#p1">Mr. Quell</persName> (Ivo, II) said so.<pb/> Herring.<note>x</note></p>
<list><item>One</item></list>
<closer>Reed</closer></div>
</body></text></TEI>
"""

OBJECT = """\
{"id": "06KELVO2069", "subject": "HERRING", "tags": "PREL, EAID BL; OVIP (QUELL, IVO)", "date": "2006-03-30",
"body": "1. (C) The fleet returns.\\n2. (U) Herring."}
"""

TABLE = """\
id,date,subject,origin,classification,tags,text
06KELVO2069,3/30/2006 13:39,"HERRING, ""THE"" FLEET",Embassy Kelvo,CONFIDENTIAL,"PREL, EG","1. The fleet."
"""

SAMPLES = {
    "cable.txt": MESSAGE,
    "telegram.txt": TELEGRAM,
    "pasted.txt": PASTED,
    "page.html": PAGE,
    "lines.txt": FIVE_LINES,
    "letter.txt": LETTER,
    "mail.eml": MAIL,
    "volume.xml": VOLUME,
    "object.json": OBJECT,
    "table.csv": TABLE,
}

# Set in the place of a paragraph's text, a word and a number in it being others each time.
_PIECES = (
    *(
        "Minister {w} {w}, ",
        "{w} {w} (strictly protect), ",
        "{w} (PROTECT) ",
        "Mr. {w} bin {w} van der ",
        "d`{w} ",
    ),
    *(
        "{w}-{w}-",
        "{w}-\n",
        "({w} {w}) ",
        "{w} {w} ({a}) ",
        "{w}'s ",
        "{w}.{w}.",
        "{A}.{A}.",
        "{A} ",
        "{A}. ",
        "E ",
        "DE LA ",
        "bin ",
        "{w} de ",
    ),
    *(
        "e\u0301",
        "\u0301",
        "\u0344",
        "¶",
        "\n¶{n}. ",
        "\n{n}. (C) ",
        "\n{n}. {w}",
        "\n{w}\n---\n",
        "\n\n{w}",
        "\n-- ",
    ),
    *(
        "06 {A}KELVO {n}, ",
        "REF {a} ",
        "(REF A) ",
        "ref A-",
        "A through ",
        "SEP {n} ",
        "\n{n})\t",
        "\n{w}   {n}   ",
    ),
    *(
        "\nSECTION 02 OF 03 KELVO 002069\n",
        "\nKELVO 00002069  002 OF 003\n",
        "KELVO 00002069  002 OF 003 ",
        "x",
    ),
    *(
        "\n{A}{A}{A}{A}",
        "\nEnd summary.\n",
        "Summary ",
        "Comment: ",
        "\nSIPDIS\n",
        "(",
        ")",
        "((C) ",
        "(C",
        "(S/NF",
        "/NF",
    ),
    *(
        "&",
        "&#x",
        "&amp;",
        "<",
        "<![",
        "<!--",
        "<p>",
        '"',
        "' ",
        "`",
        "…",
        "\t",
        " ",
        "\n",
        " \n",
        "\r",
        "\f",
        "\v",
        "\x85",
    ),
    *(
        "\u2028",
        "\u00ad",
        "\xa0",
        "-",
        "- ",
        "--",
        "- -",
        "=",
        "_",
        ".",
        ". ",
        ",",
        ";",
        ":",
        "/",
        "//",
        "1",
        "1 ",
        "A",
    ),
    *(
        "a",
        "a ",
        "the ",
        "The ",
        "{w} of the {w} ",
        "http://",
        "www.",
        "Visit the website ",
        "\nVisit ",
        "\nFM AM",
        "\nTO ",
    ),
    *(
        "RELEASE",
        "RELEASE IN PART ",
        "Case No. ",
        "Declassified/Released ",
        "Doc No. C",
        "PAGE ",
        "\nPAGE 02\n",
        "\nPAGE 01 A 1",
    ),
    *(
        "XXXX ",
        "[{w}] ",
        "\nFM A\nPAGE 1\nR 041100Z\nTO B\n",
        "\nE.O. 12958: ",
        "\nTAGS ",
        "Classified By ",
        "OF 0",
        "OF 002",
    ),
)


class Case(NamedTuple):
    """A text that can be made of any size.

    Attributes:
        file: the name of a file with it, which tells its format.
    """

    name: str
    file: str
    make: Callable[[int], str]


def cases() -> Iterator[Case]:
    """Yield the inputs, each once."""
    seen: set[str] = set()
    for file, sample in SAMPLES.items():
        for name, make in (*_blown_up(sample), *_with_pieces(file, sample)):
            probe = file + make(4_000)
            if probe not in seen:
                seen.add(probe)
                yield Case(f"{file}: {name}", file, make)


def _blown_up(sample: str) -> Iterator[tuple[str, Callable[[int], str]]]:
    at = 0
    for number, line in enumerate(sample.split("\n")):
        end = at + len(line)
        before, after = sample[:at], sample[end:]
        yield f"line {number} repeated", _filler(before, f"{line}\n", after)
        yield f"line {number} varied", _filler(before, f"{_varied(line)}\n", after)
        yield f"blank lines before line {number}", _filler(before, "\n", line + after)
        for word in re.finditer(r"[^\s<>]+", line):
            start, stop = at + word.start(), at + word.end()
            head, tail = sample[:start], sample[stop:]
            for sign in ("", " "):
                yield f"{word[0]!r} of line {number} and {sign!r}", _filler(head, word[0] + sign, tail)
            if (varied := _varied(word[0])) != word[0]:
                yield f"{word[0]!r} of line {number} varied", _filler(head, f"{varied} ", tail)
            yield f"spaces before {word[0]!r} of line {number}", _filler(head, " ", word[0] + tail)
        at = end + 1


def _with_pieces(file: str, sample: str) -> Iterator[tuple[str, Callable[[int], str]]]:
    text = re.search(r"[Tt]he fleet( returns)?\.?|Herring\.|THE FLEET RETURNS\.", sample)
    at = sample.index("Minister Ivo") if file == "cable.txt" else text.start() if text else len(sample)
    for piece in _PIECES:
        yield f"{piece!r} in the text", _filler(sample[:at], piece, sample[at:])
    if file == "cable.txt":
        for piece in _PIECES:
            yield f"{piece!r} alone", _filler("", piece, "\n")


def _varied(text: str) -> str:
    """Return a piece that has other words and numbers each time, as long as the text's own."""
    braced = text.replace("{", "{{").replace("}", "}}")
    return re.sub(
        r"\d{2,}", "{n}", re.sub(r"\b[A-Z][a-z]{2,}\b", "{w}", re.sub(r"\b[A-Z]{4,}\b", "{a}", braced))
    )


def _filler(before: str, piece: str, after: str) -> Callable[[int], str]:
    """Return a function that repeats a piece between two texts, up to a size."""
    varied = any(mark in piece for mark in ("{w}", "{a}", "{A}", "{n}"))
    plain = piece if varied else piece.replace("{{", "{").replace("}}", "}")

    def make(size: int) -> str:
        room = max(1, size - len(before) - len(after))
        if not varied:
            return before + plain * max(1, room // len(plain)) + after
        numbers, pieces, length = count(1), [], 0
        while length < room:
            number = next(numbers)
            letters = _letters(number)
            pieces.append(
                piece.replace("{w}", letters.title())
                .replace("{a}", letters.upper())
                .replace("{A}", letters[-1].upper())
                .replace("{n}", str(number))
            )
            length += len(pieces[-1])
        return before + "".join(pieces) + after

    return make


def _letters(number: int) -> str:
    """Return a word of its own for a number."""
    letters = ""
    while number or len(letters) < 6:
        number, digit = divmod(number, 21)
        letters = "bcdfghjklmnpqrstvwxyz"[digit] + "aeiou"[digit % 5] * (len(letters) % 2) + letters
    return letters
