"""Lines that a web site puts below a text."""

import pytest

from cablesearch.corpus.site import strip_site

CABLE = """1. (C) Post asked the minister to comment
on the quota.  He was not
loading... his answers.
2. (C) Comment: Related posts of the ministry agree.
Comments
REED"""


@pytest.mark.parametrize(
    "below",
    [
        "Post a comment or leave a trackback: Trackback URL.\n\nLeave a Reply\n\nFill in your details below:",
        "Share this:\nTwitter\nFacebook\nLike this:\nLike Loading...\nRelated",
        "Share\nPrint\n← Previous\nNext →",
        "3 Responses to Herring\n1. reader says:\nGood find.",
        "Show Headers\nCourage is contagious\nWikiLeaks",
        "Tags: \nPosted in Cables, Fish | No comments",
        "Viewing cable 07PORTVERITY49, MORE HERRING\nUnderstanding cables",
        "Print\nShare\n",
    ],
)
def test_the_site_is_cut_off(below):
    assert strip_site(f"{CABLE}\n\n{below}") == CABLE


@pytest.mark.parametrize(
    "text",
    [
        CABLE,
        "LEAVE A REPLY WITH THE DUTY OFFICER\n1. POST A COMMENT ON THE DRAFT",
        "posted on the web by the ministry\nrecent articles in the press\nPRINT",
        "Share this:\n2. (C) The quota falls.",
    ],
)
def test_the_cables_own_lines_stay(text):
    assert strip_site(text) == text
