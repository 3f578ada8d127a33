"""Whether the figure that answers is told as a fact: one that is supposed, only heard of, denied or not reached is said
of the thing asked for and still no answer to how much it is; so is one of the whole that a place is part of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tjqa.answers.figures.not_so import is_denied, is_goal, is_supposed
from tjqa.answers.sentence_selection import Sentence
from tjqa.documents import Span
from tjqa.retrieval.hit import Hit
from tjqa.retrieval.matching import Matcher
from tjqa.text.places import short_name
from tjqa.text.sentences import sentences as cut

_OPEN = re.compile(
    r"如果|假如|要是|若|一旦|目标|计划|任务|预[计期]|打算|传|谣|不实|误|虚|瞒|[未没不无难]|才|至少|起码|最[多少]|以[上下]|多少[^,，]{0,4}算"
)
"""What asks for a condition, a goal, a rumour, a denial or a bound: its answer stands in such words."""

_NORM = re.compile(
    r"第[零〇一二三四五六七八九十百千\d]+条|应当|必须|不得|不准|禁止|罚款|违约金|赔偿|处以|依法|有权|责令|[应须]"
)
"""What a rule says holds under its condition: 如逾期,每日支付 …."""

_BOUND = re.compile(r"不能?(?:超过|少于|低于|高于|多于|小于|大于)")
_WHOLE = re.compile(
    r"(?:^|[,，。;；:：\s\d年月日])(?:全|我|本)(?P<kind>[省市国区县])"
    r"(?!人[民大]|委|政[府协]|长|外|内外|际|排|第|前|首|位|百|平均|最|领先|倒数|唯一|统一|性)"
)
_LEVEL = {"国": 4, "省": 3, "市": 2, "区": 1, "县": 1, "旗": 1, "镇": 0, "乡": 0, "村": 0}


def is_untold(matcher: Matcher, hit: Hit, sentence: Sentence) -> bool:
    """Whether every figure of the asked kind in what is quoted is supposed, heard of, denied or not reached."""
    if _OPEN.search(matcher.question.folded) or _NORM.search(sentence.quoted.of(hit.text.folded)):
        return False
    found = list(_answering(matcher, hit, sentence))
    return bool(found) and all(_is_no_fact(hit.text.folded, *place, matcher) for place in found)


def of_the_whole(matcher: Matcher, hit: Hit, sentence: Sentence) -> Iterator[str]:
    """The smallest area of the question, where every figure of the asked kind in what is quoted is told of a whole that
    it is part of, in a clause that does not name it: 全市 is none of a county's figures."""
    areas = [name for name in matcher.names if name[-1] in _LEVEL]
    if not areas or _WHOLE.search(matcher.question.folded):
        return
    least = min(areas, key=lambda name: _LEVEL[name[-1]])
    folded = hit.text.folded
    found = list(_answering(matcher, hit, sentence))
    for part, start, _ in found:
        whole = _WHOLE.search(folded[_clause(folded, part, start) : start])
        if not whole or _LEVEL[whole["kind"]] <= _LEVEL[least[-1]] or short_name(least) in part.of(folded):
            return
    if found:
        yield least


def _answering(matcher: Matcher, hit: Hit, sentence: Sentence) -> Iterator[tuple[Span, int, int]]:
    """The figures of the asked kind in what is quoted: the sentence of each, where it starts and ends."""
    wanted, text, quoted = matcher.question.answer_type, hit.text, sentence.quoted
    if not wanted.is_figure or wanted.asks_code:
        return
    own = [part for part in cut(text.folded) if part.start < quoted.end and quoted.start < part.end]
    inside = [one for of in text.figures for one in of if quoted.start <= one.start < quoted.end]
    for one in wanted.wanted_of(text, inside):
        yield from ((part, one.start, one.end) for part in own if part.start <= one.start < part.end)


def _clause(folded: str, sentence: Span, at: int) -> int:
    return max(sentence.start, *(folded.rfind(mark, sentence.start, at) + 1 for mark in ",;:"))


def _is_no_fact(folded: str, sentence: Span, start: int, end: int, matcher: Matcher) -> bool:
    clause = _clause(folded, sentence, start)
    if is_supposed(folded, Span(clause, sentence.end), start, matcher.segmenter):
        return True
    if is_goal(folded, end) or _BOUND.search(folded, clause, start):
        return False
    return is_denied(folded, sentence, clause, Span(start, end), end)
