"""Made-up cables, printed in many ways: the same facts come out, and no word of the body is lost."""

import pytest

from cablesearch import parse_cable
from tests.generated.cables import make
from tests.generated.facts import found, said
from tests.generated.printing import make_layout, message, transmission


@pytest.mark.parametrize("old", [False, True], ids=["marked", "capitals"])
@pytest.mark.parametrize("seed", range(300))
def test_however_a_cable_is_printed_it_says_the_same(seed, old):
    made, layout = make(seed, old=old), make_layout(1000 + seed)
    gap = "\n" * (layout.blank + 1)
    cable = parse_cable(f"{transmission(made)}{gap}{message(made, layout)}")
    assert found(cable, {"released"}) == said(made, {"released"})
