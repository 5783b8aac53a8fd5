"""HTML entities."""

import pytest

from cablesearch.corpus.entities import decode_entities, rejoin_entities


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("one&#x000A;two", "one\ntwo"),
        ("R&amp;D &#8211; caf&eacute;", "R&D – café"),
        ("R&D, &notwithstanding, &para 5, AT&T; 8", "R&D, &notwithstanding, &para 5, AT&T; 8"),
        ("&#xZZ; &#; &;", "&#xZZ; &#; &;"),
    ],
)
def test_an_entity_ends_with_a_semicolon(markup, text):
    assert decode_entities(markup) == text


@pytest.mark.parametrize(
    ("copied", "whole"),
    [
        ("likely &#\nx000A;provoke", "likely &#x000A;provoke"),
        ("likely &\n#x000A;provoke", "likely &#x000A;provoke"),
        ("likely &#x00\n0A;provoke", "likely &#x000A;provoke"),
        ("R&am\np;D", "R&amp;D"),
        ("Smith &Co\nand; more", "Smith &Co\nand; more"),
    ],
)
def test_an_entity_broken_over_a_line_end_is_rejoined(copied, whole):
    assert rejoin_entities(copied) == whole
