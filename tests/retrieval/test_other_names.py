"""tjqa.retrieval.other_names: the same question in other words."""

from __future__ import annotations

import pytest

from tjqa.retrieval.other_names import other_wordings
from tjqa.text.segmenter import Segmenter


def wordings(question: str, *passages: str, unwritten: tuple[str, ...] = ()) -> list[str]:
    """The other wordings where the documents write everything but `unwritten`."""
    return other_wordings(question, passages, Segmenter(), lambda text: text not in unwritten)


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("青电信工", "青禾电子科技大学信息工程学院"),
        ("青市监局", "青禾市市场监督管理局"),
        ("青大图书馆", "青禾大学图书馆"),
        ("青农商行", "青禾农村商业银行"),
    ],
)
def test_a_shortened_name(short: str, name: str) -> None:
    """Of a body that the best passages name in full; not where a document writes it so, or names no such body."""
    found = wordings(f"{short}有多少人", f"《{name}章程》\n第一条", unwritten=(short,))
    assert found[0] == f"{name}有多少人"
    assert not wordings(f"{short}有多少人", f"《{name}章程》\n第一条")
    assert not wordings(f"{short}有多少人", "《白鹭大学章程》\n第一条", unwritten=(short,))


@pytest.mark.parametrize("question", ["青山绿水有多少处", "青年人数是多少", "青禾市有多少人", "2022年白鹭县产量多少"])
def test_what_is_no_shortened_name(question: str) -> None:
    """Two characters that happen to stand in it, the beginning of the name itself, figures of a year."""
    unwritten = ("青年人", "青山绿", "青禾市", "22年", "22年白鹭县")
    assert not wordings(question, "青禾市市场监督管理局", "2023年白鹭县产量为12万吨", unwritten=unwritten)


def test_lay_words() -> None:
    """In official words, where the documents write them."""
    assert wordings("老板不给工钱怎么办") == ["用人单位不给工资怎么办"]
    assert not wordings("老板不给工钱怎么办", unwritten=("用人单位", "工资"))


def test_the_names_of_the_table() -> None:
    """Short and long names of one thing."""
    assert "人均地区生产总值是多少" in wordings("人均gdp是多少", unwritten=("国内生产总值",))
