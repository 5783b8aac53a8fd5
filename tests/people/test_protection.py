"""What asks for protection: the mark, not the word."""

import pytest

from cablesearch.people.protection import may_have_mark


@pytest.mark.parametrize(
    "text",
    [
        "Ana Roe (protect) came.",
        "Ana Roe (please\nPROTECT throughout) came.",
        "Ana Roe [a protected source] came.",
        "Ana Roe, strictly protect, came.",
        "Ana Roe -- Strictly\n  Protect -- came.",
    ],
)
def test_a_text_with_a_mark_may_have_one(text):
    assert may_have_mark(text)


@pytest.mark.parametrize(
    "text",
    [
        "They protect the border (with Iran).",
        "The Protection Force (UNPROFOR) left, and nobody is protected.",
        "A PROTECTORATE (IN FACT) WAS STRICTLY PROTECTED.",
    ],
)
def test_the_word_alone_is_no_mark(text):
    assert not may_have_mark(text)
