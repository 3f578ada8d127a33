"""What cited documents are called: their titles where these tell them apart, else their files."""

from __future__ import annotations

import pytest

from tjqa.citations.short_names import short_names
from tjqa.results import Citation, Span


def citation(path: str, title: str) -> Citation:
    """A citation of a document."""
    return Citation(1, path, "0" * 64, Span(0, 1), 1, 1, "字", title, None, 0.0)


@pytest.mark.parametrize(
    ("documents", "names"),
    [
        ([("1.txt", "某县统计公报"), ("2.txt", "某市统计公报")], ["某县统计公报", "某市统计公报"]),
        ([("1.txt", ""), ("2.txt", "某市统计公报")], ["1.txt", "某市统计公报"]),
        ([("1.txt", "政府工作报告"), ("2.txt", "政府工作报告")], ["1.txt", "2.txt"]),
        ([("1.txt", "甲篇"), ("1.txt", "乙篇")], ["甲篇", "乙篇"]),
        ([("1.txt", "甲" * 40 + "一"), ("2.txt", "甲" * 40 + "二")], ["1.txt", "2.txt"]),
        ([("1.txt", "甲" * 40)], ["甲" * 21 + "…"]),
        ([("1.txt", "某县\n统计\x1b公报")], ["某县 统计·公报"]),
        ([("目录\n/1.txt", "")], ["目录·/1.txt"]),
    ],
)
def test_a_title_names_a_document_where_it_names_one_alone(documents: list[tuple[str, str]], names: list[str]) -> None:
    """No title, or one that two files share as far as it is shown, leaves the path."""
    cited = [citation(path, title) for path, title in documents]
    named = short_names(cited)
    assert [named.of(one) for one in cited] == names
