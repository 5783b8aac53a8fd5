"""The configuration of nginx in docs/web.md: a password and TLS in front of the server.

`.ci/run` installs nginx; elsewhere the tests are skipped where there is none.
"""

from __future__ import annotations

import http.client
import re
import shutil
import socket
import ssl
import subprocess
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing, contextmanager
from html import unescape
from pathlib import Path
from threading import Event
from typing import NamedTuple

import pytest

from cablesearch import Passages
from tests.browser.serving import serving

NAME = "cables.example.org"
DOCS = Path(__file__).parents[2] / "docs" / "web.md"
SECONDS = 60  # that starting and answering may take


class Site(NamedTuple):
    """Where nginx is, and in which folder it shows the pages."""

    port: int
    root: str


pytestmark = pytest.mark.skipif(
    not (shutil.which("nginx") and shutil.which("openssl")),
    reason="there is no nginx (Debian: apt-get install nginx-light openssl)",
)


@pytest.fixture(
    scope="module",
    params=[("", ""), ("/cables", ""), ("/cables", "/")],
    ids=["a name of its own", "a folder", "a folder that is taken away"],
)
def site(
    index: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Site]:
    """What an nginx shows that is configured as the documentation says."""
    folder, (root, below) = tmp_path_factory.mktemp("nginx"), request.param
    docs = DOCS.read_text("utf-8")
    location = f"location {root}/ {{"
    assert location in docs
    assert f"--root-path {root}" in docs
    assert f"proxy_pass http://127.0.0.1:8000{below};" in docs
    with (
        serving(index, names=(NAME,), root_path=root) as address,
        socket.create_server(("127.0.0.1", 0)) as free,
    ):
        port = free.getsockname()[1]
        free.close()
        _certificate(folder)
        (folder / "cables.htpasswd").write_text("anybody:{PLAIN}a long password\n")
        [server] = re.findall(r"```nginx\n(.*?)```", docs, re.DOTALL)
        for said, here in {
            "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
            "location / {": location,
            "http://127.0.0.1:8000": f"{address}{below}",
            "/etc/nginx/cables": str(folder / "cables"),
            "/var/log/nginx/cables": str(folder / "cables"),
        }.items():
            assert said in server
            server = server.replace(said, here)
        temporary = "".join(
            f"{kind}_temp_path {folder}/{kind};\n"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (folder / "nginx.conf").write_text(
            f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;\n"
            f"events {{}}\nhttp {{\naccess_log {folder}/access.log;\n{temporary}{server}}}\n"
        )
        command = ["nginx", "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "error.log"]
        with subprocess.Popen(command) as nginx:
            _wait_for(port, folder)
            yield Site(port, root)
            nginx.terminate()
        assert not (folder / "access.log").read_text(), "what was asked is logged"
        assert "salt" not in (folder / "cables.log").read_text()


def _certificate(folder: Path) -> None:
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"),
            *("-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}", "-days", "1"),
            *("-keyout", folder / "cables.key", "-out", folder / "cables.crt"),
        ],
        check=True,
        capture_output=True,
    )


def _wait_for(port: int, folder: Path) -> None:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except ConnectionError:
            time.sleep(0.05)
    raise AssertionError((folder / "error.log").read_text())


@contextmanager
def asked(
    site: Site, path: str, *, name: str = NAME, password: str | None = "a long password"
) -> Iterator[http.client.HTTPResponse]:
    """Yield the answer of nginx, whose content is still to be read."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with closing(
        http.client.HTTPSConnection("127.0.0.1", site.port, context=context, timeout=SECONDS)
    ) as client:
        headers = {"host": name}
        if password:
            headers["authorization"] = "Basic " + b64encode(f"anybody:{password}".encode()).decode()
        client.request("GET", site.root + path, headers=headers)
        with client.getresponse() as answer:
            yield answer


@pytest.mark.parametrize(
    ("password", "status"), [(None, 401), ("another password", 401), ("a long password", 200)]
)
def test_the_password_is_asked_for(site: Site, password: str | None, status: int) -> None:
    with asked(site, "/", password=password) as answer:
        assert answer.status == status


def test_a_page_is_passed_on_with_its_headers(site: Site) -> None:
    with asked(site, "/search?q=salt") as answer:
        assert answer.status == 200
        assert b"07TEZGARA5" in answer.read()
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["etag"]


def test_another_name_is_refused(site: Site) -> None:
    with asked(site, "/", name="evil.example") as answer:
        assert answer.status == 403


def test_an_export_links_to_the_public_address(site: Site) -> None:
    with asked(site, "/api/export?q=price&format=csv") as answer:
        text = answer.read().decode("utf-8-sig")
    assert {*re.findall(r"https?://.*?/cable/", text)} == {f"https://{NAME}{site.root}/cable/"}


def test_every_address_leads_through_nginx(site: Site) -> None:
    with asked(site, "/search?q=salt") as answer:
        page = answer.read().decode()
    found = {unescape(one) for one in re.findall(r'(?:href|src|action)="([^"#]+)', page)}
    assert {one.startswith(f"{site.root}/") for one in found} == {True}
    with asked(site, "/cable/2007tezgara5") as answer:
        assert answer.headers["location"] == f"{site.root}/cable/07TEZGARA5"
    for address in sorted(one for one in found if "/static/" in one or "/cable/" in one):
        with asked(site, address.removeprefix(site.root)) as answer:
            assert answer.status == 200


def test_an_export_is_sent_while_it_is_written(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    rows, go_on = Passages.rows, Event()

    def until_the_first_is_there(passages: Passages) -> Iterator[dict[str, object]]:
        first = next(iter(rows(passages)))
        yield from ({**first, "text": "x" * 30_000} for _ in range(10))
        assert go_on.wait(SECONDS)
        yield first

    monkeypatch.setattr(Passages, "rows", until_the_first_is_there)
    with asked(site, "/api/export?q=*&format=csv") as answer:
        assert answer.read(100_000)
        go_on.set()
        assert len(answer.read()) > 200_000
