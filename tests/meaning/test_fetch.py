"""Where a model may come from. The network is a server of this process."""

from __future__ import annotations

import hashlib
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import trustme

from cablesearch import CablesearchError, fetch_model
from cablesearch.meaning import fetch as fetching
from cablesearch.meaning import model_folder, read_card
from cablesearch.meaning.fetch import DEFAULT, KnownFile, KnownModel, fetch
from tests.meaning.tiny import write_model


@dataclass
class Server:
    """A server of files over https."""

    address: str
    trust: ssl.SSLContext
    files: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def server() -> Iterator[Server]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append(self.path)
            content = found.files.get(self.path)
            self.send_response(404 if content is None else 302 if content.startswith(b"http") else 200)
            if content and content.startswith(b"http"):
                self.send_header("Location", content.decode())
            self.end_headers()
            self.wfile.write(content or b"")

        def log_message(self, *args: object) -> None:
            pass

    authority = trustme.CA()
    trust, own = ssl.create_default_context(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.configure_trust(trust)
    authority.issue_cert("localhost").configure_cert(own)
    with ThreadingHTTPServer(("localhost", 0), Handler) as listening:
        listening.socket = own.wrap_socket(listening.socket, server_side=True)
        found = Server(f"https://localhost:{listening.server_address[1]}", trust)
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        yield found
        listening.shutdown()
        thread.join()


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


FOLDER = "/org/tiny/resolve/main"
ONNX = f"{FOLDER}/onnx/model_quantized.onnx"


@pytest.fixture
def default(server: Server, model: Path, monkeypatch: pytest.MonkeyPatch) -> KnownModel:
    """The default, made to be one on the server."""
    files = [(model / name).read_bytes() for name in ("tiny.onnx", "tokenizer.json")]
    server.files |= dict(zip((ONNX, f"{FOLDER}/tokenizer.json"), files, strict=True))
    made = KnownModel("org/tiny", *(KnownFile(digest(content), len(content)) for content in files))
    monkeypatch.setattr(fetching, "DEFAULT", made)
    monkeypatch.setattr(fetching, "HUB", server.address)
    return made


def test_the_default_is_fetched_after_that_was_said(
    tmp_path: Path, server: Server, default: KnownModel
) -> None:
    said: list[str] = []

    def announce(line: str) -> None:
        assert not server.asked
        said.append(line)

    card = fetch(tmp_path, announce=announce, trust=server.trust)
    address = server.address + ONNX
    assert (card.name, card.source) == ("org/tiny", address)
    assert said == [f"fetching org/tiny (0 MB) from {address}; a search by meaning never uses the network"]
    assert sorted(file.name for file in model_folder(tmp_path).iterdir()) == [
        "model.json",
        "model.onnx",
        "tokenizer.json",
    ]
    assert read_card(model_folder(tmp_path)) == card


@pytest.mark.parametrize("content", [b"another", b""])
@pytest.mark.parametrize("name", ["onnx/model_quantized.onnx", "tokenizer.json"])
def test_another_file_in_its_place_is_not_used(
    tmp_path: Path, server: Server, default: KnownModel, model: Path, name: str, content: bytes
) -> None:
    before = fetch_model(tmp_path, str(model))
    server.files[f"{FOLDER}/{name}"] = content
    known = default.tokenizer if name == "tokenizer.json" else default.model
    with pytest.raises(CablesearchError, match=f"has the digest {digest(content)}, not {known.sha256}"):
        fetch(tmp_path, trust=server.trust)
    assert read_card(model_folder(tmp_path)) == before
    assert [file.name for file in (tmp_path / "meaning").iterdir()] == ["model"]


def test_what_is_longer_than_it_should_be_is_not_read_to_its_end(
    tmp_path: Path, server: Server, default: KnownModel
) -> None:
    server.files[ONNX] = bytes(1_000_000)
    with pytest.raises(CablesearchError, match="has more than"):
        fetch(tmp_path, trust=server.trust)


def test_a_server_that_is_not_trusted_is_not_asked(
    tmp_path: Path, server: Server, default: KnownModel
) -> None:
    with pytest.raises(
        CablesearchError, match=r"cannot be fetched .*fetch it elsewhere, and name its folder"
    ):
        fetch(tmp_path, trust=ssl.create_default_context())
    assert not server.asked


def test_it_is_not_led_to_what_is_no_https(tmp_path: Path, server: Server, default: KnownModel) -> None:
    server.files[ONNX] = b"http://localhost:9/model"
    with pytest.raises(CablesearchError, match=r"cannot be fetched|only https"):
        fetch(tmp_path, trust=server.trust)


def test_only_https_is_fetched(tmp_path: Path, default: KnownModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "HUB", "http://localhost")
    with pytest.raises(CablesearchError, match="only https is"):
        fetch(tmp_path)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("org/small", "/org/small/resolve/main/onnx/model_quantized.onnx"),
        ("org/small@v1.2", "/org/small/resolve/v1.2/onnx/model_quantized.onnx"),
        ("org/small/model.onnx", "/org/small/resolve/main/model.onnx"),
        ("org/small@abc/onnx/model.onnx", "/org/small/resolve/abc/onnx/model.onnx"),
    ],
)
def test_a_name_on_the_hub(
    tmp_path: Path, server: Server, model: Path, monkeypatch: pytest.MonkeyPatch, name: str, path: str
) -> None:
    monkeypatch.setattr(fetching, "HUB", server.address)
    content = (model / "tiny.onnx").read_bytes()
    server.files[path] = content
    folder = path.partition("/resolve/")[0] + "/resolve/" + path.partition("/resolve/")[2].partition("/")[0]
    server.files[f"{folder}/tokenizer.json"] = (model / "tokenizer.json").read_bytes()
    card = fetch(tmp_path, name, sha256=digest(content).upper(), trust=server.trust)
    assert (card.name, card.source) == (name, server.address + path)
    with pytest.raises(CablesearchError, match="has the digest"):
        fetch(tmp_path, name, sha256=digest(b""), trust=server.trust)
    assert read_card(model_folder(tmp_path)) == card


def test_a_name_on_the_hub_needs_a_digest(tmp_path: Path) -> None:
    with pytest.raises(CablesearchError, match="--sha256 DIGEST"):
        fetch_model(tmp_path, "org/small")


@pytest.mark.parametrize("source", ["nowhere", "/no/such/folder", "https://localhost/model", "a/../b", ""])
def test_what_is_neither_a_folder_nor_a_name_is_refused(tmp_path: Path, source: str) -> None:
    with pytest.raises(CablesearchError, match=r"no folder, and no name|name a folder with one"):
        fetch_model(tmp_path, source)


def test_a_folder_without_a_model_or_with_two_is_refused(tmp_path: Path, model: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(CablesearchError, match=r"has no \*\.onnx"):
        fetch_model(tmp_path, str(empty))
    two = write_model(tmp_path / "two")
    (two / "other.onnx").write_bytes(b"")
    with pytest.raises(CablesearchError, match=r"has 2 \*\.onnx"):
        fetch_model(tmp_path, str(two))


def test_a_folder_as_the_hub_lays_it_out(tmp_path: Path) -> None:
    laid_out = write_model(tmp_path / "hub")
    (laid_out / "onnx").mkdir()
    (laid_out / "tiny.onnx").rename(laid_out / "onnx" / "model.onnx")
    assert fetch_model(tmp_path, str(laid_out)).name == "hub"


def test_the_default_is_named_in_full() -> None:
    assert DEFAULT.name == "Xenova/all-MiniLM-L6-v2"
    assert [len(bytes.fromhex(one.sha256)) for one in DEFAULT[1:]] == [32, 32]
