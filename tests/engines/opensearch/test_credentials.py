"""Credentials come from the environment or a file, are complete, and are never shown."""

from base64 import b64decode

import pytest

from cablesearch.engines.opensearch.credentials import PREFIX, check_encrypted, credentials, host
from cablesearch.errors import ClusterError

SECRET = "s3cret-ü"


def environment(**values):
    return {PREFIX + name.upper(): value for name, value in values.items()}


def test_no_credentials():
    assert credentials({}).header is None


def test_basic_authentication():
    kind, encoded = credentials(environment(user="ada", password=SECRET)).header.split()
    assert (kind, b64decode(encoded).decode()) == ("Basic", f"ada:{SECRET}")


def test_an_api_key():
    assert credentials(environment(api_key="abc123==")).header == "ApiKey abc123=="


def test_a_file_of_credentials_and_a_variable_that_overrides_it(tmp_path):
    file = tmp_path / "credentials.toml"
    file.write_text('user = "ada"\npassword = "old"\nca = "/etc/ca.pem"\n', "utf-8")
    known = credentials(environment(credentials=str(file), password="new"))
    assert b64decode(known.header.split()[1]) == b"ada:new"
    assert known.ca == "/etc/ca.pem"


def test_credentials_are_not_in_their_repr():
    encoded = credentials(environment(user="ada", password=SECRET))
    assert repr(encoded) == "Credentials(ca=None)"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"user": "ada"}, "needs a password"),
        ({"password": SECRET}, "needs a password"),
        ({"user": "ada", "password": SECRET, "api_key": "k"}, "unset one of them"),
        ({"user": "a:b", "password": SECRET}, "no colon"),
        ({"api_key": f"{SECRET} x"}, "blanks or other characters"),
        ({"credentials": "/nowhere/at/all"}, "cannot be read: No such file"),
    ],
)
def test_incomplete_credentials_are_refused_without_being_shown(values, message):
    with pytest.raises(ClusterError, match=message) as raised:
        credentials(environment(**values))
    assert SECRET not in str(raised.value)


@pytest.mark.parametrize("text", [f'password = "{SECRET}', f'"{SECRET}" = 1', 'user = ["a"]', "\xff"])
def test_a_bad_file_of_credentials_is_not_quoted(tmp_path, text):
    file = tmp_path / "credentials.toml"
    file.write_text(text, "latin-1")
    with pytest.raises(ClusterError, match="the file of credentials") as raised:
        credentials(environment(credentials=str(file)))
    assert SECRET not in str(raised.value)
    assert raised.value.__suppress_context__ or raised.value.__context__ is None


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://127.0.0.1:9200", "http://127.0.0.1:9200"),
        ("http://search.example/", "http://search.example:9200"),
        ("https://search.example/opensearch/", "https://search.example:443/opensearch"),
        ("http://[::1]:9300", "http://[::1]:9300"),
    ],
)
def test_a_url_names_a_host(url, shown):
    assert str(host(url)) == shown


@pytest.mark.parametrize(
    "url", ["127.0.0.1:9200", "ftp://a", "http://", "http://a?x=1", "http://a:port", "http://[::1"]
)
def test_what_is_no_url_of_a_cluster(url):
    with pytest.raises(ClusterError, match="write it like http://127"):
        host(url)


@pytest.mark.parametrize(
    "url", [f"https://ada:{SECRET}@host:9200", f"https://{SECRET}@host", f"http://ada:{SECRET}"]
)
def test_a_password_in_a_url_is_refused_and_not_shown(url):
    with pytest.raises(ClusterError) as raised:
        host(url)
    assert SECRET not in str(raised.value)


def test_credentials_do_not_leave_the_machine_in_clear():
    with pytest.raises(ClusterError, match="write https"):
        check_encrypted("Basic x", (host("https://a"), host("http://b")))
    check_encrypted("Basic x", (host("https://a"), host("http://127.0.0.1:9200")))
    check_encrypted(None, (host("http://b"),))
