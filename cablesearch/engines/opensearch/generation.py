"""The generations of an index on a cluster: indexes behind an alias.

    cablesearch-1f2e3d-0a1b2c3d4e5f6a7b     a generation; the alias `cablesearch-1f2e3d` names the current one
    cablesearch-1f2e3d-until-1764421000     an alias of one that was replaced: it has readers until then

What has neither alias was left behind by a build that was killed. Only a build that holds the lock deletes.
A generation that is current is not written to any more.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable
from contextlib import closing
from math import ceil
from typing import Any

from ...errors import ClusterError
from ..cluster import Cluster
from .connection import Client, ResponseError, connect
from .place import Place
from .schema import ANALYSIS, CABLE, FORMAT, PARAGRAPH, mappings
from .statistics import Statistics

GRACE_SECONDS = 3_600  # that readers may go on with a generation that was replaced
STEP_SECONDS = 30  # of one request that waits for the cluster
PATIENCE_SECONDS = 600  # until shards have to be where they belong, unless they are on their way
MERGE_SECONDS = 86_400  # that a merge may take: it is as long as the index is large
SHARED_TEXT = 100_000_000  # bytes of text of a part: less is better not divided
MAX_PART_TEXT = 10_000_000_000  # of a part: a larger one takes long to move, and to merge
EXACT_PARAGRAPHS = 200_000  # up to here removed paragraphs are cleared away at once
ALLOWED_REMOVED = 5  # percent of a larger index that may count until they are

_META: dict[str, str | int | bool] = {"ignore_unavailable": True, "filter_path": "*.mappings._meta"}
_UNIQUE = "[0-9a-f]{16}"
_NAME = re.compile("[a-z0-9][a-z0-9_.-]{0,199}")


def check_name(alias: str) -> None:
    """Accept the name of an index.

    Raises:
        ClusterError: OpenSearch takes no such name, or could take it for several.
    """
    if not _NAME.fullmatch(alias):
        raise ClusterError(
            f"{alias!r} cannot be the name of an index: take small letters, digits, - and _ for --name"
        )


def check_free(client: Client, alias: str) -> None:
    """Make sure that a name on the cluster is free, or is that of a generation.

    Raises:
        ClusterError: it means something else.
    """
    found = client.request("GET", f"/{alias}/_alias", params={"ignore_unavailable": True})
    ours = re.compile(f"{re.escape(alias)}-{_UNIQUE}")
    for index in found:
        if not ours.fullmatch(index):
            raise ClusterError(
                f"the name {alias} on the cluster is taken by the index {index}: name another with --name"
            )


def default_shards(nodes: int, text: int | None) -> int:
    """Return into how many parts an index is divided: one for each node, fewer or more by its text."""
    if text is None:
        return nodes
    return max(min(nodes, ceil(text / SHARED_TEXT)), ceil(text / MAX_PART_TEXT), 1)


def new_name(alias: str) -> str:
    """Return a name for a new generation."""
    return f"{alias}-{secrets.token_hex(8)}"


def stored_statistics(client: Client, index: str, alias: str) -> tuple[str, Statistics] | None:
    """Return the name and the counts of a generation; if it is gone, of the current one, or None.

    Raises:
        ValueError: it was written by another version.
    """
    try:
        found = client.request("GET", f"/{index},{alias}/_mapping", params=_META)
    except ResponseError as error:
        if error.status != 404:
            raise
        found = {}
    if not found:
        return None
    name = index if index in found else next(iter(found))
    meta = found[name]["mappings"]["_meta"]
    if meta["format"] != FORMAT:
        raise ValueError("another version wrote it")
    return name, Statistics.from_dict(meta)


class Generation:
    """A generation that is being written."""

    def __init__(self, client: Client, cluster: Cluster) -> None:
        self._client = client
        self._cluster = cluster
        self._alias = cluster.name
        self.name = new_name(cluster.name)

    def create(self, counts: Statistics, text: int | None = None) -> None:
        """Create an empty index.

        Args:
            text: about how many bytes of text it will have, None if that is not known.
        """
        shards = self._cluster.shards or default_shards(self._data_nodes(), text)
        settings = self._writing(counts) | {"number_of_shards": shards, "analysis": ANALYSIS}
        self._create(self.name, {"settings": {"index": settings}, "mappings": mappings()})

    def clone(self, base: str, counts: Statistics) -> None:
        """Make a copy of another generation, which shares its files."""
        settings = self._writing(counts) | {"blocks.write": None}
        self._create(f"{base}/_clone/{self.name}", {"settings": {"index": settings}})
        self._await("green")

    def _create(self, path: str, body: dict[str, Any]) -> None:
        try:
            self._client.request("PUT", f"/{path}", body=body, timeout=2 * STEP_SECONDS)
        except ResponseError as error:
            # Then it is ours, as its name is new: the cluster itself repeats what a killed manager had begun.
            if error.kind != "resource_already_exists_exception":
                raise

    def _writing(self, counts: Statistics) -> dict[str, Any]:
        """Return the settings with which it is written: no replicas, of which nothing is searched yet."""
        exact = counts.paragraphs <= EXACT_PARAGRAPHS
        return {
            "number_of_replicas": 0,
            "refresh_interval": "-1",
            "merge.policy.expunge_deletes_allowed": 0 if exact else ALLOWED_REMOVED,
            "similarity": counts.similarities(),
        }

    def reopen(self, counts: Statistics) -> None:
        """Make it score by these counts: for that it is closed for a moment.

        Only then does OpenSearch let go of removed documents, which it keeps for other copies of a shard.
        """
        self._client.request("POST", f"/{self.name}/_flush", timeout=MERGE_SECONDS)
        self._client.request("POST", f"/{self.name}/_close", timeout=2 * STEP_SECONDS)
        self._set({"similarity": counts.similarities()})
        self._client.request("POST", f"/{self.name}/_open", timeout=2 * STEP_SECONDS)
        self._await("green")

    def merge(self, *, whole: bool) -> None:
        """Clear removed documents away; if the `whole` is new, make one segment of each shard."""
        wanted: dict[str, str | int | bool] = (
            {"max_num_segments": 1} if whole else {"only_expunge_deletes": True}
        )
        self._client.request("POST", f"/{self.name}/_forcemerge", params=wanted, timeout=MERGE_SECONDS)

    def refresh(self) -> None:
        """Let what was written be found."""
        self._client.request("POST", f"/{self.name}/_refresh", timeout=MERGE_SECONDS)

    def check(self, counts: Statistics) -> None:
        """Compare what is in it with what it should hold.

        Raises:
            ClusterError: something is missing, or there twice.
        """
        if missing := _difference(self._client, self.name, counts):
            raise ClusterError(f"the new index on the cluster {missing}; the old one stays: build it again")

    def publish(self, counts: Statistics, confirm: Callable[[], float]) -> None:
        """Complete it, and make it the current one at once.

        Args:
            confirm: called just before; returns the time, or raises if it must not become current.
        """
        meta = counts.as_dict() | {"format": FORMAT}
        self._client.request("PUT", f"/{self.name}/_mapping", body={"_meta": meta})
        replicas = self._cluster.replicas
        if replicas is None:
            replicas = 1 if self._data_nodes() > 1 else 0
        self._set({"number_of_replicas": replicas, "blocks.write": True})
        self._await("green")
        swap: list[dict[str, Any]] = [{"add": {"index": self.name, "alias": self._alias}}]
        current = self._current()
        until = f"{self._alias}-until-{int(confirm() + GRACE_SECONDS)}"
        for old in current:
            swap.append({"remove": {"index": old, "alias": self._alias}})
            swap.append({"add": {"index": old, "alias": until}})
        try:
            self._client.request("POST", "/_aliases", body={"actions": swap})
        except ResponseError:
            if self._current() != [self.name]:  # else it was done, and the answer was lost
                raise

    def discard(self) -> None:
        """Delete it, unless it has become the current one."""
        if self.name not in self._current():
            delete_index(self._client, self.name)

    def _current(self) -> list[str]:
        """Return the names of the generations that the alias names: one or none."""
        try:
            return [*self._client.request("GET", f"/_alias/{self._alias}")]
        except ResponseError as error:
            if error.status != 404:
                raise
            return []

    def _set(self, settings: dict[str, Any]) -> None:
        self._client.request("PUT", f"/{self.name}/_settings", body={"index": settings})

    def _data_nodes(self) -> int:
        return int(self._client.request("GET", "/_cluster/health")["number_of_data_nodes"])

    def _await(self, status: str) -> None:
        """Wait until all its shards are where they belong.

        Raises:
            ClusterError: there are too few nodes for them.
        """
        params = {"wait_for_status": status, "timeout": f"{STEP_SECONDS}s"}
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                health = self._client.request(
                    "GET", f"/_cluster/health/{self.name}", params=params, timeout=2 * STEP_SECONDS
                )
            except ResponseError as error:
                if error.status != 408:
                    raise
                health = self._client.request("GET", f"/_cluster/health/{self.name}")
            if health["status"] == status:
                return
            if time.monotonic() > until and not health["initializing_shards"]:
                raise ClusterError(
                    f"{health['unassigned_shards']} shards of the new index find no node in the cluster:"
                    " add nodes, or name fewer --replicas"
                )


def problems(place: Place) -> list[tuple[str, str]]:
    """Return what is wrong with an index on the cluster: its name, and what."""
    with closing(connect(place.urls)) as client:
        found = stored_statistics(client, place.index, place.index)
        if not found:
            return [(place.index, "is missing on the cluster")]
        difference = _difference(client, *found)
        return [(place.index, difference)] if difference else []


def _difference(client: Client, index: str, counts: Statistics) -> str:
    """Return what an index has instead of what it should hold, empty if there is no difference."""
    kinds = {"size": 0, "aggs": {"kinds": {"terms": {"field": "type"}}}}
    found = client.request("POST", f"/{index}/_search", body=kinds)
    held = {each["key"]: each["doc_count"] for each in found["aggregations"]["kinds"]["buckets"]}
    paragraphs, cables = held.get(PARAGRAPH, 0), held.get(CABLE, 0)
    if (paragraphs, cables) == (counts.paragraphs, counts.cables):
        return ""
    return (
        f"has {paragraphs:,} paragraphs of {cables:,} cables"
        f" instead of {counts.paragraphs:,} of {counts.cables:,}"
    )


def sweep(client: Client, alias: str, kept: str | None, now: float) -> None:
    """Delete the generations that nobody needs any more; only for who holds the lock.

    Args:
        kept: the name of one that is needed.
        now: the time by the cluster's clock, by which other builders have said how long theirs are needed.
    """
    generation = re.compile(f"{re.escape(alias)}-{_UNIQUE}")
    found = client.request("GET", f"/{alias}-*/_alias")
    for name, held in found.items():
        aliases = held["aliases"]
        if not generation.fullmatch(name) or name == kept or alias in aliases:
            continue
        until = [int(each.rpartition("-until-")[2]) for each in aliases if "-until-" in each]
        if max(until, default=0) < now:
            delete_index(client, name)


def delete_index(client: Client, name: str) -> None:
    """Delete an index, if it is there."""
    try:
        client.request("DELETE", f"/{name}")
    except ResponseError as error:
        if error.status != 404:
            raise
