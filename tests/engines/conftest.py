"""Every engine, and a function that builds an index of a few cables."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from cablesearch.engines.documents import documents
from tests.engines.engines import ENGINES, cleaned
from tests.engines.engines import engine as engine_named


@pytest.fixture(params=ENGINES)
def engine(request):
    with cleaned():
        yield engine_named(request.param)


@pytest.fixture
def index(engine, tmp_path):
    """A function that builds an index of cables and returns its reader."""
    with ExitStack() as stack:

        def build(*cables):
            with engine.write(tmp_path / "index", fresh=True) as writer:
                for cable in cables:
                    writer.add(cable, documents(cable))
            return stack.enter_context(engine.read(tmp_path / "index"))

        yield build
