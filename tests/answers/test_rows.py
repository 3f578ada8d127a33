"""The figure of a row that a question asks for is the one marked."""

from __future__ import annotations

import re

import pytest

from tjqa.answers.rows import asked_of_row
from tjqa.documents import Span

PLACES = "青山镇和白水镇2023年粮食产量分别为1.5万吨和2.5万吨。"
YEARS = "2022年、2023年云溪县财政收入分别为11万吨、22万吨。"
MEASURES = "2023年云溪县财政收入、财政支出分别为11万吨、22万吨。"
UNEVEN = "青山镇、白水镇和黑石镇粮食产量分别为1.5万吨和2.5万吨。"


@pytest.mark.parametrize(
    ("text", "question", "marked"),
    [
        (PLACES, "青山镇2023年粮食产量多少", "1.5万吨"),
        (PLACES, "白水镇2023年粮食产量多少", "2.5万吨"),
        (PLACES, "黑石镇2023年粮食产量多少", "1.5万吨和2.5万吨"),
        (PLACES, "青山镇和白水镇2023年粮食产量多少", "1.5万吨和2.5万吨"),
        (YEARS, "云溪县2022年财政收入多少", "11万吨"),
        (YEARS, "云溪县2023年财政收入多少", "22万吨"),
        (MEASURES, "云溪县2023年财政收入多少", "11万吨"),
        (MEASURES, "云溪县2023年财政支出多少", "22万吨"),
        (UNEVEN, "白水镇粮食产量多少", "1.5万吨和2.5万吨"),
        ("云溪县产量1万吨、销量2万吨。", "云溪县产量多少", "1万吨"),
    ],
)
def test_the_figure_that_is_asked_for_is_marked(text: str, question: str, marked: str) -> None:
    """By its place in the row; all of them where it is not clear which."""
    figures = [Span(*found.span()) for found in re.finditer(r"[\d.]+万吨", text)]
    assert asked_of_row(text, figures, figures[0], question).of(text) == marked
