"""The signature."""

import pytest

from cablesearch.parse.signature import split_signature


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
