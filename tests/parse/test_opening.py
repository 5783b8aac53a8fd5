"""Where the body begins."""

import pytest

from cablesearch import parse_cable
from cablesearch.parse.opening import close_lines, split_body, unfold

HEAD = """C O N F I D E N T I A L SALTMERE 000012
E.O. 12958: DECL: 01/08/2017
TAGS: EFIS, QV
SUBJECT: THE FLEET
"""
PROSE = "The chief of the fleet will resign in March, as he told us."
CAPITALS = "THE CHIEF OF THE FLEET WILL RESIGN IN MARCH, AS HE TOLD US."


@pytest.mark.parametrize(
    "reasons", ["reason 1.4 (c)", "Reasons 1.4 (b) and (d).", "reasons: 1.5 (B), (D)", "REASON: 1.4 (B/D)"]
)
@pytest.mark.parametrize("marking", ["(S/NF)", "(C)", "(SBU)"])
def test_marked_text_behind_the_reasons_is_the_bodys(reasons, marking):
    field = f"Classified By: Ambassador Tom Reed, {reasons}"
    assert split_body(f"{HEAD}{field} {marking} {PROSE}") == (HEAD + field, f"{marking} {PROSE}")


@pytest.mark.parametrize(
    "field", ["Classified By: DCM Tom Reed, reasons 1.4 (b) and (d)", "Reason: 1.4 (c), (d), (e)"]
)
def test_reasons_alone_have_no_body_behind_them(field):
    assert split_body(HEAD + field) == (HEAD + field, "")


@pytest.mark.parametrize(
    "field", ["REF: SALTMERE 11", "REF: A. SALTMERE 11 B. 06 PORT VERITY 5", "REFTEL: STATE 1234"]
)
@pytest.mark.parametrize("text", [f"(U) {PROSE}", f"(S/NF) {PROSE}"])
def test_marked_text_behind_a_reference_is_the_bodys(field, text):
    assert split_body(f"{HEAD}{field} {text}") == (HEAD + field, text)


@pytest.mark.parametrize(
    "text",
    [PROSE, CAPITALS, f"{PROSE}\n\n{PROSE}", f"SUMMARY: {CAPITALS}", "A. THE SETTING", "HIGHLY RECOMMEND:"],
)
def test_text_on_the_line_below_references_is_the_bodys(text):
    field = "REF: A. SALTMERE 11\n     B. 06 PORT VERITY 5"
    assert split_body(f"{HEAD}{field}\n{text}") == (HEAD + field, text)


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("marking", ["(U)", "(S)"])
@pytest.mark.parametrize(
    "field",
    [
        "REF: BONN 12",
        "REF: A. BONN 12\n     B. PARIS 4",
    ],
)
def test_a_marking_below_the_header_is_no_references_letter(field, marking, gap):
    text = f"{marking} {PROSE}"
    assert split_body(f"{HEAD}{field}{gap}{text}") == (f"{HEAD}{field}{gap[1:]}", text)
    reasons = "Classified By: CDA Ivo Quell. REASON: 1.4 (b), (d)."
    assert split_body(f"{HEAD}{reasons}\n\n{text}") == (f"{HEAD}{reasons}\n", text)
    short = f"{marking} Summary: Post believes while prices of salt remain low"
    cable = parse_cable(f"{HEAD}{field}{gap}{short}\n{PROSE}")
    assert [p.text for p in cable.paragraphs] == [
        f"{short}\n{PROSE}".removeprefix(f"{marking} ").replace("\n", " ")
    ]


@pytest.mark.parametrize(
    "reference",
    [
        "B. MY LETTER TO THE MINISTER OF MARCH 3",
        "AND 06 PORT VERITY 5",
        "(C) SECSTATE 36633",
        "06 PORT VERITY 5 (NOTAL)",
    ],
)
def test_further_references_are_no_body(reference):
    header = f"{HEAD}REF: (A) SALTMERE 11\n{reference}"
    assert split_body(header) == (header, "")


@pytest.mark.parametrize("text", [PROSE, f"{PROSE}\n{PROSE}"])
def test_prose_on_the_line_below_a_subject_in_capitals_is_the_bodys(text):
    assert split_body(f"{HEAD}{text}") == (HEAD.rstrip(), text)


@pytest.mark.parametrize("line", ["AND THE ISLANDS", "AND WHAT IS TO BE DONE WITH IT IN THE LONG RUN"])
def test_a_subjects_second_line_is_no_body(line):
    header = HEAD.replace("THE FLEET", "THE FLEET OF PORT VERITY, ITS ADMIRAL, SALTMERE") + line
    assert split_body(header) == (header, "")


@pytest.mark.parametrize(
    "instruction",
    ["DEPARTMENT PASS ALL ARA POSTS", "STATE PLEASE PASS TREASURY", "FOR: ARA/BC - ATTN: TOM REED"],
)
@pytest.mark.parametrize("field", ["", "REF: SALTMERE 11\n"])
def test_an_instruction_below_the_header_is_neither_subject_nor_reference(instruction, field):
    cable = parse_cable(f"{HEAD}{field}{instruction}\n1. ONE.\n2. TWO.")
    assert cable.subject == "THE FLEET"
    assert [p.text for p in cable.paragraphs] == [instruction, "ONE.", "TWO."]
    assert cable.paragraphs[1].heading is None


ONE_LINE = (
    "C O N F I D E N T I A L SALTMERE 000012 SIPDIS E.O. 12958: DECL: 01/08/2017 TAGS: EFIS, QV "
    "SUBJECT: THE FLEET REF: SALTMERE 11 Classified By: Ambassador Tom Reed, reason 1.4 (b). 1. (C) "
    "Summary: The fleet is cut. End summary. 2. (S/NF) The ministry agrees that it was time. 3. (C) "
    "Comment: We doubt it. REED"
)
TRANSMISSION = (
    "O 081231Z JAN 07 FM AMEMBASSY SALTMERE TO RUEHC/SECSTATE WASHDC IMMEDIATE 0012 "
    "INFO RUEHPV/AMEMBASSY PORT VERITY "
)


@pytest.mark.parametrize("above", ["", TRANSMISSION, "VZCZC\n"])
def test_a_message_on_one_line_is_a_cable(above):
    cable = parse_cable(above + ONE_LINE)
    assert (cable.subject, cable.tags, cable.classified_by) == (
        "THE FLEET",
        ("EFIS", "QV"),
        "Ambassador Tom Reed",
    )
    assert [(p.number, p.marking) for p in cable.paragraphs] == [("1", "C"), ("2", "S/NF"), ("3", "C")]
    assert cable.signature == "REED"


def test_the_transmission_header_may_stand_on_the_same_line():
    cable = parse_cable(TRANSMISSION + ONE_LINE)
    assert (cable.id, cable.to, cable.info) == (
        "07SALTMERE12",
        ("SECSTATE WASHDC",),
        ("AMEMBASSY PORT VERITY",),
    )


@pytest.mark.parametrize("text", [HEAD, f"{HEAD}1. (C) {PROSE * 20}", "No header at all. " * 40])
def test_other_messages_keep_their_lines(text):
    assert unfold(text) == text


DOUBLED = ["THE CHIEF OF THE FLEET WILL RESIGN IN MARCH AS HE TOLD", "US AT THE MINISTRY OF FISH."] * 14


def test_a_blank_line_below_every_line_is_a_tools():
    assert close_lines("\n\n".join(DOUBLED)) == "\n".join(DOUBLED)


def test_a_blank_line_below_every_paragraph_is_the_drafters():
    paragraphs = ["\n\n".join([*DOUBLED[:9], " ".join(DOUBLED[:3]), *[" ".join(DOUBLED)] * 12])]
    assert list(map(close_lines, paragraphs)) == paragraphs


@pytest.mark.parametrize(
    "body",
    [
        f"{CAPITALS}\n{CAPITALS}\n{CAPITALS}",
        f"(C) {PROSE}\n(S/NF) {PROSE}",
        f"{PROSE}\n\n(SBU) {PROSE}",
        "NO FISH TODAY\nNOR TOMORROW\nNOR THE DAY AFTER IT\nNOR ANY DAY AT ALL BEFORE SPRING\nSAYS MARLOW",
    ],
)
@pytest.mark.parametrize(
    "last",
    ["SUBJECT: THE FLEET", "REF: SALTMERE 11", "TAGS: EFIS", "Classified By: DCM Reed, reason 1.4 (b)"],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_message_without_numbers_has_all_its_text_in_paragraphs(body, last, gap):
    cable = parse_cable(
        f"C O N F I D E N T I A L SALTMERE 000012\nE.O. 12958: N/A\n{last}{gap}{body}\n\nREED"
    )
    words = " ".join([p.text for p in cable.paragraphs]).split()
    assert words == body.replace("(C) ", "").replace("(S/NF) ", "").replace("(SBU) ", "").split()
    assert cable.signature == "REED"


SENTENCES = (
    "The chief of the fleet said that he will resign in March. The nets are old, as he had told us before."
)


@pytest.mark.parametrize(
    "field", ["REF: SALTMERE 11", "REF: A. SALTMERE 11 B. ROME 9", "SUBJECT: THE FLEET", "SUBJECT: FISH (U)"]
)
@pytest.mark.parametrize("number", ["", "1. ", "-- "])
def test_text_on_the_line_of_the_last_field_is_the_bodys(field, number):
    cable = parse_cable(
        f"C O N F I D E N T I A L SALTMERE 000012\nSUBJECT: FISH\n{field} {number}{SENTENCES}\n\nREED"
    )
    assert " ".join(p.text for p in cable.paragraphs).endswith(SENTENCES)
    assert "chief" not in f"{cable.subject} {[r.text for r in cable.references]}"


@pytest.mark.parametrize("body", [f"1. {SENTENCES}", SENTENCES, f"1. (U) {SENTENCES}"])
def test_a_short_message_on_one_line_is_a_cable(body):
    cable = parse_cable(
        f"UNCLAS SALTMERE 000012 SIPDIS E.O. 12958: N/A TAGS: EFIS, QV SUBJECT: THE FLEET {body} REED"
    )
    assert (cable.subject, cable.tags, cable.signature) == ("THE FLEET", ("EFIS", "QV"), "REED")
    assert [p.text.removeprefix("1. ") for p in cable.paragraphs] == [SENTENCES]


@pytest.mark.parametrize(
    "line",
    [
        "CONFIDENTIAL - ENTIRE TEXT.",
        "(C - ENTIRE TEXT)",
        "FOR AMBASSADOR FROM REED",
        "FOR THE ASSISTANT SECRETARY FROM REED",
        "MINIMIZE CONSIDERED",
    ],
)
@pytest.mark.parametrize("field", ["SUBJECT: THE FLEET", "SUBJECT: THE FLEET\nREF: SALTMERE 11"])
def test_a_note_to_the_reader_below_the_header_is_text(line, field):
    cable = parse_cable(f"{field}\n{line}\n1. It rained.\n2. It snowed.")
    assert (cable.subject, [p.text for p in cable.paragraphs]) == (
        "THE FLEET",
        [line, "It rained.", "It snowed."],
    )
