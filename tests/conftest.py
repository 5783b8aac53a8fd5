"""Settings for all tests, and a cable with hits for tests that show answers."""

import os
import shutil
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from cablesearch.indexing import rebuild
from cablesearch.model.cable import Cable, Classification, Kind, Paragraph, Person, Reference
from cablesearch.query.query import parse
from cablesearch.search.results import Hit, Results
from tests.engines.engines import URLS, cleaned

MEMORY = Path("/dev/shm")
MIN_BYTES_FREE = 2 << 30

settings.register_profile("steady", deadline=None)  # a busy machine is not a defect
settings.load_profile("steady")

SUMMARY = Paragraph(
    id="07TEZGARA5#1",
    number="1",
    marking="C",
    heading=None,
    kind=Kind.SUMMARY,
    text="Summary: The Salt Commission met. End summary.",
)
TALKS = Paragraph(
    id="07TEZGARA5#2",
    number="2",
    marking="S/NF",
    heading="The Reform Talks",
    kind=None,
    text="Minister Ivo Quell told us that reform is near (Ref B).",
    people=(Person("Quell", "Ivo Quell"), Person("A. Source", "Anna Source", protected=True)),
    cites=("06OSTREL12",),
)
TABLE = Paragraph("07TEZGARA5#p3", None, None, "The Reform Talks", None, "Salt   40\nFish    2")

CABLE = Cable(
    id="07TEZGARA5",
    created=datetime(2007, 1, 8, 12, 31),
    released=date(2011, 8, 30),
    classification=Classification("CONFIDENTIAL", ("NOFORN",)),
    origin="Embassy Tezgara",
    subject="SALT AND REFORM",
    tags=("PGOV", "UV", "OVIP (QUELL, IVO)"),
    references=(
        Reference("A", "06TEZGARA573", "06 TEZGARA 573"),
        Reference("B", "06OSTREL12", "06 OSTREL 12"),
        Reference(None, None, "QUELL E-MAIL OF JAN 5"),
    ),
    precedence="PRIORITY",
    dtg="081231Z JAN 07",
    sender="AMEMBASSY TEZGARA",
    to=("SECSTATE WASHDC",),
    info=("AMEMBASSY OSTREL", "AMCONSUL SALTMERE"),
    classified_by="CDA Odile Marchetane",
    reasons=("1.4 (b)", "1.4 (z)"),
    declassify_on=date(2017, 1, 8),
    signature="MARCHETANE",
    source="corpus/07TEZGARA5.txt",
    collection="north",
    also_in=("south",),
    paragraphs=(SUMMARY, TALKS, TABLE),
)


def pytest_configure() -> None:
    """Keep the files of tests in memory where there is room: to wait for a disk takes longer than they do."""
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > MIN_BYTES_FREE:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


@pytest.fixture(scope="module", autouse=bool(URLS))
def clean_cluster():
    with cleaned():
        yield


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    """A folder with the sample corpus and its index, to run commands in."""
    folder = tmp_path_factory.mktemp("sample")
    shutil.copytree(Path(__file__).parents[1] / "corpus", folder / "corpus")
    rebuild(folder / "index", [folder / "corpus"], workers=0)
    (folder / "questions.txt").write_text('herring OR cod\n"Democratization Commission"\norign:Astana\n')
    return folder


@pytest.fixture
def cable():
    return CABLE


@pytest.fixture
def hit():
    """A function that makes a hit on the second paragraph, with changes to that paragraph."""

    def hit(query="reform", *, partial=False, **paragraph):
        found = replace(TALKS, **paragraph)
        cable = replace(CABLE, paragraphs=(SUMMARY, found, TABLE))
        return Hit(cable.id, 1, 2.5, parse(query), lambda id: cable, partial)

    return hit


@pytest.fixture
def results(hit):
    """A function that makes results; if they are relaxed, hits beyond the total are partial."""

    def results(shown=1, total=1, relaxed=False, offset=0):
        hits = (hit(partial=relaxed and rank >= total) for rank in range(offset, offset + shown))
        return Results("reform", total, relaxed, tuple(hits))

    return results
