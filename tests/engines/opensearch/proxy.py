"""A proxy with TLS and basic authentication, and a tap that records what passes on the wire."""

from __future__ import annotations

import http.client
import socket
import ssl
from base64 import b64encode
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit


class Proxy(ThreadingHTTPServer):
    """Passes requests on to a cluster, if they bring the right user and password. A context manager.

    Args:
        certificate: with which it shows who it is; None to speak without TLS.
    """

    daemon_threads = True

    def __init__(self, target, user, password, certificate=None):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.target = urlsplit(target).netloc
        self.expected = "Basic " + b64encode(f"{user}:{password}".encode()).decode()
        self.refused = 0
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            certificate.configure_cert(context)
            self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.url = f"{'https' if certificate else 'http'}://127.0.0.1:{self.server_port}"

    def handle_error(self, request, client_address):
        pass  # a client that does not accept the certificate hangs up

    def __enter__(self):
        Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *raised):
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 60
    server: Proxy

    def _pass_on(self):
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        if self.headers.get("authorization") != self.server.expected:
            self.server.refused += 1
            self._answer(401, "text/plain", b"Unauthorized")
            return
        onward = http.client.HTTPConnection(self.server.target, timeout=60)
        try:
            onward.request(
                self.command, self.path, body or None, {"content-type": self.headers.get("content-type", "")}
            )
            answer = onward.getresponse()
            self._answer(answer.status, answer.headers.get("content-type", ""), answer.read())
        except OSError:
            self._answer(502, "text/plain", b"Bad Gateway")
        finally:
            onward.close()

    def _answer(self, status, kind, body):
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _pass_on  # noqa: N815

    def log_message(self, *args):
        pass


class Tap:
    """Passes on what is sent to a port, and keeps every byte of it. A context manager."""

    def __init__(self, port):
        self._target = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.sent = bytearray()

    def __enter__(self):
        Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *raised):
        self._listener.close()

    def _accept(self):
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self._target))
            Thread(target=self._copy, args=(client, server, self.sent), daemon=True).start()
            Thread(target=self._copy, args=(server, client, bytearray()), daemon=True).start()

    @staticmethod
    def _copy(source, target, kept):
        with source, target:
            try:
                while data := source.recv(65536):
                    kept += data
                    target.sendall(data)
            except OSError:
                pass
