"""Surnames that their spelling tells, and the model may not know: `O'Leary`, `de la Fuente` after a title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..analysis.words import fold
from .lexicon import load_lexicon
from .names import NameSpan
from .tokens import parse_token

_IRISH = re.compile(r"O['’](?!(?i:clock))(?:[A-Z][a-z]{2,}|[A-Z]{3,})")
_ARTICLES = frozenset(("la", "las", "los"))
# What officials are of, in Spanish and French: Director de la Policia, President de la Republique.
_INSTITUTION = re.compile(r".*(?:[cs]ion(?:es)?|dad(?:es)?|encia|[ae]nce|erie|ique|tura|ture)")
_INSTITUTIONS = frozenset(
    (
        "aduana", "alcaldia", "americas", "andes", "armada", "armee", "asamblea", "assemblee", "banca",
        "brigada", "capital", "chambre", "corte", "cour", "defensa", "defense", "douane", "empresa",
        "finanzas", "francophonie", "frontera", "fuerzas", "garde", "guerre", "interiores", "jeunesse",
        "junta", "justicia", "mairie", "marina", "marine", "oficina", "paix", "police", "policia",
        "prensa", "presse", "provincia", "reforma", "republica", "salud", "sante", "securite", "ville",
        "zona",
    )
)  # fmt: skip


def find_spelt(texts: Sequence[str], raw: Sequence[str], names: Sequence[NameSpan]) -> list[NameSpan]:
    """Return names with those that their spelling tells, in order.

    Args:
        texts: those of a cable's paragraphs.
        raw: their pieces.
        names: those found so far.
    """
    text = "\n".join(texts)
    spelt: list[NameSpan] = []
    if "O'" in text or "O’" in text:
        spelt += _irish(raw)
    if " de l" in text:
        spelt += _with_articles(raw)
    if not spelt:
        return list(names)
    within = {place for name in names for place in range(name.start, name.end)}
    ends = {name.end: name for name in names if raw[name.end - 1][-1:].isalnum()}
    found = set(names)
    for span in spelt:
        if within.isdisjoint(range(span.start, span.end)):
            before = ends.get(span.start)  # Ada, of Ada O'Leary
            found.discard(before or span)
            found.add(NameSpan(before.start, span.end, f"{before.name} {span.name}") if before else span)
    return sorted(found)


def _is_institution(word: str) -> bool:
    return word in _INSTITUTIONS or bool(_INSTITUTION.fullmatch(word))


def _irish(raw: Sequence[str]) -> Iterator[NameSpan]:
    for place, piece in enumerate(raw):
        if ("O'" in piece or "O’" in piece) and _IRISH.fullmatch(core := parse_token(piece).core):
            yield NameSpan(place, place + 1, core)


def _with_articles(raw: Sequence[str]) -> Iterator[NameSpan]:
    """Yield each `de la Fuente` in a cable that has it after a title."""
    found = [
        NameSpan(place - 1, place + 2, f"de {piece} {core}")
        for place, piece in enumerate(raw)
        if piece in _ARTICLES and raw[place - 1] in ("de", "De")
        if (core := parse_token(raw[place + 1]).core)[:1].isupper() and not core.isupper()  # no acronym
        if not _is_institution(fold(core))
    ]
    classes = load_lexicon().classes
    titled = {
        span.name
        for span in found
        if classes.get(raw[span.start - 1].rstrip(".").lower()) == "title"
        and raw[span.start - 1][:1].isupper()
    }
    return (span for span in found if span.name in titled)
