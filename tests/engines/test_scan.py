"""Scans: every match, read page by page."""

from __future__ import annotations

import pytest

from cablesearch.engines.contract import Match
from cablesearch.query.tree import Everything, Nothing, Term
from tests.engines.model import by_tie_key, cable

CABLES = [cable(f"07X{n}", *["word"] * (n % 4)) for n in range(40)]
EVERY = [f"{each.id}/{ordinal}" for each in CABLES for ordinal in range(len(each.paragraphs))]


@pytest.fixture(params=[1, 7, 1000])
def page_size(request, monkeypatch):
    monkeypatch.setattr("cablesearch.engines.tantivy.reader.SCAN_PAGE", request.param)


def scan_places(reader, tree):
    return [f"{match.cable}/{match.ordinal}" for match in reader.scan(tree)]


@pytest.mark.usefixtures("page_size")
def test_every_match_comes_once_cable_by_cable(index):
    reader = index(*CABLES)
    for tree in (Everything(), Term("text", "word")):
        assert scan_places(reader, tree) == by_tie_key(EVERY)
    assert scan_places(reader, Nothing()) == []


@pytest.mark.usefixtures("page_size")
def test_paragraphs_of_one_tie_key_are_all_found(index, monkeypatch):
    """Two cables may share a number, and a cable may have more paragraphs than a tie key can count."""
    monkeypatch.setattr("cablesearch.engines.scoring.ORDINAL_BITS", 1)
    monkeypatch.setattr("cablesearch.engines.tantivy.writer.ORDINAL_BITS", 1)
    monkeypatch.setattr("cablesearch.engines.tantivy.places.MAX_ORDINAL", 1)
    monkeypatch.setattr("cablesearch.engines.tantivy.places.ORDINAL_BITS", 1)
    reader = index(*(cable(f"07Y{n}", *["word"] * 6) for n in range(9)))
    assert len(set(scan_places(reader, Everything()))) == 54


def test_a_scan_can_be_closed_early_and_has_no_scores(index):
    scan = index(*CABLES).scan(Term("text", "word"))
    id, _, ordinal = by_tie_key(EVERY)[0].rpartition("/")
    assert next(scan) == Match(id, int(ordinal), 0.0)
    scan.close()
