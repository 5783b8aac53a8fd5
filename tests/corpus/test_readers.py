"""The list of readers."""

from types import SimpleNamespace

import pytest

from cablesearch.corpus import Record, read, readers
from cablesearch.corpus.readers import READERS


def test_a_format_is_read_once_its_reader_is_in_the_list(reading, monkeypatch):
    def sniff(start, file):
        return start.startswith("CABLE ")

    def read_words(source):
        yield Record(source=source.name, message=source.text().removeprefix("CABLE "))

    monkeypatch.setattr(
        readers, "READERS", (SimpleNamespace(NAME="words", sniff=sniff, read=read_words), *READERS)
    )
    [record] = reading("x", "CABLE The quota falls.")
    assert record.message == "The quota falls."


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__.rpartition(".")[2])
def test_a_reader_reads_a_source_or_a_shard_of_it(reader):
    assert hasattr(reader, "read") != hasattr(reader, "read_shard")


def test_readers_have_names_of_their_own():
    assert len({reader.NAME for reader in READERS}) == len(READERS)


def test_shards_of_a_table_have_each_row_once(tmp_path):
    path = tmp_path / "cables.csv"
    row = '"{0}","1/8/2007 12:31","07PORTVERITY{0}","E","C","","h","m"\n'
    path.write_text("".join(row.format(n) for n in range(1, 8)), "utf-8")
    shards = [[record.id for record in read(path, (k, 3))] for k in range(3)]
    assert [len(shard) for shard in shards] == [3, 2, 2]
    assert sorted(id for shard in shards for id in shard) == [f"07PORTVERITY{n}" for n in range(1, 8)]
