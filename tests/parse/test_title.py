"""What is a title, and what only looks like one."""

from __future__ import annotations

import pytest

from cablesearch.parse.title import is_title


@pytest.mark.parametrize(
    "line",
    [
        "The Herring Fleet",
        "IV) The Fleet",
        "Herring (and Cod)",
        "UNCLASSIFIED FLEET PLANS",
        "SECRET FLEET PLANS",
    ],
)
def test_titles(line):
    assert is_title(line)


@pytest.mark.parametrize(
    "line",
    [
        "It rained.",
        "Harbour Message; Appendix sources 8-10)",
        "Fleet Command and Nets)",
        "SECRET//NOFORN",
        "SECRET//FGI//NOFORN",
        "CONFIDENTIAL // REL TO USA, GBR",
        "TOP SECRET",
        "LIMITED OFFICIAL USE",
        "UNCLASSIFIED//FOR OFFICIAL USE ONLY",
    ],
)
def test_what_is_none(line):
    assert not is_title(line)
