"""A cluster of OpenSearch on this machine, for tests: nodes that are started, killed and restarted.

    python -m tests.cluster.nodes 3               starts three nodes, prints their URLs, stops them at Ctrl-C
    python -m tests.cluster.nodes 3 COMMAND...    runs a command with them; their URLs are in CLUSTER_URLS

The jars come from Maven Central once and are kept in `~/.cache/cablesearch-tests`. Java and Maven are needed.
Settings come from the environment: CLUSTER_PORT (9200, of the first node; the others follow), CLUSTER_HEAP
(512m a node), CLUSTER_JAVA (other options for Java), CLUSTER_CACHE (another folder for the jars).
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import HTTPError
from urllib.request import urlopen

HERE = Path(__file__).parent / "node"
PORT = int(os.environ.get("CLUSTER_PORT", "9200"))
HEAP = os.environ.get("CLUSTER_HEAP", "512m")
CACHE = Path(os.environ.get("CLUSTER_CACHE") or Path.home() / ".cache" / "cablesearch-tests")
TRANSPORT = 90  # the transport's port above that of HTTP
# By default for many short lives on few processors.
JAVA_OPTIONS = os.environ.get("CLUSTER_JAVA", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto").split()
START_SECONDS, STOP_SECONDS = 120, 30
DOWNLOAD_SECONDS = 600


def missing() -> list[str]:
    """Return which of the programs that a cluster needs are not installed."""
    return [program for program in ("java", "javac", "mvn") if not shutil.which(program)]


def jars() -> Path:
    """Return the folder of the jars and of the compiled launcher; fetch and compile them the first time."""
    import hashlib

    sources = [HERE / "pom.xml", HERE / "TestNode.java"]
    key = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:12]
    folder = CACHE / f"opensearch-{key}"
    if not folder.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=CACHE) as fresh:
            patient = (
                "-Dmaven.wagon.http.retryHandler.count=5",
                "-Daether.connector.http.retryHandler.count=5",
            )
            copy = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies"
            subprocess.run(
                [
                    "mvn",
                    "-q",
                    "-B",
                    *patient,
                    "-f",
                    HERE / "pom.xml",
                    copy,
                    f"-DoutputDirectory={fresh}/opensearch",
                ],
                check=True,
                timeout=DOWNLOAD_SECONDS,
                stdin=subprocess.DEVNULL,
            )
            folder_made = Path(fresh, "opensearch")
            subprocess.run(
                ["javac", "-proc:none", "-cp", f"{folder_made}/*", "-d", folder_made, HERE / "TestNode.java"],
                check=True,
            )
            with suppress(OSError):  # another process was faster
                folder_made.rename(folder)
    return folder


class Nodes:
    """The nodes of a cluster, counted from 0, each a process. A context manager: starts and stops them.

    Args:
        folder: where they keep their data and logs.
    """

    def __init__(self, folder: Path, count: int = 3, port: int = PORT) -> None:
        self._folder, self._count, self._port = folder, count, port
        self._running: dict[int, subprocess.Popen[bytes]] = {}

    @property
    def urls(self) -> list[str]:
        """The URLs of all nodes, whether they run or not."""
        return [f"http://127.0.0.1:{self._port + node}" for node in range(self._count)]

    @property
    def running(self) -> list[int]:
        return sorted(self._running)

    def __enter__(self) -> Nodes:
        for node in range(self._count):
            for port in (self._port + node, self._port + TRANSPORT + node):
                _check_free(port)
        try:
            for node in range(self._count):
                self.start(node)
            self.wait()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *raised: object) -> None:
        self.stop()

    def start(self, node: int) -> None:
        """Start a node that does not run; `wait` waits for it."""
        library = jars()
        each = range(self._count)
        settings = {
            "path.home": self._folder / f"node{node}",
            "path.repo": self._folder / "snapshots",
            "cluster.name": "cablesearch-test",
            "node.name": f"node{node}",
            "network.host": "127.0.0.1",
            "http.port": self._port + node,
            "transport.port": self._port + TRANSPORT + node,
            "discovery.seed_hosts": ",".join(f"127.0.0.1:{self._port + TRANSPORT + other}" for other in each),
            "cluster.initial_cluster_manager_nodes": ",".join(f"node{other}" for other in each),
            "cluster.routing.allocation.disk.threshold_enabled": "false",
            "action.auto_create_index": "false",
            "action.destructive_requires_name": "true",
        }
        self._folder.mkdir(parents=True, exist_ok=True)
        with self.log(node).open("ab") as log:
            self._running[node] = subprocess.Popen(
                [
                    "java",
                    f"-Xms{HEAP}",
                    f"-Xmx{HEAP}",
                    *JAVA_OPTIONS,
                    f"-Dlog4j2.configurationFile={HERE / 'log4j2.properties'}",
                    *("-cp", f"{library}:{library}/*", "TestNode"),
                    *(f"{name}={value}" for name, value in settings.items()),
                ],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for the tests, which then stop the nodes
            )

    def kill(self, node: int) -> None:
        """Kill a node as a crash would: it has no time for anything."""
        process = self._running.pop(node)
        process.kill()
        _close_input(process)
        process.wait()

    def restart(self, node: int) -> None:
        """Stop a node as its operator would, if it runs, and start it again."""
        if node in self._running:
            self._end(node)
        self.start(node)

    def stop(self) -> None:
        """Stop all nodes."""
        for process in self._running.values():
            _close_input(process)
        for node in self.running:
            self._end(node)

    def wait(self, status: str = "green", seconds: float = START_SECONDS) -> None:
        """Wait until all running nodes are in one cluster that has at least a status.

        Each of them has to say so: the others may not have noticed yet that one was restarted.
        """
        path = f"/_cluster/health?wait_for_status={status}&wait_for_nodes={len(self._running)}&timeout=2s"
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for node in self.running:
                if self._running[node].poll() is not None:
                    raise RuntimeError(f"node {node} ended:\n{self._tail(node)}")
            with suppress(OSError, ValueError):
                if not any(self.get(path, node)["timed_out"] for node in self.running):
                    return
                continue
            time.sleep(0.3)
        tails = "\n".join(map(self._tail, self.running))
        raise RuntimeError(f"the cluster is not {status} after {seconds} seconds:\n{self._state()}\n{tails}")

    def _state(self) -> str:
        """Return what the cluster says of its nodes, of its shards, and of one that is on no node."""
        said = []
        for path in (
            "/_cat/nodes",
            "/_cat/shards?h=index,shard,prirep,state,node,ur,ud",
            "/_cluster/allocation/explain",
        ):
            try:
                with urlopen(self.urls[self.running[0]] + path, timeout=10) as answer:
                    said.append(answer.read().decode())
            except HTTPError as error:
                said.append(error.read().decode())
            except OSError as error:
                said.append(str(error))
        return "\n".join(said)

    def get(self, path: str, node: int | None = None) -> dict:
        """Return what a node answers to a request, by default the first that runs."""
        asked = self.running[0] if node is None else node
        with urlopen(self.urls[asked] + path, timeout=10) as answer:
            return json.loads(answer.read())

    def memory(self, node: int) -> int:
        """Return the bytes of memory that a node has."""
        import psutil

        return psutil.Process(self._running[node].pid).memory_info().rss

    def pid(self, node: int) -> int:
        return self._running[node].pid

    def log(self, node: int) -> Path:
        return self._folder / f"node{node}.log"

    def _end(self, node: int) -> None:
        process = self._running.pop(node)
        _close_input(process)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _tail(self, node: int) -> str:
        lines = self.log(node).read_text("utf-8", "replace").splitlines()
        return "\n".join(lines[-15:])


def _close_input(process: subprocess.Popen[bytes]) -> None:
    """Tell a node to stop."""
    if process.stdin:
        process.stdin.close()


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise RuntimeError(f"port {port} is in use: set CLUSTER_PORT to another") from None


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the nodes and the command are stopped
    count, *command = sys.argv[1:]
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # a third faster with many small indexes
    with (
        TemporaryDirectory(dir=memory) as folder,
        suppress(KeyboardInterrupt),
        Nodes(Path(folder), int(count)) as nodes,
    ):
        urls = ",".join(nodes.urls)
        if command:
            return subprocess.run(command, env=os.environ | {"CLUSTER_URLS": urls}).returncode
        print(urls, flush=True)
        while True:
            time.sleep(3600)
    return 130


if __name__ == "__main__":
    sys.exit(main())
