"""What OpenSearch is told to score by gives the scores of the contract."""

from __future__ import annotations

import pytest

from cablesearch.engines.opensearch.statistics import Statistics


def lucene(k1, b, tf, length, mean):
    """Return Lucene's BM25 without the frequency of the term."""
    return (k1 + 1) * tf / (tf + k1 * (1 - b + b * length / mean))


@pytest.mark.parametrize("lengths", [[7], [1, 5, 40], [3, None, None, 12], [None, 200]])
def test_scores_are_those_of_the_contract_however_many_paragraphs_lack_the_column(lengths):
    counts = Statistics()
    for length in lengths:
        counts.add({"subject": length} if length else {})
    mean = sum(filter(None, lengths)) / len(lengths)
    with_filler = [length or 1 for length in lengths]
    similarity, weight = counts.similarities()["subject"], counts.weights()["subject"]
    for tf, length in [(1, 1), (3, 40), (2, 7)]:
        found = lucene(similarity["k1"], similarity["b"], tf, length, sum(with_filler) / len(lengths))
        assert weight * found == pytest.approx(2.2 * tf / (tf + 1.2 * (0.25 + 0.75 * length / mean)))


def test_a_column_that_no_paragraph_has_gets_a_similarity_too():
    counts = Statistics()
    assert counts.similarities()["text"] == {"type": "BM25", "k1": 1.2, "b": pytest.approx(0.75)}
    counts.add({})
    assert 0 < counts.similarities()["text"]["b"] < 1


def test_a_paragraph_that_is_removed_no_longer_counts():
    counts, fresh = Statistics(), Statistics()
    for each in (counts, fresh):
        each.add({"text": 5, "subject": 2})
    counts.add({"text": 9})
    counts.add({"text": 9}, -1)
    assert counts.as_dict() == fresh.as_dict()
    assert Statistics.from_dict(counts.as_dict()).similarities() == fresh.similarities()
