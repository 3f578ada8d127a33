"""Names that mean the same in official Chinese, and those that a text itself says are the same.

The table holds what any reader of government papers takes for one thing and the papers write either way: the short
names of statistics by the National Bureau of Statistics' own glossary of indicators, of programmes and bodies by the
documents of the State Council that name both. What belongs to one place or one document stands in that document, and is
read there (`defined`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tjqa.text.indicators import INDICATORS

_SAME = (
    # statistics: the Bureau's annual communiqué gives both
    ("GDP", "地区生产总值", "国内生产总值", "生产总值", "经济总量"),
    ("CPI", "居民消费价格指数", "居民消费价格"),
    ("PPI", "工业生产者出厂价格指数", "工业生产者出厂价格"),
    ("PMI", "采购经理指数"),
    ("规上工业", "规模以上工业"),
    ("规上企业", "规模以上企业"),
    ("R&D", "研究与试验发展"),
    ("PM2.5", "细颗粒物"),
    ("PM10", "可吸入颗粒物"),
    ("AQI", "空气质量指数"),
    ("高新技术企业", "高企"),
    # programmes: named in full where they were decreed, in short ever since
    ("双减", "减轻义务教育阶段学生作业负担和校外培训负担", "减轻学生作业负担和校外培训负担"),
    ("放管服", "简政放权、放管结合、优化服务", "简政放权"),
    ("三农", "农业农村农民", "农业、农村、农民"),
    ("双碳", "碳达峰碳中和", "碳达峰、碳中和"),
    ("双创", "大众创业万众创新", "大众创业、万众创新"),
    ("六稳", "稳就业、稳金融、稳外贸、稳外资、稳投资、稳预期"),
    ("双随机一公开", "双随机、一公开"),
    ("营改增", "营业税改征增值税", "营业税改增值税"),
    ("新基建", "新型基础设施建设", "新型基础设施"),
    ("老旧小区改造", "旧改", "老旧小区更新改造"),
    # insurance, welfare, health
    ("社保", "社会保险"),
    ("医保", "医疗保险", "基本医疗保险", "医疗保障"),
    ("低保", "最低生活保障"),
    ("公积金", "住房公积金"),
    ("公租房", "公共租赁住房"),
    ("保租房", "保障性租赁住房"),
    ("经适房", "经济适用住房", "经济适用房"),
    ("医共体", "医疗卫生共同体", "医疗共同体", "县域医共体"),
    ("医联体", "医疗联合体"),
    ("疾控中心", "疾病预防控制中心"),
    ("新农合", "新型农村合作医疗"),
    ("残联", "残疾人联合会"),
    # bodies
    ("人大", "人民代表大会"),
    ("人大常委会", "人民代表大会常务委员会"),
    ("政协", "人民政治协商会议"),
    ("发改委", "发展和改革委员会", "发展改革委"),
    ("工信局", "工业和信息化局"),
    ("住建局", "住房和城乡建设局"),
    ("住建委", "住房和城乡建设委员会", "住房城乡建设委"),
    ("人社局", "人力资源和社会保障局"),
    ("卫健委", "卫生健康委员会", "卫生健康委"),
    ("教委", "教育委员会"),
    ("国资委", "国有资产监督管理委员会"),
    ("市场监管局", "市场监督管理局"),
    ("城管局", "城市管理局", "城市管理执法局"),
    ("退役军人局", "退役军人事务局"),
    ("规自局", "规划和自然资源局"),
    ("文旅局", "文化和旅游局"),
    ("管委会", "管理委员会"),
    ("居委会", "居民委员会"),
    ("村委会", "村民委员会"),
    ("业委会", "业主委员会"),
    ("央行", "中国人民银行"),
    # common things
    ("高铁", "高速铁路"),
    ("地铁", "轨道交通"),
    ("高考", "普通高等学校招生全国统一考试"),
    ("中考", "初中学业水平考试"),
    ("技校", "技工学校"),
    ("中职", "中等职业学校", "中等职业教育"),
    ("高职", "高等职业学校", "高等职业教育"),
    ("个体户", "个体工商户"),
    ("民企", "民营企业"),
    ("国企", "国有企业"),
    ("央企", "中央企业"),
    ("外企", "外商投资企业", "外资企业"),
    ("个税", "个人所得税"),
    ("环评", "环境影响评价"),
    ("新能源车", "新能源汽车"),
    ("AI", "人工智能"),
)
_GROUPS = (*_SAME, *INDICATORS)
_LONG_NAMES = {name.lower() for names in _GROUPS for name in names if len(name) > 3 and not name.isascii()}
_LONG_NAME = re.compile("|".join(map(re.escape, sorted(_LONG_NAMES, key=len, reverse=True))))
_PLAN = re.compile("(?P<short>十[一二三四五六]五)(?!日|年|天|人|个|名)|第(?P<long>十[一二三四五六])个五年")

_NUMBERED = re.compile(r"(?<!第)(?P<number>[一二三四五六七八九十]{1,3})(?P<kind>[中院])(?![学国型央心等医间外全])")
_NUMBERED_KINDS = {"中": "中学", "院": "医院"}


def same_names(folded: str) -> Iterator[tuple[str, str]]:
    """Each name in a folded text with each other name of the same thing, as it is written: (gdp, 地区生产总值)."""
    for group in _GROUPS:
        # 居民消费价格指数 is one of them, and not 居民消费价格 with something behind it
        named = next((name for name in sorted(group, key=len, reverse=True) if _holds(folded, name.lower())), None)
        if named is not None:
            yield from ((named.lower(), other) for other in group if other.lower() not in folded and other != named)
    for found in _NUMBERED.finditer(folded):
        yield found[0], f"第{found['number']}{_NUMBERED_KINDS[found['kind']]}"
    for plan in _PLAN.finditer(folded):
        if plan["short"]:
            yield plan["short"], f"第{plan['short'][:-1]}个五年"
        else:
            yield plan[0], f"{plan['long']}五"


def name_edges(folded: str) -> set[int]:
    """Where in a folded text the longer names of the tables begin and end: 地区生产总值 in 某省地区生产总值 is no
    某省地区, and 出口总额 in 进出口总额 no name."""
    return {at for found in _LONG_NAME.finditer(folded) for at in found.span()}


def _holds(folded: str, name: str) -> bool:
    if name.isascii():
        return re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", folded) is not None
    return name in folded


_NAME = r"[\u3400-\u9fffa-zA-Z0-9·\-]"
_SHORT = re.compile(
    rf"(?P<long>(?:《[^》]{{3,40}}》|{_NAME}{{3,30}}))[\"”]?\s*[(（](?:以下|下文|以下统一|下)?(?:均|统)?简?称(?:为|作)?[:：]?\s*"
    rf"[“\"「『]?(?P<short>《?{_NAME}{{2,14}}》?)[”\"」』]?\s*[)）]"
)
_ALSO = re.compile(
    rf"(?P<long>{_NAME}{{2,20}})[(（,，\s]{{0,2}}(?:又称|又名|又叫|也称|也叫|亦称|俗称|(?<!以下)(?<!下文)简称|别称|别名|原名|曾用名|旧称)(?:为|作|是)?[:：]?\s*"
    rf"[“\"「『]?(?P<short>{_NAME}{{2,14}}?)(?=[”\"」』)）,，。;；、\s]|是|$)"
)
_SAYS_SO = re.compile("[简又也亦俗别旧]称|又名|又叫|也叫|别名|原名|曾用名")
_SHORTEST = 3  # of two characters are 条例, 公司, 甲方: what any document calls something


def defined(text: str) -> Iterator[tuple[str, str]]:
    """Names that a text says are the same, the defining words before the other: (…天津市大数据管理局, 市数管局). Where
    the first begins cannot be told, so more may stand before it."""
    if _SAYS_SO.search(text) is None:  # most texts define nothing
        return
    for pattern in (_SHORT, _ALSO):
        for found in pattern.finditer(text):
            short = found["short"].strip("《》")
            if len(short) >= _SHORTEST or pattern is _ALSO:
                yield found["long"].strip("《》"), short
