"""Workers: their outcomes come back, and one that dies is reported."""

from __future__ import annotations

import io
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from zipfile import ZipFile

import pytest

from cablesearch import engines, open_index
from cablesearch.corpus.record import Failure
from cablesearch.errors import CablesearchError
from cablesearch.indexing import rebuild, update, worker
from cablesearch.indexing.prepare import Job, PreparedCable, prepare
from cablesearch.indexing.worker_pool import WorkerPool
from tests.engines.engines import ENGINES, cluster
from tests.indexing.pages import page


def three(task):
    for job in task:
        for number in range(3):
            yield Failure(job.path, str(number))
        yield None


def many(task):
    for _ in range(1000):
        with Path(task[0].path).open("ab") as file:
            file.write(b".")
        yield Failure(task[0].path, "x" * 10_000)


def die(task):
    for job in task:
        if job.path == "b":
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
        yield Failure(job.path, "0")
        yield None


def die_of_three(task):
    if len(task) == 3:
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    yield from [None] * len(task)


def talk(task):
    print("by print")
    print("by Python's own stream", file=sys.__stdout__, flush=True)
    os.write(1, b"by number\n")
    assert sys.stdin.read() == ""  # nor may a task be read
    yield from three(task)


def hang_up(task):
    os.closerange(3, 100)
    time.sleep(60)
    yield None


def hang_in_b(task):
    for job in task:
        yield Failure(job.path, "0")
        if job.path.startswith("b"):
            signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])  # as in a library that does not return
            time.sleep(60)
        yield Failure(job.path, "1")
        yield None


def hang_after_many(task):
    yield from (Failure(task[0].path, str(number)) for number in range(70))
    yield from hang_in_b(task)


def work_on(task):
    while True:
        time.sleep(0.001)
        yield Failure(task[0].path, "x" * 10_000)


def jobs(*paths):
    return [Job(number, path, 1) for number, path in enumerate(paths)]


@pytest.mark.parametrize("size", [0, 2])
def test_each_job_is_done_once(size):
    """The workers end with the pool."""
    tasks = [jobs("a", "b"), jobs("c"), jobs("d", "e"), jobs("f")]
    with WorkerPool(three, size) as pool:
        for _ in range(2):
            results = [(job.path, outcome and outcome.reason) for job, outcome in pool.run(tasks)]
            assert sorted(results, key=lambda result: result[0]) == [
                (path, reason) for path in "abcdef" for reason in ("0", "1", "2", None)
            ]
        workers = pool._workers
    assert [worker._process.poll() is None for worker in workers] == [False] * size


@pytest.mark.parametrize("build", [update, rebuild])
@pytest.mark.parametrize("workers", [-1, -8])
def test_fewer_workers_than_none_are_an_error(corpus, index, build, workers):
    with pytest.raises(CablesearchError, match=f"there cannot be {workers} workers: name 0 or more"):
        build(index, [corpus], workers=workers)
    assert not index.exists()


def test_no_work():
    with WorkerPool(three, 2) as pool:
        assert list(pool.run([])) == []


def test_a_dead_worker_stops_the_build_and_names_its_file():
    with (
        pytest.raises(CablesearchError, match=r"that read b ended with (signal 9|status)"),
        WorkerPool(die, 1) as pool,
    ):
        list(pool.run([jobs("a", "b", "c"), jobs("d")]))


def test_a_worker_that_dies_of_no_file_alone_names_them_all():
    """As when memory was short for a moment."""
    with (
        pytest.raises(CablesearchError, match=r"that read a and 2 more ended.*leave them out"),
        WorkerPool(die_of_three, 1) as pool,
    ):
        list(pool.run([jobs("a", "b", "c"), jobs("d")]))


def test_a_worker_that_hangs_is_killed_and_its_file_named():
    """The others of its task are read, each once, and so are the tasks after it."""
    with WorkerPool(hang_in_b, 1, 0.25) as pool:
        results = list(pool.run([jobs("a", "b", "c"), jobs("d")]))
    late = "it takes more than 0.25 seconds: --seconds-a-file allows more"
    assert [(job.path, outcome and outcome.reason) for job, outcome in results] == [
        *(("a", "0"), ("a", "1"), ("a", None)),
        *(("b", late), ("b", None)),
        *((path, reason) for path in "cd" for reason in ("0", "1", None)),
    ]


def test_what_was_taken_before_a_worker_hung_is_not_taken_again():
    """The first outcomes had been sent; they come no second time when the file is read again."""
    with WorkerPool(hang_after_many, 1, 0.25) as pool:
        results = list(pool.run([jobs("b")]))
    reasons = [outcome and outcome.reason for _, outcome in results]
    assert reasons[:-2] == [str(number) for number in range(64)]
    assert reasons[-2].startswith("it takes more")
    assert reasons[-1] is None


@pytest.fixture
def at_start(tmp_path, monkeypatch):
    """A function that has every Python process run some code as it starts."""

    def at_start(code):
        (tmp_path / "sitecustomize.py").write_text(code, "utf-8")
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    return at_start


def test_a_worker_that_dies_before_its_first_task(at_start):
    at_start("raise SystemExit(7)")
    with (
        pytest.raises(CablesearchError, match="ended with status 7 before it was ready"),
        WorkerPool(three, 2) as pool,
    ):
        list(pool.run([jobs("a"), jobs("a")]))


def test_a_worker_that_is_never_ready_is_killed(at_start, monkeypatch):
    at_start("import time; print('ready?', flush=True); time.sleep(60)")
    monkeypatch.setattr("cablesearch.indexing.worker.START_SECONDS", 0.5)
    with (
        pytest.raises(CablesearchError, match=r"took over 0\.5 seconds before it was ready"),
        WorkerPool(three, 2) as pool,
    ):
        list(pool.run([jobs("a"), jobs("a")]))


def test_what_a_worker_prints_does_no_harm(capfd):
    """It goes to standard error."""
    with WorkerPool(talk, 1) as pool:
        assert len(list(pool.run([jobs("a")]))) == 4
    assert capfd.readouterr() == ("", "by print\nby Python's own stream\nby number\n")


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    "code",
    [
        "print('started')\nprint('no line end', end='')",
        "import os\nos.write(1, b'\\x80\\x05X\\xff\\xff\\xff\\x7f')",  # the beginning of a long pickle
        "import sys\nsys.stdout.write('late')\nimport atexit\natexit.register(print, 'at the end')",
        "import os\nos.system('echo from another process')",
        "import sys\nassert sys.stdin.read() == ''",  # nor is a task taken by who reads
    ],
)
def test_what_python_prints_as_it_starts_does_no_harm(at_start, monkeypatch, capfd, code, unbuffered):
    monkeypatch.setenv("PYTHONUNBUFFERED", unbuffered)
    at_start(code)
    with WorkerPool(three, 1) as pool:
        assert len(list(pool.run([jobs("a"), jobs("b")]))) == 8
    out, errors = capfd.readouterr()
    assert out == ""
    assert "Error" not in errors


def test_a_worker_whose_outcomes_break_off_is_not_waited_for(monkeypatch):
    """Though its process lives."""
    monkeypatch.setattr("cablesearch.indexing.worker.GRACE", 0.1)
    with pytest.raises(CablesearchError, match="that read a ended with"), WorkerPool(hang_up, 1) as pool:
        list(pool.run([jobs("a")]))


@pytest.mark.skipif(sys.platform == "win32", reason="a shell's redirections")
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&-", "<&- >&- 2>&-"])
def test_a_build_with_closed_standard_streams(write, corpus, index, closed):
    write("1.html", "07VERITY1", "Dues rise.")
    code = f"from cablesearch import update_index; update_index({str(index)!r}, [{str(corpus)!r}], workers=2)"
    done = subprocess.run(f'"{sys.executable}" -c "{code}" {closed}', shell=True, check=False, timeout=60)
    assert done.returncode == 0
    with open_index(index) as opened:
        assert opened.count("dues") == 1


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="elsewhere they cannot be counted")
def test_nothing_is_left_open():
    def count():
        return len(list(Path("/proc/self/fd").iterdir())), threading.active_count()

    before = count()
    with WorkerPool(three, 2) as pool:
        list(pool.run([jobs("a"), jobs("b")]))
    with pytest.raises(CablesearchError), WorkerPool(die, 2) as pool:
        list(pool.run([jobs("a"), jobs("b"), jobs("b")]))
    assert count() == before


POOL = """
import signal
from cablesearch.indexing.prepare import Job
from cablesearch.indexing.worker_pool import WorkerPool
from tests.indexing.test_worker_pool import work_on
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
with WorkerPool(work_on, 1) as pool:
    for _ in pool.run([[Job(1, 'a', 1)]]):
        print("at work", flush=True)
"""


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="elsewhere there are no process groups")
@pytest.mark.parametrize("by", ["Ctrl-C", "kill"])
def test_workers_end_with_their_parent(by):
    """Ctrl-C, which a terminal sends to the whole group, is the parent's alone; no worker complains."""
    with subprocess.Popen(
        [sys.executable, "-c", POOL],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as parent:
        assert parent.stdout
        parent.stdout.readline()
        if by == "Ctrl-C":
            os.killpg(parent.pid, signal.SIGINT)
        else:
            parent.kill()
        _, errors = parent.communicate(timeout=60)  # until the worker, too, has closed standard error
    assert errors.count("Traceback") == errors.count("KeyboardInterrupt") == (by == "Ctrl-C")
    assert bool(errors) == (by == "Ctrl-C")


def test_workers_wait_for_the_engine(tmp_path):
    """They do not go on while nobody takes their outcomes."""
    file = tmp_path / "made"
    with WorkerPool(many, 1) as pool:
        results = pool.run([jobs(str(file))])
        next(results)
        time.sleep(0.3)
        assert file.stat().st_size < 200


def test_a_large_file_is_read_in_shards(corpus, index, texts, monkeypatch):
    """The result is the same as by one worker alone."""
    with ZipFile(corpus / "cables.zip", "w") as archive:
        for number in range(7):
            archive.writestr(f"{number}.html", page(f"07VERITY{number + 1}", "Dues rise."))
        archive.writestr("7.html", "<html>no cable</html>")
        archive.writestr("../8.html", "an unsafe name")
    monkeypatch.setattr("cablesearch.indexing.build.MIN_SHARDED_BYTES", 100)
    report = update(index, [corpus], workers=2)
    sharded = texts()
    alone = rebuild(index, workers=0)
    assert (report.cables, report.failures, sharded) == (alone.cables, alone.failures, texts())
    assert (report.cables, len(report.failures)) == (7, 2)


def test_cables_beyond_the_small_engine_are_made_for_the_large_one(corpus, index, texts, monkeypatch):
    """The first ones wait as documents, the others come as rows; both are found."""
    pytest.importorskip("tantivy")
    monkeypatch.setattr(engines, "SMALL_TEXT_BYTES", 100)
    monkeypatch.setattr("cablesearch.indexing.prepare.BATCH_ITEMS", 1)
    packed = corpus / "cables.zip"
    with ZipFile(packed, "w") as archive:
        for number in range(1, 6):
            archive.writestr(f"{number}.html", page(f"07VERITY{number}", "Dues rise. " * 5))
    made = [found.engine for found in prepare([Job(1, str(packed), 1)]) if isinstance(found, PreparedCable)]
    assert made == [None, None, "tantivy", "tantivy", "tantivy"]
    assert update(index, [corpus], workers=0).engine == "tantivy"
    assert len(texts()) == 5
    with open_index(index) as opened:
        assert opened.search("dues").total == 5


def test_files_are_prepared_together(write, corpus):
    """Each gives what it gives alone, in its place: no cable, one, an empty one, two."""
    write("1.html", "07VERITY1", "Dues rise.", "Ships wait.")
    (corpus / "2.html").write_text("<html>no cable</html>")
    write("3.html", "07VERITY3", "Élysée: dues fall.")
    (corpus / "4.txt").write_text(" \n")
    with ZipFile(corpus / "5.zip", "w") as archive:
        for number in (5, 6):
            archive.writestr(f"{number}.html", page(f"07VERITY{number}", "Dues rise."))
    task = jobs(*(str(path) for path in sorted(corpus.iterdir())))
    outcomes = list(prepare(task))
    assert outcomes == [outcome for job in task for outcome in prepare([job])]
    kinds = " ".join(
        type(outcome).__name__.removeprefix("Prepared").removesuffix("Type") for outcome in outcomes
    )
    assert kinds == "Cable None Failure None Cable None Failure None Cable Cable None"


@pytest.mark.parametrize("engine", ENGINES)
def test_rows_of_another_process(write, corpus, index, engine):
    """An index built by workers answers like one built without."""
    if engine != "opensearch":  # whose module has another name
        pytest.importorskip(engine)
    for number in range(1, 6):
        write(f"{number}.html", f"07VERITY{number}", "Dues rise.", "Élysée: ships wait.")
    found = []
    for workers in (2, 0):
        rebuild(index, [corpus], engine=engine, cluster=cluster(engine), workers=workers)
        with open_index(index) as opened:
            found.append([(hit.paragraph.id, hit.score) for hit in opened.search("elysee OR dues", limit=9)])
    assert found[0] == found[1]
    assert len(found[0]) == 9


def test_a_script_without_a_guard(write, corpus, index, tmp_path):
    """Workers do not run the user's script again."""
    write("1.html", "07VERITY1", "Dues rise.")
    script = tmp_path / "script.py"
    script.write_text(
        "print('begun')\nfrom cablesearch import update_index\n"
        f"print(update_index({str(index)!r}, [{str(corpus)!r}], workers=2).cables)\n"
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("begun\n1\n", "")


class Gone(io.BytesIO):
    """A pipe that nobody reads any more, but for the first messages."""

    def __init__(self, taken: int) -> None:
        super().__init__()
        self.taken = taken

    def write(self, data):
        self.taken -= 1
        if self.taken < 0:
            raise BrokenPipeError
        return len(data)


@pytest.mark.parametrize("taken", [0, 1, 2])
def test_a_worker_whose_parent_is_killed_ends_without_a_word(taken):
    done = []

    def work(task):
        for each in task:
            done.append(each)
            yield each

    tasks = io.BytesIO(pickle.dumps(["a"]) + pickle.dumps(["b"]) + pickle.dumps(["c"]))
    worker._serve(work, tasks, Gone(taken))
    assert done == ["a", "b", "c"][:taken]
