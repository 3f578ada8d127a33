"""Whether a sentence says of a figure that it is so: what is denied, supposed or only heard of is no value."""

from __future__ import annotations

import re

from tjqa.documents import Span
from tjqa.text.segmenter import Segmenter, tagged

_SUPPOSED = re.compile(
    r"(?:^|[,:;(]\s*)(?P<word>如果|假如|假使|假设|假定|倘|要是|只要|一旦|万一|除非|凡|(?:对于?)?(?=[若如])[若如](?!干|期|[下上][,:所述图表]|图|表|前|今|此|何|实|数))"
)
_HEARD = re.compile(r"[网谣误讹据盛风]传|传言|传闻|据说|谎称|虚报|误报|误写|误为|瞒报")
_DENIED = re.compile(
    r"不实|不属实|失实|有误|谣言|谣传|虚假|不准确|不真实|子虚乌有|不是事实|并非事实|与事实不符|说法|传言|传闻|错误|造假|捏造|编造|虚构"
)
_OF_IT = re.compile(r"\s*(?:这|此|该|其|上述|以上|纯|均|系|属|经|实|是|为|存在|并)")
_NEGATED = re.compile(
    r"未(?=能|有|完成|实现|达|曾|及|获|突破|取得|形成|如期|按[期时])|没[有能]|无法|并非|不是|而非|难以|不能|不及"
)
_OTHERS = re.compile(r"(?:其[他它余]|另外?)(?:各|[\d一二三四五六七八九十两几]+)?个?[省市区县州盟旗镇乡村街国]")
_BUT_FOR = re.compile(r"除(?!此)[^,;:]{1,20}?(?:之|以)?外")
_OF_NOUN = re.compile(r"\s*的")
_GOAL = re.compile(r"\s*的?\s*(?:[\u4e00-\u9fff]{0,4}?)(?:目标|任务|计划|预期)")


def is_supposed(folded: str, sentence: Span, at: int, segmenter: Segmenter) -> bool:
    """Whether what is told at a place is the case only if something is: 若…达到20万吨."""
    before = folded[sentence.start : at].lstrip()
    return any(not _is_name(before[found.start("word") :], segmenter) for found in _SUPPOSED.finditer(before))


def is_of_others(before: str, sentence: str) -> bool:
    """Whether a figure is of what is left of a place: 其他各镇, 除石桥镇外."""
    return _OTHERS.search(before) is not None or _BUT_FOR.search(sentence) is not None


def is_denied(folded: str, sentence: Span, clause: int, number: Span, at: int) -> bool:
    """Whether a figure is denied: said not to be reached in its clause, heard of before it, or told to be wrong behind.

    Args:
        folded: the text.
        sentence: it stands in.
        clause: where its clause begins.
        number: where the number stands.
        at: where the figure ends.
    """
    if _HEARD.search(folded, sentence.start, number.start) or _NEGATED.search(folded, clause, number.start):
        return True
    following = folded.find("\n", sentence.end)
    rest = folded[at : following if following >= 0 else len(folded)]
    clauses = re.split("[,;:。!?]", rest)
    if _DENIED.search(clauses[0]):
        return True
    return any(_OF_IT.match(one) and _DENIED.search(one) for one in clauses[1:4])


def qualifies(folded: str, at: int) -> bool:
    """Whether a figure that ends at a place only qualifies what follows: 15万吨的乡镇; a goal is told so."""
    return _OF_NOUN.match(folded, at) is not None and not is_goal(folded, at)


def is_goal(folded: str, at: int) -> bool:
    """Whether a figure that ends at a place is said to be a goal: 15万吨的目标."""
    return _OF_NOUN.match(folded, at) is not None and _GOAL.match(folded, at) is not None


def _is_name(text: str, segmenter: Segmenter) -> bool:
    """Whether a text begins with a place whose name begins like a conjunction: 若羌县."""
    return next(iter(segmenter.cut(text[:8])), "") in tagged()[0]
