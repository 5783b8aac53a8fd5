"""Showing a cable by its id, and a paragraph between its neighbours."""

import json

import pytest

from cablesearch.search.index import open_index


@pytest.mark.parametrize(
    "spelling",
    [
        ["07TEZGARA5"],
        ["07 TEZGARA 5"],
        ["07", "Tezgara", "000005"],
        ["2007TEZGARA00005"],
        ["#07TEZGARA5"],
    ],
)
def test_an_id_in_any_spelling(cablesearch, spelling):
    status, out, err = cablesearch("show", *spelling)
    assert (status, err) == (0, "")
    assert out.startswith("07TEZGARA5  SALT AND DEMOCRATIC REFORM\n\nDate            2007-01-08 12:31\n")


def test_references_that_can_be_opened_are_marked(cablesearch):
    assert "06OSTREL12  in the index\n" in cablesearch("show", "07TEZGARA5").out


def test_who_cites_a_cable_is_shown(cablesearch):
    assert "Cited by        07TEZGARA5#2\n" in cablesearch("show", "06OSTREL12").out


def test_a_paragraph(cablesearch):
    out = cablesearch("show", "07 Tezgara 5#3").out
    assert "   2  (S/NF) Democratic reform" in out
    assert "   3  (C) The price of fish" in out
    assert "Summary" not in out
    assert out.count("para. 3\n") == 1


def test_a_cable_as_json(cablesearch, index):
    with open_index(index) as cables:
        cable = cables.cable("07TEZGARA5")
    assert json.loads(cablesearch("show", "07TEZGARA5", "--format", "json").out) == cable.as_dict()


def test_a_paragraph_as_json_is_the_cable_with_that_one(cablesearch):
    shown = json.loads(cablesearch("show", "07TEZGARA5#3", "--format", "json").out)
    assert shown["id"] == "07TEZGARA5"
    assert [paragraph["id"] for paragraph in shown["paragraphs"]] == ["07TEZGARA5#3"]


@pytest.mark.parametrize(
    ("id", "message"),
    [
        ("07TEZGARA6", "07TEZGARA6 is not in the index"),
        ("salt", "salt is not in the index; to search for it: cablesearch salt"),
        ("07TEZGARA5#9", "07TEZGARA5 has no paragraph 9: they are 07TEZGARA5#1 to 07TEZGARA5#3"),
        ("\x1b[31m", "␛[31m is not in the index; to search for it: cablesearch ␛[31m"),
    ],
)
def test_an_id_that_is_not_in_the_index(cablesearch, id, message):
    assert cablesearch("show", id) == (1, "", f"cablesearch: {message}\n")


def test_a_cable_that_is_only_cited(cablesearch, tmp_path, corpus):
    (tmp_path / "one").mkdir()
    page = (corpus / "07TEZGARA5.html").read_text("utf-8")
    (tmp_path / "one" / "07TEZGARA5.html").write_text(page, "utf-8")
    cablesearch("index", "one", "--index", "new")
    status, _, err = cablesearch("show", "06OSTREL12", "--index", "new")
    assert status == 1
    assert err.endswith("not in the index; the paragraphs that cite it: cablesearch cites:06OSTREL12\n")


def test_protected_names_are_hidden_everywhere(cablesearch, tmp_path):
    text = "07TEZGARA9\nA TALK\n2007-01-08 12:31\nCONFIDENTIAL\nEmbassy Tezgara\n\n1. (C) "
    told = "Harbor Minister Ivo Quell (strictly protect) told the Ambassador that Quell would resign."
    corpus, index = tmp_path / "told", ["--index", str(tmp_path / "told-index")]
    corpus.mkdir()
    (corpus / "07TEZGARA9.txt").write_text(text + told + "\n", "utf-8")
    assert cablesearch("reindex", *index, str(corpus)).status == 0
    assert "Quell" in cablesearch("show", "07TEZGARA9", *index).out
    for command in (["show", "07TEZGARA9"], ["search", "resign"], ["parse", str(corpus)]):
        where = index if command[0] != "parse" else []
        for format in ("text", "json"):
            out = cablesearch(*command, *where, "--format", format, "--redact-protected").out
            assert "[protected]" in out
            assert "Quell" not in out


TELEGRAM = """07KELVO{number}
{subject}
2007-01-{day} 12:31
SECRET
Embassy Kelvo

S E C R E T KELVO 000003

1. (S) {text}

2. (S) There is no more of {subject}.
"""


@pytest.fixture
def shared(cablesearch, tmp_path):
    """Returns a function that shows a cable of an index in which two cables have one number."""
    corpus, index = tmp_path / "shared", ["--index", str(tmp_path / "shared-index")]
    corpus.mkdir()
    texts = {
        "salt": ("The Salt Commission met on Monday, to no effect.", 8),
        "fish": ("Nobody has seen a herring in this harbor since June.", 9),
    }
    for subject, (text, day) in texts.items():
        page = TELEGRAM.format(number=3, subject=subject, text=text, day=f"{day:02}")
        (corpus / f"{subject}.txt").write_text(page, "utf-8")
    odd = TELEGRAM.format(number=5, subject="lamps", text="The harbor lamps are out.", day=10)
    odd = odd.replace("07KELVO5", "07ECTION01OF02KELVO5").replace("000003", "000005")
    (corpus / "odd.txt").write_text(odd, "utf-8")
    cablesearch("reindex", *index, str(corpus))
    return lambda *arguments: cablesearch("show", *arguments, *index)


def test_all_cables_of_one_number_are_shown(shared):
    status, out, err = shared("07KELVO3")
    assert status == 0
    assert out.index("The Salt Commission met") < out.index("Nobody has seen")
    assert err.startswith("cablesearch: 2 cables have the id 07KELVO3: 07KELVO3-")
    first, second = err.split(": ")[-1].strip().split(", ")
    assert out.count(f"{first}  salt\n") == out.count(f"{second}  fish\n") == 1
    alone = shared(second)
    assert (alone.status, alone.err) == (0, "")
    assert "Salt Commission" not in alone.out
    assert "Other id        07KELVO3\n" in alone.out


def test_a_paragraph_of_a_shared_number_is_shown_of_each(shared):
    out = shared("07KELVO3#2", "--format", "jsonl").out
    assert [json.loads(line)["paragraphs"][0]["text"] for line in out.splitlines()] == [
        "There is no more of salt.",
        "There is no more of fish.",
    ]


@pytest.mark.parametrize("id", ["07ECTION01OF02KELVO5", "07KELVO5"])
def test_a_misfiled_cable_is_shown_with_both_ids(shared, id):
    status, out, err = shared(id)
    assert (status, err) == (0, "")
    assert out.startswith("07ECTION01OF02KELVO5  lamps\n\nOther id        07KELVO5\n")


def test_a_cable_without_text_says_so(cablesearch, tmp_path):
    index = ["--index", str(tmp_path / "cards-index")]
    card = "Message Attributes\n\nDocument Number: 1976KELVO00101\nSubject: HERRING\n"
    more = "Concepts: FISHING LIMITS, QUOTAS\nLocator: TEXT ON MICROFILM\n"
    (tmp_path / "card.txt").write_text(card + more, "utf-8")
    build = cablesearch("reindex", *index, str(tmp_path / "card.txt"))
    assert "  formats: 1 NARA telegram\n  1 cable without text, found by its facts:\n" in build.out
    assert "    76KELVO101  TEXT ON MICROFILM, in" in build.out.replace("\n      ", " ")
    shown = cablesearch("show", "76KELVO101", *index).out
    assert "Concepts        FISHING LIMITS, QUOTAS\n" in shown
    assert "The cable is here without its text: TEXT ON MICROFILM\n" in shown
    found = cablesearch("--concept", "fishing limits", *index)
    assert "76KELVO101" in found.out
    assert "without its text: TEXT ON MICROFILM" in found.out
