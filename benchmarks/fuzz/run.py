"""Runs a target: rounds of inputs until the time is up, and what was found."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypeVar

import hypothesis

from .targets import Target

I = TypeVar("I")  # noqa: E741

ROUND = 500  # inputs, after which the time is looked at
SECONDS_A_PART, PART = 1.0, 100_000  # of processor time that an input may take for each so many bytes begun
MAX_FOUND = 20  # findings after which a target is given up

_SETTINGS = hypothesis.settings(
    max_examples=ROUND,
    deadline=None,
    database=None,
    suppress_health_check=list(hypothesis.HealthCheck),
    phases=[hypothesis.Phase.generate, hypothesis.Phase.shrink],
    report_multiple_bugs=False,
    verbosity=hypothesis.Verbosity.quiet,
)


class Limits(NamedTuple):
    """When a run ends.

    Attributes:
        inputs: how many at most, None for no limit.
    """

    seconds: float
    inputs: int | None = None


class PanicError(Exception):
    """What was raised is no Exception."""


@dataclass
class _Watch:
    """Checks inputs, and keeps count and time.

    Attributes:
        failed: the last input that failed; after Hypothesis is done, the smallest.
    """

    target: Target[object]
    inputs: int = 0
    slow: list[tuple[float, object]] = field(default_factory=list)
    slowest: float = 0.0
    failed: object = None

    def check(self, value: object) -> None:
        self.inputs += 1
        try:
            if (share := self._share(value)) > 1 and (share := self._share(value)) > 1:  # measured again
                self.slow.append((share, value))
            self.slowest = max(self.slowest, share)
        except Exception:
            self.failed = value
            raise
        except KeyboardInterrupt:
            raise
        except BaseException as panic:  # of a library in Rust, which Hypothesis would not handle
            self.failed = value
            raise PanicError(f"{type(panic).__name__}: {panic}") from panic

    def _share(self, value: object) -> float:
        """Return the part of the time that it may take."""
        begun = time.process_time()
        self.target.check(value)
        seconds = time.process_time() - begun
        _, data = self.target.content(value)
        return seconds / (SECONDS_A_PART * (1 + len(data) // PART))


def run(target: Target[I], limits: Limits, seed: int, keep: Path, say: Callable[[str], None] = print) -> int:
    """Fuzz a target; return how many findings there were."""
    watch = _Watch(target)  # type: ignore[arg-type]
    found: dict[str, str] = {}  # the trace of each, by where it was raised
    try:
        _fuzz(watch, found, limits, seed, keep, say)
    finally:  # Ctrl-C, too, ends with a summary
        for place, (share, value) in enumerate(watch.slow[:MAX_FOUND], 1):
            reason = f"{share:.1f} times as long as it may take"
            file = _keep(target, value, 1000 + place, keep, reason)
            say(f"{target.name}: {reason}\n  kept in {file}")
        total = len(found) + len(watch.slow)
        say(
            f"{target.name}: {watch.inputs:,} inputs, seed {seed}: {total or 'nothing'} found;"
            f" the slowest took {watch.slowest:.0%} of its time"
        )
    return total


def _fuzz(
    watch: _Watch, found: dict[str, str], limits: Limits, seed: int, keep: Path, say: Callable[[str], None]
) -> None:
    """Run rounds until a limit is reached; add what is found."""
    target, number = watch.target, seed * 1_000_000
    end = time.monotonic() + limits.seconds
    while time.monotonic() < end and (limits.inputs is None or watch.inputs < limits.inputs):
        number += 1
        try:
            _round(watch, number)
            target.end_round()
        except Exception as error:
            where = _where(error)
            if where not in found:
                found[where] = trace = "".join(traceback.format_exception(error))
                file = _keep(target, watch.failed, len(found), keep, trace)
                say(f"{target.name}: {where}\n  kept in {file}")
            if len(found) >= MAX_FOUND:
                return


def _round(watch: _Watch, seed: int) -> None:
    @hypothesis.seed(seed)
    @_SETTINGS
    @hypothesis.given(watch.target.inputs)
    def check(value: object) -> None:
        watch.check(value)

    check()


def _where(error: BaseException) -> str:
    """Return where an error was raised, by which findings are told apart."""
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if "hypothesis" not in frame.filename
    ]
    last = frames[-1]
    message = " ".join(str(error).split())
    return f"{type(error).__name__} in {Path(last.filename).name}:{last.lineno}: {message[:300]}"


def _keep(target: Target[I], value: object, number: int, folder: Path, trace: str) -> Path:
    """Write an input and its trace to files; return the name of the first."""
    folder.mkdir(parents=True, exist_ok=True)
    name, data = target.content(value) if value is not None else ("no-input.txt", b"")  # type: ignore[arg-type]
    file = folder / f"{target.name}-{number}-{name}"
    file.write_bytes(data)
    file.with_name(f"{file.name}.trace").write_text(trace, "utf-8", "backslashreplace")
    return file
