"""Ids as drafters print them: in a reference block, and in the text. KELVO is a post that does not exist."""

from datetime import date
from time import perf_counter

import pytest

from cablesearch.parse.printed_ids import Citing
from cablesearch.parse.references import Citations, parse_references

SENT = date(2007, 6, 8)
ME = "07KELVO2300"

ENTRIES = [
    ("45 THROUGH 47", ""),
    ("KELVO 45 THROUGH 47", "07KELVO45 07KELVO46 07KELVO47"),
    ("KELVO 45, 46 AND 47", "07KELVO45 07KELVO46 07KELVO47"),
    ("PARIS 45, 46, AND 47", "07PARIS45 07PARIS46 07PARIS47"),
    ("PARIS 45 & 46", "07PARIS45 07PARIS46"),
    ("PARIS 45 THRU 46", "07PARIS45 07PARIS46"),
    ("ITEM 12 AND 06 KELVO 9", "06KELVO9"),
    ("PARA 4 OF KELVO 12", "07KELVO12"),
    ("REFTEL KELVO 2245", "07KELVO2245"),
    ("SMITH-JONES E-MAILS OF 10/6", ""),
    ("KELVO DAILY REPORT 30", ""),
    ("PARIS DAILY REPORT 30", ""),
    ("KELVO 0045/01 OF 02", "07KELVO45"),
    ("KELVO 52 (06)", "06KELVO52"),
    ("(99) KELVO 21", "99KELVO21"),
    ("CY06 KELVO 45", "06KELVO45"),
    ("KELVO 100 AND KELVO 101", "07KELVO100 07KELVO101"),
    ("EMBASSY VIENNA 12", "07VIENNA12"),
    ("0TTAWA 12", "07OTTAWA12"),
    ("O4 CHENNAI 12", "04CHENNAI12"),
    ("N'DJAMENA 3", "07NDJAMENA3"),
    ("RIO 7", "07RIODEJANEIRO7"),
    ("HCMC 7", "07HOCHIMINHCITY7"),
    ("UNVIE 7", "07UNVIEVIENNA7"),
    ("USUN 7", "07USUNNEWYORK7"),
    ("MEXICO CITY 7", "07MEXICO7"),
    ("VAT 7", "07VATICAN7"),
    ("BA 7", "07BUENOSAIRES7"),
    ("FROM 1977 TO 1978", ""),
    ("25 PERCENT IN 1977", ""),
    ("2009 AT 9:55", ""),
    ("KATHAMNDU 45", "07KATHMANDU45"),
    ("BEIJIING 45", "07BEIJING45"),
    ("SEE BEIJIING 45", "07BEIJING45"),
    ("06 AMEMBASSY KELVO 9", "06KELVO9"),
    ("AMCONSUL RIO DE JANEIRO 9", "07RIODEJANEIRO9"),
    ("2006 PARIS 9", "06PARIS9"),
    ("2006PARIS9", "06PARIS9"),
    ("06PARIS000009", "06PARIS9"),
    ("PARIS-9", "07PARIS9"),
    ("PARIS #9", "07PARIS9"),
    ("'06 PARIS 9", "06PARIS9"),
    ("STATE 22 (15 APRIL 2005)", "05STATE22"),
    ("STATE 22 DATED 4/15/05", "05STATE22"),
    ("STATE 22 (4/15/05)", "05STATE22"),
    ("PARIS 45; ROME 9, BONN 3", "07PARIS45 07ROME9 07BONN3"),
    ("PARIS 45 (NOTAL) AND PREVIOUS", "07PARIS45"),
    ("MEETING IN PARIS 12 MAY", ""),
    ("IN PARIS 12", ""),
    ("PARIS 12 MAY 2006", ""),
    ("TELCON OF MAY 12", ""),
    ("IIR 6 902 9642 06", ""),
    ("UNSCR 1701", ""),
    ("STATE CA-3400 NOV 2, 1966", ""),
    ("LA PAZ A-23", ""),
    ("TD-314/18176-06", ""),
    ("OSC EUP20080707950031", ""),
    ("10 AUGUST 2006 NON PAPER", ""),
    ("SMITH/JONES EMAIL 05/06/07", ""),
    ("KABUL-WASHINGTON VTC 12", ""),
    ("FAX OF MARCH 3", ""),
    ("7 FAM 180", ""),
    ("20 MILLION IN 1974", ""),
    ("PARIS 1.4", ""),
    ("EMBASSY LONDON DAILY REPORT 9/16/2006", ""),
    ("98 RAS HALIM 2204", "98RASHALIM2204"),
    ("SALTMERE 12", "07SALTMERE12"),
    ("SALTMERE HARBOR 12", ""),
    ("MERRY SALTMERE 12", ""),
    ("SALTMERE 12, 13", "07SALTMERE12 07SALTMERE13"),
    ("PARIS 12-13", "07PARIS12 07PARIS13"),
    ("05 STATE 1234, 06 STATE 55", "05STATE1234 06STATE55"),
    ("STATE 1234 AND 06 KELVO 9", "07STATE1234 06KELVO9"),
    ("07 NEW DELHI 45 AND 47", "07NEWDELHI45 07NEWDELHI47"),
    ("USNATO 12", "07USNATO12"),
    ("USEU BRUSSELS 12", "07USEUBRUSSELS12"),
    ("THE HAGUE 9", "07THEHAGUE9"),
    ("SECSTATE WASHDC 12", "07STATE12"),
    ("DEPT OF STATE 12", "07STATE12"),
    ("ST. PETERSBURG 12", "07STPETERSBURG12"),
    ("PORT-AU-PRINCE 12", "07PORTAUPRINCE12"),
    ("SEE KELVO 12 AND ROME 3", "07KELVO12 07ROME3"),
    ("A NOTE ON KELVO 12", "07KELVO12"),
    ("kelvo 12", "07KELVO12"),
    ("Kelvo 12", "07KELVO12"),
    ("paris 12", "07PARIS12"),
    ("nice letter 12", ""),
    ("PARIS 1234567890", ""),
    ("PARIS 0", ""),
    ("PARIS 45.", "07PARIS45"),
    ("PARIS 45 PARA 6", "07PARIS45"),
    ("PARIS 45, PARA 6", "07PARIS45"),
    ("PARIS 45 (PARA 6)", "07PARIS45"),
]

BLOCKS = [
    ("REF A KELVO 721 B KELVO 690", [("A", "07KELVO721"), ("B", "07KELVO690")]),
    ("A. REF A KELVO 639", [("A", "07KELVO639")]),
    ("A KELVO 721\nB KELVO 690", [("A", "07KELVO721"), ("B", "07KELVO690")]),
    ("A: KELVO 721 B: KELVO 690", [("A", "07KELVO721"), ("B", "07KELVO690")]),
    ("(A) KELVO 721, (B) 06 PARIS 690", [("A", "07KELVO721"), ("B", "06PARIS690")]),
    ("A) KELVO 721 B) KELVO 690", [("A", "07KELVO721"), ("B", "07KELVO690")]),
    ("A. KELVO 721 B. KELVO 690", [("A", "07KELVO721"), ("B", "07KELVO690")]),
    ("A.KELVO 721; B.KELVO 690", [("A", "07KELVO721"), ("B", "07KELVO690")]),
    ("A-KELVO 721 B-KELVO 690", [("A", "07KELVO721"), ("B", "07KELVO690")]),
    ("(A)KELVO 721 (B)KELVO 690", [("A", "07KELVO721"), ("B", "07KELVO690")]),
    ("REF A: KELVO 721, REF B: KELVO 690", [("A", "07KELVO721"), ("B", "07KELVO690")]),
    ("A. KELVO 721, 722 B. ROME 3", [("A", "07KELVO721"), ("A", "07KELVO722"), ("B", "07ROME3")]),
    ("KELVO 721\nKELVO 690", [(None, "07KELVO721"), (None, "07KELVO690")]),
    ("1. KELVO 721 2. KELVO 690", [(None, "07KELVO721"), (None, "07KELVO690")]),
    (
        "A. KELVO 721 (NOTAL)\nB. SMITH-JONES EMAIL OF 10/6\nC. ROME 9",
        [("A", "07KELVO721"), ("B", None), ("C", "07ROME9")],
    ),
]

PROSE = [
    ("IT FELL FROM 12 TO 1978 IN ALL", ""),
    ("MORE THAN IN 1973 AND 20 MILLION IN 1974 FROM", ""),
    ("SEE 06 PARIS 12 AND 05 SALTMERE 9", "06PARIS12"),
    ("See 05 SALTMERE 9 now", "05SALTMERE9"),
    ("IN KELVO 1979 WAS BAD", ""),
    ("AS KELVO 2245 SAID", "07KELVO2245"),
    ("PER KELVO 12 MAY 2007", ""),
    ("TO SECSTATE WASHDC 5366", ""),
    ("15 TO 20 YEARS", ""),
    ("FY 80 PL 480 TITLE", ""),
    ("THE 74 MEMBERS 12 OF WHOM", ""),
    ("in 05 UNSCR 1701", ""),
    ("(05 ROME 1701)", "05ROME1701"),
    ("by 06 PARIS 12% more", ""),
    ("STATE 12345 requests", "07STATE12345"),
    ("see 2006 PARIS 12.", "06PARIS12"),
    ("SOME 20 PARIS 12 ONES", ""),
    ("ON 04 MAY 2007 AND 05 JUNE 07", ""),
    ("FM PARIS 1234", ""),
    ("UNDER PARAGRAPH 12 AND ARTICLE 5 OF STATE 1234", "07STATE1234"),
    ("Refs A and KELVO 2201", "07KELVO2201"),
]


@pytest.mark.parametrize(("printed", "ids"), ENTRIES)
@pytest.mark.parametrize("label", ["", "A. "])
def test_an_entry_names_cables(label, printed, ids):
    assert [r.id for r in parse_references(label + printed, ME, SENT) if r.id] == ids.split()


@pytest.mark.parametrize(("block", "entries"), BLOCKS)
def test_a_block_has_labels(block, entries):
    assert [(r.label, r.id) for r in parse_references(block, ME, SENT)] == entries


@pytest.mark.parametrize(("text", "ids"), PROSE)
def test_a_text_cites_cables_by_their_ids(text, ids):
    assert list(Citations((), ME, SENT).find(text)) == ids.split()


def test_a_cable_without_a_date_takes_the_year_of_its_own_id():
    assert [r.id for r in parse_references("ROME 9, KELVO 2400", ME)] == ["07ROME9", "06KELVO2400"]
    assert [r.id for r in parse_references("ROME 9")] == [None]
    assert Citing("untitled").year is None


@pytest.mark.parametrize(
    "unit", ["KELVO 12 ", "SEE 12 ", "A. ", "PARA 4 ", "(A) A. ", "A 06 KELVO ", "PARIS 3, "]
)
def test_a_long_entry_is_read_in_linear_time(unit):
    start = perf_counter()
    parse_references(unit * 5_000 + "12X", ME, SENT)
    parse_references("PERCENT " + unit * 5_000 + "12X", ME, SENT)
    assert perf_counter() - start < 2


ENTRIES_OF_1975 = [
    ("LA PAZ'S 1234", "75LAPAZ1234"),
    ("STATE'S 1234", "75STATE1234"),
    ("YOUR 1234", ""),
    ("MYTEL 1234", ""),
    ("OUR 1234", ""),
    ("URTEL 1234", ""),
    ("LAPAZ 1234", "75LAPAZ1234"),
    ("LA PAZ 01234", "75LAPAZ1234"),
    ("LAPAZ-1234", "75LAPAZ1234"),
    ("LA PAZ NO. 1234", "75LAPAZ1234"),
    ("STATE NO 1234", "75STATE1234"),
    ("LA PAZ TEL 1234", "75LAPAZ1234"),
    ("LA PAZ TELEGRAM 1234", "75LAPAZ1234"),
    ("LA PAZ CABLE 12", "75LAPAZ12"),
    ("DEPTEL 1234", ""),
    ("STATE TELEGRAM NO. 1234", "75STATE1234"),
    ("LA PAZ AIRGRAM A-23", ""),
    ("LA PAZ LETTER 12", ""),
    ("LA PAZ 1234 OF MAY 3", "75LAPAZ1234"),
    ("LA PAZ 1234, MAY 3, 1975", "75LAPAZ1234"),
    ("LA PAZ 1234 DTD 3 MAY 1974", "74LAPAZ1234"),
    ("LA PAZ 1234 (1974)", "74LAPAZ1234"),
    ("LA PAZ 1234 '74", "75LAPAZ1234"),
    ("74LAPAZ1234", "74LAPAZ1234"),
    ("1974 LA PAZ 1234", "74LAPAZ1234"),
    ("1974LAPAZ01234", "74LAPAZ1234"),
    ("QUITO 0059, USIA 23904", "75QUITO59 75USIA23904"),
    ("STATE 031201; TEHRAN 2069", "75STATE31201 75TEHRAN2069"),
    ("TEHRAN 2069 (EXDIS)", "75TEHRAN2069"),
    ("USUN 1234 (NODIS)", "75USUNNEWYORK1234"),
    ("USNATO 1234", "75USNATO1234"),
    ("MBFR VIENNA 12", "75MBFRVIENNA12"),
    ("EC BRUSSELS 12", "75ECBRUSSELS12"),
    ("OECD PARIS 12", "75OECDPARIS12"),
    ("USDEL SALT TWO GENEVA 12", "75GENEVA12"),
    ("SALT TWO GENEVA 12", "75GENEVA12"),
    ("BERN 12 & 13", "75BERN12 75BERN13"),
    ("KUALA LUMPUR 1234", "75KUALALUMPUR1234"),
    ("STATE 12345 AND LA PAZ 999", "75STATE12345 75LAPAZ999"),
    ("STATE 12345 AND 12346", "75STATE12345 75STATE12346"),
    ("STATE 12345 12346", "75STATE12345"),
    ("STATE 123456 TOSEC 12", "75STATE123456"),
    ("SECTO 12", ""),
    ("TOSEC 123", ""),
    ("FBIS TOKYO 12", ""),
    ("PARIS TREATY 12", ""),
    ("LONDON POUCH 12", ""),
    ("ROME 12TH", ""),
    ("SANTIAGO 1234 PARA. 3", "75SANTIAGO1234"),
    ("CONVERSATION SMITH/JONES 6/5/75", ""),
    ("JONES-SMITH TELECON 6/5", ""),
    ("SMITH LETTER TO JONES OF JUNE 5, 1975", ""),
    ("DAO 1234", ""),
    ("CINCPAC 1234", ""),
    ("JCS 1234", ""),
    ("AMEMBASSY SANTIAGO 1234", "75SANTIAGO1234"),
    ("SANTIAGO'S 1234 AND 1235", "75SANTIAGO1234 75SANTIAGO1235"),
    ("SANTIAGO 1234/1235", "75SANTIAGO1234 75SANTIAGO1235"),
    ("GENEVA 12 (NOTAL), BONN 45(NOTAL)", "75GENEVA12 75BONN45"),
    ("12345", ""),
    ("1975", ""),
    ("JUNE 5 1975", ""),
    ("UNGA RES 3379", ""),
    ("S/RES/242", ""),
    ("CERP 0001", ""),
    ("10 FAM 212", ""),
    ("E.O. 11652", ""),
    ("STATE 12345, DATED JUNE 5", "75STATE12345"),
    ("MTG WITH MIN PARIS 12 NOV", ""),
    ("KELVO 7 KELVO 8", "75KELVO7 75KELVO8"),
    ("(A) KELVO 7 AND 8; (B) KELVO 9", "75KELVO7 75KELVO8 75KELVO9"),
    ("KELVO REPORT 7", ""),
    ("KELVO7", "75KELVO7"),
    ("KELVO - 7", "75KELVO7"),
    ("AGREEMENT 7", ""),
    ("FOREIGN MINISTER 7", ""),
    ("PARLIAMENT 7", ""),
    ("GROUP OF 77", ""),
    ("APOLLO 11", ""),
    ("BOEING 747", ""),
    ("GENERATION 3", ""),
    ("PROJECT 12", ""),
    ("LOAN 12", ""),
    ("DECREE 75", ""),
    ("LAW 480", ""),
    ("CONTRACT 12", ""),
    ("PUBLIC LAW 480", ""),
    ("AGENCY 12", ""),
    ("PHONECON 12", ""),
    ("TEMPLATE 4", ""),
    ("TASK 9", ""),
]


@pytest.mark.parametrize(("printed", "ids"), ENTRIES_OF_1975)
def test_an_entry_of_the_1970s_names_cables(printed, ids):
    found = parse_references(printed, "75LAPAZ2300", date(1975, 6, 8))
    assert [r.id for r in found if r.id] == ids.split()
