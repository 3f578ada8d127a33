"""What comes while the app is ending: its screen may have gone before the last answer arrives."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from tjqa.ui.widgets.cards import Conversation, Note


class Holder(App[None]):
    """An app of a conversation alone."""

    def compose(self) -> ComposeResult:
        """The conversation."""
        yield Conversation(id="conversation")


@pytest.mark.parametrize("is_gone", [False, True])
async def test_what_comes_after_the_end_is_for_nobody(is_gone: bool) -> None:
    """No error of Textual's, which would be the last thing to be seen and an exit code of 1."""
    app = Holder()
    async with app.run_test():
        conversation = app.query_one(Conversation)
        if is_gone:
            await conversation.remove()
        await conversation.put(Note(["完"]))
        assert len(conversation.children) == (not is_gone)
    await Conversation().put(Note(["完"]))
