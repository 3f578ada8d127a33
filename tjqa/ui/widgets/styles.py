"""How parts of a text look, by what they are; the colours are those of `tjqa.ui.themes`."""

from __future__ import annotations

ANSWER_STYLE = "bold $ans-fg on $ans-bg"
POSSIBLE_STYLE = "underline"
QUIET_STYLE = "$quiet"
CITE_STYLE = "bold $cite"
LISTED_STYLE = "bold"
"""What is offered in a list: in no colour of its own, for the row under the cursor has another ground."""
WARN_STYLE = "$warn"
WORD_STYLE = "bold $foreground"
"""A word of the question, in a quiet text."""
