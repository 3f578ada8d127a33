"""near_duplicates: reposts are shown once with their other places; another year's report is no repost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.helpers import FakeEncoder
from tests.support.hits import hit_of, matcher_of
from tjqa.config import Settings
from tjqa.engine import Engine, build
from tjqa.retrieval.hit import Hit
from tjqa.retrieval.near_duplicates import Group, grouped, spread

TEXT = (
    "石桥水库位于白鹭河上游,始建于1958年,总库容4200万立方米。2020年3月,水库除险加固工程开工,历时十九个月,"
    "于2021年10月通过竣工验收。工程加固大坝812米,更换闸门5扇,改造输水隧洞1条。"
)
OTHER = "云岭毛峰产于海拔800米以上的山区,每年清明前后开始采摘,采摘标准是一芽一叶,要求芽叶完整、大小均匀、不带鱼叶。"
YEAR = "全年新增就业{}人,城镇登记失业率控制在{}%以内,新建改建农村公路{}公里,改造老旧小区{}个,各项任务圆满完成。"


def hits(*texts: str, paths: str = "甲乙丙丁戊己") -> list[Hit]:
    """Ranked hits, each in a file of its own."""
    matcher = matcher_of("水库")
    each = enumerate(zip(texts, paths, strict=False))
    return [hit_of(matcher, text, row, f"{path}.txt") for row, (text, path) in each]


def shape(*texts: str, k: int = 5, paths: str = "甲乙丙丁戊己") -> list[tuple[int, list[tuple[int, bool]]]]:
    """Rows of the groups: the hit, and its others with whether figures differ."""
    found = grouped(hits(*texts, paths=paths), k)
    return [(group.hit.row, [(copy.hit.row, copy.figures_differ) for copy in group.others]) for group in found]


def test_copies_go_to_the_best_one() -> None:
    """The best hit stays, copies are put to it, what is different keeps its place and order."""
    assert shape(TEXT, OTHER, TEXT, TEXT) == [(0, [(2, False), (3, False)]), (1, [])]


@pytest.mark.parametrize(
    ("copy", "differ"),
    [
        (TEXT.replace(",", ","), False),  # full-width marks
        (f"本报讯 {TEXT}", False),
        (TEXT[: int(len(TEXT) * 0.8)], True),  # cut: figures are missing
        (TEXT.replace("4200万", "4300万"), True),
        (TEXT.translate(str.maketrans("库于", "庫於")), False),
    ],
)
def test_near_copies(copy: str, differ: bool) -> None:
    """Other marks, another script, a lead-in, a cut, one other figure: still the same, and a difference is told."""
    assert shape(TEXT, copy) == [(0, [(1, differ)])]


def test_other_years_are_hits_of_their_own() -> None:
    """Reports by one pattern with other figures do not hide each other."""
    assert shape(YEAR.format(3215, 3.4, 64, 17), YEAR.format(3500, 3.1, 80, 20)) == [(0, []), (1, [])]


def test_one_file_and_short_lines_are_left_alone() -> None:
    """A report may repeat its pattern; a line of a few characters is alike by chance."""
    assert shape(TEXT, YEAR, paths="甲甲") == [(0, []), (1, [])]
    assert shape(TEXT, TEXT.replace("。", ";", 1), paths="甲甲") == [(0, []), (1, [])]
    assert shape("工作报告", "工作报告") == [(0, []), (1, [])]


def test_the_same_words_again_in_one_file_are_shown_once() -> None:
    """A running head or a clause that stands in every annex fills one place, with its other places."""
    assert shape(TEXT, TEXT, OTHER, TEXT, paths="甲甲甲甲") == [(0, [(1, False), (3, False)]), (2, [])]


def spread_rows(scores: dict[str, list[float]]) -> list[tuple[str, int]]:
    """File and row of hits with these scores, sorted by them, as they are shown."""
    scored = sorted(((score, path) for path, of_file in scores.items() for score in of_file), reverse=True)
    found = hits(*[TEXT] * len(scored), paths="".join(path for _, path in scored))
    groups = [Group(replace(hit, score=score)) for hit, (score, _) in zip(found, scored, strict=True)]
    return [(group.hit.passage.path[0], group.hit.row) for group in spread(groups)]


def test_three_of_a_file_before_others_that_answer_too() -> None:
    """The rest follow, best first; nothing is lost."""
    assert spread_rows({"甲": [0.9, 0.8, 0.7, 0.6, 0.55], "乙": [0.5]}) == [
        ("甲", 0), ("甲", 1), ("甲", 2), ("乙", 5), ("甲", 3), ("甲", 4),
    ]  # fmt: skip


def test_what_answers_far_worse_does_not_go_ahead() -> None:
    """A question about one document keeps that document's passages together."""
    assert [row for _, row in spread_rows({"甲": [0.9, 0.8, 0.7, 0.6, 0.5], "乙": [0.2]})] == [0, 1, 2, 3, 4, 5]
    assert spread([]) == []


def test_what_says_more_is_not_put_to_what_says_less() -> None:
    """A part of a better hit is its copy; a much longer text that contains a better hit is a hit of its own."""
    assert shape(TEXT + OTHER, TEXT) == [(0, [(1, True)])]
    assert shape(TEXT, TEXT + OTHER + OTHER[::-1]) == [(0, []), (1, [])]


def test_places_freed_by_copies_are_filled() -> None:
    """With k = 2 the third different hit moves up; copies found later still count as places."""
    assert shape(TEXT, TEXT, OTHER, YEAR, TEXT, k=2) == [(0, [(1, False), (4, False)]), (2, [])]


def test_answer_names_the_other_places(place: Settings, encoder: FakeEncoder) -> None:
    """A repost is cited once, with its other places re-read; a changed one is not named; the difference is said."""
    (place.sources / "转载一.txt").write_text(f"水库工程完工\n\n{TEXT}\n")
    (place.sources / "转载二.txt").write_text(f"水库完工了\n\n{TEXT.replace('812米', '821米')}\n")
    build(place)
    engine = Engine.open(place)
    answer = engine.ask("石桥水库除险加固工程什么时候开工?")
    (cited,) = [c for c in answer.citations if "历时十九个月" in c.quote]
    assert len(cited.also) == 2
    assert {c.path for c in (cited, *cited.also)} == {"转载一.txt", "转载二.txt", "水利/水库.txt"}
    assert any(c.figures_differ for c in cited.also)
    apart = engine.ask("石桥水库除险加固工程什么时候开工?", keep_copies=True).citations
    assert len([c for c in apart if "历时十九个月" in c.quote]) == 3 and not any(c.also for c in apart)
    for other in cited.also:
        (place.sources / other.path).unlink()
    (again,) = [c for c in engine.ask("石桥水库除险加固工程什么时候开工?").citations if "历时十九个月" in c.quote]
    assert again.also == ()
