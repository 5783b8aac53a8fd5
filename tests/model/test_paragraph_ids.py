"""Paragraph ids."""

from hypothesis import given
from hypothesis import strategies as st

from cablesearch.model.cable import paragraph_id, paragraph_ids


def test_a_number_a_position_or_a_repetition_names_a_paragraph():
    assert paragraph_ids(["1", None, "2", "2", None, "2"], "07PORTVERITY48") == [
        "07PORTVERITY48#1",
        "07PORTVERITY48#p2",
        "07PORTVERITY48#2",
        "07PORTVERITY48#2-2",
        "07PORTVERITY48#p5",
        "07PORTVERITY48#2-3",
    ]


@given(st.lists(st.none() | st.integers(1, 9).map(str)))
def test_no_two_paragraphs_share_an_id(numbers):
    ids = paragraph_ids(numbers, "X")
    assert len(set(ids)) == len(numbers)
    assert [paragraph_id(numbers, at, "X") for at in range(len(numbers))] == ids
