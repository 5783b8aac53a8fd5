"""The sample corpus, which new users search first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.people.counts import count, differ
from cablesearch import Index, open_index, rebuild_index
from cablesearch.corpus import Failure, files, read
from cablesearch.model.cable import Cable
from cablesearch.parse import parse_record
from cablesearch.query.fields import BY_NAME, FIELDS, Field, FieldKind, instant
from tests.engines.engines import ENGINES, cluster

CORPUS = Path(__file__).parents[1] / "corpus"
REAL = "07ASTANA48"

FILES = {
    "01TEZGARA655.txt": ["01TEZGARA655"],
    "04PORTVERITY879.txt": ["04PORTVERITY879"],
    "05PORTVERITY1202.html": ["05PORTVERITY1202"],
    "05SALTMERE77.html": ["05SALTMERE77"],
    "06TEZGARA1741.txt": ["06TEZGARA1741"],
    "07ASTANA48.txt": ["07ASTANA48"],
    "07PORTVERITY310.html": ["07PORTVERITY310"],
    "07RASHALIM512.html": ["07RASHALIM512"],
    "08TEZGARA233.html": ["08TEZGARA233"],
    "09OSTREL118.txt": ["09OSTREL118"],
    "09PORTVERITY44.html": ["09PORTVERITY44"],
    "10PORTVERITY61.html": ["10PORTVERITY61"],
    "1974PORTVERITY00311.txt": ["74PORTVERITY311"],
    "1976HESNAVIK01187.txt": ["76HESNAVIK1187"],
    "1979OSTREL00604.txt": ["79OSTREL604"],
    "86TEZGARA1310.txt": ["86TEZGARA1310"],
    "96HESNAVIK338.txt": ["96HESNAVIK338"],
    "98RASHALIM2204.txt": ["98RASHALIM2204"],
    "ambrel.csv": ["03SALTMERE214", "06HESNAVIK402", "08HESNAVIK77", "08SALTMERE9", "09TEZGARA890"],
    "ambrel1966-68v01.xml": [f"ambrel1966-68v01/d{n}" for n in (1, 2, 3, 4)],
    "pouch.zip": ["02PORTVERITY1533", "04RASHALIM77", "10HESNAVIK12"],
}

# Each cable's date, level, origin and number of paragraphs, as its file gives them.
FACTS = [
    ("01TEZGARA655", None, "CONFIDENTIAL", None, 7),
    ("02PORTVERITY1533", "2002-11-19 22:47", "UNCLASSIFIED", "Embassy Port Verity", 7),
    ("03SALTMERE214", "2003-09-18 11:20", "UNCLASSIFIED", "Consulate Saltmere", 8),
    ("04PORTVERITY879", "2004-05-14 16:03", "CONFIDENTIAL", "Embassy Port Verity", 8),
    ("04RASHALIM77", "2004-01-11 13:45", "CONFIDENTIAL", "Embassy Ras Halim", 7),
    ("05PORTVERITY1202", "2005-09-14 15:32", "CONFIDENTIAL", "Embassy Port Verity", 8),
    ("05SALTMERE77", "2005-06-02 09:15", "UNCLASSIFIED", "Consulate Saltmere", 8),
    ("06HESNAVIK402", "2006-12-19 08:30", "CONFIDENTIAL", "Embassy Hesnavik", 7),
    ("06TEZGARA1741", "2006-11-22 14:05", "SECRET", "Embassy Tezgara", 8),
    ("07ASTANA48", "2007-01-08 12:31", "CONFIDENTIAL", "Embassy Astana", 10),
    ("07PORTVERITY310", "2007-03-26 11:48", "UNCLASSIFIED", "Embassy Port Verity", 10),
    ("07RASHALIM512", "2007-06-03 12:30", "SECRET", "Embassy Ras Halim", 9),
    ("08HESNAVIK77", "2008-03-07 14:35", "UNCLASSIFIED", "Embassy Hesnavik", 7),
    ("08SALTMERE9", "2008-01-22 10:10", "UNCLASSIFIED", "Consulate Saltmere", 7),
    ("08TEZGARA233", "2008-02-12 06:40", "CONFIDENTIAL", "Embassy Tezgara", 9),
    ("09OSTREL118", "2009-11-30 10:15", "UNCLASSIFIED", "Mission Ostrel", 7),
    ("09PORTVERITY44", "2009-01-19 17:22", "SECRET", "Embassy Port Verity", 7),
    ("09TEZGARA890", "2009-07-21 12:55", "CONFIDENTIAL", "Embassy Tezgara", 7),
    ("10HESNAVIK12", "2010-01-14 09:05", "SECRET", "Embassy Hesnavik", 6),
    ("10PORTVERITY61", "2010-02-09 16:40", "CONFIDENTIAL", "Embassy Port Verity", 10),
    ("74PORTVERITY311", "1974-02-13 16:15", "CONFIDENTIAL", "Embassy Port Verity", 8),
    ("76HESNAVIK1187", "1976-08-17 15:10", "SECRET", "Embassy Hesnavik", 7),
    ("79OSTREL604", "1979-11-14 18:40", "LIMITED OFFICIAL USE", "Mission Ostrel", 7),
    ("86TEZGARA1310", "1986-10-06 09:25", "SECRET", "Embassy Tezgara", 7),
    ("96HESNAVIK338", "1996-05-21 13:40", "UNCLASSIFIED", "Embassy Hesnavik", 7),
    ("98RASHALIM2204", "1998-08-30 16:12", "SECRET", "Embassy Ras Halim", 7),
    ("ambrel1966-68v01/d1", "1966-06-03 18:00", "CONFIDENTIAL", "Port Verity", 5),
    ("ambrel1966-68v01/d2", "1966-07-11", "SECRET", "Washington", 6),
    ("ambrel1966-68v01/d3", "1967-08-24 21:39", "SECRET", "Washington", 5),
    ("ambrel1966-68v01/d4", "1968-02-19", "TOP SECRET", "Washington", 5),
]

FIVE_LINES = ("96HESNAVIK338",)
UNTOLD = pytest.mark.xfail(reason="a heading in small letters above the first paragraph counts as one")

# What each cable refers to within the sample; others refer to cables that are not in it.
REFERENCES = {
    "76HESNAVIK1187": {"74PORTVERITY311"},
    "79OSTREL604": {"76HESNAVIK1187"},
    "96HESNAVIK338": {"79OSTREL604"},
    "98RASHALIM2204": {"86TEZGARA1310"},
    "01TEZGARA655": {"98RASHALIM2204", "86TEZGARA1310"},
    "04PORTVERITY879": {"74PORTVERITY311", "79OSTREL604"},
    "05PORTVERITY1202": {"04PORTVERITY879", "05SALTMERE77"},
    "05SALTMERE77": {"03SALTMERE214"},
    "06TEZGARA1741": {"01TEZGARA655"},
    "06HESNAVIK402": {"06TEZGARA1741", "04PORTVERITY879"},
    "07PORTVERITY310": {"05PORTVERITY1202"},
    "07RASHALIM512": {"06TEZGARA1741", "98RASHALIM2204", "04RASHALIM77"},
    "08HESNAVIK77": {"79OSTREL604"},
    "08SALTMERE9": {"96HESNAVIK338", "05SALTMERE77"},
    "08TEZGARA233": {"07RASHALIM512"},
    "09PORTVERITY44": {"08TEZGARA233"},
    "09TEZGARA890": {"08TEZGARA233", "06TEZGARA1741", "03SALTMERE214"},
    "09OSTREL118": {"08HESNAVIK77", "79OSTREL604", "07PORTVERITY310"},
    "10HESNAVIK12": {"09OSTREL118", "09PORTVERITY44"},
    "10PORTVERITY61": {
        "09OSTREL118",
        "08HESNAVIK77",
        "07PORTVERITY310",
        "07RASHALIM512",
        "02PORTVERITY1533",
        "96HESNAVIK338",
    },
}


def _read() -> Iterator[tuple[str, Cable]]:
    for path in files([CORPUS]):
        for record in read(path):
            assert not isinstance(record, Failure), record
            yield path.name, parse_record(record)


@pytest.fixture(scope="module")
def sample() -> list[tuple[str, Cable]]:
    return list(_read())


@pytest.fixture(scope="module")
def cables(sample: list[tuple[str, Cable]]) -> dict[str, Cable]:
    return {cable.id: cable for _, cable in sample}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("index")
    rebuild_index(folder, [CORPUS], workers=0, people=False)
    with open_index(folder) as index:
        yield index


def _moment(text: str) -> date:
    return datetime.fromisoformat(text) if ":" in text else date.fromisoformat(text)


def _values(field: Field, cables: dict[str, Cable]) -> set[str]:
    return {value for cable in cables.values() for p in cable.paragraphs for value in field.values(cable, p)}


def test_each_file_gives_its_cables_and_no_failure(sample: list[tuple[str, Cable]]) -> None:
    given: dict[str, list[str]] = {}
    for name, cable in sample:
        given.setdefault(name, []).append(cable.id)
    assert {name: sorted(ids) for name, ids in given.items()} == FILES


@pytest.mark.parametrize(
    ("id", "created", "level", "origin", "paragraphs"),
    [pytest.param(*fact, marks=UNTOLD if fact[0] in FIVE_LINES else ()) for fact in FACTS],
)
def test_a_cable_is_read_as_it_was_meant(
    id: str, created: str | None, level: str, origin: str | None, paragraphs: int, cables: dict[str, Cable]
) -> None:
    cable = cables[id]
    assert cable.created == (_moment(created) if created else None)
    assert cable.classification is not None
    assert (cable.classification.level, cable.origin) == (level, origin)
    assert len(cable.paragraphs) == paragraphs


def test_there_are_thirty_cables(cables: dict[str, Cable]) -> None:
    assert cables.keys() == {id for id, *_ in FACTS}
    assert len(cables) == 30


def test_every_cable_but_the_real_one_says_that_it_is_fictional(cables: dict[str, Cable]) -> None:
    said = {
        cable.id
        for cable in cables.values()
        if any("fictional" in p.text.lower() and "cablesearch" in p.text.lower() for p in cable.paragraphs)
    }
    assert cables.keys() - said == {REAL}


INDEXED = [one for one in FIELDS if one.kind not in (FieldKind.NOTEBOOK, FieldKind.VERSIONS)]


@pytest.mark.parametrize("field", INDEXED, ids=lambda field: field.name)
def test_every_search_field_has_something_to_find(field: Field, index: Index) -> None:
    if field.kind is FieldKind.NUMBER:
        assert index.count(f"{field.name}:>=1")
    else:
        assert index.count(f"{field.name}:*")


@pytest.mark.parametrize(
    ("name", "values"),
    [
        (
            "classification",
            ["UNCLASSIFIED", "LIMITED OFFICIAL USE", "CONFIDENTIAL", "SECRET", "TOP SECRET"],
        ),
        ("caveat", ["NOFORN", "FOR OFFICIAL USE ONLY", "NODIS", "EXDIS"]),
        ("marking", ["U", "SBU", "C", "C/NF", "C//REL VERRANE", "S", "S/NF", "S//NF"]),
        ("kind", ["summary", "comment", "action"]),
        ("tag", ["EFIS", "CVIS", "PHUM", "SENV", "OVIP (PRIOR, WENDELL)"]),
        ("origin", ["Embassy Port Verity", "Consulate Saltmere", "Mission Ostrel", "Embassy Astana"]),
    ],
)
def test_filters_have_values_of_every_kind(name: str, values: list[str], cables: dict[str, Cable]) -> None:
    assert _values(BY_NAME[name], cables) >= set(values)


def test_references_lead_to_other_cables_of_the_sample(cables: dict[str, Cable]) -> None:
    referred = {
        cable.id: {reference.id for reference in cable.references} & cables.keys()
        for cable in cables.values()
    }
    assert {id: ids for id, ids in referred.items() if ids} == REFERENCES


def test_what_a_cable_refers_to_is_cited_by_one_of_its_paragraphs(cables: dict[str, Cable]) -> None:
    cited = {id: {c for p in cables[id].paragraphs for c in p.cites} for id in REFERENCES}
    assert {id: ids & cables.keys() for id, ids in cited.items()} == REFERENCES


def test_a_cable_refers_only_to_earlier_ones(cables: dict[str, Cable]) -> None:
    sent = {id: instant(cable.created) for id, cable in cables.items() if cable.created}
    pairs = [(citing, cited) for citing, ids in REFERENCES.items() for cited in ids]
    assert all(sent[cited] < sent[citing] for citing, cited in pairs if {citing, cited} <= sent.keys())


def test_the_years_run_from_1966_to_2010(cables: dict[str, Cable]) -> None:
    years = sorted(cable.created.year for cable in cables.values() if cable.created)
    assert (years[0], years[-1]) == (1966, 2010)
    assert all(later - year <= 12 for year, later in pairwise(years))


def test_only_the_real_cable_is_about_its_commission(cables: dict[str, Cable]) -> None:
    about = {
        cable.id
        for cable in cables.values()
        if any(
            "Democratization" in p.text or "democratization" in (p.heading or "") for p in cable.paragraphs
        )
    }
    assert about == {REAL}


@pytest.mark.parametrize("engine", ENGINES)
def test_lists_facets_searches_and_dossiers_count_people_alike(tmp_path: Path, engine: str) -> None:
    rebuild_index(tmp_path, [CORPUS], engine=engine, cluster=cluster(engine), workers=0)
    with open_index(tmp_path) as index:
        people = index.people()[:50]
        assert len(people) == 50
        for person in people:
            found = count(index, person)
            assert not differ(found), (person.name, found)


def test_the_readme_names_every_file_and_cable(cables: dict[str, Cable]) -> None:
    readme = (CORPUS / "README.md").read_text("utf-8")
    missing = [name for name in (*FILES, *cables) if "/d" not in name and name not in readme]
    assert not missing


def test_the_sample_is_small() -> None:
    assert sum(path.stat().st_size for path in CORPUS.iterdir()) < 300_000
