"""tjqa.ui.themes: in every theme quiet text can be read and a cited block be seen, by numbers."""

from __future__ import annotations

import pytest
from textual.app import App
from textual.color import Color
from textual.theme import Theme

from tjqa.ui.themes import READABLE, TOLD_APART, contrast, variables

THEMES = sorted(App[None]().available_themes.items())
SOLID = [theme for _, theme in THEMES if not theme.ansi]


def test_contrast_is_that_of_the_standard() -> None:
    """Black on white is 21, a colour on itself 1, and #767676 just readable on white."""
    white = Color.parse("#ffffff")
    assert contrast(Color.parse("#000000"), white) == pytest.approx(21)
    assert contrast(white, white) == 1
    assert contrast(Color.parse("#767676"), white) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", SOLID, ids=lambda theme: theme.name)
def test_every_theme_can_be_read(theme: Theme) -> None:
    """Quiet text, citation signs and warnings on page, surface and panel; the cited block and what stands on it."""
    own, system = variables(theme), theme.to_color_system().generate()
    colour = {name: Color.parse(value) for name, value in own.items()}
    grounds = [Color.parse(system[name]) for name in ("background", "surface", "panel")]
    for name in ("quiet", "cite", "warn"):
        assert min(contrast(colour[name], ground) for ground in grounds) >= READABLE - 0.05, name
    assert contrast(colour["hit-bg"], grounds[0]) >= TOLD_APART - 0.01
    assert contrast(colour["hit-fg"], colour["hit-bg"]) >= READABLE - 0.05
    assert contrast(colour["ans-fg"], colour["ans-bg"]) >= READABLE


def test_all_themes_have_the_same_variables() -> None:
    """A missing one ends the app when that theme is chosen."""
    assert len({tuple(sorted(variables(theme))) for _, theme in THEMES}) == 1
