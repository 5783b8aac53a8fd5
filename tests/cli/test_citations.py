"""What a cable cites and what cites it, and threads, on the command line."""

import json

import pytest


def test_both_ends_of_citations(cablesearch):
    assert cablesearch("cited", "07", "Tezgara", "5") == (
        0,
        "2007-01-08  07TEZGARA5  Embassy Tezgara  SALT AND DEMOCRATIC REFORM\n"
        "\n"
        "Cites 1 cable\n"
        "    2006-11-02  06OSTREL12  Mission Ostrel  THE FISH COMMISSION  in ¶ 2\n"
        "\n"
        "Cited by 0 cables\n",
        "",
    )
    found = json.loads(cablesearch("cited", "06OSTREL12", "--format", "json").out)
    assert [one["id"] for one in found["cited_by"]] == ["07TEZGARA5"]
    assert found["total_cited_by"] == 1


def test_citations_as_rows(cablesearch):
    assert cablesearch("cited", "07TEZGARA5", "--format", "csv").out == (
        "direction,cable,date,origin,subject,label,paragraphs,in_index\n"
        "cites,06OSTREL12,2006-11-02T09:00:00,Mission Ostrel,THE FISH COMMISSION,,07TEZGARA5#2,yes\n"
    )


@pytest.mark.parametrize(
    ("id", "message"),
    [
        ("08OSTREL7", "08OSTREL7 cites no cable, and none cites it"),
        ("66NOWHERE1", "66NOWHERE1 is not in the index, and no cable cites it"),
    ],
)
def test_where_there_are_no_citations(cablesearch, id, message):
    assert cablesearch("cited", id) == (1, "", f"cablesearch: {message}\n")


def test_a_thread(cablesearch):
    expected = (
        "  2006-11-02  06OSTREL12  Mission Ostrel  THE FISH COMMISSION\n"
        ">   2007-01-08  07TEZGARA5  Embassy Tezgara  SALT AND DEMOCRATIC REFORM\n"
        "2 cables\n"
    )
    assert cablesearch("thread", "07TEZGARA5") == (0, expected, "")
    assert cablesearch("thread", "06OSTREL12", "--limit", "1").out.endswith(
        "\n1 cable; more of them are further away: --steps, --limit\n"
    )
    assert cablesearch("thread", "66NOWHERE1").status == 1


def test_what_is_shown_of_references(cablesearch):
    assert "References  1 to other cables, 1 of them in the index\n" in cablesearch("info").out
