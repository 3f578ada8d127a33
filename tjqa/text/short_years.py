"""Years in two figures, as people type them: 21年 is 2021年, 03到21年 is 2003年到2021年.

Two figures before 年 are as often how long: after what lasts (工作10年, 贷款20年, 满15年), before what is counted in
years (10年期, 20年以上, 12年制) and at the end of a question; from thirty on they are always. Works on folded text.
"""

from __future__ import annotations

import re

_LASTS = (
    "工作|贷款|借款|存款|还款|使用|服务|居住|经营|缴费|参保|缴纳|社保|任职|从业|执业|租赁|承包|出租|保修|质保|保存|保管|存放|结婚|当兵|服役|入伍"
    "|学习|坚持|有效期|期限|期间|年限|产权|寿命|工龄|教龄|刑期|合同|超过|长达|将近|至少|最多|最长|最短|不满|不足|未满|已满|累计|连续|整整|过去|最近"
    "|今后|未来|每隔|有期徒刑|判处|处以|等待|需要|持续"
)
_NO_YEAR_BEFORE = (
    r"(?<![\d.\-第满近约过达超这前后每隔了有用住干做当学判处关坐存租种养等花要])(?<!\d[到至~—])"
    rf"(?<!{')(?<!'.join(_LASTS.split('|'))})"
)
_NO_YEAR_BEHIND = (
    r"(?!期|级|制|间|限|龄|头|来|多|以|之?[内后前]|左右|上下|没|不|的?(?:时间|工龄|历史|经验|老|贷款|国债|合同|有期))"
    r"(?=[\u4e00-\u9fff]|1?\d月|[1-4]季)"
)
_RANGE = re.compile(rf"(?<![\d.])(?P<first>[0-2]\d)年?(?P<to>[到至~—-])(?P<last>[0-2]\d)年{_NO_YEAR_BEHIND}")
_YEAR = re.compile(rf"{_NO_YEAR_BEFORE}(?P<short>[0-2]\d)年{_NO_YEAR_BEHIND}")


def with_full_years(folded: str) -> str:
    """A folded text with its two-figure years written out."""
    if "年" not in folded:
        return folded
    whole = _RANGE.sub(_written_out, folded)
    return _YEAR.sub(lambda found: f"20{found['short']}年", whole)


def _written_out(found: re.Match[str]) -> str:
    """Both ends of a range; as it is where the first is not the earlier one."""
    first, last = found["first"], found["last"]
    return f"20{first}年{found['to']}20{last}年" if first < last else found[0]
