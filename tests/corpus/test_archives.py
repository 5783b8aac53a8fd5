"""Archives and compressed files."""

import bz2
import gzip
import io
import lzma
import os
import random
import tarfile
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from cablesearch import corpus
from cablesearch.corpus import Failure, archives

CABLE = b"TAGS: EFIS\n1. (C) The quota for herring falls.\n"


def zip_of(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)  # whose name may be empty
    return packed.getvalue()


def tar_of(members: dict[str, bytes], mode: str = "w") -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode) as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return packed.getvalue()


def summary(found) -> list[tuple[str, str]]:
    """Return each member's name, and the id of its cable or the reason why it is not read."""
    return [
        (
            item.source.partition("!")[2],
            item.reason if isinstance(item, Failure) else item.id,
        )
        for item in found
    ]


TWO = {"./07PORTVERITY1.txt": CABLE, "deep/er/07PORTVERITY2.txt": CABLE}
TWO_SUMMARY = [("./07PORTVERITY1.txt", "07PORTVERITY1"), ("deep/er/07PORTVERITY2.txt", "07PORTVERITY2")]


@pytest.mark.parametrize(
    "packed",
    [zip_of(TWO), *(tar_of(TWO, mode) for mode in ("w", "w:gz", "w:bz2", "w:xz"))],
    ids=["zip", "tar", "gz", "bz2", "xz"],
)
def test_every_member_is_read_whatever_the_name_of_the_archive(reading, packed):
    assert summary(reading("cables", packed)) == TWO_SUMMARY


@pytest.mark.parametrize(
    ("suffix", "pack"), [("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)]
)
def test_a_compressed_file_keeps_its_name(reading, suffix, pack):
    [record] = reading(f"07PORTVERITY1.txt.{suffix}", pack(CABLE))
    assert (record.id, record.message) == ("07PORTVERITY1", CABLE.decode())
    assert record.source.endswith(f"07PORTVERITY1.txt.{suffix}")


def test_archives_in_archives_are_read_to_a_depth(reading):
    nested = zip_of({"in.tar.gz": tar_of({"07PORTVERITY1.txt": CABLE}, "w:gz")})
    assert summary(reading("x.zip", nested)) == [("in.tar.gz!07PORTVERITY1.txt", "07PORTVERITY1")]
    nested = tar_of({"in.zip": zip_of({"07PORTVERITY1.txt": CABLE})}, "w:gz")
    assert summary(reading("x.tar.gz", nested)) == [("in.zip!07PORTVERITY1.txt", "07PORTVERITY1")]
    deep = zip_of(
        {"in.zip": zip_of({"in.tar": tar_of({"x.gz": gzip.compress(CABLE)})}), "07PORTVERITY1.txt": CABLE}
    )
    assert summary(reading("x.zip", deep)) == [
        ("in.zip!in.tar!x.gz", "packed more than 3 times over: unpack it first"),
        ("07PORTVERITY1.txt", "07PORTVERITY1"),
    ]


@pytest.mark.parametrize(
    "name", ["../x.txt", "/etc/x.txt", "a/../../x.txt", "C:x.txt", "..\\x.txt", "\\\\host\\x.txt"]
)
def test_a_member_that_leads_out_of_the_archive_is_reported_and_not_read(reading, tmp_path, name):
    members = {name: CABLE, "07PORTVERITY1.txt": CABLE}
    for packed in (zip_of(members), tar_of(members)):
        assert [reason for _, reason in summary(reading("x", packed))] == [
            "an unsafe name: it leads out of the archive",
            "07PORTVERITY1",
        ]
    assert [file.name for file in tmp_path.iterdir()] == ["x"]


def test_files_that_systems_leave_behind_are_skipped(reading):
    members = {"__MACOSX/._07PORTVERITY1.txt": b"\0", ".DS_Store": b"\0", "a/README.md": b"x", **TWO}
    assert summary(reading("x.zip", zip_of(members))) == TWO_SUMMARY


def test_links_and_devices_in_a_tar_are_skipped(reading):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        link = tarfile.TarInfo("07PORTVERITY9.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        info = tarfile.TarInfo("07PORTVERITY1.txt")
        info.size = len(CABLE)
        archive.addfile(info, io.BytesIO(CABLE))
    assert summary(reading("x.tar", packed.getvalue())) == [("07PORTVERITY1.txt", "07PORTVERITY1")]


@pytest.fixture
def small(monkeypatch):
    """Set bounds that a test can reach."""
    monkeypatch.setattr(archives, "MAX_FREE_BYTES", 64 << 10)
    monkeypatch.setattr(archives, "MAX_RATIO", 20)
    monkeypatch.setattr(archives, "MAX_HELD_BYTES", 4 << 10)


ROWS = (
    b'"1","1/8/2007 12:31","07PORTVERITY3","E","C","","h","m"\n' * 5_000
)  # 280 KB, packed 200 times smaller
TOO_MUCH = "it expands to more than 20 times its packed size: no cables do"


def test_a_bomb_is_reported_and_the_rest_of_its_zip_is_read(reading, small):
    found = summary(reading("x.zip", zip_of({"bomb.csv": ROWS, "07PORTVERITY1.txt": CABLE})))
    assert found[-2:] == [("bomb.csv", TOO_MUCH), ("07PORTVERITY1.txt", "07PORTVERITY1")]


def test_a_compressed_bomb_is_reported(reading, small):
    assert reading("x.csv.gz", gzip.compress(ROWS))[-1].reason == TOO_MUCH
    assert (
        reading("x.tar.xz", tar_of({"07PORTVERITY1.txt": CABLE, "x.csv": ROWS}, "w:xz"))[-1].reason
        == TOO_MUCH
    )


@pytest.mark.parametrize("pack", ["zip", "tar"])
def test_a_member_without_a_name_is_read(reading, pack):
    members = {"": CABLE, "07PORTVERITY2.txt": CABLE}
    found = reading(f"x.{pack}", zip_of(members) if pack == "zip" else tar_of(members))
    assert [type(one).__name__ for one in found] == ["Record", "Record"]


def test_members_that_overlap_are_a_bomb(reading):
    packed = zip_of({"07PORTVERITY1.txt": CABLE, "07PORTVERITY2.txt": CABLE})
    entry = packed.rindex(
        b"PK\x01\x02"
    )  # the directory's entry of the second member: 20 bytes on, its packed size
    size = len(packed).to_bytes(4, "little")
    [failure] = reading("x.zip", packed[: entry + 20] + size + packed[entry + 24 :])
    assert failure.reason == "members that overlap: a zip bomb"


def test_a_zip_in_an_archive_is_held_in_memory_within_bounds(reading, small):
    inner = zip_of({"07PORTVERITY1.txt": random.Random(1).randbytes(5000)})
    found = summary(reading("x.zip", zip_of({"in.zip": inner, "07PORTVERITY2.txt": CABLE})))
    assert found == [
        ("in.zip", "a zip of over 0 MB in an archive: unpack it first"),
        ("07PORTVERITY2.txt", "07PORTVERITY2"),
    ]


def test_an_encrypted_member_is_reported(reading):
    packed = bytearray(zip_of({"07PORTVERITY1.txt": CABLE, "07PORTVERITY2.txt": CABLE}))
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    assert summary(reading("x.zip", bytes(packed))) == [
        ("07PORTVERITY1.txt", "encrypted: unpack it with its password first"),
        ("07PORTVERITY2.txt", "07PORTVERITY2"),
    ]


def test_a_damaged_member_is_reported_and_the_others_are_read(reading):
    packed = bytearray(zip_of({"07PORTVERITY1.txt": CABLE * 50, "07PORTVERITY2.txt": CABLE}))
    packed[60] ^= 0xFF
    (first, reason), second = summary(reading("x.zip", bytes(packed)))
    assert (first, second) == ("07PORTVERITY1.txt", ("07PORTVERITY2.txt", "07PORTVERITY2"))
    assert reason.startswith("damaged or cut off (")


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_a_truncated_archive_is_reported_after_its_readable_members(reading, mode):
    filler = random.Random(1).randbytes(100_000).hex().encode()
    packed = tar_of({"07PORTVERITY1.txt": CABLE, "07PORTVERITY2.txt": filler}, mode)
    found = summary(reading("x", packed[: len(packed) * 3 // 4]))
    if mode in ("w", "w:gz"):  # the others give nothing before a whole block
        assert found[0] == ("07PORTVERITY1.txt", "07PORTVERITY1")
    assert found[-1][1].startswith("damaged or cut off (")


@pytest.mark.parametrize("cut", [10, 200])
def test_a_truncated_zip_is_reported(reading, cut):
    [failure] = reading("x.zip", zip_of(TWO)[:-cut])
    assert failure.reason.startswith("damaged or cut off (")


def test_an_office_document_is_reported(reading):
    [failure] = reading("x.docx", zip_of({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}))
    assert failure.reason == "an office document, not a format that is read: save its text as .txt"


def test_no_byte_of_an_archive_raises(tmp_path):
    """With each byte of a small archive wrong in turn, what cannot be read is reported."""
    for packed in (zip_of({"07A1.txt": CABLE}), tar_of({"07A1.txt": CABLE}, "w:gz")):
        for at in range(0, len(packed), 5):
            path = tmp_path / "x"
            path.write_bytes(packed[:at] + bytes([packed[at] ^ 0xFF]) + packed[at + 1 :])
            assert list(corpus.read(path))


TRAILING = "what follows its compressed content is not read"


@pytest.mark.parametrize(
    "junk", [b"junk", b"<!-- served by a proxy -->" * 9_000, b"\x1f", b"\0\0x", b"\0" * 70_000 + b"y"]
)
def test_what_follows_a_gzip_file_does_not_lose_it(reading, junk):
    """As some servers append; it is said, since it might be a part of the file."""
    record, failure = reading("07PORTVERITY1.txt.gz", gzip.compress(CABLE) + junk)
    assert (record.id, record.message, failure.reason) == ("07PORTVERITY1", CABLE.decode(), TRAILING)


@pytest.mark.parametrize("filler", [b"", b"\0", b"\0" * 70_000])
def test_a_gzip_file_may_have_several_members(reading, filler):
    """They are one content; zeros between and behind them, as on tapes, are nothing."""
    first, rest = CABLE[:20], CABLE[20:]
    packed = gzip.compress(first) + filler + gzip.compress(b"") + gzip.compress(rest) + filler
    [record] = reading("07PORTVERITY1.txt.gz", packed)
    assert record.message == CABLE.decode()


@pytest.mark.parametrize("cut", [3, 12, 30, -9, -1])
def test_a_gzip_file_that_is_cut_off_or_damaged_is_reported(reading, cut):
    packed = gzip.compress(CABLE * 20)
    [failure] = reading("07PORTVERITY1.txt.gz", packed[:cut])
    assert failure.reason.startswith("damaged or cut off")
    wrong = packed[:-8] + bytes([packed[-8] ^ 1]) + packed[-7:]
    [failure] = reading("07PORTVERITY2.txt.gz", wrong)
    assert failure.reason.startswith("damaged or cut off")


def header(name: str, size: int, type: bytes = tarfile.REGTYPE, continued: bool = False) -> bytes:
    """Return a header of a tar, which may say another size than what follows has."""
    info = tarfile.TarInfo(name)
    info.size, info.type = size, type
    block = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    if continued:
        block[482] = 1
        block[148:156] = b"%06o\0 " % sum((*block[:148], *b" " * 8, *block[156:]))
    return bytes(block)


def padded(content: bytes) -> bytes:
    return content + bytes(-len(content) % 512)


LAST = header("07PORTVERITY1.txt", len(CABLE)) + padded(CABLE) + bytes(1024)


@pytest.mark.parametrize("type", [tarfile.XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.SOLARIS_XHDTYPE])
def test_an_extended_header_that_is_too_long_is_not_read(reading, type):
    """A header of 6 GB in a `.tar.gz` of 26 MB is none either."""
    for size in ((1 << 20) + 1, 6 << 30):
        [failure] = reading("x.tar", header("x", size, type) + LAST)
        assert failure.reason == "a header of more than 1 MB: unpack the archive first"


def test_memory_does_not_grow_with_the_headers_of_a_tar(reading):
    """Hundreds of headers before a file, and as many files, take no more than one of each."""
    records = b"".join(b"1014 k%06d=%s\n" % (n, b"v" * 1_000) for n in range(20))
    extended = header("x", len(records), tarfile.XHDTYPE) + padded(records)
    one = extended + header("y.log", 1) + padded(b"x")

    def most_memory(packed: bytes) -> int:
        tracemalloc.start()
        try:
            assert summary(reading("x.tar", packed))[-1] == ("07PORTVERITY1.txt", "07PORTVERITY1")
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    most_memory(one + LAST)
    assert most_memory(extended * 100 + one * 200 + LAST) < most_memory(one + LAST) + 1_000_000


@pytest.mark.parametrize("format", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT])
def test_long_names_and_large_numbers_of_a_tar_are_read(reading, format):
    folder = "f" * 90 + "/" + "g" * (40 if format == tarfile.USTAR_FORMAT else 300)
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=format, pax_headers={"comment": "é"}) as archive:
        for number in (1, 2):
            info = tarfile.TarInfo(f"{folder}/07PORTVERITY{number}.txt")
            info.size = len(CABLE)
            info.mtime = 1.5 if format == tarfile.PAX_FORMAT else 1
            archive.addfile(info, io.BytesIO(CABLE))
    assert summary(reading("x.tar", packed.getvalue())) == [
        (f"{folder}/07PORTVERITY{number}.txt", f"07PORTVERITY{number}") for number in (1, 2)
    ]


def test_a_sparse_file_is_reported_and_the_next_member_is_read(reading):
    """Old ones, whose header may go on, and those of an extended header."""
    sparse = "a sparse file: unpack the archive first"
    more = bytes(504) + b"\1" + bytes(7) + bytes(512)  # two headers that continue it
    old = header("a.txt", 3, tarfile.GNUTYPE_SPARSE, continued=True) + more + padded(b"abc")
    assert summary(reading("x.tar", old + LAST)) == [
        ("a.txt", sparse),
        ("07PORTVERITY1.txt", "07PORTVERITY1"),
    ]
    records = b"22 GNU.sparse.major=1\n"
    new = header("x", len(records), tarfile.XHDTYPE) + padded(records) + header("a.txt", 3) + padded(b"abc")
    assert summary(reading("y.tar", new + LAST)) == [
        ("a.txt", sparse),
        ("07PORTVERITY1.txt", "07PORTVERITY1"),
    ]


@pytest.mark.parametrize(
    "extended",
    [b"x", b"0 path=a\n", b"99999 path=a\n", b"-3 a=b\n", b"9 size=x\n", b"10 size=-1\n", b" ", b"\xff\xff"],
)
def test_a_broken_extended_header_is_reported(reading, extended):
    [failure] = reading("x.tar", header("x", len(extended), tarfile.XHDTYPE) + padded(extended) + LAST)
    assert failure.reason.startswith("damaged or cut off")


TOO_MUCH_IN_ALL = "with all that is packed in it, it expands to far more than cables do"


def tar_gz_of(members: dict[str, bytes]) -> bytes:
    return tar_of(members, "w:gz")


@pytest.mark.parametrize("packs", [[zip_of], [zip_of, zip_of], [zip_of, zip_of, zip_of], [zip_of, tar_gz_of]])
def test_all_that_is_packed_in_a_file_shares_one_allowance(reading, small, monkeypatch, packs):
    """Each of many bombs may be small enough by itself: 60 KB, packed a hundred times smaller."""
    monkeypatch.setattr(archives, "MAX_HELD_BYTES", 1 << 20)
    packed = zip_of({f"{n}.csv": ROWS[:60_000] for n in range(50)})
    for pack in packs[1:]:
        packed = pack({f"{n}.zip": packed for n in range(3)})
    *read, (_, reason) = summary(reading("x", packed))
    assert reason == TOO_MUCH_IN_ALL
    assert len(read) < 45_000  # rows, of which there are over 50,000


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such pipes")
def test_a_pipe_is_reported_at_once(tmp_path):
    """Opening it would wait for a writer, for ever; a device may have no end."""
    os.mkfifo(tmp_path / "07PORTVERITY1.txt")
    for path in (tmp_path / "07PORTVERITY1.txt", Path("/dev/zero")):
        [failure] = corpus.read(path)
        assert failure.reason == "a pipe, a device or a socket: save what comes from it as a file"


@pytest.mark.parametrize("pack", [zip_of, tar_of, lambda members: tar_of(members, "w:gz")])
def test_processes_that_share_an_archive_read_each_member_once(tmp_path, pack):
    names = [f"07PORTVERITY{n}" for n in range(1, 8)]
    path = tmp_path / "pouch"
    path.write_bytes(pack({f"{name}.txt": CABLE for name in names}))
    shards = [[record.id for record in corpus.read(path, (k, 3))] for k in range(3)]
    assert [len(shard) for shard in shards] == [3, 2, 2]
    assert sorted(id for shard in shards for id in shard) == names


def test_a_member_that_another_process_reads_is_not_opened(tmp_path, monkeypatch):
    opened = []
    path = tmp_path / "pouch.zip"
    path.write_bytes(zip_of({f"07PORTVERITY{n}.txt": CABLE for n in range(1, 6)}))
    monkeypatch.setattr(
        zipfile.ZipFile, "open", lambda _self, info: opened.append(info.filename) or io.BytesIO(CABLE)
    )
    assert len([*corpus.read(path, (1, 2))]) == 2
    assert opened == ["07PORTVERITY2.txt", "07PORTVERITY4.txt"]


def test_processes_share_the_cables_of_a_large_member(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MAX_WHOLE_BYTES", 100)
    ids = [f"07PORTVERITY{n}" for n in range(1, 6)]
    rows = "".join(f"{id},The quota for herring falls\n" for id in ids)
    path = tmp_path / "pouch.zip"
    path.write_bytes(zip_of({"table.csv": f"id,text\n{rows}".encode()}))
    shards = [[record.id for record in corpus.read(path, (k, 2))] for k in range(2)]
    assert shards == [ids[::2], ids[1::2]]
