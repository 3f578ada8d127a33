"""Regular expressions that are compiled when they are first needed.

All those of the cleaner together take a twentieth of a second at every start, and most starts clean nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property


class LatePattern:
    """A pattern of `re`; what is asked of it is, from the second time on, the compiled pattern's own method."""

    def __init__(self, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self._given = pattern, flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(*self._given)

    @cached_property
    def search(self) -> Callable[[str], re.Match[str] | None]:
        """The first place that fits."""
        return self._compiled.search

    @cached_property
    def fullmatch(self) -> Callable[[str], re.Match[str] | None]:
        """The whole text, if it fits."""
        return self._compiled.fullmatch
