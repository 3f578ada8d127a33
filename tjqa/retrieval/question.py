"""A question taken apart: what it asks for, what it is about, its terms. By rule, whatever the text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tjqa.retrieval.answer_type import AnswerType
from tjqa.text.normalize import fold, squeeze
from tjqa.text.segmenter import Segmenter
from tjqa.text.short_years import with_full_years
from tjqa.text.terms import terms

# Words that ask but say nothing of the subject; they stand in questions, hardly ever in the answering sentence.
ASKING = re.compile(
    r"请问|请告诉我|告诉我|我想知道|想知道|是?什么时[候间]|是不是|有没有|能不能|可不可以|什么意思|是什么|有什么|叫什么|什么|怎么样|怎么|怎样"
    r"|如何|为什么|为何|哪一?[年月天日些位家所个项种类里儿]?|何时|何人|多少|百分之几|几成|多[大长高远久]|几(?=[个家座项条位所年月天亿万百千])|几"
    r"|(?<=[表书单册案告知同])里(?!程)"  # 职位表里, 合同里: in which document, no part of a word (表里)
    r"|谁|吗|呢|么|一共|总共|分别|各是|各有|到底|究竟|大概|具体|[?!,。、:;]"
    r"|\b(?:what|which|who|when|where|why|how|many|much|is|are|was|were|do|does|did|the|of|in|to|a|an|will|be|by|for|on|at|and)\b"
)

# Function characters: as single-character terms they match everywhere and prove nothing.
_FUNCTION = frozenset("的了是在和与及或被把将对从到于由为以之其这那个有也都就还又并等着过给跟上中下里年月日")

_COMPARES = re.compile(r"分别|各自?[是有为多]|都是|相比|比较|对比|[和与跟].{2,40}(?:各|分别|都|哪个更)")
_EXACT = re.compile(r'"([^"]{2,})"')
# Asking for what stands in a page's date and source line, not in its text.
_BYLINE = re.compile(r"来源|出处|出自|媒体|哪家报|报社|记者|作者|撰稿|编辑|[发刊]表|[发登]布于|刊登|稿[子件]|摄影")
_EDGE = "。.?!,;:、…"


@dataclass(frozen=True, slots=True)
class Question:
    """A question taken apart.

    `text` is the question as it is searched, `answer_type` what it asks for. `terms` are its distinct content terms in
    order, `exact` those in "" that a hit must hold, `bare` is the folded question without white space and outer
    punctuation, `content` is `folded` with every question word blanked out by |. `of_document` is a word that was taken
    out of it because it names the only document that was searched then.
    """

    text: str
    folded: str
    answer_type: AnswerType
    terms: tuple[str, ...]
    compares: bool
    exact: tuple[str, ...]
    bare: str
    is_latin: bool
    asks_byline: bool
    content: str
    of_document: str = ""

    @property
    def subject(self) -> str:
        """What the question is about: `folded` with its question words blanked out; all of it when nothing is left."""
        blanked = self.content.replace("|", " ")
        return self.folded if blanked.isspace() else blanked


def parse(text: str, segmenter: Segmenter) -> Question:
    """Take a question apart; never fails, whatever the text."""
    folded = with_full_years(fold(text).strip())
    # Blanked out and not taken out: words on either side must not be joined.
    content = ASKING.sub(lambda word: "|" * len(word[0]), folded)
    found = [t for t in terms(content, segmenter) if t not in _FUNCTION] or terms(folded, segmenter)
    return Question(
        text=text,
        folded=folded,
        answer_type=AnswerType.of(folded),
        terms=tuple(dict.fromkeys(found)),
        compares=bool(_COMPARES.search(folded)),
        exact=tuple(squeeze(m[1]) for m in _EXACT.finditer(folded)),
        bare=squeeze(folded).strip(_EDGE),
        asks_byline=bool(_BYLINE.search(folded)),
        content=content,
        is_latin=not re.search(r"[\u3400-\u9fff]", folded),
    )
