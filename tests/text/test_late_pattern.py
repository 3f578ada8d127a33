"""tjqa.text.late_pattern: the same as a compiled pattern, later."""

from __future__ import annotations

import re

import pytest

from tests.support.helpers import python
from tjqa.text.late_pattern import LatePattern


@pytest.mark.parametrize("text", ["", "相关阅读", "相关阅读:甲", "ABC", "abc", "相关\n阅读"])
def test_it_finds_what_the_pattern_finds(text: str) -> None:
    """With its flags; again and again."""
    late, plain = LatePattern("相关(阅读)|abc", re.IGNORECASE), re.compile("相关(阅读)|abc", re.IGNORECASE)
    for _ in range(2):
        for found, wanted in ((late.search(text), plain.search(text)), (late.fullmatch(text), plain.fullmatch(text))):
            assert (found and (found.span(), found.groups())) == (wanted and (wanted.span(), wanted.groups()))


def test_a_pattern_that_is_none_is_told_when_it_is_needed() -> None:
    """Not before."""
    late = LatePattern("(")
    with pytest.raises(re.error):
        late.search("x")


def test_a_start_compiles_no_phrases_of_pages() -> None:
    """They are needed where a file is cleaned."""
    code = "import re\nfrom tjqa.ingest.cleaning import patterns\nprint('_compiled' in vars(patterns.NOTICE))"
    assert python("-c", code).stdout.strip() == "False"
