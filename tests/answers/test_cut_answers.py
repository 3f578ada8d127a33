"""An answer that is a part of a sentence shows it, wherever it is shown; the quote stays an exact slice."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests.support.helpers import FakeEncoder
from tjqa.citations.export import FORMATS, export
from tjqa.citations.export_reading import read_export
from tjqa.citations.verification import check_export
from tjqa.cli.ask import ask
from tjqa.config import Settings
from tjqa.documents import Span
from tjqa.engine import Engine, build
from tjqa.results import Answer
from tjqa.text.sentences import cut_ends

TODAY = date(2026, 11, 24)
CLAUSES = [f"第{n}段堤防由{name}负责养护并按月巡查记录" for n, name in enumerate("甲乙丙丁戊己庚辛壬癸", 1)]
LONG = "全镇堤防分段管理," + ",".join(CLAUSES[:5]) + ",堤顶高程是三十六点五米," + ",".join(CLAUSES[5:]) + "。"


@pytest.fixture
def cut(library: Settings, encoder: FakeEncoder) -> Answer:
    """An answer out of the middle of a sentence of three hundred characters."""
    (library.sources / "堤防.txt").write_text(f"堤防管理办法\n\n{LONG}\n", encoding="utf-8")
    build(library)
    answer = Engine.open(library).ask("堤顶高程是多少")
    assert answer.best and "三十六点五米" in answer.best[0].quote and len(answer.best[0].quote) <= 160
    return answer


@pytest.mark.parametrize(
    ("text", "part", "expected"),
    [
        ("甲,乙,丙。", "甲,乙,丙。", (False, False)),
        ("甲,乙,丙。", "甲,", (False, True)),
        ("甲,乙,丙。", "乙,", (True, True)),
        ("甲,乙,丙。", "丙。", (True, False)),
        ("前句。甲,乙。后句。", "甲,乙。", (False, False)),
        ("前句!”甲,乙?” 后句。", "甲,乙?”", (False, False)),
        ("标题\n甲乙\n丙", "甲乙", (False, False)),
        ("标题\n 甲乙 \n丙", " 甲乙 \n", (False, False)),
        ("甲;乙;丙", "乙;", (False, False)),
        ("甲3.5乙", "3.5", (True, True)),
    ],
)
def test_where_a_sentence_goes_on(text: str, part: str, expected: tuple[bool, bool]) -> None:
    """Stops with what closes them, and line ends, end a sentence."""
    start = text.index(part)
    assert cut_ends(text, Span(start, start + len(part))) == expected


def test_the_cut_is_told_beside_the_quote(cut: Answer, library: Settings) -> None:
    """The quote is a slice of the file without …, which stands around it where it is shown."""
    best = cut.best[0]
    text = (library.sources / "堤防.txt").read_text(encoding="utf-8")
    assert best.quote == best.span.of(text) and best.quote in LONG
    assert best.cut == (not LONG.startswith(best.quote), True)
    assert best.with_cuts(best.quote) == "…" * best.cut[0] + best.quote + "…"


@pytest.mark.parametrize("as_json", [False, True])
def test_the_command_shows_it(
    cut: Answer, library: Settings, capsys: pytest.CaptureFixture[str], as_json: bool
) -> None:
    """… in text, a flag in JSON; a whole sentence has neither."""
    for question, expected in (("堤顶高程是多少", True), ("石桥水库的总库容是多少", False)):
        ask(library, question, 3, as_json=as_json, why=False)
        out = capsys.readouterr().out
        shown = json.loads(out)["cut"] if as_json else "…" in out.split("\n")[0]
        assert shown is expected


@pytest.mark.parametrize("kind", FORMATS)
def test_exports_tell_it_and_are_held_to_it(cut: Answer, library: Settings, kind: str) -> None:
    """It is written, verified, and missed when it is taken away."""
    text = export([cut], kind, TODAY)
    assert check_export(read_export(text), library.sources).faults == ()
    sign = {"md": "…", "json": '"cut": true', "csv": ",True,2026"}[kind]
    none = {"md": "", "json": '"cut": false', "csv": ",False,2026"}[kind]
    assert sign in text
    faults = check_export(read_export(text.replace(sign, none, 1)), library.sources).faults
    assert len(faults) > 1  # the digest, and the sentence
