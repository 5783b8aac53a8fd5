"""The command that serves pages: to whom, on what, and how it says so."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def test_other_machines_are_not_served_without_a_password(cablesearch: Run) -> None:
    answer = cablesearch("serve", "--host", "0.0.0.0")
    assert answer.status == 2
    assert "0.0.0.0 can be reached from other machines" in answer.err
    assert "--password-file FILE" in answer.err


@pytest.mark.parametrize("content", ["", "secret\n", "\nlong enough a password\n"])
def test_a_password_that_is_too_short_is_refused(cablesearch: Run, tmp_path: Path, content: str) -> None:
    (tmp_path / "secret").write_text(content, "utf-8")
    answer = cablesearch("serve", "--host", "0.0.0.0", "--password-file", "secret")
    assert answer.status == 2
    assert "12 characters" in answer.err


def test_a_password_file_that_is_missing_is_named(cablesearch: Run) -> None:
    answer = cablesearch("serve", "--password-file", "nowhere")
    assert (answer.status, answer.err) == (2, "cablesearch: nowhere: No such file or directory\n")


def test_a_port_that_is_taken_is_said(cablesearch: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        answer = cablesearch("serve", "--port", taken.getsockname()[1])
    assert answer.status == 2
    assert "take another --port" in answer.err


def test_an_address_of_another_machine_cannot_be_listened_on(cablesearch: Run, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("long enough a password", "utf-8")
    answer = cablesearch("serve", "--host", "192.0.2.1", "--password-file", "secret")
    assert answer.status == 2
    assert "cannot listen on 192.0.2.1:8000" in answer.err


@pytest.mark.skipif(sys.platform == "win32", reason="no signal to interrupt it by")
def test_it_serves_until_it_is_interrupted_and_logs_nothing(index: Path) -> None:
    command = [sys.executable, "-m", "cablesearch", "serve", "--port", "0", "--index", str(index)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stderr
        said = server.stderr.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/", said)
        assert address, said
        with urllib.request.urlopen(f"{address[0]}search?q=confidential", timeout=30) as answer:
            assert answer.status == 200
            assert "server" not in answer.headers
        server.send_signal(signal.SIGINT)
        out, err = server.communicate(timeout=30)
    assert (out, err) == ("", "")
    assert server.returncode in (0, 130)
