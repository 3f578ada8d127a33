"""Acts and attributes that are told in several words, and those that stand beside them and are others: who asks when a
road was opened to traffic is not answered by when it was begun.

A closed list of what any text on anything speaks of, each group with all of its sides. Words of one side mean the same.
Left out are pairs of which one answers for the other (增长, 下降). Works on folded text.
"""

from __future__ import annotations

from collections.abc import Iterator

_GROUPS = (
    # people: what befalls them, and who they are to each other
    (
        ("死亡", "遇难", "身亡", "丧生", "死者", "罹难", "致死", "人死"),
        ("受伤", "伤者", "轻伤", "重伤", "人伤"),
        ("失踪", "失联"),
    ),
    (
        ("出生", "生于", "诞生", "出世", "生日"),
        ("逝世", "去世", "卒于", "病逝", "辞世", "死于", "离世", "卒年", "过世", "享年"),
        ("毕业",),
    ),
    (("结婚", "成婚", "婚礼"), ("离婚", "离异")),
    (("儿子",), ("女儿",)),
    (("丈夫", "老公"), ("妻子", "老婆", "夫人")),
    (("父亲", "爸爸"), ("母亲", "妈妈")),
    (("哥哥",), ("弟弟",), ("姐姐",), ("妹妹",)),
    (("治愈", "痊愈"), ("确诊",), ("死亡", "病亡")),
    (("就业", "上岗"), ("失业", "下岗")),
    (("入职", "到岗"), ("离职", "辞职")),
    (("上任", "就任", "到任", "出任", "担任"), ("卸任", "离任", "免去")),
    # what is built and held
    (
        ("开工", "动工", "奠基", "开建"),
        ("竣工", "完工", "建成", "落成"),
        ("通车", "开通", "投用", "运营", "投入使用", "启用"),
    ),
    (("开幕", "开始", "启幕"), ("闭幕", "落幕", "结束")),
    (("起飞", "离港"), ("降落", "抵达", "到港", "落地")),
    (("出发", "启程"), ("到达", "抵达")),
    (("开馆", "开门", "开放"), ("闭馆", "关门", "关闭")),
    (("成立", "创办", "创立", "建立", "设立", "创建", "组建", "建校", "始建"), ("解散", "撤销", "注销", "停办")),
    (("发生",), ("扑灭",)),
    (("设计",), ("施工", "承建", "建设单位"), ("监理",)),
    (("作词", "填词"), ("作曲", "谱曲"), ("演唱",)),
    (("导演", "执导"), ("主演", "饰演"), ("编剧",)),
    # money and trade
    (("收入",), ("支出", "花费", "开支")),
    (("借入",), ("借出",)),
    (("买入", "购入"), ("卖出", "售出")),
    (("进口",), ("出口",)),
    (("预算",), ("决算",)),
    (("开盘",), ("收盘",)),
    (("到岸",), ("离岸",)),
    (("毛重",), ("净重",)),
    (("存款",), ("贷款",)),
    (("最高", "不超过", "上限", "最多", "不大于"), ("最低", "不低于", "下限", "最少", "不少于", "不小于")),
    (("首次", "初次"), ("换领", "补领", "再次")),
    # law
    (("立案",), ("破获", "破案", "侦破")),
    (("起诉", "请求", "诉请"), ("判决", "判令")),
    (("复议",), ("诉讼", "起诉")),
    (("有期徒刑", "判刑"), ("罚金",)),
    # other words for the same
    (("位于", "坐落", "地处"),),
    (("举办", "举行", "召开"),),
    (("发布", "公布", "颁布", "印发", "出台", "颁发"),),
    (("施行", "实施", "生效", "执行"),),
    (("电话", "手机号", "联系方式", "热线", "致电", "拨打"),),
    (("占地", "面积", "平方米", "公顷", "亩"),),
    (("价格", "售价", "单价", "价"),),
)  # fmt: skip


def opposed(asked: str, told: str) -> Iterator[str]:
    """The acts of a question that a text does not tell, and another side of the same group stands in it."""
    for sides in _GROUPS:
        named = [side for side in sides if _first(side, asked)]
        if len(named) == 1 and not _first(named[0], told) and any(_first(side, told) for side in sides):
            yield _first(named[0], asked)


def is_said(word: str, told: str) -> bool:
    """Whether a text tells a word of the list in another word for the same."""
    return any(word in side and _first(side, told) for sides in _GROUPS for side in sides)


def _first(side: tuple[str, ...], text: str) -> str:
    return next((word for word in side if word in text), "")
