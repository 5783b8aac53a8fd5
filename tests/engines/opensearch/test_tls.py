"""TLS and basic authentication: whom a client believes, whom a cluster lets in, and that nothing leaks."""

from contextlib import ExitStack, closing

import pytest

from cablesearch.engines.opensearch.connection import connect
from cablesearch.engines.opensearch.credentials import PREFIX
from cablesearch.errors import ClusterError
from tests import extras
from tests.engines.opensearch.proxy import Proxy, Tap

extras.require("opensearchpy", "trustme")

USER, PASSWORD = "ada", "correct-horse-ü"
OK = (200, {"acknowledged": True})


@pytest.fixture(scope="module")
def authority():
    import trustme

    return trustme.CA()


@pytest.fixture
def trusted(authority, tmp_path, monkeypatch):
    """The right credentials, and the authority, in the environment."""
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv(f"{PREFIX}USER", USER)
    monkeypatch.setenv(f"{PREFIX}PASSWORD", PASSWORD)
    monkeypatch.setenv(f"{PREFIX}CA", str(tmp_path / "ca.pem"))


@pytest.fixture
def proxy(cluster, authority):
    """A function that starts a proxy with a certificate for these names before a fake cluster."""
    with ExitStack() as stack:

        def start(*names):
            certificate = authority.issue_cert(*names) if names else None
            return stack.enter_context(Proxy(cluster(OK).url, USER, PASSWORD, certificate))

        yield start


def ask(url):
    with closing(connect([url], patience=0.2)) as client:
        return client.request("GET", "/cables")


def refusal(url):
    with pytest.raises(ClusterError) as raised:
        ask(url)
    assert PASSWORD not in str(raised.value)
    return str(raised.value)


@pytest.mark.usefixtures("trusted")
def test_the_right_credentials_and_the_right_authority(proxy):
    assert ask(proxy("127.0.0.1").url) == {"acknowledged": True}


@pytest.mark.usefixtures("trusted")
def test_no_credentials(proxy, monkeypatch):
    monkeypatch.delenv(f"{PREFIX}USER")
    monkeypatch.delenv(f"{PREFIX}PASSWORD")
    assert "it asks for credentials: set" in refusal(proxy("127.0.0.1").url)


@pytest.mark.usefixtures("trusted")
def test_a_wrong_password_is_tried_once(proxy, monkeypatch):
    monkeypatch.setenv(f"{PREFIX}PASSWORD", "wrong")
    before = proxy("127.0.0.1")
    assert "does not accept the credentials" in refusal(before.url)
    assert before.refused == 1


@pytest.mark.usefixtures("trusted")
def test_an_unknown_authority(proxy, monkeypatch):
    monkeypatch.delenv(f"{PREFIX}CA")
    before = proxy("127.0.0.1")
    message = refusal(before.url)
    assert "its certificate is not accepted (unable to get local issuer certificate)" in message
    assert f"name the file of its authority in {PREFIX}CA" in message
    assert before.refused == 0


@pytest.mark.usefixtures("trusted")
def test_a_certificate_for_another_host(proxy):
    assert "certificate is not valid for '127.0.0.1'" in refusal(proxy("search.example").url)


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("text", [None, "no certificate"])
def test_a_file_that_is_no_authority(proxy, tmp_path, text):
    (tmp_path / "ca.pem").unlink()
    if text:
        (tmp_path / "ca.pem").write_text(text)
    assert "cannot be read: " in refusal(proxy("127.0.0.1").url)


@pytest.mark.usefixtures("trusted")
def test_https_where_http_is_spoken(proxy):
    assert "does not speak TLS" in refusal(proxy().url.replace("http:", "https:"))


@pytest.mark.usefixtures("trusted")
def test_http_where_https_is_spoken(proxy):
    assert "cannot be reached" in refusal(proxy("127.0.0.1").url.replace("https:", "http:"))


@pytest.mark.usefixtures("trusted")
def test_nothing_of_it_passes_in_clear(proxy):
    before = proxy("127.0.0.1")
    with Tap(before.server_port) as tap:
        assert ask(f"https://127.0.0.1:{tap.port}") == {"acknowledged": True}
    assert len(tap.sent) > 200
    for secret in (PASSWORD.encode(), before.expected.encode(), b"/cables"):
        assert secret not in tap.sent
