"""Colours the themes do not have: answer, cited passage, quiet text, warning.

Solid colours throughout: colours with alpha lose it inside rendered rows, and Textual's own muted colours come out
pure white there. Every theme of Textual gets one of three sets.
"""

from __future__ import annotations

from textual.theme import Theme

_DARK = {
    "hit-bg": "#26384a",
    "ans-bg": "#f0c24b",
    "ans-fg": "#14161a",
    "quiet": "#8b929c",
    "cite": "#7fc1ff",
    "warn": "#ffb454",
}
_LIGHT = {
    "hit-bg": "#dbe8f6",
    "ans-bg": "#ffd54a",
    "ans-fg": "#14161a",
    "quiet": "#646a73",
    "cite": "#0a58a8",
    "warn": "#a35200",
}
_ANSI = {
    "hit-bg": "ansi_default",
    "ans-bg": "ansi_yellow",
    "ans-fg": "ansi_black",
    "quiet": "ansi_bright_black",
    "cite": "ansi_cyan",
    "warn": "ansi_yellow",
}


def variables(theme: Theme) -> dict[str, str]:
    """Our variables for `theme`."""
    if theme.ansi:
        return dict(_ANSI)
    return dict(_DARK if theme.dark else _LIGHT)
