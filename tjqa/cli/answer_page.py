"""An answer on a terminal: rows broken the Chinese way, what answers in bold, places dim; in a file or pipe the same
words without either."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence

from tjqa.answers.wording import beside, headline
from tjqa.cli.help_format import columns
from tjqa.cli.output import flattened, where
from tjqa.results import NEAREST, Answer, Citation
from tjqa.text.display import one_line

_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"

Mark = tuple[int, int, str]
"""Start, end and style of a part of a line."""


class Page:
    """Prints lines.

    Args:
        width: cells of a row; None prints each line as it is, without styles.
    """

    def __init__(self, width: int | None) -> None:
        self._width = width

    def say(self, text: str, indent: int = 0, marks: Sequence[Mark] = (), dim: bool = False) -> None:
        """A line, its rows all indented; it must be safe for a terminal."""
        if self._width is None:
            print(" " * indent + text)
            return
        from tjqa.ui.text.wrap import wrap

        marks = [(0, len(text), _DIM)] if dim else marks
        for start, end in wrap(text, self._width - indent):
            print(" " * indent + _styled(text, start, end, marks))

    def gap(self) -> None:
        """An empty line."""
        print()


def page() -> Page:
    """For standard output as it is."""
    return Page(columns() if sys.stdout.isatty() else None)


def _styled(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    """A row of a text with its marked parts in their styles."""
    inside = [(max(s, start), min(e, end), style) for s, e, style in marks if s < end and e > start]
    shown, at = "", start
    for first, last, style in sorted(inside):
        shown += text[at:first] + style + text[first:last] + _PLAIN
        at = last
    return shown + text[at:end]


def print_answer(answer: Answer, why: bool, out: Page) -> None:
    """The answer, what is said beside it, the passages; with `why` what each was found by."""
    for line in _first(answer):
        out.say(line)
    for at, best in enumerate(answer.best):
        if answer.cells:
            place = f"({one_line(best.place)})" if best.place else ""
            told = flattened(answer.cells[at].statement)
            value = told.rfind(flattened(best.quote))
            marks = [(value, value + len(flattened(best.quote)), _BOLD)] if value >= 0 else []
            out.say(f"{told}{place}  [{best.number}]", marks=marks)
        else:
            out.say(f"{best.with_cuts(flattened(best.quote))}  [{best.number}]", marks=_answering(best))
    for said in _beside(answer):
        out.say(said)
    for c in answer.citations if answer.best else answer.citations[:NEAREST]:
        out.gap()
        _print_passage(c, why, out)


def _first(answer: Answer) -> Iterator[str]:
    """What stands above the answering sentences."""
    first = headline(answer)
    if first is not None:
        yield one_line(first.text())
    elif answer.strength == "possible":
        yield "可能的答案，把握不大，请看原文判断："
    yield from (one.statement.text() for one in answer.computed)


def _beside(answer: Answer) -> Iterable[str]:
    """Under the answer and with it, wherever that is written to: that there is none, and what is to be noted."""
    if not answer.best:
        if answer.filters and not answer.citations:
            yield f"没有资料符合筛选 {one_line(' '.join(answer.filters))}，请放宽后再问。"
        else:
            nothing = "" if headline(answer) is not None else "资料里没有找到可靠的答案。"
            yield nothing + ("下面是最接近的几段，不是答案：" if answer.citations else "请换个说法再问。")
    yield from map(one_line, beside(answer))


def _answering(best: Citation) -> list[Mark]:
    """Where in the sentence as it is printed the words stand that answer."""
    text, marks = best.with_cuts(flattened(best.quote)), []
    for mark in best.marks:
        words = flattened(best.quote[mark.start - best.span.start : mark.end - best.span.start])
        before = flattened(best.quote[: mark.start - best.span.start])
        at = text.find(words, max(len(before) - 1, 0)) if words else -1
        if at >= 0:
            marks.append((at, at + len(words), _BOLD))
    return marks


def _print_passage(c: Citation, why: bool, out: Page) -> None:
    date = c.published or "日期不详"
    out.say(f"[{c.number}] {one_line(c.path)}:{c.span.start}-{c.span.end}  {_place(c)}  {date}", dim=True)
    for line in (flattened(c.title), c.with_cuts(flattened(c.quote))):
        out.say(line, 4)
    for o in c.also:
        differ = "（数字有出入）" if o.figures_differ else "（字句有出入）" if o.words_differ else ""
        out.say(f"另见 {one_line(o.path)}:{o.span.start}-{o.span.end}{differ}", 4, dim=True)
    if why:
        shares = "  ".join(f"{told.label.text()} {told.value:+.2f}" for told in c.explanation())
        out.say(f"匹配：{one_line('、'.join(c.matched)) or '无相同的词'}", 4)
        out.say(f"得分：{shares}", 4)


def _place(c: Citation) -> str:
    if c.unread:
        return "原文现在读不到，这是建立索引时的文字"
    return one_line(c.place) if c.place and c.unchanged else where(c.position)
