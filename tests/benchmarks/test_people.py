"""Annotated cables: what is learned from, what is kept for tests, and how names count."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.people.corpora import retype
from benchmarks.people.examples import make_example
from benchmarks.people.labels import (
    HEADINGS,
    KINDS,
    Annotation,
    Label,
    find_misplaced,
    load,
    names_in,
    paragraph_key,
    parse_labels,
)
from benchmarks.people.score import Score, add, rewritten, untagged
from benchmarks.people.train import split
from cablesearch import parse_cable
from cablesearch.model.cable import Person

FILE = Path(__file__).parents[2] / "benchmarks" / "people" / "annotations.txt"

TEXT = """SUBJECT: A VISIT

1. (C) President Karim Aliyev met Ambassador Jane Porter.

ALIYEV SPEAKS

2. (C) The harvest was good.

3. (C) Porter thanked Minister Olga Balan.
"""


@pytest.fixture(scope="module")
def cable():
    return parse_cable(TEXT, id="07ASTANA900")


def annotate(**names):
    return Annotation(
        {key.lstrip("n"): [Label(name, name, False) for name in some] for key, some in names.items()}
    )


def test_a_head_line_gives_the_kind_and_whether_the_cable_is_held_out():
    found = parse_labels(
        "# said first\n=== 07ASTANA48\n[1] A. Person\n=== 74LAPAZ1 telegram held-out\n[p1] PAZ\n"
        "=== frus1870/d2 edition\n=== 09ROME3 held-out\n"
    )
    assert {ref: (one.kind, one.held_out) for ref, one in found.items()} == {
        "07ASTANA48": ("page", False),
        "74LAPAZ1": ("telegram", True),
        "frus1870/d2": ("edition", False),
        "09ROME3": ("page", True),
    }
    assert found["74LAPAZ1"].names == {"p1": [Label("PAZ", "PAZ", False)]}


def test_a_name_may_have_a_fuller_form_and_a_protection():
    [one] = parse_labels("=== 07ASTANA48\n[2] Balan = Olga Balan ! ; Porter\n").values()
    assert one.names["2"] == [Label("Balan", "Olga Balan", True), Label("Porter", "Porter", False)]


@pytest.mark.parametrize(
    "text",
    ["=== 07ASTANA48 telegramm", "=== 07ASTANA48 heldout", "=== 07ASTANA48\n=== 07ASTANA48 held-out"],
)
def test_a_head_line_that_is_not_understood_is_refused_and_so_is_a_second_one(text):
    with pytest.raises(ValueError, match="07ASTANA48"):
        parse_labels(text)


def test_a_repeated_number_is_a_paragraph_of_its_own():
    cable = parse_cable(
        "1. One thing.\n\n2. More.\n\nB. ISSUES\n\n1. Another.\n\n2. The last.\n", id="79LAPAZ9"
    )
    assert [paragraph_key(p) for p in cable.paragraphs if p.number][2:] == ["1-2", "2-2"]


def test_what_is_held_out_is_never_learned_from():
    annotated = parse_labels(
        "=== 07ASTANA1\n=== 07ASTANA2 held-out\n=== 07ASTANA5\n"
        "=== 74LAPAZ3 telegram held-out\n=== 74LAPAZ4 telegram\n=== frus1952/d6 reprinted held-out\n"
    )
    known, tests = split(annotated, {"07ASTANA5": Annotation()})
    assert [*known] == ["07ASTANA1", "74LAPAZ4"]
    assert {name: [*test] for name, test in tests.items()} == {
        "held out (page)": ["07ASTANA2"],
        "held out (telegram)": ["74LAPAZ3"],
        "held out (reprinted)": ["frus1952/d6"],
        "held out (edition)": [],
        "others": ["07ASTANA5"],
    }


def test_a_paragraph_that_nobody_annotated_teaches_nothing(cable):
    annotation = annotate(n1=["Karim Aliyev", "Jane Porter"], n2=[])
    assert names_in(annotation, cable) == [{"karim", "aliyev", "jane", "porter"}, set(), None]
    example = make_example(cable, annotation, capitals=False)
    taught = {example.row[i].key for i in example.wanted}
    assert {"karim", "harvest"} & taught
    assert not {"olga", "balan"} & taught
    assert example.wanted.keys() < example.features.keys()


def test_the_whole_cable_may_be_annotated_at_once(cable):
    assert names_in(annotate(**{"*": ["Olga Balan"]}), cable) == [{"olga", "balan"}] * 3


def test_names_that_the_text_does_not_have_are_found(cable):
    wrong = annotate(
        n1=["Karim Aliyev", "Karin Aliyev"], n3=["Jane Porter"], n9=["Olga Balan"], headings=["Aliyev"]
    )
    assert [*find_misplaced(wrong, cable)] == ["[1] Karin Aliyev", "[3] Jane Porter", "[9] Olga Balan"]
    assert [*find_misplaced(Annotation({"3": [Label("Balan", "Inga Balan", False)]}), cable)] == [
        "[3] Balan = Inga Balan"
    ]


def scored(cable, annotation):
    score = Score()
    add(score, cable, annotation)
    return score.found, score.missed, score.invented


def test_names_are_found_missed_or_invented(cable):
    assert scored(
        cable, annotate(n1=["Karim Aliyev", "Jane Porter"], n3=["Porter", "Olga Balan"], headings=["Aliyev"])
    ) == (
        4,
        0,
        0,
    )
    assert scored(cable, annotate(n1=["Karim Aliyev", "Ilham Orlan"])) == (1, 1, 1)


def test_only_annotated_paragraphs_are_scored(cable):
    assert scored(cable, annotate(n3=["Porter", "Olga Balan"], headings=["Aliyev"])) == (2, 0, 0)


def test_a_name_of_the_heading_is_neither_missed_nor_invented():
    """Whether it is reported with the paragraphs below, or not."""
    cable = parse_cable("1. All is well.\n\nALIYEV SPEAKS\n\n2. Minister Aliyev spoke.\n", id="07ASTANA901")
    assert cable.paragraphs[1].heading == "ALIYEV SPEAKS"
    assert scored(cable, annotate(n2=[])) == (0, 0, 1)
    assert scored(cable, annotate(n2=[], headings=["Aliyev"])) == (0, 0, 0)
    assert scored(cable, annotate(n2=["Aliyev"], headings=["Aliyev"])) == (1, 0, 0)


def test_tags_of_an_edition_do_not_help(cable):
    tagged = replace(cable.paragraphs[1], people=(Person("Invented", "Invented", False),))
    cable = replace(cable, paragraphs=(cable.paragraphs[0], tagged, cable.paragraphs[2]))
    assert untagged(cable).paragraphs[1].people == ()
    assert scored(cable, annotate(n2=[], headings=["Aliyev"])) == (0, 0, 0)


def test_a_cable_can_be_rewritten_in_capitals(cable):
    assert rewritten(cable, str.upper).paragraphs[1].text == "THE HARVEST WAS GOOD."


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("Démarche re “Olga’s” visit—soon.", 'DEMARCHE RE "OLGA\'S" VISIT--SOON.'),
        (
            "We called on the Minister for Foreign Affairs this morning with Anglo-American friends.",
            "WE CALLED ON THE MINISTER FOR FOREIGN AFFAIRS THIS MORNING WITH ANGLO-AMERICAN FRIENDS.",
        ),
    ],
)
def test_a_printed_telegram_is_read_as_it_was_sent(text, sent):
    assert retype(text) == sent


class TestTheAnnotations:
    known = load(FILE)

    def test_half_of_what_was_added_by_kind_is_held_out(self):
        for kind, least in zip(KINDS, (20, 12, 14, 11), strict=True):
            assert sum(one.held_out for one in self.known.values() if one.kind == kind) >= least
        assert sum(one.kind == "telegram" for one in self.known.values()) >= 20

    def test_they_hold_names_and_no_sentences(self):
        names = [
            text
            for one in self.known.values()
            for some in one.names.values()
            for label in some
            for text in label[:2]
        ]
        assert max(len(name.split()) for name in names) <= 8
        assert max(map(len, names)) <= 60

    def test_what_is_held_out_is_annotated_paragraph_by_paragraph(self):
        for one in self.known.values():
            assert not one.held_out or {"*"}.isdisjoint(one.names)
            assert HEADINGS not in one.names or len(one.names) > 1
