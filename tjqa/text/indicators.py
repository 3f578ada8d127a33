"""What statistics, budgets and registers call the same: 能耗 and 能源消费, 一般预算收入 and 一般公共预算收入.

The names are those of the National Bureau of Statistics' glossary of indicators and of the ministries' own statistics
(finance, transport, health, education, tourism), with the older ones that yearbooks still carry and the short ones that
reports and people use. Two that differ in what they count (医院 and 卫生机构, 旅游收入 and 国内旅游收入), or of which
one is planned, are no group; one that stands within another's name is a group of its own, so that it is not taken for
that. The first of a group is what most papers write today.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tjqa.text.normalize import fold

INDICATORS = (
    # energy, water
    ("能源消费总量", "能源消耗总量", "能源消费量", "能源消耗量", "能源消费", "能源消耗", "能耗", "用能"),
    ("全社会用电量", "电力消费总量", "电力消费量", "用电总量", "用电量", "耗电量", "电力消费"),
    ("综合能源消费量",),
    ("用水总量", "用水量", "耗水量"),
    ("天然气消费量", "用气量", "天然气用量"),
    ("煤炭消费量", "用煤量", "煤炭用量", "耗煤量"),
    ("装机容量", "装机规模", "发电装机"),
    # finance
    (
        "一般公共预算收入",
        "地方财政一般预算收入",
        "财政一般预算收入",
        "公共财政预算收入",
        "公共财政收入",
        "一般预算收入",
        "地方财政收入",
        "财政收入",
    ),
    (
        "一般公共预算支出",
        "地方财政一般预算支出",
        "财政一般预算支出",
        "公共财政预算支出",
        "公共财政支出",
        "一般预算支出",
        "地方财政支出",
        "财政支出",
    ),
    ("税收收入", "税收总额", "税收"),
    ("政府性基金预算收入", "政府性基金收入"),
    ("住户存款", "城乡居民储蓄存款", "居民储蓄存款", "居民储蓄", "居民存款", "储蓄存款", "储蓄"),
    # investment, trade, consumption, tourism
    ("固定资产投资", "固投", "固定资产投资额", "固定资产投资完成额"),
    ("全社会固定资产投资",),
    ("房地产开发投资", "房地产投资", "房地产开发投资额"),
    ("社会消费品零售总额", "消费品零售总额", "社会消费品零售额", "社消零", "社零总额", "社零"),
    ("进出口总额", "进出口总值", "货物进出口总额", "外贸进出口总额", "外贸总额", "进出口额", "外贸进出口"),
    ("出口总额", "出口总值", "出口额", "货物出口额"),
    ("进口总额", "进口总值", "进口额", "货物进口额"),
    (
        "实际利用外资",
        "实际使用外资",
        "实际使用外商直接投资",
        "实际利用外商直接投资",
        "外商直接投资",
        "利用外资",
        "使用外资",
        "引进外资",
    ),
    ("旅游总收入", "旅游收入", "旅游业收入"),
    (
        "旅游人数",
        "旅游人次",
        "旅游者人数",
        "游客人数",
        "游客人次",
        "接待游客",
        "游客接待量",
        "游客量",
        "接待人次",
        "游客数",
    ),
    ("国内旅游总花费", "国内旅游收入"),
    ("国内游客", "国内旅游人数", "国内旅游人次", "国内游客人次"),
    ("入境游客", "入境旅游者", "入境旅游人数", "海外游客", "海外旅游者"),
    # people
    ("人口出生率", "出生率"),
    ("人口死亡率", "死亡率"),
    ("人口自然增长率", "自然增长率"),
    ("城镇化率", "城市化率", "城镇化水平", "城市化水平", "城镇人口比重"),
    ("平均预期寿命", "人均预期寿命", "预期寿命", "人均寿命", "平均寿命"),
    ("就业人员", "就业人数", "从业人员", "从业人数", "就业人口"),
    ("平均工资", "平均薪酬", "平均薪资", "平均劳动报酬", "平均月薪", "平均年薪"),
    ("人均可支配收入", "人均收入"),
    ("人均消费支出", "人均花费", "人均生活消费支出", "人均消费性支出", "人均消费", "人均开支"),
    ("恩格尔系数", "食品支出占比"),
    ("平均每户人口", "户均人口", "平均家庭户规模", "平均每户家庭人口"),
    ("结婚登记", "登记结婚"),
    ("离婚登记", "登记离婚"),
    ("参保人数", "参加人数", "参保人员", "参保人"),
    # education, health, culture, science
    ("专任教师", "专任教师数", "教师数", "教师人数", "老师人数", "老师数"),
    ("在校学生数", "在校生数", "在校学生", "在校生人数", "在校生", "在读学生", "学生人数", "学生数"),
    ("招生数", "招生人数", "招收人数", "招收学生"),
    ("毕业生数", "毕业生人数", "毕业人数"),
    ("普通高等学校", "普通高校", "高校"),
    ("医疗卫生机构", "卫生机构"),
    ("卫生技术人员", "卫技人员"),
    ("执业（助理）医师", "执业(助理)医师", "医师", "医生"),
    ("执业医师",),
    ("注册护士", "护士", "护师护士"),
    ("床位数", "病床数", "床位", "病床", "病床张数"),
    ("图书总藏量", "藏书量", "图书藏量", "藏书"),
    ("R&D经费支出", "R&D经费", "研究与试验发展经费", "研发经费", "研发投入", "研发支出", "研发费用"),
    ("R&D人员", "研究与试验发展人员", "研发人员"),
    ("R&D经费投入强度", "研发投入强度", "研发强度", "研发经费投入强度"),
    ("专利授权量", "授权专利", "专利授权数", "专利授权"),
    ("专利申请量", "专利申请受理量", "专利申请数", "申请专利"),
    ("互联网宽带接入用户", "宽带用户"),
    ("移动电话用户", "手机用户"),
    # transport
    ("旅客吞吐量", "客流量", "旅客流量", "客流", "旅客人次"),
    ("货邮吞吐量", "货运吞吐量", "货物邮件吞吐量"),
    ("客运量", "旅客运输量", "旅客发送量"),
    ("货运量", "货物运输量", "货物发送量"),
    ("公路里程", "公路通车里程", "公路总里程"),
    ("铁路营业里程", "铁路里程"),
    ("民用汽车保有量", "民用汽车拥有量", "汽车保有量", "汽车拥有量"),
    # land, farming, nature
    ("行政区域土地面积", "行政区域面积", "土地面积", "国土面积", "辖区面积", "区域面积"),
    ("播种面积", "种植面积", "栽种面积"),
    ("稻谷", "水稻"),
    ("马铃薯", "土豆"),
    ("番茄", "西红柿"),
    ("甘薯", "红薯", "地瓜", "番薯"),
    ("花生", "落花生"),
    ("粮食产量", "粮食总产量", "粮食总产"),
    ("农用化肥施用量", "化肥施用量", "化肥使用量", "化肥用量"),
    ("农药使用量", "农药用量", "农药施用量"),
    ("农业机械总动力", "农机总动力"),
    ("有效灌溉面积", "灌溉面积"),
    ("降水量", "降雨量", "雨量"),
    ("平均气温", "平均温度"),
    ("日照时数", "日照时间", "日照小时数"),
    # environment
    ("二氧化硫", "SO2"),
    ("二氧化氮", "NO2"),
    ("氮氧化物", "NOx"),
    ("一氧化碳", "CO"),
    ("臭氧", "O3"),
    ("化学需氧量", "COD"),
    ("氨氮", "NH3-N"),
    ("二氧化碳", "CO2"),
    ("优良天数", "达标天数", "空气达标天数", "好天气天数"),
    ("生活垃圾清运量", "垃圾清运量"),
    # accounts and business
    ("资产总额", "资产总计", "资产合计", "总资产"),
    ("负债总额", "负债总计", "负债合计", "总负债"),
    ("所有者权益", "股东权益", "净资产"),
    ("第一产业", "一产"),
    ("第二产业", "二产"),
    ("第三产业", "三产"),
    # registers, tenders, posts
    ("法定代表人", "法人代表"),
    ("注册资本", "注册资金"),
    ("统一社会信用代码", "社会信用代码", "信用代码"),
    ("联系电话", "联系方式", "联系号码", "电话号码", "咨询电话", "电话"),
    ("总投资", "投资总额", "总投资额", "投资额", "投资规模"),
    ("中标金额", "成交金额", "中标（成交）金额", "中标(成交)金额", "中标价", "成交价", "中标总价"),
    ("预算金额", "采购预算", "项目预算"),
    ("规格型号", "型号规格", "规格"),
    ("招聘人数", "招录人数", "招考人数", "拟招人数", "招聘名额", "招录名额"),
    ("计划工期",),
    ("计划总投资",),
    ("建设工期", "施工工期", "工期"),
)
"""Groups of names, as they are written."""

_GROUPS = tuple(tuple(dict.fromkeys(map(fold, group))) for group in INDICATORS)
_GROUP_OF = {name: group for group in _GROUPS for name in group}


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """The longest name at each place; one in Latin letters stands alone."""
    longest = sorted(names, key=len, reverse=True)
    written = (
        rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])" if name.isascii() else re.escape(name) for name in longest
    )
    return re.compile("|".join(written))


_NAMES = _pattern(_GROUP_OF)


def indicators_in(folded: str) -> Iterator[str]:
    """The names of indicators in a folded text, the longest at each place: 进出口总额 holds no 出口总额."""
    return (found[0] for found in _NAMES.finditer(folded))


def as_told(folded: str, told: Iterable[str]) -> str:
    """A folded question in which each indicator that the names `told` do not have is called as they call it: 能耗 is
    能源消费总量 where that is a head; itself where they call none of it otherwise."""
    known = {name for text in told for name in indicators_in(text)}

    def renamed(found: re.Match[str]) -> str:
        if found[0] in known:
            return found[0]
        return next((name for name in _GROUP_OF[found[0]] if name in known), found[0])

    return _NAMES.sub(renamed, folded)
