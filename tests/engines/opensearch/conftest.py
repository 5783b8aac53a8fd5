"""A fake cluster, and a client that waits no longer than a test can."""

import os
from contextlib import ExitStack, closing

import pytest

from cablesearch.engines.opensearch import connection
from cablesearch.engines.opensearch.credentials import PREFIX
from tests.engines.opensearch.fake import FakeCluster


@pytest.fixture(autouse=True)
def short_waits(monkeypatch):
    monkeypatch.setattr(connection, "FIRST_WAIT", 0.001)


@pytest.fixture(autouse=True)
def no_credentials(monkeypatch):
    for name in [*os.environ]:
        if name.startswith(PREFIX):
            monkeypatch.delenv(name)


@pytest.fixture
def cluster():
    """A function that starts a fake cluster with these answers."""
    with ExitStack() as stack:
        yield lambda *answers: stack.enter_context(FakeCluster(*answers))


@pytest.fixture
def client(cluster):
    """A function that connects to a fake cluster with these answers: (client, cluster)."""
    with ExitStack() as stack:

        def connected(*answers, patience=0.5):
            fake = cluster(*answers)
            return stack.enter_context(closing(connection.connect([fake.url], patience=patience))), fake

        yield connected
