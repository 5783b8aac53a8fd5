"""The description of the API (OpenAPI 3.1): whatever is asked that it allows, the answer fits it.

Schemathesis makes the requests up and judges the answers; `make test-web` installs it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

schemathesis = pytest.importorskip("schemathesis", reason="make test-web installs Schemathesis")
from schemathesis import checks  # noqa: E402
from schemathesis.specs.openapi.checks import (  # noqa: E402
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

EXAMPLES = int(os.environ.get("EXAMPLES", "20"))  # requests of each kind
CHECKS = [
    checks.not_a_server_error,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
]
OPERATIONS = (
    *("search", "cable/{id}", "paragraph/{id}", "cited/{id}", "thread/{id}", "facets", "timeline"),
    *("versions/{id}", "diff/{id}", "people", "person", "similar", "explain", "suggest", "info", "export"),
)
# What is made up hardly ever finds anything, so that some of it is replaced.
FOUND: dict[str, list[object]] = {
    "q": ["salt", "*", "fish OR reform", "person:Dole", "date:2007", "zeppelin salt", "orign:x", "price*"],
    "id": ["07TEZGARA5", "06 Ostrel 12", "07TEZGARA5#2", "07tezgara6#3", "07TEZGARA5#99", "../etc/passwd"],
    "name": ["Dole", "Ivo Quell", "Nobody"],
    "by": ["origin", "person,year", "tag,kind", "month", "day", "size", ","],
    "limit": [0, 1, 2],
    "sort": ["date", "cited"],
    "per_cable": [1],
    "other": ["1", "corpus", "07TEZGARA6", "9"],
    "group": ["true"],
    "format": ["jsonl", "markdown", "graphml"],
}
ClientOf = Callable[..., TestClient]
Asked = tuple[TestClient, Any]


@pytest.fixture(scope="session", params=[{}, {"redact": True}], ids=["open", "redacted"])
def asked(request: pytest.FixtureRequest, index: Path, client_of: ClientOf) -> Asked:
    """A client, and what its server describes."""
    client = client_of(index, **request.param)
    return client, schemathesis.openapi.from_dict(closed(client.get("/api/openapi.json").json()))


def closed(value: Any) -> Any:
    """Return a description in which objects have no keys but those described."""
    if isinstance(value, list):
        return [closed(one) for one in value]
    if not isinstance(value, dict):
        return value
    told = {name: closed(one) for name, one in value.items()}
    is_object = told.get("type") == "object" and "properties" in told
    return told | {"additionalProperties": False} if is_object else told


@pytest.mark.parametrize("path", OPERATIONS)
def test_every_answer_fits_the_description(asked: Asked, path: str) -> None:
    client, described = asked
    operation = described[f"/api/{path}"]["GET"]
    in_query = {one.name for one in operation.query}
    values = {name: st.sampled_from(FOUND[name]) for name in FOUND if name in {*in_query, "id"}}
    statuses = set()

    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=[*HealthCheck])
    @given(operation.as_strategy(), st.fixed_dictionaries({}, optional=values))
    def ask(case: Any, known: dict[str, object]) -> None:
        for name, value in known.items():
            if name in in_query:
                case.query[name] = value
            elif case.path_parameters:
                case.path_parameters[name] = quote(str(value))
        sent = case.as_transport_kwargs(base_url="http://127.0.0.1:8000")
        answer = client.request(sent["method"], sent["url"], params=sent["params"])
        case.validate_response(answer, checks=CHECKS)
        statuses.add(answer.status_code)

    ask()
    assert statuses & {200, 403}


def test_every_route_is_tried(asked: Asked) -> None:
    assert {one.ok().path for one in asked[1].get_all_operations()} == {f"/api/{path}" for path in OPERATIONS}
