"""What is particular to an index on a cluster: its generations, its lock, how often it is asked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from cablesearch import Index, rebuild_index, update_index
from cablesearch.engines.contract import Rerank
from cablesearch.engines.documents import documents
from cablesearch.engines.opensearch import generation, lock, reader, writer
from cablesearch.engines.opensearch.connection import Client, ResponseError, connect
from cablesearch.engines.opensearch.faults import Fault
from cablesearch.engines.opensearch.place import read_place
from cablesearch.engines.opensearch.schema import FILLER
from cablesearch.errors import BrokenIndexError, ClusterError, IndexStateError, LockedError, QueryError
from cablesearch.indexing import state
from cablesearch.query.tree import All, Any, Everything, Filter, Has, Not, Phrase, Prefix, Term, Wildcard
from tests.engines.engines import URLS, cleaned, cluster, engine
from tests.engines.model import cable, places

pytestmark = pytest.mark.skipif(not URLS, reason="no cluster is named in CLUSTER_URLS: make test-cluster")

CORPUS = Path(__file__).parents[3] / "corpus"
A, B, C = (cable(f"07{name}1", f"word {name}", f"more {name}") for name in "ABC")
WORD = Term("text", "word")


@pytest.fixture(autouse=True)
def clean():
    with cleaned():
        pass
    with cleaned():
        yield


@pytest.fixture
def opensearch():
    return engine("opensearch")


@pytest.fixture
def client():
    with closing(connect(URLS)) as client:
        yield client


def write(engine, folder, *cables, removed=(), fresh=False):
    with engine.write(folder, fresh=fresh) as writer:
        writer.remove(removed)
        for each in cables:
            writer.add(each, documents(each))


def found(engine, folder, tree=WORD):
    with engine.read(folder) as reader:
        return sorted(places(reader.search(tree, limit=99)))


def indexes(client):
    return sorted(name for name in client.request("GET", "/cablesearch-*/_alias") if name != lock.INDEX)


# Generations


def test_a_replaced_generation_is_kept_for_its_readers_and_then_deleted(
    opensearch, client, tmp_path, monkeypatch
):
    write(opensearch, tmp_path, A, fresh=True)
    first = read_place(tmp_path).index
    with opensearch.read(tmp_path) as before:
        write(opensearch, tmp_path, B)
        second = read_place(tmp_path).index
        assert indexes(client) == sorted((first, second))
        later = time.time() + generation.GRACE_SECONDS + 100
        monkeypatch.setattr(lock.Lock, "check", lambda self: later)
        write(opensearch, tmp_path, C)
        assert indexes(client) == sorted((second, read_place(tmp_path).index))
        with pytest.raises(IndexStateError, match="open it again"):
            before.search(WORD, limit=1)
    assert found(opensearch, tmp_path) == ["07A1/0", "07B1/0", "07C1/0"]


def test_what_a_killed_build_left_is_deleted_by_the_next(opensearch, client, tmp_path, monkeypatch):
    write(opensearch, tmp_path, A, fresh=True)
    monkeypatch.setattr(writer, "PART_BYTES", 10)
    killed = opensearch.write(tmp_path, fresh=False)
    killed.add(B, documents(B))
    assert len(indexes(client)) == 2
    killed._session._lock.release()  # as if it had expired
    assert found(opensearch, tmp_path) == ["07A1/0"]
    first = read_place(tmp_path).index
    write(opensearch, tmp_path, C)
    assert indexes(client) == sorted((first, read_place(tmp_path).index))
    assert found(opensearch, tmp_path) == ["07A1/0", "07C1/0"]


def test_a_generation_that_was_left_closed_is_deleted(opensearch, client, tmp_path):
    write(opensearch, tmp_path, A, fresh=True)
    [first] = indexes(client)
    alias = read_place(tmp_path).alias
    client.request("PUT", f"/{alias}-0123456789abcdef")
    client.request("POST", f"/{alias}-0123456789abcdef/_close")
    write(opensearch, tmp_path, B)
    assert indexes(client) == sorted((first, read_place(tmp_path).index))


@pytest.mark.parametrize("happens", ["before", "after"])
def test_what_became_current_is_never_deleted(opensearch, client, tmp_path, monkeypatch, happens):
    """Where the alias was moved but the answer was lost, or the folder could not be written."""
    write(opensearch, tmp_path, A, fresh=True)
    first = read_place(tmp_path).index

    def refuse(*given):
        raise OSError("no space")

    send = Client.request

    def lost(self, method, path, **options):
        answer = send(self, method, path, **options)
        if path == "/_aliases":
            raise ResponseError(Fault(404, "aliases_not_found_exception"))
        return answer

    if happens == "before":
        monkeypatch.setattr(Client, "request", lost)
        write(opensearch, tmp_path, B)
    else:
        monkeypatch.setattr(writer, "write_place", refuse)
        with pytest.raises(OSError, match="no space"):
            write(opensearch, tmp_path, B)
    monkeypatch.undo()
    [current] = client.request("GET", f"/_alias/{read_place(tmp_path).alias}")
    assert indexes(client) == sorted((first, current))
    assert found(opensearch, tmp_path) == ["07A1/0"] + ["07B1/0"] * (happens == "before")
    write(opensearch, tmp_path, C)
    assert found(opensearch, tmp_path) == ["07A1/0"] + ["07B1/0"] * (happens == "before") + ["07C1/0"]


def test_a_copy_of_the_folder_follows_the_alias_when_its_generation_is_gone(opensearch, client, tmp_path):
    write(opensearch, tmp_path / "one", A, fresh=True)
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "cluster.json").write_bytes((tmp_path / "one" / "cluster.json").read_bytes())
    write(opensearch, tmp_path / "one", B)
    assert found(opensearch, tmp_path / "copy") == ["07A1/0"]
    client.request("DELETE", f"/{read_place(tmp_path / 'copy').index}")
    assert found(opensearch, tmp_path / "copy") == ["07A1/0", "07B1/0"]
    with pytest.raises(BrokenIndexError, match="cablesearch reindex"):
        write(opensearch, tmp_path / "copy", C)


def test_indexes_of_longer_names_are_left_alone(client, opensearch, tmp_path):
    for name in ("cablesearch-a", "cablesearch-a-b"):
        on = opensearch.on(cluster("opensearch").over(generation.Cluster(name=name)))
        write(on, tmp_path / name, A, fresh=True)
    write(opensearch, tmp_path / "cablesearch-a", B)
    assert found(opensearch, tmp_path / "cablesearch-a-b") == ["07A1/0"]


@pytest.mark.parametrize("taken", ["index", "alias"])
def test_a_name_that_others_use_is_left_to_them(client, opensearch, tmp_path, taken):
    aliases = {"cablesearch-ships": {}} if taken == "alias" else {}
    name = "ships" if taken == "alias" else "cablesearch-ships"
    client.request("PUT", f"/{name}", body={"aliases": aliases})
    on = opensearch.on(cluster("opensearch").over(generation.Cluster(name="cablesearch-ships")))
    try:
        with pytest.raises(ClusterError, match=f"is taken by the index {name}: name another with --name"):
            write(on, tmp_path, A, fresh=True)
        assert client.request("GET", f"/{name}/_alias") == {name: {"aliases": aliases}}
    finally:
        client.request("DELETE", f"/{name}")
    write(on, tmp_path, A, fresh=True)


def test_the_clock_of_a_builder_does_not_matter(client, opensearch, tmp_path, monkeypatch):
    real = time.time
    for wrong, each in ((0, A), (-86_400, B), (86_400, C)):
        monkeypatch.setattr(time, "time", lambda wrong=wrong: real() + wrong)
        write(opensearch, tmp_path, each, fresh=each is A)
    assert len(indexes(client)) == 3


def test_an_index_that_lacks_something_does_not_replace_the_old_one(
    opensearch, client, tmp_path, monkeypatch
):
    write(opensearch, tmp_path, A, fresh=True)
    real = generation.Generation.refresh

    def lose(self):
        client.request("POST", f"/{self.name}/_refresh")
        some = {"query": {"term": {"type": "p"}}, "max_docs": 1}
        client.request("POST", f"/{self.name}/_delete_by_query", body=some)
        real(self)

    monkeypatch.setattr(generation.Generation, "refresh", lose)
    with pytest.raises(ClusterError, match="instead of 4 of 2"):
        write(opensearch, tmp_path, B)
    assert found(opensearch, tmp_path) == ["07A1/0"]
    assert indexes(client) == [read_place(tmp_path).index]


@pytest.mark.parametrize("part_bytes", [10, 4_000_000])
def test_scores_are_exact_after_cables_were_removed(opensearch, tmp_path, monkeypatch, part_bytes):
    """In an index that is sent in parts, and in one that is sent at once."""
    monkeypatch.setattr(writer, "PART_BYTES", part_bytes)
    many = [
        cable(f"07X{n}", "salt " * (n % 5 + 1) + "ship " * n, subject="fish" * (n % 2)) for n in range(40)
    ]
    write(opensearch, tmp_path / "updated", *many, fresh=True)
    write(opensearch, tmp_path / "updated", A, removed=[each.id for each in many[::3]])
    left = [each for place, each in enumerate(many) if place % 3]
    write(opensearch, tmp_path / "fresh", *left, A, fresh=True)
    trees = (Term("text", "salt"), Phrase("text", ("salt", "ship")), Term("subject", "fish"))
    with opensearch.read(tmp_path / "updated") as updated, opensearch.read(tmp_path / "fresh") as fresh:
        for tree in trees:
            one, other = (each.search(tree, limit=99).matches for each in (updated, fresh))
            assert [match.score for match in one] == pytest.approx([match.score for match in other], rel=1e-5)
        assert updated.size() == fresh.size()
        assert updated.near_words("s") == fresh.near_words("s")
        assert updated.frequencies("text", ["salt", "fish"]) == fresh.frequencies("text", ["salt", "fish"])


def test_a_cable_that_was_sent_is_removed_and_replaced(opensearch, tmp_path, monkeypatch):
    monkeypatch.setattr(writer, "PART_BYTES", 10)
    longer = cable("07A1", "nothing", "word", "word")
    with opensearch.write(tmp_path, fresh=True) as session:
        for each in (A, B):
            session.add(each, documents(each))
        session.remove(["07A1"])
        session.add(longer, documents(longer))
        session.remove(["07B1"])
    assert found(opensearch, tmp_path) == ["07A1/1", "07A1/2"]
    with opensearch.read(tmp_path) as opened:
        assert opened.size() == (1, 3)
        assert {word.text: word.paragraphs for word in opened.near_words("")} == {
            "word": 2,
            "nothing": 1,
            "noth": 1,
        }


# The lock


def test_a_lock_says_who_holds_it(opensearch, tmp_path):
    session = opensearch.write(tmp_path, fresh=True)
    session.add(A, documents(A))
    with pytest.raises(LockedError, match=f"by process {os.getpid()} on .* since 20"):
        write(opensearch, tmp_path, B, fresh=True)
    session.commit()
    write(opensearch, tmp_path, B)
    assert found(opensearch, tmp_path) == ["07A1/0", "07B1/0"]


def test_the_lock_of_a_dead_process_is_taken_over(opensearch, tmp_path, client, monkeypatch):
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    monkeypatch.setattr(lock.os, "getpid", lambda: ended.pid)
    session = opensearch.write(tmp_path, fresh=True)
    session.add(A, documents(A))
    session._session._lock._released.set()  # it is not renewed any more
    monkeypatch.undo()
    write(opensearch, tmp_path, B, fresh=True)
    assert found(opensearch, tmp_path) == ["07B1/0"]
    with pytest.raises(ClusterError, match="lock"):
        session.commit()
    assert found(opensearch, tmp_path) == ["07B1/0"]


def test_a_process_of_another_container_is_not_taken_for_dead(opensearch, tmp_path, monkeypatch):
    """It may have the same host's name, and a number that no process has here."""
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    with monkeypatch.context() as there:
        there.setattr(lock.os, "getpid", lambda: ended.pid)
        there.setattr(lock, "_processes", lambda: "pid:[1] another")
        session = opensearch.write(tmp_path, fresh=True)
        session.add(A, documents(A))
    with pytest.raises(LockedError, match=f"by process {ended.pid}"):
        write(opensearch, tmp_path, B, fresh=True)
    session.commit()
    assert found(opensearch, tmp_path) == ["07A1/0"]


def test_a_lock_expires(opensearch, tmp_path, monkeypatch):
    monkeypatch.setattr(lock, "EXPIRES_SECONDS", 0)
    session = opensearch.write(tmp_path, fresh=True)
    session.add(A, documents(A))
    time.sleep(0.01)
    write(opensearch, tmp_path, B, fresh=True)
    assert found(opensearch, tmp_path) == ["07B1/0"]
    session.discard()


# Asking


@pytest.fixture
def asked(monkeypatch):
    """The paths of the requests that a reader sends."""
    paths = []
    send = reader.OpenSearchReader._request

    def watched(self, method, path, **options):
        paths.append(path.rpartition("/")[2])
        return send(self, method, path, **options)

    monkeypatch.setattr(reader.OpenSearchReader, "_request", watched)
    return paths


def test_a_search_takes_one_request_and_reranking_a_second(opensearch, tmp_path, asked):
    many = [cable(f"07X{n}", "salt ship " + "fish " * n, "ship") for n in range(60)]
    write(opensearch, tmp_path, *many, fresh=True)
    words = All((Term("text", "salt"), Term("text", "ship")))
    rerank = Rerank(("salt", "ship"), Phrase("text", ("salt", "ship")))
    with opensearch.read(tmp_path) as opened:
        opened.search(Term("text", "salt"), limit=10)
        assert asked == ["_search"]
        opened.search(words, limit=10, rerank=rerank)
        assert asked == ["_search", "_msearch", "_msearch"]
        opened.facets(words, ["origin", "person", "year"])
        opened.by_cable(words, 3)
        assert len(asked) == 5


@pytest.mark.parametrize(
    ("query", "options", "requests"),
    [
        ("salt", {}, 1),
        ("salt", {"sort": "date"}, 1),
        ("salt", {"offset": 20, "limit": 30}, 1),
        ("salt ship", {}, 2),
        ("salt ship fish", {}, 2),
        ("salt OR ship", {}, 2),
        ("salt NOT zebra", {}, 1),
        ("sal*", {}, 1),
        ("salt~1", {}, 1),
        ("salt origin:tezgara", {}, 1),
        ("salt date:2007", {}, 1),
        ("origin:tezgara", {}, 1),
        ("*", {}, 1),
    ],
)
def test_a_question_takes_two_requests_at_most_and_one_for_a_word(
    opensearch, tmp_path, asked, query, options, requests
):
    """The words' frequencies, by which it may be rewritten, are asked for together with the search."""
    many = [
        cable(f"07X{n}", "salt ship " + "fish " * n, origin="Tezgara", created=date(2007, 1, 1))
        for n in range(60)
    ]
    undated = cable("STATE1", "zebra")
    write(opensearch, tmp_path, *many, undated, fresh=True)
    with Index(tmp_path, opensearch.read(tmp_path)) as index:
        results = index.search(query, **options)
        assert (len(results), len(asked)) == (options.get("limit", 10), requests)


def test_many_queries_are_counted_in_few_requests(opensearch, tmp_path, asked, monkeypatch):
    write(opensearch, tmp_path, *(cable(f"07X{n}", f"ship{n % 3}") for n in range(9)), fresh=True)
    trees = [Term("text", f"ship{n % 5}") for n in range(50)]
    with opensearch.read(tmp_path) as opened:
        assert opened.counts(trees) == [3, 3, 3, 0, 0] * 10
        assert opened.counts([]) == []
        assert asked == ["_msearch"]
        monkeypatch.setattr(reader, "COUNTED_AT_ONCE", 20)
        assert opened.counts(trees) == [3, 3, 3, 0, 0] * 10
        assert asked == ["_msearch"] * 4


def test_the_people_of_an_index_are_counted_in_few_requests(opensearch, tmp_path, asked):
    def letters(n):
        return chr(97 + n) * 2

    both = [[f"Ivo Quell{letters(n)}", f"Quell{letters(n)}"] for n in range(20)]
    many = (cable(f"07X{n}", "word", people=[names]) for n, names in enumerate(both))
    write(opensearch, tmp_path, *many, fresh=True)
    with Index(tmp_path, opensearch.read(tmp_path)) as index:
        people = [*index.people("*")]
        assert (len(people) > 10, sum(person.paragraphs for person in people)) == (True, 20)
        assert asked == ["_search", "_search", "_msearch"]


def test_more_than_fits_on_one_page_of_the_cluster(opensearch, tmp_path, monkeypatch):
    many = [cable(f"07X{n}", *["word " + "x " * (n % 7)] * 3) for n in range(40)]
    write(opensearch, tmp_path, *many, fresh=True)
    with opensearch.read(tmp_path) as opened:
        for options in ({}, {"sort": "date"}):
            whole = opened.search(WORD, limit=200, **options).matches
            scanned = [*opened.scan(WORD)]
            monkeypatch.setattr(reader, "WINDOW", 7)
            assert opened.search(WORD, limit=200, **options).matches == whole
            assert opened.search(WORD, limit=20, offset=60, **options).matches == whole[60:80]
            assert [*opened.scan(WORD)] == scanned
            monkeypatch.undo()
        assert len(whole) == 120


def test_more_values_than_are_counted_in_one_pass(opensearch, tmp_path, monkeypatch):
    many = [
        cable(f"07X{n}", "word", origin=f"Embassy {n % 9}", people=[[f"Ivo Quell{n}"]]) for n in range(30)
    ]
    write(opensearch, tmp_path, *many, fresh=True)
    with opensearch.read(tmp_path) as opened:
        whole = opened.facets(Everything(), ["origin", "person"])
        monkeypatch.setattr(reader, "MAX_VALUES", 4)
        assert opened.facets(Everything(), ["origin", "person"]) == whole
        assert (len(whole["origin"]), len(whole["person"])) == (9, 30)


def test_more_cables_than_are_counted_in_one_pass(opensearch, tmp_path, monkeypatch):
    many = [cable(f"07X{n}", *["word"] * (n % 5 + 1)) for n in range(40)]
    write(opensearch, tmp_path, *many, fresh=True)
    with opensearch.read(tmp_path) as opened:
        whole = opened.by_cable(WORD, 10)
        monkeypatch.setattr(reader, "MAX_CABLES", 9)
        assert opened.by_cable(WORD, 10) == whole
        assert whole.total == 40


@pytest.mark.parametrize(
    "tree", [Wildcard("person", "*"), Prefix("person", ""), Wildcard("person", "????????")]
)
def test_what_fills_an_empty_column_is_never_found(opensearch, tmp_path, tree):
    write(opensearch, tmp_path, cable("07X1", "word", "word", people=[["Ivo"], []]), fresh=True)
    with opensearch.read(tmp_path) as opened:
        assert places(opened.search(tree, limit=9)) == (["07X1/0"] if "????" not in str(tree) else [])
        assert opened.count(Has("person")) == 1
        assert opened.count(Term("text", FILLER)) == 0


def test_any_number_of_values_is_filtered_by_but_not_scored(opensearch, tmp_path):
    write(opensearch, tmp_path, cable("07X1", "salt", "ship"), fresh=True)
    many = tuple(Term("text", f"word{n}") for n in range(3_000))
    with opensearch.read(tmp_path) as opened:
        assert opened.count(Filter(Any((*many, Term("text", "salt"))))) == 1
        assert opened.count(Not(Any((*many, Term("text", "salt"))))) == 1
        with pytest.raises(QueryError, match="more words and patterns at once than the cluster takes"):
            opened.count(Any(many))


@pytest.mark.parametrize("groups", [1, 5])
def test_a_cluster_can_be_told_to_take_longer_queries(opensearch, client, tmp_path, groups):
    """The limit holds for a query as a whole, however it is put together."""
    write(opensearch, tmp_path, cable("07X1", "salt", "ship word7"), fresh=True)
    words = [Term("text", f"word{n}") for n in range(2_000)]
    tree = Any((Term("text", "salt"), *(Any(tuple(words[group::groups])) for group in range(groups))))
    limit = "indices.query.bool.max_clause_count"
    with opensearch.read(tmp_path) as opened:
        begun = time.monotonic()
        for ask in (opened.search, lambda tree, limit: opened.counts([tree, tree])):
            with pytest.raises(QueryError, match=limit):
                ask(tree, limit=9)
        assert time.monotonic() - begun < 10  # it is not asked again
        client.request("PUT", "/_cluster/settings", body={"persistent": {limit: 4_000}})
        try:
            assert len(opened.search(tree, limit=9).matches) == 2
        finally:
            client.request("PUT", "/_cluster/settings", body={"persistent": {limit: None}})


# From the command line to the cluster and back


def run(*arguments, folder):
    command = [sys.executable, "-m", "cablesearch", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


QUESTIONS = (
    ("search", "reform commission", "--format", "json", "--limit", "20"),
    ("search", "origin:Astana date:2007", "--format", "json", "--sort", "date"),
    ("show", "07ASTANA48", "--format", "json"),
    ("facets", "reform", "--by", "origin,person,year", "--format", "json"),
    ("timeline", "*", "--format", "json"),
    ("people", "--format", "json"),
    ("cited", "07ASTANA48", "--format", "json"),
    ("similar", "07ASTANA48#6", "--format", "json"),
)


def test_every_command_answers_as_with_another_engine(tmp_path):
    rebuild_index(tmp_path / "tantivy", [CORPUS], engine="tantivy", workers=0)
    rebuild_index(tmp_path / "index", [CORPUS], engine="opensearch", cluster=cluster("opensearch"), workers=0)
    for question in QUESTIONS:
        answers = [run(*question, "--index", name, folder=tmp_path).stdout for name in ("index", "tantivy")]
        assert alike(*map(json.loads, answers)), question
    checked = run("check", folder=tmp_path)
    assert (checked.returncode, "as it was written" in checked.stdout) == (0, True)
    assert URLS[0] in run("info", folder=tmp_path).stdout


def alike(one, other):
    """Whether JSON values are equal, numbers to five digits."""
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(alike, one, other))
    return one == (pytest.approx(other, rel=2e-5) if isinstance(other, float) else other)


def test_an_index_moves_between_engines_and_is_brought_up_to_date(tmp_path):
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    text = (CORPUS / "07ASTANA48.txt").read_text("utf-8")
    (corpus / "07ASTANA48.txt").write_text(text, "utf-8")
    on = cluster("opensearch")
    report = update_index(index, [corpus], engine="opensearch", cluster=on, workers=0)
    assert (report.engine, report.cables) == ("opensearch", 1)
    (corpus / "07ASTANA49.txt").write_text(text.replace("07ASTANA48", "07ASTANA49"), "utf-8")
    report = update_index(index, workers=0)
    assert (report.engine, report.switched, report.added, report.unchanged) == ("opensearch", None, 1, 1)
    assert update_index(index, workers=0).read == 0
    report = rebuild_index(index, workers=0)
    assert (report.engine, report.left) == ("opensearch", "")
    left = read_place(state(index).generation / "engine").index
    report = update_index(index, engine="tantivy", workers=0)
    assert (report.engine, report.switched, report.cables) == ("tantivy", "opensearch", 2)
    assert report.left == f"curl -X DELETE {URLS[0]}/{left}"
    report = update_index(index, engine="opensearch", cluster=on, workers=0)
    assert (report.switched, report.cables) == ("tantivy", 2)
    assert run("Democratization", folder=tmp_path).returncode == 0


def test_a_lost_index_is_said_by_check(client, tmp_path):
    on = cluster("opensearch")
    rebuild_index(tmp_path / "index", [CORPUS / "07ASTANA48.txt"], engine="opensearch", cluster=on)
    [name] = indexes(client)
    client.request("DELETE", f"/{name}")
    checked = run("check", folder=tmp_path)
    assert checked.returncode == 2
    assert f"{name} is missing on the cluster" in checked.stdout
    searched = run("reform", folder=tmp_path)
    assert (searched.returncode, searched.stderr.count("\n")) == (2, 1)
    assert "cablesearch reindex" in searched.stderr
