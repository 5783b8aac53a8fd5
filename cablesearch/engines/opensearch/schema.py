"""How paragraphs, whole cables and words are kept in an index of OpenSearch.

Documents of three kinds share an index, so that a generation is one index: paragraphs, cables as they are
stored, and counts of the words of the text (the lexicon), which OpenSearch could not list otherwise.

OpenSearch splits terms at spaces and does nothing else to them. A paragraph without terms in a column of
`SCORED` has `FILLER` there. Lucene takes the number of paragraphs and the mean length over those that
have a column: so the first is that of all, as in the contract; `statistics` makes up for the second.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

from ...query.fields import FACETS
from ..documents import BETWEEN, BREAK, COLUMNS, GAP, POSITIONED, SCORED, TEXTS

FORMAT = 2  # of all that is said here

PARAGRAPH, CABLE, WORD = "p", "c", "w"  # kinds of documents

COUNTED_FACETS = [field for field in FACETS if field != "person"]  # people are counted by the column `who`

FILLER = BREAK * 8  # longer than two edits, so that no fuzzy word is like it
MAX_TOKEN_CHARS = 30_000
MAX_VALUE_BYTES = 32_000  # Lucene takes some more
CUT_VALUE_CHARS = 8_000  # of one that has more bytes

# Signs that the terms of the lexicon begin with.
SPELT, STEM, STEM_IN_I = "s", "t", "i"  # a term of `words`; a stem of `text`; one in -i, which is no word


def field_of(column: str) -> str:
    """Return the field in which a column is indexed."""
    return f"c_{column}"


def facet_field(facet: str) -> str:
    """Return the field by which a facet is counted."""
    return f"f_{facet}"


def value(term: str) -> str:
    """Return a whole value as it is indexed and asked for: not longer than Lucene takes."""
    return term if len(term.encode()) <= MAX_VALUE_BYTES else term[:CUT_VALUE_CHARS]


def text_values(terms: str) -> str | list[str]:
    """Return the terms of a text column as OpenSearch takes them: each value by itself, a gap behind each.

    A break counts as a term: it ends the value before it.
    """
    if BREAK not in terms:
        return terms
    *before, last = terms.split(BETWEEN)
    return [*(f"{value} {BREAK}" for value in before), last]


def cable_digest(id: str) -> str:
    """Return what stands for a cable's id in the ids of documents, and says which shard they are on."""
    return blake2b(id.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def stem_lexeme(stem: str) -> str:
    """Return a stem of the text as the lexicon has it."""
    return (STEM_IN_I if stem.endswith("i") else STEM) + stem


def lexemes(stems: Iterable[str], words: Iterable[str]) -> set[str]:
    """Return the words and stems of a paragraph as the lexicon has them."""
    found = {stem_lexeme(stem) for stem in stems if stem != BREAK}
    found.update(SPELT + word for word in words)
    return found


def mappings() -> dict[str, Any]:
    """Return OpenSearch's mappings."""
    whole = {"type": "keyword"}
    listed = {"type": "keyword", "index": False}
    number = {"type": "long"}
    counted = {"type": "long", "index": False}
    properties: dict[str, Any] = {
        field_of(column): {
            "type": "text",
            "analyzer": "terms",
            "position_increment_gap": GAP,
            **({"similarity": column} if column in SCORED else {"norms": False}),
        }
        for column in POSITIONED
    }
    placeless = {"type": "text", "analyzer": "terms", "index_options": "docs", "norms": False}
    properties |= {field_of(column): placeless for column in TEXTS if column not in POSITIONED}
    properties |= {field_of(column): whole for column in COLUMNS if column not in TEXTS}
    properties |= {facet_field(field): listed for field in COUNTED_FACETS}
    properties |= {
        "type": whole,
        "tie": number,
        "place": listed,
        "cable": number,
        "date": number,
        "length": number,
        "name": listed,
        "packed": {"type": "binary", "store": True},
        "lexeme": whole,
        "count": counted,
    }
    return {"dynamic": "strict", "_source": {"enabled": False}, "properties": properties}


ANALYSIS = {
    "tokenizer": {"terms": {"type": "whitespace", "max_token_length": MAX_TOKEN_CHARS}},
    "analyzer": {"terms": {"type": "custom", "tokenizer": "terms"}},
}
