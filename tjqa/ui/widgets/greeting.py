"""What the app says to small talk: a friendly line, and what could be asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tjqa.ui.text.greetings import SmallTalk
from tjqa.ui.text.strings import Texts
from tjqa.ui.text.wrap import one_line
from tjqa.ui.widgets.rows import Row, Rows, text_rows
from tjqa.ui.widgets.styles import CITE_STYLE
from tjqa.ui.widgets.targets import AskSample

_SAID = {
    "hello": "small_talk_hello",
    "thanks": "small_talk_thanks",
    "bye": "small_talk_bye",
    "abilities": "small_talk_abilities",
}


class Greeting(Rows):
    """Said in the conversation; a click on a sample asks it.

    Args:
        said: what was said to the app.
        samples: questions that the library answers.
        texts: in the language at hand.
    """

    def __init__(self, said: SmallTalk, samples: Sequence[str], texts: Texts) -> None:
        super().__init__(classes="note")
        self._said = said
        self._samples = tuple(samples)
        self._texts = texts

    def build_rows(self, width: int) -> Iterable[Row]:
        """The line, then the samples, unless the reader says thanks or leaves."""
        yield from text_rows(self._texts(_SAID[self._said]), width, lead="· ")
        if self._said in ("hello", "abilities") and self._samples:
            yield from text_rows(self._texts("small_talk_try"), width, lead="  ")
            for number, sample in enumerate(self._samples, start=1):
                shown = one_line(sample)
                yield from text_rows(shown, width, [(0, len(shown), CITE_STYLE)], "    ", AskSample(number))
