"""What is in Whoosh's files is never run."""

from __future__ import annotations

import gc
import os
import pickle
import sys
from array import array
from collections import defaultdict
from contextlib import suppress
from types import SimpleNamespace

import pytest
from whoosh.codec.whoosh3 import W3Codec, W3Segment, W3TermInfo

from cablesearch.engines import engine as engine_named
from cablesearch.engines.documents import documents
from cablesearch.engines.whoosh.files import loads
from cablesearch.errors import BrokenIndexError
from cablesearch.query.tree import Everything, Prefix, Term
from tests.engines.model import cable, places

WHOOSH = engine_named("whoosh")
CABLES = [cable(f"07A{n}", "word here", "more words", origin="Embassy Astana") for n in range(200)]


class Malice:
    """What makes a folder when it is unpickled."""

    def __init__(self, marker):
        self.marker = marker

    def __reduce__(self):
        return os.mkdir, (str(self.marker),)


def build(folder, cables=CABLES):
    with WHOOSH.write(folder, fresh=True) as writer:
        for each in cables:
            writer.add(each, documents(each))


def read(folder):
    """Read whatever Whoosh may have to unpickle for it."""
    with WHOOSH.read(folder) as reader:
        found = places(reader.search(Term("text", "word"), limit=1, rerank=None))
        reader.scan(Prefix("words", "w"))
        reader.facets(Everything(), ["origin"])
        assert reader.cable("07A7") == CABLES[7]
        assert reader.near_words("wo")
    return found


def merge(folder, count=2):
    """Write more than there is, so that it is merged with what is there."""
    with WHOOSH.write(folder, fresh=False) as writer:
        writer.remove(["07A1"])
        for n in range(count):
            writer.add(cable(f"08B{n}", "word"), documents(cable(f"08B{n}", "word")))


def replace_pickling(monkeypatch, names, function):
    """Replace functions of `pickle` wherever Whoosh has them."""
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] == "whoosh":
            if getattr(module, "pickle", None) is pickle:
                changed = dict.fromkeys(names, function)
                monkeypatch.setattr(module, "pickle", SimpleNamespace(**vars(pickle) | changed))
            for each in names:
                if getattr(module, each, None) is getattr(pickle, each):
                    monkeypatch.setattr(module, each, function)


class Pickler:
    """Pickles like `pickle`, but something malicious in the place of the n-th value."""

    def __init__(self, place, marker):
        self.place, self.malice, self.written = place, Malice(marker), []

    def __call__(self, value, *to):
        number, self.written = len(self.written), [*self.written, type(value).__name__]
        if self.place == number:
            value = self.malice
        file = to[0] if to and not isinstance(to[0], int) else None
        if file is None:
            return pickle.dumps(value, *to)
        return pickle.dump(value, *to)


def test_malice_would_be_run_by_pickle_itself(tmp_path):
    pickle.loads(pickle.dumps(Malice(tmp_path / "marker")))
    assert (tmp_path / "marker").exists()


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # Whoosh's writer leaves files open when it fails
def test_a_malicious_pickle_is_not_run_wherever_it_stands(tmp_path, monkeypatch):
    """In the place of every pickle that Whoosh writes: schema, segments, tables, postings."""
    cables = CABLES[7:8]  # since the index is built anew for each of the places
    pickler = Pickler(None, None)
    with monkeypatch.context() as patch:
        replace_pickling(patch, ("dump", "dumps"), pickler)
        build(tmp_path / "sound", cables)
    assert {"Schema", "list", "dict", "tuple"} <= set(pickler.written)
    assert read(tmp_path / "sound")
    refused = 0
    for place in range(len(pickler.written)):
        folder, marker = tmp_path / str(place), tmp_path / f"marker{place}"
        with monkeypatch.context() as patch:
            replace_pickling(patch, ("dump", "dumps"), Pickler(place, marker))
            with suppress(BrokenIndexError):
                build(folder, cables)
        for use in (read, merge):
            try:
                use(folder)
            except BrokenIndexError as error:
                refused += "posix.mkdir" in str(error) or "nt.mkdir" in str(error)
            except Exception:
                assert use is merge  # what a writer throws is not explained here
            assert not marker.exists(), pickler.written[place]
    gc.collect()
    assert refused > 9, len(pickler.written)


def test_an_index_is_used_and_merged_without_pickle_itself(tmp_path, monkeypatch):
    def never(*arguments):
        raise AssertionError("unpickled")

    build(tmp_path)
    replace_pickling(monkeypatch, ("load", "loads", "Unpickler"), never)
    assert read(tmp_path)
    merge(tmp_path, 300)
    with WHOOSH.read(tmp_path) as reader:
        assert reader.size() == (499, 398 + 300)
        assert reader.cable("07A7") == CABLES[7]
        assert reader.cable("07A1") is None


def test_postings_inside_the_table_of_terms_are_not_run_either(tmp_path):
    """Whoosh can put a term's only posting there, though it does not yet."""
    head = W3TermInfo().to_bytes.__self__._struct.pack(1, 1.0, 1, 0, 0, 1.0, 0, 0)
    with pytest.raises(pickle.UnpicklingError, match=r"mkdir does not belong in an index"):
        W3TermInfo.from_bytes(head + pickle.dumps(Malice(tmp_path / "marker"), 2))
    assert not (tmp_path / "marker").exists()
    assert W3TermInfo.from_bytes(head + pickle.dumps(((1,), (1.0,), (b"0",)), 2)).is_inlined()


@pytest.mark.parametrize("protocol", [2, 4, 5])
def test_plain_values_are_read(protocol):
    counts = defaultdict(int, {"text": 3})
    plain = [(1, 2.5, None, True), [b"0,5 \xff", "é"], array("f", [1.5, 2])]
    for value in [*plain, {"a": {3}}, counts] if protocol > 2 else plain:
        assert loads(pickle.dumps(value, protocol)) == value


def test_what_stands_for_a_segment_is_no_class_of_whoosh():
    read = loads(pickle.dumps(W3Segment(W3Codec(), "MAIN", 3, "abc", {1})))
    assert type(read) is not W3Segment
    assert vars(read)["segid"] == "abc"
    assert vars(read)["_deleted"] == {1}


@pytest.mark.parametrize(
    "pickled",
    [
        b"cos\nsystem\n(S'true'\ntR.",
        b"cbuiltins\neval\n(S'1'\ntR.",
        b"cbuiltins\ngetattr\n(cbuiltins\nint\nS'real'\ntR.",
        b"cwhoosh.fields\nSchema\n(tR.",
        b"c_codecs\nencode\n(S'a'\nS'idna'\ntR.",
        b"\x80\x04\x8c\x0bwhoosh.util\x8c\x0brandom_name\x93)R.",
    ],
)
def test_other_names_are_refused(pickled):
    with pytest.raises(pickle.UnpicklingError):
        loads(pickled)


@pytest.mark.parametrize(
    "change",
    [
        {"segid": "../../elsewhere"},
        {"segid": 7},
        {"_doccount": "9"},
        {"_deleted": [1]},
        {"_codec": None, "segid": None},
    ],
)
def test_a_segment_that_is_none_is_refused(tmp_path, monkeypatch, change):
    with monkeypatch.context() as patch:
        patch.setattr(W3Segment, "__getstate__", lambda self: vars(self) | change, raising=False)
        build(tmp_path)
    with pytest.raises(BrokenIndexError):
        read(tmp_path)


def test_stored_fields_are_not_read(tmp_path):
    build(tmp_path, CABLES[:3])
    from cablesearch.engines.contract import Member
    from cablesearch.engines.whoosh.reader import WhooshReader

    with WhooshReader(Member(tmp_path)) as reader:
        assert list(reader._reader.all_stored_fields()) == [{}, {}, {}]
