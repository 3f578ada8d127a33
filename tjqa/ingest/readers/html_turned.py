"""Text of a page that is shown against the direction in which it is written: 8763 in bdo dir=rtl is 3678 to all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tjqa.ingest.readers import html_styles as styles
from tjqa.ingest.readers.html_styles import Attributes
from tjqa.ingest.readers.overridden import turned


@dataclass(slots=True)
class Turned:
    """The elements that are open, by the direction of what stands in them."""

    _directions: list[tuple[bool, bool]] = field(default_factory=lambda: [(False, False)])
    """Of each: its text runs to the left where it is so by nature, all of it does so whatever it is."""
    _begun: list[int] = field(default_factory=list)  # parts of the line before each stretch that is turned

    def enter(self, tag: str, attributes: Attributes, line: Sequence[str]) -> None:
        """An element begins."""
        to_left, is_turned = self._directions[-1]
        if attributes or tag == "bdo":
            said = styles.direction_of(attributes)
            to_left = said == "rtl" if said else to_left
            if tag == "bdo" or styles.overrides_direction(attributes):
                is_turned = to_left
        if is_turned != self._directions[-1][1]:
            self._begun.append(len(line))
        self._directions.append((to_left, is_turned))

    def leave(self, line: list[str]) -> None:
        """The last one that began ends."""
        _, is_turned = self._directions.pop()
        if is_turned != self._directions[-1][1]:
            _turn(line, self._begun.pop())

    def end_line(self, line: list[str]) -> None:
        """The line ends, and what is open goes on in the next one."""
        for at in reversed(self._begun):
            _turn(line, at)
        self._begun = [0] * len(self._begun)


def _turn(line: list[str], start: int) -> None:
    """Have the parts of a line from `start` on as they are seen."""
    text = "".join(line[start:])
    line[start:] = [turned(text)] if text else []
