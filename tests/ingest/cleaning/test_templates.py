"""Templates of a folder dropped, the user's word kept: what one page alone cannot tell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ingest.cleaning.test_clean import assert_tiles
from tests.support.helpers import FakeEncoder, Finished
from tjqa.config import Settings
from tjqa.documents import DocumentKind, DropReason, Keep, SourceFile
from tjqa.engine import Engine, build
from tjqa.errors import SourcesError
from tjqa.ingest.cleaning.clean import clean
from tjqa.ingest.cleaning.templates import drop_repeats, edges, restore
from tjqa.ingest.sources import read_source
from tjqa.ingest.user_rules import dropped_of, kept_of, read_drop, read_keep

Run = Callable[..., Finished]
HEAD = "云岭在线 传播真实的声音"
TAIL = "白鹭传媒集团荣誉出品,融媒体中心监制播出。"
TOWNS = ["云岭", "河口", "石桥", "白鹭", "青山", "沙坪"]


def page(number: int, town: str) -> str:
    """A page of a made-up site, with the site's slogan above and its credits below."""
    done = f"全长{number + 3}公里,总投资{number * 211 + 900}万元,惠及{town}镇农户{number * 37 + 400}户。"
    told = f"{town}镇的路面宽度由四米加宽到七米,沿线安装路灯{number * 13 + 60}盏,排水沟同步改造完毕。"
    headline = f"{town}镇道路改造工程完工\n\n2023-05-{number + 10}"
    return f"{HEAD}\n\n{headline}\n\n{town}镇道路改造工程日前完工,{done}\n\n施工单位介绍,{told}\n\n{TAIL}\n"


@pytest.fixture
def site(place: Settings) -> Path:
    """Six pages of one site in a folder of the library."""
    folder = place.sources / "网站"
    folder.mkdir()
    for number, town in enumerate(TOWNS):
        (folder / f"{number}.txt").write_text(page(number, town))
    return folder


def texts(place: Settings) -> str:
    """All text that can be found."""
    return "\n".join(passage.text for passage, _ in Engine.open(place).passages())


def test_template_of_a_folder_is_dropped_with_its_reason(place: Settings, site: Path, encoder: FakeEncoder) -> None:
    """Slogan and credits of every page go, as 各页重复; every page's own text stays, the files are still tiled."""
    report = build(place)
    found = texts(place)
    assert HEAD not in found and TAIL not in found
    assert all(f"{town}镇的路面宽度" in found and f"{town}镇道路改造工程完工" in found for town in TOWNS)
    for summary in report.sources:
        reasons = {d.reason for d in summary.dropped} - {"空白"}
        assert reasons == ({DropReason.FOLDER_TEMPLATE} if summary.path.startswith("网站/") else set())
        source = read_source(place.sources, place.sources / summary.path)
        assert_tiles(source, drop_repeats(source, clean(source), summary.repeats))
    assert Engine.open(place).check() == []
    assert build(place).unchanged


def test_template_is_learnt_and_forgotten_with_the_files(
    place: Settings, site: Path, encoder: FakeEncoder, tmp_path: Path
) -> None:
    """Three pages are no site; with the fourth the older ones are cleaned again; with three left it is text again. Each
    time the index is the one built from nothing."""
    spare = {path: path.read_text() for path in sorted(site.iterdir())[3:]}
    for path in spare:
        path.unlink()
    build(place)
    assert texts(place).count(TAIL) == 3
    for step, change in enumerate((lambda p: p.write_text(spare[p]), lambda p: p.unlink())):
        change(next(iter(spare)))
        build(place)
        assert texts(place).count(TAIL) == (0 if step == 0 else 3)
        fresh = Settings(place.sources, tmp_path / f"fresh{step}")
        build(fresh)
        assert texts(fresh) == texts(place)
        assert Engine.open(fresh).sources() == Engine.open(place).sources()


def test_copies_and_common_middles_are_no_template(place: Settings, encoder: FakeEncoder) -> None:
    """A report saved five times, and a sentence that stands in the middle of many pages, stay."""
    text = page(1, "云岭").replace(HEAD, "").replace(TAIL, "")
    for number in range(5):
        (place.sources / f"副本{number}.txt").write_text(text)
    middle = "会议强调,安全生产责任重于泰山,各镇要逐项落实到位。"
    for number, town in enumerate(TOWNS):
        body = page(number, town).replace(HEAD, "").replace(TAIL, f"{town}镇长表示,{number + 5}月底前全部完成验收。")
        (place.sources / f"镇{number}.txt").write_text(body.replace("施工单位介绍", f"{middle}\n\n施工单位介绍"))
    build(place)
    found = texts(place)
    assert found.count("全长4公里,总投资1111万元") == 6 and found.count(middle) == len(TOWNS)


def test_headlines_all_alike_stay(place: Settings, encoder: FakeEncoder) -> None:
    """Weekly notes that share headline and first heading keep both."""
    for number, town in enumerate(TOWNS):
        (place.sources / f"{number}.txt").write_text(
            f"工作周报\n\n本周完成{town}镇的验收{number + 2}项,发现问题{number + 1}处,已经全部整改完毕并复查。\n"
        )
    build(place)
    assert texts(place).count("工作周报") == len(TOWNS)


def test_edges_leave_bylines_out(place: Settings, site: Path) -> None:
    """A date that many pages share is no template."""
    source = read_source(place.sources, site / "0.txt")
    cleaned = clean(source)
    everything = drop_repeats(source, cleaned, edges(source, cleaned))
    assert "meta" in {piece.role for article in everything.articles for piece in article.pieces}
    assert_tiles(source, everything)


STORY = "水库工程完工\n\n2021-10-08\n\n石桥水库除险加固工程完工,总库容4200万立方米,灌溉农田6.3万亩。"
NEWS = f"首页 | 新闻 | 登录\n\n{STORY}\n\n相关阅读\n\n灌区改造启动\n"


@pytest.mark.slow
def test_the_user_has_the_last_word(tjqa: Run, documents: Path) -> None:
    """A file named in .tjqa-keep is kept whole, or the parts of a reason are; it shows, works at once, and ends."""
    (documents / "新闻.txt").write_text(NEWS)
    tjqa("index")
    assert "灌区改造启动" not in tjqa("passages").out
    (documents / ".tjqa-keep").write_text("# 说明\n新闻.txt: 相关推荐\n")
    assert "1 个文件在建立索引之后有改动（新闻.txt）" in tjqa("ask", "水库").err
    shown = tjqa("index")
    assert "按 .tjqa-keep 保留相关推荐" in shown.out and shown.out.count(".tjqa-keep") == 1
    listed = tjqa("passages").out
    assert "灌区改造启动" in listed and "登录" not in listed
    (documents / ".tjqa-keep").write_text("新?.txt\n")
    assert "按 .tjqa-keep 保留整篇" in tjqa("index").out
    assert "登录" in tjqa("passages").out
    assert tjqa("check").code == 0
    (documents / ".tjqa-keep").unlink()
    assert "tjqa-keep" not in tjqa("index").out
    assert "灌区改造启动" not in tjqa("passages").out


@pytest.mark.slow
def test_the_user_names_lines_to_leave_out(tjqa: Run, documents: Path) -> None:
    """Lines named in .tjqa-drop are left out of the files named, with their reason; it works at once, beside
    .tjqa-keep, also in what `show` marks, and ends."""
    (documents / "新闻.txt").write_text(NEWS)
    tjqa("index")
    assert "灌溉农田" in tjqa("passages").out
    (documents / ".tjqa-drop").write_text("# 说明\n新*.txt: 石桥水库除险*\n茶叶.md: *\n")
    (documents / ".tjqa-keep").write_text("新闻.txt\n")
    assert "2 个文件在建立索引之后有改动" in tjqa("ask", "水库").err
    assert "略过：" not in tjqa("index").out
    listed = tjqa("passages").out
    assert "灌溉农田" not in listed and "登录" in listed and "云岭" not in listed
    shown = tjqa("sources").out
    assert "自定规则" in shown
    assert "‹略去（自定规则）：石桥水库" in tjqa("show", f"新闻.txt:0-{len(NEWS)}").out
    assert tjqa("check").code == 0
    (documents / ".tjqa-drop").unlink()
    tjqa("index")
    assert "灌溉农田" in tjqa("passages").out


@pytest.mark.parametrize(
    ("rules", "lines"),
    [
        ("", ()),
        ("甲.txt: 扫码关注*", ("扫码关注*",)),
        ("扫码关注*", ("扫码关注*",)),
        ("*: 来源:*", ("来源:*",)),
        ("乙.txt: 扫码", ()),
        ("*.txt：乙\n甲*: 甲\n甲*: 乙", ("乙", "甲")),
        ("# *: 甲", ()),
    ],
)
def test_lines_to_leave_out(tmp_path: Path, rules: str, lines: tuple[str, ...]) -> None:
    """File and line are parted by the first colon; without one the line is left out of every file."""
    (tmp_path / ".tjqa-drop").write_text(rules)
    assert dropped_of(read_drop(tmp_path), "甲.txt") == lines


def test_restored_parts_tile_the_file(place: Settings) -> None:
    """Whatever comes back, pieces and dropped parts cover the file."""
    (place.sources / "新闻.txt").write_text(NEWS)
    source = read_source(place.sources, place.sources / "新闻.txt")
    for keep in ("", "*", "导航", "相关推荐", "导航、相关推荐", "没有的理由"):
        assert_tiles(source, restore(clean(source), Keep.read(keep)))
    assert not [d for d in restore(clean(source), Keep(everything=True)).dropped if d.reason != "空白"]


@pytest.mark.parametrize(
    ("rules", "path", "kept"),
    [
        ("", "甲.txt", ""),
        ("甲.txt", "甲.txt", "*"),
        ("﻿甲.txt\r\n", "甲.txt", "*"),
        ("*.txt:导航", "子/甲.txt", "导航"),
        ("*.txt: 导航、页码\n甲*:联系方式 导航", "甲.txt", "导航、联系方式、页码"),
        ("*.txt: 导航\n甲.txt", "甲.txt", "*"),
        ("# 甲.txt", "甲.txt", ""),
        ("甲.txt:", "甲.txt", "*"),
        ("[", "甲.txt", ""),
    ],
)
def test_rules(tmp_path: Path, rules: str, path: str, kept: str) -> None:
    """Patterns, reasons, comments; the widest wish wins."""
    (tmp_path / ".tjqa-keep").write_bytes(rules.encode())
    assert str(kept_of(read_keep(tmp_path), path)) == kept
    assert Keep.read(kept) == kept_of(read_keep(tmp_path), path)


def test_rules_that_cannot_be_read_are_told(place: Settings, encoder: FakeEncoder) -> None:
    """A damaged file of wishes stops the update with a message; without one nothing is kept."""
    assert read_keep(place.sources) == []
    (place.sources / ".tjqa-keep").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SourcesError, match=r"\.tjqa-keep 不是 UTF-8"):
        build(place)


@pytest.mark.parametrize(
    "sentence",
    ["本政策自2023年5月1日起施行,有效期五年。", "总库容四千二百万立方米。", "工本费每份5元。", "每人每月补贴三百元。",
     "咨询电话:022-23451234", "受理地址：长江道18号", "申报时间:每年3月", "经办人:王工 23451234"],
)  # fmt: skip
def test_a_sentence_with_a_figure_is_no_template(tmp_path: Path, encoder: FakeEncoder, sentence: str) -> None:
    """Six notices that end alike say it each; what a few small files repeat is not erased from another."""
    folder = tmp_path / "资料"
    folder.mkdir()
    for number in range(6):
        text = f"{TOWNS[number]}镇通知\n{TOWNS[number]}镇的路面由四米加宽到七米,排水沟同步改造完毕。\n{sentence}\n"
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    settings = Settings(sources=folder, embeddings=tmp_path / "索引")
    build(settings)
    passages = [passage for passage, _ in Engine.open(settings).passages()]
    assert {passage.path for passage in passages if sentence in passage.text} == {f"{n}.txt" for n in range(6)}


def test_documents_of_word_have_no_template(tmp_path: Path) -> None:
    """Contracts that begin and end alike are each whole."""
    source = SourceFile("甲.docx", "", "DOCX", "云溪县档案馆\n合同书\n甲方签字\n", kind=DocumentKind.DOCUMENT)
    assert edges(source, clean(source)) == ()


def test_particulars_below_pages_are_the_site_s(tmp_path: Path, encoder: FakeEncoder) -> None:
    """The same line below what else stands on every page of a site goes with it."""
    folder = tmp_path / "资料"
    folder.mkdir()
    for number in range(6):
        body = f"{TOWNS[number]}镇通知\n{TOWNS[number]}镇的路面由四米加宽到七米,排水沟同步改造完毕。\n"
        (folder / f"{number}.txt").write_text(f"首页 | 新闻 | 视频 | 关于我们\n{body}办理地址：长江道18号\n")
    settings = Settings(sources=folder, embeddings=tmp_path / "索引")
    build(settings)
    assert not any("长江道" in passage.text for passage, _ in Engine.open(settings).passages())
