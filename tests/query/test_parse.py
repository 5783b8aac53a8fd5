"""The query language: a query's text, and the tree that it is read as, in a short notation.

democrat       the stem in the column `text`   "jong il"~2       a phrase, likewise
subject:reform a term of another column        words:reform*     a pattern or ~1 in the words of the text
[origin:x]     a filter: it scores nothing   1000[id:x]       it scores a thousand
a + b          bare words side by side       a & b  a | b  !a  *
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cablesearch.errors import QueryError
from cablesearch.query import tree
from cablesearch.query.query import parse


def short(node: tree.Tree) -> str:
    match node:
        case tree.Words(parts):
            return "(" + " + ".join(map(short, parts)) + ")"
        case tree.All(parts):
            return "(" + " & ".join(map(short, parts)) + ")"
        case tree.Any(parts):
            return "(" + " | ".join(map(short, parts)) + ")"
        case tree.Not(part):
            return "!" + short(part)
        case tree.Filter(part, score):
            return f"{score or '':.0f}[{short(part)}]" if score else f"[{short(part)}]"
        case tree.Phrase(_, words, slop):
            return f'{at(node)}"{" ".join(words)}"' + (f"~{slop}" if slop > 1 else "")
        case tree.Everything():
            return "*"
        case tree.Has(column):
            return f"{column}:*"
        case tree.Range(start, end):
            return f"date:{day(start)}..{day(end)}"
        case tree.Fuzzy(column, text, distance):
            return f"{column}:{text}~{distance}"
        case tree.Prefix(column, text):
            return f"{column}:{text}*"
        case tree.Wildcard():
            return f"{at(node)}{node.pattern}"
        case tree.Term():
            return f"{at(node)}{node.text}"
        case tree.Boost(part, factor):
            return f"{short(part)}^{factor:g}"
        case tree.Near(column, parts, slop, ordered):
            runs = " , ".join("|".join(" ".join(map(short, run)) for run in part) for part in parts)
            return f"{'near' if ordered else 'any order'}<{runs}>" + (f"~{slop}" if slop > 1 else "")
    raise AssertionError(node)


def at(leaf: tree.Term | tree.Phrase | tree.Wildcard) -> str:
    return "" if leaf.column == "text" else f"{leaf.column}:"


def day(seconds: float | None) -> str:
    return "" if seconds is None else f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d}"


def read(text: str) -> str:
    return short(parse(text).tree)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("reform", "reform"),
        ("democratic reforms", "(democrat + reform)"),
        ("reform, reforms; REFORM!", "reform"),
        ("Élysée Nazarbayev's", "(elyse + nazarbayev)"),
        ("Jong-il", '"jong il"'),
        ("U.S. visit", "(us + visit)"),
        ("u s visit", '((us | "u s") + visit)'),
        ("Rice, Susan E.", "(rice + susan)"),
        ("Iran s people", "(iran + peopl)"),
        ("e", "e"),
        ('"Democratization Commission"', '"democrat commiss"'),
        ("“Democratization Commission”", '"democrat commiss"'),
        ('"reform commission"~5', '"reform commiss"~5'),
        ('"reform commission"~1', '"reform commiss"'),
        ('"reform", he said', '((he + said) & "reform")'),
        ('reform "Ak Zhol" party', '((reform + parti) & "ak zhol")'),
    ],
)
def test_words_and_phrases(text: str, tree: str) -> None:
    assert read(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("reform AND (party OR parliament) NOT election", "(reform & (parti | parliament) & !elect)"),
        ("a OR b AND c", "(a | (b & c))"),
        ("a b OR c", "(a & (b | c))"),
        ("a AND b AND c", "(a & b & c)"),
        ("(aa bb) OR c", "((aa + bb) | c)"),
        ("a (bb cc)", "(a & (bb + cc))"),
        ("NOT election", "!elect"),
        ("a AND NOT b", "(a & !b)"),
        ("a OR NOT b", "(a | !b)"),
        ("reform -election", "(reform & !elect)"),
        ('reform -"Ak Zhol"', '(reform & !"ak zhol")'),
        ("reform -(party election)", "(reform & !(parti + elect))"),
        ("reform -origin:Astana", "(reform & ![origin:astana])"),
        ("NOT (a OR b)", "!(a | b)"),
        ("terms and conditions or not", "(term + and + condit + or + not)"),
        ("((reform))", "reform"),
    ],
)
def test_operators(text: str, tree: str) -> None:
    assert read(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("!reform", "!reform"),
        ("party !reform", "(parti & !reform)"),
        ("party !(reform election)", "(parti & !(reform + elect))"),
        ("reform! party", "(reform + parti)"),
        ("aa || bb", "(aa | bb)"),
        ("aa | bb", "(aa | bb)"),
        ("aa|bb cc", "(cc & (aa | bb))"),
        ("aa && bb", "(aa & bb)"),
        ("AT&T", '"at t"'),
        ("+aa bb cc", "((bb + cc) & aa)"),
        ("+aa +bb", "(aa & bb)"),
        ("grain,oil", "(grain + oil)"),
        ("grain;oil,wheat date:2007", "((grain + oil + wheat) & [date:2007-01-01..2008-01-01])"),
        ("3,500,000 people", '("3 500 000" + peopl)'),
        ("reform^2 party", "(reform^2 + parti)"),
        ('"ak zhol"^.5 party', '(parti & "ak zhol"^0.5)'),
        ("(aa bb)^3 cc", "(cc & (aa + bb)^3)"),
        ("subject:reform^2", "subject:reform^2"),
        ("reform^1", "reform"),
        ("m^n", '"m n"'),
        ("tag:KV,PGOV", "([tag:kv] | [tag:pgov])"),
        ("tag:KV|PG*", "([tag:kv] | [tag:pg*])"),
        ("origin:Astana,Almaty reform", "(reform & ([origin:astana] | [origin:almaty]))"),
        ("subject:reform,party", "(subject:reform | subject:parti)"),
        ("subject:3,500", 'subject:"3 500"'),
        ("person:Masimov,Karim", '[(sounds:"masimov karim"~3 | sounds:"karim masimov"~3)]'),
        ("date:[2006 TO 2007]", "[date:2006-01-01..2008-01-01]"),
        ("date:[2006 TO *]", "[date:2006-01-01..]"),
    ],
)
def test_operators_of_other_programs_do_what_is_meant(text: str, tree: str) -> None:
    assert read(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ('"minis* office"', "near<words:minis* , offic>"),
        ('"nazarb?yev visit"~3', "near<words:nazarb?yev , visit>~3"),
        ('"(reform OR change) commission"~5', "near<reform|chang , commiss>~5"),
        ('"(human rights || reform) com* of"', "near<human right|reform , words:com* , of>"),
        ('"minis*"', "words:minis*"),
        ('"who killed Hariri?"', '"who kill hariri"'),
        ('"(reform) of OR (party)"', '"reform of or parti"'),
        ('subject:"(aa OR bb) cc"', "near<subject:aa|subject:bb , subject:cc>"),
        ("reform NEAR/5 commission", "any order<reform , commiss>~5"),
        ("aa reform w/5 commission bb", "((aa + bb) & any order<reform , commiss>~5)"),
        ("NOT reform near/5 commission", "!any order<reform , commiss>~5"),
        ("minis* W/3 office", "any order<words:minis* , offic>~3"),
        ('"human rights" NEAR/9 (reform OR "law court")', "any order<human right , reform|law court>~9"),
        ("Jong-il within/2 visit", "any order<jong il , visit>~2"),
        ("subject:(aa NEAR/2 bb)", "any order<subject:aa , subject:bb>~2"),
        ("aa NEAR/5 bb OR cc", "(any order<aa , bb>~5 | cc)"),
        ("near 5 / we", "(near + 5 + we)"),
    ],
)
def test_words_near_each_other(text: str, tree: str) -> None:
    """The words on each side of a comma are a part; a bar separates what it may be."""
    assert read(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("democrati*", "words:democrati*"),
        ("nazarb?yev", "words:nazarb?yev"),
        ("*istan", "words:*istan"),
        ("Élys*", "words:elys*"),
        ("nazarbaev~", "words:nazarbaev~1"),
        ("Nazarbaev~2 reform", "(words:nazarbaev~2 + reform)"),
        ("text:democrati*", "words:democrati*"),
        ("origin:Ast*", "[origin:ast*]"),
        ("person:Masim?v", "[person:masim?v]"),
        ("person:Masimow~1", "[person:masimow~1]"),
        ("tag:PG*", "[tag:pg*]"),
        ("tag:P*", "[tag:p*]"),
        ("who killed Hariri?", "(who + kill + (hariri | words:hariri?))"),
        ("text:Hariri?", "(hariri | words:hariri?)"),
        ("Hariri?!", "(hariri | words:hariri?)"),
        ("~100 people", "(100 + peopl)"),
    ],
)
def test_inexact_words(text: str, tree: str) -> None:
    """Patterns match whole words; a `?` at the end of a word is one letter or none: it may end a question."""
    assert read(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("origin:Astana", "[origin:astana]"),
        ("Origin:ASTANA", "[origin:astana]"),
        ("origin:Astana, reform", "(reform & [origin:astana])"),
        ('origin:"Abu Dhabi"', '[origin:"abu dhabi"]'),
        ("origin:(Astana OR Almaty)", "([origin:astana] | [origin:almaty])"),
        ("text:reform", "reform"),
        ('subject:"democratic reform"~3', 'subject:"democrat reform"~3'),
        ("heading:(health reform)", "(heading:health & heading:reform)"),
        ("person:Masimov", "[sounds:masimov]"),
        ('person:"Karim Masimov"', '[sounds:"karim masimov"~3]'),
        ('person:"Masimov, Karim"', '[(sounds:"masimov karim"~3 | sounds:"karim masimov"~3)]'),
        ('person:"Kim Jong-il"', '[sounds:"kim jong il"~3]'),
        ("tag:pgov", "[tag:pgov]"),
        ('tag:"OVIP (CLINTON, HILLARY)"', "[tag:ovip_(clinton,_hillary)]"),
        ("kind:Comment", "[kind:comment]"),
        ("person:*", "[person:*]"),
        ("caveat:noforn", "[caveat:noforn]"),
        ("caveat:NF", "[caveat:noforn]"),
    ],
)
def test_fields(text: str, tree: str) -> None:
    assert read(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("classification:secret", "[classification:secret]"),
        ("classification:c", "[classification:confidential]"),
        ("classification:TS", "[classification:top_secret]"),
        ("classification:LOU", "[classification:limited_official_use]"),
        ('classification:"top  secret"', "[classification:top_secret]"),
        ("classification:secret//noforn", "[(classification:secret & caveat:noforn)]"),
        ("classification:S/NF", "[(classification:secret & caveat:noforn)]"),
        ("classification:noforn", "[caveat:noforn]"),
        ("classification:sbu", "[caveat:for_official_use_only]"),
        ("marking:U", "[(marking:u | marking:unclassified)]"),
        ("marking:SBU", "[marking:sbu]"),
        ("marking:s/nf", "[((marking:s | marking:secret) & (marking:nf | marking:noforn))]"),
        ("marking:(S/NF)", "[((marking:s | marking:secret) & (marking:nf | marking:noforn))]"),
        ('marking:"(C//REL ISAF)"', "[((marking:c | marking:confidential) & marking:rel_isaf)]"),
    ],
)
def test_classifications_and_markings(text: str, tree: str) -> None:
    """Abbreviated or in full, a level alone or with its caveats."""
    assert read(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("id:07ASTANA48", "[id:07astana48]"),
        ('cites:"06 ASTANA 000573"', "[(cites:06astana573 | cites:06_astana_000573)]"),
        ("cites:1975TEHRAN02069", "[(cites:75tehran2069 | cites:1975tehran02069)]"),
        ("id:07ASTANA48#6", "[id:07astana48#6]"),
        ("id:#07ASTANA48", "[id:07astana48]"),
        ('cites:"ASTANA 573"', "[(cites:astana_573 | cites:??astana573)]"),
        ("id:frus1969-76v28/d3", "[id:frus1969-76v28/d3]"),
        ("id:07ASTANA*", "[id:07astana*]"),
    ],
)
def test_ids(text: str, tree: str) -> None:
    assert read(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("07ASTANA48", '(1000[id:07astana48] | 100[cites:07astana48] | 07astana48 | "07 astana 48")'),
        ("(07astana48).", '(1000[id:07astana48] | 100[cites:07astana48] | 07astana48 | "07 astana 48")'),
        (
            "frus1969-76v28/d3",
            '(1000[id:frus1969-76v28/d3] | 100[cites:frus1969-76v28/d3] | "frus1969 76v28 d3")',
        ),
    ],
)
def test_a_bare_id_finds_the_cable_then_those_that_cite_it_then_those_that_print_it(
    text: str, tree: str
) -> None:
    assert read(text) == tree


def test_a_bare_paragraph_id_scores_the_paragraph_above_its_cable() -> None:
    assert "1000[id:07astana48]" in read("#07ASTANA48#6")
    assert "2000[id:07astana48#6]" in read("#07ASTANA48#6")


def test_an_id_in_quotes_finds_the_cable_too() -> None:
    assert read('"07 ASTANA 48"').startswith("(1000[(id:07astana48 | ")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("date:2007", "[date:2007-01-01..2008-01-01]"),
        ("date:2007-01..2007-03", "[date:2007-01-01..2007-04-01]"),
        ("date:>=2007-01-08", "[date:2007-01-08..]"),
        ('date:<"8 January 2007"', "[date:..2007-01-08]"),
        ('date:"January 2007"', "[date:2007-01-01..2007-02-01]"),
        ("date:(2006 OR 2008)", "([date:2006-01-01..2007-01-01] | [date:2008-01-01..2009-01-01])"),
        ("date:*", "[date:*]"),
        ("date:none", "[!date:*]"),
        ("date:2006,2008", "[(date:2006-01-01..2007-01-01 | date:2008-01-01..2009-01-01)]"),
        ('date:"January 8-12, 2007"', "[date:2007-01-08..2007-01-13]"),
    ],
)
def test_dates(text: str, tree: str) -> None:
    assert read(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("Re: the visit", "(re + the + visit)"),
        ("at 12:30", '(at + "12 30")'),
        ("http://example.org/a", '"http exampl org a"'),
        ('"origin:Astana"', '"origin astana"'),
        ("reform ... - & (?) party", "(reform + parti)"),
        ("reform () party", "(reform + parti)"),
        ("* reform", "reform"),
        ('"*" reform "..."', "reform"),
        ("*", "[*]"),
    ],
)
def test_what_only_looks_like_syntax_is_prose(text: str, tree: str) -> None:
    assert read(text) == tree


@pytest.mark.parametrize(
    ("text", "relaxed"),
    [
        ("democratic reform", "(democrat | reform)"),
        ('democratic reform origin:Astana "Ak Zhol"', '((democrat | reform) & [origin:astana] & "ak zhol")'),
        ("democratic reform NOT election", "((democrat | reform) & !elect)"),
        ("(democratic reform) OR election", "((democrat | reform) | elect)"),
        ("reform", None),
        ("reform reforms", None),
        ("democratic AND reform", None),
        ('"democratic reform"', None),
        ("reform -(party election)", None),
        ("origin:(Abu Dhabi)", None),
    ],
)
def test_only_bare_words_side_by_side_are_relaxed(text: str, relaxed: str | None) -> None:
    loose = parse(text).relaxed
    assert (loose and short(loose)) == relaxed


def test_partial_matches_match_the_relaxed_tree_only() -> None:
    partial = parse("democratic reform").partial()
    assert partial is not None
    assert short(partial) == "((democrat | reform) & !(democrat + reform))"
    assert parse("reform").partial() is None


@pytest.mark.parametrize(
    ("text", "ranked"),
    [
        ("reform", True),
        ("subject:reform origin:Astana", True),
        ("democrati*", True),
        ("07ASTANA48", True),
        ("origin:Astana date:2007", False),
        ("NOT reform", False),
        ("*", False),
    ],
)
def test_a_query_of_filters_only_is_not_ranked(text: str, ranked: bool) -> None:
    assert parse(text).ranked is ranked


def test_filters_are_joined_by_and_their_values_by_or() -> None:
    filters = {"origin": ["Abu Dhabi", "Astana"], "date": ["2007.."], "tag": []}
    assert short(parse("reform", filters).tree) == (
        '(reform & ([origin:"abu dhabi"] | [origin:astana]) & [date:2007-01-01..])'
    )
    assert short(parse("", {"kind": ["comment"]}).tree) == "[kind:comment]"


def test_filter_values_are_never_parsed_as_query_text() -> None:
    assert short(parse("", {"origin": ['a" OR tag:x (']}).tree) == '[origin:"a or tag x"]'


def test_a_filter_of_an_unknown_field_or_kind_is_an_error() -> None:
    with pytest.raises(QueryError, match="no field 'orgin': did you mean origin"):
        parse("", {"orgin": ["Astana"]})
    with pytest.raises(QueryError, match="no kind 'remark': there are summary, comment, action"):
        parse("", {"kind": ["remark"]})


def test_terms_are_those_that_the_text_must_hold() -> None:
    query = parse('democratic "Ak Zhol" origin:Astana nazarbaev~1 demo* NOT election')
    assert list(query.terms()) == [
        ("text", "democrat"),
        ("words", "nazarbaev"),
        ("text", "ak"),
        ("text", "zhol"),
    ]
