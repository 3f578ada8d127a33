"""Colours the themes do not have: answer, cited passage, quiet text, warning.

Made from the theme's own colours, as far from its grounds as they must be to be read (WCAG 2.1): quiet text 4.5 : 1 on
page, surface and panel, the cited block 1.35 : 1 against the page with its text 4.5 : 1 on it. Solid colours
throughout: colours with alpha lose it inside rendered rows, and Textual's own muted colours come out pure white there.
The themes that use the terminal's own sixteen colours get names of those: what they look like nobody knows.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.color import Color
from textual.theme import Theme

READABLE = 4.5
"""Contrast of a text to its ground: level AA of WCAG 2.1, 1.4.3."""

TOLD_APART = 1.35
"""Contrast of two grounds that are seen as two beside each other; below 1.1 only the sign in the margin is left."""

_STEP = 0.02
_QUIET = 0.45  # how far quiet text is on its way from the text to the page before it is made readable

_ANSWER = {"ans-bg": ("#f0c24b", "#ffd54a"), "ans-fg": ("#14161a", "#14161a")}
_CITE = ("#7fc1ff", "#0a58a8")
_WARN = ("#ffb454", "#a35200")
_ANSI = {
    "hit-bg": "ansi_default",
    "hit-fg": "ansi_default",
    "ans-bg": "ansi_yellow",
    "ans-fg": "ansi_black",
    "quiet": "ansi_bright_black",
    "cite": "ansi_cyan",
    "warn": "ansi_yellow",
}


def variables(theme: Theme) -> dict[str, str]:
    """Our variables for `theme`."""
    return dict(_ANSI) if theme.ansi else dict(_of_colours(theme))


def _of_colours(theme: Theme) -> dict[str, str]:
    system = theme.to_color_system().generate()
    page, text, primary = (Color.parse(system[name]) for name in ("background", "foreground", "primary"))
    grounds = [page, *(Color.parse(system[name]) for name in ("surface", "panel"))]
    far = Color.parse("#ffffff" if theme.dark else "#000000")
    at = 0 if theme.dark else 1
    block = _blended(page, primary, [page], TOLD_APART)
    made = {
        "hit-bg": block,
        "hit-fg": _blended(text, far, [block], READABLE),
        "quiet": _blended(text.blend(page, _QUIET, 1), far, grounds, READABLE),
        "cite": _blended(Color.parse(_CITE[at]), far, grounds, READABLE),
        "warn": _blended(Color.parse(_WARN[at]), far, grounds, READABLE),
    }
    return {name: colour.hex for name, colour in made.items()} | {name: pair[at] for name, pair in _ANSWER.items()}


def _blended(colour: Color, towards: Color, grounds: Sequence[Color], least: float) -> Color:
    """The first colour on the way to another one that has a contrast to all grounds; that other one where none has."""
    for step in range(round(1 / _STEP)):
        tried = colour.blend(towards, step * _STEP, 1)
        if all(contrast(tried, ground) >= least for ground in grounds):
            return tried
    return towards


def contrast(one: Color, other: Color) -> float:
    """Contrast of two solid colours, 1 to 21, by WCAG 2.1: (L1 + 0.05) / (L2 + 0.05)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Color) -> float:
    """Relative luminance by WCAG 2.1: the linear parts of red, green and blue, weighted as eyes weigh them."""
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
