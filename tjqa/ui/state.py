"""What the controllers know together of engine and index."""

from __future__ import annotations

from dataclasses import dataclass

from tjqa.config import Settings
from tjqa.reports import Status
from tjqa.ui.widgets.first_page import PageState


@dataclass(slots=True)
class AppState:
    """Whether questions can be answered now; changed by the controllers Readiness, Building, Deepening and Asking.

    `settings` name the library, `page` is what the first page tells, `status` that of the open engine (None while there
    is none), `is_building` whether an index is being built, `is_quiet` whether nobody asked for that,
    `deepening` how many of a hundred parts of it are understood more deeply (None while nothing is done about that),
    `deepening_phase` which of its steps that is.
    """

    settings: Settings
    page: PageState
    status: Status | None = None
    is_building: bool = False
    is_quiet: bool = False
    deepening: int | None = None
    deepening_phase: str = ""

    @property
    def busy(self) -> str:
        """The key of what is said while a build is under way: with an index that answers meanwhile it is an update."""
        return "build_busy" if self.status is None else "update_busy"

    @property
    def built(self) -> str:
        """The key of what is said once a build that is begun now is done."""
        return "build_done" if self.status is None else "update_done"
