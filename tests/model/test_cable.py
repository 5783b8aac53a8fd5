"""Cables as JSON values."""

import copy
import json
import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime

import pytest

from cablesearch.errors import BrokenIndexError
from cablesearch.model.cable import Cable, Kind, Paragraph, Reference, StoredParagraphs
from cablesearch.model.calendar import Month


def test_a_cable_comes_back_from_its_json(cable):
    whole = replace(
        cable,
        created=datetime(2007, 1, 8, 12, 31),
        released=date(2011, 8, 30),
        declassify_on=date(2017, 1, 8),
        paragraphs=(replace(cable.paragraphs[0], kind=Kind.SUMMARY), *cable.paragraphs[1:]),
    )
    assert Cable.from_dict(json.loads(json.dumps(whole.as_dict()))) == whole


class Kept(StoredParagraphs):
    def __init__(self, *paragraphs):
        self.kept = paragraphs

    def __missing__(self, at):
        return self.kept[at]

    def all(self):
        return self.kept


def stored(*paragraphs):
    return Cable.stored(Cable("07TEZGARA5", subject="ROADS").facts(), Kept(*paragraphs))


ROADS = Paragraph("07TEZGARA5#1", "1", "C", "Roads", Kind.SUMMARY, "The road is closed.")
RIVER = Paragraph("07TEZGARA5#2", "2", None, None, None, "So is the river.", cites=("06TEZGARA7",))


@pytest.mark.parametrize(
    "ask",
    [
        lambda cable: cable,
        lambda cable: pickle.loads(pickle.dumps(cable)),
        copy.copy,
        copy.deepcopy,
        replace,
        lambda cable: Cable.from_dict(cable.as_dict()),
        lambda cable: next(iter({cable})),
    ],
)
def test_what_is_stored_is_the_same_cable(ask):
    whole = Cable("07TEZGARA5", subject="ROADS", paragraphs=(ROADS, RIVER))
    assert ask(stored(ROADS, RIVER)) == whole
    assert hash(ask(stored(ROADS, RIVER))) == hash(whole)
    assert repr(ask(stored(ROADS, RIVER))) == repr(whole)


def test_one_entry_is_read_without_the_others():
    cable = stored(ROADS, RIVER)
    assert cable.entry(1) == RIVER
    assert cable.paragraphs == (ROADS, RIVER)
    assert cable.paragraphs is cable.paragraphs
    assert cable.entry(0) == ROADS
    with pytest.raises(BrokenIndexError):
        stored(ROADS).entry(1)


def test_threads_may_ask_for_the_paragraphs_at_once():
    with ThreadPoolExecutor(8) as threads:
        for _ in range(200):
            cable = stored(ROADS, RIVER)
            found = list(threads.map(lambda _, cable=cable: cable.paragraphs, range(8)))
            assert found == [(ROADS, RIVER)] * 8


@pytest.mark.parametrize("error", [KeyError("text"), IndexError(1), ValueError("sumnary"), TypeError("None")])
def test_stored_paragraphs_that_are_damaged_are_said_to_be(error):
    class Damaged(StoredParagraphs):
        def __missing__(self, at):
            raise error

        def all(self):
            raise error

    cable = Cable.stored(Cable("07TEZGARA5").facts(), Damaged())
    for ask in (lambda: cable.entry(0), lambda: cable.paragraphs, lambda: cable.cites):
        with pytest.raises(BrokenIndexError, match="07TEZGARA5 is stored, but damaged"):
            ask()


def test_an_attribute_that_a_cable_does_not_have_is_an_error():
    for cable in (stored(ROADS), Cable("07TEZGARA5")):
        with pytest.raises(AttributeError, match="paragraph_"):
            cable.paragraph_  # noqa: B018


def test_a_month_comes_back_as_a_month():
    values = Cable("07TEZGARA5", created=Month(1959, 8, 1)).as_dict()
    assert values["created"] == "1959-08"
    assert isinstance(Cable.from_dict(values).created, Month)


@pytest.mark.parametrize("event", ["OADR", "2017-13-45", "CLOSURE OF THE COURT", None])
def test_an_event_of_declassification_stays_text(event):
    cable = Cable("07TEZGARA5", declassify_on=event)
    assert Cable.from_dict(cable.as_dict()).declassify_on == event


def test_what_is_unknown_is_null_or_empty():
    values = Cable("07TEZGARA5").as_dict()
    assert (values["created"], values["classification"], values["caveats"]) == (None, None, [])
    assert Cable.from_dict(values) == Cable("07TEZGARA5")


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("6", "07TEZGARA5#6"),
        ("P3", "07TEZGARA5#p3"),
        ("12-2", "07TEZGARA5#12-2"),
        ("12", None),
        ("", None),
        ("#6", None),
    ],
)
def test_a_paragraph_by_its_number(number: str, found: str | None) -> None:
    ids = ("07TEZGARA5#6", "07TEZGARA5#p3", "07TEZGARA5#12-2")
    cable = Cable(
        "07TEZGARA5", paragraphs=tuple(Paragraph(id, None, None, None, None, "Salt.") for id in ids)
    )
    paragraph = cable.paragraph(number)
    assert (paragraph and paragraph.id) == found


def test_a_cable_under_another_id():
    paragraph = Paragraph("76KELVO9#2-2", "2", None, None, None, "")
    cable = Cable("76KELVO9", other_ids=("76KLVO9",), paragraphs=(paragraph,))
    filed = cable.filed_as("76KELVO9-abcde")
    assert (filed.id, filed.other_ids) == ("76KELVO9-abcde", ("76KELVO9", "76KLVO9"))
    assert [paragraph.id for paragraph in filed.paragraphs] == ["76KELVO9-abcde#2-2"]
    assert Cable.from_dict(filed.as_dict()) == filed


def test_an_entry_stands_for_a_text_that_is_not_there():
    assert Cable("76KELVO9").entries == ()
    assert [entry.id for entry in Cable("76KELVO9", without_text="WITHDRAWN").entries] == ["76KELVO9"]


def cited(*paragraphs, references=(), **facts):
    """Return a cable whose paragraphs cite these ids."""
    return Cable(
        "07TEZGARA5",
        references=tuple(Reference(None, id, id or "NOTAL") for id in references),
        paragraphs=tuple(
            Paragraph(f"07TEZGARA5#{n}", str(n), None, None, None, "", cites=ids)
            for n, ids in enumerate(paragraphs, 1)
        ),
        **facts,
    )


def test_a_cable_cites_what_its_references_and_its_paragraphs_do():
    cable = cited(("06A1",), ("06B2", "06C3"), references=("06C3", None, "06D4"))
    assert cable.cites == ("06C3", "06D4", "06A1", "06B2")


def test_a_cable_does_not_cite_itself():
    cable = cited(("06A1",), references=("07TEZGARA5", "07SECTION01OFTEZGARA5"))
    assert replace(cable, other_ids=("07SECTION01OFTEZGARA5",)).cites == ("06A1",)


def test_the_first_paragraph_is_found_by_what_no_paragraph_cites():
    cable = cited((), ("06A1",), ("06B2",), references=("06A1", "06D4"))
    assert [cable.cited_by_entry(p) for p in cable.paragraphs] == [("06D4",), ("06A1",), ("06B2",)]


def test_the_first_paragraph_keeps_what_others_cite_too():
    cable = cited(("06A1",), ("06A1",), references=("06A1",))
    assert [cable.cited_by_entry(p) for p in cable.paragraphs] == [("06A1",), ("06A1",)]


def test_a_cable_without_text_is_found_by_its_references():
    cable = cited(references=("06A1",), without_text="WITHDRAWN")
    assert [cable.cited_by_entry(entry) for entry in cable.entries] == [("06A1",)]
