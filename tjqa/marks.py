"""Where in an answering sentence the answer itself stands: the figure, date, name or list asked for.

By the form of the words alone: no dictionary of names knows the reader's documents. Of several candidates the one
nearest to the question's words is marked; where none fits the question, nothing is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tjqa.figures import Figure
from tjqa.matching import Found, Matcher, prepare
from tjqa.records import Span
from tjqa.terms import is_verb, words_of
from tjqa.units import unit_length

# 多少亿, 几公里: a figure in the unit asked for comes before any other.
_ASKED_UNIT = re.compile(r"(?:多少|几)[十百千]?([\u4e00-\u9fff])")
_ASKED_PERSON = re.compile(r"谁|何人|什么人|哪一?[位人]|叫什么|姓名|名字|\bwho\b")

_HAN = r"[\u4e00-\u9fff]"
# The hundred most frequent family names cover over four fifths of all Chinese; two-character ones follow.
_FAMILY = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭"
    "陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐"
)
_DOUBLE = "欧阳|上官|司马|诸葛|夏侯|皇甫|尉迟|令狐"
# A person is named after an office or a trade, or before a verb of speaking.
_OFFICE = (
    "书记|主席|总理|省长|市长|区长|县长|镇长|乡长|局长"
    "|厅长|部长|处长|科长|院长|校长|所长|主任|委员|经理|总裁|董事长|秘书长|会长|理事长"
    "|教授|院士|博士|医生|记者|作者|编辑|同志|代表|负责人|发言人|专家|先生|女士|摄影"
)
_NAME = rf"(?:(?:{_DOUBLE})|[{_FAMILY}]){_HAN}{{1,2}}"
_PERSON = re.compile(
    rf"(?:{_OFFICE})[::\s]*(?P<a>{_NAME}(?:[、\s]+{_NAME})*)|(?P<b>{_NAME})(?=表示|介绍|指出|强调|说(?!明)|认为|告诉|{_OFFICE}|代表)"
)
# A body or a place ends with what it is; it begins after a stop or a word that can begin no name.
_BODY = (
    "公司|集团|大学|学院|学校|中学|小学|研究院|研究所|研究中心|中心|医院|卫生院|派出所|银行|基金|协会|学会|商会|联盟|委员会"
    "|管委会|办公室|新闻办|日报|晚报|时报|电视台|新闻网|通讯社|出版社|政府|部门|[省市区县镇乡村州旗](?!长|委|级|内|外|域|场|民|容|市|区|县)|[省市区县]委|局|厅|院|厂|站|馆"
)
_STARTS_NO_NAME = "的了和与及或同跟由在对向从被为将把让给到等是有之其这该本各以并也又来自按经据于"
_SIGN = rf"(?:(?![{_STARTS_NO_NAME}]){_HAN}|[a-z0-9（）()“”·])"
# 天津市 + 政府 + 新闻办: bodies that follow within a word are one.
_ORGANISATION = re.compile(rf"{_SIGN}{{1,16}}?(?:{_BODY})(?:{_SIGN}{{0,4}}?(?:{_BODY}))*")
# A list: at least two items parted by 、, up to the 等 that sums it up.
_ITEM = r"(?:“[^”]{1,30}”|《[^》]{1,40}》|等级|[^,，。;；::、!?！？“”《》等\n]){1,24}"
_LIST = re.compile(rf"{_ITEM}(?:、{_ITEM})+")


def mark(matcher: Matcher, text: str) -> list[Span]:
    """Where in `text` the answer stands; empty when nothing of the kind asked for is there."""
    found = matcher.find(prepare(text))
    kind = matcher.question.kind
    if kind in ("number", "when"):
        return _figure(matcher, found)
    if kind == "who":
        return _nearest(matcher, found, _names(matcher, found.prepared.folded))
    if kind == "list":
        lists = (Span(*m.span()) for m in _LIST.finditer(found.prepared.folded))
        return _nearest(matcher, found, lists)
    return []


def _figure(matcher: Matcher, found: Found) -> list[Span]:
    """The figure or date asked for that lies nearest to the matched words, with its unit."""
    folded = found.prepared.folded
    wanted = matcher.wanted(folded, tuple(f for figures in found.prepared.figures for f in figures))
    if not wanted:
        return []
    asked = _ASKED_UNIT.search(matcher.question.folded)

    def fits(figure: Figure) -> tuple[bool, float]:
        written = folded[figure.start : figure.end + unit_length(folded, figure.end)]
        return bool(asked and asked[1] in written), matcher.nearness(found, Span(figure.start, figure.end))

    best = max(wanted, key=fits)
    length = unit_length(folded, best.end) if best.kind in ("number", "percent") else 0
    return [Span(best.start, best.end + length)]


def _names(matcher: Matcher, folded: str) -> Iterable[Span]:
    """Persons, or bodies and places, that the question does not name itself."""
    if _ASKED_PERSON.search(matcher.question.folded):
        people = [Span(*m.span("a" if m["a"] else "b")) for m in _PERSON.finditer(folded)]
        if people:
            return [p for p in people if p.of(folded) not in matcher.question.folded]
    asked = _bare(matcher.question.folded)
    bodies = [_without_verbs(folded, m) for m in _ORGANISATION.finditer(folded)]
    # 宝坻 in the question is 宝坻区 in the text: the last character says only what it is.
    return [b for b in bodies if b and _bare(b.of(folded))[:-1] not in asked]


def _without_verbs(folded: str, match: re.Match[str]) -> Span:
    """The name in a match: what runs on from a verb before it (介绍, 合作共建) is no part of it."""
    start = match.start()
    for word in words_of(match[0]):
        if not is_verb(word):
            break
        start += len(word)
    return Span(start, match.end())


def _bare(text: str) -> str:
    return re.sub(r"[“”\"《》\s]", "", text)


def _nearest(matcher: Matcher, found: Found, spans: Iterable[Span]) -> list[Span]:
    """The one of `spans` with most of the question round it."""
    best = max(spans, key=lambda span: matcher.nearness(found, span, after=1), default=None)
    return [] if best is None else [best]
