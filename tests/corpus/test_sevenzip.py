""".7z archives; other archives' tests hold for them, too."""

import pytest

from cablesearch.corpus import Failure, archives
from tests.corpus.makers import AES, COPY, PPMD, seven

CABLE = b"TAGS: EFIS\n1. (C) The quota for herring falls.\n"
THREE = {f"deep/07PORTVERITY{n}.txt": CABLE.replace(b"falls", b"falls by %d" % n) for n in (1, 2, 3)}


def summary(found) -> list[tuple[str, str]]:
    """Return each member's name, and the id of its cable or the reason why it is not read."""
    return [
        (item.source.partition("!")[2], item.reason if isinstance(item, Failure) else item.id)
        for item in found
    ]


IDS = [(name, name[5:-4]) for name in THREE]


@pytest.mark.parametrize(
    "packed",
    [
        seven(THREE),
        seven(THREE, COPY),
        seven(THREE, packed_header=True),
        seven(THREE, blocks=3),
        seven({"a/empty.md": b"", **THREE}, packed_header=True),
    ],
    ids=["LZMA2", "not packed", "packed list", "a block each", "with an empty file"],
)
def test_every_member_is_read_with_its_own_text(reading, packed):
    found = [item for item in reading("cables", packed) if "empty" not in item.source]
    assert summary(found) == IDS
    assert [record.message.encode() for record in found] == list(THREE.values())


def test_blocks_of_several_members_are_read_one_after_the_other(reading):
    found = reading("x.7z", seven(THREE, blocks=2))
    assert sorted(summary(found)) == IDS
    assert {record.message.encode() for record in found} == set(THREE.values())


def test_members_that_are_not_read_are_stepped_over(reading):
    members = {"../x.txt": CABLE, "README.md": b"x" * 5000, **THREE}
    assert summary(reading("x.7z", seven(members))) == [
        ("../x.txt", "an unsafe name: it leads out of the archive"),
        *IDS,
    ]


def test_an_archive_in_an_archive_is_read(reading):
    assert summary(reading("x.7z", seven({"in.7z": seven(THREE)}))) == [
        (f"in.7z!{name}", id) for name, id in IDS
    ]


@pytest.mark.parametrize(
    ("coder", "reason"),
    [
        (AES, "3 files in it: encrypted: unpack it with its password first"),
        (PPMD, "3 files in it: packed with PPMd that is not read: pack it as .zip or .tar.gz"),
        (b"\x21\x21\x01\x28", "3 files in it: a dictionary of more than 1024 MB: pack it anew"),
    ],
)
def test_what_cannot_be_unpacked_is_reported_once(reading, coder, reason):
    [failure] = reading("x.7z", seven(THREE, coder))
    assert failure.reason == reason


def test_an_encrypted_list_of_files_is_reported(reading):
    [failure] = reading("x.7z", seven(THREE, AES, packed_header=True))
    assert failure.reason == "encrypted: unpack it with its password first"


def test_a_member_whose_checksum_is_another_is_reported_and_the_others_are_read(reading):
    packed = seven(THREE, COPY).replace(b"falls by 2", b"falls by 9")
    assert [reason for _, reason in summary(reading("x.7z", packed))] == [
        "07PORTVERITY1",
        "damaged or cut off (its checksum is another)",
        "07PORTVERITY3",
    ]


def test_what_follows_damage_in_a_block_is_counted(reading):
    packed = bytearray(seven(THREE))
    packed[60:70] = bytes(10)
    *_, last = reading("x.7z", bytes(packed))
    assert last.reason == "damaged or cut off: 2 files after deep/07PORTVERITY1.txt are lost"


@pytest.mark.parametrize("size", [6, 20, 40, 100, -1])
def test_an_archive_that_is_cut_off_is_reported(reading, size):
    [failure] = reading("x.7z", seven(THREE)[:size])
    assert failure.reason.startswith("damaged or cut off")


def test_what_the_members_of_a_block_expand_to_is_bounded_together(reading, monkeypatch):
    monkeypatch.setattr(archives, "MAX_FREE_BYTES", 100_000)
    members = {f"07PORTVERITY{n}.txt": b"TAGS: EFIS\n" + b"herring " * 5000 for n in range(1, 40)}
    found = [reason for _, reason in summary(reading("x.7z", seven(members)))]
    assert found[:2] == ["07PORTVERITY1", "07PORTVERITY2"]
    assert found[-1] == "it expands to more than 200 times its packed size: no cables do"


def test_damage_anywhere_never_stops_the_run(reading):
    packed = seven(THREE, COPY, packed_header=True)
    for place in range(6, len(packed)):
        damaged = bytearray(packed)
        damaged[place] ^= 0xFF
        assert isinstance(reading("x.7z", bytes(damaged)), list)
