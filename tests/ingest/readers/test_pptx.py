"""Presentations: slides, tables, notes in order; damaged and hostile files."""

from __future__ import annotations

import re

import pytest

from tests.support.formats import as_docx, zipped
from tests.support.slides import as_pptx, pptx_parts, run, shape, table
from tjqa.documents import DocumentKind, Merged
from tjqa.errors import SourcesError
from tjqa.ingest.readers import extract, pptx
from tjqa.ingest.readers.base import Extracted


def read(*slides: str, **more: object) -> Extracted:
    """A file of these slides."""
    return pptx.read(as_pptx(slides, **more), "汇报.pptx")


def test_slides_titles_and_notes() -> None:
    """The title first, wherever it stands; what is said of a slide after it; what every slide repeats is left out."""
    first = shape("云岭县水利局", kind="subTitle") + shape("水库建设汇报", kind="ctrTitle") + shape("3", kind="sldNum")
    second = shape("总投资", kind="title") + shape("总投资12.5亿元。", "工期三年。", kind="body")
    notes = {2: shape("资金已经到位。", kind="body") + shape("2", kind="sldNum")}
    found = read(first, second, notes=notes, hidden=[2], title="汇报材料")
    assert found.text.split("\n")[:-1] == [
        "水库建设汇报", "云岭县水利局", "总投资", "总投资12.5亿元。", "工期三年。", "资金已经到位。",
    ]  # fmt: skip
    assert [mark.name for mark in found.landmarks] == [
        "第 1 张幻灯片", "第 2 张幻灯片(隐藏的)", "第 2 张幻灯片(隐藏的)的备注",
    ]  # fmt: skip
    assert [(mark.span.of(found.text), mark.level) for mark in found.headings] == [("水库建设汇报", 0), ("总投资", 1)]
    assert (found.kind, found.encoding, found.title) == (DocumentKind.DOCUMENT, "PPTX", "汇报材料")


def test_tables() -> None:
    """A line a row; merged cells count in all they cover, the first row is a head where the file says so."""
    rows = [
        ['[rowSpan="2"]地区', '[gridSpan="2"]收入', '[hMerge="1"]'],
        ['[vMerge="1"]地区', "2022年", "2023年"],
        ["云岭县", "3.5", "4.1"],
    ]
    found = read(shape("收入", kind="title") + table(rows))
    assert found.text == "收入\n地区\t收入\n2022年\t2023年\n云岭县\t3.5\t4.1\n"
    sheet = found.tables[0]
    assert sheet.head == 1 and sheet.leads == (0, 1, 0)
    assert set(sheet.merged) == {Merged(0, 1, 1, 2), Merged(0, 0, 2, 1)}


def test_numbers_breaks_and_raised_figures() -> None:
    """What PowerPoint counts is written; breaks are lines; 10⁴ is no 104."""
    forms = ["arabicPeriod", "arabicPeriod", "ea1ChsPeriod", "circleNumDbPlain", "arabicParenBoth", "romanUcPeriod"]
    counted = [f'<a:p><a:pPr><a:buAutoNum type="{form}"/></a:pPr>{run("项")}</a:p>' for form in forms]
    found = read(shape(counted[0], counted[1], "文", counted[0]) + shape(*counted[2:3]) + shape(*counted[3:]))
    assert found.text.split() == [
        "1.",
        "项",
        "2.",
        "项",
        "文",
        "1.",
        "项",
        "一、项",
        "①",
        "项",
        "(2)",
        "项",
        "III.",
        "项",
    ]
    raised, lowered = run("4", 'baseline="30000"'), run("2", 'baseline="-25000"')
    power = f"<a:p>{run('10')}{raised}<a:br/>{run('CO')}{lowered}</a:p>"
    assert read(shape(power)).text == "10⁴\nCO₂\n"
    price = f"<a:p>{run('原价')}{run('199', 'strike=' + chr(34) + 'sngStrike' + chr(34))}{run('元')}</a:p>"
    assert read(shape(price)).text == "原价~~199~~元\n"


def test_groups_and_versions() -> None:
    """Shapes within groups; of two versions of one thing the first that programs understand."""
    group = f"<p:grpSp><p:grpSp>{shape('组内')}</p:grpSp></p:grpSp>"
    choice = f"<mc:Choice>{shape('新')}</mc:Choice><mc:Fallback>{shape('旧')}</mc:Fallback>"
    assert read(group + f"<mc:AlternateContent>{choice}</mc:AlternateContent>").text == "组内\n新\n"
    for asked, shown in (("p14", "新"), ("a14 wps", "新"), ("v", "新"), ("zz", "旧"), ("p14 zz", "旧"), ("未来", "旧")):
        versions = choice.replace("<mc:Choice>", f'<mc:Choice Requires="{asked}">')
        assert read(f"<mc:AlternateContent>{versions}</mc:AlternateContent>").text == f"{shown}\n"
    empty = choice.replace(shape("新"), "").replace("<mc:Choice>", '<mc:Choice Requires="cx1">')
    assert read(shape("甲") + f"<mc:AlternateContent>{empty}</mc:AlternateContent>").text == "甲\n"


def test_hidden_shapes() -> None:
    """In the pane of selection a shape, a frame or a group may be hidden: then it is not shown."""

    def hidden(xml: str, kind: str, said: str = "1") -> str:
        name = f'<p:nv{kind}Pr><p:cNvPr id="3" name="x" hidden="{said}"/><p:nvPr/></p:nv{kind}Pr>'
        return re.sub(r"^(<p:\w+>)(<p:nvSpPr>.*?</p:nvSpPr>)?", lambda found: found[1] + name, xml)

    group = f"<p:grpSp>{shape('组内')}</p:grpSp>"
    unseen = hidden(shape("暗"), "Sp") + hidden(group, "GrpSp") + hidden(table([["甲", "1"]]), "GraphicFrame", "true")
    assert read(unseen + shape("明")).text == "明\n"
    seen = hidden(shape("暗"), "Sp", "0") + hidden(group, "GrpSp", "false")
    assert read(seen + shape("明")).text == "暗\n组内\n明\n"


def test_slides_in_the_order_of_the_presentation_and_missing_ones_told() -> None:
    """Not in that of their numbers; one that is named twice is there once; a broken one is told."""
    parts = pptx_parts([shape("甲"), shape("乙"), shape("丙")])
    main = parts["ppt/presentation.xml"].replace(b'r:id="r1"', b'r:id="r3"', 1)
    parts["ppt/presentation.xml"] = main
    parts["ppt/slides/slide2.xml"] = b"<p:sld"
    found = pptx.read(zipped(parts), "汇报.pptx")
    assert found.text == "丙\n" and found.encoding == "PPTX(有 1 张没有读出)"


WHOLE = as_pptx([shape("甲")])


def with_slide(xml: str) -> bytes:
    """A file whose slide is this XML."""
    return zipped(pptx_parts([shape("甲")]) | {"ppt/slides/slide1.xml": xml.encode()})


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        WHOLE[:300],
        zipped({"a.xml": b"<a/>"}),
        as_docx("文"),
        zipped(pptx_parts([]) | {"ppt/presentation.xml": b"<"}),
    ],
    ids=["empty", "cut", "no-office", "word", "no-xml"],
)
def test_damaged_files_are_told(raw: bytes) -> None:
    """A message with what to do."""
    with pytest.raises(SourcesError) as told:
        extract(raw, "坏.pptx")
    assert "坏.pptx" in str(told.value) and told.value.hint


def test_hostile_slides_end() -> None:
    """Entities are not unfolded, groups without end are not followed, a million slides of one part are one."""
    entities = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><a>&b;</a>'
    assert extract(with_slide(entities), "甲.pptx").encoding == "PPTX(有 1 张没有读出)"
    deep = "<p:grpSp>" * 5000 + shape("深") + "</p:grpSp>" * 5000
    assert extract(as_pptx([shape("甲") + deep]), "甲.pptx").text == "甲\n"
    parts = pptx_parts([shape("甲")])
    many = parts["ppt/presentation.xml"].replace(b'<p:sldId id="1" r:id="r1"/>', b'<p:sldId r:id="r1"/>' * 20_000)
    assert extract(zipped(parts | {"ppt/presentation.xml": many}), "甲.pptx").text == "甲\n"
