"""The command line, one file per command; each calls the public API and shows the answer."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

# Exit statuses; 0 means that something was found or done.
NOTHING = 1  # nothing was found
ERROR = 2
UNREAD = 3  # some files could not be read
INTERRUPTED = 130  # what a shell returns after Ctrl-C

# New objects after which Python looks for cycles among them, and how many such rounds make one over older
# ones and over all. What a command imports is very many objects, and none of them goes.
GC_THRESHOLDS = 100_000, 20, 20


def main() -> None:
    """Run the command line: the entry point of the console script."""
    gc.set_threshold(*GC_THRESHOLDS)
    try:
        sys.exit(run(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    finally:
        gc.freeze()  # Python would look through all objects once more as it ends


def run(arguments: Sequence[str]) -> int:
    """Run a command and return its exit status. Every error is reported here, on one line."""
    from typer import TyperException

    from ..errors import CablesearchError, QueryError
    from . import output
    from .app import app

    output.prepare()
    try:
        status: object = app(
            [*arguments], prog_name="cablesearch", standalone_mode=False, windows_expand_args=False
        )
    except QueryError as error:
        output.say(str(error))
        output.point_at(error)
    except CablesearchError as error:
        output.say(str(error))
    except TyperException as error:
        output.say(_on_one_line(error.format_message()))
    except SystemExit as ended:
        if not isinstance(ended.__context__, BrokenPipeError):
            raise
        return 0  # typer would say 1, but whoever read our output has seen enough of it
    except OSError as error:
        output.say(": ".join(str(part) for part in (error.filename, error.strerror or error) if part))
    else:
        return status if isinstance(status, int) else 0
    return ERROR


def _on_one_line(message: str) -> str:
    """Return a message from typer in our style: on one line, without initial capital and full stop."""
    words = " ".join(message.split())
    return words[:1].lower() + words[1:].removesuffix(".")
