"""A connection to a cluster: several hosts, what is sent again, and what the user is told if nothing helps.

A request may be sent more than once: after a lost connection nobody knows whether it was carried out. So each
must do no harm if it is repeated. Of a search, an answer without all shards is no answer.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar

from ...errors import ClusterError
from .credentials import Credentials, Host, check_encrypted, credentials, host
from .faults import PARTIAL, UNANSWERED, Fault, fault, fault_of

if TYPE_CHECKING:
    from opensearchpy.transport import Transport

KNOWN_MAJOR = "2"  # in OpenSearch 3 the default BM25 has another factor
PATIENCE = 30.0  # seconds in which a fault may pass
FIRST_PATIENCE = 3.0  # the same before the cluster has ever answered: the URL may be wrong
FIRST_WAIT, LONGEST_WAIT = 0.1, 2.0  # seconds before something is sent again
ANSWER_SECONDS, CONNECT_SECONDS = 60.0, 3.0
BULK_BYTES = 5_000_000  # of one request; larger ones are no faster, and take memory of every node
THREADS = 32  # that may ask at once with connections that are kept

JSON, LINES = "application/json", "application/x-ndjson"

T = TypeVar("T")


class ResponseError(Exception):
    """The cluster answered that a request is wrong: the caller knows what that means.

    Attributes:
        status: that of HTTP: 404, 409 ...
        kind: the type of the error as OpenSearch names it, such as `index_not_found_exception`.
    """

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.status, self.kind = fault.status, fault.kind


class _FailedError(Exception):
    """An answer of status 200 that holds a fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


@contextmanager
def explained() -> Iterator[None]:
    """Turn what the cluster refuses of a build into an error of one line."""
    try:
        yield
    except ResponseError as error:
        raise ClusterError(
            f"the cluster refuses what the build asks of it ({error}); the old index stays"
        ) from error


def connect(urls: Sequence[str], *, patience: float = PATIENCE) -> Client:
    """Connect to the cluster that has nodes at these URLs, with the credentials of the environment.

    Args:
        patience: seconds in which a fault may pass; a build has more of it than a search.

    Raises:
        ClusterError: it cannot be reached, does not let us in, or is of an unknown version.
    """
    try:
        import opensearchpy  # noqa: F401
        import orjson  # noqa: F401
    except ImportError:
        raise ClusterError(
            "the opensearch engine needs another package: pip install 'cablesearch[opensearch]'"
        ) from None
    hosts = tuple(map(host, urls))
    if not hosts:
        raise ClusterError("the opensearch engine needs to know its cluster: name it with --url")
    known = credentials()
    check_encrypted(known.header, hosts)
    client = Client(_transport(hosts, known), hosts, min(patience, FIRST_PATIENCE), known=bool(known.header))
    try:
        _check_version(client.request("GET", "/"))
    except BaseException:
        client.close()
        raise
    client.patience = patience
    return client


class Client:
    """Asks a cluster. Several threads may use it at once.

    Args:
        known: credentials are sent.

    Attributes:
        patience: seconds in which a fault may pass.
    """

    def __init__(
        self, transport: Transport, hosts: tuple[Host, ...], patience: float, *, known: bool
    ) -> None:
        self._transport, self._hosts, self._known = transport, hosts, known
        self.patience = patience

    def __repr__(self) -> str:
        return f"<Client {', '.join(map(str, self._hosts))}>"

    def request(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str | int | bool] | None = None,
        body: Mapping[str, Any] | bytes | None = None,
        timeout: float | None = None,
    ) -> dict[str, Any]:
        """Send a request, again where that may help, and return the answer.

        Args:
            path: what follows the host, such as `/cables/_search`.
            body: an object, or lines of JSON.
            timeout: seconds that the answer may take, if it may take longer than others.

        Raises:
            ClusterError: the cluster is not well.
            ResponseError: the request is wrong.
        """
        name = path.rpartition("/")[2]
        if name == "_msearch":
            assert isinstance(body, bytes)
            return {"responses": self._searches(path, dict(params or {}), body)}
        if name == "_search":
            params = {**(params or {}), "allow_partial_search_results": False}
        check = _CHECKS.get(name, _accept)
        return self._retried(lambda: self._send(method, path, params, body, timeout, check))

    def bulk(self, actions: Sequence[bytes], index: str | None = None) -> None:
        """Carry out actions on documents, in requests of a bounded size; those that fail are sent again.

        Args:
            actions: each the line of an action and, except for a deletion, that of its document, with their
                line ends. It names its document's id, so that it can be repeated.
            index: of those that name none.

        Raises:
            ClusterError: the cluster is not well.
            ResponseError: a document is refused.
        """
        path = f"/{index}/_bulk" if index else "/_bulk"
        for part in _parts(actions):
            left = part

            def send() -> None:
                nonlocal left
                left, failure = self._bulk(path, left)
                if failure:
                    raise _FailedError(failure)

            self._retried(send)

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def _bulk(self, path: str, actions: list[bytes]) -> tuple[list[bytes], Fault | None]:
        """Send actions once; return those that failed, and why the first of them did."""
        wanted = {"filter_path": "errors,items.*.status,items.*.error"}
        answer = self._send("POST", path, wanted, b"".join(actions), None, _accept)
        if not answer["errors"]:
            return [], None
        failed, first = [], None
        for action, item in zip(actions, answer["items"], strict=True):
            (result,) = item.values()
            if "error" in result and not (_creates(item) and result["status"] == 409):
                failed.append(action)
                found = fault_of(result["status"], result["error"])
                if first is None or not found.passing:
                    first = found
        return failed, first

    def _searches(self, path: str, params: dict[str, str | int | bool], body: bytes) -> list[dict[str, Any]]:
        """Return the answers of a multi-search; those that failed are asked again."""
        from orjson import dumps, loads

        lines = body.splitlines()
        complete = {"allow_partial_search_results": False}
        asked = [
            dumps((loads(header) if header.strip() else {}) | complete) + b"\n" + tree + b"\n"
            for header, tree in zip(lines[::2], lines[1::2], strict=True)
        ]
        answers: dict[int, dict[str, Any]] = {}

        def send() -> list[dict[str, Any]]:
            left = [place for place in range(len(asked)) if place not in answers]
            found = self._send("POST", path, params, b"".join(asked[place] for place in left), None, _accept)
            failure = None
            for place, answer in zip(left, found["responses"], strict=True):
                try:
                    _check_shards(answer)
                    answers[place] = answer
                except _FailedError as error:
                    failure = failure or error
            if failure:
                raise failure
            return [answers[place] for place in range(len(asked))]

        return self._retried(send)

    def _send(
        self,
        method: str,
        path: str,
        params: Mapping[str, str | int | bool] | None,
        body: Mapping[str, Any] | bytes | None,
        timeout: float | None,
        check: Callable[[Mapping[str, Any]], None],
    ) -> dict[str, Any]:
        """Send a request once and check its answer."""
        from urllib.parse import urlencode

        from opensearchpy.exceptions import SerializationError

        if params:  # opensearch-py would take some of them for its own
            path = f"{path}?{urlencode({name: _text(value) for name, value in params.items()}, safe=',*')}"
        try:
            answer = self._transport.perform_request(
                method,
                path,
                body=body,
                timeout=timeout,
                headers={"content-type": LINES if isinstance(body, bytes) else JSON},
            )
        except (SerializationError, ValueError):
            answer = None
        if not isinstance(answer, dict):  # a page of a proxy, or half an answer
            raise _FailedError(Fault(502, reason="its answer is no JSON"))
        check(answer)
        return answer

    def _retried(self, send: Callable[[], T]) -> T:
        """Return what `send` returns; call it again while its faults may pass."""
        from opensearchpy.exceptions import TransportError

        until, told = None, None
        cause: Exception
        for attempt, wait in enumerate(_waits()):
            try:
                return send()
            except TransportError as error:
                found, cause = fault(error), error
            except _FailedError as failed:
                found, cause = failed.fault, failed
            until = until or time.monotonic() + self.patience
            if told is None or found.status != UNANSWERED:
                told = found  # a host that answers says more than one that does not
            if found.status == UNANSWERED and attempt + 1 < len(self._hosts):
                wait = 0.0  # another host is asked
            late = time.monotonic() + wait > until or (found.timeout and attempt >= len(self._hosts))
            if late or not found.passing:
                raise self._explained(told if found.passing else found) from cause
            time.sleep(wait)
        raise AssertionError

    def _explained(self, found: Fault) -> ClusterError | ResponseError:
        remedy = found.remedy
        if found.status == 401 and self._known:
            remedy = "it does not accept the credentials that are set: correct them"
        if found.status in (500, 503) and found.passing and (lost := self._lost_shards()):
            remedy = f"it is red, {lost}: start those that have them (GET /_cluster/allocation/explain)"
        if remedy is None:
            return ResponseError(found)
        return ClusterError(f"the cluster at {', '.join(map(str, self._hosts))}: {remedy}")

    def _lost_shards(self) -> str:
        """Return how many shards are nowhere, in words; empty if the cluster is not red or does not say."""
        from opensearchpy.exceptions import TransportError

        for _ in self._hosts:  # one of them may be why we ask
            with suppress(TransportError, _FailedError):
                health = self._send("GET", "/_cluster/health", {"timeout": "1s"}, None, 5.0, _accept)
                red = health.get("status") == "red"
                return f"{health.get('unassigned_shards')} of its shards are on no node" if red else ""
        return ""


def _transport(hosts: tuple[Host, ...], known: Credentials) -> Transport:
    """Return opensearch-py's transport, which sends each request once, to the next host not known as dead."""
    import logging
    import ssl

    from opensearchpy.serializer import JSONSerializer
    from opensearchpy.transport import Transport
    from orjson import dumps, loads
    from urllib3 import Timeout

    class Serializer(JSONSerializer):
        def loads(self, s: str) -> Any:
            return loads(s)

        def dumps(self, data: Any) -> Any:
            return data if isinstance(data, bytes) else dumps(data)

    # It reports each failure as a warning, which would appear among the output.
    logging.getLogger("opensearch").addHandler(logging.NullHandler())
    options: dict[str, Any] = {}
    if any(each.scheme == "https" for each in hosts):
        try:
            options["ssl_context"] = ssl.create_default_context(cafile=known.ca)
        except OSError as error:
            raise ClusterError(
                f"the authority of the cluster's certificates, {known.ca}, cannot be read: {error.strerror}"
            ) from None
    if known.header:
        options["headers"] = {"authorization": known.header}
    return Transport(
        [
            {
                "host": each.name,
                "port": each.port,
                "url_prefix": each.prefix,
                "use_ssl": each.scheme == "https",
            }
            for each in hosts
        ],
        serializer=Serializer(),
        max_retries=0,  # `Client` does that, and waits in between
        retry_on_status=(),
        pool_maxsize=THREADS,
        dead_timeout=1,
        timeout=Timeout(connect=CONNECT_SECONDS, read=ANSWER_SECONDS),
        **options,
    )


def _check_version(answer: Mapping[str, Any]) -> None:
    """Accept the version of OpenSearch.

    Raises:
        ClusterError: it is of another kind or version.
    """
    version = answer.get("version")
    stored = version if isinstance(version, dict) else {}
    number = str(stored.get("number", ""))
    if stored.get("distribution") != "opensearch":
        raise ClusterError("what answers there is no OpenSearch: name the URL of a cluster of OpenSearch 2")
    if number.partition(".")[0] != KNOWN_MAJOR:
        raise ClusterError(
            f"the cluster runs OpenSearch {number}, which is not known here: it must be version {KNOWN_MAJOR}"
        )


def _waits() -> Iterator[float]:
    """Yield how many seconds to wait before the next attempts: growing, and not the same for all clients."""
    wait = FIRST_WAIT
    while True:
        yield wait * random.uniform(0.75, 1.25)
        wait = min(2 * wait, LONGEST_WAIT)


def _text(value: str | int | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _parts(actions: Sequence[bytes]) -> Iterator[list[bytes]]:
    """Yield the actions in lists of at most so many bytes."""
    part: list[bytes] = []
    size = 0
    for action in actions:
        if part and size + len(action) > BULK_BYTES:
            yield part
            part, size = [], 0
        part.append(action)
        size += len(action)
    if part:
        yield part


def _creates(item: Mapping[str, object]) -> bool:
    """Whether an action was to create a document, which is there if it is repeated."""
    return "create" in item


def _accept(answer: Mapping[str, Any]) -> None:
    pass


def _check_shards(answer: Mapping[str, Any]) -> None:
    """Raise if a search failed, or if not every shard answered it."""
    if "error" in answer:
        raise _FailedError(fault_of(int(answer.get("status", 500)), answer["error"]))
    shards = answer.get("_shards")
    if isinstance(shards, dict) and (shards["failed"] or shards["successful"] < shards["total"]):
        found = f"{shards['successful']} of {shards['total']} shards answered"
        raise _FailedError(Fault(503, PARTIAL, found))
    if answer.get("timed_out"):
        raise _FailedError(Fault(503, PARTIAL, "the search was cut short"))


def _check_documents(answer: Mapping[str, Any]) -> None:
    """Raise if one of several documents could not be looked up, which is not the same as not found."""
    for held in answer["docs"]:
        if "error" in held:
            raise _FailedError(fault_of(503, held["error"]))


def _check_work(answer: Mapping[str, Any]) -> None:
    """Raise if not every shard did its work. An index that is written has no replicas to wait for."""
    shards = answer.get("_shards")
    if isinstance(shards, dict) and shards["successful"] < shards["total"]:
        found = f"{shards['successful']} of {shards['total']} shards did their work"
        raise _FailedError(Fault(503, PARTIAL, found))


# What else an answer has to fulfil, by the last part of the path.
_CHECKS: dict[str, Callable[[Mapping[str, Any]], None]] = {
    **dict.fromkeys(("_search", "_count", "scroll"), _check_shards),
    **dict.fromkeys(("_refresh", "_flush", "_forcemerge"), _check_work),
    "_mget": _check_documents,
}
