"""Symbol fonts: in them an "l" is a ● and a "þ" a ☑, so that their characters say nothing without the font.

The signs that texts use: boxes, ticks, bullets, figures in circles, arrows, hands, and all of Symbol (Greek and
mathematics). Of several characters that look alike the one that people type is taken: 🗹 and 🞎 are ☑ and □ here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_PRIVATE = 0xF000  # where Word keeps the codes of a symbol font
_CODES = re.compile("[\uf000-\uf0ff]")
_FIGURES, _DARK_FIGURES = "①②③④⑤⑥⑦⑧⑨⑩", "❶❷❸❹❺❻❼❽❾❿"


def _row(first: int, signs: str) -> Iterator[tuple[int, str]]:
    return ((first + n, sign) for n, sign in enumerate(signs) if sign != " ")


_SYMBOL = dict(
    [
        *_row(0x20, "\u3000!∀#∃%&∋()*+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾"),
        *_row(0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}~"),
        *_row(0xA0, "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐—↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪"),
        *_row(0xF1, "〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"),
    ]
)
_SYMBOL[0x20] = " "
_WINGDINGS = dict(
    [
        *_row(0x20, "\u3000✏✂✁"),
        *_row(0x28, "☎✆✉"),
        *_row(0x36, "⌛"),
        *_row(0x3E, "✇✍"),
        *_row(0x41, "✌"),
        *_row(0x45, "☜☞☝☟✋☺"),
        *_row(0x4C, "☹"),
        *_row(0x51, "✈☼ ❄ ✞ ✠✡☪☯ ☸♈♉♊♋♌♍♎♏♐♑♒♓ &●○■□□❑❒◆◆◆❖◆⌧"),
        *_row(0x7A, "⌘❀✿“”"),
        *_row(0x80, f"⓪{_FIGURES}⓿{_DARK_FIGURES}"),
        *_row(0x9E, "·•▪○○○◉◎ ▪□▲✦★✶✴✹✵"),
        *_row(0xB5, "✪✰"),
        *_row(0xD5, "⌫⌦◄►▲▼"),
        *_row(0xD8, "➢"),
        *_row(0xDC, "➲"),
        *_row(0xDF, "←→↑↓↖↗↙↘⬅➔⬆⬇⬉⬈⬋⬊⇦⇨⇧⇩⬄⇳⬁⬀⬃⬂▫▫✗✓☒☑"),
    ]
)
_WINGDINGS[0x20] = " "
_WINGDINGS_2 = dict(
    [
        *_row(0x25, "✄✀"),
        *_row(0x4F, "✗✓☒☑☒☒"),
        *_row(0x69, f"⓪{_FIGURES}⓿{_DARK_FIGURES}"),
        *_row(0x95, "⋅·•●○○○○⊙⊙"),
        *_row(0xA0, "▪▪■□□□□■▣"),
        *_row(0xAD, "◆◆◇◇◈"),
        *_row(0xF8, "※⁂"),
        (0x20, " "),
    ]
)
_WINGDINGS_3 = dict(
    [
        *_row(0x21, "←→↑↓↖↗↙↘⇤⇥"),
        *_row(0x31, "↔↕"),
        *_row(0x70, "▲▼△▽◀▶◁▷◣◢◤◥"),
        (0x20, " "),
    ]
)
_WEBDINGS = dict(
    [
        *_row(0x61, "✔"),
        *_row(0x63, "□"),
        *_row(0x67, "■"),
        *_row(0x6E, "●"),
        *_row(0x73, "?"),
        *_row(0x33, "◀▶▲▼"),
        (0x20, " "),
    ]
)
_FONTS = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
    "webdings": _WEBDINGS,
}


def is_symbol_font(font: str) -> bool:
    """Whether the letters of a font are signs."""
    return font.lower() in _FONTS


def sign(code: int, font: str) -> str:
    """What a code of a font shows. One that is not known stays as it is: better an odd character than none."""
    table = _FONTS.get(font.lower())
    low = code - _PRIVATE if _PRIVATE <= code <= _PRIVATE + 0xFF else code
    if table is not None and low in table:
        return table[low]
    printable = 0x20 <= code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF
    return chr(code) if printable else ""


def signs(text: str, font: str) -> str:
    """A text set in a font: unchanged unless that is a symbol font, or the codes are those of one."""
    table = font if is_symbol_font(font) else ""
    if not table and not _CODES.search(text):
        return text
    return "".join(sign(ord(char), table) if ord(char) < 0x100 or ord(char) >= _PRIVATE else char for char in text)
