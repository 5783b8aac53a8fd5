"""Who held which office when: the table itself, and what it answers."""

from __future__ import annotations

import calendar
import re
from collections import Counter, defaultdict
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.people.offices import sightings
from cablesearch import corpus
from cablesearch.model.tables import read_table
from cablesearch.parse import parse_record
from cablesearch.people import offices as module
from cablesearch.people.offices import (
    NOBODY,
    Offices,
    Relative,
    Tenure,
    are_known_apart,
    holders,
    is_known_by,
    is_leader,
    load_offices,
    offices,
    relatives,
    title_offices,
)

DATA = Path(module.__file__).parent / "data"
SAMPLE = Path(__file__).resolve().parents[3] / "shared" / "corpora" / "cablegate"

FORMER_STATES = {"SU", "YU", "CS", "DD", "YD", "VD"}
ORGANISATIONS = {
    *("UN", "NATO", "EU", "IAEA", "OAS", "OPCW", "WTO", "IMF"),
    *("World Bank", "Arab League"),
}
SUCCESSORS = {"SU": "GE", "YU": "RS", "CS": "CZ", "VD": "VN", "CN": "TW"}  # people with offices in both

# Offices that several people hold at a time, by country; `*` is every country.
SHARED = {
    *(
        ("*", office)
        for office in ("deputy prime minister", "member of the presidency", "ambassador at large")
    ),
    *((country, "vice president") for country in ("AF", "IQ", "SD", "ZW")),
    ("CN", "vice premier"),
    ("ZA", "deputy president"),
    ("NL", "foreign minister"),  # 1952-56, Beyen and Luns
    ("KH", "prime minister"),  # 1993-97, the first and the second
    ("IR", "prime minister"),  # February 1979, Bakhtiar's and Bazargan's governments
    ("MG", "president"),  # 2002, Ratsiraka and Ravalomanana
}
LONG_LIVES = {  # more than 50 years from the first office to the end of the last
    *("Bhumibol Adulyadej", "Elizabeth II", "Haakon VII", "Hirohito", "Lee Kuan Yew", "Norodom Sihanouk"),
    *("Raul Castro", "Sisavang Vong", "Wilhelmina", "Franz Joseph II", "Rainier III"),
}


def rows():
    return read_table(DATA / "office_holders.txt", columns=7)


def test_every_row_is_well_formed():
    geographies = {country for *_, country, _common in read_table("tags.txt", columns=5)}
    known = geographies | FORMER_STATES | ORGANISATIONS
    text = (DATA / "office_holders.txt").read_text("utf-8")
    assert text.isascii()
    assert {line.count("\t") for line in text.splitlines() if not line.startswith("#")} == {5, 6}
    for name, country, office, start, end, seen, spellings in rows():
        row = (name, country, office)
        assert re.fullmatch(r"[A-Z][\w.,' -]*\w\.?(?: \(.+\))?", name), row
        assert country in known, row
        assert re.fullmatch(r"[A-Za-z -]+", office), row
        assert is_date(start), row
        assert not end or (is_date(end) and end >= "1945"), row
        assert start <= "2010-12-31", row
        assert re.fullmatch(r"-|\d\d[A-Z]+\d+|frus[\w-]+/\w+", seen), row
        assert all(spelling.strip() for spelling in spellings.split("; ")) or not spellings, row


def is_date(printed):
    match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", printed)
    if not match or not 1890 <= int(match[1]) <= 2010:
        return False
    month = int(match[2] or 1)
    return 1 <= month <= 12 and 1 <= int(match[3] or 1) <= calendar.monthrange(int(match[1]), month)[1]


def first_day(printed):
    return (printed + "-01-01")[:10]


def last_day(printed):
    return (printed or "9999") + "-12-31"[len(printed or "9999") - 4 :]


def test_rows_are_sorted_and_none_is_there_twice():
    keys = [(country, office, start, name) for name, country, office, start, *_ in rows()]
    assert keys == sorted(keys)
    assert len(keys) == len(set(keys))


def test_a_tenure_ends_after_it_begins():
    assert [row for row in rows() if last_day(row[4]) < first_day(row[3])] == []


def test_nobody_holds_an_office_before_the_one_before_has_left():
    by_office = defaultdict(list)
    for name, country, office, start, end, *_ in rows():
        if {(country, office), ("*", office)}.isdisjoint(SHARED):
            by_office[country, office].append((start, end, name))
    overlaps = [
        (where, earlier, later)
        for where, tenures in by_office.items()
        for earlier, later in pairwise(sorted(tenures, key=lambda tenure: last_day(tenure[0])))
        if not earlier[1] or first_day(earlier[1]) > last_day(later[0])
    ]
    assert overlaps == []


def test_shared_offices_are_shared():
    """An exception that is no longer needed is taken out."""
    by_office = Counter()
    for _name, country, office, *_ in rows():
        by_office[country, office] += 1
        by_office["*", office] += 1
    assert all(by_office[shared] > 1 for shared in SHARED)


def test_a_name_is_one_person():
    """Somebody of the same name is likely where offices are too far apart, or in two countries."""
    years, countries = defaultdict(list), defaultdict(set)
    for name, country, office, start, end, *_ in rows():
        years[name] += [int(start[:4]), int(end[:4] or 2010)]
        if country not in ORGANISATIONS and office not in ("US ambassador", "SRSG", "high representative"):
            countries[name].add("US" if office == "chief of the liaison office" else country)
    long = {name for name, of in years.items() if max(of) - min(of) > 50}
    assert long == {name for name in LONG_LIVES if name in long}
    several = {frozenset(of) for of in countries.values() if len(of) > 1}
    assert several <= {frozenset(pair) for pair in SUCCESSORS.items()}


def test_spellings_of_a_country_are_one_persons():
    names = {name for name, *_ in rows()}
    owners = defaultdict(set)
    for name, country, *_, spellings in rows():
        for spelling in filter(None, spellings.split("; ")):
            if " " in spelling:
                assert spelling not in names, (name, spelling)
                owners[country, spelling.lower()].add(name)
    assert {key: who for key, who in owners.items() if len(who) > 1} == {}


def test_spellings_stand_in_one_row_of_a_person_each_once():
    listed = [(name, spellings) for name, *_, spellings in rows() if spellings]
    assert [name for name, count in Counter(name for name, _ in listed).items() if count > 1] == []
    for name, spellings in listed:
        forms = spellings.split("; ")
        assert len(forms) == len(set(forms)), name


def test_titles_stand_for_offices_of_the_table():
    titles = read_table(DATA / "office_titles.txt", columns=2)
    assert titles == sorted(titles)
    known = {office for _, _, office, *_ in rows()}
    for title, listed in titles:
        assert re.fullmatch("[a-z]+(?: [a-z]+)*", title)
        assert listed == NOBODY or set(listed.split("; ")) <= known, title


def test_relatives_are_two_people_each_pair_once():
    listed = read_table(DATA / "relatives.txt", columns=4)
    assert {relation for _, relation, *_ in listed} == {
        *("son", "daughter", "father", "grandson", "grandfather", "brother", "sister", "half-brother"),
        *("wife", "husband", "nephew", "niece", "uncle", "cousin", "namesake"),
        *("son-in-law", "brother-in-law", "father-in-law"),
    }
    pairs = Counter(frozenset((name, of)) for name, _, of, _ in listed)
    assert [set(pair) for pair, count in pairs.items() if count > 1 or len(pair) < 2] == []
    known = {name for name, *_ in rows()}
    assert [
        name for name, *_, spellings in listed if spellings and name in known and not spellings.strip()
    ] == []


@pytest.mark.parametrize(
    ("name", "title", "country", "day", "expected"),
    [
        ("Karzai", "President", "AF", date(2007, 1, 8), ["Hamid Karzai"]),
        ("Karzai", "President", "PK", date(2007, 1, 8), ["Hamid Karzai"]),
        ("Meles", "PM", "ET", date(2009, 1, 8), ["Meles Zenawi"]),
        ("Lavrov", "FM", "RU", date(2006, 5, 1), ["Sergei Lavrov"]),
        ("Miliband", "Foreign Minister", None, date(2008, 5, 1), ["David Miliband"]),
        ("Merkel", "Chancellor", None, date(2008, 5, 1), ["Angela Merkel"]),
        ("MERKEL", "PRIME MINISTER", None, date(2008, 5, 1), ["Angela Merkel"]),
        ("Brown", "Chancellor", "GB", date(2005, 5, 1), ["Gordon Brown"]),
        ("Qaddafi", "Leader", "LY", date(1999, 5, 1), ["Muammar Qadhafi"]),
        ("Nazarbaev", "President", "KZ", date(1999, 5, 1), ["Nursultan Nazarbayev"]),
        ("Saleh", "President", "YE", date(2009, 5, 1), ["Ali Abdullah Saleh"]),
        ("Ban", "SYG", None, date(2009, 5, 1), ["Ban Ki-moon"]),
        ("Clinton", "Secretary", None, date(2009, 5, 1), ["Hillary Rodham Clinton"]),
        ("Gates", "SecDef", None, date(2009, 5, 1), ["Robert M. Gates"]),
        ("Ordway", "Ambassador", "KZ", date(2007, 5, 1), ["John M. Ordway"]),
        ("MbZ", "Crown Prince", "AE", date(2007, 5, 1), ["Mohammed bin Zayed"]),
        ("Khrushchev", "Chairman", "RU", date(1961, 5, 1), ["Nikita Khrushchev"]),
        ("Zapatero", "President", "ES", date(2008, 5, 1), ["Jose Luis Rodriguez Zapatero"]),
        ("Benedict", "Pope", "IT", date(2008, 5, 1), ["Benedict XVI"]),
        ("Ou", "Foreign Minister", "TW", date(2009, 1, 1), ["Francisco Ou"]),
        ("Kim", "President", "KR", date(2000, 5, 1), ["Kim Dae-jung", "Kim Yong-nam"]),
        ("Lopez Portillo", "President", "MX", date(1978, 5, 1), ["Jose Lopez Portillo"]),
        ("H. Karzai", "President", "AF", date(2007, 1, 8), ["Hamid Karzai"]),
        ("Syed Yousaf Raza Gillani", "Prime Minister", "PK", date(2009, 1, 8), ["Yousaf Raza Gilani"]),
        ("Baker", "Secretary of State", None, date(1990, 5, 1), ["James A. Baker"]),
    ],
)  # fmt: skip
def test_a_title_and_a_surname_mean_the_holder_at_the_date(name, title, country, day, expected):
    assert [tenure.name for tenure in holders(name, title, country, day)] == expected


@pytest.mark.parametrize(
    ("name", "title", "day"),
    [
        ("Karzai", "President", date(1995, 1, 1)),  # not yet
        ("Karzai", "Deputy President", date(2007, 1, 1)),  # another office
        ("Karzai", "Mr.", date(2007, 1, 1)),  # no office
        ("Karzai", "Prime Minister", date(2007, 1, 1)),
        ("Hamid", "President", date(2007, 1, 1)),  # a given name
        ("Ahmed Wali Karzai", "President", date(2007, 1, 1)),
        ("Sung Kim", "President", date(1992, 1, 1)),  # the order of words counts
        ("Francisco", "Foreign Minister", date(2009, 1, 1)),  # Francisco Ou's, whose family name is Ou
        (
            "Stephen",
            "Ambassador",
            date(2000, 1, 1),
        ),  # Stephen Bosworth's, in a country with family names first
        ("Rashid", "Vice President", date(2007, 1, 1)),  # the father of Mohammed bin Rashid
        ("al", "President", date(2007, 1, 1)),
        ("", "President", date(2007, 1, 1)),
        ("...", "President", date(2007, 1, 1)),
        ("Karzai", "", date(2007, 1, 1)),
    ],
)
def test_what_the_table_does_not_say_is_not_answered(name, title, day):
    assert holders(name, title, "AF", day) == ()


def test_a_bare_name_of_two_kings_is_first_that_of_the_posts_country():
    day = date(2008, 1, 1)
    from_amman = [tenure.country for tenure in holders("Abdullah", "King", "JO", day)]
    from_riyadh = [tenure.country for tenure in holders("Abdullah", "King", "SA", day)]
    assert (from_amman, from_riyadh) == (["JO", "SA"], ["SA", "JO"])


def test_a_husband_and_a_wife_in_one_office_are_told_apart_by_the_day():
    def named(day):
        return [tenure.name for tenure in holders("Kirchner", "President", "AR", day)]

    assert named(date(2007, 12, 1)) == ["Nestor Kirchner"]
    assert named(date(2007, 12, 11)) == ["Cristina Fernandez de Kirchner"]
    assert set(named(date(2007, 12, 10))) == {"Nestor Kirchner", "Cristina Fernandez de Kirchner"}


@pytest.mark.parametrize(
    ("title", "day", "expected"),
    [
        ("President", date(2008, 11, 20), ["Barack Obama"]),
        ("President", date(2008, 8, 1), []),
        ("President-elect", date(2008, 8, 1), ["Barack Obama"]),
    ],
)
def test_the_elected_have_the_title_before_they_are_sworn_in(title, day, expected):
    assert [tenure.name for tenure in holders("Obama", title, "US", day)] == expected


@pytest.mark.parametrize(
    ("title", "day", "expected"),
    [
        ("President", date(2008, 1, 1), []),
        ("President", date(2007, 8, 1), ["Jacques Chirac"]),
        ("former President", date(2010, 1, 1), ["Jacques Chirac"]),
        ("ex-President", date(2010, 1, 1), ["Jacques Chirac"]),
        ("then-President", date(2009, 1, 1), ["Jacques Chirac"]),
    ],
)
def test_those_who_left_have_the_title_for_months_and_as_former_ones_for_good(title, day, expected):
    assert [tenure.name for tenure in holders("Chirac", title, "FR", day)] == expected


def test_without_a_date_all_who_bore_the_title_are_meant():
    assert {tenure.name for tenure in holders("Bush", "President")} == {
        "George W. Bush",
        "George H. W. Bush",
    }
    first, second, *others = holders("Castro", "President", "CU")
    assert {first.name, second.name} == {"Fidel Castro", "Raul Castro"}
    assert "CU" not in {tenure.country for tenure in others}


def test_a_time_of_day_does_not_matter():
    assert holders("Karzai", "President", "AF", datetime(2007, 1, 8, 11, 4))[0].name == "Hamid Karzai"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("PM", {"prime minister", "president of the government", "chairman of the council of ministers",
                "chancellor", "taoiseach"}),
        ("Israeli Defense Minister", {"defence minister"}),
        ("Minister of Foreign Affairs", {"foreign minister"}),
        ("National Security Advisor", {"national security adviser",
                                       "secretary of the national security council"}),
        ("Deputy Prime Minister", {"deputy prime minister"}),
        ("Deputy Foreign Minister", set()),
        ("Assistant Secretary", set()),
        ("Vice President", {"vice president"}),
        ("VP", {"vice president"}),
        ("Senate President", set()),
        ("Minister of State", set()),
        ("EMIR", {"emir"}),
        ("General", set()),
        ("Dr.", set()),
        ("", set()),
    ],
)  # fmt: skip
def test_titles_stand_for_offices(title, expected):
    assert title_offices(title) == expected


@pytest.mark.parametrize(
    ("start", "end", "day", "months"),
    [
        ("2001", "2003", date(2001, 1, 1), 0),
        ("2001", "2003", date(2003, 12, 31), 0),
        ("2001-03", "2003-03", date(2001, 2, 28), -1),
        ("2001-03-10", "2003-03-10", date(2003, 3, 11), 1),
        ("2001-03-10", "2003-03-10", date(2003, 3, 10), 0),
        ("2001-03-10", "2003-03-10", date(2004, 3, 9), 12),
        ("2001-03-10", "2003-03-10", date(2000, 3, 9), -13),
        ("2001-03-10", "", date(2012, 3, 9), 0),
    ],
)
def test_months_are_counted_from_the_nearest_day_that_a_tenure_may_have(start, end, day, months):
    assert Tenure("Ivo Quell", "UV", "president", start, end, "-").months_off(day) == months


@pytest.mark.parametrize(
    ("name", "people"),
    [
        ("Hosni Mubarak", {"Hosni Mubarak"}),
        ("Husni MUBARAK", {"Hosni Mubarak"}),
        ("Muhammad Hosni Mubarak", {"Hosni Mubarak"}),
        ("Abdul Hosni Mubarak", set()),
        ("Gamal Mubarak", set()),
        ("Mubarak", set()),
        ("Barak Obama", {"Barack Obama"}),
        ("Nursultan A. Nazarbaev", {"Nursultan Nazarbayev"}),
        ("George Bush", {"George H. W. Bush", "George W. Bush"}),
        ("George W. Bush", {"George W. Bush"}),
        ("Benigno Aquino III", {"Benigno S. Aquino III"}),
        ("Benigno Aquino Jr.", set()),  # his father
        ("Gerhard Schroeder", {"Gerhard Schroeder", "Gerhard Schroeder (CDU)"}),
        ("Sung Kim", set()),
        ("Kim Jong Il", {"Kim Jong-il"}),
        ("KJI", {"Kim Jong-il"}),
        ("CFK", {"Cristina Fernandez de Kirchner"}),
        ("", set()),
    ],
)
def test_a_full_name_has_offices(name, people):
    assert {tenure.name for tenure in offices(name)} == people


@pytest.mark.parametrize(
    ("name", "other", "apart"),
    [
        ("George W. Bush", "George H. W. Bush", True),
        ("George Bush", "George W. Bush", False),  # may be either
        ("Hosni Mubarak", "Gamal Mubarak", True),
        ("Husni Mubarak", "Muhammad Hosni Mubarak", False),
        ("Hosni Mubarak", "Ivo Mubarak", False),  # in no table
        ("Hosni Mubarak", "Mubarak", False),
        ("Benigno Aquino III", "Corazon Aquino", True),
        ("George Papandreou", "Georgios Papandreou", False),
        ("George Brown", "George S. Brown", False),  # one of them is just George Brown
        ("Robert Kennedy", "John F. Kennedy", True),
    ],
)
def test_the_tables_know_some_names_as_two_peoples(name, other, apart):
    assert are_known_apart(name, other) is apart
    assert are_known_apart(other, name) is apart


def test_an_initial_is_that_of_the_name_as_it_is_written():
    """All vowels sound alike: A. J. Meyer is not Eugene Meyer."""
    assert offices("A. J. Meyer") == offices("Armin H. Meyer") != []
    assert "Enver Hoxha" not in {tenure.name for tenure in offices("A. Hoxha")}


def test_a_president_of_an_organisation_leads_no_state():
    assert not is_leader("Eugene Meyer")
    assert is_leader("Hamid Karzai")


@pytest.mark.parametrize(
    ("name", "word", "known"),
    [
        ("Mahathir Mohamad", "Mahathir", True),
        ("Meles Zenawi", "Meles", True),
        ("Hamid Karzai", "Hamid", False),
        ("Ivo Quell", "Ivo", False),
        ("Mahathir Mohamad", "Mahathir Mohamad", False),
    ],
)
def test_some_are_known_by_another_word_than_the_last(name, word, known):
    assert is_known_by(name, word) is known


def test_offices_are_in_the_order_of_time():
    assert [(tenure.office, tenure.start) for tenure in offices("Silvio Berlusconi")] == [
        ("prime minister", "1994-05"),
        ("prime minister", "2001-06-11"),
        ("prime minister", "2008-05-08"),
    ]


@pytest.mark.parametrize(
    ("name", "relative"),
    [
        ("Gamal Mubarak", Relative("Gamal Mubarak", "son", "Hosni Mubarak")),
        ("Husni Mubarak", Relative("Gamal Mubarak", "son", "Hosni Mubarak")),
        ("Ahmad Wali Karzai", Relative("Ahmed Wali Karzai", "half-brother", "Hamid Karzai")),
        ("Hillary Clinton", Relative("Hillary Rodham Clinton", "wife", "Bill Clinton")),
        ("Raul Castro", Relative("Raul Castro", "brother", "Fidel Castro")),
        ("Ehud Barak", Relative("Ehud Barak", "namesake", "Barack Obama")),
        ("Usama bin Ladin", Relative("Osama bin Laden", "namesake", "Barack Obama")),
    ],
)
def test_relatives_are_found_by_a_full_name_of_either(name, relative):
    assert relative in relatives(name)


def test_somebody_without_known_relatives_has_none():
    assert relatives("Angela Merkel") == []
    assert relatives("") == []


def test_a_table_of_ones_own_is_read_in_the_same_way():
    table = Offices(
        [["Ivo Quell", "UV", "first citizen", "1990", "", "-", "Kvell"]], [["fc", "first citizen"]]
    )
    assert table.by_title["first", "citizen"] == table.by_title["fc",] == {"first citizen"}
    assert (
        list(table)
        == table.tenures("first citizen")
        == [Tenure("Ivo Quell", "UV", "first citizen", "1990", "", "-")]
    )


@pytest.mark.skipif(not SAMPLE.is_dir(), reason="no sample of the archive here")
def test_documents_name_the_holders_that_they_are_given_for():
    files = {file.stem: file for file in SAMPLE.rglob("*.html")}
    expected = defaultdict(set)
    for tenure in load_offices():
        if tenure.seen in files:
            expected[tenure.seen].add(tenure)
    checked = sorted(expected)[::5]  # the rest by `benchmarks.people.offices`
    assert len(checked) > 20
    for id in checked:
        (record,) = corpus.read(files[id])
        assert expected[id] <= set(sightings(parse_record(record))), id
