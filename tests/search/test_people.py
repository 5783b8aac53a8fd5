"""Lists, facets, dossiers and searches count one person alike."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date

import pytest

from cablesearch.engines.documents import documents
from cablesearch.model.cable import Cable, Paragraph, Person
from cablesearch.people.corrections import Correction
from cablesearch.people.registry import PEOPLE_FILE
from cablesearch.search.index import Index
from tests.engines.engines import ENGINES, engine


def cable(id, day, *people, origin="Embassy Tezgara"):
    """Return a cable; `people` has the full names in each paragraph, each with whom the table knows."""
    paragraphs = tuple(
        Paragraph(f"{id}#{n}", str(n), None, None, None, "Text.", tuple(map(person, named)))
        for n, named in enumerate(people, 1)
    )
    return Cable(id, day, origin=origin, paragraphs=paragraphs)


def person(name):
    name, _, known_as = name.partition(" = ")
    return Person(name, name, known_as=known_as or None)


@pytest.fixture(params=ENGINES)
def index(request, tmp_path):
    """A function that opens an index of cables."""
    with ExitStack() as stack:

        def build(*cables, overrides=""):
            (tmp_path / PEOPLE_FILE).write_text(overrides, "utf-8")
            with engine(request.param).write(tmp_path / "engine", fresh=True) as writer:
                for each in cables:
                    writer.add(each, documents(each))
            return stack.enter_context(Index(tmp_path, engine(request.param).read(tmp_path / "engine")))

        yield build


def counts(index, name):
    """Return the paragraphs of a person as the list, the facet, a search and the dossier count them."""
    listed = next(person for person in index.people() if person.name == name)
    found = {(hit.cable_id, hit.ordinal) for hit in index.scan(f'person:"{name}"')}
    [dossier] = (one for one in index.person(name) if one.person.name == name)
    assert dossier.cable_count == len({cable for cable, _ in found})
    return listed.paragraphs, index.facets("*", "person")["person"][name], len(found), dossier.paragraphs


BARE = (
    cable("07TEZGARA1", date(2007, 1, 8), ["Karim Masimov"], ["Masimov", "Ada Quell"]),
    cable(
        "08OSTREL2", date(2008, 3, 1), ["Masimov"], ["K. Masimov"], ["Timur Aliyev"], origin="Embassy Ostrel"
    ),
    cable("09OSTREL3", date(2009, 3, 1), ["Masimov"], origin="Embassy Ostrel"),
)


def test_a_surname_alone_counts_everywhere(index):
    opened = index(*BARE)
    assert counts(opened, "Karim Masimov") == (5, 5, 5, 5)
    [dossier] = opened.person("Karim Masimov")
    assert (dossier.first, dossier.last) == (date(2007, 1, 8), date(2009, 3, 1))
    assert dossier.origins == {"Embassy Ostrel": 3, "Embassy Tezgara": 2}
    assert (dossier.cables, dossier.cable_count) == (("09OSTREL3", "08OSTREL2", "07TEZGARA1"), 3)
    assert dossier.others == {"Ada Quell": 1}
    assert dossier.person.bare_forms == {"Masimov": 3}


def test_whom_the_table_knows_counts_everywhere_and_for_nobody_else(index):
    opened = index(
        cable(
            "07KABUL1",
            date(2007, 1, 8),
            ["Karzai = Hamid Karzai"],
            ["Karzai = Hamid Karzai"],
            ["Hamid Karzai"],
        ),
        cable("07KABUL2", date(2007, 1, 9), ["Ahmed Wali Karzai"], ["Karzai"]),
    )
    assert counts(opened, "Hamid Karzai") == (3, 3, 3, 3)
    assert counts(opened, "Ahmed Wali Karzai") == (1, 1, 1, 1)


def test_a_paragraph_that_names_a_person_by_two_forms_counts_once(index):
    opened = index(
        cable("07TEZGARA1", None, ["Karim Masimov", "K. Masimov"], ["Karim Masimov"]),
        cable("08OSTREL2", None, ["Masimov", "Karim Masimov", "Ada Quell"]),
    )
    assert counts(opened, "Karim Masimov") == (3, 3, 3, 3)
    assert [p.paragraphs for p in opened.people('person:"Ada Quell"')] == [1, 1]


def test_what_is_not_decided_counts_for_nobody_and_is_told(index):
    cables = (
        cable("07TEZGARA1", None, ["Ada Orlan"], ["Bo Orlan"], ["Orlan"], ["Orlan"]),
        cable("08OSTREL2", None, ["Timur Aliyev"], *[["Aliyev"]] * 6),
    )
    opened = index(*cables)
    assert counts(opened, "Ada Orlan") == counts(opened, "Bo Orlan") == (1, 1, 1, 1)
    assert opened.person("Ada Orlan")[0].undecided == {"Orlan": 2}
    assert opened.person("Timur Aliyev")[0].undecided == {"Aliyev": 6}
    decided = index(*cables, overrides='[[person]]\nname = "Ada Orlan"\nalso = ["Orlan"]')
    assert counts(decided, "Ada Orlan") == (3, 3, 3, 3)
    assert not decided.person("Ada Orlan")[0].undecided


def test_who_is_one_person_does_not_depend_on_the_query(index):
    opened = index(*BARE)
    [other, masimov] = opened.people(filters={"origin": "Ostrel"})[::-1]
    assert (masimov.name, masimov.paragraphs) == ("Karim Masimov", 3)
    assert masimov.forms == {"Masimov": 2, "K. Masimov": 1}
    assert other.name == "Timur Aliyev"
    facets = opened.facets("*", "person", {"origin": "Ostrel"})
    assert facets["person"] == {"Karim Masimov": 3, "Timur Aliyev": 1}
    assert opened.person("Masimov", filters={"origin": "Ostrel"})[0].paragraphs == 3


def test_two_people_are_not_called_alike(index):
    opened = index(
        cable(
            "07TEZGARA1", None, ["Ali Orlan = Ali bin Orlan"], ["Ali Orlan = Ali bin Orlan"], ["Ali Orlan"]
        ),
        overrides='apart = [["Ali bin Orlan", "Ali Orlan"]]',
    )
    names = [person.name for person in opened.people()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('person:"Karim Masimov"', 9),
        ('person:"Masimov, Karim"', 9),
        ('person:"K. Masimov"', 9),  # a form of his
        ('person:"Karim Massimov"', 9),  # by the sound
        ('person:"Ivan Masimov"', 1),
        ("person:Masimov", 10),  # everybody of that name
        ("person:karim", 5),
        ('person:"Kim Masimov"', 0),
        ('NOT person:"Karim Masimov"', 2),
    ],
)
def test_a_full_name_finds_the_person_and_a_surname_everybody_of_that_name(index, query, found):
    opened = index(*BARE, cable("10TEZGARA4", None, ["Ivan Masimov"], *[["Karim Masimov"]] * 4))
    assert opened.count(query) == found


@pytest.mark.parametrize(
    ("name", "form", "queries"),
    [
        (
            "Paul O'Quell",
            "O'Quell",
            ['person:"Paul O\'Quell"', 'person:"Paul OQuell"', 'person:"O\'Quell, Paul"'],
        ),
        ("A.Q. Orlan", "Orlan", ['person:"A.Q. Orlan"', 'person:"A. Q. Orlan"']),
        ("Ali Orlane'i", "Orlanei", ['person:"Ali Orlane\'i"', 'person:"Ali Orlanei"']),
        ("Quell", "Mrs. Quell", ['person:"Mrs. Quell"']),
    ],
)
def test_signs_in_a_name_make_no_difference(index, name, form, queries):
    bare = f"Quell = {form}" if form.startswith("Mrs.") else form
    opened = index(cable("07TEZGARA1", None, [name], [bare], ["Karim Masimov"]))
    [shown] = (one for one in opened.people() if form in (*one.forms, one.name))
    assert counts(opened, shown.name) == (shown.paragraphs,) * 4
    assert {query: opened.count(query) for query in queries} == dict.fromkeys(queries, shown.paragraphs)


def test_a_surname_with_an_apostrophe_is_everybodys(index):
    opened = index(cable("07TEZGARA1", None, ["Paul O'Quell"], ["O'Quell"], ["Ada O'Quell"]))
    assert opened.count("person:O'Quell") == 3


@pytest.mark.parametrize(
    "others", [(), (cable("10OSTREL4", date(2010, 1, 1), ["Mas. = Karim Masimov"], ["Karimm Masimov"]),)]
)
def test_a_correction_holds_at_once_and_until_it_is_taken_back(index, others):
    opened = index(*BARE, *others)
    [before] = (one for one in opened.people() if one.name == "Karim Masimov")
    for form in [form for form in before.forms if form not in ("Karim Masimov", "Karimm Masimov")]:
        opened.correct(Correction("apart", "Karim Masimov", form))
        [now] = (one for one in opened.people() if one.name == "Karim Masimov")
        assert form not in now.forms
        counts(opened, "Karim Masimov")
    for said in opened.corrections:
        opened.take_back(said)
    assert before in opened.people()
    opened.correct(Correction("nobody", "Ada Quell"))
    assert "Ada Quell" not in opened.facets("*", "person")["person"]


def test_what_is_known_by_another_spelling_is_apart_from_that_too(index):
    opened = index(
        cable(
            "07TEZGARA1",
            date(2007, 1, 8),
            ["N.S. Quelcheff = Nikita Quelchev"] * 2,
            ["Quelcheff = Nikita Quelchev"],
        )
    )
    [person] = opened.people()
    opened.correct(Correction("apart", person.name, "Quelcheff"))
    assert {name for one in opened.people() for name in one.forms if len(one.forms) > 1} == set()
