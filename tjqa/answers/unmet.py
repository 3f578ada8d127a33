"""What a question asks of a thing, and the words that answer do not say of it: an act that is another one, parties that
change places, another span of time or currency, an attribute of which nothing is said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tjqa.answers import parameters
from tjqa.retrieval.hit import Hit
from tjqa.retrieval.matching import Matcher
from tjqa.text.acts import is_said, opposed
from tjqa.text.lay_words import official_name
from tjqa.text.normalize import fold
from tjqa.text.segmenter import is_verb
from tjqa.text.synonyms import same_names

_EACH = re.compile(r"每(?:个|一)?(年|月|日|天|周|季度?|小时|分钟|次|公斤|千克|斤|吨|克|亩|公顷|平方米|平方公里|人|户)")
_SAME_UNIT = {"天": "日", "季度": "季", "千克": "公斤"}
_KINDS = (
    ("年", "季", "月", "周", "日", "小时", "分钟", "次"),
    ("吨", "公斤", "斤", "克"),
    ("平方公里", "公顷", "亩", "平方米"),
    ("人", "户"),
)
_CURRENCIES = ("人民币", "美元", "欧元", "英镑", "日元", "港元", "港币", "韩元", "卢布", "澳元", "加元")
_DENIED = re.compile(r"(?P<no>[不未没无非])(?P<word>[\u4e00-\u9fff]{2})")
# 铜的熔点, and neither 我的工资 nor 新的标准.
_OWNER = re.compile(r"\A(?![我你您他她它咱谁其这那人新旧大小高低好真假])([\u4e00-\u9fff])的")
_OPEN = re.compile(
    r"吗|是否|(.)不\1|有没有|能否|可否|不[超少低高大小多足满得]|未[来必曾]|无线|没有|不[同动锈]|非[常洲法]"
)
_PARTIES = ("比", "欠", "告", "胜")  # single characters with one party before and the other behind
_ASKS_OTHER = re.compile(r"[了过]?(?:谁|哪里|哪儿|哪一?[个家位所])")
_WHOSE_ACT = re.compile(r"谁(?:最?[先早]|首[先次])?([\u4e00-\u9fff]{2})[了的]|[由被]谁(?:来|所)?([\u4e00-\u9fff]{2})")
_WAY_OUT = re.compile(r"怎么办|咋办|怎么处理|如何处理|[可该能]以?怎么|应当?怎么|怎样处理|如何是好")
_DEFINES = re.compile(
    r"\s*(?:[(（]?[\d一二三四五六七八九十.、]+[)）]?)?\s*[\"“]?[^,，。:：\n]{1,20}?[\"”]?\s*(?:[:：]\s*(?:是?指|系指|意指|包括)|(?:是|系)指|指的是)"
    r"|\s*(?:是?指|系指|意指|包括)"  # what stands before is the term: 软件:
)
_HOW = re.compile(r"(?:怎么|咋|如何|怎样)(?![办处样回看定算说才会能还不没是成了])(?P<act>[\u4e00-\u9fff])")
_WARNS = re.compile("不建议|不宜|不[得能应可要]|禁止|严禁|慎用|禁用|避免|切勿|勿")
_DEALT = re.compile(r"(?:怎么|咋|如何|怎样)(?:被)?(?P<act>处理|处置|处分|处罚|问责)[的了]")
_OUTCOME = re.compile(
    "[免撤停革降]职|处[分罚理置]|[罚拘捕刑判]|立案|通报|约谈|警告|开除|辞退|问责|追责|整改|调查|移送|赔|责令|没收|吊销|取缔|关停|下架|召回|道歉|双规"
)
_TAKEN = "吃服喝"  # of a medicine: how much, how often, by which way
_DOSE = re.compile(
    r"每[次日天]|[一二三\d][日天次]|口服|吞服|服用|饭[前后]|空腹|嚼|冲服|\d\s*(?:毫克|mg|克|片|粒|毫升|ml)|用[法量]|剂量"
)
_CLAUSE = re.compile(r"[^,，。;；!！?？\n]+")


def unmet(matcher: Matcher, hit: Hit, told: str) -> Iterator[str]:
    """The words of the folded question of which the folded words that answer say something else, or nothing in its
    own or other words, nor do the passage and what stands around it."""
    asked = matcher.question.folded
    around = f"{hit.context.folded}\n{fold(hit.passage.path)}"
    yield from opposed(asked, f"{told}\n{hit.context.folded}")
    yield from _other_measure(asked, told)
    yield from _denied(asked, told)
    yield from _reversed(matcher, told)
    yield from other_act(asked, told)
    yield from untold_way(asked, told)
    whole = f"{told}\n{around}\n{hit.text.folded}"
    if (owner := _OWNER.match(asked)) and owner[1] not in whole:
        yield owner[1]
    yield from _untold(matcher, hit, whole, f"{told}\n{around}")


def untold_way(asked: str, told: str) -> Iterator[str]:
    """The words of a folded question that ask how, where a folded text tells no way: 怎么办, where it only defines
    terms of a contract; 怎么处理的, where it tells what happened and nothing that came of it; 怎么吃, where it only
    warns of something, or tells of a medicine neither how much nor how often."""
    way = _WAY_OUT.search(asked)
    if way is not None and all(_DEFINES.match(line) for line in told.splitlines() if line.strip()):
        yield way[0]
    dealt = _DEALT.search(asked)
    if dealt is not None and _OUTCOME.search(told) is None:
        yield dealt["act"]
    how = _HOW.search(asked)
    if how is None or _WARNS.search(asked) is not None:
        return
    sentences = [one for one in re.split("[。;；\n]", told) if one.strip()]
    if (sentences and all(map(_WARNS.search, sentences))) or (how["act"] in _TAKEN and _DOSE.search(told) is None):
        yield how[0]


def _untold(matcher: Matcher, hit: Hit, whole: str, told: str) -> Iterator[str]:
    named = list(same_names(matcher.question.folded))
    for word, support in zip(matcher.words, hit.word_support, strict=True):
        if len(word) < 2 or word in whole or matcher.segmenter.rarity(word) < parameters.UNTOLD_WORD:
            continue
        if any(char in told for char in word) or support >= parameters.SAID_OTHERWISE:
            continue
        if is_said(word, told) or ((official_word := official_name(word)) and official_word in told):
            continue
        if not any(one in word or word in one for one, other in named if other.lower() in whole):
            yield word


def _other_measure(asked: str, told: str) -> Iterator[str]:
    """每月 where a text tells of 每年, 人民币 where it tells of 美元."""
    wanted = [(_SAME_UNIT.get(one[1], one[1]), one[0]) for one in _EACH.finditer(asked)]
    said = {_SAME_UNIT.get(one, one) for one in _EACH.findall(told)}
    for unit, text in wanted:
        if unit not in said and any(unit in kind and said & set(kind) for kind in _KINDS):
            yield text
    currencies = [one for one in _CURRENCIES if one in asked]
    if currencies and any(one in told for one in _CURRENCIES) and not any(one in told for one in currencies):
        yield currencies[0]


def _denied(asked: str, told: str) -> Iterator[str]:
    """不适用 where a text says 适用."""
    if _OPEN.search(asked):
        return
    for found in _DENIED.finditer(asked):
        if found["word"] in told and not re.search(rf"[不未没无非][^,，。]{{0,2}}{found['word']}", told):
            yield found[0]


def other_act(asked: str, told: str) -> Iterator[str]:
    """The act of which the doer is asked, where the words that answer tell nothing of it, be it done elsewhere in the
    passage: who issued a thing is not who broke it."""
    for found in _WHOSE_ACT.finditer(asked):
        act = found[1] or found[2]
        if is_verb(act) and not any(char in told for char in act) and not is_said(act, told):
            yield act


def _reversed(matcher: Matcher, told: str) -> Iterator[str]:
    """The doer of an act that a text tells of as the one it is done to: 老王借给老李 and 老李借给老王."""
    asked = matcher.question.folded
    acts = [word for word, is_verb in zip(matcher.words, matcher.verbs, strict=True) if is_verb and len(word) > 1]
    for act in [*acts, *_PARTIES]:
        before, found, behind = asked.partition(act)
        if not found or act not in told:
            continue
        doers = {word for word in (*matcher.words, before[-2:]) if len(word) > 1 and word in before}
        others = {word for word in (*matcher.words, behind[:2]) if len(word) > 1 and word in behind}
        is_sought = _ASKS_OTHER.match(behind) is not None
        for clause in _CLAUSE.findall(told):
            left, is_there, right = clause.partition(act)
            if not is_there:
                continue
            # 政府采购 in the same order there is one thing, wherever it stands.
            there = [word for word in doers if word in right and word not in left and f"{word}{act}" not in clause]
            if there and (is_sought or any(word in left and word not in right for word in others)):
                yield max(there, key=len)
            yield from (word for word in doers if "被" not in asked and f"{word}被" in left)
