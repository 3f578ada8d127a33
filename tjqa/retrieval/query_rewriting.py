"""Follow-up questions by rule: 那海淀呢？ 2019年呢？ 就业呢？ take the rest of the question from the turn before.

What a follow-up names replaces what the earlier question named of the same kind (a place, a time, the thing asked
for); what it leaves out is kept. Nothing is guessed beyond that, and the line that comes out is shown to the reader.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from tjqa.documents import Span
from tjqa.retrieval import parameters
from tjqa.retrieval.answer_type import ASKING_END, ASKS, AnswerType
from tjqa.text.normalize import fold
from tjqa.text.places import is_place
from tjqa.text.segmenter import AREAS, Segmenter
from tjqa.text.terms import terms

# 那海淀…: 那 leads over; in 那些, 那年, 那么多 it points.
_LEAD = re.compile(r"(?:那么(?![多大长高久])|那(?![么些里个边儿时年天次种样位段])|再看|换成|至于)[,，、\s]*")
_TAIL = re.compile(r"(?:又|的)?(?:怎么样|如何)?呢[?？!！。\s]*\Z")
_STOPS = " \t\u3000?？!！。,，、"
_TIME = re.compile(
    r"(?:(?:19|20)\d\d|[一二][〇○零一二三四五六七八九]{3})年(?:底|末|初)?(?:(?:1[0-2]|0?[1-9])月(?:[0-3]?\d[日号])?|[上下]半年|第?[一二三四]季度)?"
    r"|(?:19|20)\d\d-\d\d(?:-\d\d)?|[今去前明后]年(?:底|末|初)?(?:[上下]半年|第?[一二三四]季度)?"
)
_BETWEEN = re.compile(r"[和与跟及、,，\s]*")
_ENDINGS = {"number": "是多少？", "when": "是什么时候？", "who": "是谁？", "list": "有哪些？", "how": "怎么样？"}


def is_followup(line: str) -> bool:
    """True when a line leans on the question before: 那…, …呢？, or nothing but a time."""
    said = _said(line)
    if not said or len(line) > parameters.MAX_FOLLOWUP:
        return False
    folded = fold(line.strip())
    if _LEAD.match(folded):  # not where it belongs to a name: 那曲, 那坡县
        return not any(is_place(folded[:end]) and not is_place(folded[1:end]) for end in (2, 3, 4))
    return bool(_TAIL.search(line)) or bool(_TIME.fullmatch(said))


def _said(line: str) -> str:
    return _TAIL.sub("", _LEAD.sub("", line.strip(), count=1)).strip(_STOPS)


def rewrite(line: str, before: str, written: Callable[[str], bool], segmenter: Segmenter) -> str:
    """The whole question that the follow-up `line` means after the question `before`.

    `written` says whether a text stands anywhere in the documents: 白鹭 is no place in the dictionary, but where
    they speak of 白鹭区 it is one.
    """
    return _Follower(before, written, segmenter).question(_said(line))


@dataclass(frozen=True, slots=True)
class _Follower:
    before: str
    written: Callable[[str], bool]
    segmenter: Segmenter

    def question(self, said: str) -> str:
        times, places = _times(said), self._places(said)
        rest = _without(said, [*times, *places])
        if ASKS.search(said):
            return self._completed(said, said)
        if re.sub(r"[的和与跟及也、,，\s]", "", rest):
            return self._completed(said, rest.strip(_STOPS + "的")) + self._ending()
        new = self.before
        if places:
            new = self._elsewhere(_slice(said, places))
        return _put(_slice(said, times), _times(new), new) if times else new

    def _elsewhere(self, place: str) -> str:
        """The question before, of another place; 海淀 for 顺义区 becomes 海淀区 where the documents call it so."""
        found = self._places(self.before)
        area = _first(self.before, found)[-1:]
        if area in AREAS and place[-1] not in AREAS and self.written(place + area):
            place += area
        return _put(place, found, self.before)

    def _completed(self, said: str, asked: str) -> str:
        """`asked` behind the place and the time: those in `said`, else those of the question before."""
        lead = ""
        for kind in (self._places, _times):
            source = said if kind(said) else self.before
            if not kind(asked):
                lead += _first(source, kind(source))
        return lead + asked

    def _ending(self) -> str:
        kind, asked = AnswerType.of(fold(self.before).strip()).kind, ASKING_END.search(self.before)
        if kind == "number" or asked is None:
            return _ENDINGS.get(kind, "是什么？")
        return asked[0]

    def _places(self, text: str) -> list[Span]:
        """Runs of place names, in order: 北京市顺义区 is one."""
        spans: list[Span] = []
        for span in sorted(self._place_words(text)):
            if spans and span.start <= spans[-1].end:
                spans[-1] = Span(spans[-1].start, max(span.end, spans[-1].end))
            else:
                spans.append(span)
        return spans

    def _place_words(self, text: str) -> Iterator[Span]:
        folded = fold(text)
        words = [term for term in terms(text, self.segmenter) if not term.startswith("·")]
        # 白鹭|县: most counties stand in no dictionary, so their names come apart.
        pairs = [a + b for a, b in pairwise(words) if len(a) > 1 and len(b) == 1 and b in AREAS and is_place(a + b)]
        for word in {w for w in words if len(w) > 1 and (is_place(w) or self._is_local(w))} | set(pairs):
            for match in re.finditer(re.escape(word), folded):
                # The dictionary knows 顺义, the text says 顺义区.
                more = word[-1] not in AREAS and folded[match.end() : match.end() + 1] in AREAS
                yield Span(match.start(), match.end() + more)

    def _is_local(self, word: str) -> bool:
        """A short word, rare in Chinese at large, that the documents write with the ending of an area."""
        if len(word) > 3 or self.segmenter.rarity(word) < parameters.LOCAL_PLACE_RARITY:
            return False
        return any(is_place(word + area) and self.written(word + area) for area in AREAS)


def _put(text: str, found: list[Span], question: str) -> str:
    """`question` with `text` in place of the first of its kind, else at its beginning."""
    if not found:
        return text + question
    span = _group(question, found)
    return question[: span.start] + text + question[span.end :]


def _first(text: str, spans: list[Span]) -> str:
    return _group(text, spans).of(text) if spans else ""


def _slice(text: str, spans: list[Span]) -> str:
    return text[spans[0].start : spans[-1].end]


def _group(text: str, spans: list[Span]) -> Span:
    """The first of `spans` with those that only an "and" divides from it: 海淀和顺义."""
    end = spans[0].end
    for span in spans[1:]:
        if not _BETWEEN.fullmatch(text[end : span.start]):
            break
        end = span.end
    return Span(spans[0].start, end)


def _without(text: str, spans: list[Span]) -> str:
    for span in sorted(spans, reverse=True):
        text = text[: span.start] + text[span.end :]
    return text


def _times(text: str) -> list[Span]:
    return [Span(*match.span()) for match in _TIME.finditer(text)]
