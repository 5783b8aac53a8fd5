"""The people of a corpus: which names are one person, and how the user corrects that."""

from __future__ import annotations

import os
from datetime import date
from time import process_time

import pytest

from cablesearch.engines.documents import documents
from cablesearch.errors import PeopleFileError, QueryError
from cablesearch.model.cable import Cable, Paragraph, Person
from cablesearch.people.keys import name_key
from cablesearch.people.registry import (
    PEOPLE_FILE,
    NamedPerson,
    Overrides,
    find_people,
    join_names,
    read_overrides,
)
from cablesearch.search.index import Index
from tests.engines.engines import ENGINES, engine


def names(counts, overrides=None):
    return {person.name: set(person.forms) for person in join_names(counts, overrides or Overrides())}


@pytest.mark.parametrize(
    ("counts", "people"),
    [
        ({"Karim Masimov": 3, "Masimov": 2}, {"Karim Masimov": {"Karim Masimov", "Masimov"}}),
        ({"Karim Masimov": 3, "K. Masimov": 2}, {"Karim Masimov": {"Karim Masimov", "K. Masimov"}}),
        ({"Ada Nazarbayev": 3, "Nazarbaev": 1}, {"Ada Nazarbayev": {"Ada Nazarbayev", "Nazarbaev"}}),
        ({"Ada Orlan": 3, "Bo Orlan": 3}, {"Ada Orlan": {"Ada Orlan"}, "Bo Orlan": {"Bo Orlan"}}),
        (
            {"Ada Orlan": 3, "Bo Orlan": 3, "Orlan": 1},
            {"Ada Orlan": {"Ada Orlan"}, "Bo Orlan": {"Bo Orlan"}, "Orlan": {"Orlan"}},
        ),
        (
            {"Ada Orlan": 50, "Bo Orlan": 1, "Orlan": 9},
            {"Ada Orlan": {"Ada Orlan", "Orlan"}, "Bo Orlan": {"Bo Orlan"}},
        ),
        ({"Kim Jong-il": 2, "Kim": 1}, {"Kim Jong-il": {"Kim Jong-il", "Kim"}}),
        ({"Omar al-Bashir": 1, "Omar Bashir": 1}, {"Omar al-Bashir": {"Omar al-Bashir", "Omar Bashir"}}),
        ({"": 1, "...": 2}, {}),
    ],
)  # fmt: skip
def test_names_are_one_person_where_they_fit_and_no_other_fits_as_well(counts, people):
    assert names(counts) == people


@pytest.mark.parametrize(
    ("counts", "people"),
    [
        ({"Sung Kim": 2, "Kim Il-sung": 3}, {"Sung Kim": {"Sung Kim"}, "Kim Il-sung": {"Kim Il-sung"}}),
        (
            {"Masimov Karim": 1, "Karim Masimov": 2},
            {"Karim Masimov": {"Karim Masimov", "Masimov Karim"}},
        ),
        (
            {"Ahmed Wali Orlan": 3, "Orlan": 90},
            {"Ahmed Wali Orlan": {"Ahmed Wali Orlan"}, "Orlan": {"Orlan"}},
        ),
        (
            {"Ada Ben Orlan Quell": 9, "Ben Orlan": 2},
            {"Ada Ben Orlan Quell": {"Ada Ben Orlan Quell"}, "Ben Orlan": {"Ben Orlan"}},
        ),
        ({"Alva Uribe Velez": 9, "A. Uribe": 2}, {"Alva Uribe Velez": {"Alva Uribe Velez", "A. Uribe"}}),
        ({"Karim Masimov": 3, "Karim": 2}, {"Karim Masimov": {"Karim Masimov"}, "Karim": {"Karim"}}),
        (
            {"Karim Masimov": 7, "Karim X. Masimov": 2},
            {"Karim Masimov": {"Karim Masimov", "Karim X. Masimov"}},
        ),
        (
            {"Orlan|Viktor Orlan": 40, "Gleb Orlan": 3, "Orlan": 2},
            {"Viktor Orlan": {"Orlan"}, "Gleb Orlan": {"Gleb Orlan"}},
        ),
        (
            {"Orlan|Viktor Orlan": 9, "Viktor Orlann|Viktor Orlan": 1, "Viktor Orlan": 2},
            {"Viktor Orlan": {"Orlan", "Viktor Orlann", "Viktor Orlan"}},
        ),
    ],
)
def test_in_doubt_names_stay_apart(counts, people):
    assert names(counts) == people


def test_a_surname_that_may_be_several_says_so_and_counts_for_none():
    ada, bo, orlan = join_names({"Ada Orlan": 3, "Bo Orlan": 2, "Orlan": 1}, Overrides())
    assert (ada.paragraphs, bo.paragraphs) == (3, 2)
    assert (orlan.may_be, ada.may_be) == (("Ada Orlan", "Bo Orlan"), ())


def test_a_person_has_the_values_that_count_for_it():
    values = {
        person.name: set(person.values)
        for person in join_names({"Orlan|Ada Orlan": 2, "A. Orlan": 1, "Quell": 1}, Overrides())
    }
    assert values == {"Ada Orlan": {"Orlan|Ada Orlan", "A. Orlan"}, "Quell": {"Quell"}}


@pytest.mark.parametrize(
    ("counts", "name"),
    [
        (
            {"Zulfakir Bhutto|Zulfikar Ali Bhutto": 4, "Zulfiqar Bhutto|Zulfikar Ali Bhutto": 1},
            "Zulfiqar Bhutto",
        ),
        ({"Zulfakir Bhutto|Zulfikar Ali Bhutto": 4, "Bhutto|Zulfikar Ali Bhutto": 9}, "Zulfikar Ali Bhutto"),
        (
            {"Olusegun Obasanjoh|Olusegun Obasanjo": 2, "O. Obasanjo|Olusegun Obasanjo": 1},
            "Olusegun Obasanjo",
        ),
    ],
)
def test_a_misprint_is_not_shown_for_somebody_in_the_table(counts, name):
    assert [person.name for person in join_names(counts, Overrides())] == [name]


def test_the_user_wins_over_the_table_of_office_holders():
    overrides = Overrides(apart=frozenset([frozenset([name_key("Orlan"), name_key("Viktor Orlan")])]))
    assert names({"Orlan|Viktor Orlan": 2, "Viktor Orlan": 1}, overrides) == {
        "Orlan": {"Orlan"},
        "Viktor Orlan": {"Viktor Orlan"},
    }


def test_what_the_user_keeps_apart_from_the_table_is_still_told_from_others():
    overrides = Overrides(apart=frozenset([frozenset([name_key("Orlan"), name_key("Viktor Orlan")])]))
    assert names({"Orlan|Viktor Orlan": 2, "Ada Orlan": 1}, overrides) == {
        "Ada Orlan": {"Orlan", "Ada Orlan"}
    }


def test_the_most_named_come_first():
    assert [p.name for p in join_names({"Ada Quell": 1, "Bo Orlan": 5}, Overrides())] == [
        "Bo Orlan",
        "Ada Quell",
    ]


def test_a_name_is_asked_for_by_any_of_its_forms():
    people = join_names({"Nursultan Nazarbayev": 3, "Nazarbaev": 1, "Bo Orlan": 1}, Overrides())
    for asked in ("Nazarbaev", "nazarbayev nursultan", "N. Nazarbayev"):
        assert [person.name for person in find_people(people, asked)] == ["Nursultan Nazarbayev"]
    assert not [*find_people(people, "Quell")]


OVERRIDES = """
nobody = ["Camp David"]
apart = [["Viktor Orlan", "Orlan"]]

[[person]]
name = "Karim Masimov"
also = ["Masimow", "the Prime Minister of the day"]
"""


def test_the_user_wins(tmp_path):
    (tmp_path / PEOPLE_FILE).write_text(OVERRIDES, "utf-8")
    counts = {"Camp David": 9, "Viktor Orlan": 2, "Orlan": 1, "Karim Masimov": 3, "Masimow": 1}
    assert names(counts, read_overrides(tmp_path / PEOPLE_FILE)) == {
        "Viktor Orlan": {"Viktor Orlan"},
        "Orlan": {"Orlan"},
        "Karim Masimov": {"Karim Masimov", "Masimow"},
    }


def test_without_a_file_there_are_no_overrides(tmp_path):
    assert read_overrides(tmp_path / PEOPLE_FILE) == Overrides()


@pytest.mark.parametrize("text", ["nobody = [", 'person = "Karim"', "apart = 3", "[[person]]\nalso = []"])
def test_a_fault_in_the_file_is_told_with_its_name(tmp_path, text):
    (tmp_path / PEOPLE_FILE).write_text(text, "utf-8")
    with pytest.raises(PeopleFileError, match=PEOPLE_FILE):
        read_overrides(tmp_path / PEOPLE_FILE)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            'nobody = "Camp David"',
            """nobody is 'Camp David': write a list of names, nobody = ["Camp David"]""",
        ),
        (
            'nobody = ["Camp David", 3]',
            'entry 2 of nobody is 3: write a list of names, nobody = ["Camp David"]',
        ),
        (
            'nobody = ["..."]',
            """entry 1 of nobody is '...': write a list of names, nobody = ["Camp David"]""",
        ),
        (
            'apart = ["Viktor Orlan", "Orlan"]',
            "entry 1 of apart is 'Viktor Orlan': write pairs of two different names, "
            'apart = [["Viktor Orlan", "Orlan"]]',
        ),
        (
            'apart = [["A. Orlan", "Orlan"], ["Quell", "quell"]]',
            "entry 2 of apart is ['Quell', 'quell']: write pairs of two different names, "
            'apart = [["Viktor Orlan", "Orlan"]]',
        ),
        (
            'apart = [["Orlan", ""]]',
            "entry 2 of entry 1 of apart is '': write pairs of two different names, "
            'apart = [["Viktor Orlan", "Orlan"]]',
        ),
        (
            '[[person]]\nname = "Ada Quell"\n[[person]]\nname = "Karim Masimov"\nalso = "K. Masimov"',
            "also in entry 2 of [[person]] is 'K. Masimov': write a list of names, "
            'also = ["K. Masimov", "Masimow"]',
        ),
        (
            '[[person]]\nalso = ["K. Masimov"]',
            'name in entry 1 of [[person]] is missing: write a name, name = "Karim Masimov"',
        ),
        (
            '[[person]]\nname = ""',
            "name in entry 1 of [[person]] is '': write a name, name = \"Karim Masimov\"",
        ),
        (
            '[person]\nname = "Karim Masimov"',
            "[[person]] is {'name': 'Karim Masimov'}: write "
            '[[person]] with name = "Karim Masimov" and also = ["K. Masimov", "Masimow"]',
        ),
        ('nobodies = ["Camp David"]', "'nobodies' in the file is unknown: there are nobody, apart, person"),
        (
            '[[person]]\nname = "Karim Masimov"\nalias = ["Masimow"]',
            "'alias' in entry 1 of [[person]] is unknown: there are name, also",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_place_and_what_is_right(tmp_path, text, fault):
    file = tmp_path / PEOPLE_FILE
    file.write_text(text, "utf-8")
    with pytest.raises(PeopleFileError) as raised:
        read_overrides(file)
    assert str(raised.value) == f"{file}: {fault}"
    assert not isinstance(raised.value, QueryError)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("nobody = " + "[" * 5000 + "]" * 5000, "too many brackets inside one another: take them out"),
        ("nobody = " + "{a=" * 3000 + "1" + "}" * 3000, "too many brackets inside one another"),
        ("nobody = " + "[" * 50 + "]" * 50, "entry 1 of nobody is [[[[[["),
        ("nobody = [" + "9" * 100_000 + "]", "it has more than names in it: take that out"),
        ("nobody = [" + "9" * 4000 + "]", "entry 1 of nobody is 999999999999999999...999"),
        ("a" + ".a" * 100_000 + " = 1", "it has more than names in it: take that out"),
        ("[" + '"a" . ' * 100_000 + "a]", "it has more than names in it"),
        ('apart = ["VO"]', "entry 1 of apart is 'VO': write pairs of two different names"),
        ('apart = [["V", "O"]]', "entry 1 of entry 1 of apart is 'V'"),
        ('nobody = ["C"]', "entry 1 of nobody is 'C'"),
        ('nobody = "Camp David"', "nobody is 'Camp David': write a list of names"),
        (
            '[[person]]\nname = "Karim Masimov"\nalso = "Masimow"',
            "also in entry 1 of [[person]] is 'Masimow'",
        ),
        ("#" * ((16 << 20) + 1), "more than 16 MB: keep to names"),
    ],
    ids=lambda text: text[:24],
)
def test_a_hostile_file_is_refused_at_once(tmp_path, text, fault):
    file = tmp_path / PEOPLE_FILE
    file.write_text(text, "utf-8")
    begun = process_time()
    with pytest.raises(PeopleFileError) as raised:
        read_overrides(file)
    assert str(raised.value).startswith(f"{file}: {fault}")
    assert len(str(raised.value)) < 400
    assert process_time() - begun < 2


@pytest.mark.parametrize(
    "name", ["Bo", "Li", "J. F.", "李 娜", "A.B.C.D.E.F.G.H.I.J.K.L.M.N.O.P.Q.R.S.T.U.V."]
)
def test_short_and_dotted_names_are_names(tmp_path, name):
    (tmp_path / PEOPLE_FILE).write_text(f'nobody = ["{name}"]', "utf-8")
    assert read_overrides(tmp_path / PEOPLE_FILE).nobody == {name_key(name)}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / PEOPLE_FILE)
    with pytest.raises(PeopleFileError, match=r"people\.toml: no file: take it away"):
        read_overrides(tmp_path / PEOPLE_FILE)


def test_thirty_thousand_people_are_read_in_two_seconds(tmp_path):
    entries = (f'[[person]]\nname = "Karim M{i}asimov"\nalso = ["K. Masim{i}"]\n' for i in range(30_000))
    (tmp_path / PEOPLE_FILE).write_text("".join(entries), "utf-8")

    def seconds() -> float:
        begun = process_time()
        overrides = read_overrides(tmp_path / PEOPLE_FILE)
        assert len(overrides.names) == 60_000
        assert [p.name for p in join_names({"K Masim7": 1}, overrides)] == ["Karim M7asimov"]
        return process_time() - begun

    assert any(seconds() < 2 for _ in range(3))  # beside other tests some take longer


def cable(id, day, origin, *people):
    paragraphs = tuple(
        Paragraph(f"{id}#{n}", str(n), None, None, None, "Text.", tuple(Person(p, p) for p in named))
        for n, named in enumerate(people, 1)
    )
    return Cable(id, day, origin=origin, paragraphs=paragraphs)


@pytest.fixture(params=ENGINES)
def index(request, tmp_path):
    (tmp_path / PEOPLE_FILE).write_text(OVERRIDES, "utf-8")
    with engine(request.param).write(tmp_path / "engine", fresh=True) as writer:
        for each in (
            cable(
                "07TEZGARA1", date(2007, 1, 8), "Embassy Tezgara", ["Karim Masimov", "Ada Quell"], ["Masimow"]
            ),
            cable("08OSTREL2", date(2008, 3, 1), "Embassy Ostrel", ["Karim Masimov"], ["Camp David"]),
        ):
            writer.add(each, documents(each))
    with Index(tmp_path, engine(request.param).read(tmp_path / "engine")) as index:
        yield index


def test_who_is_named_most(index):
    assert [(p.name, p.paragraphs) for p in index.people()] == [("Karim Masimov", 3), ("Ada Quell", 1)]
    assert [p.name for p in index.people(filters={"origin": ["Ostrel"]})] == ["Karim Masimov"]


def test_what_there_is_of_a_person(index):
    [one] = index.person("Masimov")
    assert (one.person.name, one.paragraphs, one.cables) == ("Karim Masimov", 3, ("08OSTREL2", "07TEZGARA1"))
    assert (one.first, one.last) == (date(2007, 1, 8), date(2008, 3, 1))
    assert one.others == {"Ada Quell": 1}
    assert one.origins == {"Embassy Tezgara": 2, "Embassy Ostrel": 1}
    assert index.person("Nobody") == []


def test_a_search_for_a_person_finds_all_forms_that_the_user_names(index):
    found = {hit.paragraph.id for hit in index.search('person:"Karim Masimov"')}
    assert found == {"07TEZGARA1#1", "07TEZGARA1#2", "08OSTREL2#1"}


@pytest.mark.parametrize("name", ["", "!!!", "\ufffd", "- -"])
def test_what_has_no_words_is_nobodys_name(name: str) -> None:
    assert not [*find_people([NamedPerson("Karim Masimov", {"Karim Masimov": 2}, 2)], name)]


def test_overrides_of_two_files_are_one_and_the_first_wins():
    first = overrides({"Ada Quell": ["A. Quell"]}, nobody=["Camp Verity"])
    other = overrides(
        {"Camp Verity": ["Verity"], "Ivo Quell": ["A. Quell", "I. Quell"]},
        nobody=["Ada Quell", "Fort Ostrel"],
        apart=[("Ada Quell", "A. Quell"), ("Ivo Quell", "Quell")],
    )
    both = first | other
    assert both.names == {
        name_key("Ada Quell"): "Ada Quell",
        name_key("A. Quell"): "Ada Quell",
        name_key("Verity"): "Camp Verity",
        name_key("Ivo Quell"): "Ivo Quell",
        name_key("I. Quell"): "Ivo Quell",
    }
    assert both.nobody == {name_key("Camp Verity"), name_key("Fort Ostrel")}
    assert both.apart == {frozenset((name_key("Ivo Quell"), name_key("Quell")))}


def overrides(people, nobody=(), apart=()):
    names = {name_key(form): name for name, also in people.items() for form in (name, *also)}
    pairs = frozenset(frozenset(map(name_key, pair)) for pair in apart)
    return Overrides(names, pairs, frozenset(map(name_key, nobody)))
