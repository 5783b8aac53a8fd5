"""An index has the front matter of volumes if it was built with it, and keeps to that."""

from pathlib import Path

import pytest

from cablesearch import CablesearchError, open_index
from cablesearch.indexing import rebuild, update

VOLUME = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><front>
<div type="section" xml:id="preface"><head>Preface</head><p>The series is official.</p></div>
</front><body><div type="document" xml:id="d1"><head>1. Note</head><p>Herring is dear.</p></div></body>
</text></TEI>"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "v1.xml").write_text(VOLUME, "utf-8")
    return folder


def ids(index: Path) -> list[str]:
    with open_index(index) as opened:
        return sorted(hit.cable_id for hit in opened.scan("*"))


def test_it_is_left_out_by_default(corpus, tmp_path):
    assert update(tmp_path / "index", corpus, workers=0).cables == 1
    assert ids(tmp_path / "index") == ["v1/d1"]


@pytest.mark.parametrize("build", [update, rebuild])
def test_later_updates_keep_to_it(corpus, tmp_path, build):
    index = tmp_path / "index"
    build(index, corpus, workers=0, front_matter=True)
    (corpus / "v2.xml").write_text(VOLUME, "utf-8")
    assert update(index, workers=0).added == 2
    assert ids(index) == ["v1/d1", "v1/preface", "v2/d1", "v2/preface"]
    with open_index(index) as opened:
        assert opened.search('official NOT format:"front matter"').total == 0
        assert opened.search("official kind:editorial id:v1").total == 1


@pytest.mark.parametrize(
    ("has", "wanted", "remedy"),
    [(False, True, "reindex --front-matter"), (True, False, "reindex --no-front-matter")],
)
def test_an_update_that_would_mix_both_is_refused(corpus, tmp_path, has, wanted, remedy):
    update(tmp_path / "index", corpus, workers=0, front_matter=has)
    with pytest.raises(CablesearchError, match=remedy):
        update(tmp_path / "index", workers=0, front_matter=wanted)
    assert len(ids(tmp_path / "index")) == 1 + has


def test_a_rebuild_without_it_drops_it(corpus, tmp_path):
    rebuild(tmp_path / "index", corpus, workers=0, front_matter=True)
    rebuild(tmp_path / "index", workers=0)
    assert ids(tmp_path / "index") == ["v1/d1"]
