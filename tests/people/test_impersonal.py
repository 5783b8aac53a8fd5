"""Places and firms that are called like people."""

import pytest

from cablesearch.people.impersonal import drop_impersonal
from cablesearch.people.names import NameSpan
from cablesearch.people.sequence import build_row


def kept(text: str, *names: str) -> list[str]:
    """Return which of some names are left in a text that has each where it is found first, or wherever."""
    raw, _ = build_row([text])
    bare = [piece.strip(".,'") for piece in raw]
    spans = []
    for name in names:
        words = name.split()
        spans += [
            NameSpan(i, i + len(words), name) for i in range(len(bare)) if bare[i : i + len(words)] == words
        ]
    return [span.name for span in drop_impersonal(raw, sorted(spans))]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("clashes in the village of Gharib today", "Gharib"),
        ("the Bab al Gharib strait was closed", "Bab al Gharib"),
        ("ships passed Ras Doum at night", "Ras Doum"),
        ("a plant in San Andres was sold", "Andres"),
        ("a plant in SAN PEDRO SULA", "PEDRO SULA"),
        ("fighting in the Pankis Gorge", "Pankis"),
        ("troops left Mt. Karim", "Karim"),
        ("THE AMBASSADOR AT LA PAZ", "PAZ"),
        ("the state-owned company Orlan sold", "Orlan"),
        ("shares of Orlan Brothers fell", "Orlan"),
        ("a contract with Gharib Ltd. was signed", "Gharib"),
    ],
)
def test_the_words_beside_a_place_tell_it(text, name):
    assert kept(text, name) == []


def test_a_place_is_one_wherever_the_cable_has_it():
    """Only one mention says that it is a village; no other says that it is a person."""
    assert kept("The village of Gharib lies south. Gharib had been quiet.", "Gharib") == []


def test_a_word_that_is_said_to_be_a_person_stays_one():
    """A title or a verb of saying beside it decides, and so does a fuller name."""
    assert kept("Minister Gharib went to the village of Gharib.", "Gharib") == ["Gharib", "Gharib"]
    assert kept("In Gharib province Gharib said no.", "Gharib") == ["Gharib", "Gharib"]
    assert kept("Walker San Miguel was there. San Miguel left.", "Walker San Miguel", "San Miguel") == [
        *("Walker San Miguel", "San Miguel", "San Miguel"),
    ]


@pytest.mark.parametrize(
    ("text", "names", "left"),
    [
        ("Mr. St. Orlan met Quell. St. Orlan left.", ["Orlan", "Quell"], ["St. Orlan", "Quell", "St. Orlan"]),
        ("Prime Minister Saint Quell left.", ["Quell"], ["Saint Quell"]),
        ("Consul Ciudad Orlan left.", ["Orlan"], []),
        ("Ivo Orlan met Bahia Orlan.", ["Ivo Orlan", "Orlan"], ["Ivo Orlan", "Bahia Orlan"]),
        ("Consul General St. Petersburg reported.", ["Petersburg"], []),
        ("We flew to St. Orlan today.", ["Orlan"], []),
        ("PRIME MINISTER ST. LUCIA ATTENDED.", ["LUCIA"], []),
        ("The Governor St. Helena wrote.", ["Helena"], []),
        ("We flew to Bahia Orlan today.", ["Orlan"], []),
    ],
)
def test_the_name_of_a_person_may_begin_like_a_places(text, names, left):
    raw = [*build_row([text])[0]]
    spans = []
    for name in names:
        words = name.split()
        for i in range(len(raw)):
            if [piece.strip(".") for piece in raw[i : i + len(words)]] == words:
                spans.append(NameSpan(i, i + len(words), name))
    within = {n for span in spans if " " in span.name for n in range(span.start, span.end)}
    spans = sorted(span for span in spans if " " in span.name or span.start not in within)
    assert [span.name for span in drop_impersonal(raw, spans)] == left


@pytest.mark.parametrize("name", ["Le Figaro", "Der Spiegel", "El País", "LA REPUBBLICA", "Al-Ahram"])
def test_a_newspaper_is_nobody(name):
    assert kept(f"{name} reported that Quell left.", name, "Quell") == ["Quell"]


@pytest.mark.parametrize("name", ["Figaro", "Le Duc", "La Guardia", "El Baradei"])
def test_a_word_of_a_newspapers_name_may_be_somebodys(name):
    assert kept(f"{name} said that he left.", name) == [name]


def test_a_known_surname_is_dropped_only_where_it_is_a_place():
    assert kept("The Nasser lake is full. We saw Nasser.", "Nasser") == ["Nasser"]


def test_a_firm_is_one_wherever_the_cable_has_it():
    """But brothers of a family, in small letters, are people."""
    assert kept("Orlan Holdings sold wheat. We met with Orlan again.", "Orlan") == []
    assert kept("the Orlan brothers sold wheat", "Orlan") == ["Orlan"]
    assert kept("MERRILL LYNCH sold wheat to Mr. Merrill.", "MERRILL LYNCH", "Merrill") == ["Merrill"]


def test_what_is_parted_from_a_name_says_nothing():
    assert kept("He saw the town, Karim. Strait talk followed.", "Karim") == ["Karim"]
