"""The fast model, held equal to the features that it was trained on."""

import random
from importlib.resources import files
from pathlib import Path

import pytest

from benchmarks.people.examples import first_pass, make_example, second_pass
from benchmarks.people.labels import Annotation
from cablesearch.corpus import Failure, read
from cablesearch.parse import parse_record
from cablesearch.people.features import NO_NEIGHBOUR, classify, score_class
from cablesearch.people.lexicon import load_lexicon
from cablesearch.people.model import Model, load_model, parse_weights
from cablesearch.people.names import find_names
from cablesearch.people.sequence import build_row
from cablesearch.people.tokens import parse_token
from cablesearch.people.weighing import (
    UNWEIGHED,
    decide,
    neighbour_class,
    score,
    score_again,
    sum_up,
    tally,
    weigh,
)

CORPUS = Path(__file__).parents[2] / "corpus"
WEIGHTS = (files("cablesearch.people") / "data" / "model.txt").read_text("utf-8")


@pytest.fixture(scope="module")
def cables():
    records = (item for path in sorted(CORPUS.iterdir()) for item in read(path))
    return [parse_record(record) for record in records if not isinstance(record, Failure)]


@pytest.mark.parametrize("capitals", [False, True], ids=["mixed", "capitals"])
def test_a_score_is_the_sum_of_the_weights_of_the_features_that_training_lists(cables, capitals):
    """In both passes, for each piece of the sample corpus that may be in a name."""
    first, second = parse_weights(WEIGHTS, capitals)
    model = load_model(capitals)
    seen = 0
    for cable in cables:
        raw, _ = build_row(p.text.upper() if capitals else p.text for p in cable.paragraphs)
        row = [model.pieces[piece] for piece in raw]
        tokens = [*map(parse_token, raw)]
        words = [classify(token, load_lexicon(), capitals) for token in tokens]
        as_seen = [word._replace(key=model.neighbour_key(word)) for word in words]
        places = [i for i, word in enumerate(words) if word.candidate]
        scores = score(row, places, model.pairs)
        assert scores == pytest.approx([total(first_pass(tokens, as_seen, i), first) for i in places])

        at, uses = dict(zip(places, scores, strict=True)), tally(row, places, scores)
        listed = second_pass(make_example(cable, Annotation(), capitals), at)
        words = {key: sum_up(of_word, model.second) for key, of_word in uses.items()}
        assert [score_again(row, at, i, words[row[i].key], model.second) for i in listed] == pytest.approx(
            [total(features, second) for features in listed.values()]
        )
        assert set(decide(row, places, scores, model.second)) <= set(listed)
        seen += len(listed)
    assert seen > 500


def total(features, weights):
    return sum(weights.get(feature, 0.0) for feature in features)


def test_a_neighbour_is_the_next_word_that_may_be_in_a_name_across_particles():
    row = [load_model().pieces[piece] for piece in ["met", "Khalid", "bin", "Hamad,", "Olga", "and"]]
    at = {1: 5.0, 3: -5.0, 4: 0.5}
    classes = [(neighbour_class(row, at, i, -1), neighbour_class(row, at, i, 1)) for i in at]
    assert classes == [
        (NO_NEIGHBOUR, score_class(-5.0)),
        (score_class(5.0), NO_NEIGHBOUR),
        (NO_NEIGHBOUR,) * 2,
    ]


@pytest.mark.parametrize(
    "text",
    [
        "the old man met Khalid bin al Hamad, and then went home to eat",
        "in a small town we saw de la Rocha (of the army) and B. Lodge",
        "nobody of that name was there at all",
        "VANCE MET DE LA ROCHA IN THE TOWN",
    ],
)
def test_words_far_from_capitals_are_not_weighed_and_change_nothing(text):
    model = load_model()
    raw, _ = build_row([text])
    (row, chosen), (whole, all_chosen) = model.choose(raw), model.choose(raw, whole=True)
    assert chosen == all_chosen
    assert [*find_names(row, chosen)] == [*find_names(whole, chosen)]
    far = [i for i, word in enumerate(raw) if word in ("old", "home", "eat", "small", "nobody")]
    assert all(row[i] is UNWEIGHED for i in far)


@pytest.mark.parametrize("capitals", [False, True], ids=["mixed", "capitals"])
def test_runs_of_particles_are_weighed_to_their_ends(capitals):
    """However they lie to each other, as each run is followed once."""
    model, chance = load_model(capitals), random.Random(15)
    pieces = ["de", "DE", "E", "bin", "la", "met", "old", "Khalid", "QUELL", "Mr.", "B."]
    for _ in range(200):
        raw, _ = build_row([" ".join(chance.choices(pieces, [6, 6, 6, 3, 3, 4, 4, 1, 1, 1, 1], k=40))])
        (row, places), (whole, _) = (weigh(raw, model.pieces, only) for only in (False, True))
        assert model.choose(raw)[1] == model.choose(raw, whole=True)[1]
        for i in places:
            for way in (-1, 1):
                at = i + 2 * way
                while whole[at][10]:
                    at += way
                    assert row[at] is whole[at]


def test_a_word_weighs_the_same_whatever_signs_it_was_first_seen_with():
    """`A` is a word, but `A.` an initial, and of `Amin's` the possessive is no part."""
    forms = ["Amin,", "(Amin", "Amin's", "Amin", "AMIN", "A", "A.", "(A.)", "A."]
    model = Model(*parse_weights(WEIGHTS, capitals=False), load_lexicon(), capitals=False)
    seen = [model.piece(form) for form in forms]
    model._words.clear()
    assert seen[::-1] == [model.piece(form) for form in reversed(forms)]
    assert len({piece.own for piece in seen[:4]}) > 1  # signs have weights of their own


def test_pieces_and_words_are_dropped_when_there_are_too_many(monkeypatch):
    monkeypatch.setattr("cablesearch.people.model.MAX_PIECES", 3)
    model = Model(*parse_weights(WEIGHTS, capitals=False), load_lexicon(), capitals=False)
    for word in ("Amin", "Bato", "Cole", "Dorn"):
        assert model.pieces[word].core == word
    assert len(model.pieces) == len(model._words) == 1
