"""What a question word asks for as a table names it: 什么时候 is 日期 or 时间, 在哪 is 地址, 多高 is 高度.

By the words of the language alone, whatever the subject. Works on folded text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tjqa.documents import Span

_ASKED: tuple[tuple[str, str, str], ...] = (
    # what is asked with, the end of a head that names it, what a value of it looks like
    (
        r"因?为什么|因什么|为啥|因?为何|因何|(?:什么|何种|啥)(?:原因|缘故)|何故",
        r"原因|理由|缘由|起因|案由|事由|事实|违[法规].{0,4}(?:行为|情况|情形)",
        r"\D",
    ),
    (
        r"(?:什么|啥)时[候间]|何时|哪一?[年月日天]|几[月号]|(?:什么|啥)日子",
        r"时间|日期?|年[份月]|月份|时点|时刻",
        r"\d|[年月日]",
    ),
    (
        r"(?:在|位于|属于|归)(?:哪一?个?|什么|啥)(?:城市|省份?|[市县区镇]|街道|地方)"
        r"|是?(?:在|位于|属于)[\u4e00-\u9fff]{2,8}[吗么嘛][?？]?$",
        r"所[在属](?:地区?|城市|区域|[省市县区])|城市|省份|地区|区域|[省市县区]",
        r"^\D{2,}$",
    ),
    (
        r"(?:在|位于)(?:哪一?条|什么|啥)[路街]上?|在哪(?:里|儿|座)?(?![个一家种些])|哪里|哪儿|何[处地]|(?:什么|啥)地方",
        r"地[址点区方域]?|住[址处]|所在|位置|驻地",
        r"\D{2}",
    ),
    (
        r"(?:由|是)?谁|何人|(?:什么|啥|哪位|哪个|哪些|哪几个)人(?![口均数才])",
        r"人员?|姓名|名[字单]|.者|.员|秘书|主席|经理|单位|公司|机构",
        r"\D{2}",
    ),
    (r"(?:要?[读上学念]|学制)(?:几|多少)年|几年制", r"学制|(?:修业|学习)?年限", r"[\d一二三四五六七八]"),
    (r"[选考](?:什么|哪些|哪几|啥)[门个]?(?:科目?|课)", r"(?:选[考科])?科目(?:要求)?|选科(?:要求)?", r"\D"),
    (r"多长时间|多久|几年", r"时间|时长|期限?|年限|周期|天数|年数", r"\d|[年月日天永]"),
    (r"多长", r"长度?|全长|尺寸|l", r"\d"),
    (r"多高", r"高度?|身高|海拔|h", r"\d"),
    (r"多重", r"重量|[体毛净空自]重|质量", r"\d"),
    (r"多宽", r"宽度?|w", r"\d"),
    (r"多深", r"深度?", r"\d"),
    (r"多厚", r"厚度?", r"\d"),
    (r"多快", r"速度?|时速|转速", r"\d"),
    (r"多远", r"距离|[里航射]程|点", r"\d"),
    (r"多大", r"面积|大小|尺寸|[容规]模|容量|力|率|量", r"\d"),
    (
        r"怎么样|怎样|如何|怎么|(?:什么|啥)(?:方式|方法|办法)",
        r"方[式法]|办法|措施|途径|情况|状况",
        r"\D",
    ),
    (r"叫(?:什么|啥)|(?:什么|啥)名[字称]?", r"名[称字]?|姓名", r"\D{2}"),
    (
        r"哪一?个?(?:家|公司|单位|厂家|企业|机构|机关|部门)|(?:什么|啥)(?:公司|单位|机构|企业|机关|部门)",
        r"(?:公司|单位|机构|机关|部门|厂[家商]|企业|所|商)(?:名称)?",
        r"\D{2}",
    ),
    (r"多少钱|花了多少", r"价[格值款]?|金额|费用?|款", r"\d"),
)
_COMPILED = tuple((re.compile(asked), re.compile(f"(?:{head})$"), re.compile(value)) for asked, head, value in _ASKED)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question word: where it stands, the heads that name what it asks for, and the values that can be it."""

    span: Span
    heads: re.Pattern[str]
    values: re.Pattern[str]


def asking_words(folded: str) -> Iterator[Asked]:
    """The question words of a folded question, each once, the longer ones first where they overlap."""
    taken: list[Span] = []
    for asked, heads, values in _COMPILED:
        for found in asked.finditer(folded):
            span = Span(*found.span())
            if not any(one.start < span.end and span.start < one.end for one in taken):
                taken.append(span)
                yield Asked(span, heads, values)
