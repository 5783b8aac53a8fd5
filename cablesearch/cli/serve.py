"""The command that serves pages and an HTTP API."""

from __future__ import annotations

import errno
import socket
from pathlib import Path
from typing import Annotated

import typer

from ..errors import CablesearchError
from . import output
from .building import open_or_build
from .options import CORPUS, INDEXES, CorpusFolder, Indexes, NotebookFile, Redact


def serve(
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Listen here; 0.0.0.0 for all networks.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", metavar="N", min=0, max=65_535, help="0 takes any that is free.")
    ] = 8000,
    password_file: Annotated[
        Path | None,
        typer.Option(
            "--password-file",
            metavar="FILE",
            help="Ask for the password in the first line of this file: browsers for any name with it,"
            " programs for Authorization: Bearer.",
        ),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option("--allow-host", metavar="NAME", help="A name by which the server may be asked for."),
    ] = None,
    root_path: Annotated[
        str,
        typer.Option(
            "--root-path",
            metavar="PATH",
            help="Behind a proxy, what all addresses begin with: /cables for https://news.example/cables/.",
        ),
    ] = "",
    seconds: Annotated[
        float, typer.Option("--seconds", metavar="N", min=0.1, help="How long an answer may take.")
    ] = 20,
    redact: Redact = False,
    notebook: NotebookFile = None,
    index: Indexes = INDEXES,
    corpus: CorpusFolder = CORPUS,
) -> None:
    """Serve pages for a browser, and an HTTP API under /api/.

    \b
      cablesearch serve
      cablesearch serve --host 0.0.0.0 --password-file secret

    Only this machine can ask, unless another address is given, which needs a password. A notebook is served
    to others only if you name one. With --redact-protected neither it nor the lists of people are served.
    """
    from .. import NoIndexError
    from ..web.app import run
    from ..web.settings import Settings

    settings = Settings(
        index[0],
        host,
        tuple(allow_host or ()),
        first_line(password_file) if password_file else None,
        redact,
        seconds,
        notebook=notebook,
        others=tuple(index[1:]),
        root_path=root_path.rstrip("/"),
    )
    try:
        open_or_build(index, corpus).close()
    except NoIndexError as error:
        if settings.others:
            raise
        output.say(str(error))
    with listen(host, port) as listening:
        shown = f"[{host}]" if ":" in host else host
        output.say(f"http://{shown}:{listening.getsockname()[1]}{settings.root_path}/ (Ctrl-C ends it)")
        run(settings, listening)


def first_line(file: Path) -> str:
    """Return the first line of a file."""
    lines = file.read_text("utf-8").splitlines()
    return lines[0].strip() if lines else ""


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens.

    Raises:
        CablesearchError: the address cannot be listened on.
    """
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        remedy = "take another --port" if error.errno == errno.EADDRINUSE else "give one of this machine"
        raise CablesearchError(f"cannot listen on {host}:{port} ({error.strerror}): {remedy}") from error
    # Connections inherit it. Without it, the kernel holds back what is small for 40 ms; asyncio sets it only
    # on sockets that it has made itself.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening
