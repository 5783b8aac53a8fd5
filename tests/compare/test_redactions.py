"""What is taken for the mark of a redaction, and what is not."""

from __future__ import annotations

import pytest

from cablesearch.compare.redactions import marks


@pytest.mark.parametrize(
    ("text", "mark", "said"),
    [
        ("He met XXXXXXXXXXXX there.", "XXXXXXXXXXXX", ""),
        ("He met xxxxx xxxxxxx's aide.", "xxxxx xxxxxxx", ""),
        ("He met ████ ██████.", "████ ██████", ""),
        ("He met [text not declassified].", "[text not declassified]", "text not declassified"),
        (
            "Of [less than 1 line\nnot declassified] he said",
            "[less than 1 line\nnot declassified]",
            "less than 1 line not declassified",
        ),
        ("He met [REDACTED] there", "[REDACTED]", ""),
        ("HE MET (REDACTED) THERE", "(REDACTED)", ""),
        ("He met REDACTED there", "REDACTED", ""),
        (
            "Pay [dollar amount not declassified] to",
            "[dollar amount not declassified]",
            "dollar amount",
        ),
        ("[name withheld] said", "[name withheld]", "name withheld"),
        ("MET [2 LINES NOT DECLASSIFIED] THERE", "[2 LINES NOT DECLASSIFIED]", "2 lines not declassified"),
    ],
)
def test_marks(text: str, mark: str, said: str) -> None:
    [(start, end, found)] = marks(text)
    assert text[start:end] == mark
    assert found.startswith(said)
    assert bool(found) == bool(said)


@pytest.mark.parametrize(
    "text",
    [
        "Chapter XXX and Pope John XXIII",
        "The cable was redacted by the editors.",
        "THE CABLE WAS REDACTED BY THE EDITORS",
        "[Omitted here is a discussion of fish.]",
        "the [sic] minister (deleted), the envoy (redacted)",
        "a box ■ in a list",
        "maxxxxxed out",
    ],
)
def test_what_is_no_mark(text: str) -> None:
    assert [*marks(text)] == []
