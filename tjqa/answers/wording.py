"""What is said beside an answer, as messages; each front end tells them in its own language."""

from __future__ import annotations

from collections.abc import Iterable

from tjqa.messages import Language, Message, cause, in_one, joined, message
from tjqa.results import Answer, BlankCell
from tjqa.text.normalize import fold
from tjqa.text.periods import whole_period

STAGES = {
    "analysis": message("stage_analysis"),
    "candidates": message("stage_candidates"),
    "late_interaction": message("stage_late_interaction"),
    "features": message("stage_features"),
    "reading": message("stage_reading"),
    "selection": message("stage_selection"),
    "strength": message("stage_strength"),
    "citing": message("stage_citing"),
}
"""What the stages of a question are called, by their names in `tjqa.retrieval.stages`."""

_MOST = 5  # words that are named
_MOST_PERIODS = 8


def headline(answer: Answer) -> Message | None:
    """What must be known before the answer is read: that a copy disputes it, or that it was kept back."""
    if answer.disputed_by:
        return message("disputed", names=answer.disputed_by)
    if answer.withheld_files:
        return message("withheld_beside" if answer.best else "withheld", names=answer.withheld_files)
    return None


def remarks(answer: Answer) -> list[Message]:
    """How the question was read, and what of it the passages lack."""
    said = []
    if answer.corrected:
        said.append(message("corrected", question=answer.corrected))
    if answer.lacking_periods:
        said.append(_lacking(answer.lacking_periods, answer.existing_periods))
    if answer.blank_cell is not None:
        said.append(_blank(answer.blank_cell))
    if any(cell.is_rival for cell in answer.cells):
        said.append(message("rival_tables"))
    if answer.lacking_place and answer.existing_places:
        others = answer.existing_places[:_MOST]
        said.append(message("lacking_place", existing=others, lacking=message("quoted", word=answer.lacking_place)))
    if missing := _not_told_yet(answer):
        said.append(message("missing_words", words=_quoted(missing)))
    if answer.lacks_kind == "date":
        said.append(message("unsaid_date") if answer.best else message("missing_date"))
    elif answer.lacks_kind == "fact":
        said.append(message("unsaid_fact"))
    elif answer.lacks_kind:
        said.append(message("unsaid_number") if answer.best else message("missing_number"))
    if answer.unsaid:
        said.append(message("unsaid_words", words=_quoted(answer.unsaid)))
    return said


def _not_told_yet(answer: Answer) -> list[str]:
    """The words that the nearest passages lack, without the periods and the place of which there are others; none
    beside a cell that holds nothing, which was the one asked for."""
    if answer.blank_cell is not None:
        return []
    told = (*answer.lacking_periods, *([answer.lacking_place] if answer.existing_places else []))
    periods_told = {whole_period(fold(period)) for period in answer.lacking_periods} - {None}
    return [
        word
        for word in answer.missing
        if not any(word in one or one in word for one in told) and whole_period(fold(word)) not in periods_told
    ]


def _blank(cell: BlankCell) -> Message:
    """Which cell holds nothing: its table and file, its row, its column."""
    named = message("named_table", table=cell.table, name=cell.path)
    table = named if cell.table else message("table_of", name=cell.path)
    cells = _quoted((*cell.row_heads[-1:], *cell.column_heads[-2:]))
    if cell.mark:
        return message("marked_cell", table=table, cells=cells, mark=cell.mark.strip())
    return message("blank_cell", table=table, cells=cells)


def _lacking(lacking: tuple[str, ...], existing: tuple[str, ...]) -> Message:
    """Which periods there are; of many how many, and from when to when."""
    if len(existing) <= _MOST_PERIODS:
        return message("lacking_periods", lacking=lacking, existing=existing)
    return message(
        "lacking_periods_of_many", lacking=lacking, first=existing[0], last=existing[-1], count=len(existing)
    )


def warnings(answer: Answer) -> list[Message]:
    """Which files are no longer what they were, which that may answer were not read, and why the index should be made
    again."""
    said = []
    if answer.changed_files:
        said.append(message("files_changed", names=answer.changed_files))
    if answer.gone_files:
        said.append(message("files_gone", names=answer.gone_files))
    if said:
        said.append(message("quotes_as_indexed"))
    if answer.unreadable_files:
        said.append(message("files_unreadable", names=answer.unreadable_files))
    if answer.edited_files:
        said.append(message("files_edited", names=answer.edited_files))
    if answer.unread:
        said.append(message("files_unread", causes=in_one(cause(file.reason) for file in answer.unread)))
    hurdle = [answer.hurdle] if answer.hurdle is not None else []
    return [*said, *hurdle, *answer.due]


def beside(answer: Answer, language: Language = "zh") -> list[str]:
    """What is said beside an answer in a language: of the question, then of files and index; each if there is any."""
    return [joined(said, language) for said in (remarks(answer), warnings(answer)) if said]


def _quoted(words: Iterable[str]) -> tuple[Message, ...]:
    return tuple(message("quoted", word=word) for word in words)[:_MOST]
