"""Joining measured by the keys of editions: tags off, names found again, pairs compared."""

import pytest

from benchmarks.people.identities import Identity, Tally
from benchmarks.people.joining import (
    TEST,
    TUNING,
    Found,
    Mark,
    Scores,
    Tagged,
    Total,
    find_errors,
    find_tagged,
    mark_tags,
    part_of,
    read_volume,
    score,
    take_marks,
    with_right_keys,
)
from benchmarks.people.wrong_keys import WrongKeys

VOLUME = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><idno type="frus">frus1961-63v99</idno></teiHeader><text>
<front><div type="section" xml:id="persons"><list>
<item><hi rend="strong"><persName xml:id="p_HTL1">Hughes, Thomas L.</persName>,</hi> Director</item>
<item><hi rend="strong"><persName xml:id="p_TOM1">Tom</persName>,</hi> see <persName type="alt"
 corresp="#p_HTL1">Hughes</persName></item>
</list></div></front><body><div type="chapter">
<div type="document" xml:id="d1">
<head>1. Memorandum From <persName corresp="#p_BJ1" type="from">Balan</persName></head>
<p><persName corresp="#p_HTL1">Mr. Thomas Hughes</persName> met Ambassador <persName>Porter</persName>
on Monday, and <persName corresp="#p_BJ1">Secretary Balan</persName> on Tuesday.</p>
<p>The next day Mr. <persName corresp="#p_TOM1">Hughes</persName> left for Paris.</p></div>
<div type="document" xml:id="d2"><head>2. Telegram</head>
<p>Secretary <persName corresp="#p_BJ1">Balan</persName> told me that the talks had failed.</p></div>
</div></body></text></TEI>
"""


@pytest.fixture(scope="module")
def volume(tmp_path_factory):
    path = tmp_path_factory.mktemp("volumes") / "frus1961-63v99.xml"
    path.write_text(VOLUME, "utf-8")
    return read_volume(path, every=1)


def make_found(cable, who, name, full_name, person, found_as=None):
    return Found(Tagged(cable, "p1", name, who, who), Identity(cable, found_as or name, full_name, person))


def test_tags_become_marks_that_are_taken_off_again():
    marked = mark_tags('<p><persName type="to" corresp="#p_A1">Mr. <hi>Aliyev</hi></persName> met Balan</p>')
    text, names = take_marks(marked.replace("<hi>", "").replace("</hi>", ""))
    assert text == "<p>Mr. Aliyev met Balan</p>"
    assert names == [Mark("p_A1", "Mr. Aliyev", 3)]


def test_a_tag_without_a_key_leaves_only_its_name():
    assert mark_tags("<p><persName>Porter</persName> left</p>") == "<p>Porter left</p>"


def test_a_wife_with_her_husbands_key_is_left_out():
    """Mr. Nixon and Mrs. Nixon are not one; Mrs. Meir has a key of her own."""
    within = (
        '<persName corresp="#p_A1">Mr. Aliyev</persName> and <persName corresp="#p_A1">Mrs. Aliyev</persName>'
    )
    assert take_marks(mark_tags(within))[1] == [Mark("p_A1", "Mr. Aliyev", 0)]
    text = (
        'Mr. <persName corresp="#p_A1">Aliyev</persName>, Mrs. <persName corresp="#p_A1">Aliyev</persName>'
        ' and Mrs. <persName corresp="#p_B1">Balan</persName> met <persName corresp="#p_A1">Aliyev</persName>'
    )
    assert [mark.key for mark in take_marks(mark_tags(text))[1]] == ["p_A1", "p_B1", "p_A1"]
    marks = take_marks(mark_tags(text, wives=True))[1]
    assert [mark.key for mark in marks] == ["p_A1", "p_A1", "p_B1", "p_A1"]


def test_names_are_tagged_with_the_key_that_the_list_of_persons_refers_to(volume):
    _, tagged = volume
    assert [(one.cable.partition("/")[2], one.name, one.who) for one in tagged] == [
        ("d1", "Thomas Hughes", "p_HTL1"),
        ("d1", "Balan", "p_BJ1"),
        ("d1", "Hughes", "p_HTL1"),
        ("d2", "Balan", "p_BJ1"),
    ]


def test_a_wrong_key_is_corrected_where_the_words_around_it_say_so(tmp_path):
    path = tmp_path / "frus1961-63v99.xml"
    path.write_text(VOLUME, "utf-8")
    rows = [
        ["frus1961-63v99", "d1", "p_HTL1", "Mr. [Hughes] left", "John Hughes", "namesake"],
        ["frus1961-63v99", "*", "p_BJ1", "told [Balan]", "-", "verb"],
        ["frus1961-63v99", "d2", "p_BJ1", "Secretary [Balan] told", "-", "verb"],
    ]
    _, tagged = read_volume(path, every=1, wrong_keys=WrongKeys(rows))
    assert [(one.name, one.who, one.meant) for one in tagged] == [
        ("Thomas Hughes", "p_HTL1", "p_HTL1"),
        ("Balan", "p_BJ1", "p_BJ1"),
        ("Hughes", "p_HTL1", "John Hughes"),
        ("Balan", "p_BJ1", None),
    ]


def test_names_are_scored_as_they_are_tagged_and_with_the_right_keys():
    found = [make_found("v/d1", who, "Aliyev", "Aliyev", "Aliyev") for who in ("p_A", "p_A", "p_A")]
    found[1] = found[1]._replace(tagged=found[1].tagged._replace(meant="p_B"))
    found[2] = found[2]._replace(tagged=found[2].tagged._replace(meant=None))
    assert [one.tagged.who for one in with_right_keys(found)] == ["p_A", "p_B"]
    assert score(found, 3).pairs == Tally(same=3, joined=3, both=3, pairs=3)
    assert score(with_right_keys(found), 3).pairs == Tally(same=0, joined=1, both=0, pairs=1)


def test_volumes_in_which_surnames_do_better_are_named():
    total, good, bad = Total(), Tally(2, 2, 2, 2), Tally(2, 2, 1, 2)
    total.add("v1", Scores(good, good, bad, bad))
    total.add("v2", Scores(bad, bad, good, bad))
    assert (total.below, total.below_found) == (["v2 -0.5000"], [])
    assert total.scores.pairs == Tally(4, 4, 3, 4)


def test_documents_are_plain_cables_whose_people_are_recognised(volume):
    cables, _ = volume
    first, second = cables[0].paragraphs
    assert first.text.startswith("Mr. Thomas Hughes met Ambassador Porter")
    assert {person.name for person in first.people} >= {"Thomas Hughes", "Porter"}
    assert [person.full_name for person in second.people] == ["Thomas Hughes"]
    assert "Balan" in cables[0].subject
    assert not any(mark in cables[0].subject for mark in "\ue000\ue001\ue002")


def test_only_every_nth_document_is_read(tmp_path):
    path = tmp_path / "frus1961-63v99.xml"
    path.write_text(VOLUME, "utf-8")
    cables, tagged = read_volume(path, every=2)
    assert [cable.id for cable in cables] == ["frus1961-63v99/d1"]
    assert {one.cable for one in tagged} == {"frus1961-63v99/d1"}


def test_tagged_names_that_are_found_have_an_identity(volume):
    cables, tagged = volume
    found = [*find_tagged(cables, [*tagged, Tagged(cables[0].id, "p1", "Rossi", "p_R1", "p_R1")])]
    hughes = [one.identity.label for one in found if one.tagged.who == "p_HTL1"]
    assert hughes == ["Thomas Hughes", "Thomas Hughes"]
    assert "p_R1" not in {one.tagged.who for one in found}


def test_pairs_within_documents_are_counted_apart():
    found = [
        make_found("v/d1", "p_A", "Karim Aliyev", "Karim Aliyev", "Karim Aliyev"),
        make_found("v/d1", "p_A", "Aliyev", "Karim Aliyev", "Karim Aliyev"),
        make_found("v/d2", "p_B", "Aliyev", "Aliyev", "Karim Aliyev"),
        make_found("v/d2", "p_A", "Karim A.", "Karim A.", None),
    ]
    scores = score(found, tagged=5)
    assert scores.within == Tally(same=1, joined=1, both=1, pairs=2)
    assert scores.pairs == Tally(same=3, joined=3, both=1, pairs=6)
    assert scores.by_surname == Tally(same=3, joined=3, both=1, pairs=6)
    assert (scores.found, scores.tagged) == (4, 5)


def test_surnames_are_those_tagged_and_those_found():
    """A name that runs into the next one has another surname in the text than the editors give it."""
    found = [
        make_found("v/d1", "p_A", "Aliyev", "Aliyev", "Karim Aliyev"),
        make_found("v/d2", "p_A", "Aliyev", "Aliyev Balan", "Aliyev Balan", found_as="Aliyev Balan"),
        make_found("v/d2", "p_B", "Balan", "Balan", "Balan"),
    ]
    scores = score(found, tagged=3)
    assert scores.by_surname == Tally(same=1, joined=1, both=1, pairs=3)
    assert scores.by_found == Tally(same=1, joined=1, both=0, pairs=3)


def test_scores_add_up():
    once = Tally(1, 1, 1, 1), Tally(2, 2, 1, 3), Tally(3, 3, 3, 3), Tally(2, 1, 1, 3)
    total = Scores(*once, tagged=4, found=3)
    total += total
    twice = Tally(2, 2, 2, 2), Tally(4, 4, 2, 6), Tally(6, 6, 6, 6), Tally(4, 2, 2, 6)
    assert total == Scores(*twice, tagged=8, found=6)


def test_errors_are_counted_by_the_forms_of_the_names():
    found = [
        *[make_found("v/d1", "p_A", "Aliyev", "Aliyev", "Aliyev")] * 3,
        *[make_found("v/d2", "p_A", "Karim", "Karim", "Karim")] * 2,
        make_found("v/d3", "p_B", "Aliyev", "Aliyev", "Aliyev"),
    ]
    assert find_errors(found) == {
        "not joined: Aliyev (p_A) and Karim (p_A)": 6,
        "joined: Aliyev (p_A) and Aliyev (p_B)": 3,
    }


def test_volumes_are_for_tuning_or_for_tests():
    parts = [part_of(f"frus1961-63v{n:02}") for n in range(40)]
    assert parts == [part_of(f"frus1961-63v{n:02}") for n in range(40)]
    assert 10 < parts.count(TEST) < 30
    assert parts.count(TEST) + parts.count(TUNING) == 40
