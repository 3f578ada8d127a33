"""tjqa.answers.proof.quotations, .quote_finding: what is quoted, where it stands, what comes nearest."""

from __future__ import annotations

import pytest

from tests.support.tables import packed
from tjqa.answers.proof.quotations import quoted
from tjqa.answers.proof.quote_finding import Place, nearest
from tjqa.answers.proof.quote_finding import standing as found_standing
from tjqa.documents import Passage

TEXT = (
    "县水利局局长沈怀民介绍,工程完工以后,"
    "石桥水库可以灌溉下游农田6.3万亩,保障11.5万人的饮水安全。水库还安装了自动监测设备。\n"
)


def standing(words: str, passages: list[Passage]) -> Place | None:
    """Where words stand in passages that have nothing between them."""
    return found_standing(words, passages, lambda first, second: first.span.end == second.span.start)


def told(text: str) -> list[tuple[str, str]]:
    """What is quoted, and as what."""
    kinds = {(True, False): "words", (False, True): "title", (False, False): "term"}
    return [(one.span.of(text), kinds[one.is_words, one.is_title]) for one in quoted(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("他说：“水库可以灌溉农田。”", [("水库可以灌溉农田", "words")]),
        ("推进“双一流”建设", [("双一流", "term")]),
        ("「石桥水库可以灌溉下游农田」", [("石桥水库可以灌溉下游农田", "words")]),
        ('他说:"饮水安全有保障"。', [("饮水安全有保障", "words")]),
        ("按《水库管理条例》办理", [("水库管理条例", "title")]),
        ("“先说‘里面的’，再说外面的。”", [("先说‘里面的’，再说外面的", "words")]),
        ("“忘了关上，\n\n另一段", []),
        ("“”和“……”", []),
        ("没有引号", []),
    ],
)
def test_words_are_told_from_terms(text: str, expected: list[tuple[str, str]]) -> None:
    """By a stop inside, a verb of saying before, or their length."""
    assert told(text) == expected


def test_what_is_left_out_parts_a_quotation() -> None:
    """A number in square brackets leaves nothing out."""
    text = "“工程完工以后……保障11.5万人的饮水安全”"
    (one,) = quoted(text)
    assert [part.of(text) for part in one.parts] == ["工程完工以后", "保障11.5万人的饮水安全"]
    text = "“单一的算法精度较差[3]，难以满足要求”"
    (one,) = quoted(text)
    assert len(one.parts) == 1


@pytest.mark.parametrize(
    "words",
    [
        "石桥水库可以灌溉下游农田6.3万亩,保障11.5万人的饮水安全",
        "石桥水库可以灌溉下游农田６.３万亩，保障11.5万人的饮水安全",
        "石桥水库 可以灌溉\n下游农田",
    ],
)
def test_widths_and_blanks_say_nothing(words: str) -> None:
    """The slice that stands there is found."""
    _, passages = packed(TEXT.encode(), "水.txt")
    place = standing(words, passages)
    assert place is not None
    assert "".join(words.split())[:4] == place.span.of(place.passage.text)[:4]


@pytest.mark.parametrize("words", ["石桥水庫可以灌溉", "石桥水库可以灌溉上游农田", "石桥水库可灌溉"])
def test_no_other_character_stands_for_one(words: str) -> None:
    """Not even a traditional one; what comes nearest is told with the characters that differ."""
    _, passages = packed(TEXT.encode(), "水.txt")
    assert standing(words, passages) is None
    found = nearest(words, passages)
    assert found is not None and found.place.span.of(found.place.passage.text).startswith("石桥水库可")
    assert [span.of(words) for span in found.differing] in (["庫"], ["上"], [])
    assert all(len(span) <= 2 for span in found.other)


def test_every_digit_forged_is_told() -> None:
    """Of each digit of a sentence all nine other ones."""
    _, passages = packed(TEXT.encode(), "水.txt")
    words = "石桥水库可以灌溉下游农田6.3万亩,保障11.5万人的饮水安全"
    for at, char in enumerate(words):
        for digit in "0123456789" if char.isdigit() else "":
            forged = words[:at] + digit + words[at + 1 :]
            assert (standing(forged, passages) is None) is (digit != char)
            found = nearest(forged, passages)
            assert found is not None and [span.start for span in found.differing] == ([] if digit == char else [at])


def test_nothing_near_is_told_as_nothing() -> None:
    """Words of another matter."""
    _, passages = packed(TEXT.encode(), "水.txt")
    assert nearest("月球基地今年接待游客七十七万人次", passages) is None
    assert standing("", passages) is None and standing("  ", passages) is None


@pytest.mark.parametrize(
    ("source", "words", "stands"),
    [
        ("排放总量为10²吨左右。", "总量为102吨", False),
        ("全年新增就业3215人，增长一成。", "215人", False),
        ("全年新增就业3215人，增长一成。", "新增就业3215人", True),
        ("全年新增就业3215人，增长一成。", "全年新增就业32", False),
        ("测得3 50两个读数，记录在册。", "测得350两个读数", False),
        ("接入open data平台的单位。", "接入opendata平台", False),
        ("接入open  data平台的单位。", "接入open\ndata平台", True),
        ("第①项由镇里办理。", "第1项由镇里办理", False),
        ("气温-5度，路面结冰。", "5度", False),
    ],
)
def test_another_number_is_another_text(source: str, words: str, stands: bool) -> None:
    """Neither raised figures, nor a part of a number, nor blanks between two are a matter of width."""
    _, passages = packed(source.encode(), "文.txt")
    assert (standing(words, passages) is not None) is stands
