"""Sentences that hold a question's words and say another thing: of another number, of a namesake, the opposite, a plan
for what came of it, another year. The ones that fit stand before them; what nothing fits is no answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from tjqa.answers import parameters
from tjqa.answers.bare_lines import ticked
from tjqa.answers.contrasts import is_of_another_time
from tjqa.retrieval.hit import Hit
from tjqa.retrieval.matching import Matcher
from tjqa.text.identifiers import identifiers, others
from tjqa.text.own_time import OwnYear, asks_for_now, is_plan, years_named
from tjqa.text.places import namesakes
from tjqa.text.polarity import leaves_out, turned
from tjqa.text.sentences import is_question

if TYPE_CHECKING:  # it is chosen there by what stands here
    from tjqa.answers.sentence_selection import Sentence

_YES_OR_NO = re.compile(r"吗|是否|(.)不\1|有没有|能否|可否")


def fitting(matcher: Matcher, hits: Sequence[Hit], ranked: Sequence[Sentence]) -> list[Sentence]:
    """The sentences, best first, that speak of what is asked; all of them where none does (see `contradicts`)."""
    asked = matcher.question.folded
    kept = _answers_first(hits, ranked)
    for rule in (partial(_is_of_another, matcher, hits), partial(_is_turned, matcher, hits)):
        kept = [sentence for sentence in kept if not rule(sentence)] or kept
    if leaves_out(asked):
        kept = [one for one in kept if leaves_out(_text(hits, one))] or kept
    for worse in _preferences(asked, hits):
        kept = _without(matcher, kept, worse)
    return _newest_first(matcher, hits, kept) if asks_for_now(asked) else kept


def _answers_first(hits: Sequence[Hit], ranked: Sequence[Sentence]) -> list[Sentence]:
    """The sentences that do not ask; where the best one does, what stands after it first: it is answered there."""
    said = [sentence for sentence in ranked if not _asks(hits, sentence)]
    best = ranked[0]
    if not said or not _asks(hits, best):
        return said or list(ranked)
    behind = [one for one in said if one.hit == best.hit and one.span.start >= best.span.end and _speaks(hits, one)]
    if not behind:
        return said
    answer = min(behind, key=lambda sentence: sentence.span.start)
    return [answer, *(sentence for sentence in said if sentence is not answer)]


def _asks(hits: Sequence[Hit], sentence: Sentence) -> bool:
    """Whether a sentence asks, and no boxes below it answer."""
    return is_question(_text(hits, sentence)) and ticked(hits[sentence.hit].passage.text, sentence.span) is None


def _speaks(hits: Sequence[Hit], sentence: Sentence) -> bool:
    return any(char.isalnum() for char in _text(hits, sentence))


def contradicts(matcher: Matcher, hits: Sequence[Hit], sentences: Sequence[Sentence]) -> bool:
    """Whether the answer is of another thing than is asked about: its passage, or all that was found, names a neighbour
    (17号 for 19号, 清江区 for 清江县) and not the thing itself, or it says the opposite."""
    if not sentences or matcher.question.compares:
        return False
    best, asked = sentences[0], matcher.question.folded
    if _is_of_another(matcher, hits, best, of_passage=True) or _is_turned(matcher, hits, best):
        return True
    if _is_untimely(asked, hits, best) and matcher.question.answer_type.kind != "when":
        return True
    nearest = "\n".join(f"{hit.context.folded}\n{hit.text.folded}" for hit in hits)
    return bool(others(asked, nearest) or namesakes(asked, nearest))


def _text(hits: Sequence[Hit], sentence: Sentence) -> str:
    return sentence.span.of(hits[sentence.hit].text.folded)


def _is_of_another(matcher: Matcher, hits: Sequence[Hit], sentence: Sentence, of_passage: bool = False) -> bool:
    asked, hit = matcher.question.folded, hits[sentence.hit]
    whole = f"{hit.context.folded}\n{hit.text.folded}"
    if not of_passage and identifiers(asked) and others(asked, _text(hits, sentence)):
        return True
    return bool(others(asked, whole) or namesakes(asked, whole))


def _is_untimely(asked: str, hits: Sequence[Hit], sentence: Sentence) -> bool:
    hit = hits[sentence.hit]
    return is_of_another_time(asked, _text(hits, sentence), f"{hit.context.folded}\n{hit.text.folded}")


def _is_turned(matcher: Matcher, hits: Sequence[Hit], sentence: Sentence) -> bool:
    return says_opposite(matcher, _text(hits, sentence))


def says_opposite(matcher: Matcher, folded: str) -> bool:
    """Whether a text only denies what the question asks for, or says what it asks to be denied."""
    asked = matcher.question
    if asked.answer_type.kind not in ("list", "who", "number") or _YES_OR_NO.search(asked.folded):
        return False  # 可以养鸡吗 is answered by 不可以
    words = [word for word in matcher.words if len(word) > 1]
    return turned(matcher.question.folded, folded, words)


def _preferences(asked: str, hits: Sequence[Hit]) -> list[Callable[[Sentence, Sentence], bool]]:
    """What makes the first sentence worse than the second, which says the same words."""
    wanted = years_named(asked)

    def years(sentence: Sentence) -> set[int]:
        passage, text = hits[sentence.hit].passage, _text(hits, sentence)
        return years_named(text) | OwnYear.of(f"{passage.title} {passage.name}", passage.published).years(text)

    def of_another_year(sentence: Sentence, other: Sentence) -> bool:
        told = years(sentence)
        return bool(told and not told & wanted and years(other) & wanted)

    def untimely(sentence: Sentence, other: Sentence) -> bool:
        return _is_untimely(asked, hits, sentence) and not _is_untimely(asked, hits, other)

    def planned(sentence: Sentence, other: Sentence) -> bool:
        if not is_plan(_text(hits, sentence)) or is_plan(_text(hits, other)):
            return False
        return not wanted or bool(years(other) & wanted)

    def less(sentence: Sentence, other: Sentence) -> bool:
        return leaves_out(_text(hits, sentence)) and not leaves_out(_text(hits, other))

    found: list[Callable[[Sentence, Sentence], bool]] = [untimely]
    if wanted:
        found.append(of_another_year)
    if not is_plan(asked):
        found.append(planned)
    if not leaves_out(asked):
        found.append(less)
    return found


def _without(
    matcher: Matcher, ranked: Sequence[Sentence], worse: Callable[[Sentence, Sentence], bool]
) -> list[Sentence]:
    """The sentences without the first ones that are worse than another that says the same words."""
    kept = list(ranked)
    while kept and any(worse(kept[0], other) and _says_as_much(matcher, other, kept[0]) for other in kept[1:]):
        kept.pop(0)
    return kept


def _says_as_much(matcher: Matcher, other: Sentence, sentence: Sentence) -> bool:
    """Whether a sentence holds nearly all of the question's words that another one holds, and the kind of thing asked
    for and the places, if that does."""
    share = matcher.share(sentence.matched)
    said = matcher.share(other.matched & sentence.matched)
    is_alike = share >= parameters.ALIKE_SHARE and said >= parameters.SAME_WORDS * share
    elsewhere = (sentence.covered & ~other.covered & matcher.places).any()  # the same of another place
    return bool(is_alike and other.meets >= sentence.meets and not elsewhere)


def _newest_first(matcher: Matcher, hits: Sequence[Hit], ranked: Sequence[Sentence]) -> list[Sentence]:
    """What the newest document says in the words of the best sentence, before it."""

    def day(sentence: Sentence) -> str:
        passage = hits[sentence.hit].passage
        named = years_named(f"{passage.title} {passage.name}")
        return passage.published or (str(max(named)) if named else "")

    best = ranked[0]
    alike = [best, *(other for other in ranked[1:] if _says_as_much(matcher, other, best))]
    newest = max(alike, key=lambda sentence: day(sentence))
    return [newest, *(sentence for sentence in ranked if sentence is not newest)]
