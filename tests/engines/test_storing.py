"""Whatever a cable holds, an engine gives it back as it was, or refuses it."""

from __future__ import annotations

import tempfile
from dataclasses import fields, replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from cablesearch.engines.documents import documents
from cablesearch.engines.storage import pack, unpack
from cablesearch.errors import BrokenIndexError, UnreadableError
from cablesearch.model.cable import Cable, Edition, Kind, Paragraph, Person, Reference, paragraph_ids
from cablesearch.model.calendar import Month
from cablesearch.model.classification import LEVELS, Classification
from tests.engines.engines import ENGINES, cleaned
from tests.engines.engines import engine as engine_named
from tests.engines.model import cable

_LIKE_DATES = st.from_regex(r"[0-9]{4}-[0-9]{2}(-[0-9]{2}([T ][0-9:.+Z]{0,9})?)?", fullmatch=True)
TEXT = st.text(max_size=9) | st.text(st.characters(categories=["Cs", "Cc", "Zs", "L"]), max_size=5)
MAYBE = st.none() | TEXT
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
MONTHS = st.dates().map(lambda day: Month(day.year, day.month, 1))
TIMES = st.datetimes().map(lambda time: time.replace(fold=0))
MOMENTS = st.none() | TIMES | st.dates() | MONTHS
PARAGRAPHS = st.builds(
    Paragraph,
    id=TEXT,
    number=MAYBE,
    marking=MAYBE,
    heading=MAYBE,
    kind=st.none() | st.sampled_from(Kind),
    text=TEXT,
    people=st.lists(st.builds(Person, TEXT, TEXT, st.booleans(), MAYBE), max_size=2).map(tuple),
    cites=TEXTS,
)
CABLES = st.builds(
    Cable,
    id=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=9),
    created=MOMENTS,
    released=MOMENTS,
    classification=st.none() | st.builds(Classification, st.sampled_from(tuple(LEVELS.values())), TEXTS),
    origin=MAYBE,
    subject=MAYBE,
    subject_marking=MAYBE,
    tags=TEXTS,
    concepts=TEXTS,
    references=st.lists(st.builds(Reference, MAYBE, MAYBE, TEXT), max_size=2).map(tuple),
    precedence=MAYBE,
    dtg=MAYBE,
    sender=MAYBE,
    to=TEXTS,
    info=TEXTS,
    classified_by=MAYBE,
    reasons=TEXTS,
    declassify_on=MOMENTS | TEXT | _LIKE_DATES,
    signature=MAYBE,
    other_ids=TEXTS,
    partial=st.booleans(),
    without_text=MAYBE,
    edition=st.none() | st.builds(Edition, TEXT, TEXTS, MAYBE, MAYBE, st.none() | st.integers(1, 9999)),
    source=TEXT,
    format=TEXT,
    collection=TEXT,
    also_in=TEXTS,
    paragraphs=st.lists(PARAGRAPHS, max_size=3).map(tuple),
)


def same(one, other):
    """Whether cables are equal, and so are the types of their dates: a month is equal to its first day."""
    return one == other and repr(one) == repr(other)


def test_the_strategy_makes_every_field():
    assert {field.name for field in fields(Cable)} <= set(CABLES.wrapped_strategy.kwargs)


@given(CABLES)
@settings(max_examples=200)
def test_a_cable_is_read_back_equal(cable):
    assert same(unpack(pack(cable)), cable)


def test_what_all_paragraphs_share_is_stored_once():
    made = cable("07VERITY1", "salt", "salt", "ships", people=[["Ivo Quell"]] * 3, markings=["SBU"] * 3)
    packed = pack(made)
    assert [packed.count(each) for each in (b"Ivo Quell", b"SBU", b"salt")] == [1, 1, 2]
    assert same(unpack(packed), made)


@pytest.mark.parametrize("name", ENGINES)
@given(cables=st.lists(CABLES, min_size=1, max_size=4, unique_by=lambda cable: cable.id))
@example(cables=[cable(id, "word", "more") for id in ("a\tb", "a b", "a\\tb", "a\u00a0b", "a")])
@example(cables=[cable(id, "word") for id in ("¨", "\n", "\r\n", "x" * 999, "\u0301", "ﷺ")])
@settings(max_examples=10, phases=(Phase.explicit, Phase.generate))  # an example takes long on a busy disk
def test_cables_are_read_back_equal_from_an_engine_and_can_be_removed(name, cables):
    engine = engine_named(name)
    with cleaned(), tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary)
        with engine.write(folder, fresh=True) as writer:
            for each in cables:
                writer.add(each, documents(each))
        with engine.read(folder) as reader:
            for each in cables:
                assert same(reader.cable(each.id), each)
            assert list(reader.cables()) == sorted(each.id for each in cables)
        with engine.write(folder, fresh=False) as writer:
            writer.remove([cables[0].id])
        with engine.read(folder) as reader:
            assert reader.size() == (len(cables) - 1, sum(len(each.entries) for each in cables[1:]))


@pytest.mark.parametrize("id", ["", "x" * 70_000, "a\ud800"])
def test_a_cable_that_could_not_be_found_by_its_id_is_refused(id):
    with pytest.raises(UnreadableError, match="its id"):
        pack(Cable(id))


@pytest.mark.parametrize(
    ("printed", "held"),
    [
        ("2019-11-30", date(2019, 11, 30)),
        ("2019-11-31", "2019-11-31"),
        ("2017-13-45", "2017-13-45"),
        ("2017-01", Month(2017, 1, 1)),
        ("2017-13", "2017-13"),
        ("2017-01-08T12:31", datetime(2017, 1, 8, 12, 31)),
        ("2017-01-08T99", "2017-01-08T99"),
        ("2017-01-08T12:31Z", "2017-01-08T12:31Z"),
        ("20170108", "20170108"),
        ("0000-01-01", "0000-01-01"),
        ("", ""),
        ("END OF 2017-01-08", "END OF 2017-01-08"),
    ],
)
def test_a_declassification_that_is_a_date_is_one_from_the_start(printed, held):
    made = Cable("07VERITY1", declassify_on=printed)
    assert same(made, replace(made, declassify_on=held))
    assert same(unpack(pack(made)), made)


def test_ids_that_follow_from_the_numbers_are_not_stored():
    numbers = ("1", None, "2", "2")
    ids = paragraph_ids(numbers, "07A1")
    made = tuple(
        Paragraph(id, number, None, None, None, "word") for id, number in zip(ids, numbers, strict=True)
    )
    assert b"07A1#" not in pack(Cable("07A1", paragraphs=made))
    others = (replace(made[0], id="07A1#9"), *made[1:])
    assert b"07A1#9" in pack(Cable("07A1", paragraphs=others))
    for paragraphs in (made, others):
        packed = pack(Cable("07A1", paragraphs=paragraphs))
        assert unpack(packed).paragraphs == paragraphs
        assert tuple(unpack(packed).entry(at) for at in range(4)) == paragraphs


def test_a_cable_without_text_has_an_empty_entry():
    without = unpack(pack(Cable("07A1", without_text="TEXT ON MICROFILM")))
    assert without.paragraphs == ()
    assert without.entry(0) == Paragraph("07A1", None, None, None, None, "")


@pytest.mark.parametrize(
    ("sound", "damaged"), [(b'"summary"', b'"sumnary"'), (b"[[[", b"[[0,["), (b'["word"]', b"[]")]
)
def test_a_stored_paragraph_that_is_damaged_is_said_to_be(sound, damaged):
    paragraph = Paragraph("07A1#1", "1", "C", None, Kind.SUMMARY, "word", (Person("Ali", "Ali"),))
    packed = pack(Cable("07A1", paragraphs=(paragraph,)))
    assert packed.count(sound) == 1
    with pytest.raises(BrokenIndexError, match="07A1 is stored, but damaged"):
        unpack(packed.replace(sound, damaged)).entry(0)
