"""tjqa.text.places: where a text names a place."""

from __future__ import annotations

import pytest

from tjqa.text.places import speaks_of


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("从天津南站出发", "津南", False),
        ("天津市津南区", "津南", True),
        ("从天津南站到津南区", "津南", True),
        ("上海淀山湖边", "海淀", False),
        ("河南京山站", "南京", False),
        ("陕西安康市", "西安", False),
        ("到西安去", "西安", True),
        ("全白鹭县", "白鹭", True),  # no dictionary knows it
        ("没有提到", "津南", False),
    ],
)
def test_a_name_within_another_name_is_none(text: str, name: str, expected: bool) -> None:
    """A place is spoken of where its name begins a word, not where two other places happen to meet."""
    assert speaks_of(text, name) is expected
