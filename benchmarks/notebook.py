"""Is anything of a notebook lost, and what do many notes cost?

    python -m benchmarks.notebook                     processes that write at once, killed 50 times
    python -m benchmarks.notebook --index DIR         a query with `label:` and 100,000 notes, and one without

A writer says every change that was made before it makes the next. Whatever it has said when it is killed
has to be in the notebook, and the other writer's changes, too.
"""

from __future__ import annotations

import argparse
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import chain, count, islice
from pathlib import Path

from cablesearch import Index, Notebook, open_index

QUERIES = ("{0}", "{1} {0}", '"{0} {1}"', "{2} OR {1}", "{2} date:>=1970")  # of frequent words


def write(file: Path, author: str, notes: int) -> None:
    """Write notes until the end, and print the number of each when it is made."""
    with Notebook(file, author=author) as notebook:
        for number in range(notes):
            with notebook.writing():
                notebook.note(_id(author, number), f"note {number}")
                notebook.label(_id(author, number), "all")
                notebook.add("list", _id(author, number))
            print(number, flush=True)


def _id(author: str, number: int) -> str:
    """Return the id of a cable that a writer makes a note on."""
    return f"07{author.upper()}{number + 1}"


def lost(file: Path, said: dict[str, int]) -> list[str]:
    """Return what writers said that they had written, and what the notebook has only in part, or not."""
    notebook = Notebook(file)
    labelled, listed = notebook.ids("label", "all"), set(notebook.items("list"))
    noted = {note.id for note in notebook.notes() if note.text}
    whole = labelled & listed & noted
    said_ids = (_id(author, number) for author, numbers in said.items() for number in range(numbers))
    missing = [id for id in said_ids if id not in whole]
    return missing + sorted(labelled ^ noted) + sorted(labelled ^ listed)


def survive(kills: int, seed: int = 1) -> list[str]:
    """Kill one of two writers at so many moments; return what is lost."""
    moments = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "notebook")
        said: dict[str, int] = {}
        for kill in range(kills):
            letters = f"{chr(97 + kill // 26)}{chr(97 + kill % 26)}"
            victim = _start(file, f"victim{letters}", 100_000)
            other = _start(file, f"other{letters}", 5)
            assert victim.stdout
            victim.stdout.readline()  # it is writing now
            time.sleep(moments.uniform(0, 0.3))
            victim.send_signal(signal.SIGKILL)
            said[name_of(victim)] = 1 + len(victim.communicate()[0].split())
            said[name_of(other)] = len(other.communicate()[0].split())
        return lost(file, said)


def name_of(writer: subprocess.Popen[str]) -> str:
    """Return the author of what a writer writes."""
    assert isinstance(writer.args, list)
    return str(writer.args[-2])


def _start(file: Path, author: str, notes: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "benchmarks.notebook", "--write", str(file), author, str(notes)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def cost(index: Path, notes: int) -> None:
    """Print the processor time of queries without and with a label that so many paragraphs have."""
    with tempfile.TemporaryDirectory() as folder, open_index(index, notebook=Path(folder, "n")) as cables:
        notebook = Notebook(Path(folder, "n"))
        with notebook.writing():
            found = (hit.paragraph.id for hit in cables.scan("*"))
            nowhere = (f"99NOWHERE{number}" for number in count(1))
            for id in islice(chain(found, nowhere), notes):
                notebook.label(id, "many")
        start = time.process_time()
        cables.count("label:many")
        print(f"{notes:,} notes; the first query with them: {(time.process_time() - start) * 1000:.0f} ms")
        ratios = []
        frequent = [word for letter in "gmp" for word in cables.words(letter, limit=1)]
        for query in (shape.format(*frequent) for shape in QUERIES):
            with_label = f"({query}) label:many" if " OR " in query else f"{query} label:many"
            pairs = [(_ms(cables, query), _ms(cables, with_label)) for _ in range(25)]
            plain, labelled = map(min, zip(*pairs, strict=True))
            ratios.append(labelled / plain)
            print(f"{plain:8.2f} ms  {labelled:8.2f} ms  {labelled / plain:5.2f}  {query}")
        print(f"{statistics.geometric_mean(ratios):.2f} times as long, on average")


def _ms(cables: Index, query: str) -> float:
    start = time.process_time()
    for _ in range(5):
        cables.search(query)
    return (time.process_time() - start) * 200


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", nargs=3, metavar=("FILE", "AUTHOR", "COUNT"), help=argparse.SUPPRESS)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--notes", type=int, default=100_000)
    options = parser.parse_args()
    if options.write:
        write(Path(options.write[0]), options.write[1], int(options.write[2]))
    elif options.index:
        cost(options.index, options.notes)
    else:
        missing = survive(options.kills)
        print(f"killed {options.kills} times; lost: {', '.join(missing) or 'nothing'}")
        sys.exit(bool(missing))


if __name__ == "__main__":
    main()
