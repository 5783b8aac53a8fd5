"""Values of fields that can be written in several ways, or mean several things."""

from __future__ import annotations

import pytest

from cablesearch.errors import QueryError
from cablesearch.query.query import parse
from cablesearch.query.tree import Prefix, Term, Value, leaves


def asked(query: str) -> list[str]:
    """Return the leaves of a query as `column:term`; a prefix ends in `*`, a value has `~` before it."""
    signs = {Term: "{}:{}", Prefix: "{}:{}*", Value: "{}:~{}"}
    return [
        signs[type(leaf)].format(leaf.column, leaf.text)
        for leaf in leaves(parse(query).tree)
        if isinstance(leaf, Term | Prefix | Value)
    ]


@pytest.mark.parametrize(
    ("query", "leaves"),
    [
        ("tag:PGOV", ["tag:pgov"]),
        ('tag:"human rights"', ["tag:human_rights", "tag:phum", "tag:shum"]),
        ("tag:Kazakhstan", ["tag:kazakhstan", "tag:kz"]),
        ("country:Kazakhstan", ["country:kazakhstan"]),
        ("country:KZ", ["country:kazakhstan"]),
        ("country:Congo", ["country:congo_brazzaville", "country:congo_kinshasa"]),
        ("station:Astana", ["station:astana"]),
        ('station:"Abu Dhabi"', ["station:abudhabi"]),
        ("station:AmEmbassyAstana", ["station:astana"]),
        ("station:Kelvo", ["station:~kelvo"]),
        ("reason:1.4b", ["reason:1.4_(b)"]),
        ('reason:"1.4 (b)"', ["reason:1.4_(b)"]),
        ('reason:"1.4(B)"', ["reason:1.4_(b)"]),
        ("reason:1.4", ["reason:1.4_(*"]),
        ("to:SecState", ["to:~secstate"]),
        ('info:"USMission USNATO"', ["info:~usmission_usnato"]),
        ('format:"NARA telegram"', ["format:~nara_telegram"]),
        ("collection:NARA-1973", ["collection:nara-1973"]),
        ("id:07ASTANA48", ["id:07astana48"]),
        ("id:07ASTANA", ["station:astana", "id:07astana*"]),
        ("id:2007Astana", ["station:astana", "id:07astana*"]),
        ('id:"07 Abu Dhabi"', ["station:abudhabi", "id:07abudhabi*"]),
        ("id:frus1964-68v29p1", ["id:frus1964-68v29p1", "id:frus1964-68v29p1/*"]),
        ("id:frus1964-68v29p1/d3", ["id:frus1964-68v29p1/d3"]),
    ],
)
def test_what_a_value_asks_for(query: str, leaves: list[str]) -> None:
    assert asked(query) == leaves


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("country:Kazakstan", "no country 'Kazakstan': did you mean Kazakhstan?"),
        ("country:Atlantis", "no country 'Atlantis': cablesearch 'country:?' lists them"),
        ("country:Kazakistan", "no country 'Kazakistan': did you mean Kazakhstan?"),
        ("country:zzzz", "no country 'zzzz': cablesearch 'country:?' lists them"),
        ("from:2007-01", "write date:2007-01.."),
        ("to:2007", "write date:..2007"),
        ("signature:Ordway~1", "takes whole values and patterns"),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused(query: str, message: str) -> None:
    with pytest.raises(QueryError, match=message.replace("?", r"\?").replace("..", r"\.\.")):
        parse(query)
