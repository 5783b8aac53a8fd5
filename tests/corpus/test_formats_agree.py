"""Made-up cables are equal cables in every format that is read.

`make formats` does it with a thousand of each; here there are a few.
"""

import os
from dataclasses import replace

import pytest

from cablesearch.corpus import Failure, files, read
from cablesearch.parse import parse_record
from tests.generated.cables import make
from tests.generated.facts import found, said
from tests.generated.formats import FORMATS
from tests.generated.printing import make_layout

COUNT = int(os.environ.get("CABLES", "12"))


@pytest.mark.parametrize("name", FORMATS)
def test_cables_are_equal_in_all_formats(tmp_path, name):
    format = FORMATS[name]
    printed = {}
    for seed in range(COUNT):
        for old in (False, True) if format.old is None else (format.old,):
            made, layout = make(seed, old=old, accents=not old), make_layout(seed)
            printed[made.id] = made, replace(layout, width=min(layout.width, format.max_width))
    cables = list(printed.values())
    expected = {format.id(place, made): said(made, format.lacks) for place, (made, _) in enumerate(cables)}
    for file, content in format.write(cables).items():
        (tmp_path / file).write_bytes(content)

    items = [item for file in files([tmp_path]) for item in read(file)]
    assert [item for item in items if isinstance(item, Failure)] == []
    read_cables = [item.cable or parse_record(item) for item in items]
    letters = [cable for cable in read_cables if cable.id.startswith("mail of ")]
    actual = {cable.id: found(cable, format.lacks) for cable in read_cables if cable not in letters}
    assert len(read_cables) == len(cables) + len(letters)
    assert actual.keys() == expected.keys()
    for id, facts in expected.items():
        assert actual[id] == facts
