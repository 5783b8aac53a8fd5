"""Protected names, taken out."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablesearch import parse_cable
from cablesearch.analysis.words import fold
from cablesearch.model.cable import Cable, Paragraph, Person, Reference
from cablesearch.people import name_people
from cablesearch.people.redaction import PLACEHOLDER, redact_cable

WELL = Person("Anna Well", "Anna Well", True)
KARIM = Person("Karim Masimov", "Karim Masimov", True)


def cable(text, *people, **facts):
    heading = facts.pop("heading", None)
    first = Paragraph("07X1#1", "1", None, heading, None, text, people or (WELL,))
    return Cable("07X1", paragraphs=(first,), **facts)


def redacted(text, *people):
    return redact_cable(cable(text, *people)).paragraphs[0].text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Anna Well (strictly protect) said so.", "[protected] (strictly protect) said so."),
        ("Well's friends saw Well.", "[protected]'s friends saw [protected]."),
        ("All is well with ANNA WELL, and with WELL.", "All is well with [protected], and with [protected]."),
        ("Anna\nWell left.", "[protected] left."),
        ("Wellington and Annabel stayed.", "Wellington and Annabel stayed."),
        ("Bo Well is another.", "Bo Well is another."),
    ],
)
def test_a_protected_name_is_taken_out_in_every_form(text, left):
    other = Person("Bo Well", "Bo Well")
    assert redacted(text, WELL, other) == left


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("Karim Masimov", "Karim said no.", "[protected] said no."),
        ("Karim Masimov", "MASIMOV, KARIM", "[protected], [protected]"),
        ("Karim Masimov", "K. Masimov, K.M. Masimov, K Masimov", "[protected], [protected], [protected]"),
        ("Karim Masimov", "Mr. Masimov's and Karim’s wives", "Mr. [protected]'s and [protected]’s wives"),
        ("Karim Masimov", "the Masimovs' house, pro-Masimov", "the [protected]' house, pro-[protected]"),
        ("Karim Masimov", "the masim and karim of old", "the masim and karim of old"),
        ("Karim Masimov", "We met Karim. K2 is a mountain.", "We met [protected]. K2 is a mountain."),
        ("Karim Q. Masimov", "Karim Q. Masimov; Karim Masimov", "[protected]; [protected]"),
        ("Karim Q. Masimov", "Plan B. Masimov agreed.", "Plan B. [protected] agreed."),
        ("Anne-Marie Dupont", "Anne-Marie, Anne and Marie", "[protected], [protected] and [protected]"),
        ("Anne-Marie Dupont", "ANNE-\nMARIE  DUPONT left", "[protected] left"),
        ("Kim Jong-il", "Kim Jong-il, KIM JONG IL, il est", "[protected], [protected], il est"),
        ("Nouri al-Maliki", "Al-Maliki, Maliki; Al Qaida", "[protected], [protected]; Al Qaida"),
        ("Khalid bin Hamad", "Bin Hamad, bin Laden", "[protected], bin Laden"),
        ("Ben Ali", "Ben said no.", "[protected] said no."),
        ("Recep Erdoğan", "Erdogan, ERDOĞAN, Erdog\u0306an", "[protected], [protected], [protected]"),
        ("Łódź Müller", "Lodz, Muller, MÜLLER", "[protected], [protected], [protected]"),
        ("Sean O’Neill", "O'Neill, Neill, ONEILL", "[protected], [protected], [protected]"),
        ("Guy d'Estaing", "d’Estaing, Estaing", "[protected], [protected]"),
        ("Sa'id Amin", "Sa`id, Said, ID", "[protected], [protected], ID"),
        ("Tom Watson, Jr.", "Watson Jr., another Jr.", "[protected]., another Jr."),
        ("Игорь Ли", "Ли, Игорь", "[protected], [protected]"),
        ("كريم ماسيموف", "كريم", "[protected]"),
        ("Ali ʿ Hasan", "ʿAli; ʿ; Hasan", "[protected]; ʿ; [protected]"),
        (
            "Karim Masimov",
            "Write to kmasimov@mail.kz or post@mail.kz.",
            "Write to [protected] or post@mail.kz.",
        ),
    ],
)
def test_every_form_that_may_be_the_person_is_taken_out(name, text, left):
    assert redacted(text, Person(name, name, True)) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Karim Aliyev met Karim.", "Karim Aliyev met [protected]."),
        ("KARIM\nALIYEV and Aliyev", "KARIM\nALIYEV and Aliyev"),
        ("Ali Karim Hassan saw Hassan.", "Ali Karim Hassan saw Hassan."),
        ("Masimov Karim Aliyev", "[protected] Karim Aliyev"),
        ("Karim Masimov-Aliyev", "[protected]-Aliyev"),
    ],
)
def test_names_of_others_stay_whole_though_they_share_a_word(text, left):
    """A word that is shared and stands alone may be either: it is hidden."""
    others = (Person("Karim", "Karim Aliyev"), Person("Ali Karim Hassan", "Ali Karim Hassan"))
    assert redacted(text, KARIM, *others) == left


@pytest.mark.parametrize(
    ("protected", "other", "text", "left"),
    [
        (
            "Mohammed al-Hashimi",
            Person("al-Hashimi", "Omar al-Hashimi"),
            "Mohammed al-Hashimi left. Omar al-Hashimi and al-Hashimi stayed.",
            "[protected] left. Omar al-Hashimi and [protected] stayed.",
        ),
        (
            "Hans von Aue",
            Person("von Aue", "Ida von Aue"),
            "Hans von Aue, von Aue",
            "[protected], [protected]",
        ),
        (
            "Osama bin Laden",
            Person("Osama\u2011bin\u2011Laden", "Osama\u2011bin\u2011Laden"),
            "Osama\u2011bin\u2011Laden, Osama_bin_Laden, OSAMA BIN LADEN",
            "[protected], [protected], [protected]",
        ),
        (
            "Sukarno",
            Person("S. Sukarno", "S. Sukarno"),
            "S. Sukarno met Sukarno.",
            "[protected] met [protected].",
        ),
        ("Sukarno", Person("A. Sukarno", "A. Sukarno"), "A. Sukarno left.", "[protected] left."),
        ("Karim Masimov", Person("K. Masimov", "K. Masimov"), "K. Masimov left.", "[protected] left."),
        (
            "Karim Masimov",
            Person("A. Masimov", "A. Masimov"),
            "A. Masimov met Masimov.",
            "A. Masimov met [protected].",
        ),
        (
            "Juniti Saito",
            Person("Brigadeiro Saito", "Brigadeiro Saito"),
            "Brigadeiro Saito flew in.",
            "Brigadeiro [protected] flew in.",
        ),
        (
            "Ali Reza",
            Person("Sayyid Reza", "Sayyid Reza"),
            "Sayyid Reza spoke to Reza.",
            "Sayyid [protected] spoke to [protected].",
        ),
    ],
)
def test_a_name_that_nothing_tells_from_a_protected_one_goes_too(protected, other, text, left):
    assert redacted(text, Person(protected, protected, True), other) == left


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("Wang Bin", "Wang Bin, Mr. Bin; Bin said no.", "[protected], Mr. [protected]; [protected] said no."),
        ("Wu Di", "Di came, WU DI came", "[protected] came, [protected] came"),
        ("Le Van", "Van said that Le would", "[protected] said that [protected] would"),
        ("Ali Bin", "bin Laden and Bin", "bin Laden and [protected]"),
        ("Juan de la Cruz", "de la Cruz, in the city De Soto", "[protected], in the city De Soto"),
        (
            "Karim Masimov",
            "Mas\u200bimov, Mas\u00adimov, Ka\ufeffrim",
            "[protected], [protected], [protected]",
        ),
        ("Karim Masimov", "Masimov_Karim, Karim\u2013Masimov", "[protected], [protected]"),
        ("كريم ماسيموف", "كَرِيم", "[protected]"),
    ],
)
def test_particles_and_odd_characters_leave_no_part_of_a_name(name, text, left):
    assert redacted(text, Person(name, name, True)) == left


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("Karim Masimov", "Masi-\nmov left; KAR-\nIM stayed.", "[protected] left; [protected] stayed."),
        ("Karim Masimov", "KarimMasimov and M A S I M O V", "[protected] and [protected]"),
        ("Abdulrahman Sayed", "Abdul Rahman, ABDUL-RAHMAN", "[protected], [protected]"),
        ("Abdul Rahman", "Abdulrahman, an Abdul rahman", "[protected], an [protected] rahman"),
        ("Kim Jong-il", "Jongil and Kim Jong-\nil", "[protected] and [protected]"),
        ("Nouri al-Maliki", "Al-maliki, AlMaliki; Al Qaida", "[protected], [protected]; Al Qaida"),
        ("Manas Bek", "Man as such, and the MANAS.", "Man as such, and the [protected]."),
        ("Sean O’Neill", "O\u02bcNeill, O\u2032Neill, O Neill", "[protected], [protected], [protected]"),
    ],
)
def test_a_divided_or_joined_word_of_a_name_is_taken_out(name, text, left):
    assert redacted(text, Person(name, name, True)) == left


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("Karim Masimov", "MASIMOW, Massimov’s; Masirah", "[protected], [protected]’s; Masirah"),
        ("Muammar Qadhafi", "Gaddafi and the Kadafis", "[protected] and the [protected]"),
        ("Hans Müller", "Mueller, MUELLER, Mu\u0308ller", "[protected], [protected], [protected]"),
        ("Hans Mueller", "Müller, Muller", "[protected], [protected]"),
        ("Andre Georgi", "Georgia and George are none.", "Georgia and George are none."),
        ("Ivo Rekord", "Record numbers came.", "Record numbers came."),
        ("Karim Masimov", "Ka\u2066rim, Mas\ufe0fimov, Ma\x00simov", "[protected], [protected], [protected]"),
        (
            "Karim Masimov",
            "See http://masimov.kz/a and WWW.MASIMOV.KZ now.",
            "See [protected] and [protected] now.",
        ),
    ],
)
def test_another_spelling_of_a_name_is_taken_out_but_no_word_of_the_language(name, text, left):
    """Spellings by which a person is found: the same sound, or one letter off in an unknown word."""
    assert redacted(text, Person(name, name, True)) == left


@pytest.mark.parametrize(
    ("protected", "other", "left"),
    [
        ("Karim Masimov", "Almaty Masimov", "Almaty [protected]"),
        ("Karim Masimov", "Kazakh Masimov", "Kazakh [protected]"),
        ("Karim Masimov", "Deputado Masimov", "Deputado [protected]"),
        ("Karim Masimov", "Karim Bey", "[protected] Bey"),
        ("Hans Aue", "von Aue", "von [protected]"),
        ("Hans Aue", "Aue Jr.", "[protected] Jr."),
        ("Larry Well", "Larry King", "Larry King"),
        ("Imran Ali", "Imran Khan", "Imran Khan"),
        ("John Well", "John Major", "John Major"),
        ("Wang Li", "Wang Bin", "Wang Bin"),
        ("Karim Masimov", "Jordan Masimov", "Jordan Masimov"),
        ("Karim Masimov", "Zaruhi Masimov", "Zaruhi Masimov"),
        ("Mohamed Masimov", "Muhammad Masimow", "[protected]"),
    ],
)
def test_a_title_place_or_particle_tells_nobody_apart(protected, other, left):
    found = redacted(f"{other} left.", Person(protected, protected, True), Person(other, other))
    assert found == f"{left} left."


WAYS = [
    "{}",
    "Mr. {}",
    "{}'s",
    "{}’S",
    "{}s",
    "pro-{}",
    "({})",
    "K. {}",
    "{}\n",
    "the late {},",
    "{}2",
    "_{}_",
]
PARTICLES = ["al", "bin", "de la", "von", "al-"]


@st.composite
def forms_of_a_name(draw):
    """Return a name of a given name, a particle or none and a surname, and its forms in a text."""
    given_name = draw(st.sampled_from(["Karim", "Le", "Wang", "Anne-Marie", "Ərdoğan", "Ben"]))
    surname = draw(st.sampled_from(["Masimov", "Bin", "Di", "Aue", "O'Neill", "Müller", "Van", "Hashimi"]))
    particle = draw(st.sampled_from(["", *PARTICLES]))
    name = f"{given_name} {particle}{'' if particle[-1:] in ('', '-') else ' '}{surname}"
    orders = [name, given_name, surname, f"{surname}, {given_name}", f"{given_name[0]}. {surname}"]
    forms = []
    for way in draw(st.lists(st.sampled_from(WAYS), min_size=1, max_size=6)):
        form = draw(st.sampled_from(orders))
        form = form.upper() if draw(st.booleans()) else form
        for sign, others in ((" ", " \n\u00a0-_\u2011"), ("-", "-\u2010\u2013 "), ("'", "'’\u02bc`")):
            form = form.replace(sign, draw(st.sampled_from(others)))
        unseen = draw(st.sampled_from(["", "\u200b", "\u00ad", "\u2060", "\u2066", "-\n"]))
        place = form.upper().rfind(surname.upper()[:2]) + 2
        forms.append(way.format(form[:place] + unseen + form[place:]))
    return given_name, surname, name, forms


@given(forms_of_a_name(), st.sampled_from(["Omar", "Ida", "Fnu", "Deputado", "von"]))
def test_no_word_of_any_name_is_left_in_any_form(case, first):
    """Whatever shares the surname: a relative, a title, a particle, who is named in the same text."""
    given_name, surname, name, forms = case
    other = f"{first} {surname}"
    left = redacted(" and ".join((*forms, other)), Person(name, name, True), Person(other, other))
    if first in ("Omar", "Ida"):
        assert left.endswith(f" and {other}")  # is somebody else's
        left = left.removesuffix(other)
    left = left.replace(PLACEHOLDER, "")
    shown = {fold(word) for word in re.findall(r"[^\W\d_]+", left)}
    assert not shown & {fold(part) for part in re.findall(r"[^\W\d_]{2,}", f"{given_name} {surname}")}
    assert not shown & {fold(surname)[:2], fold(surname)[2:]}  # nor a piece


def test_a_longer_protected_name_is_not_taken_for_that_of_another():
    people = (Person("Anna Maria Well", "Anna Maria Well", True), Person("Maria Bo", "Maria Bo"))
    assert redacted("Anna Maria Well, Maria Bo", *people) == "[protected], Maria Bo"


PIECES = ["Karim", "KARIM", "Masimov", "K.", "'s", "bin", "karim", "said", ",", "\n", "-", "and", "Aliyev"]


@given(st.lists(st.sampled_from(PIECES)))
def test_no_word_of_the_name_is_left(pieces):
    left = redacted(" ".join(pieces), KARIM)
    assert not {"Karim", "KARIM", "Masimov"} & set(re.findall(r"\w+", left))
    others = [piece for piece in pieces if piece in ("said", "and", "karim", "Aliyev")]
    assert [piece for piece in left.split() if piece in others] == others


@given(st.text(), st.text())
def test_any_text_and_name_can_be_redacted(text, name):
    found = redact_cable(cable(text, Person(name, name, True))).paragraphs[0]
    assert found.people == (Person(PLACEHOLDER, PLACEHOLDER, True),)


def test_it_is_taken_out_wherever_it_stands():
    before = cable(
        "Quiet.",
        WELL,
        subject="MEETING WITH ANNA WELL",
        heading="Well speaks",
        tags=("OVIP (WELL, ANNA)",),
        references=(Reference("A", None, "WELL E-MAIL OF JAN 5"),),
        classified_by="DCM Anna B. Well",
        signature="WELL",
    )
    found = redact_cable(before)
    assert found.subject == f"MEETING WITH {PLACEHOLDER}"
    assert found.paragraphs[0].heading == f"{PLACEHOLDER} speaks"
    assert found.tags == (f"OVIP ({PLACEHOLDER}, {PLACEHOLDER})",)
    assert found.references == (Reference("A", None, f"{PLACEHOLDER} E-MAIL OF JAN 5"),)
    assert found.classified_by == f"DCM {PLACEHOLDER} B. {PLACEHOLDER}"
    assert found.signature == PLACEHOLDER
    assert found.paragraphs[0].people == (Person(PLACEHOLDER, PLACEHOLDER, True),)


def test_the_usual_name_of_an_office_holder_is_hidden_too():
    """But not the usual name of a namesake, who only may be the protected person."""
    minister = Person("Quell", "Quell", True, known_as="Ivo Quell")
    assert redacted("Quell left. Ivo came.", minister) == "[protected] left. [protected] came."
    brother = Person("Quell", "Quell", known_as="Ivo Quell")
    found = redact_cable(cable("Quell left. Ivo came.", Person("Ada Quell", "Ada Quell", True), brother))
    assert found.paragraphs[0].text == "[protected] left. Ivo came."
    assert found.paragraphs[0].people == (Person(PLACEHOLDER, PLACEHOLDER, True),)


def test_every_text_of_a_cable_is_redacted():
    """A new field must be redacted, or listed here."""
    kept = {
        "id",
        "origin",
        "subject_marking",
        "precedence",
        "dtg",
        "reasons",
        "other_ids",
        "without_text",
        "source",
        "format",
        "collection",
        "also_in",
    }
    name = "Anna Well"
    values = {field.name: name for field in fields(Cable) if "str" in str(field.type)}
    values |= {key: (name,) for key, of in Cable.__annotations__.items() if of == "tuple[str, ...]"}
    found = redact_cable(cable("Quiet.", WELL, **{key: values[key] for key in {*values} - {"id"}}))
    assert {key for key in values if name in str(getattr(found, key))} == kept - {"id"}


def test_forms_that_the_cable_ties_to_the_person_go_too():
    found = redact_cable(cable("AW spoke. Anna Well left.", WELL, Person("AW", "Anna Well")))
    assert found.paragraphs[0].text == "[protected] spoke. [protected] left."
    assert {person.name for person in found.paragraphs[0].people} == {PLACEHOLDER}


def test_no_paragraph_names_the_person():
    """Nor where the person is not marked, or a form is not tied to the name, or is tied to somebody else."""
    people = [
        (KARIM,),
        (Person("Masimov", "Karim Masimov"), Person("Masimow", "Masimow")),
        (
            Person("K. Masimov", "K. Masimov"),
            Person("Karim", "Karim Aliyev"),
            Person("Aliyev", "Karim Aliyev"),
        ),
        (Person("Karim Q. Masimov", "Karim Q. Masimov"), Person("Ada Quell", "Ada Quell")),
    ]
    paragraphs = tuple(
        Paragraph(f"07X1#{n}", str(n), None, None, None, "; ".join(who.name for who in of_one), of_one)
        for n, of_one in enumerate(people, 1)
    )
    found = redact_cable(Cable("07X1", paragraphs=paragraphs)).as_dict()
    shown = [[who["name"] for who in p["people"]] for p in found["paragraphs"]]
    assert shown == [[PLACEHOLDER], [PLACEHOLDER], [PLACEHOLDER, "Aliyev"], [PLACEHOLDER, "Ada Quell"]]
    assert "Masimo" not in str(found)
    assert [p["text"] for p in found["paragraphs"]][2:] == [
        "[protected]; [protected]; Aliyev",
        "[protected]; Ada Quell",
    ]


def test_a_cable_without_protected_names_is_given_as_it_is():
    before = cable("Bo Orlan spoke.", Person("Bo Orlan", "Bo Orlan"))
    assert redact_cable(before) is before


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Harbor Minister Ivo Quell (strictly protect) told us that Quell would resign.", "Ivo Quell"),
        ("Qorm Zzyx (protect) came.", "Qorm Zzyx"),
        ("The Minister (protect) came.", None),
        ("He said so (protect).", None),
    ],
)
def test_a_name_that_is_to_be_protected_need_not_be_known(text, name):
    found = name_people(parse_cable(f"1. (C) {text}", id="07X1")).paragraphs[0].people
    assert [(person.full_name, person.protected) for person in found] == ([(name, True)] if name else [])
