"""Compression of cables with a dictionary."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from cablesearch.engines.tantivy.compression import DICTIONARY_SHARE, FEW_BYTES, CableCompressor


def cables(count, size=2_000):
    """Return this many cables, made of the same phrases in different orders."""
    chance = random.Random(1)
    phrases = [" ".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=12)) for _ in range(400)]
    return [" ".join(chance.choices(phrases, k=size // 24)).encode() for _ in range(count)]


def test_compressed_cables_are_restored(tmp_path):
    compressor = CableCompressor(tmp_path / "dictionary")
    for cable in (b"", b"one cable", "Élysée \x00 \ud7ff".encode()):
        assert compressor.decompress(compressor.compress(cable)) == cable


def test_threads_restore_cables_at_once(tmp_path):
    compressor = CableCompressor(tmp_path / "dictionary")
    made = cables(40, size=20_000) * 20
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(compressor.decompress, map(compressor.compress, made))) == made


def test_a_dictionary_of_the_first_cables_makes_the_next_ones_smaller(tmp_path):
    known, *_, last = cables(1 + FEW_BYTES // 1_500)
    plain = CableCompressor(tmp_path / "none")
    learned = CableCompressor(tmp_path / "dictionary")
    sample = cables(FEW_BYTES // 1_500)
    learned.learn(sample)
    assert len(learned.compress(last)) < 0.8 * len(plain.compress(last))
    assert (tmp_path / "dictionary").stat().st_size <= sum(map(len, sample)) / DICTIONARY_SHARE
    assert CableCompressor(tmp_path / "dictionary").decompress(learned.compress(known)) == known


def test_no_dictionary_is_made_from_few_cables(tmp_path):
    CableCompressor(tmp_path / "dictionary").learn(cables(3))
    assert not list(tmp_path.iterdir())


def test_a_dictionary_is_made_only_once(tmp_path):
    (tmp_path / "dictionary").write_bytes(b"the first one")
    CableCompressor(tmp_path / "dictionary").learn(cables(FEW_BYTES // 1_500))
    assert (tmp_path / "dictionary").read_bytes() == b"the first one"


def test_no_dictionary_is_made_from_cables_with_nothing_in_common(tmp_path):
    CableCompressor(tmp_path / "dictionary").learn([b"x" * FEW_BYTES])
    assert not list(tmp_path.iterdir())


def test_damaged_bytes_are_an_error(tmp_path):
    with pytest.raises(ValueError, match="header"):
        CableCompressor(tmp_path / "dictionary").decompress(b"not a Zstandard frame")
