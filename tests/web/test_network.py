"""Whom a person is named with, as a picture."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from cablesearch.web.network import HEIGHT, WIDTH, draw

PEOPLE = {"Ada Quell": 9, "Bo Hart": 4, "Cyd Marlow": 1, "Dov Stedman": 1}


def test_everyone_has_a_place_of_its_own_and_a_line_to_the_middle() -> None:
    picture = draw(PEOPLE, {("Ada Quell", "Cyd Marlow"): 3})
    assert len({(node.x, node.y) for node in picture.nodes}) == 4
    assert all(0 < node.x < WIDTH and 0 < node.y < HEIGHT for node in picture.nodes)
    assert len(picture.edges) == 5
    radius = {node.name: node.radius for node in picture.nodes}
    assert radius["Ada Quell"] > radius["Bo Hart"] > radius["Dov Stedman"]


def test_those_who_are_named_together_stand_side_by_side() -> None:
    picture = draw(PEOPLE, {("Ada Quell", "Dov Stedman"): 3, ("Bo Hart", "Dov Stedman"): 2})
    assert [node.name for node in picture.nodes][:3] == ["Ada Quell", "Dov Stedman", "Bo Hart"]


@pytest.mark.parametrize("people", [1, 2, 30])
def test_any_number_is_drawn(people: int) -> None:
    assert len(draw({f"P{n}": 1 for n in range(people)}, {}).nodes) == people


def test_few_companions_are_no_network(client: TestClient) -> None:
    assert 'class="network"' not in client.get("/person?name=Maren+Dole").text
