"""A sentence that announces a list, or is an item of one → the whole list: the announcing sentence and its items."""

from __future__ import annotations

from collections.abc import Sequence

from tjqa.answers import parameters
from tjqa.documents import Span
from tjqa.retrieval.answer_type import AnswerType
from tjqa.text.headings import numbering_shape
from tjqa.text.sentences import trim


def listed(asked: AnswerType, text: str, sentences: Sequence[Span], best: Span) -> list[Span]:
    """The whole list that the best sentence announces, or, asked for a list, is an item of: 应当具备下列条件: says
    nothing without (一), (二), (三), nor one of them all.

    Args:
        asked: what kind of answer is asked for.
        text: of the passage.
        sentences: of the passage, with the blanks behind them.
        best: the sentence that answers, without.

    Returns:
        The announcing sentence, then at most MOST_ITEMS items; empty where there is no list.
    """
    spans = [trim(text, span) for span in sentences]
    shapes = [numbering_shape(span.of(text)) for span in spans]
    lead = next((number for number, span in enumerate(spans) if span.start >= best.start), len(spans))
    if asked.kind == "list" and lead < len(spans):
        lead = _announcing(text, spans, shapes, lead)
    if lead >= len(spans) or not _announces(text, spans[lead]):
        return []
    items = list(_items(text, spans, shapes, lead))
    return [spans[lead], *items[: parameters.MOST_ITEMS]] if items else []


def _announcing(text: str, spans: Sequence[Span], shapes: Sequence[str], at: int) -> int:
    """The sentence before an item that is no item of its list: it may have a number itself, 6. 下列情况: above (1)."""
    own = shapes[at]
    while at > 0 and shapes[at] and (shapes[at] == own or not _announces(text, spans[at])):
        at -= 1
    return at


def _announces(text: str, span: Span) -> bool:
    return span.of(text).rstrip().endswith((":", "："))


def _items(text: str, spans: Sequence[Span], shapes: Sequence[str], lead: int) -> list[Span]:
    """The items below an announcing sentence, with those below them; they end where the numbers of what announces them
    go on, or those of its sections (4.2.6), and at another paragraph."""
    items: list[Span] = []
    for span, shape in zip(spans[lead + 1 :], shapes[lead + 1 :], strict=True):
        own = shapes[lead + 1]
        if shape and (shape == shapes[lead] or (shape.startswith("1.1") and not own.startswith("1"))):
            break
        if shape:
            items.append(span)
        elif len(span) and (not items or "\n" in text[items[-1].end : span.start]):
            break  # a further sentence of an item goes with it
    return items
