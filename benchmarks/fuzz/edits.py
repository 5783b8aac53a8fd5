"""How seeds are changed: Hypothesis strategies, so that it can make a finding as small as possible."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import strategies as st

from .pieces import BYTES

MAX_BYTES = 200_000  # of an input: twice the size for which a time is promised
_PLACES = st.integers(0, (1 << 20) - 1)  # in a seed, as a share of its length
_REPEATS = st.integers(2, 8) | st.integers(2, 8).map(lambda power: 4**power)


def _replaced(data: bytes, start: int, stop: int, piece: bytes) -> bytes:
    return data[:start] + piece + data[stop:]


def _repeated(data: bytes, start: int, stop: int, times: int) -> bytes:
    part = data[start:stop]
    return data[:start] + part * min(times, max(1, MAX_BYTES // (len(part) + 1))) + data[stop:]


def _moved(data: bytes, start: int, stop: int, to: int) -> bytes:
    rest = data[:start] + data[stop:]
    at = to * len(rest) >> 20
    return rest[:at] + data[start:stop] + rest[at:]


def _flipped(data: bytes, start: int, _stop: int, bit: int) -> bytes:
    changed = bytes([data[start] ^ 1 << bit]) if start < len(data) else b""
    return data[:start] + changed + data[start + 1 :]


_EDITS = st.one_of(
    st.tuples(st.just(_replaced), st.sampled_from(BYTES) | st.binary(max_size=4)),
    st.tuples(st.just(_replaced), st.just(b"")),
    st.tuples(st.just(_repeated), _REPEATS),
    st.tuples(st.just(_moved), _PLACES),
    st.tuples(st.just(_flipped), st.integers(0, 7)),
)
_LENGTHS = st.sampled_from([0, 0, 1, 2, 5, 20, 100, 1_000])


@st.composite
def edited(draw: st.DrawFn, seeds: Mapping[str, bytes]) -> tuple[str, bytes]:
    """Return the name of one of some seeds, and its content after a few edits."""
    name = draw(st.sampled_from(sorted(seeds)))
    data = seeds[name]
    for (edit, argument), place, length in draw(
        st.lists(st.tuples(_EDITS, _PLACES, _LENGTHS), min_size=1, max_size=6)
    ):
        start = place * (len(data) + 1) >> 20
        data = edit(data, start, min(start + length, len(data)), argument)[:MAX_BYTES]  # type: ignore[operator]
    return name, data
