"""A damaged index says so, and `check` finds it; what others may read and write."""

from __future__ import annotations

import json
import os
import random
import shutil
import stat
import subprocess
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from cablesearch.engines import LOCAL
from cablesearch.errors import BrokenIndexError, CablesearchError, IndexStateError, NoIndexError
from cablesearch.indexing import open_reader, rebuild, state, update
from cablesearch.indexing.checking import check, explain
from cablesearch.indexing.generations import write_state
from cablesearch.query.tree import Everything, Prefix, Term

NOBODY = 65534

# What PyO3 calls the panics of Rust, which are no Exceptions.
PanicException = type("PanicException", (BaseException,), {})


@pytest.fixture(params=LOCAL)
def built(request, write, corpus, index):
    for number in range(9):
        write(f"{number}.html", f"07VERITY{number}", "Dues rise.", f"Ships wait {number}.")
    rebuild(index, [corpus], engine=request.param)
    return index


def answers(index):
    """Return what an index answers to several questions."""
    with open_reader(index) as reader:
        tree = Term("text", "due")
        found = reader.search(tree, limit=9)
        return (
            found.total,
            [(match.cable, match.ordinal, round(match.score, 4)) for match in found.matches],
            reader.facets(Everything(), ["origin", "person"]),
            reader.days(Everything()),
            reader.near_words("shi"),
            reader.count(Prefix("words", "w")),
            [cable and cable.as_dict() for cable in map(reader.cable, reader.cables())],
        )


def is_sound(index):
    with suppress(BrokenIndexError):
        return not check(index).damaged
    return False


def flip(file, place):
    content = bytearray(file.read_bytes())
    content[place // 8] ^= 1 << place % 8
    file.write_bytes(content)


def test_an_index_that_is_as_it_was_written_is_sound(built):
    found = check(built)
    assert found.damaged == ()
    assert found.size == state(built).size
    assert found.as_dict() == {"sound": True, "size": found.size, "damaged": []}
    answers(built)
    assert check(built) == found  # locks and the like are no damage


def test_a_missing_index_has_nothing_to_check(tmp_path):
    with pytest.raises(NoIndexError):
        check(tmp_path)


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="there is no sha256sum")
def test_other_programs_can_check_an_index(built):
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=state(built).generation, check=True)


def test_a_flipped_bit_is_found_and_never_a_traceback(built, tmp_path):
    """In any file of the index; what is answered is right, or `check` says that it may be wrong."""
    expected, chance = answers(built), random.Random(16)
    files = sorted(file for file in built.rglob("*") if file.is_file() and file.stat().st_size)
    for number in range(60):
        damaged = tmp_path / f"damaged{number}"
        shutil.copytree(built, damaged)
        file = damaged / files[number % len(files)].relative_to(built)
        flip(file, chance.randrange(8 * file.stat().st_size))
        with suppress(CablesearchError):
            assert answers(damaged) == expected or not is_sound(damaged), file
        assert not is_sound(damaged) or answers(damaged) == expected, file


@pytest.mark.parametrize("name", ["engine/meta.json", "engine/columns", "manifest.sqlite", "SHA256SUMS"])
def test_what_is_damaged_is_named(built, name):
    file = state(built).generation / name
    if not file.exists():
        pytest.skip("another engine's")
    flip(file, 9)
    [(damaged, problem)] = check(built).damaged
    assert (damaged, problem.removeprefix("SHA256SUMS ")) == (name, "is not as it was written")
    if name != "manifest.sqlite":
        with pytest.raises(BrokenIndexError, match=rf"damaged \({name} is not as it was written\).*reindex"):
            open_reader(built)


def test_files_that_are_missing_or_cut_are_found_when_an_index_is_opened(built):
    largest = max((state(built).generation / "engine").rglob("*"), key=lambda file: file.stat().st_size)
    os.truncate(largest, largest.stat().st_size - 1)
    with pytest.raises(BrokenIndexError, match="damaged"):
        open_reader(built)
    largest.unlink()
    with pytest.raises(BrokenIndexError, match=r"is missing.*reindex"):
        open_reader(built)
    assert [problem for _, problem in check(built).damaged] == ["is missing"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_a_pipe_in_place_of_a_file_is_not_waited_for(built):
    file = state(built).generation / "manifest.sqlite"
    file.unlink()
    os.mkfifo(file)
    assert check(built).damaged == (("manifest.sqlite", "is no file"),)


@pytest.mark.parametrize(
    "change",
    [
        {"cables": 7},
        {"engine": "tantivx"},
        {"generation": "../../elsewhere"},
        {"sources": ["/elsewhere"]},
        {"checksums": "0" * 64},
        {"built": "yesterday"},
    ],
)
def test_a_change_to_the_file_that_names_the_generation_is_found(built, change):
    kept = json.loads((built / "current.json").read_text())
    (built / "current.json").write_text(json.dumps(kept | change))
    for ask in (state, open_reader, check, update):
        with pytest.raises(BrokenIndexError, match=r"damaged.*reindex"):
            ask(built)


def test_an_index_by_a_stranger_is_an_error_even_with_the_right_checksums(built):
    for change in ({"engine": "tantivx"}, {"size": "9"}, {"generation": built}, {"checksums": "0"}):
        before = (built / "current.json").read_text()
        write_state(built, replace(state(built), **change))
        with pytest.raises(CablesearchError):
            open_reader(built)
        (built / "current.json").write_text(before)
    assert answers(built)


@pytest.mark.parametrize(
    "error", [KeyError("x"), MemoryError(), ValueError("os error 5"), PanicException("no"), RecursionError()]
)
def test_whatever_an_engine_throws_is_one_clear_error(built, error, monkeypatch):
    """It says whether the index is damaged."""
    from cablesearch.engines import engine

    def broken(self, *arguments, **options):
        raise error

    inner = type(engine(state(built).engine)._read(state(built).generation / "engine"))
    with open_reader(built) as reader:
        monkeypatch.setattr(inner, "count", broken)
        monkeypatch.setattr(inner, "cables", broken)
        for ask in (lambda: reader.count(Everything()), lambda: list(reader.cables())):
            with pytest.raises(CablesearchError) as raised:
                ask()
            assert "\n" not in str(raised.value)
            assert "damaged" not in str(raised.value)
            assert raised.value.__cause__ is error
        flip(state(built).generation / "manifest.sqlite", 9)
        with pytest.raises(BrokenIndexError, match=r"damaged \(manifest.sqlite is not as it was written\)"):
            reader.count(Everything())


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(3)])
def test_an_interruption_is_no_error_of_the_index(built, error, monkeypatch):
    def interrupted(self, tree):
        raise error

    with open_reader(built) as reader:
        monkeypatch.setattr(type(reader._inner), "count", interrupted)
        with pytest.raises(type(error)):
            reader.count(Everything())


def test_an_index_that_was_built_anew_is_not_called_damaged(built):
    before = state(built)
    rebuild(built)
    error = explain(built, before, KeyError())
    assert "open it again" in str(error)
    assert not isinstance(error, BrokenIndexError)


@pytest.mark.parametrize("lost", [False, True])
def test_an_update_of_a_damaged_index_is_refused(built, write, lost):
    """Else what it makes of the old files would have the right checksums."""
    old = state(built).generation
    largest = max((old / "engine").rglob("*"), key=lambda file: file.stat().st_size)
    flip(largest, 8 * (largest.stat().st_size // 2))
    if lost:
        largest.unlink()
    for number in range(60):
        write(f"more{number}.html", f"08VERITY{number}", "Dues fall.", "Pilots strike.")
    before = state(built)
    if lost:
        with pytest.raises(BrokenIndexError, match="damaged"):
            update(built)
    else:
        with suppress(BrokenIndexError):
            update(built)
    assert check(built).damaged  # the old index, or a new one in which the file keeps its checksum
    if lost:
        assert state(built) == before
    assert rebuild(built).cables == 69
    assert not check(built).damaged


def test_checksums_are_kept_by_an_update_and_made_anew_by_a_rebuild(built, write):
    write("1.html", "07VERITY1", "Dues rise again.")
    update(built)
    assert not check(built).damaged
    rebuild(built)
    assert not check(built).damaged


# Other users

posix = pytest.mark.skipif(os.name != "posix", reason="there are no such permissions")
as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become another user"
)


@contextmanager
def user(number):
    """Be another user for a while."""
    os.setegid(number)
    os.seteuid(number)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


def modes(folder):
    return {stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.rglob("*"))}


def opened_to_others(index):
    """Let others read an index, and the folders that it is in."""
    for folder in (*index.parents, index):
        if not folder.stat().st_mode & stat.S_IXOTH:
            folder.chmod(0o755)
    for path in index.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)


@posix
def test_an_index_is_for_its_owner_only(built, write):
    assert modes(built) == {0o700, 0o600}
    write("1.html", "07VERITY1", "Dues rise again.")
    update(built)
    assert modes(built) == {0o700, 0o600}


@posix
def test_an_index_that_its_owner_opened_to_a_group_stays_open_to_it(built, write):
    for path in (built, *built.rglob("*")):
        path.chmod(0o750 if path.is_dir() else 0o640)
    write("1.html", "07VERITY1", "Dues rise again.")
    for build in (update, rebuild):
        build(built)
        assert modes(state(built).generation) == {0o750, 0o640}
        assert stat.S_IMODE((built / "current.json").stat().st_mode) == 0o640


@posix
def test_a_folder_from_before_is_closed_by_the_next_rebuild(built):
    (built / "generations").chmod(0o755)
    kept = json.loads((built / "current.json").read_text())
    (built / "current.json").write_text(json.dumps(kept | {"format": 6}))
    rebuild(built)
    assert modes(built / "generations") == {0o700, 0o600}


@as_root
def test_another_user_can_search_without_writing_into_the_index(built):
    expected = answers(built)
    opened_to_others(built)
    for lock in built.rglob("*.lock"):
        lock.unlink()

    def files() -> list[tuple[Path, int]]:
        """Those of the index; tantivy's watcher of the owner may still lock it."""
        found = (path for path in built.rglob("*") if path.is_file() and path.suffix != ".lock")
        return sorted((path, path.stat().st_mtime_ns) for path in found)

    before = files()
    with user(NOBODY):
        assert answers(built) == expected
        assert not check(built).damaged
    assert files() == before
    assert NOBODY not in {path.stat().st_uid for path in built.rglob("*")}


@as_root
def test_root_leaves_nothing_in_the_index_of_another(built):
    opened_to_others(built)
    for path in (built, *built.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    for lock in built.rglob("*.lock"):
        lock.unlink()
    assert answers(built)
    assert {path.stat().st_uid for path in built.rglob("*")} == {NOBODY}


@as_root
def test_an_index_that_its_owner_may_not_write_to_can_be_searched(built):
    """As on a disk that is only read."""
    opened_to_others(built)
    for path in (built, *built.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
        os.chown(path, NOBODY, NOBODY)
    with user(NOBODY):
        assert answers(built)


@as_root
@pytest.mark.parametrize("closed", ["", "current.json", "generations", "engine", "largest"])
def test_what_may_not_be_read_is_not_called_damaged(built, closed):
    opened_to_others(built)
    generation = state(built).generation
    largest = max((generation / "engine").rglob("*"), key=lambda file: file.stat().st_size)
    {"engine": generation / "engine", "largest": largest}.get(closed, built / closed).chmod(0)
    for ask in (open_reader, check):
        with user(NOBODY), pytest.raises(IndexStateError, match="its owner") as raised:
            ask(built)
        assert not isinstance(raised.value, BrokenIndexError)
        assert "reindex" not in str(raised.value)


@as_root
def test_an_index_of_another_cannot_be_built_which_is_no_damage(built):
    opened_to_others(built)
    for build in (update, rebuild):
        with user(NOBODY), pytest.raises(CablesearchError, match="was not built: Permission denied"):
            build(built)
    assert answers(built)


def test_an_index_in_a_folder_of_the_user_leaves_that_folder_as_it_is(write, corpus, index):
    write("1.html", "07VERITY1", "Dues rise.")
    Path(index).mkdir(mode=0o755)
    before = index.stat().st_mode
    update(index, [corpus])
    assert index.stat().st_mode == before
