"""Through TLS and basic authentication: the password is in nothing that is written or sent in clear."""

from __future__ import annotations

import os
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from cablesearch.engines.opensearch.credentials import PREFIX
from tests import extras
from tests.cluster.nodes import Nodes
from tests.engines.opensearch.proxy import Proxy, Tap

extras.require("trustme")

CORPUS = Path(__file__).parents[2] / "corpus"
USER, PASSWORD = "ada", "correct-horse-battery"
SECRETS = (PASSWORD, b64encode(f"{USER}:{PASSWORD}".encode()).decode())


class Desk:
    """Somebody at a command line, whose cluster is behind proxies; keeps everything that commands print."""

    def __init__(self, folder: Path, urls: list[str], environment: dict[str, str]) -> None:
        self.folder, self._urls, self._environment = folder, urls, environment
        self.printed = ""

    def run(self, *arguments: str | Path, status: int = 0, **environment: str | None) -> str:
        """Run a command with the credentials, or with others, and return what it printed."""
        chosen = os.environ | self._environment | environment
        done = subprocess.run(
            [sys.executable, "-X", "dev", "-W", "ignore", "-m", "cablesearch", *arguments],
            env={name: value for name, value in chosen.items() if value is not None},
            cwd=self.folder,
            capture_output=True,
            encoding="utf-8",
        )
        self.printed += done.stdout + done.stderr
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout + done.stderr

    def build(self, command: str, status: int = 0, **environment: str | None) -> str:
        urls = [part for url in self._urls for part in ("--url", url)]
        options = ("--engine", "opensearch", "--verbose", *urls)
        return self.run(command, *options, CORPUS, status=status, **environment)


@pytest.fixture
def taps(nodes: Nodes, tmp_path: Path) -> Iterator[list[Tap]]:
    """What passes on the wire to a proxy before each node."""
    import trustme

    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    certificate = authority.issue_cert("127.0.0.1")
    with ExitStack() as stack:
        proxies = [stack.enter_context(Proxy(url, USER, PASSWORD, certificate)) for url in nodes.urls]
        yield [stack.enter_context(Tap(proxy.server_port)) for proxy in proxies]


@pytest.fixture
def desk(taps: list[Tap], tmp_path: Path) -> Desk:
    home = tmp_path / "home"
    home.mkdir()
    known = {"USER": USER, "PASSWORD": PASSWORD, "CA": str(tmp_path / "ca.pem")}
    urls = [f"https://127.0.0.1:{tap.port}" for tap in taps]
    return Desk(home, urls, {PREFIX + name: value for name, value in known.items()})


def test_the_password_is_in_nothing_that_is_written_or_sent(
    desk: Desk, taps: list[Tap], nodes: Nodes
) -> None:
    desk.build("index")
    assert "07ASTANA48" in desk.run("democratization commission")
    assert "opensearch" in desk.run("info")
    desk.run("info", "--format", "json")
    desk.run("check")
    refused = desk.run("reform", status=2, **{f"{PREFIX}PASSWORD": "wrong"})
    assert "does not accept the credentials" in refused
    assert "asks for credentials" in desk.run(
        "reform", status=2, **{f"{PREFIX}PASSWORD": None, f"{PREFIX}USER": None}
    )
    assert "its certificate is not accepted" in desk.build("reindex", status=2, **{f"{PREFIX}CA": None})
    url = f"https://{USER}:{PASSWORD}@127.0.0.1:1"
    assert "no user and password" in desk.run(
        "index", "--engine", "opensearch", "--url", url, CORPUS, status=2
    )

    written = [file.read_bytes() for file in (desk.folder / "index").rglob("*") if file.is_file()]
    logged = [nodes.log(node).read_bytes() for node in nodes.running]
    sent = [bytes(tap.sent) for tap in taps]
    assert len(written) > 2
    assert all(sent)
    for secret in SECRETS:
        assert secret not in desk.printed
        assert [text for text in (*written, *logged, *sent) if secret.encode() in text] == []
    assert [each for each in sent if b"Democratization" in each] == []
