"""The cache of analysed tokens: the same in Python and compiled."""

import gc
import threading
import weakref
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablesearch.analysis import token_cache

try:
    from cablesearch.analysis import _token_cache as compiled
except ImportError:
    compiled = None

needs_compiled = pytest.mark.skipif(compiled is None, reason="installed without a compiler")


@pytest.fixture(params=["python", pytest.param("compiled", marks=needs_compiled)])
def cache_of(request):
    return (token_cache if request.param == "python" else compiled).TokenCache


def analyse(piece):
    return piece.upper(), f"{piece[:1]}{len(piece)}"


@pytest.mark.parametrize("number", [64, 65, 40_000])
def test_many_different_pieces_are_found_in_one_pass(cache_of, number):
    """Each was looked for in the whole text: 40,000 took five seconds."""
    cache = cache_of(lambda piece: ("", piece[:1]), 1 << 16)
    pieces = [b"x", b"", *(b"a%d" % n for n in range(number)), b"x", b"a1"]
    begun = process_time()
    found = cache.find(b" ".join(pieces), (b"a",))
    assert process_time() - begun < 2
    assert found[:2] == [(3, 5), (6, 8)]
    assert len(found) == number + 1
    assert found[-1][0] - found[-2][1] == len(b" x ")


def test_first_texts_come_once_and_second_ones_each_time(cache_of):
    assert cache_of(analyse, 100)(b"to be or not to be") == ("TO BE OR NOT", "t2 b2 o2 n3 t2 b2")


@pytest.mark.parametrize(
    ("text", "wanted", "places"),
    [
        (b"to be or not  to be ", (b"b2",), [(3, 5), (17, 19)]),
        (b"to be or not  to be ", (b"n3", b"t2"), [(0, 2), (9, 12), (14, 16)]),
        (b"to be or not to be", (b"2", b"b", b"b22", b""), []),
        (b"to be or not to be", (), []),
        (b"", (b"b2",), []),
        ("être là, été là".encode(), (b"\xc3\xaa4", b"\xc3\xa93"), [(0, 4), (9, 12)]),
        (b"a\xed\xa0\x80 b", (b"a2",), [(0, 2)]),  # half a character
    ],
)
def test_pieces_are_found_by_a_word_of_their_second_text(cache_of, text, wanted, places):
    assert cache_of(analyse, 100).find(text, wanted) == places


def test_a_piece_is_found_by_each_word_of_its_second_text(cache_of):
    cache = cache_of(lambda piece: ("wanted", piece.replace("-", " ").replace("x", "")), 100)
    assert cache.find(b"al-qaida x qaida -al al-", (b"al", b"wanted")) == [(0, 8), (17, 20), (21, 24)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (b"a" * 70 + b" b c " + b"a" * 70, [(0, 70), (71, 72), (75, 145)]),  # too long to be kept
        (b"0 1 2 3 4 5 6 b 7 8 a", [(14, 15), (20, 21)]),  # more than are kept
    ],
)
def test_pieces_that_are_not_kept_are_found(cache_of, text, places):
    cache = cache_of(lambda piece: ("", piece[0]), 3)
    assert [cache.find(text, (b"a", b"b")) for _ in range(2)] == [places, places]


def test_pieces_that_cannot_hold_a_word_are_not_analysed(cache_of):
    analysed = []
    cache = cache_of(lambda piece: (analysed.append(piece) or "", piece.strip("'")), 100)
    assert cache.find("bad 'be abc é-b 'abc 7b".encode(), (b"abc",)) == [(8, 11), (16, 20)]
    assert sorted(analysed) == ["'abc", "'be", "abc", "é-b"]


def test_many_words_are_found_in_turn(cache_of):
    cache = cache_of(lambda piece: ("", piece), 5)
    for number in [*range(10, 22), 10, 11, 21]:
        assert cache.find(b"1 2 3 %d 4" % number, (b"%d" % number,)) == [(6, 8)]
        assert cache.find(b"3 1 3 3", (b"3",)) == [(0, 1), (4, 5), (6, 7)]


def test_each_piece_is_analysed_once(cache_of):
    analysed = []
    look_up = cache_of(lambda piece: (analysed.append(piece) or "", piece), 100)
    look_up(b"to be or")
    assert look_up(b"not to be") == ("", "not to be")
    assert analysed == ["to", "be", "or", "not"]


@pytest.mark.parametrize("text", [b"", b" ", b"   a   b  ", b"  " * 99])
def test_spaces_are_no_pieces(cache_of, text):
    assert cache_of(lambda piece: (piece, piece), 9)(text) == (" ".join(text.decode().split()),) * 2


def test_texts_of_nothing_leave_no_space(cache_of):
    assert cache_of(lambda piece: ("", piece if piece != "b" else ""), 9)(b"a b c") == ("", "a c")


def test_a_full_cache_drops_all(cache_of):
    analysed = []
    look_up = cache_of(lambda piece: (analysed.append(piece) or "", piece), 3)
    for piece in (b"a", b"b", b"c", b"a", b"d", b"a"):
        look_up(piece)
    assert analysed == ["a", "b", "c", "d", "a"]


def test_a_long_piece_is_not_kept(cache_of):
    analysed = []
    look_up = cache_of(lambda piece: (analysed.append(len(piece)) or "", piece), 9)
    for size in (64, 64, 65, 65):
        assert look_up(b"x" * size) == ("", "x" * size)
    assert analysed == [64, 65, 65]


def test_the_texts_of_a_piece_may_be_long(cache_of):
    look_up = cache_of(lambda piece: (piece * 300, piece * 10_000), 9)
    for _ in range(2):
        assert look_up(b"a \xc3\xa9") == (f"{'a' * 300} {'é' * 300}", f"{'a' * 10_000} {'é' * 10_000}")


def test_halves_of_surrogate_pairs_pass_through(cache_of):
    text = "\ud800 é \udfff"
    look_up = cache_of(lambda piece: (piece, piece), 9)
    for _ in range(2):
        assert look_up(text.encode("utf-8", "surrogatepass")) == (text, text)


def test_an_error_in_the_analysis_comes_through_and_nothing_is_kept(cache_of):
    def fail_once(piece):
        if not failed:
            failed.append(piece)
            raise KeyError(piece)
        return piece, piece

    failed: list[str] = []
    look_up = cache_of(fail_once, 9)
    with pytest.raises(KeyError):
        look_up(b"a")
    assert look_up(b"a") == ("a", "a")


def test_threads_share_it(cache_of):
    look_up = cache_of(analyse, 50)  # drops all again and again
    text = " ".join(f"w{n}" for n in range(200))
    expected = (text.upper(), cache_of(analyse, 500)(text.encode())[1])
    results = []
    threads = [
        threading.Thread(target=lambda: results.extend(look_up(text.encode()) for _ in range(50)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 200
    assert set(results) == {expected}


def test_the_analysis_may_use_the_cache_itself(cache_of):
    look_up = cache_of(lambda piece: ("", look_up(piece[1:].encode())[1] + piece[0] if piece else ""), 9)
    assert look_up(b"abc ab") == ("", "cba ba")


def test_it_is_freed_with_its_owner(cache_of):
    class Holder:
        def analyse(self, piece):
            return piece, piece

    holder = Holder()
    holder.token_cache = cache_of(holder.analyse, 9)
    gone = weakref.ref(holder)
    del holder
    gc.collect()
    assert gone() is None


@needs_compiled
def test_compiled_it_refuses_wrong_arguments():
    with pytest.raises(TypeError):
        compiled.TokenCache(analyse)
    with pytest.raises(TypeError):
        compiled.TokenCache(analyse, 9)("text")
    with pytest.raises(TypeError):
        compiled.TokenCache(analyse, 9).find("text", ())
    with pytest.raises(TypeError):
        compiled.TokenCache(analyse, 9).find(b"text", [b"text"])
    with pytest.raises(TypeError, match="must be bytes"):
        compiled.TokenCache(analyse, 9).find(b"text", ("text",))


@needs_compiled
@pytest.mark.parametrize("capacity", [0, 1 << 25])
def test_compiled_its_capacity_is_bounded(capacity):
    with pytest.raises(ValueError, match="capacity must be from 1"):
        compiled.TokenCache(analyse, capacity)


@needs_compiled
@given(st.lists(st.text("ab é\ud800", max_size=70)), st.integers(1, 9))
def test_both_return_the_same(texts, capacity):
    def analyse(piece):
        return piece[1:], piece[::-1]

    in_python, in_c = token_cache.TokenCache(analyse, capacity), compiled.TokenCache(analyse, capacity)
    for text in texts:
        data = text.encode("utf-8", "surrogatepass")
        ours, theirs = in_python(data), in_c(data)
        assert set(theirs[0].split(" ")) == set(ours[0].split(" "))
        assert theirs[1] == ours[1]


@needs_compiled
@given(
    st.lists(st.text("ab é\ud800", max_size=70)),
    st.lists(st.text("abé\ud800", max_size=2)),
    st.integers(1, 9),
)
def test_both_find_the_same(texts, words, capacity):
    def analyse(piece):
        return piece[1:], f"{piece[:2]} {piece if piece.isalnum() and piece.isascii() else piece[::-1]}"

    wanted = tuple(word.encode("utf-8", "surrogatepass") for word in words)
    in_python, in_c = token_cache.TokenCache(analyse, capacity), compiled.TokenCache(analyse, capacity)
    for text in texts:
        data = text.encode("utf-8", "surrogatepass")
        assert in_c.find(data, wanted) == in_python.find(data, wanted)
