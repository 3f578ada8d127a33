"""The bar of a build: one over all its phases."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import ProgressBar

from tests.support.ui_pilot import screen_text
from tjqa.reports import Progress
from tjqa.ui.text.strings import Texts
from tjqa.ui.widgets.build_panel import BuildPanel


class Panel(App[None]):
    """Nothing but the panel."""

    CSS_PATH = None

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.texts = texts

    def compose(self) -> ComposeResult:
        """It."""
        yield BuildPanel(self.texts, meanwhile=False)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """None of ours."""
        return {}


async def test_the_bar_never_falls_back() -> None:
    """From phase to phase it goes on, also where a phase begins again."""
    app = Panel(Texts())
    async with app.run_test(size=(80, 24)) as pilot:
        panel, bar = app.query_one(BuildPanel), app.query_one(ProgressBar)
        seen = []
        for step in (
            Progress("phase_read", 5, 5),
            Progress("phase_repeats", 0, 3),
            Progress("phase_read", 1, 5),
            Progress("phase_embed", 0, 0),
            Progress("phase_embed", 212, 212),
        ):
            panel.step(step)
            seen.append(bar.percentage or 0.0)
        await pilot.pause()
        assert seen == sorted(seen) and seen[0] == 0.5 and seen[-1] == 1.0
        assert "第 3/3 步 分词与向量化 212/212" in screen_text(app)


async def test_in_english() -> None:
    """The step is counted in words."""
    app = Panel(Texts("en"))
    async with app.run_test(size=(80, 24)) as pilot:
        app.query_one(BuildPanel).step(Progress("phase_read", 1, 2))
        await pilot.pause()
        assert "Step 1 of 3: Reading and cleaning 1/2" in screen_text(app)
