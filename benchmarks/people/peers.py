"""How well people are found, next to Stanford CoreNLP: the same cables, in the same run.

    python -m benchmarks.people.peers --cables DIR [--telegrams DIR] [--frus DIR ...] --corenlp FOLDER_OF_JARS

The folder holds what Maven puts there: `edu.stanford.nlp:stanford-corenlp` with the classifiers `models` and
`models-english`, and what they depend on. Java must be on the path. Only cables held out are read. CoreNLP
reads small letters by its usual models, and capitals by its caseless ones. The interval of the difference in
F1 holds 95 of 100 samples of as many cables, drawn with replacement.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from cablesearch.model.cable import Cable, Person
from cablesearch.people.recognise import recognise

from .corpora import add_options, read_annotated
from .evaluate import WRITINGS
from .labels import KINDS, Annotated, load_all
from .score import Score, count, is_in_capitals, rewritten, untagged

SAMPLES = 10_000
_NER, _TAGGER = "edu/stanford/nlp/models/ner/english", "edu/stanford/nlp/models/pos-tagger/english"
_OPTIONS = {
    "annotators": "tokenize,ssplit,pos,lemma,ner",
    "outputFormat": "json",
    "ner.applyFineGrained": "false",
    "ner.applyNumericClassifiers": "false",
    "ner.useSUTime": "false",
    "ner.docdate.usePresent": "false",
}
_CASELESS = {
    "pos.model": f"{_TAGGER}-caseless-left3words-distsim.tagger",
    "ner.model": ",".join(
        f"{_NER}.{name}.caseless.distsim.crf.ser.gz" for name in ("all.3class", "muc.7class", "conll.4class")
    ),
}


class Pair(NamedTuple):
    """How well both find the people of one cable."""

    ours: Score
    theirs: Score


def main() -> None:
    """Print both scores and the interval of their difference, for each kind of cable and for all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    add_options(parser)
    parser.add_argument("--corenlp", type=Path, required=True, help="folder of jars")
    args = parser.parse_args()
    known = {ref: one for ref, one in load_all(args.annotations).items() if one.held_out}
    cables = read_annotated(known, args)
    for writing, change in WRITINGS.items():
        pairs = compare([rewritten(cable, change) for cable in cables.values()], known, args.corenlp)
        for kind in KINDS:
            report(f"{kind}, {writing}", [pair for ref, pair in pairs.items() if known[ref].kind == kind])
        report(f"all, {writing}", [*pairs.values()])


def compare(cables: Sequence[Cable], known: Annotated, jars: Path) -> dict[str, Pair]:
    """Score both on each of some cables."""
    pairs = {}
    upper = {cable.id for cable in cables if is_in_capitals(cable)}
    for capitals in (False, True):
        some = [untagged(cable) for cable in cables if (cable.id in upper) == capitals]
        for cable, theirs in zip(some, run_corenlp(some, jars, capitals), strict=True):
            pairs[cable.id] = Pair(Score(), Score())
            count(pairs[cable.id].ours, recognise(cable), known[cable.id])
            count(pairs[cable.id].theirs, theirs, known[cable.id])
    return pairs


def run_corenlp(cables: Sequence[Cable], jars: Path, capitals: bool) -> list[Cable]:
    """Return cables with the people that CoreNLP finds in each paragraph."""
    options = {**_OPTIONS, **(_CASELESS if capitals else {})}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        texts = {
            (n, i): folder / f"{n}-{i}.txt"
            for n, cable in enumerate(cables)
            for i, _ in enumerate(cable.paragraphs)
        }
        for (n, i), path in texts.items():
            path.write_text(cables[n].paragraphs[i].text, "utf-8")
        (folder / "list").write_text("\n".join(map(str, texts.values())), "utf-8")
        subprocess.run(
            [
                *("java", "-Xmx4g", "-cp", f"{jars}/*", "edu.stanford.nlp.pipeline.StanfordCoreNLP"),
                *("-filelist", str(folder / "list"), "-outputDirectory", str(folder)),
                *(part for key, value in options.items() for part in (f"-{key}", value)),
            ],
            check=True,
            capture_output=True,
        )
        found = {place: read_people(path.with_name(f"{path.name}.json")) for place, path in texts.items()}
    return [
        replace(
            cable,
            paragraphs=tuple(replace(p, people=found[n, i]) for i, p in enumerate(cable.paragraphs)),
        )
        for n, cable in enumerate(cables)
    ]


def read_people(path: Path) -> tuple[Person, ...]:
    """Read the people, each form once, in what CoreNLP writes about a text; pronouns name nobody."""
    sentences = json.loads(path.read_text("utf-8"))["sentences"]
    names = (
        one["text"]
        for sentence in sentences
        for one in sentence.get("entitymentions", ())
        if one["ner"] == "PERSON" and one["text"].lower() not in ("he", "she", "him", "her", "his")
    )
    return tuple(Person(name, name, False) for name in dict.fromkeys(names))


def report(title: str, pairs: Sequence[Pair]) -> None:
    """Print both scores of some cables, and how far apart they are."""
    if not pairs:
        return
    ours, theirs = total([pair.ours for pair in pairs]), total([pair.theirs for pair in pairs])
    low, high = interval(pairs)
    print(f"{title}: {len(pairs)} cables, {ours.found + ours.missed} names")
    for name, one in (("cablesearch", ours), ("CoreNLP", theirs)):
        print(f"    {name:11} F1 {one.f1:.3f}  precision {one.precision:.3f}  recall {one.recall:.3f}")
    print(
        f"    difference in F1 {ours.f1 - theirs.f1:+.3f}, 95 % interval {low:+.3f} to {high:+.3f}",
        flush=True,
    )


def total(scores: Sequence[Score]) -> Score:
    """Return the sum of scores."""
    return Score(*(sum(getattr(one, name) for one in scores) for name in ("found", "missed", "invented")))


def interval(pairs: Sequence[Pair]) -> tuple[float, float]:
    """Return between what values 95 % of the samples' differences in F1 lie."""
    draw = random.Random(1).choices
    samples = (draw(pairs, k=len(pairs)) for _ in range(SAMPLES))
    differences = sorted(
        total([one.ours for one in some]).f1 - total([one.theirs for one in some]).f1 for some in samples
    )
    return differences[SAMPLES // 40], differences[-SAMPLES // 40]


if __name__ == "__main__":
    main()
