"""Number formats taken apart: sections, signs, digits, conditions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*](?P<padding>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<half>AM/PM|A/P|上午/下午)|(?P<exponent>E[+-])"
    r"|(?P<date>y+|m+|d+|h+|s+|aaaa?|e+)|(?P<digit>[0#?])|(?P<fixed>[1-9]\d*)|(?P<sign>[.,%/@])"
    r"|(?P<plain>[-+$()<>=:&'~{}^ ]|[^\x00-\x7f])",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)")
_CURRENCY = re.compile(r"\$([^-]*)(?:-([0-9A-Fa-f]*))?")
_COLOUR = re.compile(
    r"(black|blue|cyan|green|magenta|red|white|yellow|color\s*\d+|[黑蓝绿红白黄]色?|颜色\s*\d+)", re.IGNORECASE
)
_MOST_TOKENS = 255  # Excel takes no longer format


class Token(NamedTuple):
    """`kind` is the name of a group of the pattern, or the sign itself."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """What is for positive numbers, for negative ones, for zero, or for text; `locale` is a language by its number."""

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None
    locale: str

    @property
    def is_date(self) -> bool:
        """Whether it shows a date or a time."""
        return any(token.kind in ("date", "elapsed", "half") for token in self.tokens)


def parts_of(code: str) -> list[Part]:
    """Its parts; none where anything of it is not understood."""
    texts: list[list[Token]] = [[]]
    conditions: list[tuple[str, Decimal] | None] = [None]
    locale, at, count = "", 0, 0
    while at < len(code):
        if code[at] == ";":
            texts.append([])
            conditions.append(None)
            at += 1
            continue
        match = _TOKEN.match(code, at)
        count += 1
        if match is None or count > _MOST_TOKENS or len(texts) > 4:
            return []
        at = match.end()
        kind, text = match.lastgroup or "", match[match.lastgroup or 0]
        if kind == "bracket":
            if condition := _CONDITION.fullmatch(text):
                conditions[-1] = condition[1], Decimal(condition[2])
                continue
            token, named = _bracket(text)
            if token is None:
                return []
            locale = named or locale
        else:
            token = _token(kind, text)
        texts[-1].append(token)
    return [Part(tuple(tokens), told, locale) for tokens, told in zip(texts, conditions, strict=True)]


def _token(kind: str, text: str) -> Token:
    if kind in ("quoted", "escaped", "plain"):
        return Token("literal", text)
    if kind == "padding":
        return Token("literal", "")
    return Token(text, text) if kind == "sign" else Token(kind, text.lower() if kind == "date" else text)


def _bracket(text: str) -> tuple[Token | None, str]:
    """What stands in brackets, and the language it names; None for what is not understood, as figures in Chinese."""
    if currency := _CURRENCY.fullmatch(text):
        if int(currency[2] or "0", 16) >> 16:  # another calendar, or figures of another script
            return None, ""
        return Token("literal", currency[1]), (currency[2] or "").upper()
    if text and text.lower().strip(text[0].lower()) == "" and text[0].lower() in "hms":
        return Token("elapsed", text.lower()), ""
    return (Token("literal", ""), "") if _COLOUR.fullmatch(text) else (None, "")
