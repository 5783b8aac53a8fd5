"""Different telegrams with one number are all kept, and found together; copies of one are one."""

from __future__ import annotations

import random
from itertools import permutations

import pytest

from cablesearch.indexing import rebuild, update
from cablesearch.search.index import open_index
from tests.corpus.makers import pdf

TELEGRAM = """Message Text

CONFIDENTIAL

PAGE 01        KELVO   00290  {day}1702Z

R {day}1615Z FEB 76
FM AMEMBASSY KELVO
TO SECSTATE WASHDC 2240

C O N F I D E N T I A L KELVO 0290

TAGS: EFIS
SUBJECT: {subject}

REF: OSTREL 12

1. {text}

2. PENNIFOLD SAID NO MORE. THE EMBASSY WILL REPORT (REFTEL).

Message Attributes

Document Number: 1976KELVO00290
Draft Date: {day} FEB 1976
{locator}Original Classification: CONFIDENTIAL
Subject: {subject}
"""
TEXTS = {
    "HERRING": "THE HERRING QUOTA WILL BE CUT BY HALF, SAYS THE MINISTER, WHO HAS SEEN THE SHIPS RETURN.",
    "WHEAT": "A SHIP WITH WHEAT FROM DULUTH HAS ARRIVED AND ITS CAPTAIN ASKS FOR PAPERS THAT NOBODY HAS.",
    "SALT": "THREE MEMBERS OF THE SALT COMMISSION WERE RECEIVED BY THE PRESIDENT ON MONDAY, TO NO EFFECT.",
    "LAMPS": "THE HARBOR LAMPS ARE OUT AGAIN, AND NO PILOT WILL BRING A SHIP IN AFTER DARK UNTIL THEN.",
}


def telegram(subject, more="", located=True):
    day = 10 + list(TEXTS).index(subject)
    locator = f"Legacy Key: link1976/newtext/{subject.lower()}.tel\n" if located else ""
    return TELEGRAM.format(subject=subject, day=day, text=TEXTS[subject] + more, locator=locator)


@pytest.fixture
def add(corpus):
    """A function that writes telegrams to a file of the corpus: as text, or as a PDF by its name."""

    def add(name, *telegrams):
        file = corpus / name
        if name.endswith(".pdf"):
            file.write_bytes(pdf(*telegrams))
        else:
            file.write_text("\n".join(telegrams), "utf-8")

    return add


@pytest.fixture
def subjects(index):
    """A function that returns the subject of each cable in the index, by its id."""

    def subjects():
        with open_index(index) as cables:
            return {cable.id: cable.subject for cable in cables.cables("76KELVO290")}

    return subjects


def test_different_telegrams_are_all_kept(add, corpus, index, subjects):
    for subject in TEXTS:
        add(f"{subject}.txt", telegram(subject))
    report = update(index, [corpus])
    assert (report.cables, report.added, report.duplicates) == (4, 4, ())
    assert sorted(subjects().values()) == sorted(TEXTS)
    assert len(subjects()) == 4
    assert all(id.startswith("76KELVO290-") for id in subjects())


def test_of_one_file_too(add, corpus, index, subjects):
    add("all.txt", *map(telegram, TEXTS))
    assert update(index, [corpus], workers=1).cables == 4
    assert sorted(subjects().values()) == sorted(TEXTS)


def test_a_single_one_has_the_plain_id(add, corpus, index, subjects):
    add("a.txt", telegram("HERRING"))
    update(index, [corpus])
    assert subjects() == {"76KELVO290": "HERRING"}


@pytest.mark.parametrize("located", [True, False])
def test_ids_do_not_depend_on_the_order_of_the_files(add, corpus, index, subjects, located):
    found = []
    for order in list(permutations(TEXTS))[::7]:
        for name, subject in zip("abcd", order, strict=True):
            add(f"{name}.txt", telegram(subject, located=located))
        rebuild(index, [corpus])
        found.append(subjects())
    assert found[0]
    assert all(ids == found[0] for ids in found)


def test_another_one_does_not_rename_the_others(add, corpus, index, subjects):
    add("a.txt", telegram("HERRING"))
    add("b.txt", telegram("WHEAT"))
    update(index, [corpus])
    two = subjects()
    add("c.txt", telegram("SALT"))
    report = update(index)
    assert (report.added, report.replaced, report.removed) == (1, 0, 0)
    assert two.items() < subjects().items()


def test_the_second_one_gives_the_first_a_suffix_too(add, corpus, index, subjects):
    add("a.txt", telegram("HERRING"))
    update(index, [corpus])
    add("b.txt", telegram("WHEAT"))
    report = update(index)
    assert (report.cables, report.added, report.replaced, report.removed) == (2, 1, 1, 0)
    updated = subjects()
    rebuild(index)
    assert subjects() == updated
    (corpus / "b.txt").unlink()
    report = update(index)
    assert (report.cables, report.added, report.replaced, report.removed) == (1, 0, 1, 1)
    assert subjects() == {"76KELVO290": "HERRING"}


def test_copies_in_other_formats_are_one(add, corpus, index, subjects):
    for subject in ("HERRING", "WHEAT"):
        add(f"{subject}.txt", telegram(subject))
        add(f"{subject}.pdf", telegram(subject))
    report = update(index, [corpus])
    assert (report.cables, len(report.duplicates)) == (2, 2)
    assert {id for id, *_ in report.duplicates} == set(subjects())
    assert sum(report.formats.values()) == 2


def test_a_fuller_copy_keeps_the_suffix(add, corpus, index, subjects):
    add("a.txt", telegram("HERRING"))
    add("b.txt", telegram("WHEAT"))
    update(index, [corpus])
    before = subjects()
    add("c.txt", telegram("WHEAT", " HE WILL WAIT."))
    report = update(index)
    assert (report.cables, report.added, report.replaced) == (2, 0, 1)
    assert subjects() == before
    with open_index(index) as cables:
        assert cables.search("captain wait").total == 1


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_all_are_found_by_the_plain_id(add, corpus, index, subjects, engine):
    add("a.txt", telegram("HERRING"))
    add("b.txt", telegram("WHEAT"))
    citing = telegram("SALT").replace("OSTREL 12", "KELVO 290")
    add("c.txt", citing.replace("KELVO   00290", "KELVO   00291").replace("0290\n", "0291\n", 1)
        .replace("1976KELVO00290", "1976KELVO00291"))  # fmt: skip
    update(index, [corpus], engine=engine)
    first, second = subjects()
    with open_index(index) as cables:

        def ids(query):
            return {hit.paragraph.id for hit in cables.search(query)}

        assert ids("id:76KELVO290") == {f"{id}#{n}" for id in (first, second) for n in (1, 2)}
        assert ids("id:1976KELVO00290#2") == {f"{first}#2", f"{second}#2"}
        assert ids(f"id:{first}") == {f"{first}#1", f"{first}#2"}
        assert ids(f"id:{first.upper()}#1") == {f"{first}#1"}
        assert ids("cites:76KELVO290") == {"76KELVO291#2"}
        assert ids(f"cites:{second}") == {"76KELVO291#2"}
        assert ids("76KELVO290") >= {f"{first}#1", f"{second}#2"}
        assert ids(second) >= {f"{second}#1", "76KELVO291#2"}
        assert cables.cable(first).other_ids == ("76KELVO290",)
        assert cables.cable("76KELVO290").id == first


def test_files_named_alike_are_different_cables(corpus, index):
    """A text without an id is called by the name of its file."""
    for folder, subject in zip("ab", TEXTS, strict=False):
        (corpus / folder).mkdir()
        text = f"SUBJECT: {subject}\n\n1. (C) {TEXTS[subject]}\n"
        (corpus / folder / "letter.txt").write_text(text, "utf-8")
    assert update(index, [corpus]).cables == 2


@pytest.mark.parametrize("seed", range(4))
def test_an_update_holds_what_a_rebuild_holds(add, corpus, index, subjects, seed):
    """Whatever came and went, in any order, in one file or in several."""
    chance = random.Random(seed)
    for _ in range(4):
        for name in chance.sample("abcde", 3):
            chosen = chance.choices(list(TEXTS), k=chance.randrange(1, 4))
            add(f"{name}.txt", *(telegram(one, chance.choice(["", " AGAIN."])) for one in chosen))
        for name in chance.sample("abcde", 2):
            (corpus / f"{name}.txt").unlink(missing_ok=True)
        before = subjects() if index.exists() else {}
        report = update(index, [corpus])
        updated = subjects(), report.cables, report.paragraphs
        assert len(before) + report.added - report.removed == report.cables
        again = rebuild(index)
        assert updated == (subjects(), again.cables, again.paragraphs)
