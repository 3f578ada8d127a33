"""What a question says of the cell that it asks for: period, words, unit, kind of figure, what to do with several."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import pairwise

from tjqa.answers.tables import parameters
from tjqa.answers.tables.abbreviations import full_names
from tjqa.answers.tables.asking_words import Asked, asking_words
from tjqa.answers.tables.aspects import CHANGE_WORD, Aspect, aspects_asked
from tjqa.answers.tables.conditions import Condition, condition_asked
from tjqa.answers.tables.operations import Operation, is_between, operation_asked, without_operation
from tjqa.answers.tables.relative_periods import resolved
from tjqa.documents import Span
from tjqa.retrieval.question import Question
from tjqa.text.normalize import squeeze
from tjqa.text.periods import Period, periods
from tjqa.text.places import is_place
from tjqa.text.segmenter import Segmenter, is_adjective, is_measure, is_verb
from tjqa.text.synonyms import name_edges
from tjqa.text.units import is_unit

_PUBLISHED = re.compile(
    r"(?P<y>(?:19|20)\d\d)[年.-](?P<m>\d{1,2})[月.-](?P<d>\d{1,2})[日号]?(?:所|由|新)?"
    r"(?:公[布开]|发布|发表|刊[登发])"
)
_FILLER = re.compile(
    r"[你您]好|顺便|谢谢|请问一?下?|请[你您]?(?:告知|查一?下?|帮我?|介绍)|(?:帮我|给我|替我|帮忙)(?:再?[查看]一?[下查看]?)?|[你您]?(?:知道|清楚|了解)(?:一下)?|是否知道|能否|可否|方便|麻烦|辛苦"
    r"|告诉(?:一?下?我)?一?下?|我?想(?:要)?(?:问|了解|知道|查)一?下?|查[一查]下?|介绍一?下?|一下|目前|情况|具体|详细|下我"
    r"|(?<=[表书单册案告知同])里(?!程)|各自|哪一?[个些种座](?![月年日天家人])|各是|各有|有多少|多少钱|多少|时候|(?<=[\u4e00-\u9fff])时(?=[,，的])"
)
# Against what a change is measured: the aspect says it (ON_YEAR, ON_PERIOD), and no head need hold it.
_COMPARED = re.compile(
    r"[比较与同跟和](?:上一?年|去年|上[个一]?[月旬季周期]|同期)(?:度?同?[期月])?(?:相?比)?"
    r"|比(?=[少多高低]了?(?:多少|几|\|))"
)
_DONE = re.compile("[^除为得]了")  # 产了, 用了: a verb of one character, of which no head tells
_ASKED_UNIT = re.compile(
    r"(?:每|一|/)(?:吨|公?斤|千克|平方米?|平米?|亩|立方米|人|户|件|台|辆|套|桶|度|克|升|箱|袋|瓶|只|头)"
)
_ASKED_COUNT = re.compile(r"(?:多少|百分之几|几)[十百千万亿]*(?P<unit>[\u4e00-\u9fff%/]{0,6})")
_TOKEN = re.compile(r"[a-z]+(?:[.&-][a-z]+)*|\d+(?:\.\d+)?")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_SEVERAL = re.compile("[和与及、]|以及|还有|分别|各(?:是|有|为|多少)|[,，;；?？](?!$)")
_EACH = re.compile(r"各|分别|都")
_EVERY = re.compile(
    r"各个|各项|各类|各(?=[\u4e00-\u9fff])(?!自|是|有|为|多少|几|占|达|需|要)|所有|每个|每一|全部|都有哪些|有哪些"
)
_MEASURED = re.compile(r"(?P<of>[\u4e00-\u9fff]{2,4})(?P<as>指数|总额|总量|数量|金额|数额|总数|号码)")
_VALUE = re.compile("金额|数额|数值|数目|数量|总额|号码|具体|所.")  # say that a value is asked for, hardly of what
_NO_NARROWER = re.compile(
    rf"{CHANGE_WORD.pattern}|[今去上本前当同][年月期季旬]度?|[年期月季][末初底中内度]|同[期年]|分别|对应|相应|以及|还有|其中|哪些|什么|[该此这那][一-鿿]?"
)
WHOLE_COUNTRY = ("中国", "我国", "全国", "中华人民共和国")  # tables of all of it seldom say so
_PRICE = re.compile(r"(?P<of>[\u4e00-\u9fff]{1,3})价(?!格|值|位|款)")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question and what it weighs among the others; `span` is its place in the folded question. `narrows`
    says that it may narrow what stands behind it, as names do and verbs do not, `is_place` that it names a place, not
    the whole country."""

    text: str
    weight: float
    span: Span
    narrows: bool = False
    is_place: bool = False


@dataclass(frozen=True)
class CellQuestion:
    """A question for cells, taken apart.

    `folded` is the question without white space in which relative periods are told as what they are; `periods` are
    those it names, `published` the ISO day of the publication that it names. `words` are those that heads have to meet,
    `aspects` are those of the cells that it asks for, `told_aspects` those it names, also of what is to be worked out
    from them. `wants_figure` says that only a figure answers; `every` that all cells of a
    row or a column are meant; `condition` is what selected rows meet; `asked` are its question words, `subjects` what
    it names that tables are of; `is_between` says that only those rows are held against each other that it names.
    """

    folded: str
    periods: tuple[Period, ...]
    published: str
    words: tuple[Word, ...]
    aspects: frozenset[Aspect]
    told_aspects: frozenset[Aspect]
    operation: Operation
    unit: str
    wants_figure: bool
    every: bool
    condition: Condition | None = None
    asked: tuple[Asked, ...] = ()
    subjects: tuple[str, ...] = ()
    is_between: bool = False

    @cached_property
    def several(self) -> bool:
        """Whether it asks for several things at once: 甲和乙各是多少."""
        return _SEVERAL.search(self.folded) is not None or len(self.asked) > 1

    @cached_property
    def total(self) -> float:
        """The weight of all words."""
        return sum(word.weight for word in self.words)

    def share(self, held: Iterable[float]) -> float:
        """The share of the question's weight that is held, where each word is to the degree that is given, 0..1."""
        return sum(word.weight * one for word, one in zip(self.words, held, strict=True)) / max(self.total, 1e-9)


def cell_question(question: Question, segmenter: Segmenter, wording: str = "") -> CellQuestion:
    """A question taken apart for tables; `wording` is its folded text in other words."""
    folded = squeeze(resolved(wording or question.folded)).replace("男女性别", "性别")
    day = _PUBLISHED.search(folded)
    published = _iso(day) if day else ""
    blank = _blanked(folded, [Span(*day.span())] if day else [])
    dated = list(periods(blank))
    rest = _blanked(blank, [one.span for one in dated])
    condition = condition_asked(folded)
    rest = _blanked(rest, list(condition.spans) if condition is not None else [])
    rest = _ASKED_UNIT.sub(lambda found: "|" * len(found[0]), rest)
    rest = _ASKED_COUNT.sub(lambda found: _without_unit(found, segmenter), rest)
    rest = without_operation(rest)
    rest = _FILLER.sub(lambda found: "|" * len(found[0]), rest)
    told = aspects = aspects_asked(folded)
    if Aspect.CHANGE in told:
        rest = _COMPARED.sub(lambda found: "|" * len(found[0]), rest)
    asked = tuple(asking_words(folded))
    rest = _blanked(rest, [one.span for one in asked])
    operation: Operation = "select" if condition is not None else operation_asked(folded)
    named = _completed(one.period for one in dated)
    if operation in ("highest", "lowest"):  # 2016年到2019年哪年最高
        named = [year for period in named for year in _years(period)]
    if operation == "difference":  # 从2016年到2019年
        named = [end for period in named for end in _ends(period)]
    if operation == "look" and len(named) == 2 and Aspect.CHANGE in told and not _EACH.search(folded):
        operation = "difference"
    if operation == "difference" and len(named) > 1:  # of two levels, not of changes
        aspects -= {Aspect.CHANGE, Aspect.PERCENT}
    return CellQuestion(
        folded,
        tuple(dict.fromkeys(named)),
        published,
        tuple(_words(rest, segmenter)),
        aspects,
        told,
        operation,
        question.answer_type.unit,
        question.answer_type.kind == "number",
        bool(_EVERY.search(folded)),
        condition,
        asked,
        is_between=is_between(folded),
    )


def _without_unit(found: re.Match[str], segmenter: Segmenter) -> str:
    """多少 or 几 and the unit behind it blanked out; what is counted is a word as others: 多少吨粮食, 几家医院, and 余
    of 多少余额 or 人 of 多少人口 is no unit."""
    behind = found["unit"]
    length = max((end for end in range(1, len(behind) + 1) if _counts(behind[:end])), default=0)
    first = next(iter(segmenter.cut(behind)), "")
    if length < len(first) and behind[0] not in "个度":  # 几个人, 多少度电
        length = 0
    return "|" * (found.start("unit") - found.start() + length) + behind[length:]


def _counts(text: str) -> bool:
    return is_unit(text) or (len(text) == 1 and (is_measure(text) or text == "钱"))


def _iso(day: re.Match[str]) -> str:
    """An ISO day; "" of one that no calendar has."""
    try:
        return date(int(day["y"]), int(day["m"]), int(day["d"])).isoformat()
    except ValueError:
        return ""


def _completed(found: Iterator[Period]) -> list[Period]:
    """Periods without a year are of the year told before them: 2024年1月中旬和7月上旬."""
    made: list[Period] = []
    year = 0
    for period in found:
        year = period.year or year
        made.append(replace(period, year=year) if year else period)
    return made


def _years(period: Period) -> list[Period]:
    return [Period(year) for year in range(period.year, period.until + 1)] if period.until else [period]


def _ends(period: Period) -> list[Period]:
    return [Period(period.year), Period(period.until)] if period.until else [period]


def _blanked(text: str, spans: list[Span]) -> str:
    """Blanked out and not taken out: words on either side must not be joined."""
    for span in spans:
        text = text[: span.start] + "|" * len(span) + text[span.end :]
    return text


def _words(text: str, segmenter: Segmenter) -> Iterator[Word]:
    """The words of what is left of a question; 铜价 is 铜 and 价格."""
    at = 0
    for token in _TOKEN.finditer(text):
        yield from _of_han(text[at : token.start()], at, segmenter)
        yield Word(token[0], parameters.FIGURE_WORD, Span(*token.span()))
        at = token.end()
    yield from _of_han(text[at:], at, segmenter)


def _of_han(text: str, offset: int, segmenter: Segmenter) -> Iterator[Word]:
    for run in _HAN.finditer(text):
        at, before = offset + run.start(), ""
        for word in _cut(run[0], segmenter):
            span = Span(at, at + len(word))
            at = span.end
            price = _PRICE.fullmatch(word)
            measured = _MEASURED.fullmatch(word)
            if price and not full_names(word):
                yield Word(price["of"], _weight(price["of"], segmenter), Span(span.start, span.end - 1))
            elif measured:
                middle = span.start + len(measured["of"])
                yield Word(measured["of"], _weight(measured["of"], segmenter), Span(span.start, middle))
                yield Word(measured["as"], _weight(measured["as"], segmenter), Span(middle, span.end))
            elif _DONE.fullmatch(word):
                continue
            elif len(word) > 1 or _is_noun(word, before, text[at - offset :], segmenter):
                narrows = (len(word) > 1 or word in "男女") and not is_verb(word) and not _NO_NARROWER.fullmatch(word)
                narrows = narrows and not _VALUE.fullmatch(word)
                weight = _weight(word, segmenter) if word not in "男女" else parameters.TELLING_CHARACTER
                yield Word(word, weight, span, narrows, is_place(word) and word not in WHOLE_COUNTRY)
            before = word


def _is_noun(character: str, before: str, behind: str, segmenter: Segmenter) -> bool:
    """Whether a single character names a thing: a rare one, or one that owns something (铜的价格); behind a verb it
    says how that is done (填埋|掉|的)."""
    if character in "男女":  # tables tell them apart more often than anything else
        return True
    if is_measure(character) or is_verb(character) or is_adjective(character) or character == "的":
        return False
    owns = behind.startswith("的") and not is_verb(before)
    return owns or segmenter.rarity(character) >= parameters.TELLING_CHARACTER


def _cut(run: str, segmenter: Segmenter) -> Iterator[str]:
    """The words of a run; names that everyone knows begin and end one: 某省 and 地区生产总值 are no 某省地区."""
    for start, end in pairwise(sorted({0, len(run), *name_edges(run)})):
        piece = run[start:end]
        yield from [piece] if full_names(piece) else segmenter.cut(piece)


def _weight(word: str, segmenter: Segmenter) -> float:
    if is_unit(word) or is_measure(word):
        return parameters.COMMON_WORD
    rarity = max(segmenter.rarity(word), parameters.COMMON_WORD)
    if CHANGE_WORD.fullmatch(word):
        return parameters.CHANGE_WORD * rarity
    return rarity * (parameters.VERB_WORD if is_verb(word) or _VALUE.fullmatch(word) else 1.0)
