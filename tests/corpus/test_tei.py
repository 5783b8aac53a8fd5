"""A volume in TEI."""

from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest

from cablesearch.corpus import read
from cablesearch.corpus.tei import volume
from cablesearch.corpus.tei.people import natural_order, strip_titles
from cablesearch.model.cable import Edition, Kind, Person
from cablesearch.model.calendar import Month

VOLUME = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:frus="http://history.state.gov/ns/1.0">
<teiHeader><fileDesc><publicationStmt>
  <idno type="isbn-13">978</idno><idno type="frus">frus1966v01</idno>
</publicationStmt></fileDesc></teiHeader>
<text><front><div type="section" xml:id="persons"><head>Persons</head><list type="names">
  <item><hi rend="strong"><persName xml:id="p_HTL1">Hughes, Thomas L.</persName>,</hi> Director</item>
  <item><hi rend="strong"><persName xml:id="p_KJ1">Killian, Dr. James R., Jr.</persName>,</hi> Chairman</item>
</list></div></front>
<body><div type="compilation"><head>Herring</head>%s</div></body></text></TEI>"""

HEAD = (
    '<head>1. Telegram From the Embassy<note n="1" type="source">Source: Files. Secret; Nodis.</note></head>'
)
DATELINE = """<dateline><placeName>Port Verity</placeName>,
    <date when="1966-06-03T18:00:00">June 3, 1966, 6 p.m.</date></dateline>"""


@pytest.fixture
def documents(reading):
    """Return a function that reads a volume with these documents."""

    def records(*bodies: str):
        divs = (
            f'<div type="document" xml:id="d{n}" n="{n}">{body}</div>' for n, body in enumerate(bodies, 1)
        )
        return reading("copy.xml", VOLUME % "".join(divs))

    return records


@pytest.fixture
def paragraphs(documents):
    """Return a function that reads the number, heading and text of a document's paragraphs."""

    def parts(body: str):
        [record] = documents(HEAD + DATELINE + body)
        return [(p.number, p.heading, p.text) for p in record.paragraphs]

    return parts


def test_each_document_is_a_record_of_its_volume(documents):
    first, second = documents(
        HEAD + DATELINE + "<p>1. One.</p><p>Two.</p>", "<head>2. Editorial Note</head><p>X</p>"
    )
    assert (first.id, second.id) == ("frus1966v01/d1", "frus1966v01/d2")
    assert first.source.endswith("copy.xml#d1")
    assert (first.subject, second.subject) == ("Telegram From the Embassy", "Editorial Note")
    assert (first.origin, first.created) == ("Port Verity", datetime(1966, 6, 3, 18, 0))
    assert (second.origin, second.created, second.classification) == (None, None, None)
    assert [p.id for p in first.paragraphs] == ["frus1966v01/d1#1", "frus1966v01/d1#p2"]


def test_a_volume_without_a_name_is_named_after_its_file(reading):
    content = VOLUME.replace('type="frus"', 'type="x"') % '<div type="document" xml:id="d1"><p>X</p></div>'
    assert [record.id for record in reading("frus1.xml", content)] == ["frus1/d1"]


@pytest.mark.parametrize(
    ("dateline", "attributes", "created"),
    [
        ('<date when="1966-06-03">June 3</date>', "", date(1966, 6, 3)),
        ('<hi rend="italic"><date when="1966-06-03T03:02:00Z">x</date></hi>', "", datetime(1966, 6, 3, 3, 2)),
        ('<date from="1966-06-03" to="1966-06-05">x</date>', "", date(1966, 6, 3)),
        ('<date notBefore="1966-06">x</date>', "", date(1966, 6, 1)),
        ('<date when="1966-06-03T22:00:00-05:00">x</date>', "", datetime(1966, 6, 4, 3, 0)),
        ('<date when="1966-06-03-05:00">x</date>', "", date(1966, 6, 3)),
        ("undated", "", None),
        (
            "undated",
            'frus:doc-dateTime-min="1966-06-03T00:00:00-05:00"'
            ' frus:doc-dateTime-max="1966-06-03T23:59:59-05:00"',
            date(1966, 6, 3),
        ),
        ("x", 'frus:doc-dateTime-min="1966-06-03T18:00:00-05:00"', datetime(1966, 6, 3, 23, 0)),
    ],
)
def test_dates_are_from_the_dateline_or_else_from_the_editors(reading, dateline, attributes, created):
    head = f"<head>1. X</head><dateline>{dateline}</dateline>"
    div = f'<div type="document" xml:id="d1" {attributes}>{head}</div>'
    [record] = reading("x.xml", VOLUME % div)
    assert record.created == created


@pytest.mark.parametrize(
    ("note", "classification"),
    [
        ("Source: Files, DEF 17 US. Secret. Drafted by Reed.", "SECRET"),
        ("Source: Files. Top Secret; Priority; Nodis; Eyes Only.", "TOP SECRET//NODIS//EYES ONLY"),
        ("Source: Files. Confidential; Limited Distribution.", "CONFIDENTIAL//LIMDIS"),
        ("Source: Files. Secret; Nodis/Harvan Plus.", "SECRET//NODIS"),
        ("Source: Files. Limited Official Use; Niact Immediate.", "LIMITED OFFICIAL USE"),
        ("Source: Files. Official Use Only.", "OFFICIAL USE ONLY"),
        ("Source: Files. No classification marking.", None),
        ("Source: the Secretary's files, 1966.", None),
    ],
)
def test_the_classification_is_in_the_source_note(documents, note, classification):
    [record] = documents(f'<head>1. X<note type="source">{note}</note></head>')
    assert record.classification == classification


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>over\n      flights   <hi>of</hi>\n Greenland</p>", "over flights of Greenland"),
        ('<p>flights<note n="2"><p>See 1.</p></note> of</p>', "flights of"),
        ('<p>Bob Murphy<note n="2">x</note>you state</p>', "Bob Murphy you state"),
        ('<p>which under<pb n="2"/>score</p>', "which underscore"),
        ('<p>period <pb n="2"/>in</p>', "period in"),
        ('<p>agreements.<pb n="2"/>The</p>', "agreements. The"),
        ('<p>US-<pb n="2"/>Egyptian</p>', "US-Egyptian"),
        ("<p>one<lb/>two</p>", "one two"),
        ("<p>he <choice><sic>sayd</sic><corr>said</corr></choice> so</p>", "he said so"),
        ("<p>(<sic>sic</sic>)</p>", "(sic)"),
        ("<p>a<!-- editor -->b</p>", "ab"),
        ("<p>e\u0301</p>", "é"),
        ("<opener><salute>Dear Dave:</salute></opener>", "Dear Dave:"),
        ("words alone", "words alone"),
    ],
)
def test_words_are_neither_glued_nor_split_and_notes_are_left_out(paragraphs, body, text):
    assert paragraphs(body) == [(None, None, text)]


def test_a_printed_number_and_marking_are_the_paragraphs(documents):
    [record] = documents(
        "<p>1. (S) One.</p><p>12. Two.</p><p>12. Three.</p><p>1958. Four.</p><p>2.5 Five.</p>"
    )
    assert [(p.id.partition("#")[2], p.number, p.marking, p.text) for p in record.paragraphs] == [
        ("1", "1", "S", "One."),
        ("12", "12", None, "Two."),
        ("12-2", "12", None, "Three."),
        ("p4", None, None, "1958. Four."),
        ("p5", None, None, "2.5 Five."),
    ]


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [
        (("442. Ref.", "1. One.", "2. Two."), [None, "1", "2"]),
        (("442. Ref.", "X."), [None, None]),
        (("3. Three.", "4. Four."), ["3", "4"]),
        (("1. One.", "3. Three."), ["1", "3"]),
    ],
)
def test_the_number_of_a_telegram_is_not_a_paragraph_number(paragraphs, printed, numbers):
    found = paragraphs("".join(f"<p>{text}</p>" for text in printed))
    assert [number for number, _, _ in found] == numbers
    assert numbers[0] or found[0][2] == printed[0]


def test_a_heading_belongs_to_the_paragraphs_after_it(paragraphs):
    assert paragraphs(
        '<p>One.</p><p rend="sectiontitleital">Quota</p><p>Two.</p><p>Three.</p>'
        '<p rend="center"><hi rend="strong">Annex</hi></p>'
        '<p><hi rend="italic">Paper by Reed</hi></p><p>Four.</p>'
        '<p><hi rend="italic">Reed called at 8 a.m.</hi></p><div><head>Tab A</head><p>Five.</p></div>'
    ) == [
        (None, None, "One."),
        (None, "Quota", "Two."),
        (None, "Quota", "Three."),
        (None, "Annex / Paper by Reed", "Four."),
        (None, "Annex / Paper by Reed", "Reed called at 8 a.m."),
        (None, "Tab A", "Five."),
    ]


def test_a_heading_with_nothing_below_it_is_text(paragraphs):
    assert paragraphs('<p>One.</p><p rend="center">Attachment</p>') == [
        (None, None, "One."),
        (None, None, "Attachment"),
    ]


def test_a_list_is_one_paragraph_of_lines_under_its_own_heading(paragraphs):
    people = "<item>Reed</item><list><head>Ostrel</head><item>Vane</item><item>Moss</item></list>"
    assert paragraphs(
        '<list type="subject"><head>SUBJECT</head><item>Herring\n quota</item></list>'
        f"<list><head>PARTICIPANTS</head>{people}</list><p>One.</p>"
    ) == [
        (None, "SUBJECT", "Herring quota"),
        (None, "PARTICIPANTS", "Reed"),
        (None, "Ostrel", "Vane\nMoss"),
        (None, None, "One."),
    ]


def test_items_as_long_as_paragraphs_are_paragraphs(paragraphs):
    long = "herring " * 50
    assert paragraphs(f"<list><item>1. {long}</item><item>2. Cod.</item></list>") == [
        ("1", None, long.strip()),
        ("2", None, "Cod."),
    ]


def test_a_table_is_one_paragraph_of_rows(paragraphs):
    rows = "<row><cell>Catch</cell><cell>1965</cell></row><row><cell>Cod</cell><cell/></row>"
    assert paragraphs(f"<table>{rows}</table>") == [(None, None, "Catch  1965\nCod")]


def test_nested_lists_and_paragraphs_lose_no_word_and_repeat_none(paragraphs):
    body = "<p>Before <list><item>a <p>b</p> c</item></list> after.</p>"
    assert " ".join(text for _, _, text in paragraphs(body)).split() == ["Before", "a", "b", "c", "after."]


def test_an_attachments_dateline_is_not_the_documents(documents):
    [record] = documents(f"{HEAD}<p>One.</p><frus:attachment>{DATELINE}<p>Two.</p></frus:attachment>")
    assert (record.created, record.origin) == (None, None)


def test_attachments_are_read_and_only_the_first_dateline_is_the_documents(documents):
    [record] = documents(
        HEAD + DATELINE + "<p>One.</p>"
        "<frus:attachment><head>Tab A</head><dateline>Ostrel, May 1</dateline><p>Two.</p></frus:attachment>"
    )
    assert [p.text for p in record.paragraphs] == ["One.", "Ostrel, May 1", "Two."]
    assert record.origin == "Port Verity"


def test_the_first_closer_is_the_signature(documents):
    closers = (
        "<closer>[<signed><persName>Reed</persName>]</signed></closer><p>Annex.</p><closer>Vane</closer>"
    )
    [record] = documents("<p>One.</p>" + closers)
    assert (record.signature, [p.text for p in record.paragraphs]) == ("[Reed]", ["One.", "Annex.", "Vane"])


def test_full_names_are_from_the_volumes_list_of_persons(documents):
    def tagged(name: str, key: str) -> str:
        return f'<persName corresp="#{key}">{name}</persName>'

    hughes = tagged("General Hughes", "p_HTL1") + " or " + tagged("Tom Hughes", "p_HTL1")
    [record] = documents(
        f"<p>{hughes}, {tagged('Dr. Killian', 'p_KJ1')}'s <persName>Mr. Ostrander</persName>"
        f"<note>{tagged('Note', 'p_X')}</note></p><p>{tagged('Vane', 'p_V')}</p>"
        f"<list><item>{tagged('Ambassador Ruth Vane', 'p_V')}</item></list>"
    )
    assert [p.people for p in record.paragraphs] == [
        (
            Person("Tom Hughes", "Thomas L. Hughes"),
            Person("Killian", "James R. Killian, Jr."),
            Person("Ostrander", "Ostrander"),
        ),
        (Person("Vane", "Ruth Vane"),),
        (Person("Ruth Vane", "Ruth Vane"),),
    ]


def test_a_stray_word_or_a_bare_title_is_not_a_person(documents):
    names = "".join(
        f"<persName>{name}</persName>, " for name in ("the", "President", "Prime Minister", "said")
    )
    [record] = documents(f"<p>{names}</p>")
    assert record.paragraphs[0].people == ()


@pytest.mark.parametrize(
    ("listed", "natural"),
    [
        ("Hughes, Thomas L.", "Thomas L. Hughes"),
        ("Chou En-lai", "Chou En-lai"),
        ("Bennett, W. Tapley, Jr.", "W. Tapley Bennett, Jr."),
        ("Goodpaster, Brigadier General Andrew J., USA (ret.)", "Andrew J. Goodpaster"),
        ("Nasser (Nasr, Nassir), Col. Gamal Abdul", "Gamal Abdul Nasser"),
        ("Sadat, Anwar el-", "Anwar el-Sadat"),
        ("De Gaulle, Charles", "Charles De Gaulle"),
    ],
)
def test_a_listed_name_is_put_in_natural_order(listed, natural):
    assert natural_order(listed) == natural


@pytest.mark.parametrize(
    ("printed", "name"),
    [("Lt. Colonel Reed", "Reed"), ("Colonel King", "King"), ("King", "King"), ("de Gaulle", "de Gaulle")],
)
def test_titles_are_removed_but_not_the_name(printed, name):
    assert strip_titles(printed) == name


def test_a_truncated_volume_gives_its_whole_documents_and_is_reported(reading):
    two = VOLUME % "".join(f'<div type="document" xml:id="d{n}"><p>{n}. Fish.</p></div>' for n in (1, 2))
    record, failure = reading("x.xml", two[: two.index("2. Fish")])
    assert record.id == "frus1966v01/d1"
    assert failure.reason.startswith("cut off or not well-formed XML: ")


@pytest.mark.parametrize(
    "entity",
    [
        '<!ENTITY a "fish"><!ENTITY b "&a;&a;&a;"><!ENTITY h "&b;&b;&b;">',
        '<!ENTITY h SYSTEM "file:///etc/passwd">',
        '<!ENTITY % p SYSTEM "http://localhost/x.dtd"> %p;',
    ],
)
def test_a_volume_that_declares_entities_is_refused(reading, entity):
    document = '<div type="document" xml:id="d1"><p>1. &h;</p></div>'
    declared = (VOLUME % document).replace("<TEI", f"<!DOCTYPE TEI [{entity}]>\n<TEI", 1)
    [failure] = reading("bomb.xml", declared)
    assert failure.reason == "XML that declares entities: they are not expanded, for safety"


def test_no_entity_is_expanded_wherever_it_is_declared(reading):
    """Not even beyond the start of the file, where declarations are not refused."""
    dtd = f'<!DOCTYPE TEI [<!-- {"x" * 70_000} --><!ENTITY h SYSTEM "file:///etc/passwd">]>'
    document = '<div type="document" xml:id="d1"><p>&h;</p></div>'
    found = reading("bomb.xml", (VOLUME % document).replace("<TEI", f"{dtd}\n<TEI", 1))
    assert "root:" not in repr(found)


def test_a_document_longer_than_any_is_not_held_in_memory(documents, monkeypatch):
    monkeypatch.setattr(volume, "MAX_DOCUMENT_BYTES", 100_000)
    record, failure = documents("<p>One.</p>", "<p>herring</p>" * 50_000)
    assert record.paragraphs[0].text == "One."
    assert failure.reason.startswith("a document of more than")


def test_a_volume_without_documents_is_reported(reading):
    [failure] = reading("x.xml", VOLUME % "")
    assert failure.reason == "a TEI volume without a document in it"


@pytest.mark.parametrize(
    ("printed", "created"),
    [
        ('<date when="1959-08">August 1959</date>', "1959-08"),
        ('<date when="1861-06-01">June —, 1861</date>', "1861-06"),
        ('<date when="1861-06">June -, 1861</date>', "1861-06"),
        ('<date from="1959-08-01" to="1959-08-31">August 1959</date>', "1959-08"),
        ('<date when="1977-06-01">June 1977</date>', "1977-06"),
        ('<date notBefore="1959-08-01" notAfter="1959-08-31">[August 1959]</date>', "1959-08"),
        ('<date when="1959-08-01">August 1, 1959</date>', "1959-08-01"),
        ('<date when="1959-08-01">1 August 1959</date>', "1959-08-01"),
        ('<date when="1959-08-01">undated</date>', "1959-08-01"),
        ('<date when="1959-08-01T16:00:00">August 1, 1959, 4 p.m.</date>', "1959-08-01T16:00:00"),
    ],
)
def test_a_date_keeps_its_precision(documents, printed, created):
    [record] = documents(f"{HEAD}<dateline>{printed}</dateline><p>1. One.</p>")
    assert record.created.isoformat() == created


def test_an_estimate_of_a_whole_month_is_a_month(reading):
    div = (
        '<div type="document" xml:id="d1" frus:doc-dateTime-min="1959-08-01T00:00:00-05:00"'
        ' frus:doc-dateTime-max="1959-08-31T23:59:59-05:00"><head>1. Note</head><p>X</p></div>'
    )
    [record] = reading("copy.xml", VOLUME % div)
    assert isinstance(record.created, Month)
    assert record.created == Month(1959, 8, 1)


@pytest.mark.parametrize(
    ("heading", "created", "level"),
    [
        ("1. Telegram 12 from Port Verity, August 1, 1959. Secret. 2 pp.", "1959-08-01", "SECRET"),
        ("1. Memorandum from Marlow to Reed, May 5, 1961, Top Secret, 3 pp.", "1961-05-05", "TOP SECRET"),
        ("1. Diary Entry by the President, August 5, 1957", "1957-08-05", None),
        ("1. Paper on the Plan of May 1, 1958, August 1959 (Confidential)", "1959-08", "CONFIDENTIAL"),
        ("1. Confidential Talks With Tezgara", None, None),
        ("1. Editorial Note", None, None),
    ],
)
def test_a_heading_alone_gives_date_and_level(documents, heading, created, level):
    [record] = documents(f"<head>{heading}</head><p>X</p>")
    assert (record.created.isoformat() if record.created else None) == created
    assert record.classification == level


def test_senders_and_addressees_are_read_with_their_full_names(documents):
    head = """<head>1. Memorandum From
        the Director (<persName type="from" corresp="#p_HTL1">Hughes</persName>)
        to <persName type="to">Mr. Ivo Quell</persName> and
        <persName type="to" corresp="#p_KJ1">Killian</persName></head>"""
    attached = '<attachment><p><persName type="to">Ada Marlow</persName></p></attachment>'
    first, second = documents(head + "<p>X</p>" + attached, "<head>2. Note</head><p>Y</p>")
    assert (first.sender, first.to) == ("Thomas L. Hughes", ("Ivo Quell", "James R. Killian, Jr."))
    assert (second.sender, second.to) == (None, ())


def test_an_xml_id_may_stand_twice(reading):
    divs = '<div type="document" xml:id="d1"><head>1. Note</head><p xml:id="p1">X</p></div>'
    found = reading("copy.xml", VOLUME % (divs + divs))
    assert [record.id for record in found] == ["frus1966v01/d1", "frus1966v01/d1-2"]


TITLE_PAGE = """<titleStmt>
  <title type="complete">Foreign Relations, 1966,
      Volume I, Herring</title>
  <title type="series">Foreign Relations</title><title type="volume">Herring</title>
  <editor role="general">Ada Quell</editor><editor role="primary">Ivo Tessel</editor>
  <editor role="primary">Odile K. Marchetane</editor>
</titleStmt><publicationStmt>
  <publisher>Printing Office</publisher><pubPlace>Port Verity</pubPlace><date>1996</date>"""


@pytest.mark.parametrize(
    ("page", "edition"),
    [
        (
            TITLE_PAGE,
            Edition(
                "Foreign Relations, 1966, Volume I, Herring",
                ("Ivo Tessel", "Odile K. Marchetane"),
                "Port Verity",
                "Printing Office",
                1996,
            ),
        ),
        (
            "<titleStmt><title>Herring</title><editor>Ada Quell</editor></titleStmt><publicationStmt><date/>",
            Edition("Herring", ("Ada Quell",)),
        ),
        ("<publicationStmt><pubPlace>Port Verity</pubPlace>", None),
    ],
)
def test_the_title_page_says_how_a_document_is_cited(reading, page, edition):
    body = f'<div type="document" xml:id="d1">{HEAD}<p>One, in <title>Moby</title>.</p></div>'
    [record] = reading("copy.xml", VOLUME.replace("<publicationStmt>", page) % body)
    assert (record.id, record.edition) == ("frus1966v01/d1", edition)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("<head>2. Editorial Note</head>", Kind.EDITORIAL),
        ("<head>[2.] Editorial Notes</head>", Kind.EDITORIAL),
        ("<head>EDITORIAL NOTE<note>Source: none.</note></head>", Kind.EDITORIAL),
        ("<head>2. Memorandum on an Editorial Note in Pravda</head>", None),
        (HEAD, None),
    ],
)
def test_a_note_of_the_editors_is_of_a_kind_of_its_own(documents, head, kind):
    [record] = documents(f"{head}<p>1. One.</p><p>Summary: two.</p>")
    assert [paragraph.kind for paragraph in record.paragraphs] == [kind, kind]


def test_a_document_may_be_marked_as_a_note_of_the_editors(reading):
    body = '<div type="document" subtype="editorial-note"><head>1. On Herring</head><p>One.</p></div>'
    [record] = reading("copy.xml", VOLUME % body)
    assert [paragraph.kind for paragraph in record.paragraphs] == [Kind.EDITORIAL]


FRONT = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><front>
<div type="section" xml:id="preface"><head>Preface</head><p>The series is official.</p>
  <div type="subsection" xml:id="scope"><head>Scope</head><p>Herring.</p></div></div>
<div type="toc" xml:id="toc"><head>Contents</head><p>Herring 1</p></div>
<div type="section" xml:id="persons"><head>Persons</head><list>
  <item><persName xml:id="p_QI1">Quell, Ivo</persName>, Minister</item></list></div>
</front><body><div type="compilation"><div type="document" xml:id="d1"><head>1. Note</head><p>X</p></div>
<div type="section" xml:id="part"><head>Part</head><p>Y</p></div></div></body>
<back><div type="section" xml:id="index"><head>Index</head><p>Herring, 1</p></div></back></text></TEI>"""


def test_front_matter_is_read_if_it_is_asked_for(reading):
    assert [record.id for record in reading("v1.xml", FRONT)] == ["v1/d1"]
    preface, persons, document = reading("v1.xml", FRONT, front_matter=True)
    assert (preface.id, persons.id, document.id) == ("v1/preface", "v1/persons", "v1/d1")
    assert (preface.format, document.format) == ("FRUS front matter", "FRUS volume")
    assert (preface.subject, preface.created) == ("Preface", None)
    assert [(p.id, p.heading, p.text) for p in preface.paragraphs] == [
        ("v1/preface#p1", None, "The series is official."),
        ("v1/preface#p2", "Scope", "Herring."),
    ]
    assert {p.kind for p in preface.paragraphs} == {Kind.EDITORIAL}
    assert persons.paragraphs[0].people == (Person("Ivo Quell", "Ivo Quell"),)


def test_front_matter_in_an_archive_is_read(reading):
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("v1.xml", FRONT)
    assert len(reading("volumes.zip", packed.getvalue())) == 1
    assert len(reading("volumes.zip", packed.getvalue(), front_matter=True)) == 3


def test_processes_share_a_volume_with_front_matter(tmp_path):
    path = tmp_path / "v1.xml"
    path.write_text(FRONT, "utf-8")
    shares = [[record.id for record in read(path, (k, 2), front_matter=True)] for k in range(2)]
    assert shares == [["v1/preface", "v1/d1"], ["v1/persons"]]
