"""What people say to a program that talks back, and that asks nothing of the documents. The one list of it."""

from __future__ import annotations

import re
from typing import Literal

from tjqa.text.normalize import fold

SmallTalk = Literal["hello", "thanks", "bye", "abilities"]

_SAID: dict[SmallTalk, str] = {
    "hello": "(?:你|您|大家|早上?|上午|中午|下午|晚上)好|早安?|晚安|哈[喽啰罗]|嗨|在(?:吗|不在|么)"
    "|hi|hello|hey|good(?:morning|afternoon|evening)",
    "thanks": "(?:非常|十分|太|多)?感?谢谢?(?:你|您|啦|了)?|辛苦了?|thanks?(?:you)?(?:verymuch|alot)?",
    "bye": "再见|拜拜|回头见|bye(?:bye)?|goodbye|seeyou",
    "abilities": "(?:你|您|这个?(?:程序|软件)?)(?:是谁|是什么|叫什么(?:名字)?"
    "|(?:都?能|都?会|都?可以)(?:做|干|帮我做|回答)?(?:些|点)?(?:什么|啥)(?:问题|事)?)"
    "|怎么(?:使)?用|如何使用|使用(?:说明|方法)|whatcanyoudo|whoareyou|howdoesthiswork|howdoiusethis",
}
_PARTICLES = "[啊呀哦呢吧了哈嘛吗的啦哟喔么]*"
_WHOLE: dict[SmallTalk, re.Pattern[str]] = {
    kind: re.compile(rf"(?:(?:{said}){_PARTICLES})+", re.IGNORECASE) for kind, said in _SAID.items()
}
_BETWEEN = re.compile(r"[^\w]+|_")


def small_talk(line: str) -> SmallTalk | None:
    """What kind of small talk a line is from its beginning to its end; None of anything that may be a question."""
    bare = _BETWEEN.sub("", fold(line))
    return next((kind for kind, said in _WHOLE.items() if bare and said.fullmatch(bare)), None)
