"""What cables score by the terms that their paragraphs hold: the same in Python and compiled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablesearch.engines.cable_score import TERM_BITS, CableScorer
from cablesearch.engines.tantivy import holdings

try:
    from cablesearch.engines.tantivy import _holdings as compiled
except ImportError:
    compiled = None

needs_compiled = pytest.mark.skipif(compiled is None, reason="installed without a compiler")

WIDTH = 2  # bits of a cable's place
REFORM, REFORM_NAMED, VISIT = (1 << bit + WIDTH for bit in (0, 1, TERM_BITS))
SCORER = CableScorer({"reform": 10, "visit": 40}, 1_000, 100)


@pytest.fixture(params=["python", pytest.param("compiled", marks=needs_compiled)])
def twin(request):
    return holdings if request.param == "python" else compiled


def hits(*numbers):
    return [(float(number), None) for number in sorted(numbers, reverse=True)]


@pytest.mark.parametrize(
    ("numbers", "held"),
    [
        ([], [{}, {}]),
        ([1, 1, 0], [{}, {}]),  # paragraphs that hold none
        ([REFORM, VISIT, VISIT], [{1: 1, 4: 2}, {}]),
        ([REFORM | VISIT | 1, REFORM | REFORM_NAMED, 0, 1], [{3: 1}, {5: 1}]),
        (
            [REFORM | REFORM_NAMED | VISIT | 1, REFORM | VISIT | 1, VISIT, VISIT | 1],
            [{4: 1}, {7: 1, 5: 1, 4: 1}],
        ),
        ([REFORM_NAMED], [{2: 1}, {}]),  # in no text, so it does not count
    ],
)
def test_cables_score_by_what_their_paragraphs_hold(twin, numbers, held):
    expected = [SCORER.score(held[0], 3), SCORER.score(held[1], 12)]
    assert twin.score_cables(hits(*numbers), WIDTH, [3, 12], SCORER) == expected


def test_all_words_in_one_paragraph_score_more_than_in_two(twin):
    together, apart = twin.score_cables(hits(REFORM | VISIT, REFORM | 1, VISIT | 1), WIDTH, [10, 10], SCORER)
    assert together > apart > 0


def test_a_cable_without_any_scores_nothing(twin):
    assert twin.score_cables(hits(0, 0, REFORM | 1), WIDTH, [2, 1], SCORER)[0] == 0


@needs_compiled
@given(st.data())
def test_both_score_alike_to_the_last_bit(data):
    frequencies = data.draw(st.lists(st.integers(1, 100_000), min_size=1, max_size=12))
    scorer = CableScorer({str(at): times for at, times in enumerate(frequencies)}, 100_000, 7_001)
    sizes = data.draw(st.lists(st.integers(1, 400), min_size=1, max_size=25))
    width = len(sizes).bit_length()
    places = st.integers(0, len(sizes) - 1)
    holding = st.integers(0, (1 << TERM_BITS * len(scorer.terms)) - 1)
    numbers = data.draw(st.lists(st.tuples(holding, places, st.integers(1, 4)), max_size=60))
    found = hits(*(held << width | place for held, place, times in numbers for _ in range(times)))
    one, other = (each.score_cables(found, width, sizes, scorer) for each in (holdings, compiled))
    assert one == other


@needs_compiled
@pytest.mark.parametrize(
    ("given", "error"),
    [
        (((), WIDTH, [1], SCORER), TypeError),
        (([1.0], WIDTH, [1], SCORER), TypeError),
        (([()], WIDTH, [1], SCORER), TypeError),
        (([("", None)], WIDTH, [1], SCORER), TypeError),
        (([(4.0, None), ("", None)], WIDTH, [1], SCORER), TypeError),
        ((hits(REFORM | 3), WIDTH, [1], SCORER), IndexError),
        ((hits(REFORM), WIDTH, ["1"], SCORER), TypeError),
        ((hits(REFORM), 17, [1], SCORER), ValueError),
        ((hits(REFORM), -1, [1], SCORER), ValueError),
        ((hits(REFORM), WIDTH, [1], None), AttributeError),
    ],
)
def test_what_is_no_answer_is_an_error(given, error):
    with pytest.raises(error):
        compiled.score_cables(*given)


@needs_compiled
@pytest.mark.parametrize("weights", [(1.0,), [1.0] * 25, [""]])
def test_a_scorer_has_a_list_of_few_weights(weights):
    scorer = CableScorer({"reform": 10}, 1_000, 100)
    scorer.weights = weights
    with pytest.raises(TypeError):
        compiled.score_cables(hits(REFORM), WIDTH, [1], scorer)
