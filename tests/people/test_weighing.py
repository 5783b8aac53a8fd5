"""The loops over the pieces of a text: the same in Python and compiled."""

from concurrent.futures import ThreadPoolExecutor
from functools import reduce
from itertools import islice
from itertools import product as cartesian
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablesearch.people import weighing
from cablesearch.people.model import load_model
from cablesearch.people.sequence import BREAK
from cablesearch.people.weighing import UNWEIGHED

try:
    from cablesearch.people import _weighing as compiled
except ImportError:
    compiled = None

needs_compiled = pytest.mark.skipif(compiled is None, reason="installed without a compiler")

WORDS = [
    "de", "DE", "E", "bin", "la", "met", "old", "Khalid", "QUELL", "Mr.", "B.", "1,", "(b)", "élan", "Élan",
    "éÉ", "ß", "\u0130", "al-Maliki", "-", "of", "\ud800", "𐐨", "\u01c5", "ª", "Olga" * 40, "a" * 64,
]  # fmt: skip
SPACES = [" ", "  ", "\n", "\u3000", "\x1c", "\x85", "\u2028", "\u200b", ""]
TEXTS = st.lists(
    st.lists(
        st.one_of(st.sampled_from(WORDS), st.sampled_from(SPACES), st.text(max_size=5)), max_size=30
    ).map(" ".join),
    max_size=4,
)


@pytest.fixture(params=["python", pytest.param("compiled", marks=needs_compiled)])
def twin(request):
    return weighing if request.param == "python" else compiled


def table(twin, weigh=None, drop=lambda: None, capacity=1_000, capitals=False):
    return twin.Pieces(weigh or load_model(capitals).piece, drop, capacity)


def chosen(twin, texts, capitals=False, whole=False):
    model = load_model(capitals)
    raw, starts = twin.cut(texts, BREAK)
    row, places = twin.choose(raw, table(twin, capitals=capitals), model.pairs, model.second, whole)
    return [*raw], starts, [*row], places


@needs_compiled
@given(TEXTS, st.booleans(), st.booleans())
def test_both_choose_alike(texts, capitals, whole):
    one, other = chosen(weighing, texts, capitals, whole), chosen(compiled, texts, capitals, whole)
    assert one == other
    assert [piece is UNWEIGHED for piece in one[2]] == [piece is UNWEIGHED for piece in other[2]]


@needs_compiled
@given(TEXTS, st.integers(0, 40))
def test_both_count_words_in_small_letters_alike(texts, stop):
    one, other = (twin.count_small(twin.cut(texts, BREAK)[0], stop) for twin in (weighing, compiled))
    assert one == other


def test_texts_are_cut_at_any_white_space(twin):
    row, starts = twin.cut(["One\u3000two\n", "", " Three\x1cfour"], BREAK)
    assert [*row] == [BREAK, BREAK, "One", "two", BREAK, BREAK, "Three", "four", BREAK, BREAK]
    assert starts == [2, 5, 6]
    assert [*twin.cut([], BREAK)[0]] == [BREAK] * 3


@pytest.mark.parametrize("size", [0, 1, 5])
def test_a_row_has_the_pieces_that_a_list_has(twin, size):
    words = ["Ærø", "“Łódź”", "𐐨b", "of", "x"][:size]
    row, _ = twin.cut([" ".join(words)], BREAK)
    whole = [BREAK, BREAK, *words, BREAK, BREAK]
    assert len(row) == len(whole)
    assert [row[at] for at in range(-len(whole), len(whole))] == whole * 2
    bounds = [None, -9, -3, -1, 0, 1, 2, 4, 9]
    slices = [slice(a, b, step) for a in bounds for b in bounds for step in (None, 2, -1)]
    assert [row[part] for part in slices] == [whole[part] for part in slices]
    for at in (len(whole), -len(whole) - 1):
        with pytest.raises(IndexError):
            row[at]


@pytest.mark.parametrize("text", ["the old man met Khalid, and then went home"])
def test_words_far_from_capitals_are_not_weighed(twin, text):
    raw, _, row, places = chosen(twin, [text])
    assert [raw[place] for place in places] == ["Khalid,"]
    assert [raw[i] for i, piece in enumerate(row) if piece is UNWEIGHED] == ["the", "old", "went", "home"]
    _, _, row, places = chosen(twin, [text], whole=True)
    assert [raw[place] for place in places] == ["Khalid,"]
    assert not any(piece is UNWEIGHED for piece in row)


def test_each_particle_of_a_run_is_looked_up_a_few_times():
    """Not once for every other, which took a minute for 32,000 of them."""

    class Uncached(weighing.Pieces):
        looked_up = 0

        def __missing__(self, raw):
            Uncached.looked_up += 1
            return load_model(capitals=True).pieces[raw]

    raw, _ = weighing.cut(["E " * 2_000], BREAK)
    weighing.weigh(raw, Uncached(None, None, 1))
    assert Uncached.looked_up < 8 * len(raw)


def test_a_piece_is_weighed_once(twin):
    weighed = []

    def weigh(raw):
        weighed.append(raw)
        return load_model(False).piece(raw)

    pieces, model = table(twin, weigh), load_model(False)
    for _ in range(2):
        twin.choose(twin.cut(["Orlan met Orlan"], BREAK)[0], pieces, model.pairs, model.second, False)
    assert sorted(weighed) == ["Orlan", "met", BREAK]
    assert pieces["Orlan"] == model.piece("Orlan")
    assert len(weighed) == len(pieces) == 3


def test_when_there_are_too_many_all_are_dropped(twin):
    dropped = []
    pieces = table(twin, drop=lambda: dropped.append(True), capacity=3)
    assert [pieces[word].core for word in ("Amin", "Bato", "Cole", "Dorn")] == [
        "Amin",
        "Bato",
        "Cole",
        "Dorn",
    ]
    assert len(pieces) == len(dropped) == 1


def test_threads_share_a_table(twin):
    """Also where it is too small for the words of one text."""
    texts = [
        " ".join(f"met Olga {chr(65 + n)}ilda Orlan, of the {n}" for n in range(i % 9, 26)) for i in range(40)
    ]
    model, small = load_model(False), table(twin, capacity=50)

    def choose(text):
        return twin.choose(twin.cut([text], BREAK)[0], small, model.pairs, model.second, False)

    with ThreadPoolExecutor(4) as threads:
        found = [*threads.map(choose, texts)]
    assert [([*row], places) for row, places in found] == [chosen(twin, [text])[2:] for text in texts]
    assert all(places for _, places in found)


def test_an_error_of_a_piece_comes_through(twin):
    def weigh(raw):
        raise LookupError(raw)

    model, (raw, _) = load_model(False), twin.cut(["Khalid"], BREAK)
    with pytest.raises(LookupError, match=BREAK):
        twin.choose(raw, table(twin, weigh), model.pairs, model.second, False)


def faulty(weigh=None, pairs=None, tables=None, mark=BREAK):
    model, (raw, _) = load_model(False), compiled.cut(["Khalid Orlan"], mark)
    compiled.choose(
        raw, table(compiled, weigh), model.pairs if pairs is None else pairs, tables or model.second, False
    )


@needs_compiled
@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: compiled.cut("a", BREAK), TypeError),
        (lambda: compiled.cut([1], BREAK), TypeError),
        (lambda: compiled.cut([], 1), TypeError),
        (lambda: compiled.count_small(["a"], 1), TypeError),
        (lambda: compiled.choose([], table(compiled), {}, load_model(False).second, False), TypeError),
        (
            lambda: compiled.choose(compiled.cut([], BREAK)[0], {}, {}, load_model(False).second, False),
            TypeError,
        ),
        (lambda: compiled.cut([], BREAK)[0]["a"], TypeError),
        (lambda: compiled.Row(), TypeError),
        (lambda: table(compiled)[1], TypeError),
        (lambda: table(compiled, capacity=0), ValueError),
        (lambda: compiled.Pieces(len, len), TypeError),
        (lambda: table(compiled, len)["a"], TypeError),
        (lambda: faulty(mark="Khalid"), IndexError),
        (lambda: faulty(weigh=len), TypeError),
        (lambda: faulty(weigh=lambda raw: UNWEIGHED._replace(code="")), TypeError),
        (lambda: faulty(weigh=lambda raw: UNWEIGHED._replace(own="")), TypeError),
        (lambda: faulty(weigh=lambda raw: UNWEIGHED._replace(after=())), TypeError),
        (lambda: faulty(weigh=lambda raw: UNWEIGHED._replace(before=("", ""))), TypeError),
        (lambda: faulty(pairs={}), KeyError),
        (lambda: faulty(pairs=dict.fromkeys(range(1 << 16), ())), (TypeError, KeyError)),
        (lambda: faulty(tables=((),)), TypeError),
        (lambda: faulty(tables=([],) * 5 + ({},)), TypeError),
        (lambda: faulty(tables=(*load_model(False).second[:5], {})), KeyError),
    ],
)
def test_what_is_no_row_is_an_error(call, error):
    with pytest.raises(error):
        call()


def product(*factors):
    """Return the coefficients of a product of polynomials `x**n - 1`."""
    coefficients = [1]
    for n in factors:
        coefficients = [a - b for a, b in zip([0] * n + coefficients, coefficients + [0] * n, strict=True)]
    return coefficients


def test_words_made_for_it_do_not_share_one_hash(twin):
    """Each such product is 0 modulo 2^64 for every odd x, and so is the difference of any two words."""
    same, letters, made = product(*[2] * 12, *[4] * 7), 64, []
    for steps in islice(cartesian(range(4), repeat=letters - len(same) + 1), 8_000):
        word = [0x60000] * letters
        for place, step in enumerate(steps):
            for at, number in enumerate(same if step else (), place):
                word[at] += step * number
        made.append("".join(map(chr, word)))
    assert len({*made}) == len(made)
    factors = (3, 0xFF51AFD7ED558CCD)
    assert all(len({value(word, x) for word in made[:20]}) == 1 for x in factors)
    pieces = table(twin, lambda raw: UNWEIGHED, capacity=10_000)
    begun = process_time()
    for word in made:
        assert pieces[word] is UNWEIGHED
    assert process_time() - begun < 0.3


def value(word, x):
    """Return a polynomial's value whose coefficients are a word's letters, modulo 2^64."""
    return reduce(lambda total, letter: (total * x + ord(letter)) % 2**64, word, 0)
