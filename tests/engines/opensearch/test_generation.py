"""Names of indexes on a cluster, and into how many parts one is divided."""

import pytest

from cablesearch.engines.opensearch.generation import check_name, default_shards
from cablesearch.errors import ClusterError

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


@pytest.mark.parametrize("name", ["cables", "cablesearch-0f", "my_cables.2", "1976"])
def test_a_name_that_opensearch_takes(name):
    check_name(name)


@pytest.mark.parametrize(
    "name", ["", "Cables", "a b", "*", "a,b", "a/../b", "-a", "_all", "..", "é", "a" * 201]
)
def test_a_name_that_opensearch_does_not_take_or_takes_for_several(name):
    with pytest.raises(ClusterError, match="--name"):
        check_name(name)
