"""The text that a cable was made of is found again in its source."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from cablesearch import open_index, update_index

PLAIN = """P 081231Z JAN 07
FM AMEMBASSY TEZGARA
TO SECSTATE WASHDC

C O N F I D E N T I A L TEZGARA 000005

SUBJECT: {subject}

1. (C) The  price
of salt.
"""
ROW = (
    '"1","1/8/2007 12:31","07TEZGARA{n}","Embassy Tezgara","SECRET","",'
    '"P 081231Z JAN 07\nFM AMEMBASSY TEZGARA",'
    '"SUBJECT: SALT {n}\n\n1. (C) The price of salt no. {n}."\n'
)


def make(corpus: Path) -> None:
    corpus.mkdir()
    (corpus / "07TEZGARA5.txt").write_text(PLAIN.format(subject="SALT"), "utf-8")
    (corpus / "cables.csv").write_text("".join(ROW.format(n=n) for n in (11, 12, 13)), "utf-8")
    with zipfile.ZipFile(corpus / "more! #1.zip", "w") as archive:
        archive.writestr("a/07TEZGARA21.txt", PLAIN.format(subject="FISH"))
        archive.writestr("b/07TEZGARA22.txt", PLAIN.format(subject="TIN"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make(tmp_path / "corpus")
    update_index(tmp_path / "index", [tmp_path / "corpus"], workers=0)
    return tmp_path


@pytest.mark.parametrize(
    ("id", "begins", "ends"),
    [
        ("07TEZGARA5", "P 081231Z JAN 07\nFM AMEMBASSY TEZGARA\n", "1. (C) The  price\nof salt."),
        ("07TEZGARA12", "P 081231Z JAN 07\nFM AMEMBASSY TEZGARA\n\nSUBJECT: SALT 12", "salt no. 12."),
        ("07TEZGARA13", "P 081231Z JAN 07", "salt no. 13."),
    ],
)
def test_it_is_as_the_source_has_it(folder: Path, id: str, begins: str, ends: str) -> None:
    with open_index(folder / "index") as index:
        text = index.original_text(id)
    assert text
    assert text.startswith(begins)
    assert text.endswith(ends)


@pytest.mark.parametrize("subject", ["FISH", "TIN"])
def test_cables_in_archives_are_told_apart(folder: Path, subject: str) -> None:
    with open_index(folder / "index") as index:
        [id] = {hit.cable_id for hit in index.search(f"subject:{subject}")}
        assert f"SUBJECT: {subject}\n" in (index.original_text(id) or "")


def test_there_is_none_where_it_is_gone_or_not_to_be_seen(folder: Path) -> None:
    with open_index(folder / "index", redact=True) as index:
        assert index.original_text("07TEZGARA5") is None
    with open_index(folder / "index") as index:
        assert index.original_text("09NOWHERE1") is None
        (folder / "corpus" / "07TEZGARA5.txt").write_text(PLAIN.format(subject="PEPPER"), "utf-8")
        assert index.original_text("07TEZGARA5") is None
        (folder / "corpus" / "07TEZGARA5.txt").unlink()
        assert index.original_text("07TEZGARA5") is None
