"""The command line: thin, each command calls the public API and one renderer."""

from __future__ import annotations

import sys
from collections.abc import Sequence

# Exit statuses; 0 is found, or done.
NOTHING = 1  # nothing was found
ERROR = 2
UNREAD = 3  # some files were not read
INTERRUPTED = 130  # as a shell gives for Ctrl-C


def main() -> None:
    """Run the command line, the console script."""
    try:
        sys.exit(run(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def run(arguments: Sequence[str]) -> int:
    """Give the exit status of a command: every error is said here, on one line."""
    from typer import TyperException

    from ..errors import CablesearchError, QueryError
    from . import output
    from .app import app

    output.prepare()
    try:
        status = app(
            list(arguments), prog_name="cablesearch", standalone_mode=False, windows_expand_args=False
        )
    except QueryError as error:
        output.say(str(error))
        output.point_at(error)
    except CablesearchError as error:
        output.say(str(error))
    except TyperException as error:
        output.say(_line(error.format_message()))
    except OSError as error:
        output.say(": ".join(str(part) for part in (error.filename, error.strerror or error) if part))
    else:
        return int(status or 0)
    return ERROR


def _line(message: str) -> str:
    """Give typer's message as ours: on one line, and not as a sentence."""
    words = " ".join(message.split())
    return words[:1].lower() + words[1:].removesuffix(".")
