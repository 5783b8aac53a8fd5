"""What goes wrong with a cluster: whether asking again may help, and what the user is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .credentials import PREFIX

if TYPE_CHECKING:
    from opensearchpy.exceptions import TransportError

UNANSWERED = 0  # the status where no answer came
MOST_OF_A_REASON = 200  # characters
PASSING = (UNANSWERED, 429, 500, 502, 503, 504)
# They are of these statuses, and stay until somebody does something.
LASTING = ("cluster_block_exception", "too_many_buckets_exception")
TOO_MANY_CLAUSES = "maxClauseCount"  # in the reason of an error whose status and kind vary
LOST_CONTEXT = "No search context found"  # a node went away between two steps of a search; the status is 404
PARTIAL = "missing_shards"  # ours: an answer came, but not from all shards


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a request was not answered as it should be.

    Attributes:
        status: that of HTTP.
        kind: the type of the error as OpenSearch names it, empty where it does not.
        reason: its own words, on one line.
        timeout: it did not answer in time.
        certificate: what is wrong with its certificate, empty if nothing is.
    """

    status: int
    kind: str = ""
    reason: str = ""
    timeout: bool = False
    certificate: str = ""

    @property
    def passing(self) -> bool:
        """Whether the same request may succeed a little later."""
        if LOST_CONTEXT in self.reason:
            return True
        if self.status not in PASSING or self.certificate or TOO_MANY_CLAUSES in self.reason:
            return False
        if self.kind == "cluster_block_exception" and self.status == 503:  # no manager is elected yet
            return True
        return self.kind not in LASTING and "No space left" not in self.reason

    @property
    def remedy(self) -> str | None:
        """What is wrong with the cluster and what to do, None if the cluster is not to blame."""
        if self.certificate:
            said = self.certificate
            return f"its certificate is not accepted ({said}): name the file of its authority in {PREFIX}CA"
        if self.timeout:
            return "it does not answer in time: see what keeps it busy, or add nodes"
        if self.status == UNANSWERED:
            return f"it cannot be reached ({self.reason}): start it, or name another URL"
        if self.status == 401:
            return f"it asks for credentials: set {PREFIX}USER and {PREFIX}PASSWORD, or {PREFIX}API_KEY"
        if self.kind == "cluster_block_exception":
            return self._block()
        if self.status == 403:
            return (
                f"it does not allow that ({self.reason or 'forbidden'}): ask who runs it for the permission"
            )
        if "maximum shards open" in self.reason:
            return "it holds as many shards as it may: delete indexes, or raise cluster.max_shards_per_node"
        if "No space left" in self.reason:
            return "its disks are full: add disks or nodes, or delete indexes"
        if self.status == 429:
            return f"it is overloaded ({self.reason}): ask less at once, give it more memory, or add nodes"
        if self.passing:
            return f"it fails ({self._said}): see its log"
        return None

    def _block(self) -> str:
        if (
            "disk usage" in self.reason
            or "read-only-allow-delete" in self.reason
            or "create-index" in self.reason
        ):
            return (
                "its disks are nearly full, so it takes no more writes: free space or add nodes;"
                " it unlocks the indexes when there is space again"
            )
        if self.status == 503:
            return "it has no elected manager: start enough of its nodes"
        return f"it is read-only ({self.reason}): take the block off first"

    @property
    def _said(self) -> str:
        return ", ".join(filter(None, (str(self.status), self.kind, self.reason)))

    def __str__(self) -> str:
        return self._said


def fault(error: TransportError) -> Fault:
    """Return what an error of opensearch-py says."""
    from opensearchpy.exceptions import ConnectionError, ConnectionTimeout, SSLError

    if isinstance(error, ConnectionError):
        cause = error.info if isinstance(error.info, BaseException) else error
        if isinstance(error, SSLError) or "ssl" in type(cause).__name__.lower():
            return Fault(UNANSWERED, certificate=_certificate(cause))
        return Fault(UNANSWERED, reason=_system_reason(cause), timeout=isinstance(error, ConnectionTimeout))
    stored = error.args[2] if len(error.args) > 2 else None
    return fault_of(int(error.status_code), stored.get("error") if isinstance(stored, dict) else error.error)


def fault_of(status: int, error: object) -> Fault:
    """Return what an answer of OpenSearch says: an object with `type` and `reason`, or a text."""
    if not isinstance(error, dict):
        return Fault(status, reason=_line(error))
    kind, reason = error.get("type", ""), _reason(error)
    return Fault(status, str(kind), reason)


def _reason(error: dict[str, Any]) -> str:
    """Return the innermost words of an error: what its shards or its root cause say."""
    causes = error.get("root_cause") or []
    inner = error.get("caused_by")
    said = [error.get("reason"), *(cause.get("reason") for cause in causes if isinstance(cause, dict))]
    if isinstance(inner, dict):
        said.append(inner.get("reason"))
    return _line("; ".join(dict.fromkeys(str(each) for each in said if each)))


def _line(text: object) -> str:
    line = " ".join(str(text or "").split())
    return line if len(line) <= MOST_OF_A_REASON else line[: MOST_OF_A_REASON - 1] + "…"


def _certificate(error: BaseException) -> str:
    """Return what Python says of a certificate: `self-signed certificate`."""
    for each in _causes(error):
        if said := getattr(each, "verify_message", None):
            return str(said)
    if "WRONG_VERSION_NUMBER" in str(error) or "wrong version number" in str(error):
        return "it does not speak TLS; should the URL begin with http://?"
    return _line(error)


def _system_reason(error: BaseException) -> str:
    """Return the system's words for a failed connection: `Connection refused`."""
    for each in _causes(error):
        if isinstance(each, OSError) and each.strerror:
            return each.strerror
    return _line(error).partition(" object at ")[0].rpartition(": ")[2]


def _causes(error: BaseException | None) -> list[BaseException]:
    """Return an error and what it came from, also as urllib3 keeps it: in the arguments, or as `reason`."""
    found: list[BaseException] = []
    waiting = [error]
    while waiting:
        each = waiting.pop(0)
        if isinstance(each, BaseException) and each not in found:
            found.append(each)
            waiting += [each.__cause__, each.__context__, getattr(each, "reason", None)]
            waiting += [part for part in each.args if isinstance(part, BaseException)]
    return found
