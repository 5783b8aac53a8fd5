"""The ranking of hits in the sample corpus: what a reader would want first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cablesearch.indexing import rebuild
from cablesearch.search.index import Index, open_index
from tests.engines.engines import ENGINES, cluster

CORPUS = Path(__file__).parents[1] / "corpus"


@pytest.fixture(scope="module", params=ENGINES)
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("index")
    rebuild(folder, [CORPUS], engine=request.param, cluster=cluster(request.param), workers=0)
    with open_index(folder) as index:
        yield index


def first(index: Index, query: str, count: int) -> list[str]:
    return [hit.paragraph.id for hit in index.search(query, limit=count)]


def test_the_paragraphs_that_name_the_commission_come_first(index: Index) -> None:
    assert {*first(index, "Democratization Commission", 4)} == {f"07ASTANA48#{n}" for n in (1, 6, 8, 10)}


@pytest.mark.parametrize(
    ("query", "cable"),
    [
        ("Democratization Commission", "07ASTANA48"),
        ("commission on democratization", "07ASTANA48"),
        ("democratic reform parliament", "07ASTANA48"),
        ("Abdykarimov working groups", "07ASTANA48"),
        ("Nazarbayev vision of reform", "07ASTANA48"),
        ("Ak Zhol Baymenov", "07ASTANA48"),
        ("OSCE Centre Astana", "07ASTANA48"),
    ],
)
def test_the_cable_that_is_about_it_comes_first(index: Index, query: str, cable: str) -> None:
    assert first(index, query, 1)[0].startswith(f"{cable}#")


def test_both_orders_of_a_name_find_the_same_paragraphs(index: Index) -> None:
    assert {*first(index, "Baymenov, Alikhan", 5)} == {*first(index, "Alikhan Baymenov", 5)}
