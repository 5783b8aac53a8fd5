"""How cables are compressed."""

import random

import pytest

from cablesearch.engines.tantivy.compression import SAMPLE, Shrinker


def cables(count, size=2_000):
    """Give so many cables of phrases that they share, in an order of their own."""
    chance = random.Random(1)
    phrases = [" ".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=12)) for _ in range(400)]
    return [" ".join(chance.choices(phrases, k=size // 24)).encode() for _ in range(count)]


def test_what_was_shrunk_is_restored(tmp_path):
    shrinker = Shrinker(tmp_path / "dictionary")
    for cable in (b"", b"one cable", "Élysée \x00 \ud7ff".encode()):
        assert shrinker.restore(shrinker.shrink(cable)) == cable


def test_a_dictionary_of_the_first_cables_makes_the_next_ones_smaller(tmp_path):
    known, *_, last = cables(1 + SAMPLE // 1_500)
    plain = Shrinker(tmp_path / "none")
    learned = Shrinker(tmp_path / "dictionary")
    learned.learn(cables(SAMPLE // 1_500))
    assert len(learned.shrink(last)) < 0.8 * len(plain.shrink(last))
    assert Shrinker(tmp_path / "dictionary").restore(learned.shrink(known)) == known


def test_few_cables_make_no_dictionary(tmp_path):
    Shrinker(tmp_path / "dictionary").learn(cables(3))
    assert not list(tmp_path.iterdir())


def test_a_dictionary_is_made_once(tmp_path):
    (tmp_path / "dictionary").write_bytes(b"the first one")
    Shrinker(tmp_path / "dictionary").learn(cables(SAMPLE // 1_500))
    assert (tmp_path / "dictionary").read_bytes() == b"the first one"


def test_what_has_nothing_in_common_makes_no_dictionary(tmp_path):
    Shrinker(tmp_path / "dictionary").learn([b"x" * SAMPLE])
    assert not list(tmp_path.iterdir())


def test_damaged_bytes_are_an_error(tmp_path):
    with pytest.raises(ValueError, match="header"):
        Shrinker(tmp_path / "dictionary").restore(b"no frame of Zstandard's")
