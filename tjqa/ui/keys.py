"""Every key that does something: which binding it belongs to, what config.toml calls it, how it is written.

A binding's id is its region and what it does there: app.copy, card.fold. Keys are comma-separated, in Textual's names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual.binding import Binding
from textual.keys import Keys, format_key, key_to_character

from tjqa.ui.commands import COMMANDS


@dataclass(frozen=True, slots=True)
class Key:
    """A binding that is no command: its id, its keys, the names it has in config.toml (Chinese, English)."""

    id: str
    keys: str
    names: tuple[str, str]


DIGITS = tuple(Key(f"card.{n}", f"{n},{chr(ord('０') + n)}", (f"引用{n}", f"citation{n}")) for n in range(1, 10))

LOCAL: tuple[Key, ...] = (
    Key("app.palette", "ctrl+p", ("命令", "palette")),
    Key("app.back", "escape", ("返回", "back")),
    Key("input.newline", "alt+enter,shift+enter,ctrl+j", ("换行", "newline")),
    Key("input.older", "up", ("上一问", "older")),
    Key("input.newer", "down", ("下一问", "newer")),
    Key("page.up", "pageup", ("上一页", "page_up")),
    Key("page.down", "pagedown", ("下一页", "page_down")),
    Key("card.previous", "up", ("上一卡片", "previous_card")),
    Key("card.next", "down", ("下一卡片", "next_card")),
    Key("card.open", "enter", ("打开引用", "open_citation")),
    Key("card.fold", "space", ("展开", "unfold")),
    Key("card.unfilter", "backspace,delete", ("去筛选", "unfilter")),
    *DIGITS,
    Key("source.next", "right,f3", ("下一引用", "next_citation")),
    Key("source.previous", "left", ("上一引用", "previous_citation")),
    Key("source.outline", "enter", ("原文目录", "source_outline")),
    Key("source.up", "up", ("上一行", "line_up")),
    Key("source.down", "down", ("下一行", "line_down")),
    Key("source.home", "home", ("开头", "top")),
    Key("source.end", "end", ("结尾", "bottom")),
    Key("find.next", "enter,down,f3", ("下一处", "next_match")),
    Key("find.previous", "up", ("上一处", "previous_match")),
    Key("grid.left", "left", ("左边的列", "columns_left")),
    Key("grid.right", "right", ("右边的列", "columns_right")),
    Key("grid.text", "space", ("表格或全文", "grid_or_text")),
    Key("figures.up", "up", ("上一个数", "figure_above")),
    Key("figures.down", "down", ("下一个数", "figure_below")),
    Key("figures.left", "left", ("左边的数", "figure_left")),
    Key("figures.right", "right", ("右边的数", "figure_right")),
    Key("figures.first", "home", ("第一个数", "first_figure")),
    Key("figures.last", "end", ("最后一个数", "last_figure")),
    Key("figures.open", "enter,space", ("打开数", "open_figure")),
    Key("library.unfold", "right", ("展开目录", "open_tree")),
    Key("library.fold", "left", ("收起目录", "close_tree")),
    Key("library.select", "space", ("选中", "select")),
    Key("library.sort", "f3", ("排序", "sort")),
)

DEFAULTS: dict[str, str] = {f"app.{c.action}": c.keys for c in COMMANDS} | {key.id: key.keys for key in LOCAL}
"""Binding id → its keys."""

NAMES: dict[str, str] = {name: f"app.{c.action}" for c in COMMANDS for name in c.names} | {
    name: key.id for key in LOCAL for name in key.names
}
"""A name of config.toml → the binding it means."""

_ALIASES = {"esc": "escape", "pgup": "pageup", "pgdn": "pagedown", "del": "delete", "return": "enter", "空格": "space"}
_ALIASES["退格"] = "backspace"
# Terminals send Shift+F1 as F13, as if of a keyboard with 24 function keys. Not Shift+F3: what they send for it is
# also the answer to where the cursor is, and taken for that.
_SHIFTED = {f"f{number}": f"f{number + 12}" for number in range(1, 13) if number != 3}
_PLAIN = {shifted: plain for plain, shifted in _SHIFTED.items()}
_MODIFIERS = {"ctrl", "alt", "shift", "super", "hyper", "meta"}
# Terminals send these three as Backspace, Tab and Enter.
_KNOWN = {str(key.value) for key in Keys} - {"ctrl+h", "ctrl+i", "ctrl+m"}
# With one of these for a command, which works everywhere, nothing could be typed or sent any more.
_FOR_TYPING = {"enter", "space", "backspace", "tab", "shift+tab"}

_SHOWN = {"escape": "Esc", "pageup": "PgUp", "pagedown": "PgDn", "delete": "Del", "enter": "Enter"}
_SHOWN |= {"backspace": "Backspace", "up": "↑", "down": "↓", "left": "←", "right": "→"}
_ARROWS = set("↑↓←→")
_CHINESE = {"space": "空格", "backspace": "退格"}


def local(id_: str, action: str) -> Binding:
    """The binding of a key of `LOCAL`."""
    return Binding(DEFAULTS[id_], action, show=False, id=id_)


def scrolling() -> list[Binding]:
    """Those by which a panel that shows a document is scrolled."""
    actions = {
        "source.up": "scroll_up",
        "source.down": "scroll_down",
        "page.up": "page_up",
        "page.down": "page_down",
        "source.home": "scroll_home",
        "source.end": "scroll_end",
    }
    return [local(id_, action) for id_, action in actions.items()]


def normal(keys: str) -> str | None:
    """Keys as a person writes them (Ctrl+Y, PgUp, Shift+F1, n) in Textual's names; None when there is no such key."""
    found: list[str] = []
    for written in keys.split(","):
        *modifiers, last = written.strip().split("+") if len(written.strip()) > 1 else [written.strip()]
        last = last if len(last) == 1 and not modifiers else _ALIASES.get(last.lower(), last.lower())
        modifiers = [modifier.strip().lower() for modifier in modifiers]
        if modifiers == ["shift"] and last[:1] == "f" and last[1:].isdecimal():
            modifiers, last = [], _SHIFTED.get(last, "")
        name = "+".join([*modifiers, last])
        exists = name in _KNOWN if "ctrl" in modifiers else len(last) == 1 or last in _KNOWN or (last and _writes(last))
        if not set(modifiers) <= _MODIFIERS or not exists:
            return None
        found.append(name)
    return ",".join(found)


def is_for_typing(keys: str) -> bool:
    """True when one of the keys writes or sends something while the input has the focus."""
    plain = [key for key in keys.split(",") if not {"ctrl", "alt"} & set(key.split("+"))]
    return any(key in _FOR_TYPING or len(key) == 1 or _writes(key) for key in plain)


def _writes(key: str) -> bool:
    """True for the name of a character: question_mark; not for escape."""
    return (key_to_character(key) or "\0").isprintable()


def rivals(id_: str, keys: str, bound: Mapping[str, str]) -> list[str]:
    """The other bindings that one of `keys` would be taken from, or that would take it: same region, or everywhere."""
    wanted = set(keys.split(",")) - {""}
    return [
        other
        for other, taken in bound.items()
        if other != id_ and _meet(id_.partition(".")[0], other.partition(".")[0]) and wanted & set(taken.split(","))
    ]


def _meet(one: str, other: str) -> bool:
    if one == other or "app" in (one, other):
        return True
    return "page" in (one, other) and bool({one, other} & {"input", "source", "grid", "figures"})


def shown_key(key: str, chinese: bool) -> str:
    """A key as people write it: Ctrl+Y, F1, ↑, 空格."""
    *modifiers, last = f"shift+{_PLAIN[key]}".split("+") if key in _PLAIN else key.split("+")
    named = (_CHINESE.get(last) if chinese else None) or _SHOWN.get(last)
    if named is None:
        sign = format_key(last)
        named = sign if len(sign) == 1 and not modifiers else sign.upper() if len(sign) == 1 else last.capitalize()
    return "+".join([*(modifier.capitalize() for modifier in modifiers), named])


def shown(keys: str, chinese: bool) -> list[str]:
    """All keys of a binding as people write them, each once; a full-width twin is not worth naming."""
    signs = [shown_key(key, chinese) for key in keys.split(",") if key]
    return list(dict.fromkeys(sign for sign in signs if len(sign) > 1 or not "０" <= sign <= "９"))


def side_by_side(signs: list[str]) -> str:
    """Keys of a pair of bindings: ↑↓, else with a blank between."""
    return ("" if set(signs) <= _ARROWS else " ").join(signs)
