"""Who is recognised in sentences."""

from dataclasses import replace

import pytest

from cablesearch.model.cable import Cable, Paragraph, Person
from cablesearch.people import name_people


def cable(*texts: str) -> Cable:
    return Cable(
        id="08TEST1",
        paragraphs=tuple(
            Paragraph(f"08TEST1#{n}", str(n), None, None, None, text) for n, text in enumerate(texts, 1)
        ),
    )


def people(*texts: str) -> list[list[str]]:
    return [[person.name for person in p.people] for p in name_people(cable(*texts)).paragraphs]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "On Monday Foreign Minister Pavel Novotny told the Ambassador that talks would go on.",
            ["Pavel Novotny"],
        ),
        ("President Obama called Prime Minister Erdogan.", ["Obama", "Erdogan"]),
        ("We met Sheikh Khalid bin Hamad, who agreed.", ["Khalid bin Hamad"]),
        ("We met Oil Minister Hussain al-Shahristani at his home.", ["Hussain al-Shahristani"]),
        ("Dr. A.K. Sharma said that the plant was safe.", ["A.K. Sharma"]),
        ("Ambassador Rossi met Kim Jong-un's uncle.", ["Rossi", "Kim Jong-un"]),
    ],
)
def test_people_are_recognised(text, names):
    """Names are found between titles and verbs, with particles and initials, and without their titles."""
    assert people(text) == [names]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("As Pavel Novotny told Acting President Jonathan, talks go on.", ["Pavel Novotny", "Jonathan"]),
        (
            "H.E. Olga Petrova met SecGen Brosio and MGen Faris Mohammed.",
            ["Olga Petrova", "Brosio", "Faris Mohammed"],
        ),
        ("THE AMBASSADOR SAID GROMYKO HAD LEFT FOR PARIS.", ["GROMYKO"]),
        ("ASST SECTY BATTLE TOLD ISRAELI MIN ARGOV THAT SISCO AGREED.", ["BATTLE", "ARGOV", "SISCO"]),
        ("PRESIDENT DIEM RECEIVED TRUEHEART AND LODGE THIS MORNING.", ["DIEM", "TRUEHEART", "LODGE"]),
        ("We met Generalissimo Rafael Trujillo, who agreed.", ["Rafael Trujillo"]),
        ("For  Against\nHarold Brown  Dean Rusk", ["Harold Brown", "Dean Rusk"]),
    ],
)
def test_what_stands_beside_a_name_is_not_part_of_it(text, names):
    """Words that begin a sentence, titles cut short, and verbs, in capitals too."""
    assert people(text) == [names]


@pytest.mark.parametrize(
    "text",
    [
        "Opel, Lehman Brothers and Baker Hughes sold their shares of KazMunaiGaz.",
        "Troops moved from the village of Gharib to the Bab al Mandab strait.",
        "The True Ak Zhol party and Asar joined Otan, as did Yabloko.",
        "SAVAK AND THE CONGRESS OF LA PAZ WERE SILENT.",
        "QUE LA COMISION DEL PUEBLO Y LOS AMIGOS DE LA PAZ CON EL OCEANO PACIFICO.",
        "The Ministry of Foreign Affairs in Ankara said that the Black Sea Fleet had left Sevastopol.",
        "The Supreme Court and the Central Bank of Iraq rejected the Hydrocarbons Law.",
        "XXXXXXXXXXXX told us that the United States and Saudi Arabia agreed.",
        "The Generalissimo said that he would leave.",
        "End summary.",
        "",
    ],
)
def test_places_offices_and_redactions_are_no_people(text):
    """Nobody is named here."""
    assert people(text) == [[]]


def test_a_surname_is_known_from_its_full_name():
    """A later, bare surname has the full name of the cable, and each person comes once in a paragraph."""
    found = name_people(
        cable(
            "Finance Minister Teodor Balan met us. Balan said that Minister Balan's budget was ready.",
            "Balan left at once.",
        )
    )
    assert [p.people for p in found.paragraphs] == [
        (Person("Teodor Balan", "Teodor Balan"),),
        (Person("Balan", "Teodor Balan"),),
    ]


def test_capitals_are_read_too():
    """A cable all in capitals names people as well."""
    text = "FOREIGN MINISTER PAVEL NOVOTNY TOLD THE AMBASSADOR THAT THE MINISTRY AGREED."
    assert people(text) == [["PAVEL NOVOTNY"]]


@pytest.mark.parametrize(
    "mark",
    [
        "(protect)",
        "(strictly protect)",
        "(PLEASE PROTECT)",
        "(protect throughout)",
        "(strictly protected)",
        "[protected source]",
        "-- strictly protect --",
    ],
)
def test_a_protected_source_is_protected_everywhere(mark):
    """The mark after a name holds for that person in every paragraph, and for nobody else."""
    found = name_people(
        cable(
            f"Minister Pavel Novotny met lawyer Irina Dobrev {mark} in Sofia.",
            "Dobrev said that Novotny would resign.",
        )
    )
    assert {(person.full_name, person.protected) for p in found.paragraphs for person in p.people} == {
        ("Pavel Novotny", False),
        ("Irina Dobrev", True),
    }


def test_an_abbreviation_is_the_person():
    """An abbreviation that the drafter introduces names the person in later paragraphs."""
    found = name_people(cable("Foreign Minister Pavel Ivan Novotny (PIN) agreed.", "Then PIN left."))
    assert found.paragraphs[1].people == (Person("PIN", "Pavel Ivan Novotny"),)


def test_tagged_people_are_kept():
    """What a source tags is left as it is: its editors know who is who."""
    tagged = cable("Mr. Novotny met Mr. Dobrev.")
    person = Person("Novotny", "Pavel Novotny")
    tagged = replace(tagged, paragraphs=(replace(tagged.paragraphs[0], people=(person,)),))
    assert name_people(tagged).paragraphs[0].people == (person,)


@pytest.mark.parametrize(
    ("text", "protected"),
    [
        (
            "Ministers Pavel Novotny and Irina Dobrev (both protect) told us so.",
            {"Pavel Novotny", "Irina Dobrev"},
        ),
        (
            "We met Pavel Novotny, Karim Masimov and Irina Dobrev (all strictly protect).",
            {"Pavel Novotny", "Karim Masimov", "Irina Dobrev"},
        ),
        ("Minister Pavel Novotny, strictly protect, told Irina Dobrev so.", {"Pavel Novotny"}),
        ("Pavel Novotny and Irina Dobrev (protect) told us so.", {"Irina Dobrev"}),
        ("Pavel Novotny said that the law will protect Irina Dobrev.", set()),
    ],
)
def test_a_mark_may_be_meant_for_several(text, protected):
    found = name_people(cable(text)).paragraphs[0].people
    assert {person.full_name for person in found if person.protected} == protected
