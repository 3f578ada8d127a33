"""What a question lays down (its years, months, places, numbered things, a name) that passages do not meet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tjqa.answers import parameters
from tjqa.documents import Span
from tjqa.retrieval.hit import Hit
from tjqa.retrieval.matching import Matcher
from tjqa.retrieval.question import Question
from tjqa.text.analyzed import AnalyzedText
from tjqa.text.entities import OFFICE
from tjqa.text.normalize import fold
from tjqa.text.numbers import months, numbers_of
from tjqa.text.persons import asked_person, speaks_of_person
from tjqa.text.places import place_names, short_name
from tjqa.text.segmenter import AREAS
from tjqa.text.sentences import clauses, is_question

_ASKED_OFFICE = re.compile(
    rf"(?P<body>[^,，。?？]{{0,12}}?)的?(?P<office>副?(?:{OFFICE}))的?(?:姓名|名字)?"
    r"(?:现在|目前|当时)?(?:是谁|是哪一?位|是什么人|叫什么|姓什么|由谁)"
)
_INSTITUTION = re.compile(r"[\u4e00-\u9fff]{2}[局委办厅部处会院校馆站所厂社团镇乡街]$|公司$|集团$|银行$|中心$")
# Kinds of zones, which names of areas stand before: 经开区 alone names none.
_ZONE = re.compile(
    "(?:经济|技术|高新|产业|综合|自由|贸易)*(?:经开|高新|开发|保税|工业园|产业园|示范|试验|[园新城郊辖片社景矿])区"
)
# Kinds of areas in the names of tables: 70个大中城市, 各市县; whoever asks of one city is told of it there.
_KIND = re.compile(r"[一-鿿]*(?:城市|都市|省市|县市|市县|市区|县区|区县|乡镇|村镇|湾区|[大中小]市)")
_SOME = re.compile("某(?!些|种|个|一)")
_ASKED_WHICH = re.compile(r"谁|何人|哪一?[家位所]|叫什么|名字|名称|姓名")


def texts_of(hits: Iterable[Hit]) -> list[AnalyzedText]:
    """The texts of hits, each followed by its title, section and date."""
    return [text for hit in hits for text in (hit.text, hit.context)]


def held_terms(matcher: Matcher, hits: Iterable[Hit]) -> NDArray[np.bool_]:
    """Which of the question's terms any of the hits or their contexts holds, shape (terms,)."""
    none = np.zeros(len(matcher.weights), dtype=bool)
    return np.asarray(np.any([none, *(hit.held for hit in hits)], axis=0))


def missed_years(matcher: Matcher, hits: Sequence[Hit]) -> list[str]:
    """The years of the question that none of the hits holds, as digits."""
    lacking = matcher.years & ~held_terms(matcher, hits)
    return [term[1:] for term, lacks in zip(matcher.question.terms, lacking, strict=True) if lacks]


def missed_months(question: Question, texts: Iterable[AnalyzedText]) -> list[int]:
    """The months of the question that none of the texts names, 1..12."""
    asked = months(question.folded)
    return sorted(asked.difference(*(months(text.closed[0]) for text in texts))) if asked else []


def missed_names(matcher: Matcher, texts: Iterable[AnalyzedText]) -> list[str]:
    """The places and institutions of the question that none of the texts names, even short."""
    folded = [text.closed[0] for text in texts]
    return [name for name in matcher.names if not any(short_name(name) in text for text in folded)]


def is_of_another_place(matcher: Matcher, hits: Sequence[Hit]) -> bool:
    """Whether what the hits say is said of another area than the question asks about: none of them speaks of that one,
    and a title or a file is named after another one of its kind (海淀区 where 西城区 is asked about)."""
    return bool(_places_instead(matcher, hits))


def places_instead(matcher: Matcher, hits: Sequence[Hit]) -> tuple[str, tuple[str, ...]]:
    """The area of the question that the hits do not speak of, and those that they are said of instead, the nearest
    first; "" and () where it lacks none, or more than one."""
    pairs = _places_instead(matcher, hits)
    asked = {name for name, _ in pairs}
    return (asked.pop(), tuple(other for _, other in pairs)) if len(asked) == 1 else ("", ())


def _places_instead(matcher: Matcher, hits: Sequence[Hit]) -> list[tuple[str, str]]:
    """Areas of the question that none of the hits speaks of, each with one of its kind that a title or a file is named
    after."""
    missed = missed_names(matcher, texts_of(hits))
    asked = [name for name in missed if name[-1] in AREAS and not _ZONE.fullmatch(name)]
    titles = [fold(f"{hit.passage.title}\n{hit.passage.section}\n{hit.passage.path}") for hit in hits]
    asked = [name for name in asked if not any(short_name(name) in title for title in titles)]
    named = [_area(other) for title in titles if asked for other in place_names(title, matcher.segmenter)]
    others = [one for one in dict.fromkeys(named) if one not in matcher.question.folded and not _KIND.fullmatch(one)]
    # 海淀高新区 lies in 海淀区.
    pairs = [(name, other) for name in asked for other in others if name[-1] == other[-1]]
    return [pair for pair in pairs if short_name(pair[1]) not in pair[0] and short_name(pair[0]) not in pair[1]]


def _area(name: str) -> str:
    """The area whose name an institution's begins with: 云溪区 of 云溪区政府; a name that has none stays."""
    end = max((at for at, char in enumerate(name, 1) if char in AREAS and at > 2), default=len(name))
    return name[:end]


def is_of_another_person(matcher: Matcher, hits: Sequence[Hit]) -> bool:
    """Whether the question asks who somebody is, by name, and the hits speak of no such person: neither their texts nor
    their titles nor the names of their files, however the name is written there."""
    name = asked_person(matcher.question.folded)
    if not name:
        return False
    texts = [text.folded for text in texts_of(hits)] + [fold(hit.passage.path) for hit in hits]
    return not any(speaks_of_person(text, name) for text in texts)


def misses_number(question: Question, texts: Iterable[AnalyzedText]) -> bool:
    """Whether the question speaks of a 期, 批, 轮, 届 or 次 by its number and none of the texts does."""
    asked = numbers_of(question.folded)
    return bool(asked) and bool(asked.difference(*(numbers_of(text.closed[0]) for text in texts)))


def withholds_name(matcher: Matcher, texts: Iterable[AnalyzedText]) -> bool:
    """Whether the texts do not give the name that is asked for: they speak of no such office (教育局局长是谁), or
    say 某 where the name would stand."""
    asked = matcher.question.folded
    folded = [text.closed[0] for text in texts]
    if office := _ASKED_OFFICE.search(asked):
        institution = _INSTITUTION.search(office["body"])
        needed = [office["office"], *([institution[0]] if institution else [])]
        if any(not any(need in text for text in folded) for need in needed):
            return True
    if not _ASKED_WHICH.search(asked):
        return False
    behind = [text[m.end() : m.end() + parameters.WITHHELD_NAME_REACH] for text in folded for m in _SOME.finditer(text)]
    words = [word for word in matcher.words if len(word) > 1]
    return any(word in named for word in words for named in behind)


@dataclass(frozen=True, slots=True)
class Astray:
    """The weight of the question's words that a passage holds, but none of its clauses (its sentences) with a figure
    that can answer: what those words speak of has another figure or none (粮食产量增长2%;茶叶产值3亿元)."""

    clause: float = 0.0
    sentence: float = 0.0


def astray(matcher: Matcher, text: AnalyzedText, context: AnalyzedText) -> Astray:
    """How far the figures of a passage that can answer count something else; 0 without such a figure."""
    found = [figure for of_sentence in text.figures for figure in of_sentence]
    wanted = [figure.start for figure in matcher.question.answer_type.wanted_of(text, found)]
    held = matcher.support_of(f"{text.folded}\n{context.folded}")

    def asked_before(piece: Span) -> str:
        """The question that the text answers with a piece of it: 问:…? 答:…"""
        before = [span for span in text.spans if span.end <= piece.start]
        return before[-1].of(text.folded) if before and is_question(before[-1].of(text.folded)) else ""

    def lost(pieces: Iterable[Span]) -> float:
        with_figure = [piece for piece in pieces if any(piece.start <= at < piece.end for at in wanted)]
        said = [
            matcher.support_of(f"{piece.of(text.folded)}\n{asked_before(piece)}\n{context.folded}")
            for piece in with_figure
        ]
        losses = [float(matcher.word_weights @ np.maximum(held - one, 0)) for one in said]
        return min(losses, default=0.0)

    every_clause = [clause for of_sentence in clauses(text.folded) for clause in of_sentence]
    return Astray(lost(every_clause), lost(text.spans))
