"""How well a draft's facts are told true from false: sentences of a library, lightly rewritten, half of them with one
figure, date, year, name, place or character of a quotation changed.

    TJQA_FAST=1 python -m tests.benchmarks.proof --sources DIR --embeddings DIR [--part 0|1] [--seed N] [--list]

The files of the library are parted in two by their names: rules are tuned on --part 0, --part 1 is reported. A changed
sentence counts as found when a fault touches the changed characters, a true one as a false alarm when it has any
fault. Forgeries are sentences in quotation marks with one digit changed; each must be told from the library.
"""

from __future__ import annotations

import argparse
import random
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import jieba.posseg

from tjqa import config
from tjqa.documents import Passage, Span
from tjqa.engine import Engine
from tjqa.text.normalize import fold, squeeze
from tjqa.text.sentences import sentences

ADVERBS = re.compile("积极|大力|不断|进一步|切实|着力|深入|持续|充分|有效|认真|全面|努力|扎实|稳步")
DEPENDS = re.compile(
    "^(?:同比|环比|增长|下降|上升|其中|比|较|占|并|且|也|还|则|从而|使|即|以|为|是|包括|分别|累计|达|约|近|超|实现|同时|但|而|又|不|应当|由|有)"
)
FIGURE = re.compile(
    r"(?<![\d.])\d[\d,]*(?:\.\d+)?(?=\s*(?:%|％|[个家人万亿元吨亩平公台套条项名户处座所米千天次辆件届]))"
)
DAY = re.compile(r"(?<!\d)(1[0-2]|[1-9])月([12]\d|3[01]|[1-9])[日号]")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年)")
QUOTED = re.compile(r"“([^“”]{6,80})”")
COMMON = "市区工作发展建设企业服务管理社会经济技术生产人民国家组织项目教育文化环境"


@dataclass(frozen=True)
class Case:
    """A sentence, what was done to it, and which of its characters were changed (none of a true one)."""

    text: str
    kind: str
    changed: Span | None
    source: str


def sentences_of(engine: Engine, part: int | None) -> list[tuple[str, Passage]]:
    """The sentences of a library that tell something and stand in it once."""
    found: dict[str, tuple[str, Passage]] = {}
    often: Counter[str] = Counter()
    for passage, _ in engine.passages():
        if part is not None and zlib.crc32(passage.path.encode()) % 2 != part:
            continue
        for span in sentences(passage.text):
            text = span.of(passage.text).strip()
            if 15 <= len(text) <= 110 and text[-1] in "。；;" and "\t" not in text and "\n" not in text:
                often[squeeze(fold(text))] += 1
                found[squeeze(fold(text))] = (text, passage)
    return [told for key, told in found.items() if often[key] == 1]


# --- light rewriting


def thousands(text: str, chance: random.Random) -> str:
    """Marks of thousands taken out or put in."""
    if re.search(r"\d,\d{3}", text):
        return re.sub(r"(?<=\d),(?=\d{3})", "", text)
    return re.sub(
        r"(?<![\d.])[1-9]\d{3,6}(?![\d.年号/-])(?=[万亿元人个家吨亩户台套])", lambda m: f"{int(m[0]):,}", text
    )


def adverbs(text: str, chance: random.Random) -> str:
    """Adverbs left out, outside of quotation marks."""
    return "".join(
        part if at % 2 else ADVERBS.sub("", part) for at, part in enumerate(re.split(r"([“《][^”》]*[”》])", text))
    )


def rounding(text: str, chance: random.Random) -> str:
    """One fraction rounded to one digit less, told so or not."""
    found = [m for m in re.finditer(r"(?<![\d.,-])(\d+)\.(\d+)(?=[万亿%％])", text) if not in_marks(text, m.start())]
    if not found:
        return text
    chosen = chance.choice(found)
    digits = len(chosen[2]) - 1
    value = f"{round(float(chosen[0]) + 1e-9, digits):.{digits}f}"
    before = "" if digits and chance.random() < 0.5 else "约"
    return text[: chosen.start()] + before + value + text[chosen.end() :]


def order(text: str, chance: random.Random) -> str:
    """Two independent clauses, or two neighbours of an enumeration, in the other order."""
    clauses = re.split(r"(?<=[，,])", text[:-1])
    if (
        not re.search("[“”《》()（）:：]", text)
        and len(clauses) > 2
        and not any(DEPENDS.match(c) for c in clauses[-2:])
    ):
        last, before = clauses[-1], clauses[-2].rstrip("，,")
        return "".join(clauses[:-2]) + last + "，" + before + text[-1]
    items = list(re.finditer(r"(?<=、)([\u4e00-\u9fff]{2,8})、([\u4e00-\u9fff]{2,8})(?=、)", text))
    if items and not in_marks(text, items[0].start()):
        one = items[0]
        return text[: one.start()] + f"{one[2]}、{one[1]}" + text[one.end() :]
    return text


def widths(text: str, chance: random.Random) -> str:
    """Figures and signs in the other width."""
    wide = {ord(c): ord(c) + 0xFEE0 for c in "0123456789%"}
    return text.translate(wide) if chance.random() < 0.5 else text.replace(",", "，")


def lead(text: str, chance: random.Random) -> str:
    """Said to be told by somebody."""
    return (
        chance.choice(("据介绍，", "据了解，", "资料显示，", "值得一提的是，")) + text
        if text[0] not in "“《(（["
        else text
    )


def end(text: str, chance: random.Random) -> str:
    """The last clause left out, where what is left still tells a figure."""
    clauses = re.split(r"(?<=[，,])", text[:-1])
    kept = "".join(clauses[:-1]).rstrip("，,")
    is_whole = kept.count("“") == kept.count("”") and kept.count("《") == kept.count("》")
    return kept + text[-1] if len(clauses) > 2 and is_whole and re.search(r"\d", kept) else text


REWRITE: Sequence[Callable[[str, random.Random], str]] = (thousands, adverbs, rounding, order, widths, lead, end)


def in_marks(text: str, at: int) -> bool:
    """Whether a place stands in quotation marks or a title."""
    return any(m.start() <= at < m.end() for m in re.finditer(r"[“《][^”》]*[”》]", text))


def rewritten(text: str, chance: random.Random) -> str:
    """A sentence with one or two of the rules that change it."""
    rules = chance.sample(REWRITE, len(REWRITE))
    done = 0
    for rule in rules:
        made = rule(text, chance)
        if not made.strip("。；;"):
            continue
        if made != text and done < 2:
            text, done = made, done + 1
    return text


# --- changes


def other_digit(text: str, at: int, chance: random.Random) -> str:
    """The text with another digit at a place, not a leading 0."""
    digits = "123456789" if at == 0 or not text[at - 1].isdigit() else "0123456789"
    return text[:at] + chance.choice([d for d in digits if int(d) != int(text[at])]) + text[at + 1 :]


def change_figure(text: str, chance: random.Random) -> tuple[str, Span] | None:
    """One digit of one figure, of its leading ones: a last decimal may be rounding."""
    found = [m for m in FIGURE.finditer(text) if not in_marks(text, m.start())]
    if not found:
        return None
    chosen = chance.choice(found)
    places = [at for at in range(chosen.start(), chosen.end()) if text[at].isdigit()][:2]
    return other_digit(text, chance.choice(places), chance), Span(*chosen.span())


def change_date(text: str, chance: random.Random) -> tuple[str, Span] | None:
    """Another month or day."""
    found = [m for m in DAY.finditer(text) if not in_marks(text, m.start())]
    if not found:
        return None
    chosen = chance.choice(found)
    month, day = int(chosen[1]), int(chosen[2])
    if chance.random() < 0.5:
        month = chance.choice([m for m in range(1, 13) if m != month])
    else:
        day = chance.choice([d for d in range(1, 29) if d != day])
    made = f"{month}月{day}日"
    return text[: chosen.start()] + made + text[chosen.end() :], Span(chosen.start(), chosen.start() + len(made))


def change_year(text: str, chance: random.Random) -> tuple[str, Span] | None:
    """Another year."""
    found = [m for m in YEAR.finditer(text) if not in_marks(text, m.start())]
    if not found:
        return None
    chosen = chance.choice(found)
    made = str(int(chosen[0]) + chance.choice([-3, -2, -1, 1, 2, 3]))
    return text[: chosen.start()] + made + text[chosen.end() :], Span(*chosen.span())


def tagged(text: str, tags: tuple[str, ...]) -> Iterator[Span]:
    """The words of some kinds, by a tagger that the program itself does not use, outside of marks."""
    at = 0
    for word, tag in jieba.posseg.cut(text):
        if tag in tags and len(word) > 1 and re.fullmatch(r"[\u4e00-\u9fff]+", word) and not in_marks(text, at):
            yield Span(at, at + len(word))
        at += len(word)


def change_name(text: str, chance: random.Random) -> tuple[str, Span] | None:
    """The last character of a person's name, told after an office or before a verb of speaking, or of an institution's
    name another one of that length."""
    persons = re.compile(
        r"(?:书记|主任|局长|区长|县长|市长|省长|院长|教授|记者|总经理|董事长|处长|部长|主席|负责人|校长|队长)([\u4e00-\u9fff]{3})(?=[、，,。介表说出指率主]|$)"
        r"|(?:^|[，。])([\u4e00-\u9fff]{2,3})(?=介绍|表示|指出|强调)"
    )
    known = {span.of(text) for span in tagged(text, ("nr",))}
    found = [Span(*m.span(g)) for m in persons.finditer(text) for g in (1, 2) if m[g] and m[g] in known]
    if not found:
        return None
    chosen = chance.choice(found)
    other = chance.choice([c for c in "伟芳娜敏静磊洋勇艳杰娟涛超霞刚" if c != text[chosen.end - 1]])
    return text[: chosen.end - 1] + other + text[chosen.end :], chosen


def change_place(text: str, chance: random.Random, names: Sequence[str]) -> tuple[str, Span] | None:
    """Another place of the same kind."""
    found = [s for s in tagged(text, ("ns",)) if s.of(text)[-1] in "省市区县镇乡" and len(s) > 2]
    if not found:
        return None
    chosen = chance.choice(found)
    own = chosen.of(text)
    others = [name for name in names if name[-1] == own[-1] and name not in text and name[:2] != own[:2]]
    if not others:
        return None
    made = chance.choice(others)
    return text[: chosen.start] + made + text[chosen.end :], Span(chosen.start, chosen.start + len(made))


def change_quotation(text: str, chance: random.Random) -> tuple[str, Span] | None:
    """One character in quotation marks."""
    found = [Span(*m.span(1)) for m in QUOTED.finditer(text)]
    places = [at for span in found for at in range(span.start, span.end) if "\u4e00" <= text[at] <= "\u9fff"]
    if not places:
        return None
    at = chance.choice(places)
    other = chance.choice([c for c in COMMON if c != text[at]])
    return text[:at] + other + text[at + 1 :], Span(at, at + 1)


def places_named(told: Sequence[tuple[str, Passage]]) -> list[str]:
    """The places that the library names, and some that it may not."""
    known = jieba.dt.FREQ
    found = {
        name
        for text, _ in told
        for span in tagged(text, ("ns",))
        if (name := span.of(text))[-1] in "省市区县镇乡" and len(name) > 2 and known.get(name) and "地区" not in name
    }
    return sorted(
        found | {"青海省", "甘肃省", "拉萨市", "柳州市", "滨湖区", "天河区", "罗源县", "平陆县", "城关镇", "龙泉乡"}
    )


def cases(engine: Engine, part: int | None, count: int, seed: int) -> tuple[list[Case], list[Case]]:
    """True and changed sentences, of each kind as many as there are, up to an equal share."""
    chance = random.Random(seed)
    told = sentences_of(engine, part)
    chance.shuffle(told)
    names = places_named(told)
    changes: dict[str, Callable[[str], tuple[str, Span] | None]] = {
        "figure": lambda text: change_figure(text, chance),
        "date": lambda text: change_date(text, chance),
        "year": lambda text: change_year(text, chance),
        "name": lambda text: change_name(text, chance),
        "place": lambda text: change_place(text, chance, names),
        "quotation": lambda text: change_quotation(text, chance),
    }
    whole = "\n".join(squeeze(fold(text)) for text, _ in told)
    pools: dict[str, list[Case]] = {kind: [] for kind in changes}
    true: dict[str, list[Case]] = {kind: [] for kind in changes}
    for text, passage in told:
        for kind, change in changes.items():
            if len(pools[kind]) >= count and len(true[kind]) >= count:
                continue
            base = rewritten(text, chance)
            made = change(base)
            if made is None or squeeze(fold(made[0])) in whole:
                continue
            if len(true[kind]) <= len(pools[kind]):  # true ones hold the same kinds of facts
                true[kind].append(Case(base, kind, None, passage.path))
            else:
                pools[kind].append(Case(made[0], kind, made[1], passage.path))
    return _shared(true, count), _shared(pools, count)


def _shared(pools: dict[str, list[Case]], count: int) -> list[Case]:
    """So many of all kinds, turn by turn."""
    chosen: list[Case] = []
    for at in range(count):
        chosen += [pool[at] for pool in pools.values() if at < len(pool)]
    return chosen[:count]


def is_found(engine: Engine, case: Case) -> tuple[bool, str]:
    """Whether a fault touches what was changed; of a true sentence, whether there is any. And the faults in words."""
    report = engine.proof(case.text)
    told = "; ".join(f"{f.kind} {f.verdict} {f.text} [{f.said[:30]}]" for f in report.faults)
    if case.changed is None:
        return bool(report.faults), told
    spans = [span for fault in report.faults for span in (fault.differing or (fault.span,))]
    spans += [fault.span for fault in report.faults if fault.kind != "quotation"]
    return any(s.start <= case.changed.end and case.changed.start <= s.end for s in spans), told


def forgeries(engine: Engine, part: int | None, count: int, seed: int) -> tuple[int, int, int, list[str]]:
    """Sentences in quotation marks, as they are and with one digit changed: how many forged ones are told, of how
    many, how many true ones are not found, and those that failed."""
    chance = random.Random(seed)
    told = [
        text for text, _ in sentences_of(engine, part) if re.search(r"\d", text) and not re.search("[“”《》]", text)
    ]
    chance.shuffle(told)
    rejected = missed = done = 0
    failed: list[str] = []
    whole = "\n".join(squeeze(fold(text)) for text in told)
    for text in told:
        at = chance.choice([m.start() for m in re.finditer(r"\d", text)])
        forged = other_digit(text, at, chance)
        if done == count:
            break
        if squeeze(fold(forged)) in whole:
            continue
        done += 1
        if any(fault.kind == "quotation" for fault in engine.proof(f"报告写道：“{forged}”").faults):
            rejected += 1
        else:
            failed.append(forged)
        if any(fault.kind == "quotation" for fault in engine.proof(f"报告写道：“{text}”").faults):
            missed += 1
            failed.append(text)
    return rejected, done, missed, failed


def main() -> None:
    """Print found and false alarms by kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", required=True)
    parser.add_argument("--embeddings", required=True)
    parser.add_argument("--part", type=int, choices=(0, 1), help="half of the files; all without it")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--forgeries", type=int, default=0, help="quotations with one digit changed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--list", action="store_true", help="print what was missed and what was a false alarm")
    options = parser.parse_args()
    engine = Engine.open(config.settings(options.sources, options.embeddings, None, None, fast=True))
    true, changed = cases(engine, options.part, options.count, options.seed)
    counts: dict[str, list[int]] = {}
    for case in (*true, *changed):
        found, told = is_found(engine, case)
        row = counts.setdefault(case.kind, [0, 0, 0, 0])
        first = 0 if case.changed is not None else 2
        row[first] += found
        row[first + 1] += 1
        if options.list and found is (case.changed is None):
            mark = "MISSED" if case.changed is not None else "ALARM"
            shown = f" «{case.changed.of(case.text)}»" if case.changed is not None else ""
            print(f"{mark} {case.kind}{shown} {case.source}\n   {case.text}\n   {told}")
    print(f"{'kind':<12}{'changed, found':>16}{'true, alarms':>16}")
    for kind, (hits, of, alarms, true_of) in counts.items():
        print(f"{kind:<12}{f'{hits}/{of}':>16}{f'{alarms}/{true_of}':>16}")
    total = [sum(column) for column in zip(*counts.values(), strict=True)]
    print(f"{'all':<12}{f'{total[0]}/{total[1]}':>16}{f'{total[2]}/{total[3]}':>16}")
    if options.forgeries:
        rejected, done, missed, failed = forgeries(engine, options.part, options.forgeries, options.seed)
        print(f"forged quotations rejected {rejected}/{done}, true ones not found {missed}/{done}")
        for text in failed if options.list else ():
            print(f"   {text}")


if __name__ == "__main__":
    main()
