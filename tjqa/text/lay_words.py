"""What people say, and what laws, official papers and tenders write for it: 老板 stands in no labour law.

One way only: who writes 用人单位 finds the papers that write it. Left out is what means something else as often (单位,
公司, 孩子: 子女 or 未成年人), and what the papers write themselves. The words are those of the laws of the People's
Republic of China on labour, marriage, succession, contracts, torts, consumers, traffic, public order and crime, of
procurement and of statistics.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import accumulate

from tjqa.text.segmenter import Segmenter

_OFFICIAL = {
    # labour and insurance
    "用人单位": ("老板", "雇主", "东家"),
    "工资": ("工钱", "薪水", "薪资", "月薪"),
    "解除劳动合同": ("辞职", "离职", "不想干了", "不干了", "跳槽", "辞退", "开除", "炒鱿鱼", "炒掉", "裁掉", "解雇"),
    "裁减人员": ("裁员",),
    "订立劳动合同": ("签劳动合同",),
    "社会保险": ("五险一金", "五险"),
    "工作年限": ("工龄",),
    "基本养老金": ("退休金",),
    "失业保险金": ("失业金",),
    "非全日制用工": ("小时工", "钟点工"),
    "孕期": ("怀孕",),
    # family and succession
    "夫妻": ("老公", "老婆", "丈夫", "妻子", "媳妇"),
    "夫妻一方": ("男方", "女方"),
    "与他人同居": ("出轨", "外遇", "婚外情"),
    "离婚": ("离异",),
    "准予离婚": ("判离",),
    "家庭暴力": ("家暴",),
    "结婚登记": ("领证", "结婚证"),
    "父母": ("爸妈", "爹妈", "爸爸妈妈"),
    "祖父母": ("爷爷奶奶",),
    "外祖父母": ("外公外婆", "姥姥姥爷"),
    "非婚生子女": ("私生子",),
    "收养": ("领养",),
    "分割财产": ("分家产", "分财产"),
    "财产": ("家产",),
    "死亡": ("死了", "去世", "过世", "身亡"),
    # contracts, houses, buying
    "订立合同": ("签合同",),
    "债务": ("欠钱", "欠款", "欠债"),
    "返还借款": ("还钱",),
    "借款": ("借钱",),
    "借款合同": ("借条", "欠条"),
    "高利放贷": ("高利贷",),
    "保证人": ("担保人",),
    "出租人": ("房东",),
    "承租人": ("租客", "租户", "房客"),
    "租金": ("房租",),
    "房屋": ("房子",),
    "不动产权属证书": ("房产证",),
    "转移登记": ("过户",),
    "物业服务人": ("物业公司",),
    "相邻": ("邻居", "隔壁"),
    "经营者": ("卖家", "商家", "店家"),
    "消费者": ("买家", "顾客"),
    "假冒伪劣商品": ("假货", "冒牌货", "水货"),
    "格式条款": ("霸王条款",),
    "超过保质期的食品": ("过期食品",),
    "赔偿保险金": ("理赔",),
    # torts, traffic, public order, crime, courts
    "赔偿": ("赔钱",),
    "医疗费": ("医药费",),
    "残疾": ("残废",),
    "殴打": ("打人", "打架", "挨打", "被打"),
    "伤害": ("打伤", "弄伤"),
    "侮辱": ("骂人",),
    "坠落": ("掉下来",),
    "饮酒": ("喝酒",),
    "饮酒后驾驶机动车": ("酒驾", "喝酒开车", "酒后开车", "酒后驾车"),
    "醉酒驾驶机动车": ("醉驾",),
    "交通事故": ("车祸",),
    "机动车驾驶人": ("司机",),
    "机动车所有人": ("车主",),
    "全部责任": ("全责",),
    "公安机关交通管理部门": ("交警",),
    "公安机关": ("警察", "民警"),
    "罚款": ("罚钱",),
    "盗窃": ("偷东西", "偷钱", "小偷", "偷窃"),
    "诈骗": ("骗钱", "被骗", "骗子"),
    "取保候审": ("保释",),
    "提起诉讼": ("打官司", "起诉"),
    "失信被执行人": ("老赖",),
    "侵犯著作权": ("抄袭", "盗版"),
    "噪声": ("噪音",),
    # school, health, houses, households, procurement
    "教师": ("老师",),
    "学生欺凌": ("校园欺凌", "校园霸凌"),
    "校外培训机构": ("补课班", "补习班", "辅导班"),
    "患者": ("病人",),
    "预防接种": ("打疫苗",),
    "违法建设": ("违章建筑", "违建"),
    "征收补偿": ("拆迁款", "拆迁补偿"),
    "征收": ("拆迁",),
    "养老机构": ("养老院", "敬老院"),
    "托育机构": ("托儿所", "托班"),
    "农村居民": ("农村人", "乡下人"),
    "城镇居民": ("城里人",),
    "招标文件": ("标书",),
    "联合体投标": ("一起投", "联合投标"),
    # statistics and accounts
    "一般公共预算收入": ("财政收入",),
    "一般公共预算支出": ("财政支出",),
    "人均可支配收入": ("人均收入",),
    "居民消费价格": ("物价",),
    "商品住宅销售价格": ("房价",),
    "进出口": ("外贸",),
    "移动电话": ("手机",),
    "固定电话": ("座机",),
    "私人汽车": ("私家车",),
    "水力发电量": ("水电",),
    "火力发电量": ("火电",),
    "风力发电量": ("风电",),
    "星级饭店": ("星级宾馆", "星级酒店"),
    "营业收入": ("营收",),
    "就业人员": ("上班的人", "上班族"),
}
_PHRASES = {  # the official word within them: what is asked stays
    "有期徒刑": {
        "坐牢": "处有期徒刑",
        "判刑": "处有期徒刑",
        "判几年": "处几年有期徒刑",
        "判多久": "处多久有期徒刑",
    },
    "罚款": {"罚多少": "处多少罚款"},
    "净利润": {"赚了多少": "净利润是多少", "挣了多少": "净利润是多少", "赚多少": "净利润是多少"},
    "平均工资": {
        "平均挣多少": "平均工资是多少",
        "平均拿多少": "平均工资是多少",
        "平均发多少": "平均工资是多少",
        "人均年薪": "平均工资",
        "平均年薪": "平均工资",
    },
    "施行": {"开始用": "施行", "开始执行": "施行", "开始实行": "施行"},
    "有效期": {"有效多久": "有效期多久", "有效几年": "有效期几年", "管几年": "有效期几年"},
    "截止时间": {
        "最晚啥时候": "截止时间是什么时候",
        "最晚什么时候": "截止时间是什么时候",
        "最晚几点": "截止时间是几点",
        "最迟什么时候": "截止时间是什么时候",
    },
    "截止日期": {"最晚哪天": "截止日期是哪天", "最晚几号": "截止日期是几号", "最迟哪天": "截止日期是哪天"},
    "人均花费": {"人均各花多少": "人均花费各是多少", "人均花多少": "人均花费是多少", "平均花多少": "人均花费是多少"},
    "最高投标限价": {"最多能报多少": "最高投标限价是多少", "最高能报多少": "最高投标限价是多少"},
    "赔偿": {"赔多少": "赔偿多少", "赔几": "赔偿几"},
    "交通事故": {"撞了人": "发生交通事故", "撞人": "发生交通事故", "撞车": "发生交通事故"},
}
_BY_LAY = {lay: (word, word) for word, said in _OFFICIAL.items() for lay in said}
_BY_LAY |= {lay: (word, phrase) for word, phrases in _PHRASES.items() for lay, phrase in phrases.items()}
_LAY = re.compile("|".join(sorted(map(re.escape, _BY_LAY), key=len, reverse=True)))


def official_name(word: str) -> str:
    """What official papers write for a folded word; "" where it is no lay word."""
    return _BY_LAY[word][0] if word in _BY_LAY else ""


def official(folded: str, segmenter: Segmenter, written: Callable[[str], bool]) -> str:
    """A folded question in official words, of those that are `written` somewhere in the documents; itself where it
    holds no lay word, or the official one as well. What only looks like a word is none: 司机 in 公司机构."""
    if _LAY.search(folded) is None:
        return folded
    edges = {0, *accumulate(len(word) for word in segmenter.cut(folded))}

    def put(found: re.Match[str]) -> str:
        word, phrase = _BY_LAY[found[0]]
        is_word = found.start() in edges and found.end() in edges
        return phrase if is_word and word not in folded and written(word) else found[0]

    return _LAY.sub(put, folded)
