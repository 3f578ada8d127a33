"""A notice stands until the next key that does something: what it said was of the act before."""

from __future__ import annotations

from textual import events

from tjqa.ui.controllers.completing import CompletingApp


class NoticingApp(CompletingApp):
    """The part of the app that is about this: keys of commands never reach the screen, so they are seen here."""

    async def on_event(self, event: events.Event) -> None:
        """Before a key is handled, what was said before it ends."""
        if isinstance(event, events.Key) and not event.is_forwarded and self._does_something(event):
            self.view.end_notice()
        await super().on_event(event)

    def _does_something(self, event: events.Key) -> bool:
        return bool(self.screen_stack) and (event.is_printable or event.key in self.screen.active_bindings)
