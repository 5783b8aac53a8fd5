"""People are joined once for each state of the index and of people.toml."""

from __future__ import annotations

import pytest

from cablesearch import open_index, rebuild_index, update_index
from cablesearch.people.keys import name_key
from cablesearch.people.registry import PEOPLE_FILE, NamedPerson, Overrides
from cablesearch.search import people
from cablesearch.search.people_cache import PeopleCache

ADA = NamedPerson("Ada Quell", {"Quell": 2, "Ada Quell": 1}, 2, ("Quell|Ada Quell", "Ada Quell"))
IVO = NamedPerson("Ivo Quell", {"Ivo Quell": 1}, 1, ("Ivo Quell",))
BARE = NamedPerson("Quell", {"Quell": 1}, 1, ("Quell",), ("Ada Quell", "Ivo Quell"))
EVERYONE = [ADA, BARE, IVO]


@pytest.fixture
def cache(tmp_path):
    return PeopleCache(tmp_path / "people.sqlite", Overrides())


def test_people_are_read_as_they_were_written(cache):
    assert cache.read() is None
    cache.write(EVERYONE)
    assert cache.read() == EVERYONE
    cache.write([IVO])
    assert cache.read() == [IVO]


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_the_most_named_are_read_without_the_others(cache, limit):
    assert cache.read(limit) is None
    cache.write(EVERYONE)
    assert cache.read(limit) == EVERYONE[:limit]
    assert cache.read(limit, 1) == EVERYONE[1:][:limit]
    assert cache.read(limit, 1).total == 3


ELISE = NamedPerson("Élise O'Hara", {"O'Hara": 3, 'Élise "Lili" O\'Hara': 1}, 3, ("O'Hara",))
ADA_100 = NamedPerson("Ada_100%", {"Ada_100%": 12}, 12, ("Ada_100%",))


@pytest.mark.parametrize(
    ("called", "found"),
    [
        ("quell", [ADA, BARE, IVO]),
        ("A QUELL", [ADA]),
        ("ivo", [IVO]),
        ("élise", [ELISE]),
        ("ÉLISE", [ELISE]),
        ("o'hara", [ELISE]),
        ('"lili"', [ELISE]),
        ("12", []),  # which is a number of paragraphs
        ("100", [ADA_100]),
        ("_", [ADA_100]),
        ("%", [ADA_100]),
        (":", []),
        ("nobody", []),
    ],
)
def test_people_are_found_by_a_part_of_a_name(cache, called, found):
    cache.write([*EVERYONE, ELISE, ADA_100])
    assert cache.read(called=called) == cache.read(10, called=called) == found
    assert cache.read(1, 1, called) == found[1:2]
    assert cache.read(1, 1, called).total == len(found)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Quell", [ADA, BARE, IVO]),
        ("I. Quell", [ADA, BARE, IVO]),  # and others who have the longest word
        ("Ivo", [IVO]),
        ("I.", [IVO]),
        ("Ive", []),
    ],
)
def test_people_are_found_by_a_word_of_a_name(cache, name, found):
    assert cache.with_word(name_key(name)) is None
    cache.write(EVERYONE)
    assert cache.with_word(name_key(name)) == found


def test_surnames_that_may_be_somebody_are_found(cache):
    other = NamedPerson("Qwell", {"Qwell": 1}, 1, ("Qwell",), ("Ivo Quell",))
    assert cache.near(IVO) is None
    cache.write([*EVERYONE, other])
    assert cache.near(IVO) == [BARE, other]
    assert cache.near(ADA) == [BARE]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Ada Quell", [ADA]),
        ("ada kwell", []),
        ("Quell", [BARE]),  # who is called so, and not Ada, of whom it is a form
        ("Nobody", []),
    ],
)
def test_people_are_found_by_name(cache, name, found):
    assert cache.find(name_key(name)) is None
    cache.write(EVERYONE)
    assert cache.find(name_key(name)) == found


@pytest.mark.parametrize("asked", [("ada", "odal"), ("ada", "o", "dal")])
def test_people_are_found_however_signs_part_their_names(cache, asked):
    oquell = NamedPerson("Ada O'Dal", {"Ada O'Dal": 1}, 1, ("Ada O'Dal",))
    cache.write([oquell, IVO])
    assert cache.find(asked) == [oquell]


def test_people_are_found_by_a_form_that_is_nobodys_name(cache):
    cache.write([ADA, IVO])
    assert cache.find(name_key("Quell")) == [ADA]


def test_people_who_were_joined_by_other_overrides_do_not_count(cache, tmp_path):
    cache.write(EVERYONE)
    pair = frozenset((name_key("Ada Quell"), name_key("Quell")))
    for other in (
        Overrides(apart=frozenset((pair,))),
        Overrides(names={name_key("Quell"): "Ivo Quell"}),
        Overrides(nobody=frozenset((name_key("Quell"),))),
    ):
        assert PeopleCache(tmp_path / "people.sqlite", other).read() is None
    assert PeopleCache(tmp_path / "people.sqlite", Overrides()).read() == EVERYONE


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"x" * 500])
def test_a_damaged_file_is_no_file_and_is_written_anew(cache, tmp_path, content):
    (tmp_path / "people.sqlite").write_bytes(content)
    assert cache.read() is None
    cache.write(EVERYONE)
    assert cache.read() == EVERYONE


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path):
    cache = PeopleCache(tmp_path / "missing" / "people.sqlite", Overrides())
    cache.write(EVERYONE)
    assert cache.read() is None


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    return folder


def put(corpus, number, *texts):
    """Write a cable with these paragraphs."""
    body = "\n\n".join(f"{n}. (C) {text}" for n, text in enumerate(texts, 1))
    head = f"CONFIDENTIAL TEZGARA {number:06}\n\nE.O. 12958: DECL: 01/08/2017\nSUBJECT: TALKS"
    (corpus / f"07TEZGARA{number}.txt").write_text(f"{head}\n\n{body}\n", "utf-8")


def test_names_are_joined_once_and_again_after_a_change(corpus, tmp_path, monkeypatch):
    put(corpus, 5, "Minister Karim Masimov spoke.", "President Masimov left.")
    folder = tmp_path / "index"
    rebuild_index(folder, [corpus], workers=0)
    joined = []
    join = people.join_names
    monkeypatch.setattr(people, "join_names", lambda *given: joined.append(1) or join(*given))

    def ask():
        """Return how many paragraphs name him, and how often names have been joined so far."""
        with open_index(folder) as index:
            count = index.count('person:"Karim Masimov"')
            assert [(p.name, p.paragraphs) for p in index.people()] == [("Karim Masimov", count)]
        return count, len(joined)

    assert [ask(), ask()] == [(2, 1), (2, 1)]
    put(corpus, 6, "Minister Karim Masimov came back.")
    update_index(folder)
    assert [ask(), ask()] == [(3, 2), (3, 2)]
    (folder / PEOPLE_FILE).write_text('nobody = ["Camp David"]', "utf-8")
    assert [ask(), ask()] == [(3, 3), (3, 3)]


def test_a_few_are_listed_without_the_others(corpus, tmp_path):
    put(corpus, 5, "Minister Karim Masimov spoke.", "President Masimov and Minister Selma Quillen left.")
    rebuild_index(tmp_path / "index", [corpus], workers=0)
    with open_index(tmp_path / "index") as index:
        everyone = [(one.name, one.paragraphs) for one in index.people()]
    for limit in (1, 2):
        with open_index(tmp_path / "index") as index:
            found = index.facets("*", "person", people=limit)["person"]
            assert [*found.items()] == everyone[:limit]
            assert "everyone" not in vars(index._people)


def test_a_flipped_bit_gives_nobody_a_wrong_name_or_count(cache, tmp_path):
    cache.write(EVERYONE)
    file = tmp_path / "people.sqlite"
    whole = file.read_bytes()
    for at in range(0, len(whole), 7):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])
        assert cache.read() in (None, EVERYONE)
        if at % 35:
            continue
        some = [*(cache.with_word(name_key("Quell")) or ()), *(cache.near(IVO) or ())]
        some += [*(cache.read(9) or ()), *(cache.read(9, called="quell") or ())]
        assert all(one in EVERYONE for one in some)
