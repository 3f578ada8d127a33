"""Follow-up questions by rule: 那海淀呢？ 2019年呢？ 就业呢？ take the rest of the question from the turn before.

What a follow-up names replaces what the earlier question named of the same kind (a place, a time, the thing asked
for); what it leaves out is kept. Nothing is guessed beyond that, and the line that comes out is shown to the reader.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tjqa.documents import Span
from tjqa.retrieval import parameters
from tjqa.retrieval.answer_type import ASKING_END, ASKS, AnswerType
from tjqa.retrieval.asked_times import is_time, moved, spelled, times, without
from tjqa.retrieval.conversation import completed, names_nothing, points_back
from tjqa.retrieval.counterparts import counterpart, kind_of, of_owner, subject_of
from tjqa.text.normalize import fold, squeeze
from tjqa.text.places import is_place
from tjqa.text.segmenter import AREAS, Segmenter
from tjqa.text.terms import terms

# 那海淀…: 那 leads over; in 那些, 那年, 那么多 it points.
_LEAD = re.compile(r"(?:那么(?![多大长高久])|那(?![么些里个边儿时年天次种样位段])|再看|换成|至于)[,，、\s]*")
_TAIL = re.compile(r"(?:又|的)?(?:怎么样|如何)?呢[?？!！。\s]*\Z")
_OWNS = re.compile(r"的呢[?？!！。\s]*\Z")
_STOPS = " \t\u3000?？!！。,，、"
_SAID_MORE = re.compile(r"[的和与跟及也、,，\s]")
_BETWEEN = re.compile(r"[和与跟及、,，\s]*")
_ENDINGS = {
    "number": "是多少？",
    "when": "是什么时候？",
    "who": "是谁？",
    "list": "有哪些？",
    "how": "怎么样？",
    "what": "是什么？",
}


def is_followup(line: str, turns: Sequence[str] = (), segmenter: Segmenter | None = None) -> bool:
    """True when a line leans on the questions before: 那…, …呢?, nothing but a time; and where these `turns` are given,
    one that points back (它的…, 该区…) or names nothing of its own (有哪些, 最长多少天)."""
    said = _said(line)
    if not said or len(line) > parameters.MAX_FOLLOWUP:
        return False
    folded = fold(line.strip())
    if _LEAD.match(folded):  # not where it belongs to a name: 那曲, 那坡县
        return not any(is_place(folded[:end]) and not is_place(folded[1:end]) for end in (2, 3, 4))
    if is_time(said) or (_TAIL.search(line) and not (ASKS.search(said) and len(said) > parameters.MOST_OF_ASKING)):
        return True
    if not turns or segmenter is None or squeeze(fold(line)) in {squeeze(fold(turn)) for turn in turns}:
        return False
    return points_back(line, turns, segmenter) or names_nothing(line, turns, segmenter)


def _said(line: str) -> str:
    return spelled(_TAIL.sub("", _LEAD.sub("", line.strip(), count=1)).strip(_STOPS))


def rewrite(line: str, before: str | Sequence[str], written: Callable[[str], bool], segmenter: Segmenter) -> str:
    """The whole question that the follow-up `line` means after the question `before`, or the turns before it, the
    latest last.

    `written` says whether a text stands anywhere in the documents: 白鹭 is no place in the dictionary, but where
    they speak of 白鹭区 it is one.
    """
    turns = [before] if isinstance(before, str) else list(before)
    return _Follower(turns, written, segmenter).question(line)


@dataclass(frozen=True, slots=True)
class _Follower:
    turns: Sequence[str]
    written: Callable[[str], bool]
    segmenter: Segmenter

    @property
    def before(self) -> str:
        return self.turns[-1]

    def question(self, line: str) -> str:
        said = _said(line)
        if _TAIL.search(line) and not ASKS.search(said) and points_back(said, self.turns, self.segmenter):
            return completed(said, self.turns, self.segmenter) + self._ending(said)
        spans, places = times(said), self._leading_places(said)
        rest = without(said, [*spans, *places])
        is_open = points_back(line, self.turns, self.segmenter) or names_nothing(rest, self.turns, self.segmenter)
        says_more = bool(_SAID_MORE.sub("", rest)) and (ASKS.search(said) or not _TAIL.search(line))
        if is_open and says_more:
            return completed(line.strip(), self.turns, self.segmenter)
        if ASKS.search(said):
            return self._completed(said, said)
        is_thing = bool(_SAID_MORE.sub("", rest))
        if is_thing and not spans and _OWNS.search(line) and (whole := of_owner(said, self.before, self.segmenter)):
            return whole
        is_like = not spans and (is_thing or said[-1] not in AREAS or not self._places(self.before))
        if is_like and (whole := counterpart(said, self.before, self.segmenter)):
            return whole
        if is_thing:
            asked = rest.strip(_STOPS + "的")
            return self._completed(said, asked) + self._ending(asked)
        new = self.before
        if places:
            new = self._elsewhere(_slice(said, places))
        return self._then(_slice(said, spans), new) if spans else new

    def _then(self, time: str, question: str) -> str:
        """The question of another time; what the new one leaves out of the old one is kept."""
        found = times(question)
        return _put(moved(time, _first(question, found)) if found else time, found, question)

    def _elsewhere(self, place: str) -> str:
        """The question before, of another place; 海淀 for 顺义区 becomes 海淀区 where the documents call it so."""
        found = self._places(self.before)
        area = _first(self.before, found)[-1:]
        if area in AREAS and place[-1] not in AREAS and self.written(place + area):
            place += area
        return _put(place, found, self.before)

    def _completed(self, said: str, asked: str) -> str:
        """`asked` behind the place and the time: those in `said`, else those of the question before."""
        subject = "" if self._leading_places(said) else subject_of(self.before, asked, self.segmenter)
        lead = subject
        for kind in (times,) if subject else (self._places, times):
            source = said if kind(said) else self.before
            if not kind(asked):
                lead += _first(source, kind(source))
        return lead + asked

    def _ending(self, thing: str) -> str:
        kind, asked = AnswerType.of(fold(self.before).strip()).kind, ASKING_END.search(self.before)
        if (own := kind_of(fold(thing))) and own != kind:
            return _ENDINGS[own]
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

    def _leading_places(self, text: str) -> list[Span]:
        """The places of a text that begins with one: 河大桥 in 浊河大桥 is part of a name."""
        found = self._places(text)
        before = text[: found[0].start] if found else ""
        return [] if _SAID_MORE.sub("", without(before, times(before))) else found

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
