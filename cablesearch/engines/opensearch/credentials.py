"""By whom a cluster is asked: passwords and keys come from the environment or a file, and are never shown.

    CABLESEARCH_OPENSEARCH_USER, CABLESEARCH_OPENSEARCH_PASSWORD   for basic authentication
    CABLESEARCH_OPENSEARCH_API_KEY        instead of them
    CABLESEARCH_OPENSEARCH_CA             a file with the authority of the cluster's certificates
    CABLESEARCH_OPENSEARCH_CREDENTIALS    a TOML file with user, password, api_key, ca

A variable overrides the file.
"""

from __future__ import annotations

import os
import tomllib
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from ...errors import ClusterError

PREFIX = "CABLESEARCH_OPENSEARCH_"
KEYS = ("user", "password", "api_key", "ca")
DEFAULT_PORTS = {"http": 9200, "https": 443}
LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Credentials:
    """What is sent to a cluster so that it answers.

    Attributes:
        header: the value of `Authorization`, None without credentials.
        ca: a file with the authority that signed the cluster's certificates, None for those of the system.
    """

    header: str | None = field(default=None, repr=False)
    ca: str | None = None


@dataclass(frozen=True, slots=True)
class Host:
    """A node of a cluster as its URL names it."""

    scheme: str
    name: str
    port: int
    prefix: str = ""

    def __str__(self) -> str:
        name = f"[{self.name}]" if ":" in self.name else self.name
        return f"{self.scheme}://{name}:{self.port}{self.prefix}"


def host(url: str) -> Host:
    """Return the host that a URL names; its port is 9200 for http and 443 for https if it has none.

    Raises:
        ClusterError: it is no such URL, or holds a password.
    """
    try:
        parts = urlsplit(url)
        name, port = parts.hostname, parts.port
    except ValueError:
        parts, name, port = urlsplit(""), None, None
    if "@" in url:
        raise ClusterError(
            "the URL of a cluster takes no user and password, since URLs are stored and shown:"
            f" set {PREFIX}USER and {PREFIX}PASSWORD, or name a file in {PREFIX}CREDENTIALS"
        )
    if parts.scheme not in DEFAULT_PORTS or not name or parts.query or parts.fragment:
        # It is not quoted: a password may be in the wrong place.
        raise ClusterError("a URL of the cluster is none: write it like http://127.0.0.1:9200")
    return Host(parts.scheme, name, port or DEFAULT_PORTS[parts.scheme], parts.path.rstrip("/"))


def credentials(environment: Mapping[str, str] = os.environ) -> Credentials:
    """Return the credentials that the environment names.

    Raises:
        ClusterError: their file cannot be read, or half of them is missing.
    """
    values = _file(environment.get(f"{PREFIX}CREDENTIALS"))
    values |= {key: value for key in KEYS if (value := environment.get(PREFIX + key.upper()))}
    user, password, key = (values.get(name) for name in ("user", "password", "api_key"))
    if user and password and key:
        raise ClusterError("there are a password and an API key for the cluster: unset one of them")
    if not key and bool(user) != bool(password):
        raise ClusterError(
            f"a user of the cluster needs a password, and it a user: set {PREFIX}USER and {PREFIX}PASSWORD"
        )
    return Credentials(_header(user, password, key), values.get("ca"))


def check_encrypted(header: str | None, hosts: tuple[Host, ...]) -> None:
    """Refuse to send credentials in clear to another machine.

    Raises:
        ClusterError: a host would be asked over http.
    """
    for each in hosts:
        if header and each.scheme == "http" and each.name not in LOOPBACK:
            raise ClusterError(f"credentials would pass to {each} in clear: write https, or unset them")


def _header(user: str | None, password: str | None, key: str | None) -> str | None:
    if key:
        if not key.isascii() or not key.isprintable() or " " in key:
            raise ClusterError("the API key of the cluster is none: it has blanks or other characters")
        return f"ApiKey {key}"
    if user and password:
        if ":" in user:
            raise ClusterError("the name of a user of the cluster has no colon")
        return "Basic " + b64encode(f"{user}:{password}".encode()).decode()
    return None


def _file(name: str | None) -> dict[str, str]:
    """Return what a file of credentials says; its errors never quote it."""
    if not name:
        return {}
    try:
        stored = tomllib.loads(Path(name).read_text("utf-8"))
    except OSError as error:
        raise ClusterError(f"the file of credentials {name} cannot be read: {error.strerror}") from None
    except ValueError:
        raise ClusterError(f'the file of credentials {name} is not TOML: write user = "..."') from None
    if not all(key in KEYS and isinstance(value, str) for key, value in stored.items()):
        raise ClusterError(f"the file of credentials {name} takes texts for {', '.join(KEYS)} and no more")
    return stored
