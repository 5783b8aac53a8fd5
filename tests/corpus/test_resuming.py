"""A file that was read up to some place is read from there on: each cable once."""

import io
import tarfile
import zipfile
from email.message import EmailMessage

import pytest

from cablesearch import corpus
from cablesearch.corpus import archives

from .makers import seven

CABLE = b"TAGS: EFIS\n1. (C) The quota for herring falls.\n"
TABLE = b"id,text\n" + b"".join(b"07VERITY%d,The quota for cod rises\n" % n for n in range(20, 26))
TORN = b"id,text\n07VERITY30,Herring\n07VERITY31\n07VERITY32,Cod\n"
MEMBERS = {f"07VERITY{n}.txt": CABLE for n in range(1, 6)}


def zip_of(members):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def tar_of(members):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return packed.getvalue()


def mailbox():
    box = b""
    for number in range(4):
        message = EmailMessage()
        message["From"], message["To"], message["Date"] = "a@b", "c@d", "Mon, 8 Jan 2007 12:00:00 +0000"
        message.set_content("See the cables.\n")
        for name in ("one.txt", "two.txt"):
            message.add_attachment(CABLE.decode(), filename=f"{number}{name}")
        box += b"From a@b Mon Jan  8 12:00:00 2007\n" + message.as_bytes() + b"\n"
    return box


def volume():
    documents = "".join(
        f'<div type="document" xml:id="d{n}"><head>{n}. Herring</head><p>The quota falls.</p></div>'
        for n in range(1, 6)
    )
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{documents}</body></text></TEI>'.encode()


FILES = {
    "x.zip": zip_of(
        {
            **MEMBERS,
            "../unsafe.txt": CABLE,
            "table.csv": TABLE,
            "torn.csv": TORN,
            "within.zip": zip_of(MEMBERS | {"deep.csv": TABLE}),
            "box.mbox": mailbox(),
            "photo.jpg": b"\xff\xd8\xff",
            "last.txt": CABLE,
        }
    ),
    "x.tar.gz": tar_of({**MEMBERS, "table.csv": TABLE, "last.txt": CABLE}),
    "x.7z": seven(MEMBERS, blocks=2),
    "x.csv": TABLE,
    "torn.csv": TORN,
    "x.jsonl": b"".join(b'{"id": "07VERITY%d", "text": "Cod"}\n' % n for n in range(5)) + b"torn\n",
    "x.mbox": mailbox(),
    "frus1955-57v01.xml": volume(),
    "07VERITY1.txt": CABLE,
    "torn.zip": zip_of(MEMBERS)[:-9],
}


def placed(path, shard, start=0):
    """Return the place and the name of each item of a shard, and what was wrong at no place of its own."""
    at, found = [], []
    for item in corpus.read(path, shard, at.append, start=start):
        reason = item.reason if isinstance(item, corpus.Failure) else ""
        found.append((at[-1][1], item.source, reason))
    return found


@pytest.mark.parametrize("n", [1, 2, 3])
@pytest.mark.parametrize("large", [True, False], ids=["members read by rows", "members read whole"])
@pytest.mark.parametrize("name", FILES)
def test_what_is_left_at_any_place_is_the_rest(tmp_path, monkeypatch, name, large, n):
    if large:
        monkeypatch.setattr(archives, "MAX_WHOLE_BYTES", 200)
    path = tmp_path / name
    path.write_bytes(FILES[name])
    for k in range(n):
        whole = placed(path, (k, n))
        for place in {place for place, *_ in whole}:
            before = [item[1:] for item in whole if item[0] < place]
            rest = [item[1:] for item in placed(path, (k, n), place)]
            again = [item for item in rest if item in before]
            assert all(reason for _, reason in again)  # what is wrong with the whole is said by each reading
            assert sorted({*before, *rest}) == sorted({item[1:] for item in whole})
            assert len(before) + len(rest) - len(again) == len(whole)


def test_places_are_told_with_the_bytes_read(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(TABLE)
    at = []
    assert len([*corpus.read(path, (1, 2), at.append, start=3)]) == 2
    assert [place for _, place in at] == [3, 5]
    assert at[-1][0] == len(TABLE)
