"""A real volume, where one is at hand (`../shared/corpora`)."""

import re
from itertools import islice
from pathlib import Path

import pytest

from cablesearch.corpus import read
from cablesearch.corpus.record import Record

VOLUMES = Path(__file__).resolve().parents[3] / "shared" / "corpora" / "frus-volumes.tar.xz"
pytestmark = pytest.mark.skipif(not VOLUMES.is_file(), reason="no sample of the edition here")


@pytest.fixture(scope="module")
def documents() -> list[Record]:
    """The documents at the beginning of the archive."""
    return [found for found in islice(read(VOLUMES), 600) if isinstance(found, Record)]


def test_every_document_is_read(documents):
    assert len(documents) == 600
    assert all(re.fullmatch(r"frus[\w-]+/[a-z]+\d+", document.id) for document in documents)
    assert len({document.id for document in documents}) == 600


def test_most_documents_have_their_facts(documents):
    def share(fact: str) -> float:
        return sum(getattr(document, fact) is not None for document in documents) / len(documents)

    assert share("subject") == 1
    assert share("created") > 0.9
    assert share("origin") > 0.85
    assert share("classification") > 0.75


def test_paragraphs_are_lines_of_prose_with_people_in_them(documents):
    paragraphs = [paragraph for document in documents for paragraph in document.paragraphs]
    assert not [p.text for p in paragraphs if re.search(r"^\s|\s$|[^\S\n ]| \n|\n |^$", p.text)]
    assert sum(bool(p.people) for p in paragraphs) > 1000
    assert all(person.name and person.full_name for p in paragraphs for person in p.people)


def test_ids_are_unique(documents):
    for document in documents:
        ids = [paragraph.id for paragraph in document.paragraphs]
        assert len(set(ids)) == len(ids)
        assert all(id.startswith(f"{document.id}#") for id in ids)
