"""tjqa.text.terms: what a text is searched by."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.helpers import PLAIN, python
from tjqa.text.places import place_names, short_name
from tjqa.text.segmenter import is_measure
from tjqa.text.terms import terms


def test_words_pairs_and_figures() -> None:
    """A clause gives its words, its marked pairs of characters and its figures in one form."""
    found = terms("新增就业3215人", PLAIN)
    assert {"新增", "就业", "·新增", "·增就", "·就业", "=3215"} <= set(found)
    assert "3215" not in found


@pytest.mark.parametrize(
    ("one", "other"),
    [("５．２％", "百分之五点二"), ("GDP总量", "gdp总量"), ("經濟發展", "经济发展"), ("宝 坻 区", "宝坻区")],
)
def test_spellings_give_the_same_terms(one: str, other: str) -> None:
    """Width, case, script, number form and stray blanks make no difference."""
    assert sorted(terms(one, PLAIN)) == sorted(terms(other, PLAIN))


def test_pairs_do_not_cross_a_mark() -> None:
    """Two characters parted by a comma are no pair."""
    assert "·展服" not in terms("发展,服务", PLAIN)
    assert "·展服" in terms("发展服务", PLAIN)


@pytest.mark.parametrize("name", ["pm2.5", "5g", "c919"])
def test_names_of_letters_and_digits_stay_whole(name: str) -> None:
    """PM2.5 is one term, whatever its digits are."""
    assert name in terms(f"治理{name.upper()}成效", PLAIN)


@pytest.mark.parametrize("text", ["", " \n", "。,!?", "\udcff\ud800", "\x00\x1b[[", "😀"])
def test_texts_without_words(text: str) -> None:
    """Nothing to search for gives no terms, and no error."""
    assert terms(text, PLAIN) == []


@pytest.mark.slow
@pytest.mark.parametrize("home", ["writable", "unwritable"])
def test_dictionary_cache_is_the_users_own(tmp_path: Path, home: str) -> None:
    """The cache of the dictionary lies in the user's folder, never in the shared one, or nowhere."""
    cache = tmp_path / home
    if home == "unwritable":
        cache.write_text("a file, so that no folder can be made below it")
    shared = tmp_path / "shared"
    shared.mkdir()
    imports = "from tjqa.text.segmenter import Segmenter; from tjqa.text.terms import terms"
    code = f"{imports}; print(*terms('新增就业', Segmenter()))"
    done = python("-c", code, XDG_CACHE_HOME=str(cache), TMPDIR=str(shared))
    assert "就业" in done.stdout.split()
    assert done.stderr == ""
    assert list(shared.iterdir()) == []
    if home == "writable":
        assert [path.name for path in (cache / "tjqa").iterdir()] == ["jieba.cache"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("白鹭县新增就业", ["白鹭县"]),  # cut by jieba into 白鹭 and 县
        ("洛浦县去年的收入", ["洛浦县"]),
        ("从宝坻到北京", ["宝坻", "北京"]),
        ("天津大学和天津大学", ["天津大学"]),
        ("7月6日云溪县降雨量", ["云溪县"]),  # the day begins no name
        ("2024年云溪县和7月日照市", ["云溪县", "日照市"]),
        ("全区和该县的旧小区", []),
        ("大力发展开发区和灾区", []),
    ],
)
def test_places_are_named_whole(text: str, names: list[str]) -> None:
    """A county that stands in no dictionary is one name; words for any area name none."""
    assert place_names(text, PLAIN) == names


def test_short_names() -> None:
    """The word for the kind of area is left out where a name remains."""
    assert [short_name(name) for name in ("西青区", "于田县", "蓟县", "天津大学")] == [
        "西青",
        "于田",
        "蓟县",
        "天津大学",
    ]


def test_words_made_up_by_the_cutter_tell_little() -> None:
    """投了 stands in no dictionary and is as common as 投; a name of rare characters is rare."""
    assert PLAIN.rarity("投了") == PLAIN.rarity("投") < 0.5 < PLAIN.rarity("白鹭")


def test_measures() -> None:
    """What counts or points names nothing."""
    assert all(map(is_measure, ("十个月", "亿元", "两家"))) and not any(map(is_measure, ("就业", "水库", "学校")))
