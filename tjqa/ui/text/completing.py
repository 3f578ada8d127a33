"""What a line may be completed with while it is typed: a command, or the value of a filter."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from tjqa.index.filters import FilterValues
from tjqa.ui.commands import COMMANDS, SLASHES, Command, is_command, parse
from tjqa.ui.text.folders import below
from tjqa.ui.text.strings import Texts

MOST_OFFERS = 8
"""Rows of offers: more would cover what is being read."""

_MOST_PATHS = 50
"""Names of a folder that are offered."""

_PATHS = {"open": False, "proof": True}
"""Commands behind which a path is typed, and whether of files as well as of folders."""

_ARGUMENT = re.compile(rf"[{re.escape(SLASHES)}]\S+\s+[\"'“]?(?P<value>.*)\Z")
_FILTER = re.compile(
    r'(?:^|(?<=\s))(?P<name>文件|file|地区|place|自|from|至|to)[:：]["＂]?(?P<value>[^\s"＂]*)\Z', re.I
)
_KIND = {"文件": "file", "地区": "place", "自": "year", "至": "year"}
_KIND |= {"file": "file", "place": "place", "from": "year", "to": "year"}


@dataclass(frozen=True, slots=True)
class Offer:
    """One completion: what is put in, how it is shown, what is said of it, and its key."""

    insert: str
    label: str
    told: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Offers:
    """What may be put in place of the text before the cursor from `start` on. `runs` says that Enter sends the line
    when it is put in, `chosen` which one is meant, `is_chosen` that the reader chose it."""

    start: int
    end: int
    offers: tuple[Offer, ...]
    runs: bool = False
    chosen: int = 0
    is_chosen: bool = False

    def moved(self, direction: int) -> Offers:
        """With the next or the one before, around the end."""
        return replace(self, chosen=(self.chosen + direction) % len(self.offers), is_chosen=True)

    def at(self, number: int) -> Offers:
        """With another one."""
        return replace(self, chosen=number, is_chosen=True)

    def taken(self, line: str) -> str:
        """The line with the chosen one put in."""
        return line[: self.start] + self.offers[self.chosen].insert + line[self.end :]

    def is_wanted(self, line: str) -> bool:
        """Whether Enter means the chosen offer, and not the line as it is."""
        return self.is_chosen or (self.runs and bool(line[1:].strip()) and parse(line)[0] is None)


class Completer:
    """Finds offers in the table of commands and in what the library offers to filter by.

    Args:
        texts: in the language at hand.
    """

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self.values = FilterValues()

    def __call__(self, before: str) -> Offers | None:
        """What may be completed, given the text before the cursor; None where nothing may."""
        if is_command(before):
            return self._commands(before) or _paths(before)
        if (match := _FILTER.search(before)) is None:
            return None
        kind, value = _KIND[match["name"].lower()], match["value"]
        offers = tuple(self._values(kind, value))[:MOST_OFFERS]
        return Offers(match.start("value"), len(before), offers) if offers else None

    def _commands(self, before: str) -> Offers | None:
        if "\n" in before or not re.fullmatch(rf"[{re.escape(SLASHES)}]\S*", before):
            return None
        typed = before[1:].lower()
        ranked = [(rank, command) for command in COMMANDS if (rank := self._rank(command, typed)) is not None]
        found = [self._command(command) for _, command in sorted(ranked, key=lambda one: one[0])]
        return Offers(0, len(before), tuple(found), runs=True) if found else None

    def _rank(self, command: Command, typed: str) -> int | None:
        """How well a command fits what was typed: by the beginning of a name, within one, within what it does."""
        if any(name.startswith(typed) for name in command.names):
            return 0
        if any(typed in name for name in command.names):
            return 1
        return 2 if typed in command.zh.lower() or typed in command.en.lower() else None

    def _command(self, command: Command) -> Offer:
        is_chinese = self._texts.language == "zh"
        name = "/" + (command.names[0] if is_chinese else command.names[-1])
        key = next(iter(self._texts.keys_of(f"app.{command.action}")), "")
        return Offer(name, name, command.zh if is_chinese else command.en, key)

    def _values(self, kind: str, typed: str) -> Iterable[Offer]:
        texts, wanted = self._texts, typed.lower()
        if kind == "file":
            for path, title, articles in self.values.files:
                if wanted in path.lower() or wanted in title.lower():
                    told = title if articles < 2 else texts("offer_file", title=title, count=articles)
                    yield Offer(_quoted(path), path, told)
            return
        values = self.values.places if kind == "place" else self.values.years
        fitting = [(value, count) for value, count in values if wanted in value]
        for value, count in sorted(fitting, key=lambda one: not one[0].startswith(wanted)):
            yield Offer(f"{value} ", value, texts("offer_place" if kind == "place" else "offer_year", count=count))


def _paths(before: str) -> Offers | None:
    """What the path goes on to that is typed behind a command."""
    argument, (command, _, _) = _ARGUMENT.match(before), parse(before)
    if argument is None or command is None or (files := _PATHS.get(command.action)) is None:
        return None
    typed = argument["value"] or "~/" * (not files)
    found = below("~/" if typed == "~" else typed, files=files)
    names = [name for name in found.names if name.isprintable() and f"{found.before}{name}" != typed] if found else []
    offers = tuple(Offer(f"{found.before}{name}", name, "") for name in names[:_MOST_PATHS]) if found else ()
    return Offers(argument.start("value"), len(before), offers) if offers else None


def _quoted(path: str) -> str:
    return f'"{path}" ' if re.search(r"\s", path) else f"{path} "
