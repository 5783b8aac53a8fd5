"""Into how many parts an index is divided."""

import pytest

from cablesearch.engines.opensearch.generation import default_shards

MB, GB = 10**6, 10**9


@pytest.mark.parametrize(
    ("nodes", "text", "shards"),
    [
        (1, 0, 1),
        (3, 0, 1),
        (3, 100 * MB, 1),
        (3, 139 * MB, 2),
        (3, 2 * GB, 3),
        (1, 2 * GB, 1),
        (20, 300 * MB, 3),
        (3, 70 * GB, 7),
        (12, 70 * GB, 12),
        (3, None, 3),
    ],
)
def test_an_index_has_a_part_for_each_node_unless_its_text_is_little_or_much(nodes, text, shards):
    assert default_shards(nodes, text) == shards
