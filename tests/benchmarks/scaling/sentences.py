"""Sentences without end for a corpus of any size: real ones out of training pairs, or made of templates.

Real ones come first, each once. When they run out they are drawn again at random with other figures, as the reports of
another year have them; they wait in a file meanwhile, so that memory holds eight bytes a sentence and no more.
"""

from __future__ import annotations

import json
import lzma
import random
import re
import tempfile
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

# Running modern prose, and the folder each goes to: short dialogues, glossaries and classical texts would make a
# corpus that nobody has.
SOURCES = {"xwlb": "新闻", "crudnews": "报纸", "laws": "法规"}
TITLED = {"title-passage", "heading-section"}  # kinds of pairs whose first side is a title
KINDS = TITLED | {"ict", "pseudo-question", "adjacent"}  # kinds whose second side is running text

SHORTEST, LONGEST = 10, 150  # characters of a sentence
TITLE = 40  # characters of a title at most

_SENTENCE = re.compile(r"[^。!?\uff01\uff1f\n]+[。!?\uff01\uff1f][”》)\uff09]*")
# The pairs are NFKC-normalised, and the templates below typed plainly; documents are written with full-width marks.
_FULL_WIDTH = str.maketrans({mark: chr(ord(mark) + 0xFEE0) for mark in ",;:?!()"})
_NEAR_HAN = re.compile(r"(?<=[\u4e00-\u9fff”》%])[,;:?!()]|[,;:?!()](?=[\u4e00-\u9fff“《])")
_NUMBER = re.compile(r"\d+")


class Line(NamedTuple):
    """One sentence, the folder it belongs to, and the title it stands under ("" where none is known)."""

    folder: str
    title: str
    text: str


def real(train: Path) -> Iterator[Line]:
    """Every sentence of the running texts in a folder of xz-compressed JSON-lines pairs, once, file by file in turn.

    Raises:
        SystemExit: the folder holds none of the files.
    """
    streams = [
        _file(path, folder) for name, folder in SOURCES.items() for path in sorted(train.glob(f"{name}-*.jsonl.xz"))
    ]
    if not streams:
        raise SystemExit(f"no file of {', '.join(SOURCES)} in {train}; leave --train out to use made sentences")
    seen: set[int] = set()  # one passage is the second side of several pairs, cut at other places
    while streams:
        for stream in list(streams):
            block = next(stream, None)
            if block is None:
                streams.remove(stream)
                continue
            for line in block:
                key = hash(line.text)
                if key not in seen:
                    seen.add(key)
                    yield line


def _file(path: Path, folder: str) -> Iterator[list[Line]]:
    with lzma.open(path, "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            if row["kind"] in KINDS:
                title = row["a"][:TITLE] if row["kind"] in TITLED else ""
                yield [Line(folder, title, text) for text in cut(row["b"])]


def cut(text: str) -> list[str]:
    """The whole sentences of a text with full-width punctuation; a rest without an end is left out."""
    found = (match[0].strip() for match in _SENTENCE.finditer(widened(text)))
    return [sentence for sentence in found if SHORTEST <= len(sentence) <= LONGEST]


def widened(text: str) -> str:
    """A text with full-width marks beside Chinese characters."""
    return _NEAR_HAN.sub(lambda match: match[0].translate(_FULL_WIDTH), text)


def endless(lines: Iterable[Line], draw: random.Random, work: Path) -> Iterator[Line]:
    """`lines`, and after their end the same sentences in another order with other figures, for ever."""
    with tempfile.TemporaryFile(dir=work) as spool:
        starts, folders, names = array("Q"), array("B"), []
        for line in lines:
            if line.folder not in names:
                names.append(line.folder)
            starts.append(spool.tell())
            folders.append(names.index(line.folder))
            spool.write(line.text.encode() + b"\n")
            yield line
        if not starts:
            raise SystemExit("no sentence to make a corpus of")
        while True:
            number = draw.randrange(len(starts))
            spool.seek(starts[number])
            text = spool.readline().decode().rstrip("\n")
            yield Line(names[folders[number]], "", _NUMBER.sub(lambda match: other_figure(match[0], draw), text))


def other_figure(figure: str, draw: random.Random) -> str:
    """A figure of as many digits; a year stays a year."""
    if len(figure) == 4 and figure.startswith(("19", "20")):
        return str(draw.randrange(2008, 2027))
    if len(figure) > 12:  # a number of an account or a document: as good as a word
        return figure
    return str(draw.randrange(10 ** (len(figure) - 1) if len(figure) > 1 else 1, 10 ** len(figure)))


# What made sentences are put together from. Names are drawn syllable by syllable, so that the vocabulary grows with the
# corpus as it does in real text.
_SYLLABLES = "云白鹭石清安平永和宁兴泰昌福龙凤金银玉翠竹松柏梅兰桂枫柳荷塘湖河江溪泉岭峰坪坝湾洲港桥渡关城堡营庄林田"
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_PLACES, _PARTS = ("县", "区", "市"), ("镇", "乡", "街道")
_FIRMS = ("建工集团", "实业公司", "科技公司", "合作社")
_BODIES = (
    *("水利局", "教育局", "民政局", "农业农村局", "交通运输局", "卫生健康委", "发展改革委", "住房城乡建设局"),
    *("文化旅游局", "生态环境局", "市场监管局", "应急管理局"),
)
_FIELDS = (
    *("农村公路", "老旧小区", "污水管网", "养老服务", "学前教育", "普通高中", "基层医疗", "高标准农田", "小型水库"),
    *("乡村旅游", "冷链物流", "集贸市场", "工业园区", "职业培训", "公共图书馆", "健身步道", "汽车充电", "垃圾分类"),
    *("河道清淤", "森林防火", "茶叶种植", "食用菌栽培", "生猪养殖", "稻渔种养", "数据中心", "装备制造", "新型建材"),
    *("生物医药", "保障性住房", "历史街区"),
)
_WORKS = (
    "改造",
    "扩建",
    "新建",
    "提升",
    "整治",
    "修复",
    "搬迁",
    "试点",
    "监测",
    "普查",
    "验收",
    "招标",
    "补贴",
    "督查",
)
_MEASURES = ("处", "公里", "个", "亩", "户", "人次", "万元", "亿元", "吨", "台", "间", "座", "平方米", "立方米")
_REASONS = (
    *("资金到位", "部门配合", "群众支持", "技术成熟", "气候适宜", "市场回暖", "政策衔接", "责任明确", "土地流转"),
    "订单增加",
)

_TEMPLATES = (
    "{year}年,{place}完成{field}{work}{number}{measure},比上年增长{share}%,完成年度计划的{number2}%。",
    "{place}{body}负责人{person}介绍,{field}{work}总投资{number}万元,惠及周边居民{number2}户。",
    "由{firm}承建的{place2}{field}{work}工程于{year}年{month}月{day}日开工,工期{days}天。",
    "截至{month}月底,{place}{field}累计支出{number}万元,其中{field2}占{share}%。",
    "{person}说,{place2}的{field}{work}能够按期推进,主要得益于{reason}和{reason2}。",
    "{body}要求,{place}在{field}{work}中不得降低标准,发现问题应当在{days}个工作日内整改。",
    "与{year}年相比,{place2}{field}新增{number}{measure},减少{field2}{number2}{measure2}。",
    "按照方案,{firm}将在{place}设立{field}服务点{days}处,招聘{place2}当地人员{number2}名。",
    "{place}连续{days}年开展{field}{work},{person}等{number2}人受到{body}表彰。",
    "受连日降雨影响,{place2}{field}{work}推迟到{month}月{day}日以后,{body}已拨付{number}万元应急资金。",
)


def made(draw: random.Random) -> Iterator[Line]:
    """Sentences of reports, each with names and figures of its own, for ever."""
    place, title = "", ""
    for number in range(10**12):
        if number % 40 == 0:  # so many sentences speak of one place, like one report
            place = _name(draw) + draw.choice(_PLACES)
            title = f"{place}{draw.randrange(2008, 2027)}年{draw.choice(_FIELDS)}{draw.choice(_WORKS)}工作报告"
        yield Line("报告", title, widened(draw.choice(_TEMPLATES).format_map(_parts(place, draw))))


def _parts(place: str, draw: random.Random) -> dict[str, str]:
    parts = {name: str(draw.randrange(2, top)) for name, top in _RANGES.items()}
    parts |= {name: draw.choice(words) for name, words in _CHOICES.items()}
    return parts | {
        "place": place,
        "place2": _name(draw) + draw.choice(_PARTS),
        "person": draw.choice(_SURNAMES) + _name(draw)[: draw.choice((1, 2))],
        "firm": _name(draw) + draw.choice(_SYLLABLES) + draw.choice(_FIRMS),
        "year": str(draw.randrange(2008, 2027)),
        "share": f"{draw.randrange(1, 400) / 10:.1f}",
    }


_RANGES = {"number": 9000, "number2": 600, "month": 13, "day": 29, "days": 90}
_CHOICES = {
    "body": _BODIES, "field": _FIELDS, "field2": _FIELDS, "work": _WORKS, "measure": _MEASURES, "measure2": _MEASURES,
    "reason": _REASONS, "reason2": _REASONS,
}  # fmt: skip


def _name(draw: random.Random) -> str:
    return draw.choice(_SYLLABLES) + draw.choice(_SYLLABLES)
