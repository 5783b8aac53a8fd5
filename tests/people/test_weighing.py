"""The loops over the pieces of a text: the same in Python and compiled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablesearch.people import weighing
from cablesearch.people.model import UNWEIGHED, load_model
from cablesearch.people.sequence import BREAK, build_row

try:
    from cablesearch.people import _weighing as compiled
except ImportError:
    compiled = None

needs_compiled = pytest.mark.skipif(compiled is None, reason="installed without a compiler")

WORDS = [
    "de", "DE", "E", "bin", "la", "met", "old", "Khalid", "QUELL", "Mr.", "B.", "1,", "(b)", "élan", "Élan",
    "éÉ", "ß", "\u0130", "al-Maliki", "-", "of", "\ud800",
]  # fmt: skip


@pytest.fixture(params=["python", pytest.param("compiled", marks=needs_compiled)])
def twin(request):
    return weighing if request.param == "python" else compiled


def weighed(twin, raw, capitals=False):
    model = load_model(capitals)
    row, places = twin.weigh(raw, model.pieces, UNWEIGHED)
    return row, places, twin.score(row, places, model._pairs)


@needs_compiled
@given(st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=5)), max_size=40), st.booleans())
def test_both_weigh_and_score_alike(words, capitals):
    raw = [BREAK, BREAK, *words, BREAK, BREAK]
    one, other = weighed(weighing, raw, capitals), weighed(compiled, raw, capitals)
    assert one == other
    assert [piece is UNWEIGHED for piece in one[0]] == [piece is UNWEIGHED for piece in other[0]]


def test_words_far_from_capitals_are_not_weighed(twin):
    raw, _ = build_row(["the old man met Khalid, and then went home"])
    row, places, scores = weighed(twin, raw)
    assert [raw[place] for place in places] == ["Khalid,"]
    assert [raw[i] for i, piece in enumerate(row) if piece is UNWEIGHED] == ["the", "old", "went", "home"]
    assert len(scores) == 1
    assert scores[0] > 0


def test_each_particle_of_a_run_is_looked_up_a_few_times(twin):
    """Not once for every other, which took a minute for 32,000 of them."""

    class Uncached(dict):
        looked_up = 0

        def __missing__(self, raw):
            Uncached.looked_up += 1
            return load_model(capitals=True).pieces[raw]

    raw, _ = build_row(["E " * 2_000])
    twin.weigh(raw, Uncached(), UNWEIGHED)
    assert Uncached.looked_up < 8 * len(raw)


@pytest.mark.parametrize("words", [[], ["Khalid"], ["Khalid", BREAK, BREAK], [BREAK, BREAK, "Khalid", BREAK]])
def test_a_row_without_its_ends_is_an_error_or_has_no_names(twin, words):
    try:
        _, places, _ = weighed(twin, words)
    except IndexError:
        return
    assert not places or words[0] == "Khalid"  # Python counts from the end there


def test_an_error_of_a_piece_comes_through(twin):
    class Broken(dict):
        def __missing__(self, raw):
            raise LookupError(raw)

    with pytest.raises(LookupError, match="Khalid"):
        twin.weigh([BREAK, BREAK, "Khalid", BREAK, BREAK], Broken({BREAK: UNWEIGHED}), UNWEIGHED)


@needs_compiled
@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: compiled.weigh(["a", 1], {}, UNWEIGHED), TypeError),
        (lambda: compiled.weigh(["A"], {"A": ()}, UNWEIGHED), TypeError),
        (lambda: compiled.weigh("A", {}, UNWEIGHED), TypeError),
        (lambda: compiled.score([UNWEIGHED] * 5, [9], {}), IndexError),
        (lambda: compiled.score([UNWEIGHED] * 5, ["2"], {}), TypeError),
        (lambda: compiled.score([()] * 5, [2], {}), TypeError),
        (lambda: compiled.score([UNWEIGHED] * 5, [2], {0: ()}), TypeError),
        (lambda: compiled.score([UNWEIGHED] * 5, [2], {}), KeyError),
        (lambda: compiled.score([UNWEIGHED._replace(code="")] * 5, [2], {}), TypeError),
        (lambda: compiled.score([UNWEIGHED._replace(own="")] * 5, [2], {0: (0.0, True, True)}), TypeError),
        (lambda: compiled.score([UNWEIGHED._replace(after=())] * 5, [2], {0: (0.0, True, True)}), TypeError),
    ],
)
def test_what_is_no_row_is_an_error(call, error):
    with pytest.raises(error):
        call()
