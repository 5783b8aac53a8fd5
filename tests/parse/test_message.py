"""Message headers."""

from datetime import date

import pytest

from cablesearch.model.classification import Classification
from cablesearch.parse import message
from cablesearch.parse.references import parse_references

HEADER = """C O N F I D E N T I A L PORT VERITY 000048

SIPDIS

DEPT FOR EUR/FISH

E.O. 12958: DECL: 01/08/2017
TAGS: EFIS, PREL,
OVIP (MARLOW, ADA), QV
SUBJECT: PORT VERITY: A QUOTA FALLS, A MINISTER
RISES

REF: A. 06 PORT VERITY 573
     B. SALTMERE 12

Classified By: CDA Tom Reed; reasons 1.4 (B) a
nd (D).
"""


def test_a_header_gives_its_fields():
    header = message.parse_header(HEADER)
    assert header.classification == Classification("CONFIDENTIAL")
    assert header.tags == ("EFIS", "PREL", "OVIP (MARLOW, ADA)", "QV")
    assert header.subject == "PORT VERITY: A QUOTA FALLS, A MINISTER RISES"
    assert header.references == "A. 06 PORT VERITY 573\nB. SALTMERE 12"
    assert header.classified_by == "CDA Tom Reed"
    assert header.reasons == ("1.4 (b)", "1.4 (d)")
    assert header.declassify_on == date(2017, 1, 8)
    assert not header.rest.strip()


def test_captions_are_caveats():
    header = message.parse_header(
        "S E C R E T SALTMERE 000012\n\nNODIS\nSIPDIS\n\nTAGS: EFIS\nSUBJECT: FISH\n"
    )
    assert header.classification == Classification("SECRET", ("NODIS",))


def test_fields_on_one_line_are_split():
    header = message.parse_header(
        "E.O. 12958: DECL: 2020/01/21 TAGS: SENV ENRG SUBJECT: WIND REF: SALTMERE 9"
    )
    assert header.tags == ("SENV", "ENRG")
    assert header.subject == "WIND"
    assert header.references == "SALTMERE 9"
    assert header.declassify_on == date(2020, 1, 21)


def test_fields_need_no_colon():
    header = message.parse_header(
        "EO 12958 DECL: 02/22/2011\nTAGS PREL, PGOV\n\nSUBJECT: THIN ICE\nREF: A. SALTMERE 9"
    )
    assert (header.tags, header.subject) == (("PREL", "PGOV"), "THIN ICE")


def test_a_heading_right_below_a_field_does_not_belong_to_it():
    header = message.parse_header(
        "SUBJECT: FISH\nClassified By: CDA Tom Reed, reasons 1.4 (b).\nSummary\n-------\n"
    )
    assert header.classified_by == "CDA Tom Reed"
    assert header.rest.split() == ["Summary", "-------"]


def test_prose_below_the_subject_is_kept():
    header = message.parse_header("SUBJECT: FISH\n\nThis cable is for the fleet. Please pass it on.\n")
    assert header.rest.strip() == "This cable is for the fleet. Please pass it on."


def test_a_text_without_a_header_is_all_rest():
    assert message.parse_header("It rained.\nIt poured.").rest == "It rained.\nIt poured."


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("PREL PGOV KZ", ("PREL", "PGOV", "KZ")),
        ("prel, pgov,kz", ("PREL", "PGOV", "KZ")),
        ("OVIP (VANCE, CYRUS) IS, SY", ("OVIP (VANCE, CYRUS)", "IS", "SY")),
        ("PGOV, Organized Crime, PREL", ("PGOV", "ORGANIZED CRIME", "PREL")),
        ("", ()),
    ],
)
def test_tags_are_split_at_commas_or_spaces(printed, expected):
    assert message.parse_tags(printed) == expected


TAG_LINES = [
    ("PREL PGOV KZ", "PREL|PGOV|KZ"),
    ("prel, pgov,kz", "PREL|PGOV|KZ"),
    ("PREL; PGOV; KZ", "PREL|PGOV|KZ"),
    ("PINT: PGOV: BL", "PINT|PGOV|BL"),
    ("PREL,PGOV KZ", "PREL|PGOV|KZ"),
    ("PREL/PGOV/KZ", "PREL|PGOV|KZ"),
    ("PREL. PGOV. KZ.", "PREL|PGOV|KZ"),
    ("PREL - PGOV - KZ", "PREL|PGOV|KZ"),
    ("PREL.PGOV.KZ", "PREL|PGOV|KZ"),
    ("PREL|PGOV|KZ", "PREL|PGOV|KZ"),
    ("<PREL> <PGOV> <KZ>", "PREL|PGOV|KZ"),
    ("KPAL (KWBG) IS", "KPAL|KWBG|IS"),
    ("KFRDKIRFCVIS", "KFRD|KIRF|CVIS"),
    ("PHUMBA", "PHUM|BA"),
    ("PRELEG", "PREL|EG"),
    ("ITPHUM ITPHUM", "IT|PHUM"),
    ("PREL PREL PGOV", "PREL|PGOV"),
    ("PRELPGOV KZ", "PREL|PGOV|KZ"),
    ("PREL PGOV HUMAN RIGHTS KZ", "PREL|PGOV|HUMAN RIGHTS|KZ"),
    ("PTER, COUNTER TERRORISM, PREL", "PTER|COUNTER TERRORISM|PREL"),
    ("PREL ISRAELI PALESTINIAN AFFAIRS", "PREL|ISRAELI PALESTINIAN AFFAIRS"),
    ("KPAO KMDR MEDIA REACTION REPORT", "KPAO|KMDR|MEDIA REACTION REPORT"),
    ("MEDIA REACTION REPORT KPAO", "MEDIA REACTION REPORT|KPAO"),
    ("PGOV, Organized Crime, PREL", "PGOV|ORGANIZED CRIME|PREL"),
    ("PREL WAR ON TERROR PTER", "PREL|WAR ON TERROR|PTER"),
    ("human rights, phum", "HUMAN RIGHTS|PHUM"),
    ("OVIP RICE CONDOLEEZZA", "OVIP|RICE CONDOLEEZZA"),
    ("OVIP (STEINBERG, JAMES B.), PREL", "OVIP (STEINBERG, JAMES B.)|PREL"),
    ("ZOELLICK ROBERT", "ZOELLICK ROBERT"),
    ("PREL ZOELLICK ROBERT CH", "PREL|ZOELLICK ROBERT|CH"),
    ("OVIP (RICE, CONDOLEEZZA) IS, SY", "OVIP (RICE, CONDOLEEZZA)|IS|SY"),
    ("OVIP(RICE, CONDOLEEZZA),PREL", "OVIP (RICE, CONDOLEEZZA)|PREL"),
    ("OVIP (CLINTON, HILLARY", "OVIP (CLINTON, HILLARY)"),
    ("OVIP (), PREL", "OVIP|PREL"),
    ("PREL ( ) IS", "PREL|IS"),
    ("()", ""),
    ("APER, BL, (BILBAO, JAIME M)", "APER|BL|BILBAO, JAIME M"),
    ("OVIP, RICE, CONDOLEEZZA, PREL", "OVIP|RICE|CONDOLEEZZA|PREL"),
    ("OREP (SPECTER, ARLEN) PREL", "OREP (SPECTER, ARLEN)|PREL"),
    ("PREL OREP SPECTER ARLEN SY", "PREL|OREP|SPECTER|ARLEN|SY"),
    ("MOPPS", "MOPPS"),
    ("POGOV, PREL", "POGOV|PREL"),
    ("AGMT", "AGMT"),
    ("KNPP", "KNPP"),
    ("PREL KELVO", "PREL|KELVO"),
    ("MARK", "MARK"),
    ("ETRN", "ETRN"),
    ("P*", ""),
    ("PREL *****", "PREL"),
    ("", ""),
    ("N/A", ""),
    ("NONE", ""),
    ("PREL, PGOV, UNSC, UN", "PREL|PGOV|UNSC|UN"),
    ("PREL AORC UNGA", "PREL|AORC|UNGA"),
    ("SBE/P, BL", "SBE/P|BL"),
    ("AT&T, ETRD", "AT&T|ETRD"),
    ("PREL (U) PGOV", "PREL|PGOV"),
    ("PREL PGOV AND KZ", "PREL|PGOV|KZ"),
    ("PREL & PGOV", "PREL|PGOV"),
    ("TAGS PREL", "PREL"),
    ("PREL,,PGOV,", "PREL|PGOV"),
    ("PREL  PGOV\tKZ", "PREL|PGOV|KZ"),
    ("Prel, Pgov", "PREL|PGOV"),
    ("#PREL #PGOV", "PREL|PGOV"),
    ("PREL PGOV-KZ", "PREL|PGOV|KZ"),
    ("EU, NATO, PREL", "EU|NATO|PREL"),
    (
        "OVIP (CLINTON, HILLARY), PGOV, PREL, KDEV, ECON, NL, IS, SR",
        "OVIP (CLINTON, HILLARY)|PGOV|PREL|KDEV|ECON|NL|IS|SR",
    ),
]

HEADERS = [
    ("TAGS: PREL\nSUBJECT: FISH", "PREL", "FISH"),
    ("TAGS PREL\nSUBJECT FISH", "PREL", "FISH"),
    ("AGS: PREL\nUBJECT: FISH", "PREL", "FISH"),
    ("GS: PREL\nBJECT: FISH", "PREL", "FISH"),
    ("TAG: PREL\nSUBJ: FISH", "PREL", "FISH"),
    ("TAGS; PREL\nSUBJECT; FISH", "PREL", "FISH"),
    ("TAGS - PREL\nSUBJECT - FISH", "PREL", "FISH"),
    ("TAGS. PREL\nSUBJECT. FISH", "PREL", "FISH"),
    ("TAGS:PREL\nSUBJECT:FISH", "PREL", "FISH"),
    ("TAGS:  PREL,\nPGOV\nSUBJECT: FISH", "PREL|PGOV", "FISH"),
    ("tags: prel\npgov, kz\nsubject: Fish", "PREL|PGOV|KZ", "Fish"),
    ("TAGS: PREL PGOV\n\nKZ\n\nSUBJECT: FISH", "PREL|PGOV|KZ", "FISH"),
    ("TAGS: PREL\n\nPGOV KZ\nSUBJECT: FISH", "PREL|PGOV|KZ", "FISH"),
    ("TAGS:\nPREL PGOV\nSUBJECT: FISH", "PREL|PGOV", "FISH"),
    ("TAGS:\n\nPREL PGOV\n\nSUBJECT:\n\nFISH", "PREL|PGOV", "FISH"),
    ("T A G S: PREL\nSUBJECT: FISH", "PREL", "FISH"),
    ("TAGS: OVIP (RICE,\nCONDOLEEZZA), PREL\nSUBJECT: FISH", "OVIP (RICE, CONDOLEEZZA)|PREL", "FISH"),
    ("TAGS: PREL SUBJECT: FISH", "PREL", "FISH"),
    ("E.O. 12958: N/A TAGS: PREL SUBJECT: FISH REF: ROME 9", "PREL", "FISH"),
    (
        "E.O. 12958: N/A\nTAGS: PREL, PGOV, HUMAN\nRIGHTS, KZ\nSUBJECT: FISH",
        "PREL|PGOV|HUMAN RIGHTS|KZ",
        "FISH",
    ),
    ("TAGS: PREL\nSUBJECT: FISH AND\nCHIPS", "PREL", "FISH AND CHIPS"),
    ("TAGS: PREL\nSUB: FISH", "PREL", "FISH"),
    ("TAGS: PREL\nSUBJECT:\nFISH", "PREL", "FISH"),
    ("TAGS: PREL\nSUBJECT FISH AND CHIPS", "PREL", "FISH AND CHIPS"),
    ("TAGS: PREL\nSUBJECT: THE TAGS: WHO", "PREL", "THE TAGS: WHO"),
    ("TAGS: P*\n****CALLY, WELL\nSUBJECT: FISH", "", "FISH"),
    ("TAGS: PREL\nTHE MINISTER IS ILL\nSUBJECT: FISH", "PREL", "FISH"),
    ("TAGS: PGOV PREL KELVO\nSUBJ: FISH", "PGOV|PREL|KELVO", "FISH"),
    ("SUBJECT: FISH\nTAGS: PREL", "PREL", "FISH"),
    ("SUBJECT: FISH TAGS: PREL", "PREL", "FISH"),
    ("DEPT FOR EUR AND PM E.O. 12958: N/A TAGS: PREL\nSUBJECT: FISH", "PREL", "FISH"),
    ("DEPARTMENT FOR EUR, NSC FOR REED TAGS: PREL\nSUBJECT: FISH", "PREL", "FISH"),
    ("TAGS: PREL E.O. 12958: N/A\nSUBJECT: FISH", "PREL", "FISH"),
    ("(U) TAGS: PREL\n(U) SUBJECT: FISH", "PREL", "FISH"),
    ("#TAGS: PREL\n#SUBJECT: FISH", "PREL", "FISH"),
    ("TAGS= PREL\nSUBJECT= FISH", "PREL", "FISH"),
    ("TAGS – PREL\nSUBECT: FISH", "PREL", "FISH"),
    ("TAGS: PREL\nSUBJECT: FISH\nSUBJECT: FISH", "PREL", "FISH"),
    ("TAGS: PR\nTAGS: PREL\nSUBJECT: FI\nSUBJECT: FISH", "PREL", "FISH"),
    ("TAGS: PREL\nSUBJECT: FISH\nSENSITIVE", "PREL", "FISH"),
    ("TAGS: PREL\nSUBJECT: FISH\nSENSITIVE BUT UNCLASSIFIED\nPLEASE PROTECT ACCORDINGLY", "PREL", "FISH"),
    (f"TAGS: PREL\nSUBJECT: {'FISH ' * 12}IS\nSENSITIVE", "PREL", f"{'FISH ' * 12}IS SENSITIVE"),
    ("TAGS: PREL\nSubject: Fish (C/NF)", "PREL", "Fish (C/NF)"),
    ("EO 12958: N/A\n\nTAGS: PREL\n\nSUBJ: FISH\n\nREF: ROME 9", "PREL", "FISH"),
]


@pytest.mark.parametrize(("printed", "tags"), TAG_LINES)
def test_a_tags_line_is_cut_into_codes_phrases_and_persons(printed, tags):
    assert "|".join(message.parse_tags(printed)) == tags


@pytest.mark.parametrize(("text", "tags", "subject"), HEADERS)
def test_tags_and_subject_are_found_however_they_are_printed(text, tags, subject):
    header = message.parse_header(text)
    assert ("|".join(header.tags), header.subject, header.rest.strip()) == (tags, subject, "")


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("for reasons 1.4 (b) and (d)", ("1.4 (b)", "1.4 (d)")),
        ("REASONS 1.5 B AND D", ("1.5 (b)", "1.5 (d)")),
        ("reasons 1.4(b,d)", ("1.4 (b)", "1.4 (d)")),
        ("Reason: 1.4 (b/d )", ("1.4 (b)", "1.4 (d)")),
        ("1.4 (b)&(d)", ("1.4 (b)", "1.4 (d)")),
        ("1.4(b)(d)", ("1.4 (b)", "1.4 (d)")),
        ("1.4 (A/C)", ("1.4 (a)", "1.4 (c)")),
        ("1.4 (b) through (d)", ("1.4 (b)", "1.4 (c)", "1.4 (d)")),
        ("DCM Tom Kelly for reasons b, d.", ("1.4 (b)", "1.4 (d)")),
        ("Ambassador for good reason", ()),
        ("1.4 (b). A man came", ("1.4 (b)",)),
    ],
)
def test_reasons_are_section_and_letter(printed, expected):
    assert message.parse_reasons(printed) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("CDA Kevin Marsh; reasons 1.4 (B)", "CDA Kevin Marsh"),
        ("Ambassador Ada Marlow, for reasons", "Ambassador Ada Marlow"),
        ("Classified by DCM Tom Reed. Reason: 1.4 (b)", "DCM Tom Reed"),
        ("Ada Marlow 1.4 (b)", "Ada Marlow"),
        ("Ada Marlow, E.O. 12958, reasons 1.4 (b)", "Ada Marlow"),
        ("Ada Marlow per section 1.4 (b)", "Ada Marlow"),
        ("Ada Marlow, sections 1.4 (b)", "Ada Marlow"),
        ("", None),
    ],
)
def test_the_classifier_is_named_without_the_reasons(printed, expected):
    assert message.parse_classifier(printed) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("DECL: 01/08/2017", date(2017, 1, 8)),
        ("DECL: 1/8/17", date(2017, 1, 8)),
        ("DECL: 01/08//2017", date(2017, 1, 8)),
        ("DECL: 01.08.17", date(2017, 1, 8)),
        ("GDS 12/13/85 (BOEKER, PAUL H.) OR-M", date(1985, 12, 13)),
        ("DECL: 04/01/27", date(2027, 4, 1)),
        ("DECL: 2035/01/07", date(2035, 1, 7)),
        ("03/24/2019", date(2019, 3, 24)),
        ("DECL: CLOSURE OF THE COURT", "CLOSURE OF THE COURT"),
        ("DECL:  OADR", "OADR"),
        ("DECL: 13/45/2017", "13/45/2017"),
        ("N/A", None),
        ("", None),
    ],
)
def test_declassification_is_a_date_or_an_event(printed, expected):
    assert message.parse_declassification(printed) == expected


REASONS = [
    ("1.4 (B) A ND (D)", "bd"),
    ("1.4 (b) an d (d)", "bd"),
    ("1.4(B), (D)", "bd"),
    ("1.4 (b/d)", "bd"),
    ("1.4 (B) and (D)", "bd"),
    ("1.4 (b, d)", "bd"),
    ("1.4 B/D", "bd"),
    ("1.4 (B)(D)", "bd"),
    ("1.4 (b) & (d)", "bd"),
    ("1.4 (b) (d)", "bd"),
    ("1.4 b and d", "bd"),
    ("1.4(b)and(d)", "bd"),
    ("1.4 (B AND D)", "bd"),
    ("1.4 (b),(c) and (d)", "bcd"),
    ("1.4 (b-d)", "bcd"),
    ("1.4 (b) - (d)", "bcd"),
    ("1.4 (b) to (d)", "bcd"),
    ("1.4 [b] and [d]", "bd"),
    ("1.4 {b,d}", "bd"),
    ("1.4 (b) plus (d)", "bd"),
    ("1.4. (b) and (d)", "bd"),
    ("1.4: b, d", "bd"),
    ("1.4 (b) and 1.4 (d)", "bd"),
    ("1.4(b) and 1.4(d)", "bd"),
    ("1.4 (b) a nd 1.4 (d)", "bd"),
    ("1.4 (b)and d", "bd"),
    ("1.4 (b) an\nd (d)", "bd"),
    ("1.4 (b) a\nnd (d)", "bd"),
    ("1.4 (b) and\n(d)", "bd"),
    ("1.4 \n(b) and (d)", "bd"),
    ("1.4 paragraphs (b) and (d)", "bd"),
    ("1.4 sections b and d", "bd"),
    ("1.4 (b). A man came", "b"),
    ("1.4 (b) and a man", "b"),
    ("1.4 (d) and (b)", "db"),
    ("1.4 (B) A N D (D)", "bd"),
    ("1.4 (b) AND(D)", "bd"),
    ("1.4 (b) (c) (d)", "bcd"),
    ("1,4 (b) and (d)", "bd"),
    ("1.4 (b) et (d)", "bd"),
    ("I.4 (b)", "b"),
    ("1.4 (b) nd (d)", "bd"),
    ("1.4 (b) or (d)", "bd"),
    ("1.4 (b;d)", "bd"),
    ("1.4 (b.d)", "bd"),
    ("1.4 (b) , (d)", "bd"),
    ("1.4 (b) and  (d).", "bd"),
    ("14 (b)", ""),
    ("1.4 (b) and (d)\n", "bd"),
    ("1.4 (bd)", "bd"),
    ("1.4 BD", ""),
    ("1.4(b&d)", "bd"),
    ("1.4 (b+d)", "bd"),
    ("1.4 – (b), (d)", "bd"),
    ("1.4 (b,\nc, & d).", "bcd"),
    ("1.4 (b. and d.)", "bd"),
    ("1.4 (b) (C) The man", "b"),
    ("1.4 (b). (C) The man", "b"),
    ("1.4 (b). (d)", "bd"),
]


@pytest.mark.parametrize(("printed", "letters"), REASONS)
@pytest.mark.parametrize("before", ["CDA Tom Reed; reasons ", "Ada Marlow, Reason "])
def test_reasons_are_read_in_every_printing(before, printed, letters):
    header = message.parse_header(f"SUBJECT: FISH\nClassified By: {before}{printed}\n\n")
    assert header.reasons == tuple(f"1.4 ({letter})" for letter in letters)


DECLASSIFICATIONS = [
    ("E.O. 11652: GDS 12/13/85", date(1985, 12, 13)),
    ("E.O. 12958: N/A", None),
    ("E.O. 12958: N/\nA", None),
    ("E.O. 12958: N\n/A", None),
    ("E.O. 12958: N / A", None),
    ("E.O. 12958: DECL: N/A", None),
    ("E.O. 12958: DECL: 01/08/2017", date(2017, 1, 8)),
    ("E.O. 12958: DECL: 01/08/\n2017", date(2017, 1, 8)),
    ("E.O. 12958: DECL:\n01/08/2017", date(2017, 1, 8)),
    ("E.O. 12958: DECL:\n\n01/08/2017", date(2017, 1, 8)),
    ("E.O. 12958: DECL: 8 JANUARY 2017", date(2017, 1, 8)),
    ("E.O. 12958: DECL: JANUARY 8, 2017", date(2017, 1, 8)),
    ("E.O. 12958: DECL: 01-08-2017", date(2017, 1, 8)),
    ("E.O. 12958: DECL: 01.08.2017", date(2017, 1, 8)),
    ("E.O. 12958: DECL: 1/8/17", date(2017, 1, 8)),
    ("E.O. 12958: DECL: 20170108", date(2017, 1, 8)),
    ("E.O. 12958: DECL: UPON DEPARTURE", "UPON DEPARTURE"),
    ("E.O. 12958: UPON\nCLOSURE OF THE EMBASSY", "UPON CLOSURE OF THE EMBASSY"),
    ("E.O. 12958: DECL: END OF\nTHE TALKS", "END OF THE TALKS"),
    ("STATE FOR EUR E.O. 12958: DECL: 01/08/2017", date(2017, 1, 8)),
    ("E.O. 12958: DECL: X1", "X1"),
    ("E.O. 12958: NA", None),
    ("E.O. 12958:", None),
    ("E.O. 12958: NOT APPLICABLE", None),
    ("EO 12958 DECL 01/08/2017", date(2017, 1, 8)),
    ("E.O. 12958 DECL: 01/08/2017", date(2017, 1, 8)),
    ("E.O.: 12958: DECL: 01/08/2017", date(2017, 1, 8)),
    ("EO12958: DECL: 01/08/2017", date(2017, 1, 8)),
    ("E.O. 13526: DECL: 2035/01/07", date(2035, 1, 7)),
    ("E. O. 12958: DECL: 01/08/2017", date(2017, 1, 8)),
    ("E.OM 11652: GDS", "GDS"),
    ("E.O. 11652: XGDS-1", "XGDS-1"),
    ("E.O. 12065: RDS-3 5/24/00 (LONG, W.)", date(2000, 5, 24)),
    ("E.O. 12356: DECL: OADR", "OADR"),
    ("E.O. 12958: DECL: 01/08/2017 TAGS: PREL", date(2017, 1, 8)),
    ("O. 12958: DECL: 01/08/2017", date(2017, 1, 8)),
    ("E.0. 12958: DECL: 01/08/2017", date(2017, 1, 8)),
    ("Declassify on: 01/08/2017", date(2017, 1, 8)),
    ("E.O. 12958: DELC: 01/08/2017", date(2017, 1, 8)),
    ("E.O. 12958: DECLAS: 01/08/2017", date(2017, 1, 8)),
    ("E.O. 12958: DECL: 10 YEARS", "10 YEARS"),
    ("E.O. 12598: DECL: 02/29/2017", "02/29/2017"),
]


@pytest.mark.parametrize(("line", "on"), DECLASSIFICATIONS)
def test_declassification_is_read_in_every_printing(line, on):
    header = message.parse_header(f"{line}\nTAGS: PREL\nSUBJECT: FISH")
    assert (header.declassify_on, header.tags) == (on, ("PREL",))


REFERENCE_FIELDS = [
    ("SUBJECT: FISH\nREF. A. ROME 9\nB. PARIS 3", "A:ROME9 B:PARIS3"),
    ("SUBJECT: FISH\nREF: A. REF A ROME 9", "A:ROME9"),
    ("SUBJECT: FISH\nRef(s): A. ROME 9", "A:ROME9"),
    ("SUBJECT: FISH\nREF(S): ROME 9", "ROME9"),
    ("SUBJECT: FISH AND PRIMEREF: A. ROME 9", "A:ROME9"),
    ("SUBJECT: FISH REF: ROME 9", "ROME9"),
    ("SUBJECT: FISH REFS: A. ROME 9 B. PARIS 3", "A:ROME9 B:PARIS3"),
    ("SUBJECT: FISH\n\nREF: A. ROME 9\n\nREF: B. PARIS 3", "A:ROME9 B:PARIS3"),
    ("SUBJECT: FISH\nREF: ROME 9\nREF: PARIS 3", "ROME9 PARIS3"),
    ("REF: ROME 9\nSUBJECT: FISH\nREF: PARIS 3", "ROME9 PARIS3"),
    ("SUBJECT: FISH\nREFTEL: ROME 9", "ROME9"),
    ("SUBJECT: FISH\nREFTEL A: ROME 9", "A:ROME9"),
    ("SUBJECT: FISH\nREFTEL A ROME 9", "A:ROME9"),
    ("SUBJECT: FISH\nREF: ROME 9\nSENSITIVE BUT UNCLASSIFIED", "ROME9"),
    ("SUBJECT: FISH\nREFTELS: ROME 9, PARIS 3", "ROME9 PARIS3"),
    ("SUBJECT: FISH\nREFERENCE: ROME 9", "ROME9"),
    ("SUBJECT: FISH\nREFERENCES: A) ROME 9", "A:ROME9"),
    ("SUBJECT: FISH\nREF A ROME 721 B PARIS 690", "A:ROME721 B:PARIS690"),
    ("SUBJECT: FISH\nREF (A) ROME 721 (B) PARIS 690", "A:ROME721 B:PARIS690"),
    ("SUBJECT: FISH\nREF A: ROME 721\nREF B: PARIS 690", "A:ROME721 B:PARIS690"),
    ("SUBJECT: FISH\nREF: A. ROME 721 B. PARIS 690 C. 06 BONN\n12", "A:ROME721 B:PARIS690 C:06BONN12"),
    ("SUBJECT: FISH\nREF; ROME 9", "ROME9"),
    ("SUBJECT: FISH\nEF: ROME 9", "ROME9"),
    ("SUBJECT: FISH\nREF:\nROME 9\nPARIS 3", "ROME9 PARIS3"),
    ("SUBJECT: FISH\nREF:\n\nA. ROME 9\n\nB. PARIS 3\n\nClassified By: X", "A:ROME9 B:PARIS3"),
    ("SUBJECT: FISH\nRef: Rome 9", "ROME9"),
    ("SUBJECT: FISH\nref: a. rome 9", "A:ROME9"),
    ("SUBJECT: FISH\nREF: ROME 9 CLASSIFIED BY: CDA JOE; REASONS 1.4 (B)", "ROME9"),
    ("SUBJECT: FISH\nREF: A. ROME 9 (NOTAL)\n     B. PARIS 3 (06)", "A:ROME9 B:06PARIS3"),
    ("SUBJECT: FISH\nREFS: (A) ROME 9; (B) PARIS 3; (C) SMITH-JONES E-MAILS OF 10/6", "A:ROME9 B:PARIS3"),
    (
        "SUBJECT: FISH\nREF: (A) 2006 ROME 9\n(B) 2005 PARIS 3\n(C) 2005 BONN 12",
        "A:06ROME9 B:05PARIS3 C:05BONN12",
    ),
    ("SUBJECT: FISH\nREF: ROME 9\n\nPOST 10:30 WAS HELD", "ROME9"),
    ("SUBJECT: FISH\nREF: NONE", ""),
    ("SUBJECT: FISH\nREF: N/A", ""),
    ("SUBJECT: BRIEF: A. LONG ONE", ""),
    ("SUBJECT: FISH\nREFORM IS GOOD", ""),
    ("SUBJECT: FISH\nREFUGEES: A. SOME", ""),
    ("SUBJECT: FISH\nREF A REQUESTED A COPY", ""),
    ("SUBJECT: FISH\nREFS A. ROME 9 B. PARIS 3", "A:ROME9 B:PARIS3"),
    ("SUBJECT: FISH\nREF : ROME 9", "ROME9"),
    ("SUBJECT: FISH\nREF- ROME 9", "ROME9"),
    ("SUBJECT: FISH\nREF ROME 9", "ROME9"),
    ("SUBJECT: FISH\nREF ROME 9, PARIS 3", "ROME9 PARIS3"),
]


@pytest.mark.parametrize(("text", "expected"), REFERENCE_FIELDS)
def test_reference_blocks_are_found_however_they_are_headed(text, expected):
    block = message.parse_header(text).references
    found = parse_references(block, "07KELVO2300", date(2007, 6, 8))
    ids = [(f"{r.label}:" if r.label else "") + r.id.removeprefix("07") for r in found if r.id]
    assert " ".join(ids) == expected


@pytest.mark.parametrize(
    ("subject", "marking"),
    [
        ("(C/NF) FISH FALLS", "C/NF"),
        ("FISH FALLS (S/NF)", "S/NF"),
        ("(U) FISH", "U"),
        ("(SBU) FISH\nFALLS", "SBU"),
        ("( C ) FISH", "C"),
        ("FISH (U)", "U"),
        ("FISH (A SECRET)", None),
        ("FISH", None),
        ("(C)", None),
    ],
)
def test_a_subject_may_have_a_marking(subject, marking):
    assert message.parse_header(f"SUBJECT: {subject}").subject_marking == marking


@pytest.mark.parametrize(
    ("printed", "subject"),
    [
        ("GOALS AND POLICY ASSESS-\nMENT", "GOALS AND POLICY ASSESSMENT"),
        ("THE NETS: HIS-\nTORICAL VIEW", "THE NETS: HISTORICAL VIEW"),
        ("US-KELVO CO-\nOPERATION", "US-KELVO CO-OPERATION"),
        ("HERRING/\nCOD QUOTAS", "HERRING/COD QUOTAS"),
        ("HERRING --\nNEW QUOTAS", "HERRING -- NEW QUOTAS"),
        ("HERRING -\nNEW QUOTAS", "HERRING - NEW QUOTAS"),
    ],
)
def test_a_word_divided_in_a_subject_is_whole(printed, subject):
    assert message.parse_header(f"SUBJECT: {printed}\n\n").subject == subject
