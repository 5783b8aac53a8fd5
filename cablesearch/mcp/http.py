"""The server over streamable HTTP, on this machine only, for whoever has the token."""

from __future__ import annotations

import hmac
import socket

import uvicorn
from mcp.server import MCPServer
from mcp.server.transport_security import TransportSecuritySettings
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

HOST = "127.0.0.1"
MAX_REQUEST = 100_000  # bytes


class TokenGuard:
    """Lets through the requests that have the token."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._expected = f"Bearer {token}".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "http":
            given = dict(scope["headers"]).get(b"authorization", b"")
            if not hmac.compare_digest(given, self._expected):
                refused = PlainTextResponse("a token is needed\n", 401, {"www-authenticate": "Bearer"})
                await refused(scope, receive, send)
                return
        await self._app(scope, receive, send)


def make_app(server: MCPServer, port: int, token: str) -> ASGIApp:
    """Return the application: the server at /mcp, asked for by its own name only."""
    names = [f"{name}:{port}" for name in (HOST, "localhost")]
    security = TransportSecuritySettings(
        allowed_hosts=names, allowed_origins=[f"http://{name}" for name in names]
    )
    app = server.streamable_http_app(
        json_response=True,
        stateless_http=True,
        max_request_body_size=MAX_REQUEST,
        transport_security=security,
        host=HOST,
    )
    return TokenGuard(app, token)


def run(server: MCPServer, listening: socket.socket, token: str) -> None:
    """Serve until Ctrl-C."""
    app = make_app(server, listening.getsockname()[1], token)
    settings = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
    uvicorn.Server(settings).run(sockets=[listening])
