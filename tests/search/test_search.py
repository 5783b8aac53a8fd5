"""Searching an index through `Index`, mostly with the whoosh engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from cablesearch.engines.documents import documents
from cablesearch.errors import QueryError
from cablesearch.model.cable import Cable, Classification, Kind, Paragraph, Person
from cablesearch.search.index import Index
from tests.engines.engines import ENGINES, engine


def cable(id: str, created: date, origin: str, *texts: str, subject: str = "") -> Cable:
    paragraphs = tuple(
        Paragraph(f"{id}#{number}", str(number), "C", None, None, text)
        for number, text in enumerate(texts, 1)
    )
    return Cable(id, created, None, Classification("SECRET"), origin, subject or None, paragraphs=paragraphs)


CABLES = (
    cable(
        "07RASHALIM1",
        datetime(2007, 1, 8, 12, 31),
        "Embassy Rashalim",
        "The reform of the electoral law is democratic.",
        "A democratic reform, a commission on reform.",
        "The harbour is frozen.",
        subject="Reform at last",
    ),
    cable(
        "07TEZGARA20",
        date(2007, 3, 1),
        "Consulate Tezgara",
        "Democratic parties asked for a commission.",
        "The commission reported no reforms.",
    ),
    cable(
        "09OSTREL3", date(2009, 5, 5), "Embassy Ostrel", "Harbour dues rose.", "See 07 RASHALIM 1 on reform."
    ),
    Cable(
        "frus1969-76v28/d3",
        date(1975, 2, 3),
        origin="Tezgara",
        paragraphs=(
            Paragraph(
                "frus1969-76v28/d3#p1",
                None,
                "S/NF",
                "Comment",
                Kind.COMMENT,
                "The harbour again.",
                people=(Person("Karim Masimov", "Karim Masimov"),),
                cites=("07RASHALIM1",),
            ),
        ),
    ),
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder: Path = tmp_path_factory.mktemp("index")
    with engine("whoosh").write(folder, fresh=True) as writer:
        for each in CABLES:
            writer.add(each, documents(each))
    with Index(folder, engine("whoosh").read(folder)) as index:
        yield index


def ids(index: Index, query: str, **how: object) -> list[str]:
    return [hit.paragraph.id for hit in index.search(query, **how)]  # type: ignore[arg-type]


def test_paragraphs_with_every_word_come_first_then_those_with_some(index: Index) -> None:
    results = index.search("democratic reform commission")
    assert results.total == 1
    assert results.relaxed
    assert results.hits[0].paragraph.id == "07RASHALIM1#2"
    assert {hit.paragraph.id for hit in results} == {
        "07RASHALIM1#1", "07RASHALIM1#2", "07RASHALIM1#3",  # the third through its cable's subject
        "07TEZGARA20#1", "07TEZGARA20#2", "09OSTREL3#2",
    }  # fmt: skip


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 10])
def test_pages_continue_from_full_into_partial_matches(index: Index, limit: int) -> None:
    whole = ids(index, "democratic reform", limit=20)
    assert index.search("democratic reform").total == 2
    pages = [ids(index, "democratic reform", limit=limit, offset=n) for n in range(0, 21, limit)]
    assert [id for page in pages for id in page] == whole


def test_a_page_without_partial_matches_is_not_relaxed(index: Index) -> None:
    assert not index.search("democratic reform", limit=2).relaxed
    assert index.search("democratic reform", limit=3).relaxed


def test_partial_matches_obey_the_filters(index: Index) -> None:
    assert ids(index, "democratic commission -reform origin:Tezgara") == ["07TEZGARA20#1"]
    assert ids(index, "democratic commission origin:Tezgara") == ["07TEZGARA20#1", "07TEZGARA20#2"]


def test_by_date_there_are_no_partial_matches(index: Index) -> None:
    results = index.search("democratic reform", sort="date")
    assert [hit.paragraph.id for hit in results] == ["07RASHALIM1#1", "07RASHALIM1#2"]
    assert not results.relaxed
    assert ids(index, "harbour", sort="date") == ["frus1969-76v28/d3#p1", "07RASHALIM1#3", "09OSTREL3#1"]
    assert ids(index, "harbour", sort="-date") == ["09OSTREL3#1", "07RASHALIM1#3", "frus1969-76v28/d3#p1"]


def test_a_query_of_filters_only_is_answered_latest_first(index: Index) -> None:
    assert ids(index, "origin:Tezgara") == ["07TEZGARA20#1", "07TEZGARA20#2", "frus1969-76v28/d3#p1"]
    assert ids(index, "*", limit=2) == ["09OSTREL3#1", "09OSTREL3#2"]
    assert ids(index, "origin:Tezgara", sort="date")[0] == "frus1969-76v28/d3#p1"


def test_a_bare_id_finds_the_cable_then_those_that_cite_it_then_those_that_print_it(index: Index) -> None:
    assert ids(index, "07RASHALIM1") == [
        "07RASHALIM1#1",
        "07RASHALIM1#2",
        "07RASHALIM1#3",
        "frus1969-76v28/d3#p1",
        "09OSTREL3#2",
    ]
    assert ids(index, "07RASHALIM1#2")[:2] == ["07RASHALIM1#2", "07RASHALIM1#1"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("person:Masimov", {"frus1969-76v28/d3#p1"}),
        ("person:*", {"frus1969-76v28/d3#p1"}),
        ('person:"Masimov, Karim"', {"frus1969-76v28/d3#p1"}),
        ("marking:S", {"frus1969-76v28/d3#p1"}),
        ("marking:nf", {"frus1969-76v28/d3#p1"}),
        ("kind:comment", {"frus1969-76v28/d3#p1"}),
        ("classification:s harbour", {"07RASHALIM1#3", "09OSTREL3#1"}),
        ('cites:"RASHALIM 1"', {"frus1969-76v28/d3#p1"}),
        ("id:2007RASHALIM00001#3", {"07RASHALIM1#3"}),
        ("date:1975 harbour", {"frus1969-76v28/d3#p1"}),
        ("date:2007-01-08T12:31 harbour", {"07RASHALIM1#3"}),
        ("date:* NOT date:2007..", {"frus1969-76v28/d3#p1"}),
        ("NOT date:*", set()),
        ('"commission on reform"', {"07RASHALIM1#2"}),
        ('"reform commission"~3', {"07RASHALIM1#2"}),
        ("harb?ur NOT frozen", {"09OSTREL3#1", "frus1969-76v28/d3#p1"}),
        ("frozen OR NOT harbor~1 OR zzz", {"07RASHALIM1#1", "07RASHALIM1#2", "07RASHALIM1#3", "07TEZGARA20#1",
                                           "07TEZGARA20#2", "09OSTREL3#2"}),
        ("democr* -commission", {"07RASHALIM1#1"}),
    ],
)  # fmt: skip
def test_queries_find_the_right_paragraphs(index: Index, query: str, found: set[str]) -> None:
    assert set(ids(index, query)) == found
    assert index.count(query) == len(found)


def test_a_hit_has_its_cable_its_paragraph_its_score_and_highlights(index: Index) -> None:
    hit = index.search("reforms origin:Tezgara").hits[0]
    assert (hit.cable_id, hit.cable.origin) == ("07TEZGARA20", "Consulate Tezgara")
    assert hit.paragraph == hit.cable.paragraphs[1]
    assert hit.score > 0
    assert [hit.paragraph.text[start:end] for start, end in hit.highlights] == ["reforms"]


def test_filters_are_passed_separately_from_the_query(index: Index) -> None:
    assert ids(index, "harbour", filters={"origin": ["Ostrel", "Rashalim"]}) == [
        "09OSTREL3#1",
        "07RASHALIM1#3",
    ]
    assert index.count("harbour", {"origin": ["Ostrel"], "date": ["..2008"]}) == 0


@pytest.mark.parametrize(
    "id", ["07RASHALIM1", "#07rashalim1", "2007 Rashalim 00001", "07RASHALIM1#2", "FRUS1969-76v28/D3#p1"]
)
def test_a_cable_is_found_by_any_spelling_of_its_id(index: Index, id: str) -> None:
    assert index.cable(id) in CABLES


def test_an_unknown_or_incomplete_id_finds_no_cable(index: Index) -> None:
    assert index.cable("RASHALIM 1") is None
    assert index.cable("07RASHALIM2") is None
    assert index.cable("") is None


def test_facets_count_all_that_match(index: Index) -> None:
    assert index.facets("harbour", ["origin", "year"])["year"] == {"1975": 1, "2007": 1, "2009": 1}
    with pytest.raises(QueryError, match="nothing is counted by 'text': there are origin, "):
        index.facets("harbour", ["text"])


def test_a_timeline_counts_all_that_match_by_year_month_or_day(index: Index) -> None:
    by_year = index.timeline("reform OR harbour")
    assert (by_year.query, by_year.by, by_year.total, by_year.undated) == ("reform OR harbour", "year", 7, 0)
    assert list(by_year.periods.items()) == [("1975", 1), ("2007", 4), ("2009", 2)]
    assert index.timeline("reform OR harbour", "month").periods["2007-01"] == 3
    by_day = index.timeline("*", "day", {"origin": ["Rashalim"]})
    assert by_day.periods == {"2007-01-08": 3}
    with pytest.raises(QueryError, match="no time is counted by 'week': there are year, month, day"):
        index.timeline("*", "week")  # type: ignore[arg-type]


def test_undated_paragraphs_are_counted_in_a_timeline(tmp_path: Path) -> None:
    with engine("whoosh").write(tmp_path, fresh=True) as writer:
        for each in (CABLES[0], replace(CABLES[1], created=None)):
            writer.add(each, documents(each))
    with Index(tmp_path, engine("whoosh").read(tmp_path)) as index:
        timeline = index.timeline("*")
    assert (timeline.total, timeline.undated, timeline.periods) == (5, 2, {"2007": 3})


def test_explain_says_how_a_query_is_read_and_how_common_its_words_are(index: Index) -> None:
    assert index.explain("harbours origin:Ostrel") == [
        "paragraphs with",
        "  all of",
        '    text: any form of "harbour"',
        '    origin: "ostrel"',
        '"harbour": in the text of 3 paragraphs',
    ]


def test_per_cable_leaves_room_for_other_cables(index: Index) -> None:
    found = ids(index, "reform", per_cable=1)
    assert len(found) == len({id.partition("#")[0] for id in found}) == 3
    assert found == [id for n in range(3) for id in ids(index, "reform", per_cable=1, limit=1, offset=n)]
    assert index.search("reform", per_cable=1).total == index.search("reform").total


def test_hits_are_grouped_by_cable_best_first(index: Index) -> None:
    groups = index.search("reform").by_cable()
    assert list(groups) == list(dict.fromkeys(hit.cable_id for hit in index.search("reform")))
    assert {hit.cable_id for hit in groups["07RASHALIM1"]} == {"07RASHALIM1"}


def test_the_cable_that_says_it_more_often_comes_first(index: Index) -> None:
    assert index.search("commission").hits[0].cable_id == "07TEZGARA20"  # which says it twice


@pytest.mark.parametrize(
    ("query", "better"),
    [
        ("comission", "commission"),
        ("comission harbor", "commission harbour"),
        ("harbour", None),
        ("zzzzzz", None),
    ],
)
def test_a_similar_word_is_suggested_for_an_unknown_one(
    tmp_path: Path, query: str, better: str | None
) -> None:
    many = [
        cable(f"07RASHALIM{n}", date(2007, 1, 8), "Embassy", "A commission at the harbour.")
        for n in range(1, 13)
    ]
    for name in ENGINES:
        with engine(name).write(tmp_path / name, fresh=True) as writer:
            for each in many:
                writer.add(each, documents(each))
        with Index(tmp_path / name, engine(name).read(tmp_path / name)) as opened:
            assert opened.search(query).suggestion == better


@pytest.mark.parametrize(
    ("query", "better"),
    [
        ("Macron", None),  # not macro
        ("Modi", None),  # not mode
        ("macron", None),
        ("Brown macro", None),
        ("Harpur", None),  # a surname, not the harbour
        ("Fernandes", "fernandez"),  # another name
        ("Comission", "commission"),
        ("comission Macron", None),
    ],
)
def test_a_name_that_is_nowhere_is_not_taken_for_a_word(
    tmp_path: Path, query: str, better: str | None
) -> None:
    person = (Person("Fernandez", "Ana Fernandez"),)
    text = "The macro mode of the harbour commission: Fernandez."
    many = [
        Cable(f"07X{n}", paragraphs=(Paragraph(f"07X{n}#1", "1", None, None, None, text, people=person),))
        for n in range(12)
    ]
    for name in ENGINES:
        with engine(name).write(tmp_path / name, fresh=True) as writer:
            for each in many:
                writer.add(each, documents(each))
        with Index(tmp_path, engine(name).read(tmp_path / name)) as index:
            found = index.search(query)
            assert found.suggestion == better or found.total


@pytest.mark.parametrize(
    ("query", "better"),
    [
        ("cites:06OSTREL", "cites:06OSTREL*"),
        ("salt cites:06ostrel", "salt cites:06ostrel*"),
        ("cites:06OSTREL12", None),
        ("cites:06OSTREL*", None),
        ("cites:05OSTREL", None),
        ('subject:"06OSTREL"', None),
    ],
)
def test_a_value_that_others_begin_with_gets_its_star(tmp_path: Path, query: str, better: str | None) -> None:
    first = Paragraph("07RASHALIM1#1", "1", None, None, None, "Salt.", cites=("06OSTREL12",))
    one = Cable("07RASHALIM1", paragraphs=(first,))
    for name in ENGINES:
        with engine(name).write(tmp_path / name, fresh=True) as writer:
            writer.add(one, documents(one))
        with Index(tmp_path, engine(name).read(tmp_path / name)) as index:
            assert index.search(query).suggestion == better


def test_similar_paragraphs_share_rare_words(index: Index) -> None:
    assert index.similar("09OSTREL3#1").hits[0].paragraph.id in ("07RASHALIM1#3", "frus1969-76v28/d3#p1")
    found = index.similar("07 Rashalim 1")
    assert found.hits
    assert "07RASHALIM1" not in {hit.cable_id for hit in found}


def test_similar_takes_the_number_of_a_paragraph_in_any_case(index: Index) -> None:
    found = index.similar("frus1969-76v28/d3#P1")
    assert found.hits
    assert found.as_dict() == index.similar("frus1969-76v28/d3#p1").as_dict()


def test_a_cable_without_text_is_like_others_by_its_subject(tmp_path: Path) -> None:
    bare = Cable("07RASHALIM9", subject="HARBOUR DUES", without_text="TEXT ON MICROFILM")
    other = cable("07RASHALIM8", date(2007, 1, 8), "Rashalim", "The harbour is closed.", "Salt.")
    for name in ENGINES:
        with engine(name).write(tmp_path / name, fresh=True) as writer:
            for one in (bare, other):
                writer.add(one, documents(one))
        with Index(tmp_path, engine(name).read(tmp_path / name)) as index:
            assert [hit.paragraph.id for hit in index.similar("07RASHALIM9")] == ["07RASHALIM8#1"]


@pytest.mark.parametrize("id", ["99NOWHERE1", "07RASHALIM1#77"])
def test_similar_refuses_an_unknown_id(index: Index, id: str) -> None:
    with pytest.raises(QueryError):
        index.similar(id)


def test_explain_hit_lists_the_parts_of_a_score(index: Index) -> None:
    first, *parts = index.explain_hit("democratic reform", "07RASHALIM1#2")
    assert first == f"07RASHALIM1#2 scores {index.search('democratic reform').hits[0].score:.2f}"
    scores = [float(part.split()[0]) for part in parts]
    assert sum(scores) == pytest.approx(float(first.split()[-1]), abs=0.03)
    assert [part.split("  ")[-1] for part in parts] == [
        'text: any form of "democrat" (in 3 paragraphs)',
        'text: any form of "reform" (in 5 paragraphs)',
        "its whole cable, by the same words (counts 1.5 times)",
        "words in a row",
    ]


def test_explain_hit_says_which_words_are_missing(index: Index) -> None:
    lines = index.explain_hit("democratic harbour", "09OSTREL3#1")
    assert "some of the words" in lines[1]
    assert 'text: any form of "democrat": not here' in lines[2]
    assert index.explain_hit("zzz", "09OSTREL3#1") == [
        "09OSTREL3#1 does not match, not even some of the words"
    ]


@pytest.mark.parametrize("huge", [10**9, 99999999999999999999])
def test_limit_and_offset_may_be_any_size(index: Index, huge: int) -> None:
    assert len(index.search("harbour", limit=huge)) == 3
    assert len(index.search("harbour", limit=huge, per_cable=1)) == 3
    assert index.search("harbour", offset=huge).total == 3
    assert index.search("harbour", offset=huge).hits == ()
    assert len(index.similar("07RASHALIM1#2", limit=huge)) == 5


def test_limit_0_still_counts(index: Index) -> None:
    for per_cable in (None, 1):
        results = index.search("reform", limit=0, per_cable=per_cable)
        assert (results.total, results.hits, results.relaxed) == (5, (), False)


def test_per_cable_results_are_relaxed_only_if_a_shown_hit_is_partial(index: Index) -> None:
    assert not index.search("harbour dues", limit=1, per_cable=1).relaxed
    results = index.search("harbour dues", limit=2, per_cable=1)
    assert [hit.partial for hit in results] == [False, True]
    assert results.relaxed


def test_an_unknown_sort_is_refused(index: Index) -> None:
    with pytest.raises(QueryError, match="sorted by 'best': there are relevance, date, -date"):
        index.search("reform", sort="best")  # type: ignore[arg-type]


def test_a_string_is_one_filter_value_and_one_facet_field(index: Index) -> None:
    assert index.count("reform", {"origin": "Ostrel"}) == 1
    assert index.facets("*", "kind") == {"kind": {"comment": 1}}


@pytest.mark.parametrize("name", ENGINES)
def test_a_field_named_twice_is_counted_once(tmp_path: Path, name: str) -> None:
    with engine(name).write(tmp_path, fresh=True) as writer:
        for each in CABLES:
            writer.add(each, documents(each))
    with Index(tmp_path, engine(name).read(tmp_path)) as opened:
        once = opened.facets("*", ["kind", "year"])
        assert opened.facets("*", ["kind", "year", "kind", "kind"]) == once
        assert once["kind"] == {"comment": 1}


@pytest.mark.parametrize("query", ["zzqq ʿʿʿʿ", "ʿʿʿʿʿ harbour", '"ʾʾʾʾ" zzqq', "person:ʿʿʿʿ harbour"])
def test_letters_that_fold_to_nothing_are_ignored(index: Index, query: str) -> None:
    with suppress(QueryError):
        index.search(query)


@pytest.mark.parametrize(
    ("query", "better"),
    [
        ("comission origin:comission", "commission origin:comission"),
        ("comission NOT comission", "commission NOT comission"),
        ('"comission comission"', '"commission commission"'),
        ("COMISSION, text:comission", "commission, text:commission"),
        ("person:comission", None),
    ],
)
def test_only_words_of_the_text_are_corrected(tmp_path: Path, query: str, better: str | None) -> None:
    many = [cable(f"07X{n}", date(2007, 1, 1), "Ostrel", "A commission of dues.") for n in range(30)]
    for name in ENGINES:
        with engine(name).write(tmp_path / name, fresh=True) as writer:
            for each in many:
                writer.add(each, documents(each))
        with Index(tmp_path, engine(name).read(tmp_path / name)) as index:
            assert index.search(query).suggestion == better


@pytest.mark.parametrize(
    ("query", "better"),
    [
        ("harbur", None),  # the index has it, if only once
        ("comission harbur", "commission harbur"),
        ("comission zzqx", None),  # nothing is like the second word
        ("zq comission", None),  # nor like a short one
        ("comission 2099", None),
        ('"comission zzqx"', None),
        ("comission NOT zzqx", "commission NOT zzqx"),  # that need not be there
        ("nazarbaev comission", "nazarbaev commission"),  # found by its sound
    ],
)
def test_a_suggestion_neither_replaces_a_known_word_nor_keeps_an_unknown_one(
    tmp_path: Path, query: str, better: str | None
) -> None:
    many = [cable(f"07X{n}", date(2007, 1, 1), "Ostrel", "A commission of dues.") for n in range(30)]
    harbours = [cable(f"08X{n}", date(2007, 1, 1), "Ostrel", "The harbour is dark.") for n in range(30)]
    misprint = cable("09X1", date(2007, 1, 1), "Ostrel", "The harbur is dark.")
    leader = (Person("Nazarbayev", "Nazarbayev"),)
    named = Cable(
        "06X1", paragraphs=(Paragraph("06X1#1", "1", None, None, None, "Nazarbayev.", people=leader),)
    )
    for name in ENGINES:
        with engine(name).write(tmp_path / name, fresh=True) as writer:
            for each in (*many, *harbours, misprint, named):
                writer.add(each, documents(each))
        with Index(tmp_path, engine(name).read(tmp_path / name)) as index:
            assert index.search(query).suggestion == better


def test_a_scan_yields_every_match_and_nothing_partial(index: Index) -> None:
    hits = list(index.scan("reform"))
    assert {hit.paragraph.id for hit in hits} == set(ids(index, "reform", limit=99))
    assert [hit.score for hit in hits] == [0.0] * 5
    assert len(list(index.scan("democratic reform commission"))) == 1
    assert len(list(index.scan("*", {"origin": "Tezgara"}))) == 3
    with pytest.raises(QueryError):
        index.scan("orign:x")


@pytest.mark.parametrize("id", ["no such\nthing", "\n", "07TEZGARA20#9\nx", "07TEZGARA20#\x85x"])
def test_similar_to_what_there_is_not_is_an_error_of_one_line(index: Index, id: str) -> None:
    with pytest.raises(QueryError) as raised:
        index.similar(id)
    assert len(str(raised.value).splitlines()) == 1
