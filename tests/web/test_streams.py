"""What is written is sent while it is written, and no faster than it is taken."""

from __future__ import annotations

import threading
import time
from typing import TextIO

import pytest

from cablesearch.web.streams import CHUNK, WAITING, streamed


def test_everything_arrives_in_order() -> None:
    def write(stream: TextIO) -> None:
        for number in range(50_000):
            stream.write(f"{number}\n")
        stream.flush()
        stream.buffer.write(b"\x00\xff")

    text = b"".join(streamed(write))
    assert text == b"".join(b"%d\n" % number for number in range(50_000)) + b"\x00\xff"


def test_it_is_in_the_encoding_asked_for() -> None:
    assert b"".join(streamed(lambda stream: None)) == b""
    assert (
        b"".join(streamed(lambda stream: print("é", file=stream), "utf-8-sig")) == b"\xef\xbb\xbf\xc3\xa9\n"
    )


def test_an_error_while_writing_is_raised_where_it_is_read() -> None:
    def write(stream: TextIO) -> None:
        stream.write("salt")
        raise ValueError("no more salt")

    with pytest.raises(ValueError, match="no more salt"):
        list(streamed(write))


def test_no_more_is_written_than_may_wait_and_writing_ends_when_nobody_reads() -> None:
    written, ended = [0], threading.Event()

    def write(stream: TextIO) -> None:
        try:
            while True:
                stream.write("x" * CHUNK)
                written[0] += 1
        finally:
            ended.set()

    chunks = streamed(write)
    next(chunks)
    time.sleep(0.2)
    assert written[0] <= WAITING + 4
    chunks.close()  # type: ignore[attr-defined]
    assert ended.wait(10)
