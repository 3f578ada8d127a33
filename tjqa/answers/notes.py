"""What there is to say beside an answer: how the question was read, what its passages lack, which files changed.

The words are wording.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from tjqa.answers import parameters
from tjqa.answers.constraints import held_terms, missed_months, missed_names, missed_years, texts_of
from tjqa.answers.contrasts import contrasted, missed_times, untold_times
from tjqa.answers.not_told_as_fact import is_untold, of_the_whole
from tjqa.answers.sentence_selection import Sentence
from tjqa.answers.told_times import times_of_others
from tjqa.answers.unmet import unmet
from tjqa.files import IrregularFile, open_regular
from tjqa.ingest.cleaning.titles import bare, name_title
from tjqa.ingest.containers import on_disk
from tjqa.reports import SkippedFile
from tjqa.results import NEAREST, Answer, LackingKind
from tjqa.retrieval.hit import Hit
from tjqa.retrieval.matching import Matcher
from tjqa.text.identifiers import unnamed
from tjqa.text.normalize import fold, squeeze
from tjqa.text.numbers import figures
from tjqa.text.persons import asked_person
from tjqa.text.segmenter import Segmenter

_TIME = re.compile("[年月日号时周天旬]|季度|上午|下午|随时|长期|届满")
"""What tells a time in words: 年底前, 即日起, 届满之日."""


def missing(matcher: Matcher, hits: Sequence[Hit]) -> list[str]:
    """The telling words, times and places of the question that none of the nearest passages holds, nor the name of its
    file, as they stand in it."""
    nearest = hits[:NEAREST]
    lacking = matcher.named(~held_terms(matcher, nearest) & ~matcher.figure_terms)
    telling = [word for word in lacking if _tells(word, matcher.segmenter)]
    person = asked_person(matcher.question.folded)
    # jieba makes words up of a name and what follows it: 赵六是.
    telling = [person if person and person in word else word for word in telling]
    told = "\n".join(text.closed[0] for text in texts_of(nearest))
    times = missed_times(matcher.question.folded, told)
    cited = unnamed(matcher.question.folded, f"{told}\n" + "\n".join(hit.text.folded for hit in nearest))
    words = list(dict.fromkeys([*times, *cited, *_unspoken(matcher, nearest), *telling]))
    files = "\n".join(fold(hit.passage.path) for hit in nearest)  # what a file is called, and the folder it lies in
    return [
        _as_typed(matcher.question.text, word)
        for word in words
        if word not in files and not any(word != longer and word in longer for longer in words)
        if not any(_in_a_row(word, hit) for hit in nearest)
    ]


def _in_a_row(word: str, hit: Hit) -> bool:
    """Whether the cells of a row hold a name together, its end perhaps as a head does: 石桥 | 青溪 under 机场."""
    table = hit.passage.table
    if table is None:
        return False
    row = squeeze(hit.text.folded)
    around = squeeze(fold(" ".join(head for column in table.columns for head in column.heads) + hit.passage.path))
    ends = range(len(word), 2, -1)
    return any(word[:end] in row and (end == len(word) or word[end:] in around) for end in ends)


def _as_typed(text: str, word: str) -> str:
    """A folded word as the question writes it: PPP, 體育."""
    at = fold(text).find(word)
    return text[at : at + len(word)] if at >= 0 else word


def unsaid(matcher: Matcher, hits: Sequence[Hit], sentences: Sequence[Sentence]) -> list[str]:
    """The years, months and places of the question that neither the passages of the answer nor their titles and dates
    hold, and the words of it that another stands in the place of or that they say nothing of."""
    found = _unspoken(matcher, [hits[sentence.hit] for sentence in sentences])
    named = matcher.question.of_document  # its opening says so, and the quote is taken on trust
    found += [named] if named and not any(named in hits[one.hit].text.folded for one in sentences) else []
    if matcher.question.compares:
        return found
    found += [name for one in sentences for name in of_the_whole(matcher, hits[one.hit], one)]
    for hit in {sentence.hit: hits[sentence.hit] for sentence in sentences}.values():
        told = "\n".join(one.quoted.of(hit.text.folded) for one in sentences if hits[one.hit] is hit)
        found += times_of_others(matcher.question.folded, hit, told)
        found += contrasted(matcher, hit, told)
        found += unmet(matcher, hit, told)
        found += _unheld_figures(matcher, hit)
        if matcher.question.answer_type.is_figure:
            found += untold_times(matcher.question.folded, told, f"{hit.context.folded}\n{hit.text.folded}")
    return list(dict.fromkeys(_as_typed(matcher.question.text, word) for word in found))


def _unheld_figures(matcher: Matcher, hit: Hit) -> Iterator[str]:
    """The figures of the question that a passage and what stands around it lack, as the question writes them: who asks
    谁被罚了7万 knows of one. Single digits are written in many ways (三天, 3日)."""
    lacking = matcher.figure_terms & ~matcher.years & ~hit.held
    terms = {term for term, lacks in zip(matcher.question.terms, lacking, strict=True) if lacks}
    for figure in figures(matcher.question.folded):
        text = matcher.question.folded[figure.start : figure.end]
        if len(text) > 1 and terms & set(figure.forms):
            yield text


def _unspoken(matcher: Matcher, hits: Sequence[Hit]) -> list[str]:
    texts = texts_of(hits)
    years = [f"{year}年" for year in missed_years(matcher, hits)]
    months = [f"{month}月" for month in missed_months(matcher.question, texts)]
    return [*years, *months, *missed_names(matcher, texts)]


def _tells(word: str, segmenter: Segmenter) -> bool:
    return len(word) > 1 and segmenter.rarity(word) >= parameters.TELLING_WORD


def noted(
    answer: Answer,
    asked: str,
    matcher: Matcher,
    hits: Sequence[Hit],
    sentences: Sequence[Sentence],
    folder: Path,
    unread: Sequence[SkippedFile] = (),
) -> Answer:
    """The answer with what is to be said beside it: that slips in the question `asked` were corrected; of a refusal,
    which words of it the nearest `hits` lack, else that they lack a figure or a date to answer with; of an answer,
    which years and places its `sentences` do not speak of; which cited files of `folder` no longer hold the quote;
    which of the `unread` files the question may mean."""
    question = matcher.question
    refused = not answer.best and bool(hits) and not question.is_latin
    lacking = missing(matcher, hits) if refused else []
    spoken = bool(answer.best and sentences) and not question.is_latin
    return replace(
        with_changed_files(answer, folder),
        corrected=question.text if question.text != asked else "",
        missing=tuple(lacking),
        lacks_kind=_lacking_kind(matcher, hits)
        if refused and not lacking
        else _unmet(matcher, hits, sentences, spoken),
        unsaid=tuple(unsaid(matcher, hits, sentences)) if spoken else answer.unsaid,
        unread=tuple(file for file in unread if _meant(bare(asked), file.path))[: parameters.MOST_UNREAD_NAMED],
    )


def with_changed_files(answer: Answer, folder: Path) -> Answer:
    """The answer with what became of the files of `folder` that it cites."""
    names = sorted({c.path for c in (*answer.best, *answer.citations) if not c.unchanged})
    gone = [name for name in names if _is_gone(folder / name)]
    kept_back = [name for name in names if name not in gone and _is_refused(folder / name)]
    return replace(
        answer,
        changed_files=tuple(name for name in names if name not in gone and name not in kept_back),
        gone_files=tuple(gone),
        unreadable_files=tuple(kept_back),
        edited_files=tuple(sorted({c.path for c in answer.citations if c.edited})),
    )


def _meant(asked: str, path: str) -> bool:
    """Whether a question names a file: a run of characters that both share is long, or all of the file's name."""
    name = _bare_name(path)
    least = min(parameters.SHARED_NAME, max(parameters.SHORTEST_SHARED_NAME, len(name)))
    return any(name[at : at + least] in asked for at in range(len(name) - least + 1))


@lru_cache(maxsize=4096)
def _bare_name(path: str) -> str:
    return bare(name_title(path))


def _is_gone(path: Path) -> bool:
    """Whether no file is there; one that cannot be looked at (no permission, a mount that was lost) may well be."""
    try:
        return not on_disk(path)[0].exists()
    except OSError:
        return False


def _is_refused(path: Path) -> bool:
    """Whether the system does not let a file be read, for want of rights or a fault of the disk."""
    try:
        with open_regular(on_disk(path)[0]) as file:
            file.read(1)
    except IrregularFile:
        return False
    except OSError:
        return True
    return False


def _unmet(matcher: Matcher, hits: Sequence[Hit], sentences: Sequence[Sentence], spoken: bool) -> LackingKind:
    """Which kind of figure is asked for that the words of an answer do not hold (〔2024〕35号 is no sum of money), or
    "fact" where they hold it and do not tell it as one."""
    wanted = matcher.question.answer_type
    if not spoken or not wanted.is_figure or wanted.asks_code:
        return ""
    if wanted.kind == "when" and any(_TIME.search(one.quoted.of(hits[one.hit].text.folded)) for one in sentences):
        return ""
    for one in sentences:
        text, span = hits[one.hit].text, one.quoted
        inside = [figure for of in text.figures for figure in of if span.start <= figure.start < span.end]
        if wanted.wanted_of(text, inside):
            return "fact" if all(is_untold(matcher, hits[one.hit], one) for one in sentences) else ""
    return "date" if wanted.kind == "when" else "number"


def _lacking_kind(matcher: Matcher, hits: Sequence[Hit]) -> LackingKind:
    wanted = matcher.question.answer_type
    if not wanted.is_figure or any(wanted.is_met_anywhere(hit.text) for hit in hits[:NEAREST]):
        return ""
    return "date" if wanted.kind == "when" else "number"
