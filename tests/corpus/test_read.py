"""Files to records: whatever a file contains, it is read or reported, and so are those beside it."""

import io
from pathlib import Path

import pytest

from cablesearch import corpus
from cablesearch.corpus import Failure, files, read, source

CABLE = "TAGS: EFIS\n1. (C) The quota for herring falls.\n"
PAGE = f"<html><table class='cable'></table><pre>FM X</pre><pre>{CABLE}</pre></html>"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n", "there is no text in it"),
        ("random.txt", bytes(range(256)) * 40, "binary, not text"),
        ("random", bytes(range(256)) * 40, "binary, not text"),
        ("paper.html", b"%PDF-1.7\n%\xe2\xe3", "damaged or cut off"),
        ("cables.7z", b"7z\xbc\xaf\x27\x1c", "damaged or cut off (its list of files is cut off)"),
        ("cables.rar", b"Rar!\x1a", "a rar archive, not a format that is read: pack it as .zip or .tar.gz"),
        (
            "seal.jpg",
            b"\xff\xd8\xff\xe0",
            "an image, not a format that is read: put it through text recognition (OCR) first",
        ),
        ("notes.md", b"TAGS: EFIS\n", "not a format that is read"),
        (
            "other.xml",
            b"<?xml version='1.0'?><feed/>",
            "XML other than TEI editions, not a format that is read: write each cable as an object of JSON",
        ),
        ("bomb.xml", b"<!DOCTYPE a [<!ENTITY a 'a'>]><a>&a;</a>", "not a format that is read"),
        ("cut.html", PAGE[:-25].encode() + b"&#x00", "cut off in the message: what there is of it is read"),
        ("line.txt", b"a" * 5000, "a text of more than 0 MB: no cable is that long, split it"),
        (
            "line.csv",
            b"a" * 40,
            f"a table without a column that is called text, body or message: {'a' * 40}",
        ),
        (
            "line.html",
            b"<html>" + b"a" * 5000,
            "a text of more than 0 MB: no cable is that long, split it",
        ),
    ],
)
def test_what_cannot_be_read_is_reported(tmp_path, monkeypatch, name, content, reason):
    monkeypatch.setattr(source, "MAX_TEXT_BYTES", 4000 if name.startswith("line") else 1 << 20)
    for file in ("07PORTVERITY1.txt", "zzz.txt"):
        (tmp_path / file).write_text(CABLE, "utf-8")
    (tmp_path / name).write_bytes(content)
    found = [item for path in files([tmp_path]) for item in read(path)]
    failures = [item for item in found if isinstance(item, Failure)]
    assert failures == [Failure(str(tmp_path / name), reason)]
    assert [r.message for r in found if r not in failures and name not in r.source] == [CABLE, CABLE]


def test_a_file_that_vanished_is_reported(tmp_path):
    [failure] = read(tmp_path / "gone.txt")
    assert failure == Failure(str(tmp_path / "gone.txt"), "no such file or directory")


def test_a_file_without_permission_is_reported(tmp_path, monkeypatch):
    def shut(path: Path) -> io.FileIO:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(corpus, "FileIO", shut)
    path = tmp_path / "x.txt"
    path.write_text("1. (C) It rained.", "utf-8")
    [failure] = read(path)
    assert failure.reason == "permission denied"


def test_a_disk_error_is_reported_after_the_records_before_it(tmp_path, monkeypatch):
    row = '"{0}","1/8/2007 12:31","07PORTVERITY{0}","E","C","","h","m"\n'
    path = tmp_path / "cables.csv"
    path.write_text("".join(row.format(n) for n in range(1, 50_000)), "utf-8")

    class Failing(io.FileIO):
        def readinto(self, buffer):
            if self.tell() > 1 << 20:
                raise OSError(5, "Input/output error")
            return super().readinto(buffer)

    monkeypatch.setattr(corpus, "FileIO", Failing)
    *records, failure = read(path)
    assert len(records) > 1000
    assert failure == Failure(str(path), "input/output error")


@pytest.mark.parametrize("name", ["07PORTVERITY1.txt", "07PORTVERITY1.TXT", "07PORTVERITY1.html"])
def test_the_content_decides_before_the_name(reading, name):
    [record] = reading(name, PAGE)
    assert (record.id, record.message) == ("07PORTVERITY1", CABLE)
