"""What a collected figure is in words and as a row of data: the same for the terminal and every file."""

from __future__ import annotations

from typing import Any

from tjqa.answers.figures.figure import Against, Figure, FiguresAsked, FigureTable, Kind, Standing
from tjqa.citations.short_names import ShortNames, short_names
from tjqa.messages import Language, Message, message
from tjqa.text.display import one_line
from tjqa.text.periods import Period, wordings

_KINDS = {
    Kind.LEVEL: message("figure_level"),
    Kind.CHANGE: message("figure_change"),
    Kind.SHARE: message("figure_share"),
}
_AGAINST = {
    Against.YEAR: message("figure_year"),
    Against.PERIOD: message("figure_period"),
    Against.AVERAGE: message("figure_average"),
}
_STANDINGS = {
    Standing.DONE: message("figure_done"),
    Standing.FORECAST: message("figure_forecast"),
    Standing.PLAN: message("figure_plan"),
}
_CUMULATIVE = message("figure_cumulative")
COLUMNS = {
    "number": "序号",
    "name": "指标",
    "place": "地区",
    "period": "时间",
    "cumulative": "累计",
    "kind": "类别",
    "against": "对比",
    "standing": "性质",
    "value": "数",
    "unit": "单位",
    "rough": "约数",
    "text": "原文的数",
    "differs": "≠",
    "check": "核对",
    "file": "文件",
    "page": "位置",
    "line": "行",
    "start": "起",
    "end": "止",
    "byte_start": "字节起",
    "byte_end": "字节止",
    "quote": "引文",
    "title": "题名",
    "published": "日期",
}
"""The fields of a row, docs/output.md, and what they are called in a file for people."""


def kind_of(figure: Figure, language: Language = "zh") -> str:
    """同比增减, 目标, 累计完成: what kind of figure it is, in a word or two."""
    parts = [_CUMULATIVE] * figure.cumulative
    parts += [_STANDINGS[figure.standing]] if figure.standing else []
    parts += [_AGAINST[figure.against]] if figure.against else []
    parts += [_KINDS[figure.kind]] if figure.against or figure.kind is not Kind.LEVEL or not parts else []
    return ("" if language == "zh" else " ").join(part.text(language) for part in parts)


def period_of(figure: Figure, language: Language = "zh") -> str:
    """The period as people write it; in English as ISO does."""
    if language == "en":
        return figure.period
    return wordings(Period.read(figure.period))[0] if figure.period else ""


def value_of(figure: Figure, language: Language = "zh") -> str:
    """The number as written with its unit; a fall told by a word (下降3.3%) with its sign."""
    sign = "-" if figure.value < 0 and not figure.text.lstrip().startswith(("-", "−", "－")) else ""
    unit = figure.unit if figure.unit and not figure.text.endswith(figure.unit) and "=" not in figure.unit else ""
    value = f"{sign}{figure.text}{' ' * bool(unit and unit != '%')}{unit}"
    return message("figure_rough", value=value).text(language) if figure.rough else value


def doubts_of(figure: Figure, language: Language = "zh") -> str:
    """What contradicts it, or bears it out."""
    told = [_differing(figure, language)] if figure.differs else []
    return (";" if language == "zh" else "; ").join([*told, *filter(None, [check_of(figure, language)])])


def _differing(figure: Figure, language: Language) -> str:
    return f"≠ {('、' if language == 'zh' else ', ').join(map(str, figure.differs))}"


def check_of(figure: Figure, language: Language = "zh") -> str:
    """Whether a printed change agrees with the levels; "" where it was not checked."""
    check = figure.check
    if check is None:
        return ""
    key = "figure_agrees" if check.agrees else "figure_disagrees"
    return message(key, before=check.before, value=check.computed).text(language)


def names_in(table: FigureTable) -> ShortNames:
    """What the documents of a table are called."""
    return short_names(figure.citation for figure in table.figures)


def source_of(figure: Figure, names: ShortNames, language: Language = "zh") -> str:
    """The document by one of `names`, and sheet and cell or page or line."""
    citation = figure.citation
    place = citation.place or message("figure_line", line=citation.line).text(language)
    return f"{names.of(citation)} {one_line(place)}"


def place_of(figure: Figure, table: FigureTable) -> str:
    """The place of a figure; — where it is not told and that of another figure of its name is."""
    return one_line(figure.place) or "—" * (figure.name in table.sure_of_places)


def narrowed(of: FigureTable | FiguresAsked, language: Language = "zh") -> str:
    """The places and times that alone were asked for: 地区:云溪县 自:2019年; "" where all were."""
    told = [message("figures_of_places", places=one_line("、".join(of.places)))] if of.places else []
    told += [message("figures_since", period=one_line(of.since))] if of.since else []
    told += [message("figures_until", period=one_line(of.until))] if of.until else []
    return " ".join(one.text(language) for one in told)


def remarks(table: FigureTable, language: Language = "zh") -> list[Message]:
    """What is to be said beside a table."""
    told = []
    if not table.figures and (by := narrowed(table, language)):
        told.append(message("figures_none_of_these", measure=table.measure, filters=by))
    elif not table.figures:
        told.append(message("figures_none", measure=table.measure))
    if table.passages < table.of:
        told.append(message("figures_partly", looked=table.passages, of=table.of))
    if table.gone:
        told.append(message("figures_gone", count=table.gone))
    if any(not figure.period for figure in table.figures):
        told.append(message("figures_undated"))
    return told


def row_of(figure: Figure) -> dict[str, Any]:
    """A figure for JSON and tables of data; what is not told is null."""
    citation = figure.citation
    mark = citation.marks[0] if citation.marks else citation.span
    place = figure.byte_range
    check = figure.check
    return {
        "number": citation.number,
        "name": figure.name,
        "place": figure.place or None,
        "period": figure.period or None,
        "cumulative": figure.cumulative,
        "kind": figure.kind.value,
        "against": figure.against.value or None,
        "standing": figure.standing.value or None,
        "value": format(figure.value, "f"),
        "unit": figure.unit or None,
        "rough": figure.rough,
        "text": figure.text,
        "differs": list(figure.differs),
        "check": {"agrees": check.agrees, "computed": check.computed, "before": check.before} if check else None,
        "file": citation.path,
        "page": citation.place or None,
        "line": citation.line,
        "start": mark.start,
        "end": mark.end,
        "byte_start": place.start if place is not None else None,
        "byte_end": place.end if place is not None else None,
        "quote": citation.quote,
        "title": citation.title,
        "published": citation.published,
    }
