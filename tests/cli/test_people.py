"""The people named, on the command line."""

import json

import pytest

PLAIN = "{id}\n{subject}\n{sent}\nCONFIDENTIAL\nEmbassy Tezgara\n\n{text}\n"
CABLES = {
    "07TEZGARA9": PLAIN.format(
        id="07TEZGARA9",
        subject="A TALK",
        sent="2007-01-08 12:31",
        text="1. (C) President Boris Petrov met John Smith.\n\n2. (C) President Petrov left with Mr. Smith.",
    ),
    "08TEZGARA1": PLAIN.format(
        id="08TEZGARA1",
        subject="A LETTER",
        sent="2008-03-01 10:00",
        text="1. (C) Boris Petroff wrote to John Smith.",
    ),
}


@pytest.fixture
def people(cablesearch, tmp_path):
    """Returns a function that runs the command on an index of two cables, after a build if one is named."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name, text in CABLES.items():
        (corpus / f"{name}.txt").write_text(text, "utf-8")
    index = tmp_path / "index"
    cablesearch("index", "--index", str(index), str(corpus))

    def run(*args, overrides="", build=None):
        (index / "people.toml").write_text(overrides, "utf-8")
        if build:
            assert cablesearch(build, "--index", str(index)).status == 0
        return cablesearch("people", "--index", str(index), *args)

    return run


def names(shown):
    return [person["name"] for person in json.loads(shown.out)["people"]]


def test_who_is_named_most(people):
    assert people("--limit", "1").out.splitlines()[-1] == "2 people"
    assert sorted(names(people("--format", "json"))) == ["Boris Petrov", "John Smith"]
    assert people("--format", "csv").out.startswith("name,paragraphs,forms\n")
    nobody = people("--format", "json", "--from", "2009")
    assert (nobody.status, names(nobody)) == (1, [])
    assert people("--format", "csv", "--from", "2009") == (1, "name,paragraphs,forms\n", "")
    assert people("Nemo", "--format", "jsonl") == (1, "", "")


def test_one_person(people):
    shown = people("Petrov", "--format", "json")
    [person] = json.loads(shown.out)["people"]
    assert (person["name"], person["first"], person["last"]) == ("Boris Petrov", "2007-01-08", "2008-03-01")
    assert person["cables"] == ["08TEZGARA1", "07TEZGARA9"]
    assert "Named with" in people("Petrov").out


def test_nobody_of_that_name(people):
    assert people("Quell") == (1, "", "cablesearch: nobody of that name is named: try cablesearch people\n")
    assert people("Quell", "--format", "json")[:2] == (1, '{"total": 0, "people": []}\n')


def test_nobody_at_all(people):
    assert people("--from", "2009").status == 1


@pytest.mark.parametrize("build", [None, "index", "reindex"])
def test_the_users_file_is_honoured_whatever_is_built(people, build):
    assert names(people("--format", "json", overrides='nobody = ["John Smith"]', build=build)) == [
        "Boris Petrov"
    ]


def test_a_fault_in_the_users_file_is_one_line(people):
    status, out, err = people(overrides="nobody = [")
    assert (status, out) == (2, "")
    assert err.startswith("cablesearch: ")
    assert "people.toml" in err
