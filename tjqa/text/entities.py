"""Persons, bodies and places in Chinese text, by the form of the words alone; works on folded text."""

from __future__ import annotations

import re

_HAN = r"[\u4e00-\u9fff]"
# The hundred most frequent family names cover over four fifths of all Chinese; two-character ones follow.
_FAMILY = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭"
    "陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐"
)
_DOUBLE = "欧阳|上官|司马|诸葛|夏侯|皇甫|尉迟|令狐"
# A person is named after an office or a trade, or before a verb of speaking.
OFFICE = (
    "书记|主席|总理|主任|委员|经理|总裁|[省市区县镇乡村局厅部处科院校所站馆社行厂台队组团会室事书]长"
    "|教授|院士|博士|医生|记者|作者|编辑|同志|代表|(?:管理|经理|承办|经办|法|联系|发起|创始|投资|负责)人|发言人|专家|先生|女士|摄影"
)

FAMILY = rf"{_DOUBLE}|[{_FAMILY}]"
_NAME = rf"(?:{FAMILY}){_HAN}{{1,2}}"
_FAMILY_NAME = re.compile(FAMILY)


def begins_like_a_person(word: str) -> bool:
    """Whether a word begins with a family name."""
    return _FAMILY_NAME.match(word) is not None


def is_family_name(word: str) -> bool:
    """Whether a word is a family name and nothing more."""
    return _FAMILY_NAME.fullmatch(word) is not None


PERSON = re.compile(
    rf"(?P<c>{_HAN}{{1,7}}(?:[·•]{_HAN}{{1,7}})+)"
    rf"|(?:{OFFICE})[::\s]*(?P<a>{_NAME}(?:[、\s]+{_NAME})*)|(?P<b>{_NAME})(?=表示|介绍|指出|强调|说(?!明)|认为|告诉|{OFFICE}|代表)"
)
# A body or a place ends with what it is; it begins after a stop or a word that can begin no name.
_BODY = (
    "公司|集团|大学|学院|学校|中学|小学|研究院|研究所|研究中心|中心|医院|卫生院|派出所|银行|基金|协会|学会|商会|联盟|委员会"
    "|管委会|办公室|新闻办|日报|晚报|时报|电视台|新闻网|通讯社|出版社|政府|部门|[省市区县镇乡村州旗](?!长|委|级|内|外|域|场|民|容|市|区|县)|[省市区县]委|局|厅|院|厂|站|馆"
)
_STARTS_NO_NAME = "的了和与及或同跟由在对向从被为将把让给到等是有之其这该本各以并也又来自按经据于"
_SIGN = rf"(?:(?![{_STARTS_NO_NAME}]){_HAN}|[a-z0-9（）()“”·])"
# 北京市 + 政府 + 新闻办: bodies that follow within a word are one.
ORGANISATION = re.compile(rf"{_SIGN}{{1,16}}?(?:{_BODY})(?:{_SIGN}{{0,4}}?(?:{_BODY}))*")
