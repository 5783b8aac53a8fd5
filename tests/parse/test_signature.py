"""The signature."""

import pytest

from cablesearch.parse.signature import find_signature


def split_signature(body):
    """Return a body's text, its signature, and what follows it."""
    end, name, after = find_signature(body)
    return body[:end], name, after


@pytest.mark.parametrize(
    ("end", "signature"),
    [
        ("\n\nWAGNER", "WAGNER"),
        ("\nWAGNER\n\n", "WAGNER"),
        ("\n \nStapleton \n", "Stapleton"),
        ("\njones", "jones"),
        ("\nMURRAY .", "MURRAY"),
        ("\nVAN DER MEER", "VAN DER MEER"),
        (" RANDT", "RANDT"),
        (" Burns", "Burns"),
        ("\nWAGNER\nNNNN", "WAGNER"),
        ("\nWAGNER\n=======================CABLE TEXT ENDS========", "WAGNER"),
        ("\nPlease visit our Classified Website at: http://x.sgov.gov/eur/index.c fm\nWagner", "Wagner"),
    ],
)
def test_the_last_line_alone_is_the_signature(end, signature):
    matter, signed, after = split_signature(f"10. (C) It rained. End comment.{end}")
    assert signed == signature
    assert matter.startswith("10. (C) It rained. End comment.")
    assert signature not in matter
    assert after == ""


@pytest.mark.parametrize(
    "text",
    [
        "10. (C) It rained.",
        "10. (C) It rained. END COMMENT",
        "10. (C) He met XXXXXXXXXXXX",
        "10. (C) It was cleared by Mr. Smith",
        "IT WAS CLEARED BY THE OFFICE OF MR. SMITH",
        "XXXXXXXXXXXX",
        "",
    ],
)
def test_other_endings_are_not_signatures(text):
    assert split_signature(text) == (text, None, "")


def test_an_advertisement_below_the_signature_is_kept_apart():
    matter, signed, after = split_signature(
        '1. (C) It rained.\n\nWAGNER\n\n"Visit the Classified Web Site at http://x.sgov.gov/"'
    )
    assert (matter.strip(), signed) == ("1. (C) It rained.", "WAGNER")
    assert "Visit" in after


@pytest.mark.parametrize(
    ("end", "signature"),
    [
        (" The fleet is in the U.S. AGUIRRE", "AGUIRRE"),
        ("\nBRUSH BRUSH", "BRUSH"),
        ("\nDE LA CRUZ DE LA CRUZ", "DE LA CRUZ"),
        ("\nBRUSH\n\nBRUSH", "BRUSH"),
        ("\nEnd Text. AGUIRRE", "AGUIRRE"),
        ("\nEND TEXT HEFFERN", "HEFFERN"),
        ("\nReed UNQUOTE Reed", "Reed"),
        ("\nREED UNQUOTE REED", "REED"),
        ("\nMcMullen", "McMullen"),
        ("\nThompson-Jones", "Thompson-Jones"),
        (" END COMMENT\ncurran", "curran"),
        (" END COMMENT curran", "curran"),
        ("\nREED\nCONFIDENTIAL", "REED"),
        ("\nREED\n\nLIMITED OFFICIAL USE\n\n\nNNN", "REED"),
        ("\nREED\nS E C R E T\n", "REED"),
        ("\nREED\nSECRET NOFORN\nNNNN", "REED"),
        ("\nREED UNCLASSIFIED NNNN", "REED"),
        ("\nREED NNNN", "REED"),
        ("\nREED\nNOTE BY OC/T: NOT PASSED ALL ARA POSTS.\nSECRET", "REED"),
        ("\nxxxxx\nJohnson", "Johnson"),
        ("8\nREED", "REED"),
    ],
)
def test_the_signature_is_one_name_once(end, signature):
    matter, signed, _ = split_signature(
        f"10. (C) It rained on the islands, and the ministers met again.{end}"
    )
    assert signed == signature
    assert signature not in matter


@pytest.mark.parametrize(
    "end",
    [
        "CONFIDENTIAL",
        "LIMITED OFFICIAL USE",
        "UNCLASSIFIED\n\nNNNN",
        "SECRET NODIS",
        "C O N F I D E N T I A L",
        "EEEEEEEE",
        "NOFORN",
        "CONFIDENTIAAL",
    ],
)
def test_a_classification_is_never_the_signature(end):
    assert split_signature(f"10. (C) It rained.\n{end}")[1] is None


@pytest.mark.parametrize(
    "text", ["It was sold to the U.S. ARMY", "He praised the U.S. EMBASSY", "IT REMAINS SECRET"]
)
def test_the_end_of_a_sentence_is_not_the_signature(text):
    assert split_signature(f"10. (C) {text}")[1] is None


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("The men met at the port -- as they did in spring --", "again."),
        ("The bill that he sent back was then voted down in the U.S.", "Senate."),
        ("She wrote all of it down and gave it to Mr.", "Marlow."),
    ],
)
def test_the_last_word_of_a_sentence_is_not_the_signature(text, last):
    assert split_signature(f"10. (C) {text}\n{last}") == (f"10. (C) {text}\n{last}", None, "")


@pytest.mark.parametrize("end", ["\nBRUSH UNQUOTE", "\nBRUSH UNQUOTE\nCONFIDENTIAL"])
def test_the_end_of_a_quotation_is_no_part_of_the_signature(end):
    assert split_signature(f"10. (C) It rained.{end}")[1] == "BRUSH"
