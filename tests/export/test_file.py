"""A file that is written is either complete or not there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cablesearch import export
from cablesearch.errors import CablesearchError


class Failing:
    columns = ("row",)

    def rows(self):
        yield {"row": 1}
        raise ZeroDivisionError


def test_an_error_leaves_nothing(tmp_path):
    with pytest.raises(ZeroDivisionError):
        export.save("csv", [Failing()], tmp_path / "x.csv")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_an_error_leaves_the_file_that_was_there(tmp_path, name):
    file = tmp_path / "x"
    file.write_text("old", "utf-8")
    with pytest.raises(ZeroDivisionError):
        export.save(name, [Failing()], file)
    assert [path.name for path in tmp_path.iterdir()] == ["x"]
    assert file.read_text("utf-8") == "old"


SLOW = """
import sys, time
from pathlib import Path
from cablesearch import export

class Slow:
    columns = ("row",)
    def rows(self):
        for n in range(10**9):
            yield {"row": "x" * 10_000}
            print(n, flush=True)
            time.sleep(0.01)

export.save("csv", [Slow()], Path(sys.argv[1]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_killed_export_leaves_no_half_file(tmp_path):
    file = tmp_path / "x.csv"
    file.write_text("old", "utf-8")
    with subprocess.Popen([sys.executable, "-c", SLOW, str(file)], stdout=subprocess.PIPE) as process:
        for _ in range(3):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
    assert file.read_text("utf-8") == "old"


def test_a_link_stays_a_link_and_permissions_stay(tmp_path, results):
    file = tmp_path / "real.csv"
    file.write_text("old", "utf-8")
    file.chmod(0o640)
    (tmp_path / "link.csv").symlink_to(file)
    export.save("csv", [results()], tmp_path / "link.csv")
    assert (tmp_path / "link.csv").is_symlink()
    assert file.read_text("utf-8").startswith("id,")
    assert os.name != "posix" or file.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(os.name != "posix", reason="no pipes with names")
def test_a_pipe_is_written_to_and_stays_one(tmp_path, results):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE, text=True) as reader:
        time.sleep(0.1)
        export.save("csv", [results()], pipe)
        assert reader.stdout.readline().startswith("id,")
    assert pipe.is_fifo()


def test_a_folder_or_a_missing_one_is_refused(tmp_path, results):
    with pytest.raises(CablesearchError, match="is a folder"):
        export.save("csv", [results()], tmp_path)
    with pytest.raises(CablesearchError, match="there is no folder"):
        export.save("csv", [results()], tmp_path / "none" / "x.csv")


def test_a_byte_order_mark_on_request(tmp_path, results):
    export.save("csv", [results()], tmp_path / "x.csv", bom=True)
    assert (tmp_path / "x.csv").read_bytes().startswith(b"\xef\xbb\xbfid,")


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="no such file")
@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1"])
def test_standard_output_is_a_file_too_where_it_is_a_pipe(name):
    write = "from cablesearch.model.files import replacing; from pathlib import Path; import sys\n"
    write += "with replacing(Path(sys.argv[1]), 'utf-8') as stream: stream.write('whole')"
    done = subprocess.run([sys.executable, "-c", write, name], stdout=subprocess.PIPE, check=True, text=True)
    assert done.stdout == "whole"
