"""Raised and lowered characters in one line: 10⁴, CO₂, and ^ or _ before what Unicode has no such characters for.

Set flat they would run into what stands before: 2.4×10⁴ must not become 2.4×104.
"""

from __future__ import annotations

_RAISED = dict(
    zip(
        "0123456789+-−–=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδεθφχ",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᵋᶿᵠᵡ",
        strict=True,
    )
)
_LOWERED = dict(
    zip(
        "0123456789+-−–=()aehijklmnoprstuvxβγρφχ",
        "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ",
        strict=True,
    )
)
_RAISED |= {"\uff08": "⁽", "\uff09": "⁾"}
_LOWERED |= {"\uff08": "₍", "\uff09": "₎"}
_ASIDE = frozenset("*※†‡§¶#°′″'’”®©™℠,\uff0c、.。[]【】〔〕「」①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳ \t\n\u3000\xa0")


def raised(text: str) -> str:
    """As a superscript."""
    return _set(text, _RAISED, "^")


def lowered(text: str) -> str:
    """As a subscript."""
    return _set(text, _LOWERED, "_")


def is_raised(char: str) -> bool:
    """Whether a character is a superscript: another one behind it would be read with it."""
    return char in _RAISED.values()


def _set(text: str, table: dict[str, str], mark: str) -> str:
    inner = text.strip()
    if not inner:
        return text
    if all(char in table or char in _ASIDE for char in inner) and inner[0] not in "[【〔":
        return "".join(table.get(char, char) for char in text)
    if inner[0] in _ASIDE:  # a mark such as [3]: nothing that could be read on from what stands before
        return text
    before, _, after = text.partition(inner)
    return f"{before}{mark}{inner if len(inner) == 1 else f'({inner})'}{after}"
