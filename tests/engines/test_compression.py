"""How cables are compressed."""

import random

import pytest

from cablesearch.engines.tantivy.compression import SAMPLE_BYTES, CableCompressor


def cables(count, size=2_000):
    """Give so many cables of phrases that they share, in an order of their own."""
    chance = random.Random(1)
    phrases = [" ".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=12)) for _ in range(400)]
    return [" ".join(chance.choices(phrases, k=size // 24)).encode() for _ in range(count)]


def test_what_was_shrunk_is_restored(tmp_path):
    compressor = CableCompressor(tmp_path / "dictionary")
    for cable in (b"", b"one cable", "Élysée \x00 \ud7ff".encode()):
        assert compressor.decompress(compressor.compress(cable)) == cable


def test_a_dictionary_of_the_first_cables_makes_the_next_ones_smaller(tmp_path):
    known, *_, last = cables(1 + SAMPLE_BYTES // 1_500)
    plain = CableCompressor(tmp_path / "none")
    learned = CableCompressor(tmp_path / "dictionary")
    learned.learn(cables(SAMPLE_BYTES // 1_500))
    assert len(learned.compress(last)) < 0.8 * len(plain.compress(last))
    assert CableCompressor(tmp_path / "dictionary").decompress(learned.compress(known)) == known


def test_few_cables_make_no_dictionary(tmp_path):
    CableCompressor(tmp_path / "dictionary").learn(cables(3))
    assert not list(tmp_path.iterdir())


def test_a_dictionary_is_made_once(tmp_path):
    (tmp_path / "dictionary").write_bytes(b"the first one")
    CableCompressor(tmp_path / "dictionary").learn(cables(SAMPLE_BYTES // 1_500))
    assert (tmp_path / "dictionary").read_bytes() == b"the first one"


def test_what_has_nothing_in_common_makes_no_dictionary(tmp_path):
    CableCompressor(tmp_path / "dictionary").learn([b"x" * SAMPLE_BYTES])
    assert not list(tmp_path.iterdir())


def test_damaged_bytes_are_an_error(tmp_path):
    with pytest.raises(ValueError, match="header"):
        CableCompressor(tmp_path / "dictionary").decompress(b"no frame of Zstandard's")
