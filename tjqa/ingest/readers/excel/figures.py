"""Numbers as the digits of a format show them: with commas, percent, powers of ten, as fractions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from tjqa.ingest.readers.excel.format_parts import Token

_FRACTION = re.compile(r"([lw]*?)(?:(d+)w+)?(d+)w*/w*(d+|n)([lw]*)")
_MOST_DIGITS = 40  # of a number that is written out; Excel knows 15, and the largest has 308


def general(written: str) -> str:
    """A number without a format: with the 15 digits Excel keeps, without a power of ten where it is not too long."""
    try:
        if written.lstrip("-").isdecimal():
            return str(int(written)) if len(written) <= _MOST_DIGITS else written
        short = f"{float(written):.15g}"
        if "e" not in short and short[-1].isdecimal():
            return short
        value = Decimal(short)
    except (ValueError, OverflowError):
        return written
    if not value.is_finite():
        return written
    if value and not -10 <= value.adjusted() < 21:
        return f"{value.normalize():E}"
    found = f"{value:f}"
    return found.rstrip("0").rstrip(".") if "." in found else found


def number(tokens: Sequence[Token], value: Decimal) -> str | None:
    """What one section shows for a number without its sign; None where it is not understood."""
    kinds = {token.kind for token in tokens}
    if kinds <= {"literal"}:
        return "".join(token.text for token in tokens)
    if kinds <= {"literal", "general", "@"}:
        return "".join(token.text if token.kind == "literal" else general(str(value)) for token in tokens)
    if "/" in kinds:
        return _fraction(tokens, value)
    if kinds & {"general", "@", "fixed"}:
        return None
    value = value.scaleb(2 * sum(token.kind == "%" for token in tokens))
    cut = next((at for at, token in enumerate(tokens) if token.kind == "exponent"), None)
    return _figure(tokens, value) if cut is None else _power(tokens[:cut], tokens[cut], tokens[cut + 1 :], value)


def _figure(tokens: Sequence[Token], value: Decimal) -> str | None:
    """Digits before and after the point, what stands among them in its place."""
    point = next((at for at, token in enumerate(tokens) if token.kind == "."), len(tokens))
    whole, rest = list(tokens[:point]), list(tokens[point + 1 :])
    places = sum(token.kind == "digit" for token in rest)
    ends = [at for at, token in enumerate(whole) if token.kind == "digit"]
    last = ends[-1] if ends else -1
    grouped = any(token.kind == "," for token in whole[:last])
    thousands = _trailing(whole) + _trailing(rest)
    stray = sum(token.kind == "," for token in [*whole[last + 1 :], *rest]) - thousands
    if stray or any(token.kind == "." for token in rest) or not (ends or places):
        return None
    number = value.scaleb(-3 * thousands).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    before, _, after = f"{number:f}".partition(".")
    shown = _whole(whole, before.lstrip("0"), grouped=grouped)
    return shown + ("." if point < len(tokens) else "") + _rest(rest, after)


def _trailing(tokens: Sequence[Token]) -> int:
    """Commas right after the last digit: each leaves out three digits."""
    ends = [at for at, token in enumerate(tokens) if token.kind == "digit"]
    count = 0
    for token in tokens[ends[-1] + 1 :] if ends else tokens:
        if token.kind != ",":
            break
        count += 1
    return count


def _whole(tokens: Sequence[Token], digits: str, *, grouped: bool) -> str:
    parts: list[str] = []
    places = sum(token.kind == "digit" for token in tokens)
    seen = position = 0
    for token in reversed(tokens):
        if token.kind != "digit":
            parts.append(token.text if token.kind in ("literal", "%") else "")
            continue
        seen += 1
        here = digits[-seen:][:1] if seen <= len(digits) else "0" if token.text == "0" else ""
        if seen == places and seen < len(digits):
            here = digits[: len(digits) - seen + 1]  # what has no place of its own
        for digit in reversed(here):
            if grouped and position and position % 3 == 0:
                parts.append(",")
            parts.append(digit)
            position += 1
    return "".join(reversed(parts))


def _rest(tokens: Sequence[Token], digits: str) -> str:
    needed = [token.text for token in tokens if token.kind == "digit"]
    kept = len(needed)
    while kept and needed[kept - 1] != "0" and digits[kept - 1] == "0":
        kept -= 1
    parts, seen = [], 0
    for token in tokens:
        if token.kind == "digit":
            parts.append(digits[seen] if seen < kept else "")
            seen += 1
        else:
            parts.append(token.text if token.kind in ("literal", "%") else "")
    return "".join(parts)


def _power(mantissa: Sequence[Token], sign: Token, power: Sequence[Token], value: Decimal) -> str | None:
    """1.2E+04; with several digits before the point the power is a multiple of their count."""
    before = mantissa[: next((n for n, t in enumerate(mantissa) if t.kind == "."), None)]
    width = sum(token.kind == "digit" for token in before)
    places = sum(token.kind == "digit" for token in mantissa) - width
    if not width or any(token.kind == "," for token in mantissa) or not power or power[0].kind != "digit":
        return None
    exponent = value.adjusted() // width * width if value else 0
    if value and round(value.scaleb(-exponent), places) >= Decimal(10) ** width:
        exponent += width
    shown, figure = _figure(power, Decimal(abs(exponent))), _figure(mantissa, value.scaleb(-exponent))
    if shown is None or figure is None:
        return None
    return f"{figure}E{'-' if exponent < 0 else '+' if sign.text[1] == '+' else ''}{shown}"


def _fraction(tokens: Sequence[Token], value: Decimal) -> str | None:
    letters = {"digit": "d", "fixed": "n", "/": "/", "literal": "l"}
    kept = [token for token in tokens if token.kind != "literal" or token.text]
    signs = "".join("w" if token.text == " " else letters.get(token.kind, "x") for token in kept)
    match = _FRACTION.fullmatch(signs)
    if match is None:
        return None
    head = "".join(token.text for token in kept[: match.end(1)])
    tail = "".join(token.text for token in kept[match.start(5) :])
    whole = int(value) if match[2] else 0
    part = Fraction(value) - whole
    if match[4] == "n":
        below = int(kept[match.start(4)].text)
        above = int(part * below + Fraction(1, 2))
    else:
        near = part.limit_denominator(10 ** min(len(match[4]), 5) - 1)
        above, below = near.numerator, near.denominator
    if match[2] and above >= below:
        whole, above = whole + above // below, above % below
    if match[2] and not above:
        return f"{head}{whole}{tail}"
    return f"{head}{whole} {above}/{below}{tail}" if whole else f"{head}{above}/{below}{tail}"
