"""What is said of two versions of a cable, on cases of every kind."""

from __future__ import annotations

import gc
import random
import time
from datetime import date, datetime

import pytest

from cablesearch import Cable, Classification, Paragraph, Person
from cablesearch.compare.difference import Difference, compare
from cablesearch.model.cable import paragraph_ids

ID = "07TEZGARA5"


def cable(*texts: str, people: tuple[str, ...] = (), heading: str | None = None, **facts: object) -> Cable:
    numbers = [str(n) for n in range(1, len(texts) + 1)]
    named = tuple(Person(name, name) for name in people)
    return Cable(
        ID,
        paragraphs=tuple(
            Paragraph(id, number, "C", heading, None, text, people=named)
            for id, number, text in zip(paragraph_ids(numbers, ID), numbers, texts, strict=True)
        ),
        **facts,  # type: ignore[arg-type]
    )


def edits(difference: Difference) -> list[tuple[str, str, str, tuple[str, ...]]]:
    return [
        (edit.kind.value, edit.old, edit.new, edit.names)
        for change in difference.changes
        for edit in change.edits
    ]


@pytest.mark.parametrize(
    ("old", "new", "edit"),
    [
        ("He met the mayor.", "He saw the mayor.", ("replaced", "met", "saw")),
        ("He met the old mayor.", "He met the mayor.", ("removed", "old", "")),
        ("It is 1.5 per cent.", "It is 15 per cent.", ("replaced", "1.5", "15")),
        ("It cost $500 then.", "It cost €500 then.", ("replaced", "$500", "€500")),
        ("He met Quell here.", "He met XXXXXX here.", ("redacted", "Quell", "XXXXXX")),
        ("He met XXXXXX here.", "He met Quell here.", ("restored", "XXXXXX", "Quell")),
        ("He met some people.", "He met some XXXX people.", ("redacted", "", "XXXX")),
        (
            "Sent [1 line not declassified] on.",
            "Sent [2 lines not declassified] on.",
            ("remarked", "[1 line not declassified]", "[2 lines not declassified]"),
        ),
        ("会谈关于渔业问题", "会谈关于农业问题", ("replaced", "渔", "农")),
        ("قال الوزير إن السعر مرتفع", "قال السفير إن السعر مرتفع", ("replaced", "الوزير", "السفير")),
    ],
)
def test_words(old: str, new: str, edit: tuple[str, str, str]) -> None:
    assert [found[:3] for found in edits(compare(cable(old), cable(new)))] == [edit]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The counter-terrorism unit", "THE COUNTERTERRORISM\nUNIT."),
        ("“It's late,” he said", "\"It’s late\" -- he said"),
        ("caf\u00e9 at noon", "cafe\u0301 at noon"),
        ("He met XXXXXXXXXXXX there", "He met ████ there"),
        ("He met XXXX XXXXXX there", "He met XXXXXXXXXXXX there"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_is_no_difference(old: str, new: str) -> None:
    assert not compare(cable(old), cable(new))


def test_a_redaction_names_the_people_under_it() -> None:
    people = ("Orla Quell", "Hans Berg")
    old = cable("Orla Quell and Hans Berg met. Later Quell left alone for home.", people=people)
    new = cable("XXXXXXXXXXXX and Hans Berg met. Later XXXXXXX left alone for home.", people=("Hans Berg",))
    assert edits(compare(old, new)) == [
        ("redacted", "Orla Quell", "XXXXXXXXXXXX", ("Orla Quell",)),
        ("redacted", "Quell", "XXXXXXX", ("Orla Quell",)),
    ]
    assert edits(compare(new, old))[0] == ("restored", "XXXXXXXXXXXX", "Orla Quell", ("Orla Quell",))


def test_several_paragraphs_withheld_in_one_mark() -> None:
    first, last = "The ships wait in the harbor.", "Nobody pays the dues any more."
    old = cable(first, "Quell asked for money twice.", "Berg gave none to him.", last)
    difference = compare(old, cable(first, "[2 paragraphs (9 lines) not declassified]", last))
    [withheld] = [change for change in difference.changes if change.edits]
    assert [[p.number for p in side] for side in (withheld.old, withheld.new)] == [["2", "3"], ["2"]]
    assert difference.counts["redacted"] == 1


def test_facts() -> None:
    old = cable(
        "Fish.",
        created=datetime(2007, 1, 8, 12, 31),
        classification=Classification("SECRET", ("NOFORN",)),
        to=("SECSTATE WASHDC", "AMEMBASSY OSTREL"),
        signature="QUELL",
        info=("CIA",),
    )
    new = cable(
        "Fish.",
        created=date(2007, 1, 8),
        classification=Classification("CONFIDENTIAL"),
        to=("SecState WashDC",),
        signature="XXXX",
    )
    difference = compare(old, new)
    assert [(fact.name, fact.removed, fact.added) for fact in difference.facts] == [
        ("classification", ("SECRET//NOFORN",), ("CONFIDENTIAL",)),
        ("to", ("AMEMBASSY OSTREL",), ()),
        ("signature", ("QUELL",), ("XXXX",)),
    ]
    assert [fact.name for fact in difference.given_by_one] == ["info"]
    assert difference.counts == {"redacted": 1}


def test_what_only_one_gives_is_no_difference() -> None:
    difference = compare(cable("Fish.", info=("CIA",)), cable("Fish."))
    assert not difference
    assert difference.given_by_one


def test_a_heading_that_differs_is_said_once() -> None:
    texts = "Fish is dear.", "Corn is cheap.", "Salt is gone."
    difference = compare(cable(*texts, heading="Prices"), cable(*texts, heading="Trade"))
    assert [change.kinds for change in difference.changes] == [("under another heading",)]


def test_a_quotation_of_a_changed_paragraph_is_not_a_part_of_it() -> None:
    whole = "The minister of fish said that the dues in the harbor will rise by half before the spring comes"
    quoted = "Comment: that the dues in the harbor will rise by half before the spring is news"
    difference = compare(cable(whole), cable(f"{whole} again", quoted))
    assert [change.kinds for change in difference.changes] == [("changed",), ("inserted",)]


def _word(chance: random.Random, n: int) -> str:
    return f"w{chance.randrange(n)}"


@pytest.mark.parametrize(
    "texts",
    [
        lambda chance, n: [" ".join(_word(chance, 2) for _ in range(20 * n))],
        lambda chance, n: [" ".join(_word(chance, 9_000) for _ in range(20 * n))],
        lambda chance, n: [" ".join(_word(chance, 40) for _ in range(12)) for _ in range(2 * n)],
        lambda chance, n: [_word(chance, 3) for _ in range(10 * n)],
        lambda chance, n: ["X" * chance.randrange(3, 9) + "[" for _ in range(10 * n)],
        lambda chance, n: ["[" * (100 * n) + "x " * (50 * n)],
        lambda chance, n: [f"[{n} paragraphs not declassified]", *(_word(chance, n) for _ in range(5 * n))],
    ],
    ids=["two words", "one paragraph", "many paragraphs", "short ones", "signs", "brackets", "withheld"],
)
def test_four_times_the_text_takes_not_much_more_than_four_times_as_long(texts: object) -> None:
    def seconds(size: int) -> float:
        old, new = (cable(*texts(random.Random(seed), size)) for seed in (1, 2))  # type: ignore[operator]
        began = time.process_time()
        compare(old, new)
        return time.process_time() - began

    gc.disable()  # it would go through the objects of all other tests, too
    try:
        once, four_times = (min(seconds(size) for _ in range(3)) for size in (100, 400))
    finally:
        gc.enable()
    assert four_times < 10 * max(once, 0.05)
