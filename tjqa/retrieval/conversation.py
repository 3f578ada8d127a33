"""What a follow-up leaves out and the turns before it say: its subject, or the place and time it is asked of.

By the form of Chinese alone: a line that points (它的…, 该区…, 那里…) is completed where it points; one that names
nothing (最长不能超过多少天, 有哪些) begins with what the turns before are about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tjqa.retrieval import parameters
from tjqa.retrieval.answer_type import ASKS
from tjqa.retrieval.asked_times import times, without
from tjqa.retrieval.question import ASKING
from tjqa.text.normalize import fold
from tjqa.text.places import is_place, place_names
from tjqa.text.segmenter import AREAS, Segmenter, is_adjective, is_measure, is_verb

# 他 in 其他, 吉他 and 他人 points at nobody.
_PERSON = re.compile(r"(?<![其吉])[他她](?:们)?(?![人国日乡])")
_THING = re.compile(r"(?<!其)它(?:们)?|这个(?![人月年])|那个(?![人月年])")
_THERE = re.compile(r"[那这](?:里|儿|边)(?!程)|当地")
_THIS = re.compile(r"(?<![应不早])该|这[个家项座条部款]|上述|前述")
_KINDS_OF_ONE = AREAS | frozenset("院校厂局港馆站园桥路河山岛湖法")
_LEADING = re.compile(r"(?:那么?(?![里儿边些年个])|这(?=[是叫]))[,，\s]*")
_OPENING = re.compile(r"(?:[哦嗯啊诶哎][,，\s]*|是啊[,，\s]*)*")

# What opens a line of talk and is no part of its subject: who speaks, how he asks, what he does with the thing.
_FRAME = re.compile(
    r"(?:请问|应该是|告诉我|介绍一?下|说说|关于|对于|怎么评价|为什么说|听说|那么?|哦|诶|嗯|就|可是|再?说|[你您我咱他她大]们?家?|也|还|都|很|特别|"
    r"不是|是不是|有没有|没有?|不|想|要|准备|打算|去|来|过|真?有|真?是)*"
    r"(?:(?P<object>知不知道|认不认识|喜不喜欢|知道|认识|听说过?|听过?|看过?|读过?|去过|吃过?|玩过?|追|觉得|认为|喜欢|最?爱|关注|了解|记得)|推荐个?|"
    r"谁是|什么是|何为|什么叫|谁叫|叫|说到?)?"
)
# 你知道…吗: all between is the thing, however its name is cut into words.
_ASKED_OBJECT = re.compile(
    r"(?P<name>[^谁哪怎几多的,，。]{2,12}?)(?:这[个本部首][^吗么]{0,2})?[吗么嘛麽][?？!！。\s]*\Z"
)
_TURNED = re.compile(r"(.)不\1")  # 帅不帅
_OBJECT_ASKED = re.compile(r"[吗么嘛麽不]?[?？!！。\s]*\Z")
_EMPTY = frozenset(("这个", "那个", "这", "那", "人", "事", "东西", "一下", "时候", "地方", "什么", "哪", "谁"))
_EMPTY |= {"现在", "这里", "那里", "哪里"}
# The weather has no subject, only a place.
_IMPERSONAL = re.compile(r"[雨雪风霾雾冷热晴阴]|多少度|几度|气温")
_ASKS_WHEN = re.compile(r"何时|[什啥]么?时候|几点|哪一?[天年月日]|几[月号日]")
# Verbs that stand before others, and those of change: a line of them has lost its subject, not 新增就业.
_HELPS = re.compile(
    "需要?|开始|可以|能够?|应当|不能|必须|打算|准备|要求|规定|[不没]|知道|觉得|喜欢|认识|了解|听说|想要?"
)
_CHANGES = re.compile("增[长加]|下降|减少|提高|上升|降低|达到|超过|开始|结束|完成|实施|施行|[办申]|.*[吃玩看听用]|.*雨")
_HEADLESS = re.compile(
    r"(?:那么?|又|还)?(?:需要|应当|必须|可以|能不能|可不可以|不能|最[长短高低多少快迟晚早](?!的))[^,，]{0,8}[什多几哪怎吗谁]"
)
_NO_NOUN = frozenset("的了着过得地呢吗吧啊呀么嘛和与跟及或之每各本该此这那几哪")
_NUMERAL = re.compile(r"[第\d一二三四五六七八九十百千]+.")
_PLAIN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·\- .:《》“”]")


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn of the conversation: its text, and what it is about ("" where it names nothing)."""

    text: str
    topic: str

    @property
    def asks(self) -> bool:
        """Whether it asks something."""
        return bool(ASKS.search(self.text) or re.search(r"[么嘛麽?？]\s*\Z|(.)不\1", self.text))

    @property
    def owner(self) -> str:
        """Of 天津港的吞吐量 天津港: what it, he or she means."""
        return self.topic.split("的")[0] or self.topic


def turn_of(text: str, segmenter: Segmenter) -> Turn:
    """A turn and what it is about: the words up to the first that says something of them."""
    said = text.strip()
    frame = _FRAME.match(said)
    start = frame.end() if frame else 0
    if frame and frame["object"] and (named := _ASKED_OBJECT.match(said, start)) and not _asks(fold(named["name"])):
        return Turn(text, named["name"].strip())
    topic = _noun_phrase(said[start:], segmenter, object_asked=start > 0)
    return Turn(text, topic if topic not in _EMPTY else "")


def _noun_phrase(text: str, segmenter: Segmenter, object_asked: bool) -> str:
    turned = _TURNED.search(text)
    words = segmenter.cut(text[: turned.start()] if turned else text)
    kept: list[str] = []
    for at, word in enumerate(words):
        folded = fold(word)
        if not _PLAIN.match(word) or (kept and _ends_name(folded, words[at + 1 :])) or _asks(folded):
            break
        if not kept and folded in "的了着":
            continue
        kept.append(word)
    if object_asked and kept and _OBJECT_ASKED.fullmatch(text[len("".join(kept)) :]):
        return "".join(kept).strip()
    while len(kept) > 1 and (is_verb(fold(kept[-1])) or kept[-1] in "的了是"):
        kept.pop()
    return "".join(kept).strip(" ,，")


def _asks(folded: str) -> bool:
    return bool(ASKING.fullmatch(folded) or ASKS.search(folded) or folded in ("么", "嘛", "麽", "啊", "呀", "啥"))


def _ends_name(folded: str, rest: Sequence[str]) -> bool:
    """Whether a word says something of the name before it, and is no part of it."""
    if folded in ("的", "和", "与", "及", "之"):
        return not rest or _asks(fold(rest[0])) or (is_verb(fold(rest[0])) and len(rest) < 2)
    if folded in ("是", "有", "在", "你", "我", "他", "这个", "那个", "这", "那", "了", "不", "很", "跟", "就"):
        return True
    if is_adjective(folded) or (len(folded) == 1 and is_verb(folded)):
        return True
    # 新增就业, 创业补贴申请: a verb of two characters before a noun is part of its name.
    return is_verb(folded) and not any(not is_verb(fold(word)) and not _asks(fold(word)) for word in rest[:1])


@dataclass(frozen=True, slots=True)
class _Pointer:
    """Where a line points back; `kind` is the word for what it points at (该区: 区), "" for he, she, it and there."""

    start: int
    end: int
    kind: str = ""
    is_place: bool = False
    is_person: bool = False


def points_back(line: str, turns: Sequence[str], segmenter: Segmenter) -> bool:
    """Whether a line points at something that it does not name: 它的…, 那里…, or 该区… where a turn names one."""
    return _pointer(line, turns, segmenter) is not None


def _pointer(line: str, turns: Sequence[str], segmenter: Segmenter) -> _Pointer | None:
    for pattern in (_THIS, _PERSON, _THING, _THERE):
        found = pattern.search(line)
        if found is None or not _is_empty(line[: found.start()], segmenter):  # what it points at stands before it
            continue
        if pattern is not _THIS:
            return _Pointer(found.start(), found.end(), is_place=pattern is _THERE, is_person=pattern is _PERSON)
        if kind := _kind_at(fold(line[found.end() :]), turns):
            return _Pointer(found.start(), found.end() + len(kind), kind)
    return None


def _kind_at(rest: str, turns: Sequence[str]) -> str:
    """The longest word that `rest` begins with and a name in the turns ends with: 公司 of 云峰公司; "" without one."""
    for length in range(min(4, len(rest)), 0, -1):
        kind = rest[:length]
        if (length == 1 and kind not in _KINDS_OF_ONE) or is_verb(kind) or _asks(kind):
            continue
        if any(fold(turn).find(kind, 1) > 0 for turn in turns):
            return kind
    return ""


def _is_empty(text: str, segmenter: Segmenter) -> bool:
    """Whether a text names nothing: 那你觉得."""
    words = segmenter.cut(ASKING.sub(" ", fold(text)))
    return all(_says_no_subject(word, segmenter) for word in words if not word.isspace())


def names_nothing(line: str, turns: Sequence[str], segmenter: Segmenter) -> bool:
    """Whether a line asks and names nothing of its own: what it says beside its question words are a few verbs and
    adjectives (最长不能超过), or words of the turns before; and after a turn that only names a place."""
    content = ASKING.sub(" ", fold(line))
    content = without(content, times(content))
    if len(re.sub(r"\s", "", content)) > parameters.MOST_OF_ELLIPSIS or place_names(content, segmenter):
        return False
    if any(is_place(re.sub(r"[啊呀呢吧\s?？!！。]", "", fold(turn))) for turn in turns):
        return True
    if _HEADLESS.match(line):
        return True
    said = fold("\n".join(turns))
    words = [word for word in segmenter.cut(content) if not word.isspace()]
    return not (_is_thing(words) or _has_owner(words, said)) and all(
        _says_no_subject(word, segmenter) or word in said for word in words
    )


def _is_thing(words: Sequence[str]) -> bool:
    """Whether verbs side by side, or beside a numeral, name a thing: 新增|就业, 九级|伤残, 投资 (多少)."""
    verbs = [len(word) > 1 and is_verb(word) and not _HELPS.fullmatch(word) for word in words]
    if any(a and b for a, b in pairwise(verbs)) or any(_NUMERAL.match(word) for word in words):
        return True
    return len(words) == 1 and verbs[0] and not _CHANGES.fullmatch(words[0])


def _has_owner(words: Sequence[str], said: str) -> bool:
    """Whether a noun of one character that the turns do not name owns what they ask of (铜|的|价格, 鱼|价格), or two
    characters that no dictionary joins are a name: 年|假."""
    for word, behind, further in zip(words, [*words[1:], ""], [*words[2:], "", ""], strict=False):
        if len(word) > 1 or word in said or word in _NO_NOUN or is_verb(word) or is_adjective(word):
            continue
        owned = further if behind == "的" else behind
        if not is_measure(word) and len(owned) > 1 and owned in said:
            return True
        is_name = len(behind) == 1 and behind not in said and behind not in _NO_NOUN
        if is_name and not (is_verb(behind) or is_adjective(behind) or is_measure(behind)):
            return True
    return False


def _says_no_subject(word: str, segmenter: Segmenter) -> bool:
    if len(word) == 1:
        return segmenter.rarity(word) < parameters.TELLING_CHARACTER or is_verb(word) or is_adjective(word)
    return (is_verb(word) or is_adjective(word) or is_measure(word) or word in _EMPTY) and not is_place(word)


def completed(line: str, turns: Sequence[str], segmenter: Segmenter) -> str:
    """`line` with what it leaves out, from `turns`, the latest last; itself where they name nothing."""
    read = [turn_of(text, segmenter) for text in turns]
    found = _pointer(line, turns, segmenter)
    if found is not None:
        return (
            line[: found.start] + (_meant(found, read, segmenter) or line[found.start : found.end]) + line[found.end :]
        )
    opening = _OPENING.match(line)
    at = opening.end() if opening else 0
    lead = _LEADING.match(line, at)
    rest = line[lead.end() if lead else at :]
    return line[:at] + _subject(rest, read, segmenter) + rest


def _meant(found: _Pointer, turns: Sequence[Turn], segmenter: Segmenter) -> str:
    """What a pointing word means: the name of its kind, the place, the person or thing asked about."""
    if found.kind and (name := _of_kind(found.kind, turns, segmenter)):
        return name
    if found.is_place:
        for turn in _in_order(turns):
            if places := place_names(fold(turn.text), segmenter):
                return places[-1]
    if found.is_person and (name := _person(turns)):
        return name
    return next((turn.owner for turn in _in_order(turns) if turn.topic), "")


def _of_kind(kind: str, turns: Sequence[Turn], segmenter: Segmenter) -> str:
    """The name in the turns, the latest first, that ends with the word for its kind (该区: 临江区)."""
    for turn in reversed(turns):
        text = turn.text[turn.text.find(turn.topic) if turn.topic else 0 :]
        at = fold(text).find(kind, 1)
        names: list[str] = [*place_names(fold(turn.text), segmenter), *re.findall(r"《[^》]+》", turn.text)]
        names += [text[: at + len(kind)]] if at > 0 else []
        if fitting := [name for name in names if fold(name).strip("《》").endswith(kind) and len(name) > len(kind)]:
            return fitting[0]
    return ""


def _in_order(turns: Sequence[Turn]) -> list[Turn]:
    """The turns that a line leans on, the likeliest first: the latest that asks; a reply says what was asked for."""
    asking = [turn for turn in turns if turn.asks and turn.topic]
    return [*reversed(asking), *(turn for turn in turns if turn not in asking)]


def _person(turns: Sequence[Turn]) -> str:
    """Whom the answer to 谁 names: 应该是杨宗纬."""
    for asked, reply in pairwise(turns):
        if "谁" in asked.text and not reply.asks and reply.topic and asked.topic != reply.topic:
            return reply.topic
    return ""


def _subject(line: str, turns: Sequence[Turn], segmenter: Segmenter) -> str:
    """What a line begins with that names nothing: the subject of the turns without what the line says itself; for
    what the weather does, the place and the time."""
    topic = next((turn.topic for turn in _in_order(turns) if turn.topic), "")
    said, words = fold(line), segmenter.cut(topic)
    if times(line) or _ASKS_WHEN.search(line):
        topic = without(topic, times(topic))
        words = segmenter.cut(topic)
    while len(words) > 1 and (fold(words[-1]) in said or words[-1] == "的" or _is_weather(words[-1], said)):
        words.pop()
    return "".join(words).strip()


def _is_weather(word: str, line: str) -> bool:
    return word in ("天气", "气温") and bool(_IMPERSONAL.search(line))
