"""Tables made up at random and damaged (more of them: `python -m tests.benchmarks.tables`)."""

from __future__ import annotations

import random
from collections import Counter

from tests.support.table_fuzzing import check_table


def test_no_cell_says_what_is_not_so() -> None:
    """Whatever a table looks like, each cell is a slice of the text, with the text of its address, under heads that
    stand above it and names that stand beside it."""
    found = Counter(check_table(random.Random(seed)) for seed in range(150))
    assert found["cells"] > 50
    assert found["cells of a damaged one"] > 5
