"""Names without what only stands beside them, by what the rest of a cable has."""

import pytest

from cablesearch.people.names import NameSpan
from cablesearch.people.sequence import build_row
from cablesearch.people.trimming import trim_names


def trim(text, *names):
    """Return the names of a text as they are trimmed; each is found where it stands next."""
    raw, at, spans = build_row([text])[0], 0, []
    for name in names:
        words = name.split()
        at = next(
            n
            for n in range(at, len(raw))
            if [piece.strip(",.;:?!\"“”'") for piece in raw[n : n + len(words)]]
            == [word.strip(".") for word in words]
        )
        spans.append(NameSpan(at, at + len(words), name))
        at += len(words)
    return [span.name for span in trim_names(raw, spans)]


@pytest.mark.parametrize(
    ("text", "names", "trimmed"),
    [
        ("Orlan agreed. Hope Orlan will come.", ["Orlan", "Hope Orlan"], ["Orlan", "Orlan"]),
        ("Orlan left. Tell Orlan this. Tell Orlan that.", ["Orlan"] + ["Tell Orlan"] * 2, ["Orlan"] * 3),
        ("Ivo Quell came. Said Quell was ill.", ["Ivo Quell", "Said Quell"], ["Ivo Quell", "Quell"]),
        ("Orlan cited Article V. Orlan said no.", ["Orlan", "V. Orlan"], ["Orlan", "Orlan"]),
        ("Orlan left the D/Z. Orlan was tired.", ["Orlan", "Z. Orlan"], ["Orlan", "Orlan"]),
        ("Orlan left the U.S.A. Orlan was tired.", ["Orlan", "U.S.A. Orlan"], ["Orlan", "Orlan"]),
        ("HWQMJ Orlan. Orlan agreed.", ["HWQMJ Orlan", "Orlan"], ["Orlan", "Orlan"]),
        ("Chief of Staff Orlan came.", ["Staff Orlan"], ["Orlan"]),
        ("Vice-Admiral Orlan and SovAmb Quell.", ["Vice-Admiral Orlan", "SovAmb Quell"], ["Orlan", "Quell"]),
        ("DepFonMin Orlan, GovMayor Quell.", ["DepFonMin Orlan", "GovMayor Quell"], ["Orlan", "Quell"]),
        ("MinDef Orlan came.", ["MinDef Orlan"], ["Orlan"]),
        ("MinJae Orlan, JaeMin Quell.", ["MinJae Orlan", "JaeMin Quell"], ["MinJae Orlan", "JaeMin Quell"]),
        ("For S/AL Orlan and EUR Quell.", ["AL Orlan", "Quell"], ["Orlan", "Quell"]),
        ("How Will Orlan Vote? Orlan hopes.", ["Will Orlan", "Orlan"], ["Orlan", "Orlan"]),
        ("Who is it, the Virginia Orlan? Orlan.", ["Virginia Orlan", "Orlan"], ["Orlan", "Orlan"]),
        ("The Gromyko Case. Of Gromyko.", ["Gromyko Case", "Gromyko"], ["Gromyko", "Gromyko"]),
        ("The Kosygin Case. Of Kosygin.", ["Kosygin Case", "Kosygin"], ["Kosygin", "Kosygin"]),
        ("Chancellors Orlan and Quell.", ["Chancellors Orlan", "Quell"], ["Orlan", "Quell"]),
        ("Captian Ada Orlan met Govenor Bix.", ["Captian Ada Orlan", "Govenor Bix"], ["Ada Orlan", "Bix"]),
        ("The Minster met Orlan.", ["Minster", "Orlan"], ["Orlan"]),
        ("The GovMayor met Orlan.", ["GovMayor", "Orlan"], ["Orlan"]),
        ("Senhor Orlan met Deputado Ivo Bix.", ["Senhor Orlan", "Deputado Ivo Bix"], ["Orlan", "Ivo Bix"]),
        ("THE MINISTRO MET SENADORA ORLAN.", ["MINISTRO", "SENADORA ORLAN"], ["ORLAN"]),
        ("PRESIDNET ORLAN LEFT.", ["PRESIDNET ORLAN"], ["ORLAN"]),
        ("ORLAN LEFT. IT WAS SO, SAID ORLAN.", ["ORLAN", "SAID ORLAN"], ["ORLAN", "ORLAN"]),
        ("Orlan, Orlan. To Orlan Hdqrs now.", ["Orlan", "Orlan", "Orlan Hdqrs"], ["Orlan"] * 3),
        (
            f"{'Orlan. ' * 9}Orlan Well, no. Orlan Well, yes.",
            ["Orlan"] * 9 + ["Orlan Well"] * 2,
            ["Orlan"] * 11,
        ),
    ],
)  # fmt: skip
def test_what_only_stands_beside_a_name_is_cut_off(text, names, trimmed):
    """A word that begins a sentence, a letter that belongs to the word before, a title, a word behind."""
    assert trim(text, *names) == trimmed


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Hope Orlan came.", ["Hope Orlan"]),  # no Orlan elsewhere
        ("Orlan met Hope Orlan there.", ["Orlan", "Hope Orlan"]),  # within a sentence
        ("Orlan came. Mark Orlan left.", ["Orlan", "Mark Orlan"]),  # a given name
        ("Orlan came. K. Orlan left.", ["Orlan", "K. Orlan"]),
        ("Bixby told Ahmad-Haji Orlan. Orlan left.", ["Bixby", "Ahmad-Haji Orlan", "Orlan"]),
        ("ORLAN LEFT WITH SAID ORLAN.", ["ORLAN", "SAID ORLAN"]),
        ("Zu Orlan came. Orlan left.", ["Zu Orlan", "Orlan"]),
        ("Ada came. Ada Brown left. Ada smiled.", ["Ada", "Ada Brown", "Ada"]),
        ("Sentor Orlan came.", ["Sentor Orlan"]),  # short
        ("Clifford Case came. Clifford left.", ["Clifford Case", "Clifford"]),
        ("I saw Virginia Orlan. Orlan left.", ["Virginia Orlan", "Orlan"]),
        ("Then Will Orlan left. Orlan stayed.", ["Will Orlan", "Orlan"]),
        ("He and/or Al Orlan left.", ["Al Orlan"]),
        ("Marshal Orlan came. Marshall Quell left.", ["Marshall Quell"]),  # a name
    ],
)
def test_what_may_belong_to_a_name_stays(text, names):
    assert trim(text, *names) == names


def test_a_particle_before_a_hyphened_name_is_no_given_name():
    found = trim("Orlan met de Bix. The de Bix-Orlan letters were lost.", "Orlan", "de Bix", "de Bix-Orlan")
    assert found == ["Orlan", "de Bix", "de Bix", "Orlan"]


def test_a_full_name_with_a_hyphen_is_of_two_people_where_that_is_said():
    found = trim("Ada Bix met Orlan. The Ada Bix-Orlan talks failed.", "Ada Bix", "Orlan", "Ada Bix-Orlan")
    assert found == ["Ada Bix", "Orlan", "Ada Bix", "Orlan"]


def test_surnames_with_a_hyphen_are_several_people():
    """Both are named elsewhere, or one is and the other is a surname that editors know."""
    both = trim("Orlan met Quell. The Orlan-Quell talks failed.", "Orlan", "Quell", "Orlan-Quell")
    assert both == ["Orlan", "Quell", "Orlan", "Quell"]
    assert trim("Quell came. The Quell-Kissinger talks failed.", "Quell", "Quell-Kissinger") == [
        "Quell", "Quell", "Kissinger",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("The Kissinger-Gromyko talks failed.", ["Kissinger", "Gromyko"]),  # what two have
        ("The Wilson-Erhard visit was put off.", ["Wilson", "Erhard"]),  # office-holders
        ("The Johnson-Thieu letters were found.", ["Johnson", "Thieu"]),
        ("Instructions were sent to Harriman-Vance.", ["Harriman", "Vance"]),
    ],
)
def test_surnames_with_a_hyphen_are_several_people_where_none_is_named_elsewhere(text, parts):
    assert trim(text, "-".join(parts)) == parts


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Kim Jong-il came with Kim.", ["Kim Jong-il", "Kim"]),
        ("Mr. Wilson-Erhard came.", ["Wilson-Erhard"]),
        ("Wilson-Erhard said so.", ["Wilson-Erhard"]),
        ("The Garcia-Robles visit was put off.", ["Garcia-Robles"]),  # two surnames of one
        ("The Orlan-Quell visit was put off.", ["Orlan-Quell"]),
        ("The Douglas-Home talks failed.", ["Douglas-Home"]),
        ("Hua came. Shih Yen-hua left.", ["Hua", "Shih Yen-hua"]),
        ("Jean-Marie Orlan met Orlan and Jean.", ["Jean-Marie Orlan", "Orlan", "Jean"]),
        ("Orlan-Quell came. Quell left.", ["Orlan-Quell", "Quell"]),
        ("Nuri Orlan came. Nuri left, Orlan too. Nuri-Orlan said so.", ["Nuri Orlan", "Orlan", "Nuri-Orlan"]),
        ("Saud came. Faisal left. Saud-Al Faisal stayed.", ["Saud", "Faisal", "Saud-Al Faisal"]),
        # A wife who has both surnames.
        ("Ada Bix met Orlan. Ada Bix-Orlan left.", ["Ada Bix", "Orlan", "Ada Bix-Orlan"]),
        ("Orlan met Bix. Ida Bix-Orlan and Orlan left.", ["Orlan", "Bix", "Ida Bix-Orlan", "Orlan"]),
    ],
)
def test_one_name_with_a_hyphen_stays_one(text, names):
    assert trim(text, *names) == names


def test_a_surname_with_a_title_before_another_is_somebody_else():
    """`learned from Ambassador Hare Nasser attempting` leaves out `that`."""
    text = "Nasser left. I learned from Ambassador Hare Nasser was tired."
    assert trim(text, "Nasser", "Hare Nasser") == ["Nasser", "Hare", "Nasser"]


@pytest.mark.parametrize(
    ("text", "names", "trimmed"),
    [
        (
            "Harriman left, Kosygin stayed. The Harriman Kosygin talks failed.",
            ["Harriman", "Kosygin", "Harriman Kosygin"],
            ["Harriman", "Kosygin", "Harriman", "Kosygin"],
        ),
        (
            "Max Komer and Levi Eshkol met. I told Komer Eshkol was tired.",
            ["Max Komer", "Levi Eshkol", "Komer Eshkol"],
            ["Max Komer", "Levi Eshkol", "Komer", "Eshkol"],
        ),
        (
            "Collins left, Quell stayed. Tell General Collins Quell is ill.",
            ["Collins", "Quell", "Collins Quell"],
            ["Collins", "Quell", "Collins", "Quell"],
        ),
    ],
)
def test_surnames_that_are_both_named_elsewhere_are_two_people(text, names, trimmed):
    assert trim(text, *names) == trimmed


@pytest.mark.parametrize(
    ("text", "names", "trimmed"),
    [
        (
            "I saw an aide of President Tito Orlanovic, then Tito. Tito left, Tito smiled.",
            ["Tito Orlanovic", "Tito", "Tito", "Tito"],
            ["Tito", "Orlanovic", "Tito", "Tito", "Tito"],
        ),
        (
            "Nkrumah, Nkrumah, Nkrumah. Told President Nkrumah Orlanovic knew.",
            ["Nkrumah", "Nkrumah", "Nkrumah", "Nkrumah Orlanovic"],
            ["Nkrumah", "Nkrumah", "Nkrumah", "Nkrumah", "Orlanovic"],
        ),
    ],
)
def test_a_leader_who_is_called_by_one_word_is_not_who_is_named_next(text, names, trimmed):
    assert trim(text, *names) == trimmed


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("President Tito Orlan came. Tito left.", ["Tito Orlan", "Tito"]),  # once
        ("Mr. Tito Orlan came. Tito, Tito, Tito.", ["Tito Orlan", "Tito", "Tito", "Tito"]),
        (
            "President Belaunde Terry came. Belaunde, Belaunde, Belaunde.",
            ["Belaunde Terry", "Belaunde", "Belaunde", "Belaunde"],
        ),
        ("President Josip Tito. Josip, Josip, Josip.", ["Josip Tito", "Josip", "Josip", "Josip"]),
    ],
)
def test_a_leaders_word_may_be_anothers_given_name(text, names):
    assert trim(text, *names) == names


def test_who_is_for_somebody_is_another():
    raw = [*build_row(["Nkrumah left. Pro-Nkrumah Francisco Orlanovic stayed."])[0]]
    first, second = raw.index("Nkrumah"), raw.index("Pro-Nkrumah")
    spans = [
        NameSpan(first, first + 1, "Nkrumah"),
        NameSpan(second, second + 3, "Nkrumah Francisco Orlanovic"),
    ]
    assert [span.name for span in trim_names(raw, spans)] == ["Nkrumah", "Nkrumah", "Francisco Orlanovic"]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Harry McPherson George Christian", ["Harry McPherson", "George Christian"]),
        ("W. Averell Harriman Walt W. Rostow", ["W. Averell Harriman", "Walt W. Rostow"]),
        ("Ada Feldman R. W. Komer", ["Ada Feldman", "R. W. Komer"]),
        ("Ada Feldman Max Harriman R. W. Komer", ["Ada Feldman", "Max Harriman", "R. W. Komer"]),
    ],
)
def test_full_names_from_the_lines_of_a_list_are_several_peoples(line, names):
    assert trim(f"Present: {line}", line) == names


@pytest.mark.parametrize(
    "name",
    [
        "Jose Luis Rodriguez Zapatero",
        "Guillermo Corral van Damme",
        "Ahmad Naser Al Sabah",
        "Abdul Rahman Mohammed Ali",
        "Abdel Aziz Ahmed Ibrahim",
        "Ali Saleh Ahmed Hassan",
        "Ismail Khan Ali Ahmad",
        "Diego Uribe V.",
        "George Herbert Walker Bush",
        "Henry Cabot Lodge",
    ],
)
def test_a_long_name_is_one_persons(name):
    assert trim(f"{name} came.", name) == [name]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Wade met Karim. Karim Wade left.", ["Wade", "Karim", "Karim Wade"]),
        ("Quell came. Senator Judd Quell left.", ["Quell", "Judd Quell"]),
        ("Guido, Quell and Guido Bix. Guido Quell left.", ["Guido", "Quell", "Guido Bix", "Guido Quell"]),
        ("Dean and Rusk met Dean Rusk.", ["Dean", "Rusk", "Dean Rusk"]),
        ("Xu came. Deputy Minister Chen Xu left.", ["Xu", "Chen Xu"]),
        ("Quell came. Minister Dag Quell left.", ["Quell", "Dag Quell"]),
    ],
)
def test_a_given_name_before_a_surname_is_the_same_persons(text, names):
    assert trim(text, *names) == names


def test_a_wife_is_told_from_her_husband_who_is_named():
    assert trim("Orlan left. Madame Orlan stayed.", "Orlan", "Orlan") == ["Orlan", "Madame Orlan"]
    assert trim("We met Mme. Orlan.", "Orlan") == ["Orlan"]
    assert trim("ORLAN LEFT. MME ORLAN STAYED.", "ORLAN", "ORLAN") == ["ORLAN", "MADAME ORLAN"]


@pytest.mark.parametrize(
    ("texts", "names"),
    [
        (["President Orlan and Mrs. Orlan came."], ["Orlan", "Mrs. Orlan"]),
        (["PRESIDENT ORLAN AND MRS. ORLAN CAME."], ["ORLAN", "MRS. ORLAN"]),
        (["Ivo Orlan and Mrs. Orlan came."], ["Ivo Orlan", "Mrs. Orlan"]),
        (["Ambassador and Mrs. Orlan came. Orlan said so."], ["Mrs. Orlan", "Orlan"]),
        (["Mr. Orlan and Mrs. Orlan came. Mrs. Orlan left."], ["Orlan", "Mrs. Orlan", "Mrs. Orlan"]),
        (["Mrs. Orlan came. Foreign Minister Orlan said so."], ["Orlan", "Orlan"]),  # may be she
        (["President Orlan and Mrs. Orlan came.", "Mrs. Orlan left."], ["Orlan", "Mrs. Orlan", "Orlan"]),
        (["Mrs. Orlan left."], ["Orlan"]),
    ],
)
def test_a_wife_is_told_from_her_husband_in_the_same_paragraph(texts, names):
    raw = [*build_row(texts)[0]]
    places = [n for n, piece in enumerate(raw) if piece.strip(".").lower() == "orlan"]
    ivo = [n - 1 for n in places if raw[n - 1] == "Ivo"]
    spans = [
        NameSpan(n - (n - 1 in ivo), n + 1, "Ivo Orlan" if n - 1 in ivo else raw[n].strip("."))
        for n in places
    ]
    assert [span.name for span in trim_names(raw, spans)] == names


@pytest.mark.parametrize("surname", ["Gandhi", "Thatcher"])
def test_a_woman_who_led_a_country_is_not_the_wife_of_whoever_she_met(surname):
    text = f"The Secretary and Mrs. {surname} met. {surname} agreed."
    assert trim(text, surname, surname) == [surname, surname]
    text = f"Prime Minister {surname} and Mrs. {surname} met."
    assert trim(text, surname, surname) == [surname, f"Mrs. {surname}"]


def test_a_list_without_commas_is_left_as_it_is():
    """However long it is: what is cut off a name is cut off word by word."""
    name = " ".join(["SovAmb"] * 5_000 + ["Orlan"])
    assert trim(f"Orlan came. {name} left.", "Orlan", name) == ["Orlan", name]
