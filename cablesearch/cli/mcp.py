"""The command that gives an assistant tools to search and read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..errors import CablesearchError
from . import output
from .building import open_or_build
from .options import CORPUS, INDEXES, CorpusFolder, Indexes, Redact

MIN_TOKEN = 16  # characters


def mcp(
    http: Annotated[
        bool, typer.Option("--http", help="Serve HTTP on this machine, instead of standard input and output.")
    ] = False,
    port: Annotated[
        int,
        typer.Option("--port", metavar="N", min=0, max=65_535, help="With --http; 0 takes any that is free."),
    ] = 8001,
    token_file: Annotated[
        Path | None,
        typer.Option(
            "--token-file",
            metavar="FILE",
            help="With --http, ask for the token in the first line of this file; by default for a new one.",
        ),
    ] = None,
    seconds: Annotated[
        float, typer.Option("--seconds", metavar="N", min=0.1, help="How long an answer may take.")
    ] = 20,
    redact: Redact = False,
    index: Indexes = INDEXES,
    corpus: CorpusFolder = CORPUS,
) -> None:
    """Give an assistant tools to search and read the index (Model Context Protocol).

    \b
      cablesearch mcp --index /archive/index
      cablesearch mcp --http --port 8001 --token-file token

    The assistant's program starts the first by itself: see docs/assistant.md. The tools only read, and see
    neither files nor your notebook. With --redact-protected, those that name people are left out.
    It needs: pip install 'cablesearch[mcp]'
    """
    try:
        from ..mcp.server import make_server
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "mcp":
            raise
        raise CablesearchError("mcp is not installed: pip install 'cablesearch[mcp]'") from error
    open_or_build(index, corpus).close()
    server = make_server(*index, redact=redact, seconds=seconds)
    if not http:
        server.run("stdio")
        return
    from secrets import token_urlsafe

    from ..mcp.http import HOST, run
    from .serve import first_line, listen

    token = first_line(token_file) if token_file else token_urlsafe()
    if len(token) < MIN_TOKEN or not token.isascii():
        raise CablesearchError(f"the token in {token_file} is short: write {MIN_TOKEN} characters or more")
    with listen(HOST, port) as listening:
        output.say(f"http://{HOST}:{listening.getsockname()[1]}/mcp (Ctrl-C ends it)")
        if not token_file:
            output.say(f"Authorization: Bearer {token}")
        run(server, listening, token)
