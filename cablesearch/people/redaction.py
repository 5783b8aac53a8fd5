"""A cable without the names that its drafter asked to protect.

Each word of a protected name that stands as a name, with a capital letter, may be that person: the given
name alone, the surname alone, either with initials. Such a word is hidden even if it may mean somebody else.
The name of somebody else stays whole if it has a word that tells it from all protected names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..analysis.words import fold
from ..model.cable import Cable, Paragraph, Person
from .redaction_names import MIN_PART, ProtectedNames, Word, are_joined, split_words

PLACEHOLDER = "[protected]"  # stands where a name stood

_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w.-]+|\b(?:https?://|www\.)\S+", re.IGNORECASE)
_OF_ADDRESSES = ("@", "://", "www.", "WWW.")  # one of them is in every address


def redact_cable(cable: Cable, versions: Iterable[Cable] = ()) -> Cable:
    """Return the cable with `[protected]` wherever a protected person may be named.

    Args:
        versions: other texts of it, whose drafters may ask for more.
    """
    paragraphs = (paragraph for one in (cable, *versions) for paragraph in one.paragraphs)
    people = dict.fromkeys(person for paragraph in paragraphs for person in paragraph.people)
    protected = {person.full_name for person in people if person.protected}
    if not protected:
        return cable
    redactor = _Redactor(ProtectedNames(people, protected))
    hide = redactor.hide
    return replace(
        cable,
        subject=cable.subject and hide(cable.subject),
        tags=tuple(map(hide, cable.tags)),
        concepts=tuple(map(hide, cable.concepts)),
        references=tuple(replace(reference, text=hide(reference.text)) for reference in cable.references),
        sender=cable.sender and hide(cable.sender),
        to=tuple(map(hide, cable.to)),
        info=tuple(map(hide, cable.info)),
        classified_by=cable.classified_by and hide(cable.classified_by),
        declassify_on=hide(event) if isinstance(event := cable.declassify_on, str) else event,
        signature=cable.signature and hide(cable.signature),
        paragraphs=tuple(map(redactor.redact_paragraph, cable.paragraphs)),
    )


class _Redactor:
    """Hides the protected people of a cable in its texts."""

    def __init__(self, names: ProtectedNames) -> None:
        self._names = names

    def redact_paragraph(self, paragraph: Paragraph) -> Paragraph:
        return replace(
            paragraph,
            text=self.hide(paragraph.text),
            heading=paragraph.heading and self.hide(paragraph.heading),
            people=tuple(dict.fromkeys(map(self._redact_person, paragraph.people))),
        )

    def _redact_person(self, person: Person) -> Person:
        if person in self._names.people or any(self.hide(name) != name for name in person.names):
            return Person(PLACEHOLDER, PLACEHOLDER, True)
        return person

    def hide(self, text: str) -> str:
        """Return the text without the names of the protected."""
        if any(sign in text for sign in _OF_ADDRESSES):
            text = _ADDRESS.sub(self._hide_address, text)
        if not self._names.may_be_in(text):
            return text
        words = split_words(text)
        parts: list[str] = []
        end = 0  # of the text that is done
        i = first = 0  # words before `first` are done
        while i < len(words):
            if kept := self._count_other(text, words, i):
                i = first = i + kept
            elif hidden := self._count_hidden(text, words, i):
                start, stop = self._extend(text, words, i, i + hidden, first)
                parts += [text[end : words[start].start], PLACEHOLDER]
                end = words[stop - 1].end
                i = first = stop
            else:
                i += 1
        return "".join((*parts, text[end:]))

    def _hide_address(self, match: re.Match[str]) -> str:
        address = fold(match[0])
        hidden = any(len(word) >= MIN_PART and word in address for word in self._names.words)
        return PLACEHOLDER if hidden else match[0]

    def _count_other(self, text: str, words: Sequence[Word], i: int) -> int:
        """Return how many words the longest name of another has that begins at word `i`, 0 if none does."""
        others = self._names.others.get(words[i].key)
        if not others:
            return 0
        return max(
            (
                len(keys)
                for keys in others
                if keys == tuple(word.key for word in words[i : i + len(keys)])
                and all(are_joined(text, *words[k : k + 2]) for k in range(i, i + len(keys) - 1))
            ),
            default=0,
        )

    def _count_hidden(self, text: str, words: Sequence[Word], i: int) -> int:
        """Return how many words from word `i` on are a word of a protected name, 0 if they are none.

        They are several where the word is divided: `Masi-` before a line break, Abdul Rahman for Abdulrahman.
        """
        word = words[i]
        if word.small:
            return 0
        hides, begins = self._names.hides, self._names.begins
        count = int(hides(word.key) or hides(word.rest))
        key, stop = word.key, i + 1
        while begins(key) and stop < len(words) and not words[stop].small:
            if not are_joined(text, words[stop - 1], words[stop]):
                break
            key += words[stop].key
            stop += 1
            if hides(key):
                count = stop - i
        return count

    def _extend(self, text: str, words: Sequence[Word], start: int, stop: int, first: int) -> tuple[int, int]:
        """Return where the name that holds words `start` to `stop` begins and ends.

        Args:
            first: the name does not begin before this word.
        """
        while start > first and are_joined(text, words[start - 1], words[start]):
            if not self._goes_with(words[start - 1]):
                break
            start -= 1
        while stop < len(words) and are_joined(text, words[stop - 1], words[stop]):
            if self._count_other(text, words, stop):
                break
            count = self._count_hidden(text, words, stop) or self._goes_with(words[stop])
            if not count:
                break
            stop += count
        return start, stop

    def _goes_with(self, word: Word) -> bool:
        """Whether a word beside a hidden one belongs to the name: a particle, a suffix, an initial."""
        return word.key in self._names.beside or (not word.small and word.key in self._names.initials)
