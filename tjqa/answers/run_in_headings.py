"""Headings within a passage: those that it stands under, and those run in before their text (3.采摘标准。鲜叶……)."""

from __future__ import annotations

from tjqa.answers import parameters
from tjqa.answers.bare_lines import echo
from tjqa.documents import Span
from tjqa.retrieval.hit import Hit
from tjqa.text.headings import heading_text, numbering_shape
from tjqa.text.sentences import trim

STOPS = ("。", "！", "？", "!", "?", ";", "；")


def is_heading(hit: Hit, span: Span) -> bool:
    """Whether a sentence is one of the headings that its passage stands under, or one run in before its text."""
    return is_heading_line(hit, span) or _is_run_in(hit.passage.text, span)


def is_heading_line(hit: Hit, span: Span) -> bool:
    """The same of headings on lines of their own."""
    passage, sentence = hit.passage, span.of(hit.passage.text).strip()
    if passage.role == "heading":
        return True
    return not sentence.endswith(STOPS) and heading_text(sentence) in passage.section.split(" / ")


def end_of_section(hit: Hit, heading: Span) -> int:
    """Where what stands below a heading ends in its passage: at the next one that is numbered alike."""
    text = hit.passage.text
    shape = numbering_shape(heading.of(text))
    alike = (span.start for span in hit.text.spans if span.start > heading.start)
    return next((at for at in alike if shape and numbering_shape(text[at:].lstrip()) == shape), len(text))


def _is_run_in(text: str, span: Span) -> bool:
    """Whether a short numbered sentence opens its line and others go on there: 3.采摘标准。鲜叶应当……"""
    sentence = span.of(text)
    opens = not text[text.rfind("\n", 0, span.start) + 1 : span.start].strip()
    behind = text[span.end :].split("\n", 1)[0].strip()
    short = len(sentence) <= parameters.LONGEST_RUN_IN and sentence.endswith("。")
    return opens and short and bool(behind) and bool(numbering_shape(sentence)) and not numbering_shape(behind)


def of_another_section(asked: str, hit: Hit, sentence: Span) -> bool:
    """Whether a sentence stands below a run-in heading that the question does not name, beside one that it does.

    Args:
        asked: the question, folded.
        hit: whose passage has the headings.
        sentence: in its text.
    """
    text = hit.passage.text
    heads = [span for span in (trim(text, one) for one in hit.text.spans) if _is_run_in(text, span)]
    if len(heads) < 2:
        return False
    named = [echo(_bare(head.of(hit.text.folded)), asked) >= parameters.NAMED_HEADING for head in heads]
    own = max((at for at, head in enumerate(heads) if head.start <= sentence.start), default=None)
    return any(named) and own is not None and not named[own]


def _bare(heading: str) -> str:
    """The words of a heading."""
    return "".join(char for char in heading if char.isalpha())
