"""A server that answers as a test says, and remembers what it was asked."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

HELLO = {"version": {"distribution": "opensearch", "number": "2.19.6"}}
OTHER = "text/plain"  # the content type of what is no JSON


class FakeCluster(ThreadingHTTPServer):
    """A cluster of one node on loopback. A context manager.

    Attributes:
        answers: (status, object) for the next requests, None to hang up; the last one stays. A function
            is called with the path and the body.
        asked: (method, path, headers, body) of the requests so far.
    """

    def __init__(self, *answers):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers, self.asked = [*answers], []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request, client_address):
        pass  # a client that waited long enough hangs up

    def __enter__(self):
        Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *raised):
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _answer(self):
        cluster = self.server
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        cluster.asked.append((self.command, self.path, dict(self.headers), body))
        if self.path == "/":
            answer = (200, HELLO)
        else:
            answer = cluster.answers.pop(0) if len(cluster.answers) > 1 else cluster.answers[0]
        if callable(answer):
            answer = answer(self.path, body)
        if answer is None:
            self.close_connection = True
            return
        status, stored = answer
        data = stored if isinstance(stored, bytes) else json.dumps(stored).encode()
        self.send_response(status)
        self.send_header("content-type", OTHER if isinstance(stored, bytes) else "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _answer  # noqa: N815

    def log_message(self, *args):
        pass
