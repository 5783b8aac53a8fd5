"""Recognise the people in a cable that its source does not tag.

A cable goes through the `_STAGES` below; several cables take each stage together (see `parse`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ..analysis.words import fold
from ..model.cable import Cable, Person
from ..model.names import fullness
from ..model.reference_id import split_id
from ..model.stations import station_named
from ..model.tag_codes import tag_code
from . import abbreviation
from .foreign import drop_foreign_words
from .headings import find_in_heading
from .identity import Bearer, Setting, identify
from .impersonal import drop_impersonal
from .leaders import find_leaders
from .lexicon import load_lexicon
from .model import Model, load_model
from .names import PARTICLES, NameSpan, find_names
from .protection import find_marked_words, find_protected, may_have_mark
from .sequence import build_row
from .spelling import find_spelt
from .tagged import names_in_tags
from .titles import find_titles
from .trimming import trim_names
from .weighing import Piece

try:
    from ._weighing import count_small  # compiled
except ImportError:
    from .weighing import count_small

CAPITALS = 0.15  # lower-case words to one in capitals, below which a text counts as all in capitals
SAMPLE, FIRST_SAMPLE = 1_000, 300  # pieces that are looked at to decide that, and at first


def recognise(cable: Cable, model: Model | None = None) -> Cable:
    """Return the cable with the people found in its paragraphs.

    Args:
        model: by default the package's own.
    """
    return recognise_batch([cable], model)[0]


def recognise_batch(cables: Iterable[Cable], model: Model | None = None) -> list[Cable]:
    """Recognise the people of several cables together, as `recognise` does."""
    drafts = [_Draft(cable, model) for cable in cables]
    for stage in _STAGES:
        for draft in drafts:
            stage(draft)
    return [draft.cable for draft in drafts]


@dataclass(slots=True, init=False)
class _Draft:
    """A cable whose people are being recognised: what each stage has worked out, for the later ones.

    Attributes:
        raw: the pieces of all paragraphs, and `starts` where each paragraph begins among them.
        row: the pieces as the model weighs them.
        protects: the drafter may have asked to protect somebody.
        capitals: the text is all in capitals.
        places: the pieces that are in names.
        names: by paragraph.
        bearers: by paragraph, whom each name means.
    """

    cable: Cable
    model: Model | None
    raw: Sequence[str]
    starts: list[int]
    row: Sequence[Piece]
    protects: bool
    capitals: bool
    places: list[int]
    names: list[list[NameSpan]]
    bearers: list[dict[str, Bearer]]

    def __init__(self, cable: Cable, model: Model | None) -> None:
        self.cable = cable
        self.model = model


def _cut(draft: _Draft) -> None:
    texts = [paragraph.text for paragraph in draft.cable.paragraphs]
    draft.raw, draft.starts = build_row(texts)
    draft.protects = any(map(may_have_mark, texts))


def _choose_pieces(draft: _Draft) -> None:
    model = draft.model or load_model(in_capitals(draft.raw))
    draft.capitals = model.capitals
    draft.row, draft.places = model.choose(draft.raw, whole=draft.protects)  # then any word may be in a name


def _add_protected(draft: _Draft) -> None:
    """A name before `(protect)` is one, though the model may not know it."""
    if draft.protects:
        asked = [*find_marked_words(draft.raw, load_lexicon().classes)]
        row = [*draft.row]
        for place in asked:
            row[place] = row[place]._replace(core=draft.raw[place])  # a common word has none
        draft.row = row
        draft.places = sorted({*draft.places, *asked})


def _find_names(draft: _Draft) -> None:
    names = list(find_names(draft.row, draft.places))
    names = find_spelt([paragraph.text for paragraph in draft.cable.paragraphs], draft.raw, names)
    short = abbreviation.find_abbreviations(draft.raw, names)
    if short:
        names = sorted([*names, *abbreviation.find_uses(draft.raw, short, names)])
    setting = _setting(draft.cable)
    if draft.capitals:
        names = drop_foreign_words(draft.raw, draft.starts, names)
        names = sorted([*names, *find_leaders(draft.raw, setting, names)])
    names = trim_names(draft.raw, drop_impersonal(draft.raw, names))
    if not draft.protects:
        names = [name for name in names if name.name.lower() not in PARTICLES]  # nobody is only an Al
    draft.names = [[] for _ in draft.starts]
    for name in names:
        draft.names[bisect_right(draft.starts, name.start) - 1].append(name)
    tagged = list(names_in_tags(draft.cable.tags))  # as if a paragraph before the first named them
    draft.bearers = identify(
        [tagged, *([name.name for name in some] for some in draft.names)],
        short,
        [{}, *(find_titles(draft.raw, some) for some in draft.names)],
        setting,
    )[1:]


def _setting(cable: Cable) -> Setting:
    station = station_named(split_id(cable.id)[1]) or station_named(fold(cable.origin or ""))
    country = station.country if station and station.country else None
    tags = filter(None, map(tag_code, cable.tags))
    countries = {tag.country for tag in tags if tag.country} | {country or "US", "US"}
    return Setting(country, cable.created, frozenset(countries))


def _finish(draft: _Draft) -> None:
    by_paragraph = list(zip(draft.names, draft.bearers, strict=True))
    kept: set[str] = set()
    if draft.protects:
        kept = {
            bearers[name.name].full_name
            for names, bearers in by_paragraph
            for name in find_protected(draft.raw, names)
        }
    above = _names_above(draft)
    paragraphs = tuple(
        paragraph.naming(_people(names, bearers, headed, kept)) if names or headed else paragraph
        for paragraph, (names, bearers), headed in zip(
            draft.cable.paragraphs, by_paragraph, above, strict=True
        )
    )
    draft.cable = replace(draft.cable, paragraphs=paragraphs)


def _names_above(draft: _Draft) -> list[dict[str, Bearer]]:
    """Return, for each paragraph, whom the heading above it names: as the next one with the name does."""
    names = dict.fromkeys(name for bearers in draft.bearers for name in bearers)
    above: list[dict[str, Bearer]] = []
    last, named = None, dict[str, Bearer]()
    for n, paragraph in enumerate(draft.cable.paragraphs):
        if paragraph.heading != last:
            last, named = paragraph.heading, {}
            for name in find_in_heading(last, names) if last and names else ():
                using = (*draft.bearers[n:], *draft.bearers[:n])
                named[name] = next(bearers[name] for bearers in using if name in bearers)
        above.append(named)
    return above


_STAGES: tuple[Callable[[_Draft], None], ...] = (_cut, _choose_pieces, _add_protected, _find_names, _finish)


def in_capitals(raw: Sequence[str]) -> bool:
    """Whether a text is written in capitals, but for a few words."""
    if count_small(raw, FIRST_SAMPLE) >= CAPITALS * SAMPLE:
        return False  # whatever the rest is
    return count_small(raw, SAMPLE) < CAPITALS * sum(map(str.isupper, raw[:SAMPLE]))


def _people(
    names: list[NameSpan], bearers: dict[str, Bearer], headed: dict[str, Bearer], kept: set[str]
) -> tuple[Person, ...]:
    """Return each person of a paragraph once, by the fullest form there.

    Args:
        headed: the people of its heading.
        kept: those to protect.
    """
    best: dict[Bearer, str] = {}
    for _, _, name in names:
        bearer = bearers[name]
        longest = best.get(bearer)
        if longest is None or (name != longest and fullness(name) > fullness(longest)):
            best[bearer] = name
    for name, bearer in headed.items():
        best.setdefault(bearer, name)
    return tuple(
        [
            _person(name, bearer.full_name, bearer.full_name in kept, bearer.known_as)
            for bearer, name in best.items()
        ]
    )


_person = lru_cache(4_096)(Person)  # most are named in several paragraphs
