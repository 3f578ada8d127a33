"""The app follows its folder: what changes there is indexed by itself, and what is on the screen follows."""

from __future__ import annotations

import threading
from collections.abc import Callable

from tjqa.errors import IndexLocked, SourcesError, TjqaError
from tjqa.progress import BuildSummary
from tjqa.reports import Status
from tjqa.ui.background.engine_thread import EngineThread
from tjqa.ui.background.following import Follower, Watch
from tjqa.ui.background.messages import (
    AnswerFollowed,
    AnswerReady,
    BuildDone,
    BuildFailed,
    BuildProgress,
    EngineReady,
    FolderChanged,
    FollowingFailed,
    LibraryOpening,
    StatusRead,
)
from tjqa.ui.controllers.building import Building
from tjqa.ui.controllers.deepening import DeepeningApp
from tjqa.ui.controllers.readiness import Readiness
from tjqa.ui.controllers.reading import Reading
from tjqa.ui.preferences import Preferences
from tjqa.ui.services import AppServices
from tjqa.ui.state import AppState
from tjqa.ui.view import View

LOCKED = 3.0
"""Seconds after which an index that another program is building is tried again."""

_NAMED = 3  # documents that a notice names


class Following:
    """Keeps the index up with the folder, without a word unless something came of it.

    Args:
        view: of the main screen.
        state: whether questions can be answered, and whether a build is under way.
        readiness: shows the top bar.
        services: tries again later.
        follower: watches the folder.
        building: builds quietly.
        engine: looks quotes up again.
        reading: shows the document that is read again.
    """

    def __init__(
        self,
        view: View,
        state: AppState,
        readiness: Readiness,
        services: AppServices,
        follower: Follower,
        building: Building,
        engine: EngineThread,
        reading: Reading,
    ) -> None:
        self._view = view
        self._texts = view.texts
        self._state = state
        self._readiness = readiness
        self._services = services
        self._follower = follower
        self._building = building
        self._engine = engine
        self._reading = reading
        self._begin()

    def _begin(self) -> None:
        self._names: set[str] = set()  # what changed and is not in the index yet
        self._under_way: set[str] = set()  # of those, what is being taken in
        self._is_due = False
        self._told: tuple[str, str] | None = None  # the last thing that went wrong
        self._tried: set[str] = set()  # what differs from the index although that was updated
        self._is_known = False  # the engine has been opened before

    def begin_anew(self) -> None:
        """Another library is opened: its folder is followed once it is open."""
        self._follower.end()
        self._begin()

    @property
    def is_on(self) -> bool:
        """Whether the folder is followed."""
        return self._follower.is_at_work

    def switch(self, on: bool) -> None:
        """Follow the folder, or do not."""
        if on and self._state.status is not None:
            self._follower.start()
        elif not on:
            self._follower.end()
            self._is_due = False

    def opened(self, status: Status) -> None:
        """The engine was opened, or opened again: what is on the screen is looked up in it."""
        if not self._view.is_open:
            return
        if self._is_known:
            for card in self._view.conversation.cards:
                if card.answer is not None and not card.answer.library:
                    self._engine.follow(card.number, card.answer)
            self._reading.look_again()
            self._tried |= set(status.stale)
        self._is_known = True
        self._check(status)

    def looked(self, status: Status) -> None:
        """The documents were compared with the index; of a folder on another machine nothing tells of a change."""
        if not self._view.is_open:
            return
        self._state.status = status
        self._readiness.show_status()
        self._check(status)

    def _check(self, status: Status) -> None:
        if new := set(status.stale) - self._tried:
            self._want(new)

    def changed(self, names: tuple[str, ...] | None) -> None:
        """Documents changed; without names, nobody knows what did."""
        if not self._view.is_open:
            return
        if names is None:
            self._say("folder_gone")
        elif names:
            self._want(set(names))
        else:
            self._engine.look()

    def _want(self, names: set[str]) -> None:
        if not self.is_on:
            return
        self._names |= names
        self._is_due = True
        self._go_on()

    def _go_on(self) -> None:
        if self._is_due and self.is_on and not self._state.is_building and self._state.status is not None:
            self._is_due = False
            self._under_way, self._names = self._names, set()
            self._building.start_quietly(self._ended)

    def _ended(self, came_of_it: BuildSummary | TjqaError) -> None:
        if isinstance(came_of_it, TjqaError):
            self._failed(came_of_it)
            return
        self._told = None
        self._tried.clear()
        names = sorted(self._under_way)
        if not came_of_it.unchanged:
            shown = self._texts("followed_between").join(names[:_NAMED])
            key = "followed_some" if len(names) > _NAMED else "followed" if names else "followed_unknown"
            counts = {"documents": came_of_it.documents, "passages": came_of_it.passages}
            self._view.notice(self._texts(key, names=shown, count=len(names), **counts), of_itself=True)
        self._go_on()

    def _failed(self, error: TjqaError) -> None:
        """Another program at it is waited for; of the rest the next change may mend it."""
        self._tried |= self._under_way
        if isinstance(error, IndexLocked):
            self._is_due = True
            self._names |= self._under_way
            self._services.later(LOCKED, self._go_on)
        elif isinstance(error, SourcesError):
            self._say("folder_unread", self._texts.of(error.message))
        else:
            self._say("follow_failed", self._texts.of(error.message))

    def _say(self, key: str, why: str = "") -> None:
        """Once, until something else goes wrong or all is well again."""
        if (key, why) != self._told:
            self._told = (key, why)
            self._view.notice(self._texts(key, why=why), of_itself=True)

    def stopped(self, error: TjqaError) -> None:
        """The system does not let the folder be followed."""
        self._follower.end()
        if self._view.is_open:
            self._say("follow_failed", self._texts.of(error.message))

    def answered_again(self, message: AnswerFollowed) -> None:
        """Quotes of an answer stand elsewhere by now, or nowhere."""
        card = self._view.conversation.card(message.number) if self._view.is_open else None
        if card is not None and card.answer is not None:
            card.show(message.answer)

    def end(self) -> None:
        """The app is leaving."""
        self._follower.end()


class FollowingApp(DeepeningApp):
    """The part of the app that is about this, and about the builds that it starts."""

    following: Following
    building: Building
    preferences: Preferences

    def follow(self, on: bool) -> None:
        """Follow the folder from now on, or do not."""
        self.following.switch(on)

    def follow_with(
        self, view: View, services: AppServices, building: Building, reading: Reading, watch: MakeWatch
    ) -> None:
        """Follow by the watch that `watch` makes."""
        follower = Follower(self.post_message, watch)
        parts = (view, self.state, self.readiness, services, follower)
        self.following = Following(*parts, building, self.engine, reading)

    def on_engine_ready(self, message: EngineReady) -> None:
        """Begin, or go on."""
        self.following.switch(self.preferences.follow)
        self.following.opened(message.status)

    async def on_library_opening(self, message: LibraryOpening) -> None:
        """Another library takes the place of the one that was followed."""
        self.following.begin_anew()

    def on_build_progress(self, message: BuildProgress) -> None:
        """A build got on."""
        self.building.step(message.progress)

    async def on_build_done(self, message: BuildDone) -> None:
        """A build has ended."""
        await self.building.done(message.built)

    async def on_build_failed(self, message: BuildFailed) -> None:
        """A build has stopped."""
        await self.building.failed(message.error)

    def on_status_read(self, message: StatusRead) -> None:
        """Documents may have changed."""
        self.following.looked(message.status)

    def on_answer_ready(self, message: AnswerReady) -> None:
        """So they may with every answer."""
        if message.status is not None:
            self.following.looked(message.status)

    def on_folder_changed(self, message: FolderChanged) -> None:
        """Something happened in the folder."""
        self.following.changed(message.names)

    def on_following_failed(self, message: FollowingFailed) -> None:
        """No more is told of it."""
        self.following.stopped(message.error)

    def on_answer_followed(self, message: AnswerFollowed) -> None:
        """An answer on the screen is not quite what it was."""
        self.following.answered_again(message)

    def on_unmount(self) -> None:
        """It ends with the app."""
        self.following.end()


MakeWatch = Callable[[threading.Event], Watch]
"""Makes the watch of the folder, given what ends it."""
