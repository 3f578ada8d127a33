"""Forged exports against `tjqa verify`: none may pass, and no genuine one may be refused.

    python -m tests.attacks.forgeries [--cases 2000] [--seed 0]

Every format is forged in three ways: as it is (its digest tells), sealed again by a forger who knows how the digest is
computed, and as tjqa 0.1.0 wrote it, without a digest. Where no digest tells, only what the documents can tell is
forged: not the question, the filters, the score, the version, nor a citation left out at the end.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.support.formats import as_xlsx
from tests.support.helpers import DOCUMENTS, SEEDS
from tjqa.citations import export_format as form
from tjqa.citations.documents_now import DocumentsNow, ReadDocument
from tjqa.citations.export import FORMATS, export
from tjqa.citations.export_reading import read_export
from tjqa.citations.verification import verify
from tjqa.config import Settings
from tjqa.documents import Span
from tjqa.engine import Engine, build
from tjqa.errors import UsageError
from tjqa.results import Answer

TODAY = date(2026, 11, 24)
GUARDS = ("sealed", "resealed", "old")
PAGE = """滨河日报

滨河新区建成三座公园
2023-08-22 来源:滨河日报 记者 张三 李四

滨河新区今年建成三座公园,总面积12.5公顷,其中沿河公园6.2公顷。公园里种了三千棵树,修了八公里步道。

市民王女士说,晚饭以后来散步的人比去年多了一倍。
"""
# Numbers, and what else is one word of digits, as they stand in a document and a cut of each: another number.
NUMBERS = """青禾市耕地情况

青禾市耕地面积为1,234公顷,林地面积为2，345公顷,库容1.234亿立方米。青禾市有水库3个,5个在建,另有塘坝13,450余口。
全市人口12,
345人。编号A-2023-15,价格为3~5元,气温-12度,比例1:5000,日期2023/05/06,开馆8:30。
广场面积100m²,毛利(8)万元,环比▼10%,菜地1'234平方米,北纬12°30′,车速100km/h,票价~~199~~99元,限5人,增2个百分点。
"""
CELLS = '地区,收入(元),支出(元),户数\n白鹭镇,"1,234",567,1\n乙沟镇,"3,456",678,234\n'
HALVES = (
    *(("耕地.txt", "为1,|234公顷|,"), ("耕地.txt", "|耕地面积为1|,234"), ("耕地.txt", "|耕地面积为1,|234")),
    *(("耕地.txt", "为2，|345公顷|,"), ("耕地.txt", "|林地面积为2|，3"), ("耕地.txt", "|塘坝13|,450")),
    *(
        ("耕地.txt", "12,\n|345人|。"),
        ("耕地.txt", "|人口12|,\n3"),
        ("耕地.txt", "|人口12,|\n345"),
        ("耕地.txt", "|库容1|.234"),
    ),
    *(
        ("耕地.txt", "|编号A-2023|-15"),
        ("耕地.txt", "A-|2023-15|"),
        ("耕地.txt", "3~|5元|"),
        ("耕地.txt", "|价格为3|~"),
    ),
    *(("耕地.txt", "-|12度|"), ("耕地.txt", "1:|5000|"), ("耕地.txt", "|日期2023|/05"), ("耕地.txt", "|开馆8|:30")),
    *(("耕地.txt", "|广场面积100m|²"), ("耕地.txt", "(|8|)万元"), ("耕地.txt", "▼|10%|"), ("耕地.txt", "|菜地1|'234")),
    *(
        ("耕地.txt", "|北纬12|°30"),
        ("耕地.txt", "|车速100km|/h"),
        ("耕地.txt", "~~|199|~~"),
        ("耕地.txt", "~~|199~~|99元"),
    ),
    *(("耕地.txt", "|限5|人"), ("耕地.txt", "|增2|个百分点"), ("耕地.txt", "|增2个|百分点")),
    *(("镇.csv", '"|1|,234"'), ("镇.csv", '1,|234|",567'), ("镇.csv", '|乙沟镇,"3|,456')),
)
"""Files, and in them what is quoted, between bars."""
WHOLES = (
    *(
        ("耕地.txt", "|广场面积100m²|,"),
        ("耕地.txt", "|毛利(8)万元|,"),
        ("耕地.txt", "~~|99元|"),
        ("耕地.txt", "|限5人,|增"),
    ),
    *(("耕地.txt", "|票价~~199~~99元|"), ("耕地.txt", "5|人,增|2个")),
    *(("耕地.txt", "|青禾市有水库3个,|5个"), ("耕地.txt", "3个,|5个在建,|另有"), ("耕地.txt", "|编号A-2023-15|,")),
    *(("镇.csv", '"|1,234|",567'), ("镇.csv", "567,|1|"), ("镇.csv", '",678,|234|'), ("镇.csv", '",|678|,234')),
)
"""The same of what is whole: a comma between two numbers, cells that commas part."""
QUESTIONS = (
    "石桥水库总库容多少",
    "锅温多少度",
    "新增就业多少人",
    "滨河新区建成几座公园",
    "2022年收入多少",
    "火星上有人吗",
)
# Characters that look like others, or like nothing.
LOOKALIKES = {"0": "O", "1": "l", "o": "о", "a": "а", "e": "е", "。": ".", ",": ",", ":": "：", "-": "‐", ".": "．"}
UNSEEN = ("\u200b", "\u202e", "\u00ad", "\ufeff", "\u00a0", "\u3000", " ", "\t")
JUNK = (
    "\t",
    "   ",
    "    ",
    ">",
    "> 引文",
    "    >",
    "    > 引文",
    "新的一行",
    "## ",
    "[1] 题名",
    "## 问题",
    "​",
    "---",
    "{}",
    ",,,",
)


@dataclass(frozen=True)
class Forged:
    """An export that is not as it was written, and what was done to it."""

    what: str
    text: str


def answers_of(place: Settings, questions: Sequence[str] = QUESTIONS) -> list[Answer]:
    """Genuine answers of a library."""
    engine = Engine.open(place)
    return [engine.ask(question) for question in questions]


def write_documents(folder: Path) -> None:
    """A small library with bytes, rows, dates, publishers and reporters to be cited."""
    sheet = as_xlsx({"收入": [["年份", "收入"], [2021, 3.5], [2022, 4.1]]})
    numbers = {"耕地.txt": NUMBERS.encode(), "镇.csv": CELLS.encode()}
    for name, raw in {**DOCUMENTS, **numbers, "公园.txt": PAGE.encode(), "收入.xlsx": sheet}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)


def quoting(answer: Answer, documents: DocumentsNow, path: str, told: str) -> Answer:
    """An answer with another quote for its answering sentence, all that is said of it worked out anew; `told` has bars
    around what is quoted."""
    held = documents.read(path)
    assert isinstance(held, ReadDocument)
    before, words, _ = told.split("|")
    start = held.source.text.index(told.replace("|", "")) + len(before)
    span = Span(start, start + len(words))
    best = next(iter(documents.citations(held, 1, span)))
    whole = next(iter(documents.citations(held, 1, Span(0, len(held.source.text)))))
    return replace(answer, best=(best,), citations=(whole,))


def cut_numbers(answer: Answer, documents: DocumentsNow) -> Outcome:
    """Every number of `HALVES` cut, in every format: refused; and the wholes beside them: not refused."""
    outcome = Outcome(Counter(), [])
    for what, told, is_genuine in (*((*one, False) for one in HALVES), *((*one, True) for one in WHOLES)):
        changed = quoting(answer, documents, what, told)
        for kind in FORMATS:
            outcome.tries[f"{kind} {'whole' if is_genuine else 'half'} number"] += 1
            if passes(export([changed], kind, TODAY), documents) is not is_genuine:
                outcome.bad.append(f"{'refused' if is_genuine else 'accepted'}: {kind}: {told!r}")
    return outcome


def without_heads(answer: Answer) -> Answer:
    """An answer as tjqa 0.1.0 exported it, which did not say under which heads a cell stands."""
    return replace(answer, best=tuple(replace(citation, heads=()) for citation in answer.best))


def as_old(text: str, kind: str) -> str:
    """An export as tjqa 0.1.0 wrote it."""
    if kind == "md":
        return "\n".join(text.split("\n")[2:-3]) + "\n"
    if kind == "json":
        records = json.loads(text)
        for answer in records["answers"]:
            for citation in (*answer["best"], *answer["citations"]):
                del citation["cut"]
        return json.dumps({k: v for k, v in records.items() if k not in form.SEAL_KEYS}, ensure_ascii=False, indent=2)
    rows = [row[: len(form.OLD_COLUMNS)] for row in rows_of(text) if row[1] != "none"]
    return written(rows)


def rows_of(text: str) -> list[list[str]]:
    """The rows of a CSV."""
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def written(rows: Sequence[Sequence[str]]) -> str:
    """Rows as CSV."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerows(rows)
    return "\ufeff" + buffer.getvalue()


def resealed(text: str, kind: str) -> str:
    """A forged export with the digest that fits it; as it is when it bears none any more."""
    if kind == "json":
        try:
            records = json.loads(text)
        except ValueError:
            return text
        if not isinstance(records, dict) or "digest" not in records:
            return text
        records["digest"] = form.digest({key: value for key, value in records.items() if key != "digest"})
        return json.dumps(records, ensure_ascii=False, indent=2)
    settled = form.settled(text.removeprefix("\ufeff"))
    if kind == "md":
        body, seal = settled.rsplit("\n\n", 1)
        whole = form.digest(body.split("\n"))
        return re.sub("[0-9a-f]{64}$", whole, settled) if seal.startswith("校验") else text
    try:
        rows = rows_of(settled)
    except csv.Error:
        return text
    whole = form.digest([[form.settled_value(value) for value in row[:-1]] for row in rows])
    return written([rows[0], *([*row[:-1], whole] for row in rows[1:])])


def bent(text: str, draw: random.Random) -> str:
    """One value of text, changed by one character or so."""
    at = draw.randrange(len(text) + 1)
    change = draw.randrange(6)
    digits = [n for n, char in enumerate(text) if char.isdigit()]
    if change == 0 and digits:
        at = draw.choice(digits)
        return text[:at] + draw.choice([d for d in "0123456789５" if d != text[at]]) + text[at + 1 :]
    alike = [n for n, char in enumerate(text) if char in LOOKALIKES]
    if change == 1 and alike:
        at = draw.choice(alike)
        return text[:at] + LOOKALIKES[text[at]] + text[at + 1 :]
    if change == 2:
        return text[:at] + draw.choice(UNSEEN) + text[at:]
    if change == 3 and text:
        return text[:-1] if draw.random() < 0.3 else text[: at - 1 if at else 0] + text[at:]
    if change == 4 and text.upper() != text:
        return text.upper()
    return text[:at] + draw.choice(["不", "错", "1", "0", "x", "，", "\\", '"', "· "]) + text[at:]


def forge_lines(text: str, draw: random.Random, told: Callable[[str], bool]) -> Forged:
    """A line removed, doubled, moved, added or changed; kinds of lines are hit alike often, long quotes or not."""
    lines = text.split("\n")
    kinds: dict[str, list[int]] = {}
    for number, line in enumerate(lines[:-1]):
        if told(line):
            kinds.setdefault(kind_of(line), []).append(number)
    kind = draw.choice(sorted(kinds))
    at = draw.choice(kinds[kind])
    what = draw.choice(["removed", "doubled", "moved", "added", "bent", "bent", "bent", "joined"])
    if what == "removed":
        del lines[at]
    elif what == "doubled":
        lines.insert(at, lines[at])
    elif what == "moved":
        to = draw.randrange(len(lines))
        lines.insert(to, lines.pop(at))
    elif what == "added":
        lines.insert(at, draw.choice(JUNK))
    elif what == "joined":
        lines[at : at + 2] = ["".join(lines[at : at + 2])]
    else:
        lines[at] = bent(lines[at], draw)
    return Forged(f"{kind} {what}", "\n".join(lines))


def kind_of(line: str) -> str:
    """Which line of Markdown this is."""
    templates = {
        "head": form.spoken("zh").head,
        "seal": form.spoken("zh").seal,
        "question": form.QUESTION,
        "place": form.PLACE,
        "quote": form.QUOTE,
        "references": form.spoken("zh").references,
        "no answer": form.spoken("zh").nothing,
        "where": form.WHERE,
        "numbered": form.HEADING,
        "sentence": form.ANSWER,
    }
    return next((name for name, template in templates.items() if template.read(line)), "blank or other")


def forge_json(text: str, draw: random.Random, unguarded: bool) -> Forged:
    """A key, a value or a whole record changed."""
    records = json.loads(text)
    free = {"question", "filters", "score", "tjqa"} if unguarded else set()
    if draw.random() < 0.25:
        return Forged(*_forged_records(records, draw, unguarded))
    place: Any = records
    path = []
    while isinstance(place, dict | list) and place:
        keys = [key for key in place if key not in free] if isinstance(place, dict) else list(range(len(place)))
        key = draw.choice(keys)
        path.append(str(key) if isinstance(key, str) else "·")
        inner = place[key]
        if not isinstance(inner, dict | list) or not inner or draw.random() < 0.05:
            what = _forged_value(place, key, draw)
            return Forged(f"{'.'.join(path)} {what}", json.dumps(records, ensure_ascii=False, indent=2))
        place = inner
    raise AssertionError("an export without values")


def _forged_value(place: Any, key: Any, draw: random.Random) -> str:
    value = place[key]
    what = draw.choice(["bent", "bent", "type", "gone", "extra"])
    if isinstance(place, list) and what in ("gone", "extra"):
        what = "type"
    if what == "gone":
        del place[key]
    elif what == "extra":
        place[f"{key}_"] = value
    elif what == "bent" and isinstance(value, str):
        place[key] = bent(value, draw)
    elif what == "bent" and isinstance(value, bool):
        place[key] = not value
    elif what == "bent" and isinstance(value, int):
        place[key] = value + draw.choice([-1, 1, 1000, 10**12])
    elif what == "bent" and isinstance(value, float):
        place[key] = draw.choice([value + 0.01, -value - 1, 1e999])
    else:
        others = [None, True, "", "1", 7, [], {}, 0.5, str(value)]
        if type(value) is int and value < 10**9:
            others += [float(value)] * 6
        place[key] = draw.choice([o for o in others if type(o) is not type(value) or o != value])
    return what


def _forged_records(records: dict[str, Any], draw: random.Random, unguarded: bool) -> tuple[str, str]:
    answers = [answer for answer in records["answers"] if answer["citations"]]
    answer = draw.choice(answers)
    cited = answer["citations"]
    ways = ["swapped", "doubled", "best gone", "best moved", "first gone", "exchanged quotes", "end behind the end"]
    what = draw.choice(ways if unguarded else [*ways, "last gone"])
    if what == "swapped" and len(cited) > 1:
        cited[0], cited[1] = cited[1], cited[0]
    elif what == "best gone" and answer["best"]:
        answer["best"].pop()
    elif what == "best moved" and answer["best"]:
        answer["best"][0]["number"] += 1
    elif what == "first gone" and len(cited) > 1:
        del cited[0]
    elif what == "exchanged quotes" and len(cited) > 1 and cited[0]["quote"] != cited[1]["quote"]:
        cited[0]["quote"], cited[1]["quote"] = cited[1]["quote"], cited[0]["quote"]
    elif what == "last gone":
        cited.pop()
    elif what == "end behind the end":
        draw.choice(cited)["end"] += 10**6
    else:
        cited.insert(0, json.loads(json.dumps(cited[0])))
        what = "doubled"
    return f"records {what}", json.dumps(records, ensure_ascii=False, indent=2)


def forge_csv(text: str, draw: random.Random, unguarded: bool) -> Forged:
    """A cell, a row or a column changed."""
    rows = rows_of(text)
    names = [name for name in rows[0] if not (unguarded and name in ("question", "score", "digest"))]
    name = draw.choice(names)
    column = rows[0].index(name)
    at = draw.randrange(1, len(rows))
    what = draw.choice(
        ["cell", "cell", "cell", "cell", "row gone", "row doubled", "row moved", "header", "column gone"]
    )
    if what == "cell":
        rows[at][column] = bent(rows[at][column], draw)
        if unguarded and name == "number" and rows[at][column] == "1":
            rows[at][column] = "01"  # with 1 begins another answer to the same question, which says nothing false
        what = f"cell {name}"
    elif what == "row gone":
        # Without a count an export may be shorter, which says nothing false: then one is taken out of the middle.
        at = draw.choice(_followed(rows)) if unguarded else at
        del rows[at]
    elif what == "row doubled":
        # The first passage twice is the same question asked twice.
        at = draw.choice(_followed(rows)) + 1 if unguarded else at
        rows.insert(at, list(rows[at]))
    elif what == "row moved":
        first, second = (1, 2) if unguarded else draw.sample(range(1, len(rows)), 2)
        rows[first], rows[second] = rows[second], rows[first]
    elif what == "header":
        rows[0][column] = bent(rows[0][column], draw)
    else:
        rows = [[value for n, value in enumerate(row) if n != column] for row in rows]
        what = f"column {name} gone"
    return Forged(what, written(rows))


def _followed(rows: Sequence[Sequence[str]]) -> list[int]:
    """The rows of passages that another passage of the same answer follows."""
    both = [one[1] == other[1] == "passage" and one[0] == other[0] for one, other in pairwise(rows)]
    return [at for at, follows in enumerate(both) if follows]


def forge(text: str, kind: str, guard: str, draw: random.Random) -> Forged:
    """One forgery of a genuine export."""
    unguarded = guard != "sealed"
    if kind == "md":
        free = ("## ", "校验") if unguarded else ()
        # Without a count an export may end anywhere; its version is anyone's.
        forged = forge_lines(text, draw, lambda line: not line.startswith(free))
    elif kind == "json":
        forged = forge_json(text, draw, unguarded)
    else:
        forged = forge_csv(text, draw, unguarded)
    return Forged(forged.what, resealed(forged.text, kind)) if guard == "resealed" else forged


def edited(text: str, kind: str, draw: random.Random) -> list[Forged]:
    """What honest editors make of an export."""
    lines = text.replace("\r\n", "\n").split("\n")
    blanks = "\n".join(line + draw.choice(["", " ", "  ", "\t"]) for line in lines)
    found = [
        Forged("as written", text),
        Forged("LF", "\n".join(lines)),
        Forged("CRLF", "\r\n".join(lines)),
        Forged("BOM", "\ufeff" + text.removeprefix("\ufeff")),
        Forged("no BOM", text.removeprefix("\ufeff")),
        Forged("trailing blanks", blanks),
        Forged("trailing blanks, CRLF, BOM", "\ufeff" + blanks.removeprefix("\ufeff").replace("\n", "\r\n")),
        Forged("blanks stripped", "\n".join(line.rstrip() for line in lines)),
        Forged("no newline at the end", text.rstrip("\r\n")),
        Forged("newlines at the end", text + "\n\n"),
    ]
    if kind == "json":
        records = json.loads(text)
        found.append(Forged("on one line", json.dumps(records, ensure_ascii=False)))
        found.append(Forged("escaped, keys sorted", json.dumps(records, indent=4, sort_keys=True)))
    return found


def passes(text: str, documents: DocumentsNow) -> bool:
    """Whether nothing in an export is named as wrong, nor as another file than that which was cited."""
    try:
        found = verify(read_export(text), documents)
    except UsageError:
        return False
    return not found.faults and not found.changed


def is_same(forged: str, genuine: str, kind: str, guard: str) -> bool:
    """Whether a forgery says the same after all: what was moved was alike, a blank came to the end of a line."""
    if guard == "resealed" and kind == "md":  # the version is anyone's, and the digest goes with it
        said = re.compile(r"\Atjqa [0-9A-Za-z.+-]+ |[0-9a-f]{64}\Z")
        return said.sub("", form.settled(forged)) == said.sub("", form.settled(genuine))
    if kind != "json":
        return form.settled(forged.removeprefix("\ufeff")) == form.settled(genuine.removeprefix("\ufeff"))
    try:
        both = [json.dumps(json.loads(text), sort_keys=True) for text in (forged, genuine)]
        return both[0] == both[1]  # 1.0 is not 1 here
    except ValueError:
        return False


@dataclass
class Outcome:
    """How many were tried, by what was done, and which got through or were refused wrongly."""

    tries: Counter[str]
    bad: list[str]


def attack(answers: Sequence[Answer], folder: Path, cases: int, draw: random.Random) -> Outcome:
    """So many forgeries of the export of some answers, and the genuine ones as editors leave them."""
    documents = DocumentsNow(folder)
    outcome = Outcome(Counter(), [])
    genuine: dict[tuple[str, str], str] = {}
    for kind in FORMATS:
        text = export(answers, kind, TODAY)
        old = as_old(export(list(map(without_heads, answers)), kind, TODAY), kind)
        genuine |= {(kind, guard): old if guard == "old" else text for guard in GUARDS}
    for (kind, guard), text in genuine.items():
        for variant in edited(text, kind, draw):
            outcome.tries[f"{kind} genuine"] += 1
            if not passes(variant.text, documents):
                outcome.bad.append(f"refused: {kind} {guard}: {variant.what}")
    tried = 0
    while tried < cases:
        (kind, guard), text = draw.choice(list(genuine.items()))
        forged = forge(text, kind, guard, draw)
        if is_same(forged.text, text, kind, guard):
            continue
        tried += 1
        outcome.tries[f"{kind} {guard}"] += 1
        if tried % 200 == 0:
            print(f"  ... {tried} of {cases} forged, {len(outcome.bad)} bad", flush=True)
        if passes(forged.text, documents):
            outcome.bad.append(f"accepted: {kind} {guard}: {forged.what}")
    return outcome


def main() -> int:
    """Attack a small library and the seeds; exit code 1 when anything is bad."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    draw = random.Random(options.seed)
    bad: list[str] = []
    with tempfile.TemporaryDirectory() as root:
        small = Path(root) / "资料"
        write_documents(small)
        questions = {small: QUESTIONS, SEEDS: ("国家会展中心二期什么时候投入运营", "天津的公园有多少个")}
        for folder, asked in questions.items():
            place = Settings(folder, Path(root) / f"embeddings-{folder.name}")
            build(place)
            answers = answers_of(place, asked)
            outcome = attack(answers, folder, options.cases // 2, draw)
            if folder == small:
                cut = cut_numbers(next(one for one in answers if one.best), DocumentsNow(folder))
                outcome = Outcome(outcome.tries + cut.tries, outcome.bad + cut.bad)
            print(f"{folder.name}: {outcome.tries.total()} tries, {len(outcome.bad)} bad")
            for what, count in sorted(outcome.tries.items()):
                print(f"  {count:6} {what}")
            bad += outcome.bad
    for line, count in Counter(bad).most_common():
        print(f"BAD {count:4} {line}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
