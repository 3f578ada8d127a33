"""Names of places in words: districts, counties, cities."""

from __future__ import annotations

import re

from tjqa.text.segmenter import AREAS, HAN, Segmenter, is_verb, tagged


def is_place(term: str) -> bool:
    """Whether a word is a place or an institution: so marked in jieba's dictionary, or a name it knows as no common
    word, with the ending of an administrative area."""
    places, common, *_ = tagged()
    return term in places or (len(term) > 2 and term[-1] in AREAS and term[0] != "·" and term not in common)


# What stands before the word for an area and makes a name with it: not 全, 该, 两个, 新.
_NAME_START = re.compile(rf"(?![全本我该各两几每某此这那个]|[邻城郊山老新内外跨同双多省市区县州乡镇村]$)[{HAN}]{{1,2}}")
_DATED = re.compile(r"(?<=\d[年月日号时])")
_RARE_NAME = 0.2  # commoner words (进|村, 大|县) begin a phrase


def place_names(text: str, segmenter: Segmenter) -> list[str]:
    """The places and institutions that a text names, each once. An area that jieba does not know is cut (白鹭|县): it
    is put together again."""
    found: list[str] = []
    for part in beside_dates(text):
        before = ""
        for word in segmenter.cut(part):
            if is_place(word):
                found.append(word)
            elif word in AREAS and _begins_name(before, segmenter):
                found.append(before + word)
            before = word
    return list(dict.fromkeys(found))


def beside_dates(text: str) -> list[str]:
    """A text in parts, cut where a figure of a date ends: in 7月6日云溪县 no name begins with the day."""
    return _DATED.split(text)


def _begins_name(before: str, segmenter: Segmenter) -> bool:
    """Whether a word and the word for an area behind it are one name: 白鹭|县, but 进|村 and 大|县 are two."""
    if not _NAME_START.fullmatch(before) or is_verb(before):
        return False
    return segmenter.rarity(before) >= _RARE_NAME


# Words that lead a clause in and that nothing but a list of names could tell from the beginning of an unknown name.
_LEAD = re.compile(
    "据(?:悉|了解|统计|报道|介绍|说)?|经查?|目前|当前|截至|其中|对于?|关于|除了?|若|如果?|倘若|假如|只要|一旦|凡|[网谣误据盛]传|"
    "在|由于?|从|比|较|但是?|而|因为?|虽然|[上去今本当同]年|同期|当月|全年"
)


def without_lead(name: str) -> str:
    """A name without what leads in the clause that it begins: 云溪县 of 若云溪县 and of 目前云溪县; 若羌县 as it is."""
    while name not in tagged()[0] and (lead := _LEAD.match(name)) is not None and len(name) - lead.end() > 2:
        name = name[lead.end() :]
    return name


def short_name(name: str) -> str:
    """A name without the word for the kind of area, when two characters are left: of 于田县 texts mostly say 于田."""
    return name[:-1] if len(name) > 2 and name[-1] in AREAS else name


# As much text around a name as tells where its word begins.
_AROUND = 8


def speaks_of(folded: str, name: str) -> bool:
    """Whether a folded text names a place, both folded: somewhere the name does not begin within another place, as
    海淀 does in 上海|淀山湖."""
    at = folded.find(name)
    while at >= 0:
        before = folded[max(at - _AROUND, 0) : at]
        if not before or not _runs_on(before, folded[at : at + len(name) + _AROUND]):
            return True
        at = folded.find(name, at + 1)
    return False


def _runs_on(before: str, after: str) -> bool:
    """Whether a place that begins in `before` ends in `after`."""
    begin = 0
    for word in _PLAIN.cut(before + after):
        if begin + len(word) > len(before):
            return begin < len(before) and word in tagged()[0]
        begin += len(word)
    return False


_PLAIN = Segmenter()


_AREA = r"(?:自治[区州县]|新区|街道|社区|[省市区县旗州盟镇乡村])(?![域间划位场民政长内外级])"
_NAMED_AREA = re.compile(
    rf"(?=(?P<stem>(?:(?![全本我该各两几每某此这那个年月日在的和与])[{HAN}]){{2}})(?P<area>{_AREA}))"
)


def namesakes(asked: str, folded: str) -> list[str]:
    """What a text names instead of the areas that a question names: 清江区 where 清江县 is asked about; nothing where
    the text names that one, too, or the name alone. Both folded."""
    found = []
    for named in _NAMED_AREA.finditer(asked):
        name = named["stem"] + named["area"]
        others = [other[0] for other in re.finditer(rf"{re.escape(named['stem'])}(?P<area>{_AREA})?", folded)]
        if others and name not in folded and named["stem"] not in others:
            found += others
    return list(dict.fromkeys(found))
