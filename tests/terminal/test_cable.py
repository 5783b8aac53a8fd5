"""A cable is shown with its facts, its paragraphs and its citation."""

from dataclasses import replace

from cablesearch.model.cable import Cable
from cablesearch.search.results import Results
from cablesearch.terminal.cable import cable_text, paragraph_text

FACTS = """\
07TEZGARA5  SALT AND REFORM

Date            2007-01-08 12:31
Released        2011-08-30
Classification  CONFIDENTIAL//NOFORN
Origin          Embassy Tezgara
From            AMEMBASSY TEZGARA
To              SECSTATE WASHDC
Info            AMEMBASSY OSTREL; AMCONSUL SALTMERE
Sent            PRIORITY, 081231Z JAN 07
Tags            PGOV (domestic politics and government), UV, OVIP (QUELL, IVO)
Classified by   CDA Odile Marchetane
Reasons         1.4 (b)  what a foreign government said or gave
                1.4 (z)
Declassify on   2017-01-08
References      A  06TEZGARA573
                B  06OSTREL12  in the index
                   QUELL E-MAIL OF JAN 5
Collection      north, south
Source          corpus/07TEZGARA5.txt
"""

PARAGRAPHS = """\
   1  (C) Summary: The Salt Commission met. End summary.

      The Reform Talks

   2  (S/NF) Minister Ivo Quell told us that reform is near (Ref B).
      People: Ivo Quell; Anna Source (protect)
      Cites: 06OSTREL12

  p3  Salt   40
      Fish    2

      MARCHETANE
"""

CITATION = """\
Cite as  Embassy Tezgara, "SALT AND REFORM", 07TEZGARA5, 8 January 2007,
         Confidential//NOFORN
Hashtag  #07TEZGARA5
"""


def test_a_whole_cable(cable):
    assert cable_text(cable, known={"06OSTREL12"}) == f"{FACTS}\n{PARAGRAPHS}\n{CITATION}"


def test_a_paragraph_stands_between_its_neighbours(cable):
    shown = paragraph_text(cable, cable.paragraphs[0])
    assert shown == (
        "07TEZGARA5  SALT AND REFORM\n"
        "2007-01-08  Embassy Tezgara  CONFIDENTIAL//NOFORN\n"
        "\n"
        "   1  (C) Summary: The Salt Commission met. End summary.\n"
        "\n"
        "      The Reform Talks\n"
        "\n"
        "   2  (S/NF) Minister Ivo Quell told us that reform is near (Ref B).\n"
        "      People: Ivo Quell; Anna Source (protect)\n"
        "      Cites: 06OSTREL12\n"
        "\n"
        'Cite as  Embassy Tezgara, "SALT AND REFORM", 07TEZGARA5, 8 January 2007,\n'
        "         Confidential//NOFORN, para. 1\n"
        "Hashtag  #07TEZGARA5\n"
    )


def test_the_neighbours_are_faint(cable):
    shown = paragraph_text(cable, cable.paragraphs[0], colour=True)
    assert "\x1b[1;35m   1  \x1b[0m\x1b[2m(C) \x1b[0mSummary:" in shown
    assert "\x1b[2m   2  \x1b[0m\x1b[2m(S/NF) \x1b[0m\x1b[2mMinister" in shown


def test_who_cites_it_is_shown(cable, hit):
    citing = Results("", 12, False, (hit(id="08OSTREL3#4"), hit(id="09OSTREL9#1")))
    assert "Cited by        08OSTREL3#4, 09OSTREL9#1 and 10 more: cablesearch\n" in cable_text(
        cable, citing=citing
    )
    assert "Cited by" not in cable_text(cable, citing=Results("", 0, False, ()))


def test_an_extract_is_marked(cable):
    assert "\nOnly an extract of the cable was published here.\n" in cable_text(replace(cable, partial=True))


def test_missing_facts_are_listed_on_request():
    shown = cable_text(Cable("07TEZGARA5", origin="Embassy Tezgara"), with_gaps=True)
    assert "Not found       date, classification, subject, tags, from, to, paragraphs\n" in shown
    assert "Not found" not in cable_text(Cable("07TEZGARA5"))


def test_a_document_of_an_edition_has_a_link_and_no_hashtag():
    shown = cable_text(Cable("frus1964-68v02/d1"))
    assert "Link     https://history.state.gov/historicaldocuments/frus1964-68v02/d1\n" in shown
    assert "Hashtag" not in shown


def test_a_cable_cannot_send_control_characters():
    nasty = "\x1b[2J\x9b\u202e"
    cable = Cable(nasty, subject=nasty, origin=nasty, tags=(nasty,), signature=nasty, source=nasty)
    assert not set("\x1b\x9b\u202e") & set(cable_text(cable))


def test_it_fits_a_narrow_terminal(cable):
    assert max(map(len, cable_text(cable, width=40).split("\n"))) <= 40
