"""The most named people of a query, found without counting all others."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from cablesearch import Index, open_index, update_index
from cablesearch.engines.contract import Leading, Reader
from cablesearch.engines.guarded import _GuardedReader
from cablesearch.query.tree import Tree
from tests.engines.engines import ENGINES, cluster

PEOPLE = ("Karim Masimov", "Viktor Orlan", "Selma Quillen", "Oskar Brandvold", "Petra Halvorsen")
FORMS = {"Karim Masimov": "K. Masimov", "Viktor Orlan": "Orlan"}


def cable(number: int) -> str:
    """Return a cable in which the first person is named in all paragraphs, the last in every fifth."""
    lines = []
    for paragraph in range(1, 6):
        named = [name for rank, name in enumerate(PEOPLE) if paragraph % (rank + 1) == 0]
        said = " ".join(
            f"Minister {name} told us so. Later {FORMS.get(name, name)} smiled." for name in named
        )
        lines.append(f"{paragraph}. (C) {'Salt.' if number % 2 else 'Fish.'} {said}")
    return "SUBJECT: SALT\n\n" + "\n\n".join(lines)


@pytest.fixture(scope="module", params=ENGINES)
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("named")
    (folder / "corpus").mkdir()
    for number in range(1, 7):
        (folder / "corpus" / f"07TEZGARA{number}.txt").write_text(cable(number), "utf-8")
    update_index(
        folder / "index", [folder / "corpus"], engine=request.param, cluster=cluster(request.param), workers=0
    )
    return open_index(folder / "index")


@pytest.mark.parametrize("query", ["salt", "fish", "salt OR fish", "*", "told", "date:none"])
@pytest.mark.parametrize("people", [0, 1, 2, 3, 5, 100])
def test_they_are_the_first_of_all(index: Index, query: str, people: int) -> None:
    every = index.facets(query, "person")["person"]
    most = index.facets(query, "person", people=people)["person"]
    assert [*most.items()] == [*every.items()][:people]


@pytest.mark.parametrize("query", ["salt", "*", "nobody"])
@pytest.mark.parametrize("limit", [1, 3, 100])
def test_the_first_people_come_with_the_number_of_all(index: Index, query: str, limit: int) -> None:
    index.people()  # who asks first joins all of them
    with open_index(index.folder) as fresh:
        every, first = index.people(query), fresh.people(query, limit=limit)
    assert (first, first.total) == (every[:limit], len(every))
    assert first.as_dict() == every.top(limit).as_dict()


@pytest.mark.parametrize("query", ["salt", "*", "date:none"])
@pytest.mark.parametrize("called", ["", "quillen", "MAS", "k. m", "an", "nobody"])
def test_a_page_is_a_part_of_all(index: Index, query: str, called: str) -> None:
    every = index.people(query, called=called)
    assert {one.name for one in every} == {
        one.name
        for one in index.people()
        if one.name in {named.name for named in index.people(query)}
        and any(called.lower() in form.lower() for form in (one.name, *one.forms))
    }
    assert every.total == len(every)
    for limit, offset in ((2, 0), (2, 1), (100, 0), (1, 4), (1, 100), (0, 0)):
        page = index.people(query, limit=limit, offset=offset, called=called)
        assert page == every[offset : offset + limit]
        assert page.total == every.total


@pytest.mark.parametrize(
    "name", ["Masimov", "K. Masimov", "Orlan", "V", "Karim Orlan", "Selma", "Nobody", "?"]
)
def test_whom_a_name_may_mean_is_the_same_for_all_and_for_a_query_that_finds_all(
    index: Index, name: str
) -> None:
    assert index.person(name).as_dict() == index.person(name, "salt OR fish").as_dict()


def test_pairs_of_those_who_are_named_with_somebody_are_counted(index: Index) -> None:
    name, *others = PEOPLE
    expected = {
        (one, other): paragraphs
        for one, other in combinations(others, 2)
        if (paragraphs := index.count(f'person:"{name}" person:"{one}" person:"{other}"'))
    }
    assert expected == {("Viktor Orlan", "Oskar Brandvold"): 6}
    assert index.together(name, others) == expected
    assert index.together(name, [*others, "Orlan", "Nobody"]) == expected
    assert index.together("Nobody", others) == index.together(name, others[:1]) == {}


def test_people_of_several_forms_are_counted_once(index: Index) -> None:
    [(name, paragraphs)] = index.facets("salt", "person", people=1)["person"].items()
    assert (name, paragraphs) == ("Karim Masimov", index.count('salt person:"Karim Masimov"'))


GIVEN = ("Ada", "Boris", "Carla", "Dmitri", "Elena", "Farid", "Greta", "Hamid")
SURNAMES = ("Quillen", "Brandvold", "Halvorsen", "Masimov", "Abilov", "Tezcan", "Orlandi", "Petrenko")


@pytest.fixture(scope="module", params=ENGINES)
def crowd(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Index:
    """An index of 60 people in several segments, two of them named in most paragraphs."""
    folder, chance = tmp_path_factory.mktemp("crowd"), random.Random(3)
    people = [f"{given} {surname}" for given in GIVEN for surname in SURNAMES]
    for build in range(3):
        for number in range(1, 9):
            lines, short = ["SUBJECT: SALT"], number % 3 == 0
            for paragraph in range(1, 9):
                named = {chance.choice(people[: chance.choice((2, 8, 60))]) for _ in range(4)}
                names = (f"{name[0]}. {name.split()[1]}" if short else name for name in sorted(named))
                said = " ".join(f"Minister {name} told us so." for name in names)
                lines.append(f"{paragraph}. (C) {chance.choice(('Salt', 'Fish'))}. {said}")
            (folder / "corpus").mkdir(exist_ok=True)
            name = f"0{build}TEZGARA{number}.txt"
            (folder / "corpus" / name).write_text("\n\n".join(lines), "utf-8")
        engine = request.param
        update_index(folder / "index", [folder / "corpus"], engine=engine, cluster=cluster(engine), workers=0)
    return open_index(folder / "index")


QUERIES = (
    "salt",
    "salt OR fish",
    "fish -(ada quillen)",
    "person:boris",
    "nobody",
    "sa*",
    "-quillen",
    "-(person:ada OR person:boris OR person:carla)",
    'salt OR person:"ada quillen"',
)


@pytest.mark.parametrize("query", QUERIES)
def test_people_are_counted_in_all_that_matches(crowd: Index, query: str) -> None:
    named = {person.name: crowd.count(f'({query}) person:"{person.name}"') for person in crowd.people()}
    most = sorted(((name, n) for name, n in named.items() if n), key=lambda one: (-one[1], one[0]))
    assert [*crowd.facets(query, "person")["person"].items()] == most
    for people in (1, 2, 9, 30, 100):
        assert [*crowd.facets(query, "person", people=people)["person"].items()] == most[:people]


def test_some_have_several_names_and_some_are_named_equally_often(crowd: Index) -> None:
    assert any(len(person.forms) > 1 for person in crowd.people())
    counts = [*crowd.facets("salt OR fish", "person", people=30)["person"].values()]
    assert len({*counts}) < len(counts)


@pytest.mark.parametrize(
    ("query", "asked"), [("salt OR fish", False), ("mi*", False), ("person:greta", True)]
)
def test_leading_values_are_asked_for_where_little_matches(
    crowd: Index, monkeypatch: pytest.MonkeyPatch, query: str, asked: bool
) -> None:
    questions = []
    leading = _GuardedReader.leading

    def noted(reader: Reader, tree: Tree, field: str) -> Leading:
        questions.append(tree)
        return leading(reader, tree, field)

    monkeypatch.setattr(_GuardedReader, "leading", noted)
    monkeypatch.setattr("cablesearch.search.people.READ_MEANWHILE", 5)
    crowd.facets(query, "person", people=1)
    assert bool(questions) == asked


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("leading", [1, 2, 3, 5, 1_000])
@pytest.mark.parametrize("meanwhile", [0, 3, 3_000])
def test_the_first_people_are_told_by_leading_values_or_by_the_order_of_all(
    crowd: Index, monkeypatch: pytest.MonkeyPatch, query: str, leading: int, meanwhile: int
) -> None:
    monkeypatch.setattr("cablesearch.engines.tantivy.reader.MAX_ROWS", 0)
    every = [*crowd.facets(query, "person")["person"].items()]
    monkeypatch.undo()
    assert [*crowd.facets(query, "person")["person"].items()] == every
    monkeypatch.setattr("cablesearch.engines.tantivy.reader.LEADING", leading)
    monkeypatch.setattr("cablesearch.search.people.READ_MEANWHILE", meanwhile)
    for people in (0, 1, 2, 3, 9, 100):
        assert [*crowd.facets(query, "person", people=people)["person"].items()] == every[:people]
