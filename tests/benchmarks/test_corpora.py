"""The corpora that are measured: the same cables in every format."""

from datetime import datetime

import pytest

from benchmarks import editions, synthetic
from benchmarks.archive import KINDS, PER_KIND, language_of, make_queries, write_paragraphs
from benchmarks.corpora import write
from cablesearch.corpus import files, read
from cablesearch.parse import parse_record

VOLUME = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>
<div type="document" xml:id="d1"><head>1. Telegram From the Embassy in Ostrel</head>
<dateline><placeName>Ostrel</placeName>, <date when="1961-03-04">March 4, 1961</date></dateline>
<note type="source">Secret; Priority.</note>
<p>The quota for herring <persName>Quell</persName> wants falls by a third.</p><p>He asks for more boats.</p>
</div></body></text></TEI>"""


def cables_in(path):
    return sorted((parse_record(r) for file in files([path]) for r in read(file)), key=lambda cable: cable.id)


@pytest.mark.parametrize("target", ["cables.csv", "cables.zip", "pages"])
def test_every_format_holds_the_same_synthetic_cables(tmp_path, target):
    made = list(synthetic.cables(3))
    write(made, tmp_path / target)
    read_back = cables_in(tmp_path / target)
    assert [cable.id for cable in read_back] == sorted(cable.id for cable in made)
    assert all(6 < len(cable.paragraphs) < 20 for cable in read_back)


@pytest.mark.parametrize("target", ["cables.csv", "cables.zip", "pages"])
def test_a_document_of_an_edition_becomes_a_cable_with_its_text_and_without_its_tags(tmp_path, target):
    (tmp_path / "volumes").mkdir()
    (tmp_path / "volumes" / "frus1961-63v01.xml").write_text(VOLUME, "utf-8")
    write(editions.cables(tmp_path / "volumes"), tmp_path / target)
    [cable] = cables_in(tmp_path / target)
    assert cable.created == datetime(1961, 3, 4, 12)
    assert (cable.origin, cable.classification.level) == ("Ostrel", "SECRET")
    assert [(p.number, p.marking, p.text) for p in cable.paragraphs] == [
        ("1", "S", "The quota for herring Quell wants falls by a third."),
        ("2", "S", "He asks for more boats."),
    ]
    assert not any(paragraph.people for paragraph in cable.paragraphs)


def test_queries_are_made_of_the_words_of_a_corpus(tmp_path):
    write(synthetic.cables(40), tmp_path / "cables.csv")
    count, paragraphs, _ = write_paragraphs(tmp_path / "cables.csv", tmp_path / "paragraphs.jsonl")
    assert count == 40 < paragraphs
    language = language_of(tmp_path / "paragraphs.jsonl")
    queries = list(make_queries(language))
    assert len(queries) == PER_KIND * len(KINDS)
    assert all(set(query["words"]) <= {*language.words} for query in queries if query["kind"] == "and")
    assert all(query["words"] in language.pairs for query in queries if query["kind"] == "phrase")
